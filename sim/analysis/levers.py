"""Levers of a policy: what a mission may be, as numbers and choices that a search or a caller sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.core.errors import InputError
from sim.scenario.paths import PathError
from sim.scenario.scenario import Scenario
from sim.scenario.study.targets import value_now

# Components by the ceiling of the mandate that they count under.
CEILINGS = {
    "military": "military",
    "enablers": "military",
    "formed_police": "police",
    "police": "police",
    "observers": "observers",
    "civilians": "civilians",
}
STEPS = 1000  # levels of a range, so that nearly equal candidates are run once


@dataclass(frozen=True)
class Lever:
    """Something that a policy sets.

    Parameters
    ----------
    name
    paths
        Dotted paths that it moves.
    low, high
        Range of a number.
    values
        Choices, instead of a range.
    times
        Whether the number multiplies what the scenario has at each path, rather than replacing it.
    """

    name: str
    paths: tuple[str, ...]
    low: float = 0.0
    high: float = 1.0
    values: tuple[Any, ...] = ()
    times: bool = False

    def at(self, share: float) -> Any:
        """Return its value at a share of the range, 0 to 1."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        return self.low + (self.high - self.low) * round(STEPS * float(share)) / STEPS


def force_levers(scenario: Scenario, low: float = 0.1, high: float = 2.0) -> list[Lever]:
    """Make a lever of each kind of staff: its pledges and its ceilings in the mandate, times a number."""
    groups: dict[str, list[str]] = {}
    for item in scenario.contributors:
        if item.pledged > 0:
            groups.setdefault(CEILINGS[item.component], []).append(f"contributors.{item.id}.pledged")
    for number in range(len(scenario.mission.mandate.authorised) if scenario.mission else 0):
        for kind, paths in groups.items():
            paths.append(f"mission.mandate.authorised.{number}.{kind}")
    return [Lever(kind, tuple(paths), low, high, times=True) for kind, paths in groups.items()]


def task_levers(scenario: Scenario, tasks: Sequence[str] = ()) -> list[Lever]:
    """Make a lever of each task of the mandate, or of some: its weight, from near nothing to 1."""
    if scenario.mission is None:
        return []
    names = [str(name) for name in scenario.mission.mandate.tasks]
    return [Lever(name, (f"mission.mandate.tasks.{name}",), 0.01, 1.0) for name in names if not tasks or name in tasks]


def funding_levers(scenario: Scenario) -> list[Lever]:
    """Make levers of how those pay who are assessed now, and of how promptly donors pay.

    The first is a choice between dues, promises and a fund; none where nobody is assessed.
    """
    paths = tuple(f"donors.{item.id}.mechanism" for item in scenario.donors if item.mechanism == "assessed")
    prompt = tuple(f"donors.{item.id}.reliability" for item in scenario.donors)
    choice = [Lever("mechanism", paths, values=("assessed", "voluntary", "pooled"))] if paths else []
    return [*choice, *([Lever("reliability", prompt, 0.3, 1.0)] if prompt else [])]


def changed_by(scenario: Scenario, levers: Sequence[Lever], values: Sequence[Any], base: Mapping[str, Any]) -> Scenario:
    """Return the scenario with levers at some values; ``base`` has what multiplied paths hold."""
    changes: dict[str, Any] = {}
    for lever, value in zip(levers, values, strict=True):
        for path in lever.paths:
            new = base[path] * value if lever.times else value
            changes[path] = round(new) if lever.times and isinstance(base[path], int) else new
    return scenario.override(changes, "policy search")


def value_at(data: Any, path: str) -> Any:
    """Return what plain data hold at a dotted path; items of lists go by id or number.

    Raises
    ------
    InputError
        If the path leads nowhere.
    """
    try:
        value = value_now(data, path)
    except PathError as error:
        raise InputError(f"the lever {path!r} leads nowhere: {error}") from None
    if value is None:
        raise InputError(f"the lever {path!r} leads nowhere: this scenario says nothing there")
    return value
