"""How a panel of weekly series is drawn."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.page import Page, faded
from sim.analysis.plots.panels import Panel, Weekly
from sim.analysis.plots.ticks import round_ticks

TITLE = 4.0 / 72.0  # inches between a panel and its title
LINE, THIN = 1.5, 0.8  # points
HEADROOM = 1.09
KEY = 0.15  # inches between labels


class Frame(NamedTuple):
    """Where a panel is, in inches, and what it spans."""

    left: float
    low: float
    across: float
    up: float
    weeks: int
    bottom: float = 0.0
    top: float = 1.0

    def x(self, week: np.ndarray | float) -> np.ndarray:
        """Return where weeks are; a week ends where the next begins."""
        return self.left + self.across / self.weeks * np.asarray(week, dtype=float)

    def y(self, value: np.ndarray | float) -> np.ndarray:
        """Return where values are."""
        share = (np.asarray(value, dtype=float) - self.bottom) / (self.top - self.bottom)
        return self.low + self.up * np.clip(share, 0.0, 1.0)


def bin_weeks(weeks: int) -> tuple[int, str]:
    """Return the width of bars that suits the length of a run, with its name."""
    return (13, "a quarter") if weeks >= 130 else (4, "four weeks") if weeks >= 26 else (1, "a week")


def binned(values: np.ndarray, size: int) -> np.ndarray:
    """Return sums over bins of weeks; the last may be short."""
    return np.add.reduceat(values, np.arange(0, len(values), size))


def draw_panel(page: Page, panel: Panel, weekly: Weekly, others: Sequence[Weekly], frame: Frame) -> None:
    """Draw one panel.

    Parameters
    ----------
    page : Page
    panel : Panel
    weekly : array
        Weekly table of the run shown.
    others : sequence of array
        Weekly tables of further runs, for the band behind.
    frame : Frame
        Its ``top`` is chosen here.
    """
    step, name = bin_weeks(len(weekly))
    prepare = (lambda values: binned(values, step)) if panel.bars else np.asarray
    series = [prepare(line.of(weekly)) for line in panel.lines]
    bands = [quantiles([prepare(line.of(other)) for other in others]) for line in panel.lines] if others else []
    if panel.bars:
        series = list(np.cumsum(series, axis=0))
        totals = [prepare(sum(line.of(other) for line in panel.lines)) for other in others]
        bands = [quantiles(totals)] if others else []
    highest = max(float(np.nanmax(values, initial=0.0)) for values in (*series, *bands))
    frame = frame._replace(top=1.0 if panel.share else max(HEADROOM * highest, 1.0))
    draw_grid(page, panel, frame)
    edges = np.append(np.arange(0, len(weekly), step), len(weekly))
    if panel.bars:
        draw_bars(page, panel, series, bands, frame, edges)
    else:
        draw_lines(page, panel, series, bands, frame)
    page.line([frame.left, frame.left + frame.across], [frame.low, frame.low], style.SOFT, THIN)
    unit = f"persons, by {name.removeprefix('a ')}" if panel.bars else panel.unit
    style.entitle(page, frame.left, frame.low + frame.up + TITLE, panel.title, unit)
    label_ends(page, panel, [] if panel.bars else [last_of(values) for values in series], frame)


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


def draw_grid(page: Page, panel: Panel, frame: Frame) -> None:
    """Draw few round lines across a panel, with their values on its left."""
    for value in round_ticks(frame.top, 2 if panel.share else 4, 0.0 if panel.share else 1.0):
        y = float(frame.y(value))
        page.line([frame.left, frame.left + frame.across], [y, y], style.FAINT, 0.6)
        page.write(frame.left - 0.042, y, style.brief(value), style.SOFT, across="right", up="middle")


def draw_lines(
    page: Page, panel: Panel, series: Sequence[np.ndarray], bands: Sequence[np.ndarray], frame: Frame
) -> None:
    """Draw lines over the bands of further runs."""
    x = frame.x(1.0 + np.arange(frame.weeks))
    for line, values, band in zip(panel.lines, series, bands or [None] * len(series), strict=True):
        if band is not None:
            fill(page, x, frame.y(band[0]), frame.y(band[2]), faded(line.colour, 0.16))
            page.line(x, frame.y(band[1]), faded(line.colour, 0.6), THIN)
        if line.area:
            fill(page, x, np.full(len(x), frame.low), frame.y(values), faded(line.colour, 0.22))
        page.line(x, frame.y(values), line.colour, LINE, line.dash)
        if len(x) == 1:
            page.dots(x, frame.y(values), 9.0, line.colour)


def fill(page: Page, x: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str) -> None:
    """Fill between two lines where both are known."""
    known = np.nonzero(~np.isnan(low + high))[0]
    for part in np.split(known, np.nonzero(np.diff(known) > 1)[0] + 1):
        if len(part) > 1:
            page.area([*x[part], *x[part][::-1]], [*low[part], *high[part][::-1]], colour)


def last_of(values: np.ndarray) -> float:
    """Return the last number of a series, 0 where it has none."""
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else 0.0


def draw_bars(
    page: Page,
    panel: Panel,
    series: Sequence[np.ndarray],
    bands: Sequence[np.ndarray],
    frame: Frame,
    edges: np.ndarray,
) -> None:
    """Draw stacked bars over the band of the totals of further runs; ``series`` has the tops of the bars."""
    for low, middle, high in bands:
        # A step from the first to the last week of every bin.
        x = frame.x(np.repeat(edges, 2)[1:-1])
        low, middle, high = (frame.y(np.repeat(values, 2)) for values in (low, middle, high))
        fill(page, x, low, high, faded(style.GREY, 0.2))
        page.line(x, middle, faded(style.INK, 0.7), THIN)
    left, right = frame.x(edges[:-1]), frame.x(edges[:-1] + 0.86 * np.diff(edges))
    for line, (foot, top) in zip(panel.lines, pairwise([np.zeros(len(left)), *series]), strict=True):
        some = top > foot
        page.boxes(left[some], frame.y(foot[some]), right[some], frame.y(top[some]), line.colour)


def label_ends(page: Page, panel: Panel, ends: list[float], frame: Frame) -> None:
    """Name the lines at their ends, or the parts of bars from the top down."""
    n, right = len(panel.lines), frame.left + frame.across
    wanted = frame.y(ends) - frame.low if ends else frame.up - KEY * (n - np.arange(n) - 0.5)
    places = style.spread(wanted, KEY, 0.03, frame.up - 0.03) + frame.low
    for line, end, high in zip(panel.lines, frame.low + wanted, places, strict=True):
        if ends:
            page.line([right, right + 0.06], [end, high], line.colour, 0.7)
        key = [right + 0.06, right + 0.3]
        page.line(key, [high, high], line.colour, 1.6 if ends else 6.0, line.dash if ends else ())
        page.write(right + 0.35, high, line.label, line.colour, up="middle")
