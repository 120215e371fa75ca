"""The strip of stages of the peace process, which carries the time axis."""

import datetime
from itertools import pairwise

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.charts import Frame
from sim.analysis.plots.page import Page
from sim.analysis.plots.ticks import date_ticks
from sim.world.kinds import Stage

TICK = 3.0 / 72.0


def runs_of(stages: np.ndarray) -> list[tuple[int, int, int]]:
    """Return stage, first week and week after the last of each spell."""
    cuts = [0, *(np.nonzero(np.diff(stages))[0] + 1).tolist(), len(stages)]
    return [(int(stages[a]), a, b) for a, b in pairwise(cuts)]


def draw_strip(page: Page, frame: Frame, stages: np.ndarray, start: datetime.date) -> None:
    """Draw spells in the colours of their stages, dates below them, and a key.

    Parameters
    ----------
    page : Page
    frame : Frame
    stages : array of int
        Stage of each week.
    start : date
        First day of the run.
    """
    low, high = frame.low, frame.low + frame.up
    for stage, first, after in runs_of(stages):
        page.boxes(frame.x(first), low, frame.x(after), high, style.STAGES[Stage(stage)][1])
    for days, words in date_ticks(start, 7 * len(stages)):
        x = float(frame.x(days / 7.0))
        page.line([x, x], [low, low - TICK], style.SOFT, 0.8)
        page.write(x, low - TICK - 0.05, words, style.INK, across="middle", up="top")
    page.write(
        frame.left + frame.across + 0.06, low + 0.5 * frame.up, "Peace process", style.INK, weight="bold", up="middle"
    )
    draw_key(page, frame.left, low - 0.42, sorted({int(stage) for stage in stages}))


def draw_key(page: Page, x: float, y: float, occurring: list[int]) -> None:
    """Write the names of the stages that occur in a row, with their colours."""
    for stage in occurring:
        words, colour = style.STAGES[Stage(stage)]
        page.boxes(x, y - 0.05, x + 0.2, y + 0.07, colour)
        page.write(x + 0.25, y, words, style.INK, up="middle")
        x += 0.25 + page.width(words) + 0.17
