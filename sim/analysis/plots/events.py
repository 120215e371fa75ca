"""Events of a run that belong on a time axis, with short labels that stand clear of each other."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.page import Page, faded
from sim.world.kinds import EventKind, MissionStage

MOST_EVENTS = 80
LONGEST_NAME = 30  # letters
STEP = 0.155  # inches between levels of labels
CROWDED = 0.4  # inches within which marks are neighbours


class Mark(NamedTuple):
    """An event worth a line."""

    week: int
    label: str
    rank: int  # 0 matters most
    colour: str


SHOWN = (
    EventKind.SHOCK,
    EventKind.AGREEMENT,
    EventKind.CEASEFIRE,
    EventKind.COLLAPSE,
    EventKind.ELECTION,
    EventKind.MISSION_STAGE,
)
MISSION_WORDS = {
    MissionStage.DEPLOYING: ("deploys", 1),
    MissionStage.FULL: ("at full strength", 5),
    MissionStage.DRAWDOWN: ("draws down", 4),
    MissionStage.CLOSED: ("closes", 3),
}


def marks_of(result) -> list[Mark]:
    """Return the events of a result that may be shown, each kind of thing once a year at most."""
    log, n = result.world.log, int(result.world.log.count[0])
    rows = np.nonzero(np.isin(log.kind[:n], SHOWN))[0]
    marks: list[Mark] = []
    last: dict[str, int] = {}
    for row in rows:
        mark = mark_of(
            result.scenario,
            EventKind(log.kind[row]),
            int(log.week[row]),
            int(log.actor[row]),
            int(log.other[row]),
            float(log.size_other[row]),
        )
        if mark is None or mark.week - last.get(mark.label, -999) < 52:
            continue
        last[mark.label] = mark.week
        marks.append(mark)
    return sorted(marks, key=lambda mark: (mark.rank, mark.week))[:MOST_EVENTS]


def mark_of(scenario, kind: EventKind, week: int, actor: int, other: int, major: float) -> Mark | None:
    """Put a row of the event log in a few words; None for what is not worth a line."""
    if kind in (EventKind.AGREEMENT, EventKind.CEASEFIRE):
        names = [item.name for item in scenario.peace.agreements if abs(scenario.week_of(item.date) - week) <= 1]
        default = "Agreement" if kind == EventKind.AGREEMENT else "Ceasefire"
        return Mark(week, named(names[0]) if names else default, 0, style.GREEN)
    if kind == EventKind.ELECTION:
        elections = scenario.peace.elections
        return Mark(week, named(elections[actor].name) if actor < len(elections) else "Election", 2, style.GREEN)
    if kind == EventKind.COLLAPSE:
        group = scenario.armed_groups[actor]
        who = style.short_name(group.id, group.name, 18)
        return Mark(week, "Collapse" if major > 0.0 else f"{who} walks out", 0 if major > 0.0 else 2, style.DEATHS)
    if kind == EventKind.SHOCK:
        return Mark(week, named(scenario.events[actor].name), 4, style.ORANGE)
    words, rank = MISSION_WORDS.get(MissionStage(other), ("", 9))
    mission = scenario.missions[actor]
    who = style.short_name(mission.id, mission.name, 12)
    who = "Mission" if actor == 0 and "…" in who else who
    return Mark(week, f"{who} {words}", rank if actor == 0 else rank + 3, style.BLUE) if words else None


def named(name: str) -> str:
    """Return a short label with a capital."""
    words = style.shorten(name, LONGEST_NAME)
    return words[:1].upper() + words[1:]


def levels(at: Sequence[float], across: Sequence[float]) -> list[int]:
    """Return a level for each label, so that none covers another or the line of another.

    A label stands to the right of its line. One whose words reach over later lines must stand above them.
    """
    order = sorted(range(len(at)), key=lambda k: -at[k])
    level = [0] * len(at)
    for n, k in enumerate(order):
        under = [level[j] for j in order[:n] if at[j] < at[k] + across[k]]
        level[k] = 1 + max(under, default=-1)
    return level


def arrange(page: Page, marks: Sequence[Mark], at: Sequence[float], most: int) -> dict[int, int]:
    """Choose the marks that get a label, those that matter most and stand alone first.

    Parameters
    ----------
    page : Page
    marks : sequence of Mark
    at : sequence of float
        Where each stands, in inches.
    most : int
        Levels of labels there may be.

    Returns
    -------
    dict
        The level of the label of each chosen mark, by its number.
    """
    across = [page.width(mark.label) + 0.1 for mark in marks]
    crowd = [sum(abs(x - y) < CROWDED for y in at) for x in at]
    chosen: dict[int, int] = {}
    for k in sorted(range(len(marks)), key=lambda k: (marks[k].rank, crowd[k], marks[k].week)):
        trial = [*chosen, k]
        found = levels([at[j] for j in trial], [across[j] for j in trial])
        if max(found) < most:
            chosen = dict(zip(trial, found))
    return chosen


def draw_marks(
    page: Page, marks: Sequence[Mark], at: Sequence[float], chosen: dict[int, int], low: float, foot: float
) -> None:
    """Draw lines through all panels with labels above them, and a tick for marks without a label.

    Parameters
    ----------
    page : Page
    marks : sequence of Mark
    at : sequence of float
        Where each stands across the page.
    chosen : dict
        Levels, from ``arrange``.
    low, foot : float
        Where the lines begin, and the height of the lowest label.
    """
    for k, mark in enumerate(marks):
        if k not in chosen:
            page.line([at[k], at[k]], [foot - 0.06, foot + 0.03], mark.colour, 0.8)
            continue
        high = foot + (chosen[k] + 1) * STEP
        page.line([at[k], at[k]], [low, high], faded(mark.colour, 0.75), 0.7)
        page.write(at[k] + 0.04, high, mark.label, mark.colour, up="top")
