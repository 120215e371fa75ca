"""One run: from a scenario and a seed to a result."""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from sim.core.compile import Advance, compile_schedule
from sim.core.errors import Problem, ScenarioError
from sim.core.process import Process
from sim.core.seeds import whole_seed
from sim.engine.step import SCHEDULE
from sim.results.result import Result
from sim.scenario.ablate import still_at_work
from sim.scenario.load import as_scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.paths import nearest
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates
from sim.world.tables import Log, World

NEVER_OFF = ("head_count", "observation")  # bookkeeping: without it a run means nothing
MAP_STRIDE = 13  # weeks between kept maps: one a quarter
WEEKS_AT_A_TIME = 52  # between looks at the progress callback

Progress = Callable[[int, int], Any]  # what is done, and what there is in all


@lru_cache(maxsize=8)
def chain(schedule: tuple[Process, ...]) -> Advance:
    """Return the compiled weeks of a schedule, made once."""
    return compile_schedule(schedule)


def switches(scenario: Scenario, schedule: Sequence[Process] = SCHEDULE) -> np.ndarray:
    """Return which processes of a schedule run in a scenario, in its order.

    Mechanisms that it switches off are made idle by their parameters when the scenario is made; here they are only
    seen to be.

    Raises
    ------
    ScenarioError
        If the scenario switches off a process that the schedule does not have, or that is bookkeeping, or a
        mechanism that is still at work, as in a scenario made by ``model_copy``.
    """
    names = [step.name for step in schedule]
    names = [name for name in names if name not in NEVER_OFF]
    unknown = [name for name in scenario.switched_off if name not in names and name not in MECHANISMS]
    problems = [
        Problem(
            file=scenario.id,
            path="switched_off",
            message=f"{name!r} is not a process or mechanism that can be switched off",
            hint=nearest(name, [*names, *MECHANISMS]),
        )
        for name in unknown
    ]
    if any(name in MECHANISMS for name in scenario.switched_off):
        for path in still_at_work(scenario):
            message = "is switched off and still at work; use Scenario.without"
            problems.append(Problem(file=scenario.id, path=path, message=message))
    if problems:
        raise ScenarioError(problems)
    return np.array([step.name not in scenario.switched_off for step in schedule], dtype=np.bool_)


def simulate(
    scenario: Scenario,
    seed: int,
    *,
    stride: int = 0,
    schedule: tuple[Process, ...] = SCHEDULE,
    progress: Progress | None = None,
) -> World:
    """Run a scenario to its end and return the world as it then stands.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Key of all chance, 0 to 2**63 - 1. The same scenario and seed give the same bits.
    stride : int
        Weeks between kept maps, 0 for none.
    schedule : tuple of Process
        The week, in order.
    progress : callable, optional
        Called now and then with the weeks done and the weeks in all.
    """
    return on_to(build_world(scenario, seed, stride=stride), scenario, scenario.weeks, progress, schedule)


def on_to(
    world: World,
    scenario: Scenario,
    until: int,
    progress: Progress | None = None,
    schedule: tuple[Process, ...] = SCHEDULE,
) -> World:
    """Run a world of a scenario on to the start of week ``until``, with looks at the progress callback on the way."""
    rates, on = build_rates(scenario.parameters), switches(scenario, schedule)
    first = int(world.clock.week[0])
    step = WEEKS_AT_A_TIME if progress else max(until - first, 1)
    for week in [*range(first + step, until, step), until]:
        if week > int(world.clock.week[0]):
            world = advance(world, rates, on, week, schedule)
        if progress:
            progress(week, until)
    return world


def advance(world: World, rates: Any, on: np.ndarray, until: int, schedule: tuple[Process, ...] = SCHEDULE) -> World:
    """Run a world to the start of week ``until``; return it, with a longer event log where it needed one."""
    weeks = chain(schedule)
    weeks(world, rates, on, until)
    while world.clock.halt[0] == 1:
        world = world._replace(log=lengthen(world.log))
        world.clock.halt[0] = 0
        weeks(world, rates, on, until)
    return world


def lengthen(log: Log) -> Log:
    """Return the event log with twice the room and some more."""
    return Log(
        log.count,
        *(np.concatenate([column, np.zeros_like(column), np.zeros_like(column[:1024])]) for column in log[1:]),
    )


def run(
    scenario: Scenario | str | os.PathLike[str],
    seed: int | None = None,
    *,
    stride: int = MAP_STRIDE,
    progress: Progress | None = None,
) -> Result:
    """Run a scenario once.

    Parameters
    ----------
    scenario : Scenario, str or path
        A scenario, the name of a bundled one, or a path to a file.
    seed : int, optional
        Key of all chance; the scenario's own where left out.
    stride : int
        Weeks between kept maps, 0 for none.
    progress : callable, optional
        Called now and then with the weeks done and the weeks in all.

    Returns
    -------
    Result
        Weekly table, outcomes, events and maps.

    Examples
    --------
    >>> from sim import run
    >>> result = run("ceasefire_line", seed=7)  # doctest: +SKIP
    >>> result.outcomes["civilians_killed"]  # doctest: +SKIP
    """
    scenario = as_scenario(scenario)
    seed = scenario.about.seed if seed is None else whole_seed(seed)
    return Result(scenario, seed, simulate(scenario, seed, stride=stride, progress=progress))
