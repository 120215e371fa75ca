"""What the rest is built on: compiled processes, exact arithmetic, random draws, errors."""
