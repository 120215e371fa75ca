"""What is on record of a mission, beside the same quantity in the futures of a class.

Files of ``scenarios/recorded`` hold the figures with their sources. Only those are compared whose quantity the weekly
table of a run gives: it adds up the missions of a country, so that figures about one mission among several, and those
about one place, are counted and left out.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.dashboard.words import day
from sim.results.trace import COLUMN_OF
from sim.scenario.find import RECORDED, bundled_folder
from sim.scenario.load import decode, parse
from sim.scenario.scenario import Scenario
from sim.world.kinds import Stage

DEATHS = ("battle_deaths", "civilians_killed", "crossfire_deaths")
UNIFORMED = ("troops", "police", "observers")
SETTLED = (Stage.AGREEMENT, Stage.TRANSITION, Stage.POST_ELECTION, Stage.PEACE)
LEAST_PART = 1.0 / 3.0  # of a period that must lie in the run
WAR_DEATHS = 25.0  # battle-related deaths in a calendar year (UCDP's threshold of an armed conflict)


class Fact(NamedTuple):
    """One figure of the record that futures can be measured by.

    Parameters
    ----------
    words, when, unit, source, note
        In words.
    value, low, high
        On record, and the range within which the truth lies.
    measure
        Gives the same quantity of a weekly table (weeks, series).
    """

    words: str
    when: str
    unit: str
    source: str
    note: str
    value: float
    low: float
    high: float
    measure: Callable[[np.ndarray], float]


class Record(NamedTuple):
    """The figures that can be compared, and how many are on record in all; none where the country is made up."""

    facts: tuple[Fact, ...]
    on_file: int


# Words; series; whether it is the state of things at the end of its period; whether it is of one mission.
SUMS: dict[str, tuple[str, tuple[str, ...], bool, bool]] = {
    "deaths_before": ("deaths before", DEATHS, False, False),
    "deaths_during": ("deaths during", DEATHS, False, False),
    "deaths_after": ("deaths after", DEATHS, False, False),
    "civilian_deaths": ("civilians killed", DEATHS[1:], False, False),
    "disaster_deaths": ("deaths in disasters", ("disaster_deaths",), False, False),
    "displaced": ("displaced inside the country", ("displaced",), True, False),
    "refugees": ("refugees abroad", ("refugees",), True, False),
    "forcibly_displaced": ("displaced inside and abroad", ("displaced", "refugees"), True, False),
    "fled": ("people who fled", ("fled",), False, False),
    "disarmed": ("fighters disarmed", ("disarmed",), False, False),
    "owed_usd": ("owed to contributors", ("owed_usd",), True, False),
    "uniformed": ("uniformed peacekeepers", UNIFORMED, True, True),
    "uniformed_share": ("uniformed, of those authorised", UNIFORMED, True, True),
    "troops": ("troops", ("troops",), True, True),
    "troops_share": ("troops, of those authorised", ("troops",), True, True),
    "police_share": ("police, of those authorised", ("police",), True, True),
    "peacekeepers_killed": ("peacekeepers killed", ("peacekeepers_killed",), False, True),
    "peacekeepers_died": ("peacekeepers dead of illness and accidents", ("peacekeepers_died",), False, True),
    "peacekeeper_deaths": (
        "peacekeepers dead of all causes", ("peacekeepers_killed", "peacekeepers_died"), False, True,
    ),
    "cost_usd": ("cost", ("spent_usd", "programmes_usd"), False, True),
}  # fmt: skip


def record_of(name: str, scenario: Scenario) -> Record:
    """Return what is on record of a bundled mission, as far as runs can be measured by it.

    Parameters
    ----------
    name : str
        Of the bundled scenario.
    scenario : Scenario
        The country of the class; its calendar decides what lies in the run.
    """
    path = bundled_folder() / RECORDED / f"{name}.toml"
    if not name.isidentifier() or not path.is_file():
        return Record((), 0)
    data, _ = parse(decode(path.read_bytes(), path.name), path.name)
    found = [_fact(each, scenario) for each in data["figure"]]
    return Record(tuple(fact for fact in found if fact is not None), len(found))


def _fact(data: dict[str, Any], scenario: Scenario) -> Fact | None:
    """Return what can be compared of a figure; a sum over a period that is in the run in part is cut in proportion."""
    start, end = data["period"]
    whole = scenario.week_of(start), scenario.week_of(end) + 1
    first, last = max(0, whole[0]), min(scenario.weeks, whole[1])
    part = max(0, last - first) / (whole[1] - whole[0])
    outcome = data["outcome"]
    if not data.get("comparable", True) or part < LEAST_PART:
        return None
    weeks, scale = slice(first, last), 1.0
    if outcome == "relapse":
        words, measure = "war in the period", _war(scenario, weeks)
    elif outcome == "settlement":
        words, measure = "a settlement in the period", _settlement(weeks)
    elif outcome in SUMS:
        words, series, state, of_mission = SUMS[outcome]
        if (of_mission and not _alone(data, scenario)) or (state and whole[1] > scenario.weeks):
            return None
        columns, of = [COLUMN_OF[each] for each in series], float(data.get("of", 1.0))
        measure = _state(columns, last, of) if state else _sum(columns, weeks)
        scale = 1.0 if state else part
    else:
        return None
    when = day(start) if start == end else f"{day(start)} to {day(end)}"
    when += f", {part:.0%} of it in the run" if part < 1.0 else ""
    ends = float(data["value"]) * scale, float(data["low"]) * scale, float(data["high"]) * scale
    return Fact(words, when, data["unit"], data["source"], data["note"], *ends, measure)


def _alone(data: dict[str, Any], scenario: Scenario) -> bool:
    """Tell whether no mission but those that a figure counts is there in its period."""
    start, end = data["period"]
    counted = data.get("missions") or [mission.id for mission in scenario.missions[:1]]
    others = [mission for mission in scenario.missions if mission.id not in counted]
    here = [
        mission
        for mission in others
        if (mission.start is None or mission.start <= end) and (mission.end is None or mission.end >= start)
    ]
    elsewhere = [mission.start for mission in scenario.missions if mission.id in counted]
    return not here and len(elsewhere) == len(counted)


def _state(columns: list[int], last: int, of: float) -> Callable[[np.ndarray], float]:
    return lambda weekly: float(weekly[last - 1, columns].sum()) / of


def _sum(columns: list[int], weeks: slice) -> Callable[[np.ndarray], float]:
    return lambda weekly: float(weekly[weeks][:, columns].sum())


def _war(scenario: Scenario, weeks: slice) -> Callable[[np.ndarray], float]:
    days = np.datetime64(scenario.about.start, "D") + 7 * np.arange(weeks.start, weeks.stop)
    years = days.astype("datetime64[Y]").astype(np.int64)
    columns = [COLUMN_OF["battle_deaths"], COLUMN_OF["crossfire_deaths"]]

    def war(weekly: np.ndarray) -> float:
        dead = np.bincount(years - years[0], weights=weekly[weeks][:, columns].sum(axis=1))
        return float(dead.max() >= WAR_DEATHS)

    return war


def _settlement(weeks: slice) -> Callable[[np.ndarray], float]:
    column = COLUMN_OF["peace_stage"]
    return lambda weekly: float(np.isin(weekly[weeks, column], SETTLED).any())
