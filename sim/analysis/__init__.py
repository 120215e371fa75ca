"""Comparison, sensitivity, evidence and plots of results."""
