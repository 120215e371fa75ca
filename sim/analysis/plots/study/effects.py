"""Effects of factors: levels with their means, differences to a reference, and combinations of two factors."""

from numbers import Real

import numpy as np
import pandas as pd

from sim.analysis.plots import style
from sim.analysis.plots.study.chart import COLOURS, DASHES, Chart, fold, level_words, list_rows, reach, short

LINE = 0.27  # inches for a row


def plot_effects(table: pd.DataFrame, label: str, title: str = "", labels: dict[str, str] | None = None) -> Chart:
    """Draw the mean and the middle 80 % of runs at every level of every factor, with differences beside them.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.study.effects.effect_table`.
    label : str
        Outcome with unit.
    title : str
    labels : dict of str to str, optional
        Words for the factors.
    """
    labels, groups = labels or {}, list(dict.fromkeys(table["factor"]))
    places, heads, at = [], [], 0.0
    for name in groups:
        heads.append((at, name))
        n = int((table["factor"] == name).sum())
        places += [at + 1.0 + k for k in range(n)]
        at += n + 1.6
    y = np.array(places)
    chart = Chart(8.6, max(1.9, LINE * at + 1.1), title, 1, 2)
    left, right = chart.panels[0]
    known = table["matched"].to_numpy() > 0
    left.hlines(y, table["q10"], table["q90"], color=style.FAINT, linewidth=5.0)
    ends = reach(table, "mean", "mean_low", "mean_high")
    left.errorbar(table["mean"], y, xerr=ends, fmt="o", color=style.BLUE, markersize=4.0, linewidth=1.4)
    right.axvline(0.0, color=style.SOFT, linewidth=0.8)
    change = table["difference"].to_numpy()
    ends = reach(table, "difference")
    for chosen, face in ((known, style.ORANGE), (~known, style.PAPER)):
        use = chosen & ~np.isnan(change)
        look = {"fmt": "o", "color": style.ORANGE, "markerfacecolor": face, "markersize": 4.5, "linewidth": 1.4}
        if use.any():
            right.errorbar(change[use], y[use], xerr=ends[:, use], **look)
    base = table["reference"].to_numpy()
    right.plot(np.zeros(base.sum()), y[base], "|", color=style.SOFT, markersize=7.0)
    for axes, words in ((left, label), (right, f"difference to the reference: {label}")):
        axes.set(xlabel=fold(words, 46), ylim=(at - 0.4, -0.5))
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        axes.locator_params(axis="x", nbins=5)
    left.set_yticks(y, [level_words(level)[:28] for level in table["level"]])
    right.set_yticks(y, ["" for _ in y])
    for place, name in heads:
        words = {"fontweight": "bold", "fontsize": 9.0, "color": style.INK, "va": "center"}
        left.text(
            0.0, place + 0.15, f" {short(labels.get(name, name), 46)}", transform=left.get_yaxis_transform(), **words
        )
    return chart


def plot_tornado(names: list[str], low: np.ndarray, high: np.ndarray, label: str, title: str = "") -> Chart:
    """Draw how far each factor moves an outcome, the farthest on top.

    Parameters
    ----------
    names : list of str
    low, high : array (factors,)
        Lowest and highest difference to the reference that the factor makes.
    label : str
        Outcome with unit.
    title : str
    """
    order = np.argsort(np.maximum(np.abs(low), np.abs(high)))[::-1]
    y = np.arange(len(order))
    chart = Chart(7.2, max(1.8, LINE * 1.3 * len(order) + 1.1), title)
    axes = chart.axes
    low, high = np.minimum(0.0, low[order]), np.maximum(0.0, high[order])
    axes.barh(y, low, color=style.BLUE, height=0.62)
    axes.barh(y, high, color=style.ORANGE, height=0.62)
    axes.axvline(0.0, color=style.INK, linewidth=0.8)
    axes.set_xlabel(fold(f"difference to the reference: {label}", 80))
    list_rows(axes, [short(names[k]) for k in order])
    return chart


def plot_interaction(table: pd.DataFrame, first: str, second: str, label: str, title: str = "") -> Chart:
    """Draw an outcome over the levels of one factor, a line for each level of another; parallel lines do not interact.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.study.effects.interaction_table`.
    first, second : str
        Labels of the factor along the axis and of the one with a line each.
    label : str
    title : str
    """
    chart = Chart(7.2, 3.9, title)
    axes, places = chart.axes, _places(list(dict.fromkeys(table["first"])))
    lines = list(dict.fromkeys(table["second"]))
    apart = 0.12 * min(np.diff(sorted(places.values())), default=1.0) / max(1, len(lines) - 1)
    for k, level in enumerate(lines):
        rows = table[[value == level for value in table["second"]]]
        x = np.array([places[value] for value in rows["first"]]) + apart * (k - 0.5 * (len(lines) - 1))
        colour, dash = COLOURS[k % len(COLOURS)], DASHES[k % len(DASHES)]
        look = {"color": colour, "marker": "o", "markersize": 4.0, "linewidth": 1.5, "elinewidth": 1.0}
        axes.errorbar(x, rows["mean"], yerr=reach(rows, "mean"), linestyle=dash, label=level_words(level)[:28], **look)
    axes.set_xticks(list(places.values()), [level_words(level)[:18] for level in places])
    axes.set(xlabel=short(first, 60), ylabel=fold(label, 40))
    axes.grid(axis="y")
    chart.key(axes, short(second, 30))
    return chart


def _places(levels: list) -> dict:
    """Return where levels stand along an axis: numbers at their value, words one after the other."""
    if len(levels) > 1 and all(isinstance(level, Real) and not isinstance(level, bool) for level in levels):
        return {level: float(level) for level in levels}
    return {level: float(place) for place, level in enumerate(levels)}
