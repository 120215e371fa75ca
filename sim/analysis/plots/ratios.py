"""Outcomes of a comparison as ratios with intervals, on an axis where halving and doubling are equally far."""

from typing import NamedTuple

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.page import Page, faded

SHOWN = (
    ("conflict_deaths", "Deaths in the conflict"),
    ("civilian_deaths", "Civilians killed"),
    ("battle_deaths", "Fighters killed"),
    ("murders", "Killed by crime"),
    ("riot_deaths", "Killed in riots"),
    ("fled", "People who fled"),
    ("displaced_person_years", "Years in displacement"),
    ("conflict_years_25", "Years of conflict"),
    ("fear_mean", "Fear"),
    ("need_mean", "Unmet need"),
    ("trust_state_end", "Trust in the state"),
    ("institutions_kept", "Institutions kept"),
)
ROW = 0.215  # inches
WIDEST = 20.0  # times as much or as little: ends of the axis at the most
MANY_TIMES = 10.0  # from which changes are written in times
LABELS, FIGURES = 1.5, 1.72  # inches for words on the left and figures on the right


class Axis(NamedTuple):
    """A logarithmic axis around 1."""

    left: float
    across: float
    most: float  # largest ratio on it; the smallest is one over it

    def x(self, ratio: float) -> float:
        """Return where a ratio is; those beyond the ends are at the ends."""
        share = np.log(min(max(ratio, 1.0 / self.most), self.most)) / np.log(self.most)
        return float(self.left + 0.5 * self.across * (1.0 + share))


def draw_ratios(page: Page, comparison, box: tuple[float, float, float, float], colours: tuple[str, str]) -> None:
    """Draw the ratios of the main outcomes into a box: left, low, width and height."""
    left, low, across, up = box
    effects = [(comparison.effects[name], words) for name, words in SHOWN]
    effects = [(effect, words) for effect, words in effects if effect.ratio.value > 0.0 and effect.ratio.low >= 0.0]
    rows = effects[: int((up - 0.62) / ROW)]
    ends = [max(e.ratio.high, 1.0 / max(e.ratio.low, 1.0 / WIDEST)) for e, _ in rows]
    most = next(end for end in (1.25, 2.0, 4.0, WIDEST) if end >= min(max(ends, default=2.0), WIDEST))
    axis = Axis(left + LABELS, across - LABELS - FIGURES, most)
    style.entitle(
        page, left, low + up - 0.12, "Outcomes", "blue over orange, 95 % interval; in the colour of the better side"
    )
    foot = low + up - 0.42 - ROW * len(rows)
    draw_axis(page, axis, foot, low + up - 0.36)
    for number, (effect, words) in enumerate(rows):
        draw_row(page, axis, effect, words, (left, low + up - 0.42 - ROW * (number + 0.5)), left + across, colours)


def draw_axis(page: Page, axis: Axis, low: float, high: float) -> None:
    """Draw the lines of round ratios with their names below."""
    whole = {1.25: (0.8, 1.25), 2.0: (0.5, 2.0), 4.0: (0.25, 0.5, 2.0, 4.0), WIDEST: (0.1, 10.0)}
    for ratio in (1.0, *whole[axis.most]):
        x = axis.x(ratio)
        page.line([x, x], [low, high], style.SOFT if ratio == 1.0 else style.FAINT, 0.8)
        page.write(x, low - 0.05, "same" if ratio == 1.0 else f"×{ratio:g}", style.SOFT, across="middle", up="top")


def draw_row(
    page: Page,
    axis: Axis,
    effect,
    words: str,
    at: tuple[float, float],
    right: float,
    colours: tuple[str, str],
) -> None:
    """Draw one outcome; its colour is that of the side with more of what is wanted, grey where that is open."""
    left, y = at
    found, better = effect.ratio, effect.better
    colour = {"first": colours[0], "second": colours[1]}.get(better, style.GREY)
    page.write(left, y, words, style.INK, up="middle")
    page.line([axis.x(found.low), axis.x(found.high)], [y, y], faded(colour, 0.55), 3.0)
    page.dots(axis.x(found.value), y, 30.0, colour, "#ffffff", 0.6)
    page.write(right, y, percents(found), colour, across="right", up="middle")


def percents(ratio) -> str:
    """Write a ratio as a change in per cent with its interval; what is many times as much, in times."""
    if ratio[2] >= MANY_TIMES:
        value, low, high = (f"×{float(f'{part:.2g}'):,.{0 if part >= 10.0 else 1}f}" for part in ratio)
        return f"{value} ({low} to {high})"
    value, low, high = (f"{100.0 * (part - 1.0):+,.0f}".replace("-", "−") for part in ratio)
    value, low, high = ("0" if part in ("+0", "−0") else part for part in (value, low, high))
    return f"{value} % ({low} to {high})"
