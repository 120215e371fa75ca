"""Fan charts of weekly series: quantiles over many runs, one panel a series and side."""

import math

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.charts import THIN, TITLE, Frame, fill
from sim.analysis.plots.page import Page, faded
from sim.analysis.plots.ticks import LENGTHS

OUTER, INNER = 0.16, 0.30  # cover of the band of eight in ten and of the middle half
MARGIN = 0.06  # of the span, above and below what is drawn
MOST_STEPS = 3


def span(frame: Frame, fans, *, from_zero: bool) -> Frame:
    """Return the panel with room for its fans; zero is always on it."""
    values = np.concatenate([np.ravel(fan.quantiles) for fan in fans] + [fan.mean for fan in fans])
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    if high - low <= 0.0:
        high = 1.0
    room = MARGIN * (high - low)
    return frame._replace(bottom=0.0 if from_zero and low == 0.0 else low - room, top=high + room)


def round_steps(bottom: float, top: float) -> list[float]:
    """Return multiples of 1, 2 or 5 times a power of ten within a span that may reach below zero."""
    least = (top - bottom) / MOST_STEPS
    power = 10.0 ** math.floor(math.log10(least))
    step = next(k * power for k in (*LENGTHS, 10) if k * power >= least * (1.0 - 1e-9))
    return [k * step for k in range(math.ceil(bottom / step - 1e-9), math.floor(top / step + 1e-9) + 1)]


def draw_fan(page: Page, frame: Frame, fan, colour: str) -> None:
    """Draw a fan: the band of eight in ten, the middle half, the median, and the mean dashed."""
    low, first, middle, third, high = (frame.y(row) for row in fan.quantiles)
    x = frame.x(1.0 + np.arange(frame.weeks))
    fill(page, x, low, high, faded(colour, OUTER))
    fill(page, x, first, third, faded(colour, INNER))
    page.line(x, middle, colour, 1.4)
    page.line(x, frame.y(fan.mean), colour, 1.0, (3.0, 2.0))


def draw_grid(page: Page, frame: Frame, *, signs: bool = False) -> None:
    """Draw few round lines with their values on the left, and a stronger one at zero."""
    for value in round_steps(frame.bottom, frame.top):
        y = float(frame.y(value))
        zero = value == 0.0
        page.line([frame.left, frame.left + frame.across], [y, y], style.SOFT if zero else style.FAINT, THIN)
        text = style.brief(abs(value))
        if signs and not zero:
            text = f"{'−' if value < 0.0 else '+'}{text}"
        page.write(frame.left - 0.05, y, text, style.SOFT, across="right", up="middle")


def draw_sides(page: Page, frame: Frame, title: str, unit: str, fans, colours: tuple[str, str]) -> None:
    """Draw both sides of a series in one panel."""
    frame = span(frame, fans, from_zero=True)
    draw_grid(page, frame)
    for fan, colour in zip(fans[::-1], colours[::-1], strict=True):
        draw_fan(page, frame, fan, colour)
    style.entitle(page, frame.left, frame.low + frame.up + TITLE, title, unit)


def draw_difference(page: Page, frame: Frame, title: tuple[str, str], fan, colour: str) -> None:
    """Draw the differences of pairs in a panel of their own; the title has a few lighter words after it."""
    frame = span(frame, [fan], from_zero=False)
    draw_grid(page, frame, signs=True)
    draw_fan(page, frame, fan, colour)
    style.entitle(page, frame.left, frame.low + frame.up + TITLE, *title)
