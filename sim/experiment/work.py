"""What a worker does: a chunk of consecutive runs in, the bytes of their Parquet part out."""

import contextlib
import time
from collections import OrderedDict
from typing import Any, NamedTuple

import numpy as np

from sim.engine.replicate import prepare
from sim.engine.run import simulate
from sim.experiment.axes import Value
from sim.experiment.plan import Recipe, Run
from sim.experiment.tables import Row, run_bytes, weekly_bytes
from sim.results.checksum import checksum
from sim.results.outcomes import measure
from sim.scenario.scenario import Scenario
from sim.world.series import SERIES

MEMORY = 2_000  # contrast runs that a worker remembers
SCENARIOS = 4  # scenarios that it remembers, with the worlds before any luck that go with them


class Chunk(NamedTuple):
    """Consecutive runs: ``n`` from ``first``."""

    sweep: str  # digest of the plan
    recipe: Recipe
    first: int
    n: int
    first_row: int
    points: tuple[tuple[Value, ...], ...]  # levels of the rows from ``first_row``


class Done(NamedTuple):
    """A chunk that was run."""

    first: int
    n: int
    failed: int
    seconds: float
    runs: bytes
    weekly: bytes


class Answer(NamedTuple):
    """What a run gave; ``error`` is empty where it went through."""

    outcomes: dict[str, float]
    weekly: np.ndarray | None
    checksum: str
    error: str
    seconds: float


# Contrast runs by scenario and seed: often the same for every row, for a factor of the mission moves nothing where
# there is none. A run depends on nothing else, so remembering one is running it.
# The outcomes are of the key because threads and the workers of a cluster outlive a sweep.
_remembered: OrderedDict[tuple[str, int, tuple[str, ...]], Answer] = OrderedDict()

# Scenarios by sweep, row and arm: chunks are smaller than a block of replicates, and those that follow each other are
# often of one block. Making a scenario and its world before any luck takes a fifth of a run.
_scenarios: OrderedDict[tuple[str, int, int], tuple[Scenario | None, str]] = OrderedDict()


def work(chunk: Chunk) -> Done:
    """Run a chunk."""
    began = time.perf_counter()
    rows: list[Row] = []
    tables: list[tuple[int, np.ndarray]] = []
    block, scenario, error, digest = (-1, -1), None, "", ""
    for number in range(chunk.first, chunk.first + chunk.n):
        run = chunk.recipe.run(number)
        point = chunk.points[run.row - chunk.first_row]
        if (run.row, run.arm) != block:
            block = (run.row, run.arm)
            scenario, error = _scenario(chunk, point, run)
            digest = scenario.digest() if scenario and run.arm and not chunk.recipe.series else ""
        answer = _answer(chunk.recipe, scenario, error, run, digest)
        rows.append(Row(run, point, answer.outcomes, answer.checksum, answer.error, answer.seconds))
        if answer.weekly is not None:
            tables.append((number, answer.weekly))
    failed = sum(bool(row.error) for row in rows)
    weekly = weekly_bytes(tables, chunk.recipe.series) if tables else b""
    return Done(chunk.first, chunk.n, failed, time.perf_counter() - began, run_bytes(rows, chunk.recipe), weekly)


def dead(chunk: Chunk, error: str) -> Done:
    """Answer for a chunk whose worker died every time: rows with the error."""
    runs = [chunk.recipe.run(number) for number in range(chunk.first, chunk.first + chunk.n)]
    rows = [Row(run, chunk.points[run.row - chunk.first_row], {}, "", error, 0.0) for run in runs]
    return Done(chunk.first, chunk.n, chunk.n, 0.0, run_bytes(rows, chunk.recipe), b"")


def warm_up(recipe: Recipe) -> float:
    """Load the compiled week, or compile it; return the seconds that one run of the base then takes."""
    scenario = next(iter(recipe.scenarios.values()))
    prepare(scenario, recipe.seed)
    began = time.perf_counter()
    attempt(scenario, recipe.seed, recipe)
    return time.perf_counter() - began


def attempt(scenario: Scenario, seed: int, recipe: Recipe) -> Answer:
    """Run a scenario once and measure what is asked for; a run that fails is an answer with its error."""
    began = time.perf_counter()
    try:
        world = simulate(scenario, seed)
        outcomes = measure(scenario, world, recipe.outcomes)
        kept = _kept(world.record.weekly, recipe.series) if recipe.series else None
        return Answer(outcomes, kept, checksum(world), "", time.perf_counter() - began)
    except Exception as error:
        return Answer({}, None, "", in_words(error), time.perf_counter() - began)


def in_words(error: Exception) -> str:
    """Write an error in one line for the table of runs."""
    return " | ".join(f"{type(error).__name__}: {error}".splitlines())[:2000]


def _scenario(chunk: Chunk, point: tuple[Value, ...], run: Run) -> tuple[Scenario | None, str]:
    key = (chunk.sweep, run.row, run.arm)
    found = _scenarios.get(key)
    if found is None:
        try:
            found = chunk.recipe.scenario(point, run.arm), ""
        except Exception as error:
            found = None, in_words(error)
        _keep(_scenarios, key, found, SCENARIOS)
    return found


def _answer(recipe: Recipe, scenario: Scenario | None, error: str, run: Run, digest: str) -> Answer:
    if scenario is None:
        return Answer({}, None, "", error, 0.0)
    if not digest:
        return attempt(scenario, run.seed, recipe)
    key = (digest, run.seed, recipe.outcomes)
    answer = _remembered.get(key)
    if answer is None:
        answer = attempt(scenario, run.seed, recipe)
        if not answer.error:  # what failed for want of memory may go through later
            _keep(_remembered, key, answer, MEMORY)
    return answer


def _keep(memory: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    """Remember something and forget what is oldest."""
    memory[key] = value
    while len(memory) > most:
        with contextlib.suppress(KeyError):  # another thread has been faster
            memory.popitem(last=False)


def _kept(weekly: np.ndarray, series: tuple[str, ...]) -> np.ndarray:
    """Pick the weekly series that are kept, in single precision."""
    names = [each.name for each in SERIES]
    return weekly[:, [names.index(name) for name in series]].astype(np.float32)
