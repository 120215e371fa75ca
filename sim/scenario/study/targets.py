"""Paths with stars, and what a factor does to what stands there: ``contributors.*.pledged`` times 0.5."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.overrides import SHORT
from sim.scenario.paths import Path, PathError, nearest, parse_path, show_path
from sim.scenario.scenario import Scenario
from sim.scenario.slots import Slot, slot_at

ANY = "*"


def slot_of(pattern: str) -> Slot | None:
    """Say what belongs at a path, by the classes; None where they have no such place.

    Raises
    ------
    PathError
        If the text is not a dotted path.
    """
    path = parse_path(pattern)
    if len(path) == 1 and path[0] in SHORT:
        path = ("scenario", *path)
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
    found = dict(_places(data, pattern))
    if not found:
        raise PathError("nothing in this scenario stands at that path")
    if how == "set":
        return {path: _whole(value) if whole else value for path, old in found.items()}
    return {path: _moved(old, how, value) for path, old in found.items() if old is not None}


def value_now(data: Mapping[str, Any], pattern: str) -> Any:
    """Give what a scenario says at a path; None where its places differ or say nothing."""
    found = [value for _, value in _places(data, pattern)]
    return found[0] if found and all(value == found[0] for value in found) else None


def _moved(old: Any, how: str, value: Any) -> Any:
    if isinstance(old, datetime.date) and how == "plus":
        return old + datetime.timedelta(weeks=float(value))
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise PathError(f"what stands there is not a number, so {how!r} means nothing")
    new = old * value if how == "times" else old + value
    return _whole(new) if isinstance(old, int) else new


def _whole(value: Any) -> Any:
    """Round what a range or a multiplier gives where only whole numbers are accepted."""
    return round(value) if isinstance(value, float) else value


def _places(data: Mapping[str, Any], pattern: str) -> Iterator[tuple[str, Any]]:
    path = parse_path(pattern)
    if len(path) == 1 and path[0] in SHORT:
        path = ("scenario", *path)
    if path[:2] == ("missions", ANY):
        if data.get("mission") is not None:
            yield from _along(data, ("mission", *path[2:]), ())
        path = ("partners", ANY, *path[2:])
    yield from _along(data, path, ())


def _along(node: Any, rest: Path, so_far: Path) -> Iterator[tuple[str, Any]]:
    if not rest:
        yield show_path(so_far), node
        return
    key, more = rest[0], rest[1:]
    if key == ANY and isinstance(node, Mapping):
        for name, inside in node.items():
            yield from _along(inside, more, (*so_far, name))
    elif key == ANY and isinstance(node, list | tuple):
        for number, inside in enumerate(node):
            yield from _along(inside, more, (*so_far, number))
    elif isinstance(node, Mapping):
        if key not in node:
            hint = nearest(key, map(str, node))
            raise PathError(f"there is no {key!r}" + (f"; {hint}" if hint else ""))
        yield from _along(node[key], more, (*so_far, key))
    elif isinstance(node, list | tuple):
        ids = [item.get("id") if isinstance(item, Mapping) else None for item in node]
        number = ids.index(key) if key in ids else int(key) if str(key).isdecimal() else len(ids)
        if number >= len(ids):
            hint = nearest(key, [name for name in ids if name])
            raise PathError(f"there is no item {key!r}" + (f"; {hint}" if hint else ""))
        yield from _along(node[number], more, (*so_far, number))
    else:
        raise PathError(f"there is no {key!r} to change in this scenario")
