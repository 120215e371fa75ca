"""Fights: who meets with what chance, and who loses what."""

import math

import numpy as np
import pytest

from sim.processes.band_movement import march
from sim.processes.clashes import fight
from sim.world.kinds import BandStatus, Count, EventKind, Posture
from tests.support.worlds import (
    AREA,
    ARMY,
    REBELS,
    Lab,
    army,
    assert_same,
    frozen,
    rebels,
    scenario,
    spread_of_share,
)

N = 500
# In cells of 20 km a band is felt at half a cell from itself and 20 km off; the country has two cells.
NEAR = [1 / (1 + (km / 12.0) ** 2) ** 2 for km in (10.0, 20.0)]
SAME, NEXT = (weight / sum(NEAR) / AREA for weight in NEAR)


def front(rows="AB", own=100, foes=100, posture=Posture.OFFENSIVE, together=True, order=(ARMY, REBELS), **clashes):
    """One band of each side, in cell A or in A and in the last."""
    sides = [
        army(fighters=foes, where={"A": 1.0}, band_size=5000),
        rebels(fighters=own, band_size=5000, where={"A" if together else rows[-1]: 1.0}),
    ]
    groups = [sides[order[0]], sides[order[1]]]
    given = scenario(
        rows, armed_groups=groups, parameters={"clashes": clashes, "band_movement": {"split_per_week": 0.0}}
    )
    lab = Lab(given).run(march)  # lists the bands
    lab.groups.posture[:] = posture
    return lab


def battles(lab, n=N):
    """Run n lucks of the same week: dead of each band, one row a luck, and how many fought."""
    tables = (lab.bands, lab.groups, lab.communities, lab.population, lab.violence)
    kept = [(column, column.copy()) for table in tables for column in table]
    dead, fought = [], 0
    for seed in range(n):
        for column, first in kept:
            column[...] = first
        lab.clock.seed[0] = seed
        lab.record.tally[:] = 0.0
        before = lab.bands.fighters[:2].copy()
        lab.run(fight)
        dead.append(before - lab.bands.fighters[:2])
        fought += lab.record.tally[Count.CLASHES]
    return np.array(dead), fought / n


def certain(**more):
    """A front on which the two bands certainly fight, and where nobody is caught between them."""
    return front(**{"clash_rate": 10.0, "crossfire_per_death": 0.0} | more)


def test_bands_meet_by_nearness_and_boldness():
    for together, near in ((True, SAME), (False, NEXT)):
        _, fought = battles(front(together=together, clash_rate=0.4))
        chance = 1 - math.exp(-0.4 * near)
        assert abs(fought - chance) < spread_of_share(chance, N)
    lab = front(clash_rate=0.4)
    lab.groups.posture[:] = (Posture.HOLD, Posture.GUERRILLA)  # boldness 0.3 and 0.5
    chance = 1 - math.exp(-0.4 * SAME * 0.4)
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def test_out_of_reach_out_of_rate_and_without_enmity_nobody_fights():
    for lab in (front("ABCDEF", together=False), front(clash_rate=0.0), front()):
        lab.groups.enemies[:] *= lab.bands.cell[1] == 5 or lab.rates.clashes.clash_rate == 0.0
        before = frozen(lab.world, "clock")
        lab.run(fight, 50)
        assert_same(before, lab.world)


def test_truce_and_interposition_multiply_the_hazard():
    lab = front(clash_rate=0.8)
    lab.groups.truce[:] = 1.0
    lab.groups.commitment[:] = (0.2, 0.9)  # the lesser counts
    chance = 1 - math.exp(-0.8 * SAME * math.exp(-6.0 * 0.2))
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)
    lab = front(clash_rate=0.8)
    lab.presence.interposition[0] = 0.5
    chance = 1 - math.exp(-0.8 * SAME * math.exp(-2.0 * 0.5))
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def test_who_hides_is_seldom_found():
    lab = front(clash_rate=0.5)
    lab.bands.status[1] = BandStatus.HIDDEN
    chance = 1 - math.exp(-0.5 * SAME * 0.2)
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def test_equals_lose_equally_and_by_lanchester():
    dead, fought = battles(certain(lethality=0.05))
    assert fought > 0.99
    # E[1 - exp(-a I)] with I exponential is a / (1 + a).
    expected = fought * 100 * 0.05 / 1.05
    spread = dead.std(axis=0) / math.sqrt(N)
    assert np.all(np.abs(dead.mean(axis=0) - expected) < 4 * spread)
    assert abs(dead.mean(axis=0) @ (1, -1)) < 4 * (dead @ (1, -1)).std() / math.sqrt(N)


