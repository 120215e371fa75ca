"""Pairs of runs with common random numbers: two scenarios, one seed.

Every draw of the model is keyed by seed, kind of event, week and entity. Two runs with one seed therefore share the
luck of everything that does not differ between them, and their difference has less noise than that of two strangers.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.engine.replicate import Replicate, attempts
from sim.engine.run import Progress
from sim.scenario.scenario import Scenario
from sim.world.kinds import EventKind
from sim.world.tables import World


class Pair(NamedTuple):
    """Two runs of one seed; of each the civilians killed in each cell are ``kept``."""

    seed: int
    first: Replicate
    second: Replicate

    @property
    def error(self) -> str:
        """What ended either of them; nothing where both went through."""
        return self.first.error or self.second.error


def civilians_killed(world: World) -> np.ndarray:
    """Return the civilians killed by armed groups in each cell, on purpose and in their clashes, (C,)."""
    log, n = world.log, int(world.log.count[0])
    kind, cell = log.kind[:n], log.cell[:n]
    dead = np.where(kind == EventKind.KILLING, log.size[:n], np.where(kind == EventKind.CLASH, log.size_other[:n], 0.0))
    some = (cell >= 0) & (dead > 0.0)
    return np.bincount(cell[some], weights=dead[some], minlength=len(world.geography.row))


def run_pairs(
    first: Scenario,
    second: Scenario,
    seeds: Sequence[int],
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Pair]:
    """Run both scenarios with every seed, and give the pairs in the order of the seeds.

    Parameters
    ----------
    first, second : Scenario
    seeds : sequence of int
    workers : int, optional
        Runs at the same time; one for each core where left out. It changes nothing else.
    progress : callable, optional
        Called after each run with the runs done and the runs in all.
    """
    jobs = [(side, int(seed)) for seed in seeds for side in (first, second)]
    runs = attempts(jobs, workers, progress=progress, keep=civilians_killed)
    for one in runs:
        yield Pair(one.seed, one, next(runs))
