"""What exists in the model: tables with their columns, words held as numbers, scales, and the start of a run."""

import inspect
import re
from enum import IntEnum
from functools import cache
from typing import get_type_hints

from sim import agents
from sim.agents.view import column as column_view
from sim.analysis.odd.tables import markdown
from sim.analysis.odd.touches import writes
from sim.engine.step import SCHEDULE
from sim.scenario.catalogue import inputs
from sim.scenario.find import list_scenarios
from sim.scenario.load import load_scenario
from sim.world import actors, build, calendar, geography, kinds, missions, settlement
from sim.world.geography import build_geography
from sim.world.ranges import INDICES, NOT_NEGATIVE
from sim.world.tables import World

COLUMN = re.compile(r"^    (\w+): (.+?)(?:  # (.*))?$", re.MULTILINE)
SHAPE = re.compile(r"^\((?P<shape>[^)]*)\),?\s*(?P<meaning>.*)$")
UNITS = {"usd": "US$", "week": "week", "weeks": "weeks", "km": "km"}
CHAPTERS = {"armed_groups": "groups", "mission": "missions", "regions": "communities"}  # where tables differ


def state_variables() -> str:
    """Write a table of columns for each table of the world, with the comments that stand beside them in the code."""
    parts = []
    for table, kind in get_type_hints(World).items():
        rows = [variable(table, *found.groups(default="")) for found in COLUMN.finditer(inspect.getsource(kind))]
        head = ["variable", "size", "numbers", "range or unit", "meaning", "changed by"]
        parts.append(f"#### {table}\n\n{inspect.getdoc(kind)}\n\n{markdown(head, rows)}")
    return "\n\n".join(parts)


def variable(table: str, column: str, numbers: str, comment: str) -> list[str]:
    """Describe one column: by its comment, else as the Mesa agents show it, else as the scenario file names it."""
    shaped = SHAPE.match(comment)
    size, meaning = (f"({shaped['shape']})", shaped["meaning"]) if shaped else ("", comment)
    words, unit = shown().get((table, column), ("", ""))
    whole = "whole" if "Ints" in numbers else "real"
    changed = ", ".join(step.name for step in SCHEDULE if writes(step, f"{table}.{column}"))
    return [f"`{column}`", size, whole, limits(table, column) or unit, meaning or words, changed]


@cache
def shown() -> dict[tuple[str, str], tuple[str, str]]:
    """Return meaning and unit of columns as scenario files or Mesa agents say them."""
    found = {}
    for entry in inputs():
        chapter = entry.path.split(".")[0]
        found[CHAPTERS.get(chapter, chapter), entry.name] = (entry.meaning, entry.unit)
    for agent in vars(agents).values():
        for each in vars(agent).values() if isinstance(agent, type) else ():
            if isinstance(each, column_view):
                meaning, _, unit = (each.__doc__ or "").rpartition(" [")
                found[each.table, each.name] = (meaning[:1].lower() + meaning[1:], unit.rstrip("]"))
    return found


def limits(table: str, column: str) -> str:
    """Say where a column must lie, by the laws that tests check every week, or its unit."""
    unit = UNITS.get(column.split("_")[-1], "")
    if column in INDICES.get(table, ()):
        return "0 to 1"
    return ", ".join(part for part in ("≥ 0" if column in NOT_NEGATIVE.get(table, ()) else "", unit) if part)


def kinds_list() -> str:
    """List the words that the tables hold as numbers."""
    rows = []
    for name, kind in vars(kinds).items():
        if isinstance(kind, type) and issubclass(kind, IntEnum) and kind is not IntEnum:
            members = ", ".join(f"{each.value} {each.name.lower().replace('_', ' ')}" for each in kind)
            rows.append([name, inspect.getdoc(kind) or "", members])
    return markdown(["kind", "what it is", "values"], rows)


def scales_table() -> str:
    """List extent and grain of every bundled scenario."""
    rows = []
    for name in list_scenarios():
        scenario = load_scenario(name)
        ground = build_geography(scenario)
        side = scenario.map.cell_km
        people = sum(region.population for region in scenario.regions.values())
        rows.append(
            [
                f"`{name}`", scenario.about.title, f"{side:g}", f"{len(ground.row):,}",
                f"{len(ground.row) * side * side:,.0f}", f"{people:,}", f"{scenario.weeks:,}",
            ]
        )  # fmt: skip
    return markdown(["scenario", "title", "cell, km", "cells", "area, km2", "people", "weeks"], rows)


def start_list() -> str:
    """List the functions that fill the tables at the start, by their docstrings."""
    lines = []
    for module in (build, geography, settlement, actors, missions, calendar):
        for name, each in vars(module).items():
            mine = getattr(getattr(each, "function", each), "__module__", "") == module.__name__
            if mine and (name.startswith("build_") or hasattr(each, "writes")) and name != "build_world":
                doc = getattr(each, "doc", "") or inspect.getdoc(each) or ""
                text = " ".join(
                    part for part in doc.split("\n\n") if not part.startswith(("Parameters\n", "Returns\n"))
                )
                lines.append(f"- `{name}`: {' '.join(text.split())}")
    return "\n".join(lines)
