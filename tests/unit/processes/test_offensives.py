"""Peacekeepers attack: who, whom, how often, what it costs both sides and those near by."""

import math

import numpy as np
import pytest

from sim.processes.band_movement import march
from sim.processes.offensives import attack_groups
from sim.world.checks import INVARIANTS
from sim.world.kinds import BandStatus, Component, Count, EventKind, UnitStatus
from tests.support.worlds import (
    AREA,
    REBELS,
    Lab,
    army,
    assert_same,
    contributor,
    frozen,
    mission,
    rebels,
    scenario,
    spread_of_share,
)

N = 600
CROWD = 1 - math.exp(-0.5 / AREA)  # one band in a country of one cell
ODDS = 1.5 * 1.5 / (1 + 1.5 * 1.5)  # a hundred at work, each worth one and a half fighters


def front(rows="A", own=100, kind="rebel", enemies=("rebels",), tasks=None, units=1, **offensives):
    """A hundred peacekeepers at work beside a band of as many rebels; the mission may attack and is free to."""
    parts = {
        "mission": mission(tasks or {"offensive_operations": 1.0}, military=150 * units),
        "contributors": [contributor(pledged=150 * units)],
        "armed_groups": [
            army(fighters=0, where={"A": 1.0}, enemies=list(enemies)),
            rebels(kind=kind, fighters=own, where={rows[-1]: 1.0}, band_size=5000),
        ],
        "parameters": {
            "offensives": {"crossfire_per_death": 0.0} | offensives,
            "band_movement": {"split_per_week": 0.0},
        },
    }
    lab = Lab(scenario(rows, **parts)).run(march)
    lab.units.effective[:], lab.units.cell[:] = 100.0, 0
    lab.missions.consent[:], lab.missions.technology[:] = 1.0, 0.0
    return lab


def attacks(lab, n=N):
    """Share of n lucks in which the unit attacks."""
    kept = [
        (column, column.copy()) for table in (lab.bands, lab.groups, lab.units, lab.communities) for column in table
    ]
    count = 0
    for seed in range(n):
        for column, first in kept:
            column[...] = first
        lab.clock.seed[0], lab.log.count[0] = seed, 0
        count += lab.run(attack_groups).log.count[0]
    return count / n


def assert_hazard(lab, hazard):
    chance = 1 - math.exp(-hazard)
    assert abs(attacks(lab) - chance) < spread_of_share(chance, N)


def test_the_hazard_follows_licence_odds_and_nearness():
    assert_hazard(front(offensive_rate=1.0), CROWD * ODDS)
    strong = front(own=300, offensive_rate=4.0)
    strong.missions.technology[:] = 0.5  # twice the fire: even odds
    assert_hazard(strong, 4.0 * CROWD / 2)
    far = front("A...B", offensive_rate=20.0)
    assert attacks(far, 50) == 0.0


@pytest.mark.parametrize(("table", "column"), [("missions", "force"), ("missions", "consent"), ("missions", "effort")])
def test_rules_of_engagement_consent_and_effort_multiply_it(table, column):
    lab = front(offensive_rate=2.0)
    getattr(getattr(lab, table), column)[:] *= 0.4
    assert_hazard(lab, 2.0 * 0.4 * CROWD * ODDS)


def test_caution_and_hiding_lower_it_and_shared_knowledge_finds_those_who_hide():
    lab = front(offensive_rate=2.0)
    lab.units.caution[:] = 0.7
    assert_hazard(lab, 2.0 * 0.3 * CROWD * ODDS)
    lab = front(offensive_rate=2.0)
    lab.bands.status[0] = BandStatus.HIDDEN
    lab.missions.sharing[:], lab.units.knowledge[:] = 0.5, 0.5
    seen = 0.2 + 0.8 * 0.25
    assert_hazard(lab, 2.0 * (1 - math.exp(-0.5 * seen / AREA)) * ODDS)


def nothing(lab):
    before = frozen(lab.world, "clock", "violence.battle_week")
    lab.run(attack_groups, 30)
    assert_same(before, lab.world)


def test_without_units_task_force_or_consent_nothing_happens_bit_for_bit():
    for table, column, value in (
        ("units", "status", UnitStatus.HOME),
        ("units", "effective", 0.0),
        ("units", "component", Component.OBSERVERS),
        ("missions", "effort", 0.0),
        ("missions", "force", 0.0),
        ("missions", "consent", 0.0),
    ):
        lab = front(offensive_rate=20.0)
        getattr(getattr(lab, table), column)[:] = value
        nothing(lab)
    nothing(front(tasks={"protection_of_civilians": 1.0}, offensive_rate=20.0))


def test_signatories_and_those_who_do_not_fight_the_state_are_left_alone():
    lab = front(offensive_rate=20.0)
    lab.groups.signatory[REBELS] = 1
    nothing(lab)
    nothing(front(enemies=(), offensive_rate=20.0))
    nothing(front(kind="state", offensive_rate=20.0))


