"""The moments of a run worth asking about, and why they came, from the run's own log."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.dashboard.words import rounded
from sim.results.because import IDLE, in_full, often, strength
from sim.results.events import Event
from sim.results.result import Result
from sim.results.trace import COLUMN_OF
from sim.world.kinds import EventKind
from sim.world.log import CAUSES

DEADLY = ("killing", "clash", "attack_on_mission", "riot", "offensive")
TURNS = ("ceasefire", "agreement", "collapse", "election", "mission_stage", "consent_withdrawn", "shock", "mandate")
MOST_TURNS, MOST_DEADLY = 12, 6
MONTH = 4  # weeks: a single week is too noisy for a peak
NEAR = 2  # weeks before and after that count as the same moment


class Moment(NamedTuple):
    """A point in time worth a click: an event, by its number in ``Result.told``, or a peak with number -1."""

    week: int
    date: str
    text: str
    event: int
    kind: str


class Factor(NamedTuple):
    """One factor of an event: what it did to the hazard, and what it is measured against."""

    name: str
    value: float
    against: str
    added: bool


def moments(result: Result) -> list[Moment]:
    """List turns, the deadliest events and the peaks of a run, in order of time."""
    told = result.told
    turns = [n for n, event in enumerate(told) if event.kind in TURNS]
    if len(turns) > MOST_TURNS:
        turns = sorted(sorted(turns, key=lambda n: (TURNS.index(told[n].kind), n))[:MOST_TURNS])
    deadly = sorted((n for n, event in enumerate(told) if event.kind in DEADLY), key=lambda n: -told[n].size)
    found = [Moment(told[n].week, told[n].date, told[n].text, n, told[n].kind) for n in [*turns, *deadly[:MOST_DEADLY]]]
    return sorted([*found, *peaks(result)], key=lambda moment: (moment.week, moment.event))


def peaks(result: Result) -> Iterator[Moment]:
    """Give the deadliest month and the week with most people displaced."""
    weekly = result.weekly_array
    dead = sum(weekly[:, COLUMN_OF[name]] for name in ("battle_deaths", "civilians_killed", "crossfire_deaths"))
    month = np.convolve(dead, np.ones(min(MONTH, len(dead))), mode="valid")
    if month.max(initial=0.0) > 0.0:
        week = int(month.argmax())
        yield _peak(result, week, f"The deadliest month begins: {rounded(float(month.max()))} killed")
    uprooted = weekly[:, COLUMN_OF["displaced"]] + weekly[:, COLUMN_OF["refugees"]]
    if uprooted.max(initial=0.0) > 0.0:
        week = int(uprooted.argmax())
        yield _peak(result, week, f"Most people are displaced: {rounded(float(uprooted.max()))}")


def factors(event: Event) -> list[Factor]:
    """List the factors that moved an event's hazard, strongest first; those that did nothing are left out."""
    if not event.factors:
        return []
    causes = CAUSES[EventKind[event.kind.upper()]]
    strong = sorted(event.factors, key=lambda name: -strength(event.factors[name], added=causes.added))
    return [
        Factor(in_full(name, event.nearest_km), event.factors[name], causes.factors[name], causes.added)
        for name in strong
        if strength(event.factors[name], added=causes.added) >= IDLE
    ]


def reckoned(event: Event) -> str:
    """Say what base and factors make together, in one sentence; empty where only a rule is at work."""
    if not event.factors:
        return ""
    causes = CAUSES[EventKind[event.kind.upper()]]
    if causes.added:
        return f"{causes.of[:1].upper()}{causes.of[1:]}: {event.hazard:.2g}."
    how_often = often(event.hazard) if "week" in causes.of else ""
    start = f"In the reference situation ({causes.base}) the {causes.of} is {event.base:.2g}"
    return f"{start}; all factors together make it {event.hazard:.2g}{how_often}."


def around(result: Result, week: int) -> list[int]:
    """Number the deadly events and turns within a fortnight of a week, the worst first."""
    told = result.told
    near = [n for n, event in enumerate(told) if abs(event.week - week) <= NEAR and event.kind in (*DEADLY, *TURNS)]
    return sorted(near, key=lambda n: (told[n].kind in DEADLY, -told[n].size))


def _peak(result: Result, week: int, text: str) -> Moment:
    return Moment(week, result.scenario.date_of(week).isoformat(), text, -1, "peak")
