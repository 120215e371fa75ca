"""Scenarios as TOML text."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def toml_text(data: Mapping[str, Any]) -> str:
    """Write nested tables, lists, text, numbers and dates as TOML."""
    return "\n".join(_table((), data)).strip("\n") + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """Write the plain keys of a table, then what needs a header of its own."""
    for key, value in table.items():
        if not _has_header(value):
            yield f"{_key(key)} = {_drawing(value) if (*path, key) == ('map', 'rows') else _value(value)}"
    for key, value in table.items():
        name = ".".join(map(_key, (*path, key)))
        if not _has_header(value):
            continue
        if isinstance(value, Mapping):
            # A table that only holds tables is named by theirs.
            if not value or not all(_has_header(each) for each in value.values()):
                yield f"\n[{name}]"
            yield from _table((*path, key), value)
        else:
            for item in value:
                yield f"\n[[{name}]]"
                yield from _table((*path, key), item)


def _has_header(value: Any) -> bool:
    if isinstance(value, Mapping):
        # Shares by letter or task are short and read best on one line.
        return not value or not all(isinstance(each, int | float) for each in value.values()) or len(value) > 8
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _drawing(text: str) -> str:
    """Write the map so that it can be seen."""
    if not text.replace("\n", "").isprintable():
        return _value(text)
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    # A backslash at the end of a line takes the break after it away again.
    ends = "" if body.endswith("\n") else "\\\n"
    return f'"""\n{body}{ends}"""'


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    if letter in SHORT:
        return SHORT[letter]
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x20 or ord(letter) == 0x7F else letter


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return repr(value)
