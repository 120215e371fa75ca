"""TOML file in, scenario out; or every problem at once, each with file, line and path."""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import Problem, ScenarioError
from sim.scenario.extend import Document, extended, shortened
from sim.scenario.find import find_scenario, list_scenarios, shown
from sim.scenario.overrides import parse_overrides
from sim.scenario.paths import describe
from sim.scenario.positions import marks_of
from sim.scenario.scenario import Scenario
from sim.scenario.validate import MAX_DEPTH, too_deep, validated

__all__ = ["as_scenario", "find_scenario", "list_scenarios", "load_scenario", "parse_overrides", "read_document"]

MAX_BYTES = 5_000_000
MAX_BASES = 8

# Python's parser takes time that grows with the square of the parts of one dotted key.
ENDLESS_KEY = re.compile(r"""(?<!["'\w-])(?:["'\w-]+[ \t]*\.[ \t]*){100}""")
PARSER_PLACE = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")


def load_scenario(
    name: str | os.PathLike[str], overrides: Mapping[str, Any] | None = None, origin: str = "--set"
) -> Scenario:
    """Read, check and freeze a scenario.

    Parameters
    ----------
    name
        A bundled scenario such as ``unmil``, or the path of a file.
    overrides
        New values by dotted path; see `Scenario.override`.
    origin
        Who asks for the overrides, for messages about them.

    Raises
    ------
    ScenarioError
        With everything that is wrong.

    Examples
    --------
    >>> load_scenario("unmil", {"mission.mandate.clarity": 0.4})  # doctest: +SKIP
    """
    data, marks = read_document(find_scenario(name))
    scenario = validated(data, marks.locate)
    return scenario.override(overrides, origin) if overrides else scenario


def as_scenario(source: Scenario | str | os.PathLike[str]) -> Scenario:
    """Return a scenario as it is, or load the one that a name or a path stands for.

    Raises
    ------
    ScenarioError
        With everything that is wrong.
    """
    return source if isinstance(source, Scenario) else load_scenario(source)


def read_document(path: Path, above: tuple[Path, ...] = ()) -> Document:
    """Read a file and those it extends, as plain data with the line of every key.

    Raises
    ------
    ScenarioError
        If a file cannot be read or is not TOML, or if they extend each other in a circle.
    """
    file = shown(path)
    data, marks = parse(read_text(path), file)
    if "extends" not in data:
        return data, marks
    name = data.pop("extends")
    line = marks.parts.pop("extends").line
    if not isinstance(name, str):
        problem = Problem("expected the name of a scenario", "extends", file, line, describe(name))
        raise ScenarioError([problem])
    above = (*above, path.resolve())
    try:
        base = find_scenario(name, beside=path)
    except ScenarioError as error:
        found = [Problem(each.message, "extends", file, line, each.found, each.hint) for each in error.problems]
        raise ScenarioError(found) from None
    if base.resolve() in above:
        circle = " -> ".join(each.name for each in (*above, base))
        raise ScenarioError([Problem(f"scenarios extend each other in a circle: {circle}", "extends", file, line)])
    if len(above) > MAX_BASES:
        raise ScenarioError([Problem(f"more than {MAX_BASES} scenarios extend each other", "extends", file, line)])
    document = read_document(base, above)
    whole = extended(document, (data, marks))
    shortened(document[0], whole[0])
    return whole


def read_text(path: Path) -> str:
    """Read a file that somebody says is a scenario.

    Raises
    ------
    ScenarioError
        If it is not a readable text file of a reasonable size.
    """
    file = shown(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ScenarioError([Problem("is a folder, not a scenario file", file=file)])
        # A device or pipe may never end.
        if not stat.S_ISREG(status.st_mode):
            raise ScenarioError([Problem("is not an ordinary file", file=file)])
        if status.st_size > MAX_BYTES:
            size = f"{status.st_size / 1e6:,.1f} MB"
            raise ScenarioError([Problem(f"may have at most {MAX_BYTES // 10**6} MB", file=file, found=size)])
        raw = path.read_bytes()
    except OSError as error:
        raise ScenarioError([Problem(f"cannot be read: {error.strerror or error}", file=file)]) from None
    return decode(raw, file)


def decode(raw: bytes, file: str) -> str:
    """Read bytes as UTF-8, with or without the mark that some editors put first.

    Raises
    ------
    ScenarioError
        If they are not text in UTF-8, or nothing.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ScenarioError([Problem("is UTF-16 text; save it as UTF-8", file=file, line=1)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text: byte {error.start + 1} is 0x{raw[error.start]:02x}"
        raise ScenarioError([Problem(message, file=file, line=line, hint="save it as UTF-8")]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ScenarioError([Problem("has a NUL character; this is not a text file", file=file, line=line)])
    if not text.strip():
        raise ScenarioError([Problem("is empty", file=file)])
    return text


def parse(text: str, file: str) -> Document:
    """Read TOML text as plain data with the line of every key.

    Raises
    ------
    ScenarioError
        If it is not TOML, or nested beyond reason.
    """
    text = text.replace("\r\n", "\n")
    endless = ENDLESS_KEY.search(text)
    if endless is not None:
        line = text.count("\n", 0, endless.start()) + 1
        raise ScenarioError([Problem("a key may have at most 100 parts", file=file, line=line)])
    nested = Problem(f"tables and lists may be nested at most {MAX_DEPTH} deep", file=file)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise ScenarioError([nested]) from None
    except ValueError as error:
        raise ScenarioError([_syntax(error, text, file)]) from None
    if too_deep(data) is not None:
        raise ScenarioError([nested])
    return data, marks_of(text, file)


def _syntax(error: ValueError, text: str, file: str) -> Problem:
    """Place a refusal of the parser, which says line and column in its last words."""
    message = str(error)
    place = PARSER_PLACE.search(message)
    what = message[: place.start()] if place else message
    what = "the same key is given twice" if what == "Cannot overwrite a value" else what
    if place is None:  # not a mistake of grammar but a value that Python cannot hold
        return Problem(f"not valid TOML: {what}", file=file)
    if place[1] is None:
        return Problem(f"not valid TOML: {what} at the end of the file", file=file, line=text.count("\n") + 1)
    return Problem(f"not valid TOML at column {place[2]}: {what}", file=file, line=int(place[1]))
