"""Armed groups and their bands at the start."""

import math

import numpy as np

from sim.core.chance import normal, uniform
from sim.core.compile import kernel
from sim.scenario.scenario import Scenario
from sim.world.kinds import BandStatus, GroupKind, Posture
from sim.world.settlement import apportion, cells_of
from sim.world.streams import Stream
from sim.world.tables import Bands, Groups, Ranks

SPARE_ROWS = 2  # bands that splitting may add, per band at the start


def build_groups(scenario: Scenario, n_cells: int) -> Groups:
    """List the armed groups; one without a constituency recruits from everybody."""
    groups = scenario.armed_groups
    ids = [group.id for group in groups]
    n = len(groups)
    names = [group.id for group in scenario.identity_groups]
    constituency = np.zeros((n, len(names)))
    enemies = np.zeros((n, n))
    for a, group in enumerate(groups):
        for g, name in enumerate(names):
            constituency[a, g] = 1.0 if name in group.constituency or not group.constituency else 0.0
        for enemy in group.enemies:
            enemies[a, ids.index(enemy)] = 1.0
            enemies[ids.index(enemy), a] = 1.0
    return Groups(
        kind=np.array([GroupKind[group.kind.upper()] for group in groups], dtype=np.int64),
        constituency=constituency,
        enemies=enemies,
        truce=np.zeros((n, n)),
        signatory=np.zeros(n, dtype=np.int64),
        support=np.array([group.support for group in groups], dtype=np.float64),
        abusiveness=np.array([group.abusiveness for group in groups], dtype=np.float64),
        cohesion=np.array([group.cohesion for group in groups], dtype=np.float64),
        commitment=np.array([group.commitment for group in groups], dtype=np.float64),
        temper=np.zeros(n),
        spoils=np.array([group.spoils for group in groups], dtype=np.float64),
        weariness=np.zeros(n),
        posture=np.full(n, Posture.HOLD, dtype=np.int64),
        fighters=np.zeros(n, dtype=np.int64),
        recent_dead=np.zeros(n),
        recent_wrongs=np.zeros(n),
        demobilise=np.array([group.demobilise for group in groups], dtype=np.float64),
        start_fighters=np.array([group.fighters for group in groups], dtype=np.int64),
        band_size=np.array([group.band_size for group in groups], dtype=np.int64),
        loot_usd=np.zeros(n),
        appeal=np.zeros((n, n_cells)),
    )


def build_ranks(n_groups: int) -> Ranks:
    """Open the accounts of fighters."""
    return Ranks(*(np.zeros(n_groups, dtype=np.int64) for _ in Ranks._fields))


def build_bands(scenario: Scenario) -> Bands:
    """Form each group's fighters into bands of about its usual size, standing in the first cell they may stand in."""
    rows = band_plan(scenario)
    n = len(rows)
    capacity = n * (1 + SPARE_ROWS) + 16
    bands = Bands(
        group=np.zeros(capacity, dtype=np.int64),
        status=np.full(capacity, BandStatus.DISPERSED, dtype=np.int64),
        cell=np.zeros(capacity, dtype=np.int64),
        target=np.zeros(capacity, dtype=np.int64),
        fighters=np.zeros(capacity, dtype=np.int64),
        morale=np.ones(capacity),
        losses=np.zeros(capacity),
        next_here=np.full(capacity, -1, dtype=np.int64),
    )
    for i, (a, cells, fighters) in enumerate(rows):
        bands.group[i] = a
        bands.status[i] = BandStatus.ACTIVE
        bands.cell[i] = cells[0]
        bands.target[i] = cells[0]
        bands.fighters[i] = fighters
    return bands


def band_plan(scenario: Scenario) -> list[tuple[int, list[int], int]]:
    """Return for each band at the start its group, the cells it may stand in, and its fighters."""
    where = cells_of(scenario)
    rows: list[tuple[int, list[int], int]] = []
    for a, group in enumerate(scenario.armed_groups):
        parts = apportion(group.fighters, list(group.where.values()))
        for letter, fighters in zip(group.where, parts, strict=True):
            n_bands = math.ceil(fighters / group.band_size)
            rows += [(a, where[letter], people) for people in apportion(fighters, [1.0] * n_bands)]
    return rows


@kernel
def shuffle_bands(seed, first, choices, bands):
    """Put each band of the start into one of the cells where it may stand.

    Parameters
    ----------
    seed : int
    first : int array (n + 1,)
        Where the choices of each band begin in ``choices``.
    choices : int array
        Cells.
    bands : Bands
    """
    for i in range(len(first) - 1):
        n = first[i + 1] - first[i]
        cell = choices[first[i] + int(uniform(seed, 0, Stream.BAND_PLACE, i, 0) * n)]
        bands.cell[i] = cell
        bands.target[i] = cell


@kernel
def draw_tempers(seed, spread, temper):
    """Draw the lasting temper of each group's leaders."""
    for a in range(len(temper)):
        temper[a] = spread * normal(seed, 0, Stream.TEMPER, a, 0)
