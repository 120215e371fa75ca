"""Fights: who meets with what chance, and who loses what."""

import math

import numpy as np
import pytest

from sim.processes.band_movement import march
from sim.processes.clashes import fight, find_foe
from sim.world.kinds import BandStatus, Count, EventKind, GroupKind, Posture
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
    """A front on which the two bands all but certainly fight, and where nobody is caught between them."""
    return front(**{"clash_rate": 20.0, "scouted_1000_km2": 100.0, "crossfire_per_death": 0.0} | more)


def meets(*hazards):
    """The chance of a fight where each side may attack."""
    return 1 - math.exp(-sum(hazards))


def crowd(near):
    """The chance to find an enemy at some nearness: half a thousand km2 are searched in a week."""
    return 1 - math.exp(-0.5 * near)


def share_lost(a):
    """The mean of ``1 - exp(-a * I)`` with I the product of two exponentials: of ``a x / (1 + a x)`` over one."""
    x = np.linspace(0.0, 60.0, 600_001)
    y = a * x / (1 + a * x) * np.exp(-x)
    return float(((y[1:] + y[:-1]) / 2).sum() * (x[1] - x[0]))


def test_bands_meet_by_nearness_and_boldness():
    for together, near in ((True, SAME), (False, NEXT)):
        _, fought = battles(front(together=together, clash_rate=0.8))
        chance = meets(2 * 0.8 * crowd(near) / 2)  # each of two attacks as readily, half at even odds
        assert abs(fought - chance) < spread_of_share(chance, N)
    lab = front(clash_rate=3.0)
    lab.groups.posture[:] = (Posture.HOLD, Posture.GUERRILLA)
    # The army, at boldness 0.3, finds guerrillas half as easily; they, at 0.5, want three to one: 1/9 / (10/9).
    chance = meets(3.0 * 0.3 * crowd(SAME / 2) / 2, 3.0 * 0.5 * crowd(SAME) * 0.1)
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def test_the_strong_seek_battle_and_the_weak_avoid_it():
    lab = front(own=100, foes=300, clash_rate=1.0, bold_talk=0.0)
    for posture, dare in (((Posture.OFFENSIVE, Posture.TALK), 0.9), ((Posture.TALK, Posture.OFFENSIVE), 0.1)):
        lab.groups.posture[:] = posture
        chance = meets(crowd(SAME) * dare)
        assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def test_a_guerrilla_hits_from_hiding_when_the_odds_are_good():
    lab = front(own=300, foes=100, clash_rate=1.0, bold_talk=0.0)
    lab.groups.posture[:] = (Posture.TALK, Posture.GUERRILLA)
    lab.bands.status[1] = BandStatus.HIDDEN
    chance = meets(0.5 * crowd(SAME) / 2)  # three to one is what it wants
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def many(sizes, foes=100, **clashes):
    """One band of soldiers amid several of rebels, who do not attack."""
    lab = Lab(
        scenario(
            "A",
            armed_groups=[
                army(fighters=foes, where={"A": 1.0}, band_size=5000, enemies=["r0"]),
                *(rebels(id=f"r{n}", fighters=size, where={"A": 1.0}, band_size=5000) for n, size in enumerate(sizes)),
            ],
            parameters={"clashes": {"bold_talk": 0.0} | clashes, "band_movement": {"split_per_week": 0.0}},
        )
    )
    lab.groups.enemies[0, 1:], lab.groups.enemies[1:, 0] = 1.0, 1.0
    lab.run(march)
    lab.groups.posture[:] = Posture.TALK
    lab.groups.posture[0] = Posture.OFFENSIVE
    return lab


def test_the_enemies_near_by_saturate():
    for n in (1, 3):
        lab = many([100] * n, clash_rate=0.7)
        chance = meets(0.7 * crowd(n / AREA) / 2)  # one cell: all of a band is felt in it
        assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def test_a_band_is_in_one_battle_a_week():
    lab = many([100] * 5, clash_rate=20.0, scouted_1000_km2=100.0, lethality=0.0)
    lab.groups.posture[:] = Posture.OFFENSIVE
    for seed in range(20):
        lab.clock.seed[0] = seed
        lab.record.tally[:] = 0.0
        assert lab.run(fight).record.tally[Count.CLASHES] == 1


