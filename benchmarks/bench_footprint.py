"""What a run takes besides time: memory, and how long programs take to start."""

import os
import statistics
import subprocess
import sys
import tempfile

from country import country
from measure import machine, options, table, wall_seconds

MEMORY = """
import gc, sys, tracemalloc
sys.path.insert(0, {folder!r})
from country import country
from sim.engine.run import simulate
simulate(country({side}, weeks=2), 0)
gc.collect()
for line in open("/proc/self/status"):
    if line.startswith("VmRSS"):
        before = int(line.split()[1]) / 1024
tracemalloc.start()
scenario = country({side})
world = simulate(scenario, 1)
arrays = sum(column.nbytes for table in world for column in table) / 2**20
print(before, tracemalloc.get_traced_memory()[1] / 2**20, arrays)
"""
IMPORTS = ("sim", "sim.cli", "sim.engine.run", "sim.model")


def memory(side: int) -> list[float]:
    """Return MB before a run, what the run adds at its most, and what its arrays hold."""
    code = MEMORY.format(folder=os.path.dirname(__file__), side=side)
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [float(word) for word in answer.stdout.split()]


def start(command: list[str], rounds: int) -> str:
    """Return how long a program takes from start to end, each time in an empty folder, or that it fails."""

    def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(command, cwd=folder, capture_output=True, check=True)

    try:
        run()  # warms
        return f"{statistics.median(wall_seconds(run) for _ in range(rounds)):.2f}"
    except subprocess.CalledProcessError:
        return "fails"


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__)
    rounds = 2 if chosen.quick else 5
    machine()
    if os.path.exists("/proc/self/status"):
        sides = (20,) if chosen.quick else (20, 40, 100)
        rows = [[side * side, *(f"{x:.1f}" for x in memory(side))] for side in sides]
        table(
            f"Memory of one run of {country().weeks} weeks, MB",
            [
                "cells",
                "before, imports and machine code included",
                "added by scenario and run at the most",
                "arrays at its end",
            ],
            rows,
        )
    python = [sys.executable]
    rows = [[f"import {name}", start([*python, "-c", f"import {name}"], rounds)] for name in IMPORTS]
    tool = [*python, "-m", "sim.cli"]
    rows.append(["peacesim --help", start([*tool, "--help"], rounds)])
    rows.append(["peacesim run unmil --no-plots, warm", start([*tool, "run", "unmil", "--no-plots"], rounds)])
    table(f"Start, seconds by the clock, median of {rounds} rounds", ["what", "seconds"], rows)
    machine()


if __name__ == "__main__":
    main()
