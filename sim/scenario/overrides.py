"""Changes to single values of a scenario: ``--set mission.mandate.clarity=0.4``, sweeps, batches."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.core.errors import Problem, ScenarioError
from sim.scenario.paths import Key, Path, PathError, describe, nearest, parse_path

# Words of [scenario] that everybody sets and nobody wants to qualify.
SHORT = ("weeks", "seed", "start")
BARE_WORD = re.compile(r"[^\s\"'\[\]{}=#,][^\n\r\"'\[\]{}=#]*")


def full_path(text: str) -> Path:
    """Read a dotted path of a scenario; the words of ``SHORT`` need no ``scenario.`` before them.

    Raises
    ------
    PathError
        If the text is not a dotted path.
    """
    path = parse_path(text)
    return ("scenario", *path) if len(path) == 1 and path[0] in SHORT else path


def parse_overrides(settings: Iterable[str], origin: str = "--set") -> dict[str, Any]:
    """Read ``path=value`` settings; the value is TOML, or a bare word that stands for text.

    >>> parse_overrides(["mission.mandate.clarity=0.4", "mission.deployment.doctrine=hotspot"])
    {'mission.mandate.clarity': 0.4, 'mission.deployment.doctrine': 'hotspot'}

    Raises
    ------
    ScenarioError
        With every setting that cannot be read.
    """
    changes: dict[str, Any] = {}
    problems: list[Problem] = []
    for setting in settings:
        path, equals, text = setting.partition("=")
        path = path.strip()
        try:
            parse_path(path)
            if not equals:
                problems.append(Problem("expected path=value", file=origin, found=describe(setting)))
            elif path in changes:
                problems.append(Problem("is set twice", path, origin))
            else:
                changes[path] = parse_value(text)
        except PathError as error:
            problems.append(Problem(str(error), file=origin))
        except ValueError as error:
            problems.append(Problem(str(error), path, origin))
    if problems:
        raise ScenarioError(problems)
    return changes


def parse_value(text: str) -> Any:
    """Read one value as TOML, or as a bare word.

    Raises
    ------
    ValueError
        If it is neither.
    """
    text = text.strip()
    if not text:
        raise ValueError("has no value after the '='")
    try:
        # A line break could smuggle in a second key.
        found = tomllib.loads(f"value = {text}") if "\n" not in text else {}
    except (ValueError, RecursionError):
        found = {}
    if set(found) == {"value"}:
        return found["value"]
    if BARE_WORD.fullmatch(text):
        return text
    raise ValueError(f"{describe(text)} is not a value; write it as in a scenario file")


def changed(data: dict[str, Any], changes: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """Put new values into the plain data of a complete scenario.

    Raises
    ------
    ScenarioError
        With every path that leads nowhere.
    """
    weeks = data["scenario"]["weeks"]
    problems: list[Problem] = []
    for text, value in changes.items():
        try:
            data = _replaced(data, full_path(text), _plain(value))
        except PathError as error:
            problems.append(Problem(str(error), text, origin))
    if problems:
        raise ScenarioError(problems)
    about = data["scenario"]
    if isinstance(about, dict) and type(about.get("weeks")) is int and about["weeks"] < weeks:
        # What lies beyond the new end simply does not happen: a short run is the beginning of the long one.
        data["planned_weeks"] = max(weeks, data["planned_weeks"] or 0)
    return data


def _plain(value: Any) -> Any:
    """Give a NumPy scalar, as designs and batches hold, as the Python number it stands for."""
    return value.item() if hasattr(value, "item") and getattr(value, "shape", None) == () else value


def _replaced(node: Any, path: tuple[Key, ...], value: Any) -> Any:
    """Copy the containers along a path and put the value at its end."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(node, list | tuple):
        number = item_number(node, key)
        return (*node[:number], _replaced(node[number], rest, value), *node[number + 1 :])
    if not isinstance(node, Mapping) or isinstance(key, int):
        raise PathError(f"{describe(node)} has no part {key!r}")
    if rest and key not in node:
        raise PathError(f"there is no {key!r} to change" + hint_at(key, node))
    if rest and node[key] is None:
        raise PathError(f"this scenario has no {key!r}, so nothing in it can be changed")
    return {**node, key: _replaced(node.get(key), rest, value)}


def item_number(items: Sequence[Any], key: Key) -> int:
    """Find an item of a list by id, or by number counted from 0.

    Raises
    ------
    PathError
        If there is no such item.
    """
    ids = [item.get("id") if isinstance(item, Mapping) else None for item in items]
    if key in ids:
        return ids.index(key)
    if isinstance(key, int) or key.isdecimal():
        if int(key) < len(items):
            return int(key)
        raise PathError(f"there is no item {key}; the list has {len(items)}, counted from 0")
    raise PathError(f"there is no {key!r} to change" + hint_at(key, [name for name in ids if name]))


def hint_at(key: Key, known: Iterable[str]) -> str:
    """Give the end of a message about a key that there is not: what may have been meant."""
    hint = nearest(key, known)
    return f"; {hint}" if hint else ""
