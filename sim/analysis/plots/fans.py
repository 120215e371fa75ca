"""Fan charts of weekly series: quantiles over many runs, one panel a series and side."""

import math
from typing import NamedTuple

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.charts import THIN, TITLE, fill
from sim.analysis.plots.page import Page, faded
from sim.analysis.plots.ticks import LENGTHS

OUTER, INNER = 0.16, 0.30  # cover of the band of eight in ten and of the middle half
MARGIN = 0.06  # of the span, above and below what is drawn
MOST_STEPS = 3


class Plot(NamedTuple):
    """Where a panel is, in inches, and what it spans."""

    left: float
    low: float
    across: float
    up: float
    weeks: int
    bottom: float
    top: float

    def x(self, week: np.ndarray | float) -> np.ndarray:
        """Return where weeks are; a week ends where the next begins."""
        return self.left + self.across / self.weeks * np.asarray(week, dtype=float)

    def y(self, value: np.ndarray | float) -> np.ndarray:
        """Return where values are."""
        share = (np.asarray(value, dtype=float) - self.bottom) / (self.top - self.bottom)
        return self.low + self.up * np.clip(share, 0.0, 1.0)


def span(plot: Plot, fans, *, from_zero: bool) -> Plot:
    """Return the panel with room for its fans; zero is always on it."""
    values = np.concatenate([np.ravel(fan.quantiles) for fan in fans] + [fan.mean for fan in fans])
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    if high - low <= 0.0:
        high = 1.0
    room = MARGIN * (high - low)
    return plot._replace(bottom=0.0 if from_zero and low == 0.0 else low - room, top=high + room)


def round_steps(bottom: float, top: float) -> list[float]:
    """Return multiples of 1, 2 or 5 times a power of ten within a span that may reach below zero."""
    least = (top - bottom) / MOST_STEPS
    power = 10.0 ** math.floor(math.log10(least))
    step = next(k * power for k in (*LENGTHS, 10) if k * power >= least * (1.0 - 1e-9))
    return [k * step for k in range(math.ceil(bottom / step - 1e-9), math.floor(top / step + 1e-9) + 1)]


def draw_fan(page: Page, plot: Plot, fan, colour: str) -> None:
    """Draw a fan: the band of eight in ten, the middle half, the median, and the mean dashed."""
    low, first, middle, third, high = (plot.y(row) for row in fan.quantiles)
    x = plot.x(1.0 + np.arange(plot.weeks))
    fill(page, x, low, high, faded(colour, OUTER))
    fill(page, x, first, third, faded(colour, INNER))
    page.line(x, middle, colour, 1.4)
    page.line(x, plot.y(fan.mean), colour, 1.0, (3.0, 2.0))


def draw_grid(page: Page, plot: Plot, *, signs: bool = False) -> None:
    """Draw few round lines with their values on the left, and a stronger one at zero."""
    for value in round_steps(plot.bottom, plot.top):
        y = float(plot.y(value))
        zero = value == 0.0
        page.line([plot.left, plot.left + plot.across], [y, y], style.SOFT if zero else style.FAINT, THIN)
        text = style.brief(abs(value))
        if signs and not zero:
            text = f"{'−' if value < 0.0 else '+'}{text}"
        page.write(plot.left - 0.05, y, text, style.SOFT, across="right", up="middle")


def draw_sides(page: Page, plot: Plot, title: str, unit: str, fans, colours: tuple[str, str]) -> None:
    """Draw both sides of a series in one panel."""
    plot = span(plot, fans, from_zero=True)
    draw_grid(page, plot)
    for fan, colour in zip(fans[::-1], colours[::-1], strict=True):
        draw_fan(page, plot, fan, colour)
    style.entitle(page, plot.left, plot.low + plot.up + TITLE, title, unit)


def draw_difference(page: Page, plot: Plot, title: tuple[str, str], fan, colour: str) -> None:
    """Draw the differences of pairs in a panel of their own; the title has a few lighter words after it."""
    plot = span(plot, [fan], from_zero=False)
    draw_grid(page, plot, signs=True)
    draw_fan(page, plot, fan, colour)
    style.entitle(page, plot.left, plot.low + plot.up + TITLE, *title)
