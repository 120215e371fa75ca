"""Survival curves, bands of weekly series, and response surfaces."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from sim.analysis.plots import style
from sim.analysis.plots.study.chart import COLOURS, DASHES, Chart, fold, level_words, list_rows, reach, short

HEAT = LinearSegmentedColormap.from_list("house", ["#f3f6f8", "#a9cbe8", "#3f8fc4", "#0b4f86", "#08264a"])
FINE = 48  # points of a surface along each side


def plot_survival(table: pd.DataFrame, label: str, title: str = "", by: str = "") -> Chart:
    """Draw Kaplan-Meier curves as steps with their intervals, and the number at risk below.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.study.survival.kaplan_meier`.
    label : str
        What the time is, with unit.
    title : str
    by : str
        Label of the groups.
    """
    groups = list(dict.fromkeys(table["group"]))[: len(COLOURS)]
    chart = Chart(7.2, 3.6 + 0.17 * len(groups), title)
    axes, top = chart.axes, float(table["time"].max())
    for k, group in enumerate(groups):
        rows, colour = table[table["group"] == group], COLOURS[k]
        axes.fill_between(rows["time"], rows["low"], rows["high"], step="post", color=colour, alpha=0.13, linewidth=0.0)
        dash = DASHES[k % len(DASHES)]
        axes.step(
            rows["time"], rows["survival"], where="post", color=colour, linestyle=dash, label=level_words(group)[:28]
        )
    axes.set(xlim=(0.0, top), ylim=(0.0, 1.02), ylabel="share still going")
    ticks = [tick for tick in axes.get_xticks() if 0.0 <= tick <= top]
    risk = [
        "\n".join([f"{tick:g}", *(str(at_risk(table[table["group"] == g], tick)) for g in groups)]) for tick in ticks
    ]
    axes.set_xticks(ticks, risk)
    order = ", in the order of the key" if len(groups) > 1 else ""
    axes.set_xlabel(f"{fold(label, 76)}\n(below the axis: runs still at risk{order})")
    axes.grid(axis="y")
    if len(groups) > 1:
        chart.key(axes, short(by, 30))
    return chart


def at_risk(rows: pd.DataFrame, time: float) -> int:
    """Return how many spells of a group were still going just before a time."""
    later = rows[rows["time"] >= time]
    return int(later["at_risk"].iloc[0]) if len(later) else 0


def plot_bands(table: pd.DataFrame, label: str, title: str = "", by: str = "") -> Chart:
    """Draw the median of a weekly series, with the middle half and the middle nine tenths of runs.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.study.bands.bands`.
    label : str
        Series with unit.
    title : str
    by : str
        Label of the groups, one panel for each.
    """
    groups = list(dict.fromkeys(table["group"]))[:6]
    columns = min(3, len(groups))
    rows = -(-len(groups) // columns)
    chart = Chart(max(5.2, 2.9 * columns), 0.9 + 2.3 * rows, title, rows, columns)
    top = float(table[0.95].max())
    for k, axes in enumerate(chart.panels.flat):
        if k >= len(groups):
            axes.set_axis_off()
            continue
        part, colour = table[table["group"] == groups[k]], COLOURS[k % len(COLOURS)]
        for low, high, cover in ((0.05, 0.95, 0.14), (0.25, 0.75, 0.26)):
            axes.fill_between(part["week"], part[low], part[high], color=colour, alpha=cover, linewidth=0.0)
        axes.plot(part["week"], part[0.5], color=colour, linewidth=1.5)
        axes.set(
            xlim=(0, max(1, int(table["week"].max()))), ylim=(min(0.0, float(table[0.05].min())), 1.05 * top or 1.0)
        )
        if len(groups) > 1:
            axes.set_title(short(f"{by}: {groups[k]}" if by else groups[k], 30), fontsize=9.0, fontweight="bold")
        axes.grid(axis="y")
        if k % columns == 0:
            axes.set_ylabel(fold(label, 28))
        if k >= len(groups) - columns:
            axes.set_xlabel("week")
    return chart


def plot_surface(surface, ranges: list[tuple[float, float]], labels: list[str], label: str, title: str = "") -> Chart:
    """Draw a response surface over two factors as contours, with the points it was fitted to.

    Parameters
    ----------
    surface : sim.analysis.study.surface.Surface
        Of two factors.
    ranges : list of (float, float)
        Low and high end of each factor.
    labels : list of str
    label : str
        Outcome with unit.
    title : str
    """
    chart = Chart(6.4, 4.6, title)
    axes, side = chart.axes, np.linspace(0.0, 1.0, FINE)
    u, v = np.meshgrid(side, side)
    height = surface(np.column_stack([u.ravel(), v.ravel()])).reshape(u.shape)
    (a, b), (c, d) = ranges
    x, y = a + (b - a) * u, c + (d - c) * v
    with mpl.rc_context({"text.parse_math": False}):
        filled = axes.contourf(x, y, height, levels=12, cmap=HEAT)
        lines = axes.contour(x, y, height, levels=6, colors=style.PAPER, linewidths=0.6)
        axes.clabel(lines, fontsize=7.5, fmt=lambda value: style.brief(value))
        points = surface.points
        look = {"markersize": 2.6, "markeredgecolor": style.PAPER, "markeredgewidth": 0.4, "color": style.INK}
        axes.plot(a + (b - a) * points[:, 0], c + (d - c) * points[:, 1], "o", **look)
        key = chart.figure.colorbar(filled, ax=axes)
        key.set_label(fold(label, 40))
        key.outline.set_visible(False)
    axes.set(xlabel=short(labels[0], 50), ylabel=short(labels[1], 40))
    return chart


def plot_front(table: pd.DataFrame, names: list[str], labels: list[str], title: str = "") -> Chart:
    """Draw what a policy search tried, and the Pareto front, for each pair of goals.

    Parameters
    ----------
    table : DataFrame
        One row a candidate: goals, ``feasible`` and ``front``.
    names : list of str
        Columns of the goals, two or more.
    labels : list of str
    title : str
    """
    pairs = [(0, k) for k in range(1, len(names))] + ([(1, 2)] if len(names) > 2 else [])
    chart = Chart(max(4.6, 3.1 * len(pairs)), 3.4, title, 1, len(pairs))
    for (i, k), axes in zip(pairs, chart.panels[0], strict=True):
        for chosen, look in (
            (~table["feasible"], {"color": style.FAINT, "markersize": 4.0}),
            (table["feasible"] & ~table["front"], {"color": style.GREY, "markersize": 4.0, "alpha": 0.6}),
            (table["front"], {"color": style.ORANGE, "markersize": 5.5}),
        ):
            axes.plot(table.loc[chosen, names[i]], table.loc[chosen, names[k]], "o", **look)
        axes.set(xlabel=fold(labels[i], 34), ylabel=fold(labels[k], 34))
        axes.locator_params(nbins=5)
        axes.grid()
        axes.set_axisbelow(True)
    return chart


def plot_shares(table: pd.DataFrame, label: str, title: str = "") -> Chart:
    """Draw Shapley shares of the parts of a mission, with their intervals.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.attribution.attribute`: ``part``, ``share``, ``low``, ``high``.
    label : str
        Outcome with unit.
    title : str
    """
    table = table.sort_values("share", key=np.abs, ascending=False, ignore_index=True)
    y, share = np.arange(len(table)), table["share"].to_numpy()
    chart = Chart(7.2, max(1.9, 0.36 * len(table) + 1.1), title)
    axes = chart.axes
    axes.barh(y, share, 0.6, color=[style.ORANGE if value > 0.0 else style.BLUE for value in share])
    axes.errorbar(share, y, xerr=reach(table, "share"), fmt="none", ecolor=style.INK, elinewidth=1.0, capsize=2.0)
    axes.axvline(0.0, color=style.INK, linewidth=0.8)
    axes.set_xlabel(fold(f"part of the change in {label}", 70))
    list_rows(axes, [short(name) for name in table["part"]])
    return chart
