"""How many cores there are to work on."""

import os


def cores() -> int:
    """Return how many cores this program may use; a limit on its share of their time does not count."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
