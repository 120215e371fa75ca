"""Another future from a week on: the past stays as it was, bit for bit, and the rest goes on under changed settings."""

import os
from collections.abc import Mapping
from typing import Any

from sim.core.errors import InputError, Problem, ScenarioError
from sim.core.seeds import whole_seed
from sim.engine.run import MAP_STRIDE, Progress, on_to, run
from sim.results.result import Result
from sim.results.trunk import Trunk
from sim.scenario.load import as_scenario
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.graft import graft
from sim.world.tables import World


def checkpoint(scenario: Scenario, seed: int, week: int, *, stride: int = 0, trunk: Trunk | None = None) -> World:
    """Run a scenario up to the start of a week.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    week : int
        0 to the scenario's weeks.
    stride : int
        Weeks between kept maps, 0 for none.
    trunk : Trunk, optional
        What the scenario itself was forked from.

    Returns
    -------
    World
        To be given to ``simulate_fork`` as often as wanted: it makes a copy.
    """
    if trunk is not None:
        if week <= trunk.week:
            return checkpoint(trunk.scenario, seed, week, stride=stride, trunk=trunk.trunk)
        past = checkpoint(trunk.scenario, seed, trunk.week, stride=stride, trunk=trunk.trunk)
        return on_to(graft(past, trunk.scenario, scenario), scenario, week)
    if not 0 <= week <= scenario.weeks:
        problem = f"expected a week from 0 to {scenario.weeks}, the length of the run"
        raise ScenarioError([Problem(problem, "week", scenario.id, found=str(week))])
    return on_to(build_world(scenario, seed, stride=stride), scenario, week)


def simulate_fork(
    scenario: Scenario,
    seed: int,
    week: int,
    changed: Scenario,
    *,
    stride: int = 0,
    past: World | None = None,
    trunk: Trunk | None = None,
    progress: Progress | None = None,
) -> World:
    """Run a scenario, from some week on under changed settings, and return the world at the end.

    Parameters
    ----------
    scenario : Scenario
        Of the past.
    seed : int
    week : int
        First week under the changed settings.
    changed : Scenario
        From then on. What may differ: parameters, processes and mechanisms that are switched off, mandate, deployment,
        force size, larger pledges, qualities and will of contributors, donors, relief organisations, further missions,
        contributors and donors at the end of their lists, what lies ahead on the calendar, and the length of the run.
    stride : int
        Weeks between kept maps, 0 for none.
    past : World, optional
        From ``checkpoint`` of the same scenario, seed, week and stride; it saves running the past once more.
    trunk : Trunk, optional
        What ``scenario`` itself was forked from.
    progress : callable, optional
        Called now and then with the weeks done and the weeks in all.

    Returns
    -------
    World
        Its record has every week from the first one. Where nothing is changed it is that of ``simulate``, to the bit.

    Raises
    ------
    ScenarioError
        With every change that cannot be made midway, and what can be done instead.
    """
    if past is None:
        past = checkpoint(scenario, seed, week, stride=stride, trunk=trunk)
    elif int(past.clock.week[0]) != week or int(past.clock.seed[0]) != seed:
        raise InputError(
            f"the past given is that of seed {past.clock.seed[0]} at week {past.clock.week[0]}, "
            f"not of seed {seed} at week {week}; make it with checkpoint()"
        )
    return on_to(graft(past, scenario, changed), changed, changed.weeks, progress)


def fork(
    source: Result | Scenario | str | os.PathLike[str],
    seed: int | None = None,
    week: int = 0,
    overrides: Mapping[str, Any] | Scenario | None = None,
    *,
    stride: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Run once more, from some week on under changed settings.

    Parameters
    ----------
    source : Result, Scenario, str or path
        A run, which may itself be a fork; or a scenario, the name of a bundled one, or a path to a file.
    seed : int, optional
        That of the run, or the scenario's own, where left out.
    week : int
        First week under the changed settings; the weeks before it are those of the source, bit for bit.
    overrides : mapping or Scenario, optional
        New values by dotted path, or the whole scenario from then on.
    stride : int, optional
        Weeks between kept maps; those of the run, or a quarter, where left out.
    progress : callable, optional
        Called now and then with the weeks done and the weeks in all.

    Returns
    -------
    Result
        With every week from the first one; ``result.trunk`` says what it was forked from.

    Raises
    ------
    ScenarioError
        With every change that cannot be made midway (the map, who lives there, armed groups, what is over).

    Examples
    --------
    >>> from sim import fork
    >>> later = fork("unmil", 1, 200, {"mission.mandate.clarity": 0.3})  # doctest: +SKIP
    """
    trunk = None
    if isinstance(source, Result):
        scenario, trunk = source.scenario, source.trunk
        seed = source.seed if seed is None else whole_seed(seed)
        stride = int(source.world.record.stride[0]) if stride is None else stride
    else:
        scenario = as_scenario(source)
        seed = scenario.about.seed if seed is None else whole_seed(seed)
    stride = MAP_STRIDE if stride is None else stride
    changed = overrides if isinstance(overrides, Scenario) else scenario.override(dict(overrides or {}), "fork")
    while trunk is not None and week <= trunk.week:  # the earlier fork never comes
        scenario, trunk = trunk.scenario, trunk.trunk
    return run_on(changed, seed, Trunk(scenario, week, trunk), stride=stride, progress=progress)


def run_on(
    scenario: Scenario, seed: int, trunk: Trunk | None, *, stride: int = MAP_STRIDE, progress: Progress | None = None
) -> Result:
    """Run a scenario, with the past that it was forked from, if there is one.

    Parameters
    ----------
    scenario : Scenario
        From the week of the fork on.
    seed : int
    trunk : Trunk or None
        What it was forked from.
    stride, progress
        As in ``fork``.
    """
    if trunk is None:
        return run(scenario, seed, stride=stride, progress=progress)
    past, week, earlier = trunk
    world = simulate_fork(past, seed, week, scenario, stride=stride, trunk=earlier, progress=progress)
    return Result(scenario, seed, world, trunk)
