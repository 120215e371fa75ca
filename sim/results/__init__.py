"""Outcomes and results of a run."""
