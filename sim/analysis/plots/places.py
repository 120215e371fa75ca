"""Names of towns on a map, put where they cover neither each other nor the edge."""

from typing import NamedTuple

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.page import Box, Page

MOST_TOWNS = 6
TALL = 0.135  # inches of a line of small type


class Sheet(NamedTuple):
    """Where a map is on the page, in inches."""

    left: float
    low: float
    rows: int
    columns: int
    cell: float  # side of a cell

    @property
    def across(self) -> float:
        """Width."""
        return self.cell * self.columns

    @property
    def up(self) -> float:
        """Height."""
        return self.cell * self.rows

    def x(self, column: np.ndarray | float) -> np.ndarray:
        """Return where the middle of a column is."""
        return self.left + self.cell * (np.asarray(column, dtype=float) + 0.5)

    def y(self, row: np.ndarray | float) -> np.ndarray:
        """Return where the middle of a row is; the first is on top."""
        return self.low + self.cell * (self.rows - 0.5 - np.asarray(row, dtype=float))

    def holds(self, box: Box) -> bool:
        """Whether a box is inside, with a margin."""
        left, low, right, high = box
        inside = left >= self.left + 0.03 and right <= self.left + self.across - 0.03
        return inside and low >= self.low + 0.02 and high <= self.low + self.up - 0.02


def towns_of(result) -> list[tuple[str, int, int, bool]]:
    """Return name, row, column and whether it is the capital of the main places, the capital first."""
    rows, places = result.scenario.rows, result.scenario.places
    where = {letter: (r, c) for r, row in enumerate(rows) for c, letter in enumerate(row) if letter in places}
    order = sorted(where, key=lambda x: (not places[x].capital, -places[x].population, x))
    return [(places[x].name, *where[x], places[x].capital) for x in order[:MOST_TOWNS]]


def name_places(page: Page, sheet: Sheet, result, ground, *, all_names: bool) -> None:
    """Mark the main towns; name them all, or the capital alone.

    Parameters
    ----------
    page : Page
    sheet : Sheet
        Where the map is.
    result, ground
        The run and its ``Ground``.
    all_names : bool
        Whether towns beside the capital are named.
    """
    geography = result.world.geography
    top, left = geography.row[0] - ground.row[0], geography.column[0] - ground.column[0]
    towns = towns_of(result)
    points = [(float(sheet.x(c - left)), float(sheet.y(r - top))) for _, r, c, _ in towns]
    taken = [(x - 0.05, y - 0.05, x + 0.05, y + 0.05) for x, y in points]
    for (name, _, _, capital), (x, y) in zip(towns, points):
        if capital:
            page.boxes(x - 0.035, y - 0.035, x + 0.035, y + 0.035, "#ffffff", style.INK, 1.0)
        else:
            page.dots(x, y, 10.0, "#ffffff", style.INK, 1.0)
        if not (capital or all_names):
            continue
        words, weight = style.shorten(name, 18), "bold" if capital else "normal"
        box = free_box(x, y, page.width(words, weight=weight), sheet, taken)
        if box is not None:
            taken.append(box)
            page.write(box[0], box[1], words, style.INK, weight=weight, up="foot", halo=True)


def free_box(x: float, y: float, across: float, sheet: Sheet, taken: list[Box]) -> Box | None:
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
        if sheet.holds(box) and not any(overlap(box, other) for other in taken):
            return box
    return None


def overlap(a: Box, b: Box) -> bool:
    """Tell whether two boxes (left, low, right, high) share ground."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
