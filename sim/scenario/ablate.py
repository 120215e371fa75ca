"""Switching off processes and mechanisms: ``switched_off``, ``--without``, ``Scenario.without``."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.parameters import Parameters
from sim.scenario.paths import Complaint, describe, nearest

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

NO_PROCESS = ("ground",)  # parameters that belong to no process

PROCESSES: tuple[str, ...] = tuple(name for name in Parameters.model_fields if name not in NO_PROCESS)


def switchable() -> tuple[str, ...]:
    """Name everything that can be switched off: processes, then mechanisms."""
    return (*PROCESSES, *MECHANISMS)


def check_switches(scenario: "Scenario") -> Iterator[Complaint]:
    """Find switches that there are not."""
    known = switchable()
    for number, name in enumerate(scenario.switched_off):
        if name not in known:
            message = f"{describe(name)} is not a process or mechanism that can be switched off"
            yield Complaint(("switched_off", number), message, hint=nearest(name, known))


def still_at_work(scenario: "Scenario") -> dict[str, Any]:
    """Give the changes by dotted path that a scenario's switches ask for and that are not made yet."""
    asked = [MECHANISMS[name] for name in scenario.switched_off if name in MECHANISMS]
    data = scenario.data() if asked else {}
    changes: dict[str, Any] = {}
    for mechanism in asked:
        for pattern, value in mechanism.paths.items():
            changes |= {path: value for path, found in places(data, pattern) if found != value}
    return changes


def places(data: dict[str, Any], pattern: str) -> Iterator[tuple[str, Any]]:
    """Find the paths of a scenario's data that a pattern with stars stands for, each with its value.

    >>> list(places({"donors": [{"will": 0.5}]}, "donors.*.will"))
    [('donors[0].will', 0.5)]
    """
    if pattern.startswith("missions.*."):
        rest = pattern.removeprefix("missions.*.")
        if data.get("mission") is not None:
            yield from places(data, f"mission.{rest}")
        pattern = f"partners.*.{rest}"
    yield from _along(data, pattern.split("."), "")


def _along(node: Any, parts: list[str], so_far: str) -> Iterator[tuple[str, Any]]:
    if not parts:
        yield so_far, node
        return
    key, rest = parts[0], parts[1:]
    if key != "*":
        yield from _along(node[key], rest, f"{so_far}.{key}" if so_far else key)
    elif isinstance(node, dict):
        for name in node:
            yield from _along(node[name], rest, f"{so_far}.{name}")
    else:
        for number, item in enumerate(node):
            yield from _along(item, rest, f"{so_far}[{number}]")


def joined(already: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Put switches together, each once, in the order in which they came."""
    return tuple(dict.fromkeys((*already, *more)))
