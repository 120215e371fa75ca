"""Paired counterfactuals: two scenarios in the same futures."""

from sim.analysis.compare.comparison import Comparison, compare

__all__ = ["Comparison", "compare"]
