"""How a panel of weekly series is drawn."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.analysis.plots import style
from sim.analysis.plots.panels import Panel, Weekly
from sim.analysis.plots.style import write


def bin_weeks(weeks: int) -> tuple[int, str]:
    """Return the width of bars that suits the length of a run, with its name."""
    return (13, "a quarter") if weeks >= 130 else (4, "four weeks") if weeks >= 26 else (1, "a week")


def binned(values: np.ndarray, size: int) -> np.ndarray:
    """Return sums over bins of weeks; the last may be short."""
    return np.add.reduceat(values, np.arange(0, len(values), size))


def draw_panel(
    axes: Axes,
    panel: Panel,
    weekly: Weekly,
    others: Sequence[Weekly],
    days: np.ndarray,
    size: tuple[float, float],
) -> None:
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
    ends = (
        draw_bars(axes, panel, weekly, others, days, step)
        if panel.bars
        else draw_lines(axes, panel, weekly, others, days)
    )
    unit = f"persons, by {name[2:]}" if name.startswith("a ") else f"persons, by {name}"
    dress(axes, panel, size, unit if panel.bars else panel.unit)
    label_ends(axes, panel, ends, size)


def quantiles(values: Sequence[np.ndarray]) -> np.ndarray:
    """Return the 10th, 50th and 90th percentile of each week, NaN where no run has a value."""
    table = np.sort(np.array(values, dtype=float), axis=0)  # NaN comes last
    top = np.maximum(0, (~np.isnan(table)).sum(axis=0) - 1)
    out = []
    for share in (0.1, 0.5, 0.9):
        at = share * top
        low = np.floor(at).astype(int)
        a, b = (np.take_along_axis(table, k[None], axis=0)[0] for k in (low, np.minimum(low + 1, top)))
        out.append(a + (at - low) * (b - a))
    return np.array(out)


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


def draw_bars(
    axes: Axes, panel: Panel, weekly: Weekly, others: Sequence[Weekly], days: np.ndarray, step: int
) -> list[float]:
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
    top = 1.0 if panel.share else max(1.04 * axes.get_ylim()[1], 1.0)
    axes.set_ylim(0.0, top)
    axes.yaxis.set_major_locator(MaxNLocator(2 if panel.share else 4, integer=not panel.share, steps=[1, 2, 5, 10]))
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
        axes.plot(
            [1.0, 1.0 + 0.06 / size[0]],
            [start, high],
            color=line.colour,
            lw=0.7,
            clip_on=False,
            transform=axes.transAxes,
            visible=bool(ends),
        )
        axes.plot(
            [1.0 + 0.06 / size[0], 1.0 + 0.3 / size[0]],
            [high, high],
            color=line.colour,
            clip_on=False,
            transform=axes.transAxes,
            lw=1.6 if ends else 6.0,
            linestyle=line.dash if ends else "-",
            solid_capstyle="butt",
        )
        write(
            axes,
            1.0 + 0.35 / size[0],
            high,
            line.label,
            transform=axes.transAxes,
            va="center_baseline",
            color=line.colour,
        )
