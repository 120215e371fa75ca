"""Names of towns on a map, put where they cover neither each other nor the edge."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from sim.analysis.plots import style
from sim.analysis.plots.style import write

MOST_TOWNS = 6
TALL = 0.135  # inches of a line of small type
HALO = [withStroke(linewidth=2.2, foreground="white", alpha=0.85)]


def towns_of(result) -> list[tuple[str, int, int, bool]]:
    """Return name, row, column and whether it is the capital of the main places, the capital first."""
    rows, places = result.scenario.rows, result.scenario.places
    where = {letter: (r, c) for r, row in enumerate(rows) for c, letter in enumerate(row) if letter in places}
    order = sorted(where, key=lambda x: (not places[x].capital, -places[x].population, x))
    return [(places[x].name, *where[x], places[x].capital) for x in order[:MOST_TOWNS]]


def name_places(axes: Axes, size: tuple[float, float], result, ground, *, all_names: bool) -> None:
    """Mark the main towns; name them all, or the capital alone.

    Parameters
    ----------
    axes : Axes
        A map whose limits are set.
    size : tuple of float
        Width and height of the map in inches.
    result, ground
        The run and its ``Ground``.
    all_names : bool
        Whether towns beside the capital are named.
    """
    geography = result.world.geography
    top, left = geography.row[0] - ground.row[0], geography.column[0] - ground.column[0]
    high, wide = ground.base.shape[:2]
    taken: list[tuple[float, float, float, float]] = []
    towns = towns_of(result)
    points = [((c - left + 0.5) / wide * size[0], (1.0 - (r - top + 0.5) / high) * size[1]) for _, r, c, _ in towns]
    taken += [(x - 0.05, y - 0.05, x + 0.05, y + 0.05) for x, y in points]
    for (name, r, c, capital), (x, y) in zip(towns, points):
        marker, size_of = ("s", 5.0) if capital else ("o", 3.2)
        axes.plot(c - left, r - top, marker=marker, ms=size_of, mfc="white", mec=style.INK, mew=1.0)
        if not (capital or all_names):
            continue
        words, weight = style.shorten(name, 18), "bold" if capital else "normal"
        box = free_box(x, y, style.width(axes.figure, words, weight=weight), size, taken)
        if box is not None:
            taken.append(box)
            how = {"transform": axes.transAxes, "va": "bottom", "weight": weight, "path_effects": HALO}
            write(axes, box[0] / size[0], box[1] / size[1], words, zorder=6, **how)


def free_box(
    x: float,
    y: float,
    across: float,
    size: tuple[float, float],
    taken: list[tuple[float, float, float, float]],
) -> tuple[float, float, float, float] | None:
    """Return a free box for a name beside, below or above a point, in inches; None where there is no room."""
    near, half = 0.07, TALL / 2
    for left, low in (
        (x + near, y - half),
        (x - near - across, y - half),
        (x - across / 2, y - near - TALL),
        (x - across / 2, y + near),
        (x + near, y + 0.02),
        (x + near, y - TALL - 0.02),
        (x - near - across, y + 0.02),
        (x - near - across, y - TALL - 0.02),
    ):
        box = (left, low, left + across, low + TALL)
        inside = box[0] >= 0.03 and box[1] >= 0.02 and box[2] <= size[0] - 0.03 and box[3] <= size[1] - 0.02
        if inside and not any(overlap(box, other) for other in taken):
            return box
    return None


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Tell whether two boxes (left, low, right, high) share ground."""
    return bool(np.all([a[0] < b[2], b[0] < a[2], a[1] < b[3], b[1] < a[3]]))
