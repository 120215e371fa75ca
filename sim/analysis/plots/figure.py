"""The story of a run on one page."""

import textwrap
import threading
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from sim import __version__
from sim.analysis.plots import style
from sim.analysis.plots.charts import draw_panel
from sim.analysis.plots.events import STEP, arrange, draw_marks, marks_of
from sim.analysis.plots.legend import draw_legend
from sim.analysis.plots.maps import colours_of, draw_map, ground_of, scales_of
from sim.analysis.plots.moments import moments_of
from sim.analysis.plots.panels import panels_of
from sim.analysis.plots.strip import draw_strip
from sim.analysis.plots.style import write
from sim.world.kinds import Count, Stage
from sim.world.series import FIRST_STATE, State

WIDE, HIGH, DPI = 14.4, 9.0, 150
EDGE = 0.3
HEAD = 0.95  # inches for the title and what goes with it
MAPS = 5.95  # inches across for the maps
NAME = 0.27  # inches above each map for its date
GAP = 0.2  # between maps
LEGEND = 1.32
LABELS = 1.55  # to the right of panels
TICKS = 0.42  # to their left
MOST_FLAGS = 6  # levels of labels of events above them
FOOT = 0.84  # below them
_ONE_SVG = threading.Lock()


def summary_figure(result, others: Sequence = ()) -> Figure:
    """Draw the story of a run: four maps on the left, series over time on the right.

    Parameters
    ----------
    result
        A run, with ``scenario``, ``seed``, ``weekly_array`` and ``world``.
    others : sequence of results, optional
        Further runs of the same length, such as replicates: their median and the range that holds the middle
        80 % of them lie behind the run shown.

    Returns
    -------
    Figure
        14.4 by 9 inches, of its own: no state is shared with other figures.
    """
    figure = Figure(figsize=(WIDE, HIGH), dpi=DPI, facecolor=style.PAPER)
    FigureCanvasAgg(figure)
    weeks = len(result.weekly_array)
    behind = [other.weekly_array for other in others if len(other.weekly_array) == weeks]
    draw_head(figure, result, len(behind))
    draw_maps(figure, result)
    draw_series(figure, result, behind)
    return figure


def save(figure: Figure, path: str | Path) -> None:
    """Write a figure as PNG or SVG, by the suffix of its path; the same figure gives the same bytes.

    Parameters
    ----------
    figure : Figure
    path : str or Path
        Ends in ``.png`` or ``.svg``.
    """
    path = Path(path)
    made_by = f"peacekeeping-sim {__version__}"
    if path.suffix.lower() == ".png":
        figure.savefig(path, format="png", dpi=DPI, metadata={"Software": made_by})
    elif path.suffix.lower() == ".svg":
        with _ONE_SVG:
            salt = mpl.rcParams["svg.hashsalt"]
            mpl.rcParams["svg.hashsalt"] = "peacekeeping-sim"
            try:
                figure.savefig(path, format="svg", metadata={"Date": None, "Creator": made_by})
            finally:
                mpl.rcParams["svg.hashsalt"] = salt
    else:
        raise ValueError(f"a figure is saved as .png or .svg, not {path.suffix or 'without a suffix'}")


