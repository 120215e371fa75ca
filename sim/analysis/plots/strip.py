"""The strip of stages of the peace process, which carries the time axis."""

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, num2date
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from sim.analysis.plots import style
from sim.analysis.plots.style import write
from sim.world.kinds import Stage

DAYS_WITH_DATES = 250  # runs shorter than this have days on their time axis


def day(when: float, _position: object = None) -> str:
    """Write a place on the time axis as day and month."""
    date = num2date(when)
    return f"{date.day} {date:%b}"


def runs_of(stages: np.ndarray) -> list[tuple[int, int, int]]:
    """Return stage, first week and week after the last of each spell."""
    cuts = [0, *(np.nonzero(np.diff(stages))[0] + 1).tolist(), len(stages)]
    return [(int(stages[a]), a, b) for a, b in pairwise(cuts)]


def draw_strip(figure: Figure, box: tuple[float, float, float, float], stages: np.ndarray, days: np.ndarray) -> Axes:
    """Draw spells in the colours of their stages, dates below them, and a key.

    Parameters
    ----------
    figure : Figure
    box : tuple of float
        Left, bottom, width and height as shares of the figure.
    stages : array of int
        Stage of each week.
    days : array
        Place of each week on the time axis, and of the end of the last.
    """
    axes = figure.add_axes(box)
    axes.set(xlim=(days[0], days[-1]), ylim=(0.0, 1.0), yticks=[])
    for stage, first, after in runs_of(stages):
        colour = style.STAGES[Stage(stage)][1]
        axes.add_patch(Rectangle((days[first], 0.0), days[after] - days[first], 1.0, facecolor=colour, linewidth=0))
    for spine in axes.spines.values():
        spine.set_visible(False)
    locator = AutoDateLocator(minticks=3, maxticks=12)
    axes.xaxis.set_major_locator(locator)
    few = days[-1] - days[0] < DAYS_WITH_DATES
    axes.xaxis.set_major_formatter(FuncFormatter(day) if few else ConciseDateFormatter(locator, show_offset=False))
    axes.tick_params(axis="x", labelsize=style.SMALL, labelcolor=style.INK, length=3, color=style.SOFT)
    draw_key(axes, box, sorted({int(stage) for stage in stages}))
    return axes


def draw_key(axes: Axes, box: tuple[float, float, float, float], occurring: list[int]) -> None:
    """Name the strip, and write the names of the stages that occur in a row under the dates."""
    across = box[2] * axes.figure.get_figwidth()
    up = box[3] * axes.figure.get_figheight()
    write(
        axes,
        1.0 + 0.06 / across,
        0.5,
        "Peace process",
        transform=axes.transAxes,
        va="center_baseline",
        weight="bold",
    )
    x, y = 0.0, -0.42 / up
    for stage in occurring:
        words, colour = style.STAGES[Stage(stage)]
        patch = Rectangle(
            (x / across, y - 0.05 / up),
            0.2 / across,
            0.12 / up,
            transform=axes.transAxes,
            clip_on=False,
            facecolor=colour,
            edgecolor="none",
        )
        axes.add_patch(patch)
        write(axes, (x + 0.25) / across, y, words, transform=axes.transAxes, va="center_baseline")
        x += 0.25 + style.width(axes.figure, words) + 0.17
