"""The ground: cells, neighbours, distances, and how far patrols and bands reach."""

import math

import numpy as np

from sim.scenario.drawing import ABROAD, WATER
from sim.scenario.scenario import Scenario
from sim.world.tables import Geography

STEPS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


def build_geography(scenario: Scenario) -> Geography:
    """Make the ground of a scenario: one row per cell of land, in map order."""
    rows = scenario.rows
    height, width = len(rows), len(rows[0])
    index = np.full((height, width), -1, dtype=np.int64)
    cells = [(r, c) for r in range(height) for c in range(width) if rows[r][c] not in (WATER, ABROAD)]
    for number, (r, c) in enumerate(cells):
        index[r, c] = number
    row = np.array([r for r, _ in cells], dtype=np.int64)
    column = np.array([c for _, c in cells], dtype=np.int64)
    letters = [rows[r][c] for r, c in cells]
    regions = list(scenario.regions)
    home = [letter if letter in scenario.regions else scenario.places[letter].region for letter in letters]
    terrain = np.array([scenario.regions[letter].terrain for letter in home])
    roads = np.array([roads_of(scenario, letter) for letter in letters])
    start, cell, km, patrol, sway = reach(index, row, column, terrain, roads, scenario)
    entry = entries_of(scenario, letters)
    camps = np.array([n for n, letter in enumerate(letters) if is_camp(scenario, letter)], dtype=np.int64)
    flight_km = scenario.parameters.ground.flight_km
    lowest = np.minimum.reduceat(cell, start[:-1])
    step = cell - np.repeat(lowest, np.diff(start))
    first, (step, km, patrol, sway) = share_parts(start, step, km, patrol, sway)
    neighbours = seen_from(index, row, column, STEPS)
    return Geography(
        row=row,
        column=column,
        region=np.array([regions.index(letter) for letter in home], dtype=np.int64),
        cell_km=np.array([float(scenario.map.cell_km)]),
        terrain=terrain,
        roads=roads,
        resources=np.array([scenario.regions[letter].resources for letter in home]),
        border=np.array([touches_abroad(rows, r, c) for r, c in cells], dtype=np.int64),
        camp_cells=camps,
        capital=np.array([capital_of(scenario, letters)], dtype=np.int64),
        entry=entry,
        entry_km=distances(entry, row, column, float(scenario.map.cell_km)).min(axis=1),
        neighbours=neighbours,
        around=np.where(neighbours < 0, np.arange(len(cells))[:, None], neighbours).astype(np.uint32),
        reach_start=start,
        reach_cell=cell.astype(np.uint32),
        weight_start=first,
        reach_from=lowest,
        reach_step=step.astype(np.uint32),
        reach_km=km,
        patrol_weight=patrol,
        sway_weight=sway,
        flight_weight=1.0 / (1.0 + km / flight_km),
        camp_weight=1.0 / (1.0 + distances(camps, row, column, float(scenario.map.cell_km)) / flight_km),
        abroad_weight=nearness_of_abroad(rows, row, column, float(scenario.map.cell_km), flight_km),
    )


def roads_of(scenario: Scenario, letter: str) -> float:
    """Return the road access of a cell drawn with a letter."""
    if letter in scenario.regions:
        return scenario.regions[letter].roads
    place = scenario.places[letter]
    return scenario.regions[place.region].roads if place.roads is None else place.roads


def is_camp(scenario: Scenario, letter: str) -> bool:
    """Tell whether a cell takes in displaced people."""
    return letter in scenario.places and scenario.places[letter].camp


def capital_of(scenario: Scenario, letters: list[str]) -> int:
    """Return the cell of the capital; the most peopled place, or the first cell, where none is named."""
    for number, letter in enumerate(letters):
        if letter in scenario.places and scenario.places[letter].capital:
            return number
    people = [scenario.places[x].population if x in scenario.places else 0 for x in letters]
    return people.index(max(people))


def entries_of(scenario: Scenario, letters: list[str]) -> np.ndarray:
    """Return the cells where missions arrive; the capital where none is named."""
    cells = [n for n, x in enumerate(letters) if x in scenario.places and scenario.places[x].entry]
    return np.array(cells or [capital_of(scenario, letters)], dtype=np.int64)