def test_odds_count_up_to_three_to_one_and_so_does_morale():
    dead, fought = battles(certain(own=100, foes=1000, lethality=0.02))
    assert abs(dead[:, 1].mean() - fought * 100 * 0.06 / 1.06) < 0.6  # engaged: three per defender
    a = 0.02 * 100 / 1000
    assert abs(dead[:, 0].mean() - fought * 1000 * a / (1 + a)) < 0.25
    lab = certain(lethality=0.1)
    lab.bands.morale[0] = 0.5  # the army's fire is worth 0.75
    dead, fought = battles(lab)
    assert abs(dead[:, 1].mean() - fought * 100 * 0.075 / 1.075) < 0.7
    assert abs(dead[:, 0].mean() - fought * 100 * 0.1 / 1.1) < 0.9


def test_losses_never_exceed_strength_and_the_beaten_are_gone():
    dead, _ = battles(certain(own=3, foes=200, lethality=1.0), 500)
    assert np.all(dead >= 0)
    assert np.all(dead[:, 1] <= 3)
    assert (dead[:, 1] == 3).any()
    lab = certain(own=1, foes=200, lethality=1.0)
    for seed in range(20):
        lab.clock.seed[0] = seed
        if lab.bands.fighters[1]:
            lab.run(fight)
    assert lab.bands.fighters[1] == 0
    assert lab.bands.status[1] == BandStatus.DISPERSED


def test_every_death_is_booked_once():
    lab = front(clash_rate=10.0, lethality=0.3, crossfire_per_death=1.0)
    everyone = lab.people()
    lab.clock.seed[0] = 2
    lab.run(fight)
    fallen = 200 - lab.bands.fighters.sum()
    assert fallen == lab.record.tally[Count.BATTLE_DEATHS] == lab.population.fighters_killed[0] > 0
    assert fallen == lab.violence.battle_deaths.sum() == lab.ranks.killed.sum() == lab.groups.recent_dead.sum()
    assert lab.groups.fighters.tolist() == [lab.bands.fighters[0], lab.bands.fighters[1]]
    assert lab.population.killed[0] == lab.violence.crossfire.sum() == lab.record.tally[Count.CROSSFIRE] > 0
    assert lab.people() == everyone
    assert lab.log.kind[0] == EventKind.CLASH


@pytest.mark.parametrize(("monitoring", "sting"), [(0.0, 1.0), (0.5, 0.75), (1.0, 0.5)])
def test_monitoring_halves_the_resentment_of_a_violation(monitoring, sting):
    lab = certain()
    lab.groups.truce[:], lab.groups.commitment[:] = 1.0, 0.0
    lab.presence.monitoring[:] = monitoring
    lab.run(fight)
    assert lab.peace.violations[0] == 1 == lab.record.tally[Count.VIOLATIONS]
    assert lab.groups.recent_wrongs == pytest.approx([sting, sting])


def test_a_fight_without_a_truce_is_no_violation():
    lab = certain().run(fight)
    assert lab.record.tally[Count.CLASHES] == 1
    assert lab.peace.violations[0] == 0
    assert not lab.groups.recent_wrongs.any()


def test_the_side_with_the_larger_loss_retreats_and_a_coin_decides_between_equals():
    lab = certain(own=30, foes=300, lethality=0.3)
    assert lab.run(fight).bands.cell[:2].tolist() == [0, 1]
    left = 0
    for seed in range(400):
        lab = certain(lethality=0.0) if seed == 0 else lab
        lab.bands.cell[:2] = 0
        lab.clock.seed[0] = seed
        lab.run(fight)
        left += lab.bands.cell[0] == 1
    assert abs(left / 400 - 0.5) < 0.1


def test_last_weeks_dead_are_cleared():
    lab = front(clash_rate=0.0)
    lab.violence.battle_deaths[:], lab.violence.crossfire[:] = 9.0, 9.0
    lab.run(fight)
    assert not lab.violence.battle_deaths.any()
    assert not lab.violence.crossfire.any()


def test_where_a_fight_takes_place_does_not_hang_on_the_order_of_the_groups():
    places = []
    for order in ((ARMY, REBELS), (REBELS, ARMY)):
        lab = front(together=False, order=order, clash_rate=10.0, lethality=0.2)
        dead = np.zeros(2)
        for seed in range(200):
            lab.bands.fighters[:2], lab.bands.status[:2] = 100, BandStatus.ACTIVE
            lab.bands.cell[:2] = (0, 1) if order == (ARMY, REBELS) else (1, 0)
            lab.clock.seed[0] = seed
            dead += lab.run(fight).violence.battle_deaths
        places.append(dead[0] / dead.sum())
    assert abs(places[0] - places[1]) < 0.2