def test_both_sides_lose_by_what_bears_on_them():
    """150 ** 0.6 = 20.2 peacekeepers engaged, 2/3 of them at work and each worth 1.5; 15.8 rebels, half as deadly."""
    lab = front(offensive_rate=20.0, scouted_1000_km2=100.0, lethality=0.02)
    start, dead, fallen = lab.bands.fighters[0], [], []
    for seed in range(N):
        lab.bands.fighters[0], lab.units.headcount[0] = start, 150
        lab.bands.status[0], lab.bands.cell[0], lab.bands.morale[0], lab.units.caution[0] = BandStatus.ACTIVE, 0, 1, 0
        lab.clock.seed[0] = seed
        lab.run(attack_groups)
        dead.append(start - lab.bands.fighters[0])
        fallen.append(150 - lab.units.headcount[0])
    for found, due in ((dead, 0.02 * 20.21), (fallen, 0.02 * 15.85 / 2)):
        assert abs(np.mean(found) - due) < 4 * np.std(found) / math.sqrt(N)


def fought():
    """A week in which a unit has attacked and both sides have lost."""
    lab = front("AB", offensive_rate=20.0, scouted_1000_km2=100.0, lethality=2.0, crossfire_per_death=1.0)
    lab.bands.cell[0], lab.bands.target[0] = 0, 0
    lab.run(march)
    lab.people_before = lab.people()
    for seed in range(100):
        lab.clock.seed[0] = seed
        lab.run(attack_groups)
        if lab.record.tally[Count.PEACEKEEPERS_HOSTILE] and lab.population.killed[0]:
            return lab
    raise AssertionError("no such week")


def test_the_dead_of_both_sides_are_booked_where_the_other_dead_are():
    lab = fought()
    fallen, dead = 150 - lab.units.headcount[0], 100 - lab.bands.fighters[0]
    assert fallen == lab.casualties.hostile[0] == lab.record.tally[Count.PEACEKEEPERS_HOSTILE]
    assert fallen == lab.contributors.recent_dead[0] == lab.missions.recent_dead[0]
    assert dead == lab.record.tally[Count.BATTLE_DEATHS] == lab.ranks.killed[REBELS]
    assert dead == lab.population.fighters_killed[0] == lab.violence.battle_deaths.sum()
    assert dead == lab.groups.recent_dead[REBELS]
    assert lab.groups.fighters[REBELS] == lab.bands.fighters[0]
    assert lab.population.killed[0] == lab.violence.crossfire.sum() == lab.record.tally[Count.CROSSFIRE]
    assert lab.people() == lab.people_before
    assert lab.log.kind[0] == EventKind.OFFENSIVE
    laws = ("people_are_conserved", "fighters_are_conserved", "bands_are_whole", "groups_know_their_fighters")
    assert [breach for law in laws for breach in INVARIANTS[law](lab.world)] == []


def test_a_beaten_band_leaves_and_hides_and_a_beaten_unit_grows_cautious():
    lab = front("AB", own=30, offensive_rate=20.0, scouted_1000_km2=100.0, exposure=0.0, lethality=0.1)
    lab.bands.cell[0], lab.bands.target[0] = 0, 0
    lab.run(march)
    lab.run(attack_groups)
    assert (lab.bands.cell[0], lab.bands.status[0]) == (1, BandStatus.HIDDEN)
    assert lab.units.caution[0] == 0.0
    lab = front(own=2000, offensive_rate=20.0, scouted_1000_km2=100.0, firepower=20.0, lethality=0.5, exposure=5.0)
    lab.units.headcount[:] = 40
    lab.run(attack_groups)
    fallen = 40 - lab.units.headcount[0]
    assert fallen > 2
    assert lab.units.caution[0] == pytest.approx(min(0.9, 5.0 * fallen / 40))


def test_civilians_killed_cost_trust_in_proportion():
    lab = front(offensive_rate=20.0, scouted_1000_km2=100.0, lethality=1.0, crossfire_per_death=5.0, blame=0.02)
    lab.communities.trust_mission[:] = 0.6
    while lab.population.killed[0] == 0:
        lab.clock.seed[0] += 1
        lab.run(attack_groups)
    caught = lab.population.killed[0]
    assert lab.communities.trust_mission[0] == pytest.approx(0.6 * math.exp(-0.02 * caught))


def test_a_band_is_attacked_once_a_week_and_losses_never_exceed_strength():
    lab = front(own=20, units=6, offensive_rate=20.0, scouted_1000_km2=100.0, lethality=5.0, exposure=5.0)
    for seed in range(30):
        lab.clock.seed[0], lab.log.count[0] = seed, 0
        lab.run(attack_groups)
        assert lab.log.count[0] <= 1
        assert lab.bands.fighters.min() >= 0
        assert lab.units.headcount.min() >= 0
