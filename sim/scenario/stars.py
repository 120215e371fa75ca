"""Paths with stars: ``contributors.*.pledged`` stands for the pledge of every contributor."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.overrides import full_path, hint_at, item_number
from sim.scenario.paths import Path, PathError, show_path

ANY = "*"


def places(data: Mapping[str, Any], pattern: str) -> Iterator[tuple[str, Any]]:
    """Find the paths of a scenario's data that a pattern stands for, each with its value.

    A star stands for every item of a table or list, ``missions.*`` for the mission and its partners.

    >>> list(places({"donors": [{"will": 0.5}]}, "donors.*.will"))
    [('donors[0].will', 0.5)]

    Raises
    ------
    PathError
        If nothing stands there.
    """
    path = full_path(pattern)
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
            raise PathError(f"there is no {key!r}" + hint_at(key, map(str, node)))
        yield from _along(node[key], more, (*so_far, key))
    elif isinstance(node, list | tuple):
        number = item_number(node, key)
        yield from _along(node[number], more, (*so_far, number))
    else:
        raise PathError(f"there is no {key!r} to change in this scenario")
