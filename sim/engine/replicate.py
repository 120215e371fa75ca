"""Many futures of one scenario, over all cores.

Runs share one compiled chain and one process: the chain lets go of Python's lock, so threads keep every core
at work, and none of them has to start an interpreter or read the machine code again. A run depends on nothing
but scenario and seed, so the number of workers changes nothing.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from sim.core.cores import cores
from sim.core.errors import ResultsError
from sim.core.seeds import whole_seed
from sim.engine.fork import simulate_fork
from sim.engine.run import Progress, chain, simulate
from sim.engine.step import SCHEDULE
from sim.results.checksum import checksum
from sim.results.outcomes import measure
from sim.results.trunk import Trunk
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates
from sim.world.tables import World


class Replicate(NamedTuple):
    """What is kept of one of many runs: not its world, so that memory stays flat.

    A run that failed has its error in words, no outcomes and no weekly table.
    """

    seed: int
    outcomes: dict[str, float]
    weekly: np.ndarray | None  # (weeks, series)
    layers: np.ndarray | None  # (frames, layers, cells), None without a stride
    checksum: str
    error: str
    kept: Any = None  # what was asked to be kept of its world


Keep = Callable[[World], Any]


def replicates(
    scenario: Scenario,
    seeds: Sequence[int],
    workers: int | None = None,
    stride: int = 0,
    progress: Progress | None = None,
    trunk: Trunk | None = None,
) -> Iterator[Replicate]:
    """Run a scenario once for each seed, and give the runs in the order of the seeds.

    Parameters
    ----------
    scenario : Scenario
    seeds : sequence of int
    workers : int, optional
        Runs at the same time; one for each core where left out.
    stride : int
        Weeks between kept maps, 0 for none.
    progress : callable, optional
        Called after each run with the runs done and the runs in all.
    trunk : Trunk, optional
        What the runs are forked from.

    Yields
    ------
    Replicate
        The same, to the bit, for any number of workers.

    Examples
    --------
    >>> from sim import load_scenario
    >>> dead = [run.outcomes["civilians_killed"] for run in replicates(load_scenario("unmil"), range(100))]
    ... # doctest: +SKIP
    """
    yield from attempts([(scenario, whole_seed(seed)) for seed in seeds], workers, stride, progress, trunk=trunk)


def outcomes_of(scenario: Scenario, seeds: Sequence[int], workers: int | None = None) -> Iterator[dict[str, float]]:
    """Run a scenario once for each seed, and give the outcomes of the runs in the order of the seeds.

    Raises
    ------
    ResultsError
        If a run fails.
    """
    for run in replicates(scenario, seeds, workers):
        if run.error:
            raise ResultsError(f"seed {run.seed} failed: {run.error}")
        yield run.outcomes


def attempts(
    jobs: Sequence[tuple[Scenario, int]],
    workers: int | None = None,
    stride: int = 0,
    progress: Progress | None = None,
    keep: Keep | None = None,
    trunk: Trunk | None = None,
) -> Iterator[Replicate]:
    """Run scenarios with seeds, and give the runs in the order of the jobs.

    Parameters
    ----------
    jobs : sequence of (Scenario, int)
        Scenarios and seeds, in any mixture.
    workers, stride, progress, trunk
        As in ``replicates``.
    keep : callable, optional
        Takes the world at the end of a run; what it returns is kept of it. It is called in a worker's thread.

    Yields
    ------
    Replicate
        The same, to the bit, for any number of workers.
    """
    if not jobs:
        return
    workers = min(workers or cores(), len(jobs))
    prepare(*jobs[0])
    left = iter(jobs)
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Replicate]] = deque()
        try:
            for done in range(len(jobs)):
                # A few runs ahead of the reader keep the workers busy; more would pile up in memory.
                while len(waiting) <= 2 * workers and (job := next(left, None)) is not None:
                    waiting.append(pool.submit(attempt, *job, stride, keep, trunk))
                run = waiting.popleft().result()
                if progress:
                    progress(done + 1, len(jobs))
                yield run
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def prepare(scenario: Scenario, seed: int) -> None:
    """Compile or load the chain here, so that threads find it ready."""
    chain(SCHEDULE).prepare(build_world(scenario, seed), build_rates(scenario.parameters))


def attempt(
    scenario: Scenario, seed: int, stride: int = 0, keep: Keep | None = None, trunk: Trunk | None = None
) -> Replicate:
    """Run a scenario once; a run that fails is a row with its error, and does not stop the others."""
    try:
        if trunk is None:
            world = simulate(scenario, seed, stride=stride)
        else:
            world = simulate_fork(trunk.scenario, seed, trunk.week, scenario, stride=stride, trunk=trunk.trunk)
        layers = world.record.layers if stride else None
        kept = keep(world) if keep else None
        return Replicate(seed, measure(scenario, world), world.record.weekly, layers, checksum(world), "", kept)
    except Exception as error:
        return Replicate(seed, {}, None, None, "", f"{type(error).__name__}: {error}")
