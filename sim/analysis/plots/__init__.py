"""Figures of results: the story of a run on one page."""

from sim.analysis.plots.figure import save, summary_figure

__all__ = ["save", "summary_figure"]
