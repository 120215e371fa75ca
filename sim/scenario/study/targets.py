"""What a factor does to what stands at a path: ``contributors.*.pledged`` times 0.5."""

import datetime
from collections.abc import Mapping
from typing import Any

from sim.scenario.overrides import full_path
from sim.scenario.paths import PathError
from sim.scenario.scenario import Scenario
from sim.scenario.slots import Slot, slot_at
from sim.scenario.stars import ANY, places


def slot_of(pattern: str) -> Slot | None:
    """Say what belongs at a path, by the classes; None where they have no such place.

    Raises
    ------
    PathError
        If the text is not a dotted path.
    """
    path = full_path(pattern)
    if path[0] == "missions":
        path = ("mission", *path[2:])
    return slot_at(Scenario, path)


def changes_at(data: Mapping[str, Any], pattern: str, how: str, value: Any) -> dict[str, Any]:
    """Work out the new values that a change means for the data of a scenario.

    Parameters
    ----------
    data
        A scenario's, complete.
    pattern
        A dotted path; a star stands for every item, ``missions`` for the mission and its partners.
    how
        ``set``, ``times`` or ``plus``; to a date, ``plus`` adds weeks.
    value
        The new value, the multiplier or the sum.

    Returns
    -------
    dict
        New values by path, for `Scenario.override`; what is left out of a scenario cannot be multiplied or added to,
        and stays so.

    Raises
    ------
    PathError
        If nothing stands there, or nothing that can be multiplied or added to.
    """
    slot = slot_of(pattern)
    whole = slot is not None and slot.kind is int
    if how == "set" and ANY not in pattern:
        return {pattern: _whole(value) if whole else value}
    found = dict(places(data, pattern))
    if not found:
        raise PathError("nothing in this scenario stands at that path")
    if how == "set":
        return {path: _whole(value) if whole else value for path, old in found.items()}
    return {path: _moved(old, how, value) for path, old in found.items() if old is not None}


def value_now(data: Mapping[str, Any], pattern: str) -> Any:
    """Give what a scenario says at a path; None where its places differ or say nothing."""
    found = [value for _, value in places(data, pattern)]
    return found[0] if found and all(value == found[0] for value in found) else None


def _moved(old: Any, how: str, value: Any) -> Any:
    if isinstance(old, datetime.date) and how == "plus":
        try:
            return old + datetime.timedelta(weeks=float(value))
        except OverflowError:
            raise PathError(f"{value:,} weeks from {old} are out of the calendar, which ends with 9999") from None
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise PathError(f"what stands there is not a number, so {how!r} means nothing")
    new = old * value if how == "times" else old + value
    return _whole(new) if isinstance(old, int) else new


def _whole(value: Any) -> Any:
    """Round what a range or a multiplier gives where only whole numbers are accepted."""
    return round(value) if isinstance(value, float) else value
