"""The legend that all maps share: rulers, sizes of marks, scale and north."""

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.maps import Ground, Scales
from sim.analysis.plots.moments import QUARTER, Moment, window
from sim.analysis.plots.page import Page

MOST_GROUPS = 4
LINE = 0.185  # inches


def draw_legend(
    page: Page,
    box: tuple[float, float, float, float],
    result,
    ground: Ground,
    moments: list[Moment],
    scales: Scales,
    colours: dict[int, str],
    inches_per_cell: float,
) -> None:
    """Draw the legend into a box: left, low, width and height."""
    left, low, across, up = box
    rows = rulers(page, left, low + up, result, moments, colours)
    weeks = window(len(result.weekly_array))
    during = "in a quarter" if weeks == QUARTER else f"in {weeks} weeks" if weeks > 1 else "in a week"
    first, step = left + 0.345 * across, 0.222 * across
    for k, (title, unit, scale, n, look) in enumerate(
        (
            ("Deaths", during, scales.deaths, 2, (style.BLOOD, "#ffffff", 0.5)),
            ("Displaced", "staying there", scales.displaced, 2, ("", style.RING, 0.9)),
            ("Peacekeepers", "at work there", scales.presence, 3, (style.HELMETS, "", 0.0)),
        )
    ):
        sizes(page, first + k * step, low + up, title, unit, scale, scales.most[k], n, look)
    scale_bar(page, left if up - rows * LINE > 0.55 else first, low + 0.1, ground, inches_per_cell, 0.4 * across)


def rulers(page: Page, left: float, top: float, result, moments: list[Moment], colours: dict[int, str]) -> int:
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
    page.write(left, top, "Who rules", style.INK, weight="bold", up="top")
    for n, (colour, words) in enumerate(rows):
        middle = top - 0.29 - n * LINE
        page.boxes(left, middle - 0.06, left + 0.22, middle + 0.06, colour, style.COAST, 0.5)
        page.write(left + 0.3, middle, words, style.INK, up="middle")
    return len(rows) + 1


def sizes(
    page: Page, left: float, top: float, title: str, unit: str, scale: float, most: float, n: int,
    look: tuple[str, str, float],
) -> None:  # fmt: skip
    """Show marks of a few round sizes beside their values."""
    page.write(left, top, title, style.INK, weight="bold", up="top")
    page.write(left, top - 0.165, unit, style.SOFT, up="top")
    if most < 1.0:
        page.write(left, top - 0.36, "none in this run", style.SOFT, up="top")
        return
    values, largest = [], style.round_down(most)
    for k in range(n):
        value = style.round_down(largest / 5.0**k) if n == 2 else style.round_down(largest / 10.0**k)
        if value >= 1.0 and value not in values and value * scale > 0.5:
            values.append(value)
    middle = top - 0.36
    for value in values:
        half = max(LINE, np.sqrt(value * scale) / 72.0 + 0.02) / 2.0
        middle -= half
        page.dots(left + 0.18, middle, value * scale, *look)
        page.write(left + 0.42, middle, f"{value:,.0f}", style.INK, up="middle")
        middle -= half


def scale_bar(page: Page, left: float, low: float, ground: Ground, inches_per_cell: float, longest: float) -> None:
    """Draw a bar of a round length at the scale of the maps, and an arrow to the north."""
    per_km = inches_per_cell / ground.cell_km
    km = style.round_down(min(longest, 0.35 * inches_per_cell * max(ground.base.shape)) / per_km)
    end = left + km * per_km
    page.line([left, left, end, end], [low + 0.05, low, low, low + 0.05], style.INK, 1.2)
    page.write(end + 0.08, low, f"{km:g} km", style.INK, up="middle")
    arrow = end + 0.9
    page.area([arrow, arrow - 0.05, arrow, arrow + 0.05], [low + 0.15, low - 0.03, low, low - 0.03], style.INK)
    page.write(arrow + 0.1, low + 0.03, "N", style.INK, weight="bold", up="middle")
