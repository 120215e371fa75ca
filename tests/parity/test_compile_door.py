"""Compiled, checked and interpreted runs of a chain agree to the last bit."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

STUDY = """
from typing import NamedTuple
import numpy as np
from sim.core.compile import compile_schedule, kernel, process

class Clock(NamedTuple):
    week: np.ndarray
    halt: np.ndarray

class Cells(NamedTuple):
    fear: np.ndarray
    links: np.ndarray
    share: np.ndarray

class World(NamedTuple):
    clock: Clock
    cells: Cells

class Rates(NamedTuple):
    spread: np.record
    settle: np.record

@kernel
def mean(row):
    total = 0.0
    for x in row:
        total += x
    return total / len(row)

@process(writes=("cells.fear",), name="spread")
def spread(clock, cells, rates):
    for i in range(len(cells.fear)):
        near = 0.0
        for k in range(cells.links.shape[1]):
            near += cells.fear[cells.links[i, k]] * rates.weight - 0.1 * mean(cells.share[i])
        cells.fear[i] = (1.0 - rates.keep) * near + rates.keep * cells.fear[i] + 1.0 / (1 + clock.week[0])

@process(writes=("cells.share",), name="settle")
def settle(cells, rates):
    for i in range(cells.share.shape[0]):
        for j in range(cells.share.shape[1]):
            cells.share[i, j] += rates.pull * (cells.fear[i] * 0.3 - cells.share[i, j] / 3.0)

def record(names, values):
    row = np.zeros(1, np.dtype((np.record, [(name, "f8") for name in names.split()])))[0]
    for name, value in zip(names.split(), values):
        row[name] = value
    return row

n = 40
i = np.arange(n)
links = np.stack([(i + 1) % n, (7 * i + 3) % n, (11 * i + 5) % n], axis=1)
world = World(
    Clock(np.zeros(1, np.int64), np.zeros(1, np.int64)),
    Cells((i % 7) / 7.0, links, (np.outer(i, np.arange(5)) % 13) / 13.0),
)
rates = Rates(record("weight keep", (0.31, 0.7)), record("pull", (0.21,)))
compile_schedule((spread, settle))(world, rates, [True, True], 200)
print(world.cells.fear.tobytes().hex(), world.cells.share.tobytes().hex())
"""


def test_same_bits(tmp_path):
    (tmp_path / "study.py").write_text(STUDY)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PEACESIM_", "NUMBA_"))}
    clean |= {"PYTHONPATH": str(ROOT), "PEACESIM_CACHE_DIR": str(tmp_path / "cache")}
    flags = ({}, {"PEACESIM_BOUNDSCHECK": "1"}, {"PEACESIM_INTERPRETED": "1"}, {})  # the last one is warm
    runs = [
        subprocess.run(
            [sys.executable, str(tmp_path / "study.py")],
            env=clean | flag, capture_output=True, text=True, check=True, timeout=120,
        ).stdout
        for flag in flags
    ]  # fmt: skip
    assert len(runs[0]) > 1000
    assert len(set(runs)) == 1
