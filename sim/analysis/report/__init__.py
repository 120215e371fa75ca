"""The report of a results folder: one HTML page that needs nothing else, with figures and tables beside it."""

from sim.analysis.report.write import write_report

__all__ = ["write_report"]
