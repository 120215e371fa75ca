"""Dotted paths into a scenario: how a number is named in a message, a file, an override and a sweep."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sim.core.errors import Problem

Key = str | int
Path = tuple[Key, ...]

BARE_KEY = re.compile(r"[\w-]+")
PATH_PART = re.compile(r"""\s*(?:"([^"]*)"|([^."\[\]]+))((?:\[\d+\])*)\s*(\.|$)""")


@dataclass(frozen=True)
class Complaint:
    """One thing wrong at a path of a scenario, before it is known which file and line said it.

    Parameters
    ----------
    path
        Keys and numbers of items that lead to it.
    message, found, hint
        As in `Problem`.
    key
        The key under ``path`` that is itself the trouble, so that its own line is named.
    """

    path: Path
    message: str
    found: str = ""
    hint: str = ""
    key: Key | None = None

    @property
    def place(self) -> Path:
        """Where to look for its line."""
        return self.path if self.key is None else (*self.path, self.key)

    def problem(self, data: Any, file: str = "", line: int | None = None) -> Problem:
        """Say it with the ids of ``data`` in its path."""
        return Problem(self.message, show_path(self.path, data), file, line, self.found, self.hint)


class PathError(ValueError):
    """A text that is not a dotted path."""


def parse_path(text: str) -> Path:
    """Read a dotted path such as ``contributors.ghana.pledged`` or ``events[2].size``.

    Raises
    ------
    PathError
        If the text is empty, has an empty part or brackets that hold no number.
    """
    parts: list[Key] = []
    at, more = 0, True
    while more:
        match = PATH_PART.match(text, at)
        name = "" if match is None else (match[1] or match[2] or "").strip()
        if match is None or not name:
            raise PathError(f"{text!r} is not a dotted path such as mission.mandate.clarity")
        parts.append(name)
        parts.extend(int(index) for index in re.findall(r"\d+", match[3]))
        at, more = match.end(), match[4] == "."
    return tuple(parts)


def show_path(path: Path, data: Any = None) -> str:
    """Write a path with dots; an item of a list goes by its id where ``data`` has one, else by its number."""
    text = ""
    for key in path:
        data, name = step_into(data, key)
        if isinstance(key, int) and name is None:
            text += f"[{key}]"
        else:
            part = name or str(key)
            text += ("." if text else "") + (part if BARE_KEY.fullmatch(part) else f'"{part}"')
    return text


def step_into(data: Any, key: Key) -> tuple[Any, str | None]:
    """Give what stands under one key of raw data, and its id where it has a usable one."""
    child: Any = None
    if isinstance(data, Mapping):
        child = data.get(key)
    elif isinstance(data, Sequence) and not isinstance(data, str) and isinstance(key, int) and key < len(data):
        child = data[key]
        if len(data) > 10_000:  # no scenario has as many, and looking through the ids would take long
            return child, None
        ids = [item.get("id") for item in data if isinstance(item, Mapping)]
        name = child.get("id") if isinstance(child, Mapping) else None
        if isinstance(name, str) and BARE_KEY.fullmatch(name) and ids.count(name) == 1:
            return child, name
    return child, None


def unlike(one: Any, other: Any, path: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """Find the smallest parts in which plain data differ, with both values; what comes, goes or changes in kind is one.

    >>> list(unlike({"a": [1, 2], "b": 3}, {"a": [1, 4], "b": 3}))
    [(('a', 1), 2, 4)]
    """
    if isinstance(one, Mapping) and isinstance(other, Mapping) and one.keys() == other.keys():
        for key in one:
            yield from unlike(one[key], other[key], (*path, key))
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from unlike(left, right, (*path, number))
    elif one != other:
        yield path, one, other


def nearest(name: object, known: Iterable[str]) -> str:
    """Name the closest valid name as a hint, or list them all when none is close and they are few."""
    names = sorted(set(known))
    close = get_close_matches(str(name)[:100], names, n=1, cutoff=0.6)
    if not close and names:
        folded = {each.casefold(): each for each in names}
        close = get_close_matches(str(name)[:100].casefold(), list(folded), n=1, cutoff=0.6)
        close = [folded[each] for each in close]
    if close:
        return f"did you mean '{close[0]}'?"
    if not names:
        return "there are none"
    return f"expected one of {', '.join(names)}" if len(names) <= 20 else ""


def describe(value: Any) -> str:
    """Write a value as it would stand in a scenario file, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, str):
        return repr(value) if len(value) <= 60 else repr(value[:57] + "...")
    if value is None:
        return "nothing"
    if isinstance(value, int):
        # Python refuses to print integers beyond some thousand digits.
        return str(value) if abs(value) < 10**30 else "a number of more than 30 digits"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