def draw_head(figure: Figure, result, n_others: int) -> None:
    """Write the title, the run in figures, and what the page shows."""
    who = f"seed {result.seed} · {len(result.weekly_array)} weeks · peacekeeping-sim {__version__}"
    title, across = (
        " ".join(result.scenario.about.title.split()),
        WIDE - 2 * EDGE - style.width(figure, who) - 0.3,
    )
    lines, size = [title], style.LARGE
    if style.width(figure, title, 12.0, "bold") > across:
        lines, size = textwrap.wrap(title, -(-len(title) // 2) + 12)[:2], 11.0
    size = min(size, *(size * across / style.width(figure, line, size, "bold") for line in lines))
    x, top = EDGE / WIDE, HIGH - 0.2
    write(figure, x, top / HIGH, "\n".join(lines), fontsize=size, weight="bold", va="top", linespacing=1.05)
    write(figure, x, (top - 0.36) / HIGH, facts(result), fontsize=11.0, va="top", color=style.INK)
    behind = (
        f" Shaded: the middle 80 % of {n_others} run{'s' * (n_others > 1)}; thin lines: their median."
        if n_others
        else ""
    )
    caption = "One run. Left: who rules, and where people die, flee and are protected. "
    caption += "Right: the run over time, with events."
    write(figure, x, (top - 0.60) / HIGH, caption + behind, va="top", color=style.SOFT)
    write(figure, 1.0 - x, (top - 0.05) / HIGH, who, va="top", ha="right", color=style.SOFT)


def facts(result) -> str:
    """Return the run in a few figures."""
    weekly = result.weekly_array
    civilians = weekly[:, [Count.CIVILIANS_KILLED, Count.CROSSFIRE]].sum()
    dead = civilians + weekly[:, Count.BATTLE_DEATHS].sum()
    uprooted = weekly[:, [FIRST_STATE + State.HOSTED, FIRST_STATE + State.ABROAD]].sum(axis=1).max()
    words = [
        f"{style.rounded(dead)} dead by violence, {style.rounded(civilians)} of them civilians",
        f"up to {style.rounded(uprooted)} displaced",
    ]
    most = weekly[:, FIRST_STATE + State.DEPLOYED].max()
    words.append(f"up to {style.rounded(most)} peacekeepers" if most > 0 else "no peacekeepers")
    disarmed = weekly[:, Count.DISARMED].sum()
    words += [f"{style.rounded(disarmed)} fighters disarmed"] if disarmed > 0 else []
    last = Stage(int(weekly[-1, FIRST_STATE + State.STAGE]))
    return " · ".join([*words, f"at the end: {style.STAGES[last][0]}"])


def cell_size(maps: int, columns: int, room: float, shape: tuple[int, int]) -> float:
    """Return the side of a cell in inches when maps of a width and height stand in some columns."""
    across = (MAPS - (columns - 1) * GAP) / columns
    up = room / -(-maps // columns) - NAME
    return min(across / shape[0], up / shape[1])


def draw_maps(figure: Figure, result) -> None:
    """Draw the maps in a grid that suits their number, with the legend below."""
    moments, ground, colours = moments_of(result), ground_of(result), colours_of(result)
    high, wide = ground.base.shape[:2]
    room = HIGH - HEAD - LEGEND - 0.32
    columns = max((1, 2), key=lambda n: cell_size(len(moments), n, room, (wide, high)))
    rows = -(-len(moments) // columns)
    cell = cell_size(len(moments), columns, room, (wide, high))
    size = (cell * wide, cell * high)
    scales = scales_of(ground, moments, 72.0 * min(3.0, *size))
    aside = 0.0 if columns == 2 else 0.5 * (MAPS - size[0])
    for n, moment in enumerate(moments):
        x = EDGE + aside + (n % columns) * min(MAPS - size[0], size[0] + 3 * GAP)
        y = HIGH - HEAD - (n // columns) * room / rows - NAME - size[1]
        draw_map(figure, (x, y, *size), ground, moment, result, scales, colours, all_names=n == 0)
    draw_legend(figure, (EDGE, 0.2, MAPS, LEGEND), result, ground, moments, scales, colours, cell)


def draw_series(figure: Figure, result, behind: Sequence[np.ndarray]) -> None:
    """Draw the panels over a shared time axis, with the marks of events and the strip of stages."""
    weekly, scenario = result.weekly_array, result.scenario
    panels = panels_of(weekly)
    left, low = EDGE + MAPS + 0.35 + TICKS, FOOT
    across = WIDE - left - LABELS - 0.1
    days = date2num(scenario.about.start) + 7.0 * np.arange(len(weekly) + 1)
    span = (days[0], days[-1])
    marks = marks_of(result)
    at = [mark.week * across / len(weekly) for mark in marks]
    chosen = arrange(figure, marks, at, MOST_FLAGS)
    flags = 0.27 + STEP * (1 + max(chosen.values())) if chosen else 0.1
    up = HIGH - HEAD - FOOT - flags
    lanes = figure.add_axes((left / WIDE, (low - 0.28) / HIGH, across / WIDE, (up + flags + 0.28) / HIGH))
    lanes.set(xlim=(0.0, across), ylim=(0.0, up + flags + 0.28))
    lanes.set_axis_off()
    draw_marks(lanes, marks, at, chosen, up + 0.28 + 0.1)
    each = up / len(panels)
    for n, panel in enumerate(panels):
        size = (across, each - 0.27)
        axes = figure.add_axes((left / WIDE, (low + up - (n + 1) * each) / HIGH, size[0] / WIDE, size[1] / HIGH))
        axes.set_xlim(span)
        draw_panel(axes, panel, weekly, behind, days, size)
    box = (left / WIDE, (low - 0.28) / HIGH, across / WIDE, 0.18 / HIGH)
    draw_strip(figure, box, weekly[:, FIRST_STATE + State.STAGE].astype(int), days)
