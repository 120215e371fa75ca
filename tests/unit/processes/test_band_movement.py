"""Bands march, merge and split; no fighter is made, lost or moved by accident."""

import numpy as np
import pytest

from sim.processes.band_movement import march
from sim.world.kinds import BandStatus
from tests.support.worlds import ARMY, REBELS, Lab, army, rebels, scenario

STILL = {"merge_per_week": 0.0, "split_per_week": 0.0}


def bands(rows="ABCDEF", fighters=100, size=100, last="F", **movement):
    groups = [army(), rebels(fighters=fighters, band_size=size, where={last: 1.0})]
    return Lab(scenario(rows, armed_groups=groups, parameters={"band_movement": STILL | movement}))


def live(lab):
    return lab.bands.status != BandStatus.DISPERSED


def place(lab, *sizes, cell=0, first=0):
    """Make the rebels' bands of these sizes in a cell."""
    lab.bands.status[first:] = BandStatus.DISPERSED
    lab.bands.fighters[first:] = 0
    for i, fighters in enumerate(sizes, first):
        lab.bands.group[i], lab.bands.status[i], lab.bands.fighters[i] = REBELS, BandStatus.ACTIVE, fighters
        lab.bands.cell[i] = lab.bands.target[i] = cell
    return lab


def test_a_band_marches_cell_by_cell_and_stops_at_its_target():
    lab = bands(march_km_per_week=20.0)
    lab.bands.cell[1], lab.bands.target[1] = 5, 2
    cells = [int(lab.at(week).run(march).bands.cell[1]) for week in range(5)]
    assert cells == [4, 3, 2, 2, 2]


def test_rough_ground_slows_the_march():
    lab = bands(march_km_per_week=20.0, terrain_drag=0.6)
    lab.geography.terrain[:] = 0.5  # 20 x 0.7 = 14 km: 0.7 cells a week
    moved = 0
    for seed in range(1000):
        lab.clock.seed[0] = seed
        lab.bands.cell[1], lab.bands.target[1] = 5, 0
        moved += 5 - lab.run(march).bands.cell[1]
    assert abs(moved / 1000 - 0.7) < 0.06


def test_without_march_nobody_moves():
    lab = bands(march_km_per_week=0.0)
    lab.bands.target[:] = 3
    assert lab.run(march, 20).bands.cell[1] == 5


def test_bands_that_meet_merge_with_the_chance_of_their_size():
    lab = bands(merge_per_week=0.4, unwieldy=4.0)
    merged = 0
    for seed in range(1500):
        lab.clock.seed[0] = seed
        place(lab, 120, 80).bands.morale[:2] = (1.0, 0.5)
        lab.run(march)
        if live(lab).sum() == 1:
            merged += 1
            assert lab.bands.fighters[0] == 200
            half_back = 0.5 + 0.06 * 0.5
            assert lab.bands.morale[0] == pytest.approx(0.6 * 1.0 + 0.4 * half_back)
    chance = 0.4 / (1 + 200 / 400)
    assert abs(merged / 1500 - chance) < 0.05


def test_bands_of_different_groups_or_places_do_not_merge():
    lab = bands(merge_per_week=1.0, unwieldy=1000.0)
    lab.bands.cell[:2] = lab.bands.target[:2] = 3
    assert live(lab.run(march, 20)).sum() == 2


def test_a_split_conserves_fighters_and_leaves_nobody_too_small():
    lab = bands(split_per_week=1.0, smallest_band=30)
    split = 0
    for seed in range(300):
        lab.clock.seed[0] = seed
        place(lab, 100)
        lab.groups.cohesion[REBELS] = 1.0  # chance 1 x (1 - 0.5) x 1 = 0.5
        lab.run(march)
        assert lab.bands.fighters.sum() == 100
        assert lab.bands.fighters[live(lab)].min() >= 30
        split += live(lab).sum() == 2
    assert abs(split / 300 - 0.5 * 0.4) < 0.1  # a share between 0.3 and 0.7 leaves both large enough


def test_a_new_band_in_an_old_row_pulls_nobody_from_elsewhere():
    lab = bands(split_per_week=1.0, merge_per_week=1.0, unwieldy=1000.0)
    for seed in range(100):
        lab.clock.seed[0] = seed
        place(lab, 400, 0, 50)
        lab.bands.status[1] = BandStatus.DISPERSED  # a free row that still points to the band in row 2
        lab.bands.next_here[1] = 2
        lab.bands.cell[2] = lab.bands.target[2] = 5
        lab.run(march)
        assert lab.bands.fighters[lab.bands.cell == 5].sum() == 50
        assert lab.bands.fighters.sum() == 450


def test_fighters_are_conserved_over_years():
    lab = bands(fighters=2000, size=100, merge_per_week=0.3, split_per_week=0.3)
    rng = np.random.default_rng(1)
    for week in range(200):
        lab.bands.target[:] = rng.integers(0, 6, len(lab.bands.target))
        lab.at(week).run(march)
        sums = [lab.bands.fighters[live(lab) & (lab.bands.group == a)].sum() for a in (ARMY, REBELS)]
        assert sums == [100, 2000]


def test_influence_sums_to_strength_and_every_band_is_listed_where_it_stands():
    lab = bands(fighters=900, size=100)
    lab.bands.morale[:] = 0.6
    lab.run(march)
    morale = 0.6 + 0.06 * 0.4
    assert lab.influence.armed.sum(axis=0) == pytest.approx([100 * (0.5 + 0.5 * morale), 900 * (0.5 + 0.5 * morale)])
    for cell in range(6):
        listed, i = [], lab.influence.first_band[cell]
        while i >= 0:
            listed.append(int(i))
            i = lab.bands.next_here[i]
        assert listed == np.flatnonzero(live(lab) & (lab.bands.cell == cell)).tolist()
