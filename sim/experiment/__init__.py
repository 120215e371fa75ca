"""Whole studies: designs, runners, folders of results, and their reproduction."""