def test_whom_a_band_meets_is_left_alone_by_one_more_enemy():
    two, three = many([100] * 2), many([100] * 3)
    same = 0
    for seed in range(300):
        one, other = (
            find_foe(0, seed, 0, lab.geography, lab.groups, lab.bands, lab.influence, lab.rates.clashes)
            for lab in (two, three)
        )
        assert other in (one, 3)
        same += other == one
    assert abs(same / 300 - 2 / 3) < spread_of_share(2 / 3, 300)


def test_out_of_reach_out_of_rate_and_without_enmity_nobody_fights():
    for lab in (front("ABCDEF", together=False), front(clash_rate=0.0), front()):
        lab.groups.enemies[:] *= lab.bands.cell[1] == 5 or lab.rates.clashes.clash_rate == 0.0
        before = frozen(lab.world, "clock", "violence.battle_week")
        lab.run(fight, 50)
        assert_same(before, lab.world)


def test_truce_and_interposition_multiply_the_hazard():
    lab = front(clash_rate=3.0)
    lab.groups.truce[:] = 1.0
    lab.groups.commitment[:] = (0.2, 0.9)  # the lesser counts
    chance = meets(3.0 * crowd(SAME) * math.exp(-6.0 * 0.2))
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)
    lab = front(clash_rate=1.6)
    lab.presence.interposition[0] = 0.5
    chance = meets(1.6 * crowd(SAME) * math.exp(-2.0 * 0.5))
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


def test_who_hides_is_seldom_found():
    lab = front(clash_rate=2.0)
    lab.groups.posture[1] = Posture.COMPLY
    lab.rates.clashes.bold_comply = 0.0
    lab.bands.status[1] = BandStatus.HIDDEN
    chance = meets(2.0 * crowd(0.2 * SAME) / 2)
    assert abs(battles(lab)[1] - chance) < spread_of_share(chance, N)


@pytest.mark.parametrize(("size", "engaged"), [(100, 15.849), (1000, 63.096)])
def test_equals_lose_equally_and_the_larger_the_force_the_smaller_the_part(size, engaged):
    dead, fought = battles(certain(own=size, foes=size, lethality=0.3))
    assert fought > 0.99
    expected = fought * size * share_lost(0.3 * engaged / size)  # size ** 0.6
    spread = dead.std(axis=0) / math.sqrt(N)
    assert np.all(np.abs(dead.mean(axis=0) - expected) < 4 * spread)
    assert abs(dead.mean(axis=0) @ (1, -1)) < 4 * (dead @ (1, -1)).std() / math.sqrt(N)


def test_a_few_against_many_are_lost_and_morale_counts():
    dead, fought = battles(certain(own=10, foes=1000, lethality=0.2))
    # 63.1 of the army are engaged and 3.98 of the rebels; no more than all of them can die.
    for side, bearing, own in ((1, 63.096, 10), (0, 3.981, 1000)):
        due, spread = fought * own * share_lost(0.2 * bearing / own), dead[:, side].std() / math.sqrt(N)
        assert abs(dead[:, side].mean() - due) < 4 * spread + 1e-9
    lab = certain(lethality=0.3)
    lab.bands.morale[0] = 0.5  # the army's fire is worth 0.75
    dead, fought = battles(lab)
    for side, fire in ((1, 0.75), (0, 1.0)):
        due, spread = fought * 100 * share_lost(0.3 * fire * 15.849 / 100), dead[:, side].std() / math.sqrt(N)
        assert abs(dead[:, side].mean() - due) < 4 * spread


def test_sizes_of_fights_have_a_heavy_tail():
    """Bands alike, some 20 dead of an average fight on either side: a quarter below 4, one in a hundred over 100."""
    dead, _ = battles(certain(own=2000, foes=2000, lethality=0.2), 2000)
    total = dead.sum(axis=1)
    assert total.max() > 10 * total.mean()
    assert np.median(total) < 0.5 * total.mean()


