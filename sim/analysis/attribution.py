"""Which part of the mission did the work: Shapley shares of an outcome over tasks or components.

The share of a part is what it adds, on average over all orders in which the parts could be put together. Every
combination is run with the same seeds, so that shares are differences between futures with the same luck, and add up
to the difference between the whole mission and none of its parts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.intervals import mean
from sim.analysis.shapley import MOST_EXACT, PERMUTATIONS, shapley
from sim.core.errors import InputError, ResultsError
from sim.engine.replicate import outcomes_of
from sim.engine.run import Progress
from sim.results.outcomes import check_outcome
from sim.scenario.scenario import Scenario

KEPT = "force_protection"  # a task that looks after the mission alone
PRESENCE = "presence"

TASK_GROUPS: dict[str, tuple[str, ...]] = {
    "security": ("protection_of_civilians", "ceasefire_monitoring", "offensive_operations"),
    "disarmament and reform": ("ddr", "security_sector_reform"),
    "state and law": ("police_training", "rule_of_law", "state_authority"),
    "politics": ("political_process", "elections", "reconciliation"),
    "people": ("humanitarian_support", "human_rights"),
}


def attribute(
    scenario: Scenario,
    outcome: str,
    *,
    by: str = "groups",
    parts: Mapping[str, Sequence[str]] | None = None,
    replicates: int = 20,
    seed: int | None = None,
    permutations: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Share out what a mission changes in an outcome over its parts.

    Parameters
    ----------
    scenario : Scenario
        With a mission.
    outcome : str
        Of the catalogue.
    by : str
        ``groups`` of tasks, single ``tasks``, or ``components`` (who sends military, police and so on).
    parts : mapping of str to sequence of str, optional
        Other groups of tasks, or of components.
    replicates : int
        Seeds from ``seed`` up, the same for every combination.
    seed : int, optional
        The scenario's where left out.
    permutations : int, optional
        As in `shapley`.
    workers : int, optional
        Runs at the same time.
    progress : callable, optional
        Called with the combinations run and those in all, as far as that is known.

    Returns
    -------
    DataFrame
        ``part``, ``share`` (mean over replicates, in units of the outcome), ``low``, ``high`` (95 %, resampled over
        replicates), ``order_error`` (from drawing orders), ``of_whole`` (share over the mission's whole effect),
        ``replicates``. For tasks, the row ``presence`` is what a mission does that only protects itself, against no
        mission; it stands outside the orders. Rows add up to the whole effect.

    Raises
    ------
    InputError
        If there is no mission, no such outcome or nothing to share out over.
    ResultsError
        If a run fails, or the outcome is unknown in every replicate.

    Examples
    --------
    >>> from sim import load_scenario
    >>> attribute(load_scenario("fragile_peace"), "civilian_deaths", replicates=10)  # doctest: +SKIP
    """
    check_outcome(outcome)
    if scenario.mission is None:
        raise InputError(f"{scenario.id} has no mission whose parts could share its effect")
    found = {name: tuple(items) for name, items in (parts or parts_of(scenario, by)).items()}
    if not found:
        raise InputError(f"{scenario.id} has no {by} to share an outcome over")
    first = scenario.about.seed if seed is None else seed
    seeds, done = range(first, first + replicates), 0
    total = 2 ** len(found) if permutations == 0 or (permutations is None and len(found) <= MOST_EXACT) else 0
    total = total or 2 * (permutations or PERMUTATIONS) * (len(found) - 1) + 2

    def value(case: Scenario) -> np.ndarray:
        nonlocal done
        values = measured(case, outcome, seeds, workers)
        done += 1
        if progress:
            progress(min(done, total), total)
        return values

    make = with_components if by == "components" else with_tasks
    shares = shapley(
        list(found), lambda members: value(make(scenario, [x for name in members for x in found[name]])), permutations
    )
    rows = list(zip(shares.parts, shares.values, shares.error, strict=True))
    bottom = shares.none
    if by != "components":
        bottom = measured(scenario.without_mission(), outcome, seeds, workers)
        rows.insert(0, (PRESENCE, shares.none - bottom, 0.0))
    return _as_table(rows, shares.whole - bottom, outcome)


def _as_table(rows: list, effect: np.ndarray, outcome: str) -> pd.DataFrame:
    known = ~np.isnan(np.array([values for _, values, _ in rows]) + effect).any(axis=0)
    if not known.any():
        raise ResultsError(f"{outcome} is unknown in some combination of every replicate, so it cannot be shared out")
    whole, table = float(effect[known].mean()), []
    for part, values, error in rows:
        share = mean(values[known])
        line = {"part": part, "share": share.value, "low": share.low, "high": share.high, "order_error": error}
        table.append({**line, "of_whole": share.value / whole if whole else np.nan, "replicates": int(known.sum())})
    return pd.DataFrame(table)


def measured(scenario: Scenario, outcome: str, seeds: Sequence[int], workers: int | None) -> np.ndarray:
    """Run a scenario on some seeds and return an outcome of each.

    Raises
    ------
    ResultsError
        If a run fails.
    """
    return np.array([run[outcome] for run in outcomes_of(scenario, seeds, workers)])


def parts_of(scenario: Scenario, by: str) -> dict[str, tuple[str, ...]]:
    """Return the parts of a mission: groups of its tasks, its tasks, or its components, each with its members.

    Raises
    ------
    InputError
        If ``by`` is none of these.
    """
    if by == "components":
        return {item.component: (item.component,) for item in scenario.contributors if item.pledged > 0}
    tasks = [task for task in _all_tasks(scenario) if task != KEPT]
    if by == "tasks":
        return {task: (task,) for task in tasks}
    if by == "groups":
        groups = {name: tuple(task for task in tasks if task in group) for name, group in TASK_GROUPS.items()}
        return {name: group for name, group in groups.items() if group}
    raise InputError(f"{by!r} is not a way to take a mission apart; expected groups, tasks or components")


def _all_tasks(scenario: Scenario) -> list[str]:
    """Return the tasks of the mandate at its start and by its later decisions."""
    mandate = scenario.mission.mandate
    sets = [mandate.tasks, *(decision.tasks for decision in mandate.decisions if decision.tasks is not None)]
    return list(dict.fromkeys(str(task) for tasks in sets for task, weight in tasks.items() if weight > 0.0))


def with_tasks(scenario: Scenario, tasks: Sequence[str]) -> Scenario:
    """Return the scenario whose mission has only some of its tasks, and looks after itself."""
    mandate, changes = scenario.mission.mandate, {}
    changes["mission.mandate.tasks"] = _left(mandate.tasks, tasks)
    for number, decision in enumerate(mandate.decisions):
        if decision.tasks is not None:
            changes[f"mission.mandate.decisions[{number}].tasks"] = _left(decision.tasks, tasks)
    return scenario.override(changes)


def _left(weights: Mapping[Any, float], tasks: Sequence[str]) -> dict[str, float]:
    left = {str(task): weight for task, weight in weights.items() if task in tasks or task == KEPT}
    # A mandate needs a task with a weight; the smallest of the mandate's keeps the others' in proportion.
    return left if any(left.values()) else {KEPT: min(weight for weight in weights.values() if weight > 0.0)}


def with_components(scenario: Scenario, components: Sequence[str]) -> Scenario:
    """Return the scenario to which only some components are sent."""
    sent = tuple(item for item in scenario.contributors if item.component in components)
    return scenario.model_copy(update={"contributors": sent})
