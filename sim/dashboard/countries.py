"""The scenarios on offer: the bundled ones, and the file that the command line names.

A scenario is frozen, so all pages may share it. A page never names a file: it chooses among these, or sends text.
"""

import os
from functools import cache

from sim.core.errors import Problem, ScenarioError
from sim.scenario.extend import extended
from sim.scenario.find import find_scenario, list_scenarios
from sim.scenario.load import decode, load_scenario, parse, read_document
from sim.scenario.scenario import Scenario
from sim.scenario.validate import validated

FIRST = "ceasefire_line"  # small, made up, and quick to understand
LARGEST_UPLOAD = 300_000  # bytes; the longest bundled one has 43,000, and a second of work is enough for a refusal
MOST_CELLS = 2_500
MOST_WEEKS = 2_000
MOST_CELL_WEEKS = 1_500_000  # 13 maps of four bytes for each: 78 MB
MOST_BANDS = 3_000
MOST_UNITS = 3_000

_given: dict[str, Scenario] = {}


def offer(name: str | None) -> str:
    """Add what the command line names to the scenarios on offer, and return the name under which pages know it.

    Raises
    ------
    ScenarioError
        If it is not in order.
    """
    if name is None:
        return FIRST
    if name in bundled():
        return name
    scenario = load_scenario(os.fspath(name))
    _given[scenario.id] = scenario
    return scenario.id


def names() -> list[str]:
    """Name what is on offer: the file of the command line, teaching countries, then missions of history."""
    others = [name for name in bundled() if name not in _given]
    return [*_given, *sorted(others, key=lambda name: (country(name).about.kind != "teaching", name))]


def country(name: str) -> Scenario:
    """Return a scenario on offer.

    Raises
    ------
    KeyError
        If there is none of this name, whatever files there may be.
    """
    if name in _given:
        return _given[name]
    if name not in bundled():
        raise KeyError(name)
    return _bundled(name)


@cache
def bundled() -> tuple[str, ...]:
    """Name the bundled scenarios; a server reads their folder once."""
    return tuple(list_scenarios())


@cache
def _bundled(name: str) -> Scenario:
    return load_scenario(name)


def uploaded(raw: bytes, file: str) -> Scenario:
    """Read a scenario that somebody sends, with the messages of the command line.

    It may extend a bundled scenario by name, and no file.

    Raises
    ------
    ScenarioError
        With everything that is wrong with it, or if it is too large to be run here.
    """
    if len(raw) > LARGEST_UPLOAD:
        size = f"{len(raw) / 1e3:,.0f} kB"
        raise ScenarioError([Problem(f"may have at most {LARGEST_UPLOAD // 1000} kB", file=file, found=size)])
    data, marks = parse(decode(raw, file), file)
    if "extends" in data:
        base = data.pop("extends")
        line = marks.parts.pop("extends").line
        if base not in bundled():
            message = "an uploaded scenario may extend a bundled one only"
            raise ScenarioError([Problem(message, "extends", file, line, repr(base), f"one of {', '.join(names())}")])
        data, marks = extended(read_document(find_scenario(base)), (data, marks))
    scenario = validated(data, marks.locate)
    problems = [Problem(message, file=file) for message in too_large(scenario)]
    if problems:
        raise ScenarioError(problems)
    return scenario


def too_large(scenario: Scenario) -> list[str]:
    """Say what makes a scenario more than a shared server can run while people wait."""
    cells = sum(letter not in ".*" for row in scenario.rows for letter in row)
    bands = sum(group.fighters / group.band_size for group in scenario.armed_groups)
    units = sum(each.pledged / (each.unit_size or 100) for each in scenario.contributors)
    limits = (
        (cells, MOST_CELLS, "cells"),
        (scenario.weeks, MOST_WEEKS, "weeks"),
        (cells * scenario.weeks, MOST_CELL_WEEKS, "cells times weeks"),
        (bands, MOST_BANDS, "bands of fighters"),
        (units, MOST_UNITS, "units of peacekeepers"),
    )
    return [
        f"may have at most {most:,} {what} here, found {found:,.0f}; run it with: peacesim run"
        for found, most, what in limits
        if found > most
    ]
