"""How the benchmarks measure: CPU time, medians of interleaved rounds, and tables that fit into a report."""

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def options(description: str) -> argparse.Namespace:
    """Read the command line that all benchmarks share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller cases: a look, not a figure")
    parser.add_argument("--large", action="store_true", help="cases that take minutes, such as 300 x 300 cells")
    return parser.parse_args()


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of this process, all threads, that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def wall_seconds(work: Callable[[], object]) -> float:
    """Return the time by the clock that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(
    cases: Mapping[str, Callable[[], object]],
    rounds: int,
    measure: Callable[[Callable[[], object]], float] = cpu_seconds,
) -> dict[str, list[float]]:
    """Measure every case once a round, so that a busy moment of the machine falls on all alike.

    The first round warms caches and is thrown away.
    """
    found: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, work in cases.items():
            seconds = measure(work)
            if number > 0:
                found[name].append(seconds)
    return found


def medians(found: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the median of each case."""
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def spread(seconds: Sequence[float]) -> str:
    """Write the median and range in milliseconds."""
    low, high = min(seconds) * 1e3, max(seconds) * 1e3
    return f"{statistics.median(seconds) * 1e3:,.1f} ({low:,.1f} to {high:,.1f})"


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in Markdown."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


def machine() -> None:
    """Print what it is measured on, and how busy that is."""
    load = ", ".join(f"{x:.2f}" for x in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores, load {load}",
        flush=True,
    )
