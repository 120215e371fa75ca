"""Maps of a country on chosen dates: who rules, where people die, flee and are protected."""

from typing import NamedTuple

import numpy as np

from sim.analysis.plots import style
from sim.analysis.plots.charts import TITLE
from sim.analysis.plots.moments import Moment
from sim.analysis.plots.page import Page
from sim.analysis.plots.places import Sheet, name_places
from sim.scenario.drawing import WATER
from sim.world.kinds import GroupKind

DAYS_FROM = 52  # weeks; the maps of shorter runs are dated to the day
MANY = 60  # marks on all maps, from which their usual size is kept below that of a cell
DOTS_ACROSS = 40  # marks are gathered into at most this many along a side


class Ground(NamedTuple):
    """What all maps of a run share."""

    base: np.ndarray  # (rows, columns) 0 for sea, 1 for neighbours
    row: np.ndarray  # (C,) in the cut-out
    column: np.ndarray  # (C,)
    outline: np.ndarray  # (n, 2) of points, NaN between lines
    borders: np.ndarray  # (n, 2) between regions
    cell_km: float
    block: int  # cells along a side that share a mark


def ground_of(result) -> Ground:
    """Return the cut-out of the drawing that holds the country, with a margin."""
    rows, geography = result.scenario.rows, result.world.geography
    height, wide = len(rows), len(rows[0])
    margin = 1 + max(np.ptp(geography.row), np.ptp(geography.column)) // 30
    top, left = max(0, geography.row.min() - margin), max(0, geography.column.min() - margin)
    bottom = min(height, geography.row.max() + margin + 1)
    right = min(wide, geography.column.max() + margin + 1)
    letters = np.array([list(row[left:right]) for row in rows[top:bottom]])
    base = np.where(letters == WATER, 0, 1)
    row, column = geography.row - top, geography.column - left
    region = np.full(letters.shape, -1)
    region[row, column] = geography.region
    block = -(-max(letters.shape) // DOTS_ACROSS)
    inner = edges(region, inner=True) if block == 1 else np.empty((0, 2))
    return Ground(base, row, column, edges(region >= 0), inner, float(geography.cell_km[0]), block)


def edges(of: np.ndarray, inner: bool = False) -> np.ndarray:
    """Return the lines between unlike cells, as points with NaN between; inside the country only if asked."""
    framed = np.pad(of.astype(int), 1, constant_values=-1 if inner else 0)
    lines = []
    for turned in (False, True):
        a = framed.T if turned else framed
        unlike = a[:, 1:] != a[:, :-1]
        if inner:
            unlike &= (a[:, 1:] >= 0) & (a[:, :-1] >= 0)
        y, x = np.nonzero(unlike)
        x, y = x - 0.5, y - 1.0
        ends = np.stack([x, y - 0.5, x, y + 0.5, np.full(len(x), np.nan), np.full(len(x), np.nan)], axis=1)
        points = ends.reshape(-1, 2)
        lines.append(points[:, ::-1] if turned else points)
    return np.concatenate(lines)


def colours_of(result) -> dict[int, str]:
    """Return a colour for each armed group: blues for the state, others apart from them."""
    kinds = [int(kind) for kind in result.world.groups.kind]
    states = [a for a, kind in enumerate(kinds) if kind == GroupKind.STATE]
    armed = [a for a, kind in enumerate(kinds) if kind != GroupKind.STATE]
    colours = {a: style.STATES[min(n, len(style.STATES) - 1)] for n, a in enumerate(states)}
    return colours | {a: style.ARMED[n] if n < len(style.ARMED) else style.OTHERS for n, a in enumerate(armed)}


def gather(ground: Ground, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return column, row and sum of each block of cells in which there is something."""
    k = ground.block
    wide = ground.base.shape[1] // k + 1
    block = (ground.row // k) * wide + ground.column // k
    size = wide * (ground.base.shape[0] // k + 1)
    total = np.bincount(block, weights=values, minlength=size)
    cells = np.maximum(1, np.bincount(block, minlength=size))
    at = np.nonzero(total > 0.0)[0]
    x = np.bincount(block, weights=ground.column, minlength=size)[at] / cells[at]
    y = np.bincount(block, weights=ground.row, minlength=size)[at] / cells[at]
    return x, y, total[at]


class Scales(NamedTuple):
    """Area in square points of a mark for one person dead, displaced or at work, and the values they span."""

    deaths: float
    displaced: float
    presence: float
    most: tuple[float, float, float]


def scales_of(ground: Ground, moments: list[Moment], points: float) -> Scales:
    """Return scales that give the largest marks of all maps a set size; ``points`` is a map's side."""
    side = points * ground.block / max(ground.base.shape[:2])
    large = 0.105 * points
    per, most = [], []
    # The largest mark may cover its neighbours; most marks may not.
    for layers, widest, usual, least in (
        ([m.deaths for m in moments], large, 9.0 * large, 20.0),
        ([m.displaced for m in moments], 1.15 * large, 1.3 * side, 500.0),
        ([m.presence for m in moments], 0.8 * large, 0.8 * side, 20.0),
    ):
        values = np.concatenate([gather(ground, layer)[2] for layer in layers])
        most.append(float(values.max(initial=0.0)))
        ninth = float(np.quantile(values, 0.9)) if len(values) > MANY else 0.0
        per.append(min(widest**2 / max(most[-1], least), usual**2 / max(ninth, 1e-9)))
    return Scales(*per, (most[0], most[1], most[2]))


def draw_map(
    page: Page,
    sheet: Sheet,
    ground: Ground,
    moment: Moment,
    result,
    scales: Scales,
    colours: dict[int, str],
    *,
    all_names: bool,
) -> None:
    """Draw one map."""
    palette = [style.SEA, style.ABROAD, style.NOBODY, *(colours[a] for a in sorted(colours))]
    shown = ground.base.copy()
    shown[ground.row, ground.column] = 3 + moment.ruler
    tile(page, sheet, shown, palette)
    page.line(sheet.x(ground.borders[:, 0]), sheet.y(ground.borders[:, 1]), "#ffffffcc", 0.7, snap=True)
    page.line(sheet.x(ground.outline[:, 0]), sheet.y(ground.outline[:, 1]), style.COAST, 0.7, snap=True)
    put(page, sheet, gather(ground, moment.displaced), scales.displaced, 4.0, "", style.RING, 0.9)
    put(page, sheet, gather(ground, moment.presence), scales.presence, 0.25, style.HELMETS)
    put(page, sheet, gather(ground, moment.deaths), scales.deaths, 3.0, style.BLOOD, "#ffffff", 0.5)
    right, high = sheet.left + sheet.across, sheet.low + sheet.up
    page.boxes(sheet.left, sheet.low, right, high, "", style.FAINT, 0.8)
    name_places(page, sheet, result, ground, all_names=all_names)
    date = result.scenario.date_of(moment.week)
    day = f"{date.day} " if len(result.weekly_array) < DAYS_FROM else ""
    style.entitle(page, sheet.left, high + TITLE, f"{day}{date:%B} {date.year}", moment.label)


def tile(page: Page, sheet: Sheet, shown: np.ndarray, palette: list[str]) -> None:
    """Paint cells, each run of one colour in a row as one box."""
    begins = np.ones(shown.shape, dtype=bool)
    begins[:, 1:] = shown[:, 1:] != shown[:, :-1]
    row, column = np.nonzero(begins)
    after = np.append(column[1:], 0)
    after[np.append(row[1:] != row[:-1], True)] = sheet.columns
    left, right, low = sheet.x(column - 0.5), sheet.x(after - 0.5), sheet.y(row + 0.5)
    colour = shown[row, column]
    for k in np.unique(colour):
        at = colour == k
        page.boxes(left[at], low[at], right[at], low[at] + sheet.cell, palette[k])


def put(
    page: Page,
    sheet: Sheet,
    marks: tuple[np.ndarray, np.ndarray, np.ndarray],
    scale: float,
    least: float,
    face: str,
    edge: str = "",
    line: float = 0.0,
) -> None:
    """Draw round marks whose area goes with a value; those too small to see are left out."""
    x, y, value = marks
    area = value * scale
    seen = area >= least
    see_through = len(face) > len("#rrggbb")
    page.dots(sheet.x(x[seen]), sheet.y(y[seen]), area[seen], face, edge, line, apart=see_through)
