"""Armed groups and their bands at the start."""

import math
from typing import NamedTuple

import numpy as np

from sim.core.chance import normal, uniform
from sim.core.process import process
from sim.scenario.scenario import Scenario
from sim.world.kinds import BandStatus, GroupKind, Posture
from sim.world.settlement import apportion, cells_of
from sim.world.streams import Stream
from sim.world.tables import Bands, Groups, Ints, Ranks

FROM_ABROAD = ("spill_over", "intervention")  # events that bring bands
SPARE_ROWS = 2  # bands that splitting may add, per band of the start and from abroad


class Choices(NamedTuple):
    """The cells in which each band of the start may stand."""

    first: Ints  # (n + 1,) where the choices of each band begin in ``cell``
    cell: Ints


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
        share=np.zeros(n),
        support=np.array([group.support for group in groups], dtype=np.float64),
        abusiveness=np.array([group.abusiveness for group in groups], dtype=np.float64),
        restraint=np.zeros(n),
        reform=np.zeros(n),
        cohesion=np.array([group.cohesion for group in groups], dtype=np.float64),
        commitment=np.array([group.commitment for group in groups], dtype=np.float64),
        temper=np.zeros(n),
        spoils=np.array([group.spoils for group in groups], dtype=np.float64),
        wealth=np.zeros(n),
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
    size_of = {group.id: group.band_size for group in scenario.armed_groups}
    inflows = [event for event in scenario.events if event.kind in FROM_ABROAD]
    n = len(rows) + sum(math.ceil(event.size / size_of[event.group]) for event in inflows)
    capacity = n * (1 + SPARE_ROWS) + 16
    bands = Bands(
        group=np.zeros(capacity, dtype=np.int64),
        status=np.full(capacity, BandStatus.DISPERSED, dtype=np.int64),
        cell=np.zeros(capacity, dtype=np.int64),
        target=np.zeros(capacity, dtype=np.int64),
        blocked=np.zeros(capacity, dtype=np.int64),
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


@process(name="start", writes=("bands.cell", "bands.target"))
def shuffle_bands(clock, choices, bands):
    """Put each band of the start into one of the cells where it may stand."""
    for i in range(len(choices.first) - 1):
        first = choices.first[i]
        n = choices.first[i + 1] - first
        cell = choices.cell[first + int(uniform(clock.seed[0], 0, Stream.BAND_PLACE, i, 0) * n)]
        bands.cell[i] = cell
        bands.target[i] = cell


@process(name="peace_process", writes=("groups.temper",))
def draw_tempers(clock, groups, rates):
    """Draw the lasting temper of each group's leaders."""
    for a in range(len(groups.temper)):
        groups.temper[a] = rates.temper_spread * normal(clock.seed[0], 0, Stream.TEMPER, a, 0)