def test_losses_never_exceed_strength_and_the_beaten_are_gone():
    dead, _ = battles(certain(own=3, foes=200, lethality=5.0), 500)
    assert np.all(dead >= 0)
    assert np.all(dead[:, 1] <= 3)
    assert (dead[:, 1] == 3).any()
    lab = certain(own=1, foes=200, lethality=5.0)
    for seed in range(20):
        lab.clock.seed[0] = seed
        if lab.bands.fighters[1]:
            lab.run(fight)
    assert lab.bands.fighters[1] == 0
    assert lab.bands.status[1] == BandStatus.DISPERSED


def test_every_death_is_booked_once():
    lab = certain(lethality=2.0, crossfire_per_death=1.0)
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


@pytest.mark.parametrize(
    ("kind", "density", "caught"),
    [
        ("rebel", 0.0, 1.0),
        ("rebel", 1500.0, 1.0 + 9.0 / 2),
        ("militia", 1500.0, 1.0 + 9.0 / 4),
        ("rebel", 4500.0, 1.0 + 9.0 * 0.9),
    ],
)
def test_shells_hit_more_civilians_the_denser_they_live(kind, density, caught):
    lab = certain(lethality=2.0, crossfire_per_death=1.0, town_gain=9.0, town_per_km2=1500.0)
    lab.groups.kind[REBELS] = GroupKind[kind.upper()]
    lab.communities.residents[:, 0] = 10_000_000  # enough for all, wherever they are counted
    lab.population.here[0] = density * 400.0
    for seed in range(300):
        lab.bands.fighters[:2], lab.bands.status[:2], lab.bands.cell[:2] = 100, BandStatus.ACTIVE, 0
        lab.bands.morale[:2], lab.clock.seed[0] = 1.0, seed
        lab.run(fight)
    fallen, hit = lab.record.tally[Count.BATTLE_DEATHS], lab.record.tally[Count.CROSSFIRE]
    assert fallen > 1000
    assert abs(hit - caught * fallen) < 4 * math.sqrt(caught * fallen)


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
    lab = certain(own=30, foes=300, lethality=3.0)
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
    """It is where the side stands that is attacked: each as often; the other way round, all is mirrored."""
    places = []
    for order in ((ARMY, REBELS), (REBELS, ARMY)):
        lab, cells = certain(together=False, order=order, lethality=0.0), []
        for seed in range(200):
            lab.bands.cell[:2] = (0, 1) if order == (ARMY, REBELS) else (1, 0)
            lab.clock.seed[0] = seed
            lab.log.count[0] = 0
            lab.run(fight)
            cells += lab.log.cell[: lab.log.count[0]].tolist()
        places.append(cells)
    assert abs(np.mean(places[0]) - 0.5) < spread_of_share(0.5, 200)
    assert [1 - c for c in places[1]] == places[0]


def test_groups_in_another_order_lose_alike_bit_for_bit():
    """The sides swap rows and names: each loses what the other lost."""
    lost = []
    for order in ((ARMY, REBELS), (REBELS, ARMY)):
        dead, _ = battles(certain(own=150, foes=150, order=order, lethality=0.5), 100)
        lost.append(dead)
    assert (lost[0] == lost[1]).all()


def test_a_band_that_nobody_fights_leaves_the_luck_of_others_alone():
    def fought(*more):
        groups = [army(where={"A": 1.0}), rebels(where={"A": 1.0}), *more]
        lab = Lab(scenario("AB", armed_groups=groups, parameters={"clashes": {"clash_rate": 3.0}})).run(march)
        lab.groups.posture[:] = Posture.OFFENSIVE
        lab.run(fight, 12)
        return lab.bands.fighters[:2].tolist(), lab.log.size[: lab.log.count[0]].tolist()

    alone = fought()
    assert len(alone[1]) > 2
    assert fought(rebels(id="bystanders", where={"A": 1.0})) == alone
