"""Sensitivity indices: Sobol bars, their convergence, and Morris's plane."""

import numpy as np
import pandas as pd

from sim.analysis.plots import style
from sim.analysis.plots.study.chart import COLOURS, Chart, list_rows, reach, short


def plot_sobol(indices: pd.DataFrame, title: str = "", chance: float = 0.0) -> Chart:
    """Draw first-order and total indices as bars with their intervals.

    Parameters
    ----------
    indices : DataFrame
        Of `sim.analysis.study.sensitivity.Sobol`.
    title : str
    chance : float
        Share of chance in single runs, said below.
    """
    table = indices.sort_values("total", ascending=False, ignore_index=True)
    y = np.arange(len(table))
    chart = Chart(7.2, max(2.2, 0.42 * len(table) + 1.3), title)
    axes = chart.axes
    for name, shift, colour, words in (
        ("first", -0.19, style.BLUE, "alone (first order)"),
        ("total", 0.19, style.ORANGE, "with all its interactions (total)"),
    ):
        values = table[name].to_numpy()
        ends = reach(table, name, f"{name}_low", f"{name}_high")
        axes.barh(y + shift, values, 0.36, color=colour, label=words)
        axes.errorbar(values, y + shift, xerr=ends, fmt="none", ecolor=style.INK, elinewidth=1.0, capsize=2.0)
    axes.axvline(0.0, color=style.INK, linewidth=0.8)
    list_rows(axes, [short(name) for name in table["factor"]])
    noise = f"; seeds alone make {chance:.0%} of the variance of single runs" if chance > 0.0 else ""
    axes.set_xlabel(f"share of the variance between points{noise}")
    axes.legend(loc="lower right", frameon=False)
    return chart


def plot_convergence(table: pd.DataFrame, title: str = "") -> Chart:
    """Draw total indices over the number of base points: what still moves is not yet known.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.study.sensitivity.convergence`.
    title : str
    """
    chart = Chart(7.2, 3.6, title)
    axes = chart.axes
    last = table[table["n"] == table["n"].max()].sort_values("total", ascending=False)
    for k, name in enumerate(last["factor"].head(len(COLOURS))):
        rows, colour = table[table["factor"] == name], COLOURS[k]
        axes.fill_between(rows["n"], rows["total_low"], rows["total_high"], color=colour, alpha=0.14, linewidth=0.0)
        axes.plot(rows["n"], rows["total"], "o-", color=colour, markersize=3.5, linewidth=1.4, label=short(name, 28))
    axes.set_xscale("log", base=2)
    axes.set_xticks(sorted(table["n"].unique()), [f"{n:,}" for n in sorted(table["n"].unique())])
    axes.minorticks_off()
    axes.set(xlabel="base points of the design", ylabel="total index")
    axes.grid(axis="y")
    chart.key(axes)
    return chart


def plot_morris(table: pd.DataFrame, label: str, title: str = "") -> Chart:
    """Draw the size of elementary effects as bars, and beside them size against spread.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.study.sensitivity.morris`.
    label : str
        Outcome with unit.
    title : str
    """
    table = table.sort_values("mu_star", ascending=False, ignore_index=True)
    y = np.arange(len(table))
    chart = Chart(8.6, max(2.8, 0.3 * len(table) + 1.3), title, 1, 2)
    bars, plane = chart.panels[0]
    size = table["mu_star"].to_numpy()
    bars.barh(y, size, 0.6, color=[style.ORANGE if mu > 0.0 else style.BLUE for mu in table["mu"]])
    bars.errorbar(size, y, xerr=reach(table, "mu_star"), fmt="none", ecolor=style.INK, elinewidth=1.0, capsize=2.0)
    bars.set_xlabel(f"mean size of effects, {label}\n(orange raises it, blue lowers it)")
    list_rows(bars, [short(name, 28) for name in table["factor"]])
    plane.plot(size, table["sigma"], "o", color=style.GREY, markersize=5.0)
    top = 1.1 * max(float(np.nanmax(size, initial=0.0)), float(np.nanmax(table["sigma"], initial=0.0)), 1e-12)
    plane.plot([0.0, top], [0.0, top], color=style.SOFT, linewidth=0.8, linestyle=(0, (4, 2)))
    for k in range(min(6, len(table))):
        words = short(table["factor"][k], 20)
        turn = size[k] > 0.6 * top
        look = {"textcoords": "offset points", "fontsize": 8.0, "ha": "right" if turn else "left"}
        plane.annotate(words, (size[k], table["sigma"][k]), xytext=(-6 if turn else 6, 3), **look)
    plane.set(xlabel="mean size", ylabel="spread (interactions, curvature)", xlim=(0.0, top), ylim=(0.0, top))
    plane.grid(axis="x")
    plane.set_axisbelow(True)
    return chart


def plot_split(table: pd.DataFrame, title: str = "") -> Chart:
    """Draw how variance splits between structure, policy, both together and chance.

    Parameters
    ----------
    table : DataFrame
        Of `sim.analysis.study.variance.variance_split`.
    title : str
    """
    chart = Chart(7.2, 2.3, title)
    axes, y = chart.axes, np.arange(len(table))
    share = table["share"].to_numpy()
    axes.barh(y, share, 0.6, color=[style.BLUE, style.ORANGE, style.GREEN, style.GREY][: len(table)])
    ends = np.abs(table[["low", "high"]].to_numpy() - share[:, None]).T
    if np.isfinite(ends).all():
        axes.errorbar(share, y, xerr=ends, fmt="none", ecolor=style.INK, elinewidth=1.0, capsize=2.0)
    axes.set(xlabel="share of the variance", xlim=(0.0, 1.0))
    list_rows(axes, list(table["source"]))
    return chart
