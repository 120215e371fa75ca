"""Panels of weekly series: what each one shows."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.page import Dash
from sim.results.trace import over_a_year
from sim.world.kinds import Count
from sim.world.series import FIRST_STATE, State

Weekly = np.ndarray  # (weeks, series)
SOLID, DASHED, DOTTED = (), (4.0, 1.6), (1.0, 1.2)  # strokes and gaps in widths of the line


class Line(NamedTuple):
    """One line, or one part of a stack of bars."""

    label: str
    of: Callable[[Weekly], np.ndarray]
    colour: str
    dash: Dash = SOLID
    area: bool = False


class Panel(NamedTuple):
    """One small chart."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    bars: bool = False
    share: bool = False
    always: bool = False


def state(column: State) -> Callable[[Weekly], np.ndarray]:
    """Return what reads a column of state."""
    return lambda weekly: weekly[:, FIRST_STATE + column]


def past_year(*columns: Count) -> Callable[[Weekly], np.ndarray]:
    """Return what sums columns of counts over the 52 weeks up to each week."""
    return lambda weekly: over_a_year(weekly[:, list(columns)].sum(axis=1))


def trust_in_mission(weekly: Weekly) -> np.ndarray:
    """Return trust in the mission while anyone is deployed, NaN at other times."""
    here = state(State.DEPLOYED)(weekly) > 0.0
    return np.where(here, state(State.TRUST_MISSION)(weekly), np.nan)


PANELS = (
    Panel(
        "Deaths by violence",
        "",
        (
            Line("fighters", lambda w: w[:, Count.BATTLE_DEATHS], style.GREY),
            Line("civilians", lambda w: w[:, Count.CIVILIANS_KILLED] + w[:, Count.CROSSFIRE], style.ORANGE),
        ),
        bars=True,
        always=True,
    ),
    Panel(
        "Displaced people",
        "persons",
        (
            Line("inside", state(State.HOSTED), style.ORANGE),
            Line("abroad", state(State.ABROAD), style.BLUE, DASHED),
        ),
        always=True,
    ),
    Panel(
        "Peacekeepers",
        "persons",
        (
            Line("deployed", state(State.DEPLOYED), style.BLUE, area=True),
            Line("authorised", state(State.AUTHORISED), style.GREY, DASHED),
        ),
    ),
    Panel(
        "Fighters",
        "persons",
        (
            Line("in arms", state(State.FIGHTERS), style.ORANGE),
            Line("disarmed so far", lambda w: np.cumsum(w[:, Count.DISARMED]), style.BLUE, DASHED),
            Line("in programmes", state(State.IN_PROGRAMME), style.GREY, DOTTED),
        ),
        always=True,
    ),
    Panel(
        "How people live",
        "index, mean over people",
        (
            Line("fear", state(State.FEAR), style.ORANGE),
            Line("livelihood", state(State.LIVELIHOOD), style.GREY),
            Line("services", state(State.SERVICES), style.GREY, DASHED),
            Line("trust in the state", state(State.TRUST_STATE), style.BLUE),
            Line("trust in mission", trust_in_mission, style.BLUE, DASHED),
        ),
        share=True,
        always=True,
    ),
    Panel(
        "Money",
        "US$, spent in the 52 weeks before; arrears now",
        (
            Line("mission", past_year(Count.SPENT_USD, Count.PROGRAMMES_USD), style.BLUE),
            Line("relief", past_year(Count.RELIEF_USD), style.GREY, DOTTED),
            Line("donors' arrears", state(State.ARREARS), style.ORANGE, DASHED),
        ),
    ),
)


def panels_of(weekly: Weekly) -> list[Panel]:
    """Return the panels that have something to show, each without its empty lines."""
    panels = []
    for panel in PANELS:
        lines = tuple(line for line in panel.lines if np.nan_to_num(line.of(weekly)).any())
        if lines or panel.always:
            panels.append(panel._replace(lines=lines or panel.lines[:1]))
    return panels
