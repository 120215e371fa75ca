"""From the level of a factor to a changed scenario."""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.core.errors import Problem, ScenarioError
from sim.scenario.ablate import joined
from sim.scenario.paths import Path, PathError, describe
from sim.scenario.scenario import Scenario
from sim.scenario.study.checks import plausible_range
from sim.scenario.study.experiment import Experiment, Factor
from sim.scenario.study.rules import RULES
from sim.scenario.study.targets import changes_at, value_now

AT_BASE = "as it is"  # label of a factor that is left alone
NONE = "none"  # label of an ablation that switches off nothing
ORIGIN = "the experiment"


def is_number(value: Any) -> bool:
    """Tell whether a value is a number, which true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def label(value: Any) -> str:
    """Write a level that is not a number as results list it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else value if isinstance(value, str) else repr(value)


def categories(factor: Factor) -> dict[str, Any]:
    """Give the levels of a factor that is not a number, by label; empty for one that is."""
    if factor.ablate:
        return {name: name for name in (NONE, *factor.ablate)}
    if factor.scenario:
        from sim.scenario.study.load import label_of

        return {label_of(name): name for name in factor.scenario}
    names = (*factor.levels, *next(iter(factor.rule.values()), ()))
    if names:
        return {name: name for name in names}
    return {} if all(map(is_number, factor.values)) else {label(value): value for value in factor.values}


def span(factor: Factor) -> tuple[float, float] | None:
    """Give the range of a factor, from the file or the catalogue; None for one with levels."""
    return plausible_range(factor) if factor.plausible else factor.range


def neutral(factor: Factor, scenario: Scenario) -> Any:
    """Give the level at which a factor changes nothing: a number where it has one, else a label."""
    if factor.targets:
        if factor.change != "set":
            return 1.0 if factor.change == "times" else 0.0
        now = value_now(scenario.data(), factor.targets[0])
        if not categories(factor):
            return float(now) if is_number(now) else math.nan
        return AT_BASE if now is None else label(now)
    if factor.scenario:
        return next(iter(categories(factor)))
    return NONE if factor.ablate else AT_BASE


def moved(scenario: Scenario, pairs: Iterable[tuple[Factor, Any]], origin: str = ORIGIN) -> Scenario:
    """Change a scenario as the levels of some factors say.

    Parameters
    ----------
    scenario
    pairs
        Factors with a number, or the label of a level; not a number and ``as it is`` leave things alone.
    origin
        Who asks, for the messages.

    Raises
    ------
    ScenarioError
        With everything that is wrong.
    """
    data = scenario.data()
    changes: dict[str, Any] = {}
    without: list[str] = []
    problems: list[Problem] = []
    for factor, level in pairs:
        try:
            more, off = _meant(data, factor, level)
        except PathError as error:
            problems.append(Problem(str(error), ", ".join(factor.targets) or factor.name, origin))
            continue
        changes |= more
        without += off
    if problems:
        raise ScenarioError(problems)
    if without:
        changes["switched_off"] = joined(scenario.switched_off, without)
    return scenario.override(changes, origin)


def _meant(data: Mapping[str, Any], factor: Factor, level: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Say what a level sets and what it switches off."""
    if level == AT_BASE or (isinstance(level, float) and math.isnan(level)) or factor.scenario:
        return {}, ()
    if factor.ablate:
        return {}, () if level == NONE else (level,)
    if factor.rule:
        process = next(iter(factor.rule))
        return {}, RULES[process][level]
    if factor.levels:
        chosen = factor.levels[level]
        return _set(data, chosen.set), chosen.without
    # A factor's base value need not be one of its levels.
    value = categories(factor).get(level, level) if isinstance(level, str) else level
    changes: dict[str, Any] = {}
    for target in factor.targets:
        changes |= changes_at(data, target, factor.change, value)
    if not changes:
        raise PathError(f"this scenario says nothing there that {factor.change!r} could change")
    return changes, ()


def _set(data: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for path, value in table.items():
        changes |= changes_at(data, path, "set", value)
    return changes


def with_base(experiment: Experiment, scenario: Scenario) -> Scenario:
    """Make the changes of ``[base]``, which hold in every run.

    Raises
    ------
    ScenarioError
        With everything that is wrong.
    """
    base = experiment.base
    try:
        changes = _set(scenario.data(), base.set)
    except PathError as error:
        raise ScenarioError([Problem(str(error), "base.set", ORIGIN)]) from None
    if base.weeks is not None:
        changes["weeks"] = base.weeks
    if base.without:
        changes["switched_off"] = joined(scenario.switched_off, base.without)
    return scenario.override(changes, "[base]")


def trials(factor: Factor) -> Iterator[tuple[Path, Any]]:
    """Give the levels by which to find out whether a factor can be moved, with their places in its table."""
    if span(factor) is not None:
        where = "plausible" if factor.plausible else "range"
        for end in span(factor) or ():
            yield (where,), end
    for number, value in enumerate(factor.values):
        yield ("values", number), value if is_number(value) and not categories(factor) else label(value)
    for number, name in enumerate(factor.ablate):
        yield ("ablate", number), name
    for process, variants in factor.rule.items():
        for number, name in enumerate(variants):
            yield ("rule", process, number), name
    for name in factor.levels:
        yield ("levels", name), name


def what_was_wrong(problem: Problem, level: Any) -> str:
    """Say in one phrase why a level was refused."""
    said = ": ".join(part for part in (problem.path, problem.message) if part)
    return said if problem.found or level == "" else f"{said} (at {describe(level)})"
