"""Switching off processes and mechanisms: ``switched_off``, ``--without``, ``Scenario.without``."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.parameters import Parameters
from sim.scenario.paths import Complaint, describe, nearest
from sim.scenario.stars import places

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


def joined(already: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Put switches together, each once, in the order in which they came."""
    return tuple(dict.fromkeys((*already, *more)))