def touches_abroad(rows: tuple[str, ...], r: int, c: int) -> bool:
    """Tell whether a cell lies next to another country."""
    return any(
        0 <= r + dr < len(rows) and 0 <= c + dc < len(rows[0]) and rows[r + dr][c + dc] == ABROAD for dr, dc in STEPS
    )


def nearness_of_abroad(rows: tuple[str, ...], row, column, cell_km: float, flight_km: float) -> np.ndarray:
    """Return how near the edge of the nearest foreign cell is to the middle of each cell, 0 to 1; 0 without any."""
    land = np.array([(r, c) for r in range(len(rows)) for c in range(len(rows[0])) if rows[r][c] == ABROAD])
    if len(land) == 0:
        return np.zeros(len(row))
    squares = (row[:, None] - land[:, 0]) ** 2 + (column[:, None] - land[:, 1]) ** 2
    km = cell_km * (np.sqrt(squares.min(axis=1).astype(np.float64)) - 0.5)
    return 1.0 / (1.0 + km / flight_km)


def reach(index, row, column, terrain, roads, scenario):
    """Return the cells within reach of each cell with distances and weights, as columns of one long table."""
    ground, cell_km = scenario.parameters.ground, float(scenario.map.cell_km)
    steps = max(1, math.ceil(ground.reach_km / cell_km))
    span = range(-steps, steps + 1)
    away = {(dr, dc): math.sqrt(dr * dr + dc * dc) * cell_km for dr in span for dc in span}
    # A cell comes first in its own part; half a cell on average lies between two points of the same cell.
    away = {(0, 0): 0.5 * cell_km} | {step: km for step, km in away.items() if km <= ground.reach_km and any(step)}
    there = seen_from(index, row, column, list(away))
    land = there >= 0
    start = np.concatenate([[0], np.cumsum(land.sum(axis=1))])
    home, cell = np.nonzero(land)[0], there[land]
    km = np.broadcast_to(list(away.values()), land.shape)[land]
    hard = 0.5 * (terrain[home] * (1.0 - roads[home]) + terrain[cell] * (1.0 - roads[cell]))
    patrol = shares(km * (1.0 + ground.rough_km * hard) / ground.patrol_km, home)
    sway = shares(km / ground.sway_km, home)
    return start, cell, km, patrol, sway


def seen_from(index, row, column, away) -> np.ndarray:
    """Return the cells some steps (rows, columns) away from each cell, -1 where there is no land."""
    far = max(max(map(abs, step)) for step in away)
    framed = np.pad(index, far, constant_values=-1)
    return np.stack([framed[row + far + dr, column + far + dc] for dr, dc in away], axis=1)


def shares(x: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Return weights that fall with a relative distance and sum to 1 over the part of each cell."""
    weight = 1.0 / ((1.0 + x * x) * (1.0 + x * x))
    return weight / np.bincount(home, weights=weight)[home]


def share_parts(start: np.ndarray, *columns: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Keep one of all cells whose parts of some columns are the same; return where each cell's begins, and the columns.

    Most cells of a region lie alike. What few of them need stays in the processor's cache, however large the country.
    """
    kept: dict[tuple[bytes, ...], int] = {}
    first, rows, n = np.empty(len(start) - 1, dtype=np.int64), [], 0
    for c in range(len(first)):
        part = slice(start[c], start[c + 1])
        first[c] = kept.setdefault(tuple(column[part].tobytes() for column in columns), n)
        if first[c] == n:
            rows.append(np.arange(start[c], start[c + 1]))
            n += len(rows[-1])
    return first, [column[np.concatenate(rows)] for column in columns]


def distances(places, row, column, cell_km: float) -> np.ndarray:
    """Return the distance in km of each cell (rows) from each of some cells (columns)."""
    rows = row[:, None] - row[places][None, :]
    columns = column[:, None] - column[places][None, :]
    return cell_km * np.sqrt((rows * rows + columns * columns).astype(np.float64))
