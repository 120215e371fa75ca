"""Steps of tours that were written for one mission: prompts in files, dates and facts from the scenario."""

import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from sim.dashboard.levers import Value, levers
from sim.dashboard.tour_record import on_record
from sim.dashboard.tour_step import Step
from sim.scenario.load import parse
from sim.scenario.scenario import Scenario

KEYS = {"title", "text", "event", "date", "settings", "outcome", "question", "record", "notes"}


@cache
def written_for(name: str) -> dict[str, Any]:
    """Return what was written for a bundled scenario: its steps, and how its tour ends; empty without a file."""
    file = files("sim.dashboard") / "tour_texts" / f"{name}.toml"
    if not name.isidentifier() or not file.is_file():
        return {}
    return parse(file.read_text(encoding="utf-8"), f"{name}.toml")[0]


def own_steps(scenario: Scenario) -> list[Step]:
    """Return the steps written for a scenario, as far as they fit it.

    A step about an event that the scenario does not have, or a setting that it does not have, is left out: a scenario
    may extend a bundled one, or be an edited copy under the same name.
    """
    known = {lever.path: lever for lever in levers(scenario)}
    steps = []
    for data in written_for(scenario.id).get("step", ()):
        settings: dict[str, Value] = {}
        for path, value in data.get("settings", {}).items():
            lever = known.get(path)
            if lever is None or (lever.kind == "choice" and value not in lever.options):
                break
            settings[path] = lever.quantised(float(value)) if lever.slides else value
        week = _week(scenario, data)
        if len(settings) < len(data.get("settings", {})) or week is None:
            continue
        outcome, start = data.get("record", ("", None))
        steps.append(
            Step(
                data["title"],
                data["text"],
                settings if settings else {} if week >= 0 else None,
                data.get("outcome", ""),
                data.get("question", ""),
                data.get("notes", ""),
                week=week,
                reveal=on_record(scenario.id, outcome, start) if outcome else "",
            )
        )
    return steps


def _week(scenario: Scenario, data: dict[str, Any]) -> int | None:
    """Return the week of a step, -1 for none, None where the scenario has no such event."""
    date: datetime.date | None = data.get("date")
    if "event" in data:
        calendar = [*scenario.events, *scenario.peace.agreements]
        date = next((each.date for each in calendar if each.name == data["event"]), None)
        if date is None:
            return None
    if date is None:
        return -1
    return min(max(scenario.week_of(date), 0), scenario.weeks - 1)
