"""Figures of results: the story of a run on one page."""

from sim.analysis.plots.figure import summary_figure
from sim.analysis.plots.page import Page

__all__ = ["Page", "summary_figure"]
