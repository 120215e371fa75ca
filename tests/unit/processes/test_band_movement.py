"""Bands march, merge and split; no fighter is made, lost or moved by accident."""

import numpy as np
import pytest

from sim.processes.band_movement import march
from sim.world.kinds import BandStatus, Posture
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


def test_a_diagonal_march_is_no_faster_than_a_straight_one():
    """Over open ground a band covers its kilometres, whatever the direction: 30 a week on average."""
    rows = "\n".join(["A" * 12] * 11 + ["AAAAAAAAAAAB"])
    for goal in (11, 143):  # along the first row, and across to the far corner
        lab = bands(rows, last="B", march_km_per_week=30.0)
        covered = []
        for seed in range(600):
            lab.clock.seed[0] = seed
            lab.bands.cell[1], lab.bands.target[1] = 0, goal
            here = lab.run(march, 4).bands.cell[1]
            covered.append(20.0 * np.hypot(lab.geography.row[here], lab.geography.column[here]))
        assert abs(np.mean(covered) - 120.0) < 3.0


def test_a_band_goes_round_the_water_and_arrives():
    """A bay opens between it and its target: no neighbour is nearer than the head of the bay."""
    lab = bands("AAAAA\nA...A\nAAA.A\nA.A.B", last="B", march_km_per_week=20.0)
    goal = int(np.flatnonzero(lab.geography.row * 10 + lab.geography.column == 34)[0])
    start = int(np.flatnonzero(lab.geography.row * 10 + lab.geography.column == 32)[0])
    lab.bands.cell[1], lab.bands.target[1] = start, goal
    trail = [start] + [int(lab.at(week).run(march).bands.cell[1]) for week in range(20)]
    assert trail[-1] == goal
    assert lab.bands.blocked[1] == 0
    assert len(set(trail)) > 5, "round by the north shore"


def test_a_band_gives_up_a_target_across_the_sea():
    lab = bands("AA.BB", last="A", march_km_per_week=20.0)
    lab.bands.cell[1], lab.bands.target[1] = 0, 3
    lab.run(march, 5)
    assert (lab.bands.cell[1], lab.bands.target[1], lab.bands.blocked[1]) == (1, 1, 0)


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


def test_a_split_divides_the_losses_as_it_divides_the_fighters():
    lab = bands(split_per_week=1.0, smallest_band=1, losses_keep=1.0)
    split = False
    while not split:
        lab.clock.seed[0] += 1
        place(lab, 100)
        lab.bands.losses[0] = 40.0
        split = live(lab.run(march)).sum() == 2
    assert lab.bands.losses[live(lab)] == pytest.approx(0.4 * lab.bands.fighters[live(lab)])


@pytest.mark.parametrize(
    ("posture", "losses", "expected"),
    [(Posture.HOLD, 0.0, 0.1), (Posture.GUERRILLA, 0.0, 0.15), (Posture.HOLD, 300.0, 0.175)],
)
def test_guerrillas_and_the_beaten_split_more_readily(posture, losses, expected):
    lab = bands(split_per_week=0.2, smallest_band=1, dispersal=0.5, pressure=1.0, losses_keep=1.0)
    split = 0
    for seed in range(2000):
        lab.clock.seed[0] = seed
        place(lab, 100).bands.losses[0] = losses
        lab.groups.cohesion[REBELS], lab.groups.posture[REBELS] = 1.0, posture
        split += live(lab.run(march)).sum() == 2
    # A share that leaves nobody in one half, 2 in 100, does not split.
    assert abs(split / 2000 - 0.98 * expected) < 0.035


def test_bands_split_into_every_free_row_and_no_further():
    lab = bands(split_per_week=1.0, smallest_band=1, fighters=4000)
    lab.groups.cohesion[:] = 0.0
    lab.run(march, 60)
    assert live(lab).all()
    assert lab.bands.fighters.sum() == 4100


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
    assert lab.influence.armed.sum(axis=1) == pytest.approx([100 * (0.5 + 0.5 * morale), 900 * (0.5 + 0.5 * morale)])
    for cell in range(6):
        listed, i = [], lab.influence.first_band[cell]
        while i >= 0:
            listed.append(int(i))
            i = lab.bands.next_here[i]
        assert listed == np.flatnonzero(live(lab) & (lab.bands.cell == cell)).tolist()
