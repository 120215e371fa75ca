"""Who died and who fled."""

import numpy as np

from sim.results.measures.outcome import at_end, outcome, total
from sim.results.trace import WEEKS_PER_YEAR, Trace, over_a_year
from sim.world.kinds import EventKind

MASS_KILLING = 1000.0  # civilians killed on purpose, in at most a year (Ulfelder and Valentino 2008: 1,000 or more)
LOCAL_QUIET_WEEKS = 4  # a month without an event ends a local episode


@outcome("persons", "lower")
def conflict_deaths(trace: Trace) -> float:
    """Fighters, civilians and peacekeepers killed in the conflict, crime and riots left aside."""
    names = ("battle_deaths", "civilians_killed", "crossfire_deaths", "peacekeepers_killed")
    return float(sum(trace[name].sum() for name in names))


@outcome("persons", "lower")
def civilian_deaths(trace: Trace) -> float:
    """Civilians killed by armed groups, on purpose or in the crossfire."""
    return float(trace["civilians_killed"].sum() + trace["crossfire_deaths"].sum())


@outcome("per million and month", "lower")
def civilians_killed_rate(trace: Trace) -> float:
    """Civilians killed on purpose, per million people and month."""
    million_months = trace["people"].sum() / 1e6 * 12.0 / WEEKS_PER_YEAR
    return float(trace["civilians_killed"].sum() / million_months) if million_months > 0.0 else np.nan


@outcome("share", "neutral")
def killed_by_state_share(trace: Trace) -> float:
    """Share of the civilians killed on purpose whom state forces killed."""
    killed = trace["civilians_killed"].sum()
    return float(trace["civilians_killed_by_state"].sum() / killed) if killed > 0.0 else np.nan


def mass_killing_week(trace: Trace) -> int:
    """Return the first week in which the civilians killed within 52 weeks reach 1,000, -1 for never."""
    bad = np.flatnonzero(over_a_year(trace["civilians_killed"]) >= MASS_KILLING)
    return int(bad[0]) if len(bad) else -1


@outcome("weeks", "higher")
def weeks_to_mass_violence(trace: Trace) -> float:
    """Weeks to 1,000 civilians killed on purpose within 52 weeks, or to the end of the run."""
    week = mass_killing_week(trace)
    return float(week + 1) if week >= 0 else float(trace.weeks)


@outcome("0 or 1", "lower")
def mass_violence(trace: Trace) -> float:
    """Whether 1,000 civilians were killed on purpose within 52 weeks."""
    return 1.0 if mass_killing_week(trace) >= 0 else 0.0


@outcome("per 100,000 and year", "lower")
def murder_rate(trace: Trace) -> float:
    """People killed by crime, per 100,000 people and year."""
    people_years = trace["people"].sum() / 1e5 / WEEKS_PER_YEAR
    return float(trace["murders"].sum() / people_years) if people_years > 0.0 else np.nan


def uprooted(trace: Trace) -> np.ndarray:
    """Return the people displaced inside the country and abroad, week by week."""
    return trace["displaced"] + trace["refugees"]


@outcome("persons", "lower")
def displaced_peak(trace: Trace) -> float:
    """Most people displaced, inside and abroad, in one week."""
    return float(uprooted(trace).max())


@outcome("persons", "lower")
def displaced_end(trace: Trace) -> float:
    """People displaced, inside and abroad, at the end."""
    return float(uprooted(trace)[-1])


@outcome("person-years", "lower")
def displaced_person_years(trace: Trace) -> float:
    """Years that people lived displaced, inside and abroad."""
    return float(uprooted(trace).sum() / WEEKS_PER_YEAR)


@outcome("share", "higher")
def returned_share(trace: Trace) -> float:
    """Returns, as a share of returns and people still displaced at the end."""
    returned = trace["returned"].sum()
    concerned = returned + uprooted(trace)[-1]
    return float(returned / concerned) if concerned > 0.0 else np.nan


def episodes_of_cells(trace: Trace) -> np.ndarray:
    """Return the lengths in weeks of local episodes, from the first to the last deadly event."""
    events = trace.noted(EventKind.CLASH, EventKind.KILLING)
    deadly = events.size > 0.0
    week, cell = events.week[deadly], events.cell[deadly]
    if len(week) == 0:
        return np.zeros(0)
    order = np.lexsort((week, cell))
    week, cell = week[order], cell[order]
    gap = (np.diff(week) > LOCAL_QUIET_WEEKS + 1) | (np.diff(cell) != 0)
    first = np.concatenate([[True], gap])
    last = np.concatenate([gap, [True]])
    return week[last] - week[first] + 1.0


@outcome("episodes", "lower")
def local_episodes(trace: Trace) -> float:
    """Rows of deadly clashes or killings in one cell; four weeks without one end a row."""
    return float(len(episodes_of_cells(trace)))


@outcome("weeks", "lower")
def local_episode_weeks(trace: Trace) -> float:
    """Mean length of a row of deadly events in one cell."""
    lengths = episodes_of_cells(trace)
    return float(lengths.mean()) if len(lengths) else np.nan


TOLL = (
    total("battle_deaths", "lower"),
    total("civilians_killed", "lower"),
    total("civilians_killed_by_state", "lower"),
    killed_by_state_share,
    civilians_killed_rate,
    weeks_to_mass_violence,
    mass_violence,
    total("crossfire_deaths", "lower"),
    civilian_deaths,
    conflict_deaths,
    total("disaster_deaths", "lower"),
    total("murders", "lower"),
    murder_rate,
    total("riot_deaths", "lower"),
    total("riots", "lower"),
    total("clashes", "lower"),
    total("killings", "lower"),
    local_episodes,
    local_episode_weeks,
    total("fled", "lower"),
    displaced_peak,
    displaced_end,
    at_end("refugees", "lower"),
    displaced_person_years,
    returned_share,
)
