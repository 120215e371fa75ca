"""Panels of weekly series: what each one shows and how it is drawn."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.analysis.plots import style
from sim.analysis.plots.style import write
from sim.world.series import FIRST_STATE, State
from sim.world.tables import Count

Weekly = np.ndarray  # (weeks, series)
SOLID, DASHED, DOTTED = "-", (0, (4, 1.6)), (0, (1, 1.2))


class Line(NamedTuple):
    """One line, or one part of a stack of bars."""

    label: str
    of: Callable[[Weekly], np.ndarray]
    colour: str
    dash: object = SOLID
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

    def of(weekly: Weekly) -> np.ndarray:
        so_far = np.cumsum(weekly[:, list(columns)].sum(axis=1))
        return so_far - np.concatenate([np.zeros(min(52, len(so_far))), so_far[:-52]])

    return of


def trust_in_mission(weekly: Weekly) -> np.ndarray:
    """Return trust in the mission while anyone is deployed, NaN at other times."""
    here = state(State.DEPLOYED)(weekly) > 0.0
    return np.where(here, state(State.TRUST_MISSION)(weekly), np.nan)


PANELS = (
    Panel("Deaths by violence", "", (
        Line("fighters", lambda w: w[:, Count.BATTLE_DEATHS], style.GREY),
        Line("civilians", lambda w: w[:, Count.CIVILIANS_KILLED] + w[:, Count.CROSSFIRE], style.ORANGE),
    ), bars=True, always=True),
    Panel("Displaced people", "persons", (
        Line("inside", state(State.HOSTED), style.ORANGE),
        Line("abroad", state(State.ABROAD), style.BLUE, DASHED),
    ), always=True),
    Panel("Peacekeepers", "persons", (
        Line("deployed", state(State.DEPLOYED), style.BLUE, area=True),
        Line("authorised", state(State.AUTHORISED), style.GREY, DASHED),
    )),
    Panel("Fighters", "persons", (
        Line("in arms", state(State.FIGHTERS), style.ORANGE),
        Line("disarmed so far", lambda w: np.cumsum(w[:, Count.DISARMED]), style.BLUE, DASHED),
        Line("in programmes", state(State.IN_PROGRAMME), style.GREY, DOTTED),
    ), always=True),
    Panel("How people live", "index, mean over people", (
        Line("fear", state(State.FEAR), style.ORANGE),
        Line("livelihood", state(State.LIVELIHOOD), style.GREY),
        Line("services", state(State.SERVICES), style.GREY, DASHED),
        Line("trust in the state", state(State.TRUST_STATE), style.BLUE),
        Line("trust in mission", trust_in_mission, style.BLUE, DASHED),
    ), share=True, always=True),
    Panel("Money", "US$, spent in the 52 weeks before; arrears now", (
        Line("mission", past_year(Count.SPENT_USD, Count.PROGRAMMES_USD), style.BLUE),
        Line("relief", past_year(Count.RELIEF_USD), style.GREY, DOTTED),
        Line("donors' arrears", state(State.ARREARS), style.ORANGE, DASHED),
    )),
)  # fmt: skip


def panels_of(weekly: Weekly) -> list[Panel]:
    """Return the panels that have something to show, each without its empty lines."""
    panels = []
    for panel in PANELS:
        lines = tuple(line for line in panel.lines if np.nan_to_num(line.of(weekly)).any())
        if lines or panel.always:
            panels.append(panel._replace(lines=lines or panel.lines))
    return panels


def bin_weeks(weeks: int) -> tuple[int, str]:
    """Return the width of bars that suits the length of a run, with its name."""
    return (13, "a quarter") if weeks >= 130 else (4, "four weeks") if weeks >= 26 else (1, "a week")


def binned(values: np.ndarray, size: int) -> np.ndarray:
    """Return sums over bins of weeks; the last may be short."""
    return np.add.reduceat(values, np.arange(0, len(values), size))


def draw_panel(axes: Axes, panel: Panel, weekly: Weekly, others: Sequence[Weekly], days: np.ndarray,
               size: tuple[float, float]) -> None:  # fmt: skip
    """Draw one panel.

    Parameters
    ----------
    axes : Axes
    panel : Panel
    weekly : array
        Weekly table of the run shown.
    others : sequence of array
        Weekly tables of further runs, for the band behind.
    days : array
        Place of each week on the time axis, and of the end of the last.
    size : tuple of float
        Width and height of the axes in inches.
    """
    step, name = bin_weeks(len(weekly))
    ends = draw_bars(axes, panel, weekly, others, days, step) if panel.bars else draw_lines(axes, panel, weekly, others, days)
    unit = f"persons, by {name[2:]}" if name.startswith("a ") else f"persons, by {name}"
    dress(axes, panel, size, unit if panel.bars else panel.unit)
    label_ends(axes, panel, ends, size)


def quantiles(values: Sequence[np.ndarray]) -> np.ndarray:
    """Return the 10th, 50th and 90th percentile of each week, NaN where no run has a value."""
    table = np.array(values, dtype=float)
    out = np.full((3, table.shape[1]), np.nan)
    some = ~np.isnan(table).all(axis=0)
    out[:, some] = np.nanpercentile(table[:, some], (10, 50, 90), axis=0)
    return out


def draw_lines(axes: Axes, panel: Panel, weekly: Weekly, others: Sequence[Weekly], days: np.ndarray) -> list[float]:
    """Draw lines over the bands of further runs; return where the lines end."""
    when = days[1:]
    for line in panel.lines:
        if others:
            low, middle, high = quantiles([line.of(other) for other in others])
            axes.fill_between(when, low, high, color=line.colour, alpha=0.16, lw=0)
            axes.plot(when, middle, color=line.colour, lw=0.8, alpha=0.6)
        values = line.of(weekly)
        if line.area:
            axes.fill_between(when, 0.0, values, color=line.colour, alpha=0.22, lw=0)
        marker = "o" if len(when) == 1 else None
        axes.plot(when, values, color=line.colour, linestyle=line.dash, lw=1.5, marker=marker, ms=3)
    return [last_of(line.of(weekly)) for line in panel.lines]


def last_of(values: np.ndarray) -> float:
    """Return the last number of a series, 0 where it has none."""
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else 0.0


def draw_bars(axes: Axes, panel: Panel, weekly: Weekly, others: Sequence[Weekly], days: np.ndarray, step: int) -> list[float]:
    """Draw stacked bars over the band of the totals of further runs; return none, for bars end nowhere."""
    edges = np.append(days[:-1:step], days[-1])
    if others:
        totals = [binned(sum(line.of(other) for line in panel.lines), step) for other in others]
        low, middle, high = (np.append(q, q[-1]) for q in quantiles(totals))
        axes.fill_between(edges, low, high, step="post", color=style.GREY, alpha=0.2, lw=0)
        axes.step(edges, middle, where="post", color=style.INK, lw=0.8, alpha=0.7)
    foot = np.zeros(len(edges) - 1)
    for line in panel.lines:
        values = binned(line.of(weekly), step)
        axes.bar(edges[:-1], values, np.diff(edges) * 0.86, foot, align="edge", color=line.colour, lw=0)
        foot += values
    return []


def dress(axes: Axes, panel: Panel, size: tuple[float, float], unit: str) -> None:
    """Give a panel its title, its grid and few round ticks."""
    top = 1.0 if panel.share else max(axes.get_ylim()[1], 1.0)
    axes.set_ylim(0.0, top)
    axes.yaxis.set_major_locator(MaxNLocator(2 if panel.share else 3, integer=not panel.share, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(style.brief))
    axes.tick_params(axis="y", length=0, labelsize=style.SMALL, labelcolor=style.SOFT, pad=3)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.grid(axis="y", color=style.FAINT, lw=0.6)
    axes.set_axisbelow(True)
    axes.patch.set_alpha(0.0)
    for side, spine in axes.spines.items():
        spine.set(visible=side == "bottom", color=style.SOFT, linewidth=0.8)
    style.entitle(axes, panel.title, unit, size)


def label_ends(axes: Axes, panel: Panel, ends: list[float], size: tuple[float, float]) -> None:
    """Name the lines at their ends, or the parts of bars from the top down."""
    top, gap = axes.get_ylim()[1], 0.15
    n = len(panel.lines)
    wanted = np.array(ends) / top * size[1] if ends else size[1] - gap * (n - np.arange(n) - 0.5)
    places = style.spread(np.clip(wanted, 0.0, size[1]), gap, 0.03, size[1] - 0.03)
    for k, line in enumerate(panel.lines):
        high = places[k] / size[1]
        start = ends[k] / top if ends else high
        axes.plot([1.0, 1.0 + 0.06 / size[0]], [start, high], color=line.colour, lw=0.7, clip_on=False,
                  transform=axes.transAxes, visible=bool(ends))  # fmt: skip
        axes.plot([1.0 + 0.06 / size[0], 1.0 + 0.3 / size[0]], [high, high], color=line.colour, clip_on=False,
                  transform=axes.transAxes, lw=1.6 if ends else 6.0, linestyle=line.dash if ends else "-",
                  solid_capstyle="butt")  # fmt: skip
        write(axes, 1.0 + 0.35 / size[0], high, line.label, transform=axes.transAxes, va="center_baseline", color=line.colour)
