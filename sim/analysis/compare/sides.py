"""The two sides of a comparison: what they are called, and in what they differ."""

from typing import Any

from sim.core.errors import InputError
from sim.scenario.paths import unlike
from sim.scenario.scenario import Scenario

MOST_NAMED = 2  # changes that fit into the name of a side
NAMES = ("the first", "the second")


def check_sides(first: Scenario, second: Scenario) -> None:
    """Refuse two scenarios that cannot be laid beside each other week by week.

    Raises
    ------
    InputError
        If they differ in length.
    """
    if first.weeks != second.weeks:
        raise InputError(
            f"{first.id} runs {first.weeks} weeks and {second.id} {second.weeks}; "
            "give both the same length, with --weeks or override({'weeks': ...})"
        )


def same_country(first: Scenario, second: Scenario) -> bool:
    """Whether both have the same cells, so that maps can be subtracted."""
    return first.rows == second.rows and first.map.cell_km == second.map.cell_km


def labels(first: Scenario, second: Scenario) -> tuple[str, str]:
    """Name both sides by what tells them apart, as ``with mission`` and ``without mission``."""
    if first.id != second.id:
        return first.id, second.id
    if bool(first.missions) != bool(second.missions):
        words = ("with mission", "without mission")
        return words if first.missions else words[::-1]
    more, fewer = set(second.switched_off), set(first.switched_off)
    if more != fewer:
        return _switched(fewer - more), _switched(more - fewer)
    changes = [(str(path[-1]).replace("_", " "), *pair) for path, *pair in unlike(first.data(), second.data())]
    short = all(isinstance(value, str | int | float | None) for _, *pair in changes for value in pair)
    if 0 < len(changes) <= MOST_NAMED and short:
        one, other = (", ".join(f"{name} {tell(pair[side])}" for name, *pair in changes) for side in (0, 1))
        return one, other
    return NAMES


def put(name: str) -> str:
    """Put the name of a side into a sentence: ``with mission``, ``with clarity 0.4``, ``in unmil``."""
    if name in NAMES:
        return f"on {name} side"
    if name.startswith(("with ", "without ", "as ")):
        return name
    return f"with {name}" if " " in name else f"in {name}"


def _switched(names: set[str]) -> str:
    return f"without {', '.join(sorted(names))}" if names else "as it is"


def tell(value: Any) -> str:
    """Write a value in few characters."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    return f"{value:g}" if isinstance(value, int | float) else str(value).replace("_", " ")
