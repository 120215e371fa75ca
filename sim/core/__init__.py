"""Core machinery: compiled kernels, processes and schedules."""
