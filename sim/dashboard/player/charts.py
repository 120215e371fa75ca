"""The charts of the player: which weekly series stand together, and how they are reckoned from the weekly table."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.world.kinds import Count
from sim.world.series import FIRST_STATE, State
from sim.world.tables import Floats

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
QUARTER, YEAR = 13, 52
N_SINGLE = 5  # futures drawn one by one, beside the fan

Weekly = Floats  # (..., weeks, series)


class Line(NamedTuple):
    """One weekly series of a chart."""

    id: str
    label: str
    of: Callable[[Weekly], Floats]


class Chart(NamedTuple):
    """Series on one scale.

    Parameters
    ----------
    kind
        ``lines``, or ``area`` for parts of a whole, which are stacked.
    top
        Upper end of the scale, or 0 to take it from the data.
    log
        Whether a log scale makes sense: counts over several orders of magnitude.
    explains
        A sentence for the reader.
    """

    id: str
    title: str
    unit: str
    lines: tuple[Line, ...]
    kind: str = "lines"
    top: float = 0.0
    log: bool = False
    explains: str = ""


def state(column: State) -> Callable[[Weekly], Floats]:
    """Return what reads a state of the end of each week."""
    return lambda weekly: weekly[..., FIRST_STATE + column]


def over(weeks: int, *columns: Count) -> Callable[[Weekly], Floats]:
    """Return what sums counts over the weeks up to each week."""

    def of(weekly: Weekly) -> Floats:
        so_far = np.cumsum(weekly[..., list(columns)].sum(axis=-1), axis=-1)
        before = np.zeros_like(so_far)
        before[..., weeks:] = so_far[..., :-weeks]
        return so_far - before

    return of


def budgets(weekly: Weekly) -> Floats:
    """Return what missions needed by their budgets over the 52 weeks up to each week."""
    so_far = np.cumsum(state(State.BUDGET)(weekly), axis=-1)
    before = np.zeros_like(so_far)
    before[..., YEAR:] = so_far[..., :-YEAR]
    return so_far - before


def in_all(*counts: Count) -> Callable[[Weekly], Floats]:
    """Return what sums counts since the start."""
    return lambda weekly: np.cumsum(weekly[..., list(counts)].sum(axis=-1), axis=-1)


CIVILIANS = (Count.CIVILIANS_KILLED, Count.CROSSFIRE)

CHARTS: tuple[Chart, ...] = (
    Chart("deaths", "Deaths by violence", "last 13 weeks", (
        Line("deaths_all", "all", over(QUARTER, Count.BATTLE_DEATHS, *CIVILIANS)),
        Line("deaths_civilians", "civilians", over(QUARTER, *CIVILIANS)),
    ), log=True, explains="Fighters and civilians killed in clashes or on purpose."),
    Chart("displaced", "Displaced people", "persons", (
        Line("displaced", "inside", state(State.HOSTED)),
        Line("refugees", "abroad", state(State.ABROAD)),
    ), log=True, explains="People who fled and have not gone home."),
    Chart("peacekeepers", "Peacekeepers", "persons", (
        Line("deployed", "deployed", state(State.DEPLOYED)),
        Line("authorised", "authorised", state(State.AUTHORISED)),
    ), explains="People in the country against what the mandate authorises."),
    Chart("funding", "Mission funding", "US$, last 52 weeks", (
        Line("received", "received", over(YEAR, Count.RECEIVED_USD)),
        Line("budget", "budget", budgets),
        Line("arrears", "arrears now", state(State.ARREARS)),
    ), explains="What donors paid against what missions needed by their budgets; dues not paid."),
    Chart("trust", "Trust", "index, mean over people", (
        Line("trust_mission", "in mission", state(State.TRUST_MISSION)),
        Line("trust_state", "in state", state(State.TRUST_STATE)),
    ), top=1.0, explains="How far people trust the mission and the state."),
    Chart("fighters", "Fighters", "persons", (
        Line("fighters", "in arms", state(State.FIGHTERS)),
        Line("disarmed", "disarmed so far", in_all(Count.DISARMED)),
    ), log=True, explains="Fighters in bands, and those who handed in arms since the start."),
    Chart("life", "Fear and need", "index, mean over people", (
        Line("fear", "fear", state(State.FEAR)),
        Line("need", "need", state(State.NEED)),
    ), explains="Fear of violence and unmet humanitarian need."),
    Chart("institutions", "Institutions", "index, mean over people", (
        Line("services", "services", state(State.SERVICES)),
        Line("policing", "police, courts", state(State.POLICING)),
    ), top=1.0, explains="Working administration, services, police and courts."),
)  # fmt: skip

LINES: tuple[Line, ...] = tuple(line for chart in CHARTS for line in chart.lines)


def lines_of(weekly: Weekly) -> np.ndarray:
    """Return all lines of all charts.

    Parameters
    ----------
    weekly : array (..., weeks, series)

    Returns
    -------
    array (..., lines, weeks) of float32
        In the order of ``LINES``.
    """
    return np.stack([line.of(weekly) for line in LINES], axis=-2).astype(np.float32)


def fan_of(weekly: Weekly) -> tuple[np.ndarray, np.ndarray]:
    """Return quantiles over several futures, and a few futures by themselves.

    Parameters
    ----------
    weekly : array (runs, weeks, series)
        Weekly tables of runs that differ in their seed.

    Returns
    -------
    quantiles : array (quantiles, lines, weeks) of float32
    single : array (futures, lines, weeks) of float32
        The first few.
    """
    lines = lines_of(weekly)
    return quantiles_of(lines), lines[:N_SINGLE]


def quantiles_of(lines: np.ndarray) -> np.ndarray:
    """Return quantiles over the first axis, as ``numpy.quantile`` does by default and several times as fast."""
    ordered = np.sort(lines.reshape(len(lines), -1).T, axis=1)  # each point's futures side by side in memory
    place = np.array(QUANTILES) * (len(lines) - 1)
    below = place.astype(np.int64)
    above = np.minimum(below + 1, len(lines) - 1)
    share = (place - below).astype(np.float32)
    found = ordered[:, below] + share * (ordered[:, above] - ordered[:, below])
    return np.ascontiguousarray(found.T, dtype=np.float32).reshape(len(QUANTILES), *lines.shape[1:])


def chart_cards() -> list[dict[str, Any]]:
    """Describe the charts for the page; lines by their number in ``LINES``."""
    cards, first = [], 0
    for chart in CHARTS:
        labels = [{"id": line.id, "label": line.label, "row": first + k} for k, line in enumerate(chart.lines)]
        cards.append({**chart._asdict(), "lines": labels})
        first += len(chart.lines)
    return cards
