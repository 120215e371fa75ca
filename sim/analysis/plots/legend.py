"""The legend that all maps share: rulers, sizes of marks, scale and north."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from sim.analysis.plots import style
from sim.analysis.plots.maps import Ground, Scales
from sim.analysis.plots.moments import QUARTER, Moment, window
from sim.analysis.plots.style import write

MOST_GROUPS = 4
LINE = 0.185  # inches


def draw_legend(
    figure: Figure,
    box: tuple[float, float, float, float],
    result,
    ground: Ground,
    moments: list[Moment],
    scales: Scales,
    colours: dict[int, str],
    inches_per_cell: float,
) -> Axes:
    """Draw the legend into a box given in inches; its own coordinates are inches too."""
    x, y, across, up = box
    wide, high = figure.get_figwidth(), figure.get_figheight()
    axes = figure.add_axes((x / wide, y / high, across / wide, up / high))
    axes.set(xlim=(0, across), ylim=(0, up))
    axes.set_axis_off()
    axes.set_gid("legend")
    rows = rulers(axes, up, result, moments, colours)
    left, step = 0.345 * across, 0.222 * across
    weeks = window(len(result.weekly_array))
    during = "in a quarter" if weeks == QUARTER else f"in {weeks} weeks" if weeks > 1 else "in a week"
    deaths = {"facecolors": style.DEATHS + "b8", "edgecolors": "white", "linewidths": 0.5}
    rings = {"facecolors": "none", "edgecolors": style.RING, "linewidths": 0.9}
    helmets = {"facecolors": style.HELMETS, "edgecolors": "none"}
    for k, (title, unit, scale, n, look) in enumerate(
        (
            ("Deaths", during, scales.deaths, 2, deaths),
            ("Displaced", "staying there", scales.displaced, 2, rings),
            ("Peacekeepers", "at work there", scales.presence, 3, helmets),
        )
    ):
        sizes(axes, left + k * step, up, title, unit, scale, scales.most[k], n, look)
    scale_bar(axes, 0.0 if up - rows * LINE > 0.55 else left, 0.1, ground, inches_per_cell, 0.4 * across)
    return axes


def rulers(axes: Axes, up: float, result, moments: list[Moment], colours: dict[int, str]) -> int:
    """List the colours of those who rule on a map, most ground first; return the number of lines."""
    held = np.zeros(len(colours) + 1)
    for moment in moments:
        held += np.bincount(moment.ruler + 1, minlength=len(held))
    order = sorted((a for a in colours if held[a + 1] > 0), key=lambda a: -held[a + 1])
    named = [a for a in order if colours[a] != style.OTHERS][:MOST_GROUPS]
    groups = result.scenario.armed_groups
    rows = [(colours[a], style.short_name(groups[a].id, groups[a].name, 22)) for a in named]
    if len(order) > len(named):
        rows.append((style.OTHERS, f"{len(order) - len(named)} more groups"))
    if held[0] > 0:
        rows.append((style.NOBODY, "nobody"))
    write(axes, 0.0, up, "Who rules", va="top", weight="bold")
    for n, (colour, words) in enumerate(rows):
        middle = up - 0.29 - n * LINE
        patch = Rectangle((0.0, middle - 0.06), 0.22, 0.12, facecolor=colour, edgecolor=style.COAST, linewidth=0.5)
        axes.add_patch(patch)
        write(axes, 0.3, middle, words, va="center_baseline")
    return len(rows) + 1


def sizes(
    axes: Axes, left: float, up: float, title: str, unit: str, scale: float, most: float, n: int, look: dict
) -> None:
    """Show marks of a few round sizes beside their values."""
    write(axes, left, up, title, va="top", weight="bold")
    write(axes, left, up - 0.165, unit, va="top", color=style.SOFT)
    if most < 1.0:
        write(axes, left, up - 0.36, "none in this run", va="top", color=style.SOFT)
        return
    values, top = [], style.round_down(most)
    for k in range(n):
        value = style.round_down(top / 5.0**k) if n == 2 else style.round_down(top / 10.0**k)
        if value >= 1.0 and value not in values and value * scale > 0.5:
            values.append(value)
    middle = up - 0.36
    for value in values:
        points = np.sqrt(value * scale)
        middle -= max(LINE, points / 72.0 + 0.02) / 2.0
        axes.scatter([left + 0.18], [middle], s=value * scale, **look)
        write(axes, left + 0.42, middle, f"{value:,.0f}", va="center_baseline")
        middle -= max(LINE, points / 72.0 + 0.02) / 2.0


def scale_bar(axes: Axes, left: float, low: float, ground: Ground, inches_per_cell: float, longest: float) -> None:
    """Draw a bar of a round length at the scale of the maps, and an arrow to the north."""
    per_km = inches_per_cell / ground.cell_km
    km = style.round_down(min(longest, 0.35 * inches_per_cell * max(ground.base.shape[:2])) / per_km)
    end = left + km * per_km
    axes.plot([left, left, end, end], [low + 0.05, low, low, low + 0.05], color=style.INK, lw=1.2)
    write(axes, end + 0.08, low, f"{km:g} km", va="center_baseline")
    arrow = end + 0.9
    axes.add_patch(
        Polygon(
            [(arrow, low + 0.15), (arrow - 0.05, low - 0.03), (arrow, low), (arrow + 0.05, low - 0.03)],
            facecolor=style.INK,
        )
    )
    write(axes, arrow + 0.1, low + 0.03, "N", va="center_baseline", weight="bold")
