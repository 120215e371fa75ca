"""What the rest is built on: compiled kernels, chains of processes, exact arithmetic, random draws, errors."""
