"""The ordered step, the run and the record."""
