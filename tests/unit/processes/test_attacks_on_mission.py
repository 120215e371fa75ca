"""Harm to peacekeepers: the hazard of an attack, its dead and what follows, illness and accidents."""

import math

import numpy as np
import pytest

from sim.processes.attacks_on_mission import attack_mission
from sim.world.kinds import Count, EventKind, Task, UnitStatus
from tests.support.worlds import ARMY, REBELS, Lab, army, contributor, mission, rebels, scenario, spread_of_share

N = 2000
UNITS = 200  # each with a luck of its own
RATE = 0.3


def target(kind="rebel", armed=100.0, troops=None, groups=None, **attacks):
    """Companies amid fighters whose group is not committed to peace, covered and trusted."""
    parts = {
        "mission": mission(military=150 * UNITS, tasks={"ddr": 1.0}),
        "contributors": troops or [contributor(pledged=150 * UNITS)],
        "armed_groups": groups or [rebels(kind=kind, where={"A": 1.0})],
        "parameters": {"attacks_on_mission": {"attack_rate": RATE, "illness_per_year": 0.0} | attacks},
    }
    lab = Lab(scenario("A", **parts))
    lab.influence.armed[:, 0] = armed
    lab.presence.troops[:], lab.groups.cohesion[:] = 100.0, 0.0
    lab.presence.covered[:], lab.communities.trust_mission[:] = 1.0, 1.0
    lab.units.training[:], lab.missions.sharing[:] = 0.0, 0.0
    return lab


def attacks(lab, n=N):
    """Share of about n units that are attacked in a week."""
    hit, weeks = 0, max(1, n // UNITS)
    for seed in range(weeks):
        lab.clock.seed[0] = seed
        lab.units.headcount[:] = lab.units.size
        lab.record.tally[:] = 0.0
        hit += lab.run(attack_mission).record.tally[Count.ATTACKS]
    return hit / weeks / len(lab.units.size)


def assert_hazard(lab, hazard):
    chance = 1 - math.exp(-hazard)
    assert abs(attacks(lab) - chance) < spread_of_share(chance, N)


def test_what_counts_is_how_many_of_those_who_bear_arms_are_hostile():
    assert_hazard(target(), RATE / 2)  # a hundred rebels, a hundred peacekeepers felt
    assert_hazard(target(armed=300.0), RATE * 0.75)
    assert attacks(target(armed=0.0), 200) == 0.0
    groups = [rebels(where={"A": 1.0}), rebels(id="calm", where={"A": 1.0}, commitment=1.0)]
    assert_hazard(target(groups=groups), RATE / 3)


def test_there_is_no_number_of_fighters_at_which_danger_stops_to_grow():
    hazards = []
    for armed, troops in ((1e2, 1e2), (1e4, 1e4), (1e4, 1e2)):
        lab = target(armed=armed)
        lab.presence.troops[:] = troops
        hazards.append(attacks(lab))
    assert hazards[0] == pytest.approx(hazards[1])
    assert hazards[2] > hazards[1]


@pytest.mark.parametrize(("kind", "factor"), [("rebel", 1.0), ("terrorist", 4.0), ("state", 0.3), ("gang", 0.3)])
def test_hostility_hangs_on_the_kind_of_group(kind, factor):
    lab = target(kind)
    lab.missions.consent[:] = 0.4  # a state that consents a little: 0.5 x 0.6
    assert_hazard(lab, RATE / 2 * factor)


@pytest.mark.parametrize(("kind", "factor"), [("rebel", 0.6), ("militia", 0.6), ("terrorist", 4.0), ("state", 0.3)])
def test_discipline_averts_attacks_but_not_those_on_purpose(kind, factor):
    lab = target(kind)
    lab.groups.cohesion[:], lab.missions.consent[:] = 0.5, 0.0
    assert_hazard(lab, RATE / 2 * factor)


def test_a_host_that_consents_fully_never_attacks_and_signatories_seldom():
    lab = target("state")
    lab.missions.consent[:] = 1.0
    assert attacks(lab, 300) == 0.0
    lab = target()
    lab.groups.signatory[:] = 1
    assert_hazard(lab, RATE / 2 * 0.3)


def test_commitment_to_peace_disarms_hostility():
    lab = target()
    lab.groups.commitment[:] = 0.7
    assert_hazard(lab, RATE / 2 * 0.3)
    lab.groups.commitment[:] = 1.0
    assert attacks(lab, 300) == 0.0


@pytest.mark.parametrize(
    ("column", "value", "factor"),
    [
        ("presence.covered", 0.2, 1.8),
        ("communities.trust_mission", 0.4, 1.6),
        ("missions.impartiality", 0.4, 1.6),
        ("units.training", 0.8, math.exp(-0.8)),
        ("missions.sharing", 0.8, math.exp(-0.5 * 0.8 * 0.5)),  # half of local knowledge, shared
    ],
)
def test_isolation_distrust_and_partiality_raise_it_and_training_and_information_lower_it(column, value, factor):
    lab = target()
    table, name = column.split(".")
    getattr(getattr(lab, table), name)[:] = value
    assert_hazard(lab, RATE / 2 * factor)


def test_guards_avert_attacks():
    lab = target()
    lab.missions.effort[0, Task.FORCE_PROTECTION] = 0.5
    assert_hazard(lab, RATE / 2 * math.exp(-0.7 * 0.5))


def test_those_whom_the_mission_attacks_hit_back():
    """Rebels who fight the state, not those who do not, nor those who have signed; as far as there is force for it."""
    soldiers = army(fighters=0, where={"A": 1.0})
    for enemies, signed, factor in ((["rebels"], 0, 1.0 + 2.0 * 0.5 * 0.8), ([], 0, 1.0), (["rebels"], 1, 0.3)):
        lab = target(groups=[soldiers | {"enemies": enemies}, rebels(where={"A": 1.0})])
        lab.missions.effort[0, Task.OFFENSIVE_OPERATIONS], lab.missions.force[:] = 0.5, 0.8
        lab.missions.consent[:], lab.influence.armed[ARMY, 0] = 1.0, 0.0
        lab.groups.signatory[REBELS] = signed
        assert_hazard(lab, RATE / 2 * factor)


def test_a_partial_mission_angers_rebels_and_not_the_state():
    lab = target("state")
    lab.missions.impartiality[:], lab.missions.consent[:] = 0.0, 0.6
    assert_hazard(lab, RATE / 2 * 0.2)


def test_an_attack_kills_some_of_the_unit_and_makes_it_cautious():
    lab = target(armed=1e9, attack_rate=10.0, killed_per_attack=3.0, troops=[contributor()])
    lab.units.caution[0] = 0.5
    lab.run(attack_mission)
    dead = 150 - lab.units.headcount[0]
    assert lab.units.caution[0] == pytest.approx(0.5 + 0.4 * 0.5)
    assert dead == lab.casualties.hostile[0] == lab.record.tally[Count.PEACEKEEPERS_HOSTILE] > 0
    assert dead == lab.contributors.recent_dead[0] == lab.missions.recent_dead[0]
    assert lab.log.kind[0] == EventKind.ATTACK_ON_MISSION


def test_the_dead_are_poisson_and_never_more_than_the_unit():
    lab = target(armed=1e9, attack_rate=10.0, killed_per_attack=0.4)
    assert attacks(lab, UNITS) == 1.0
    assert abs(np.mean(150 - lab.units.headcount) - 0.4) < 4 * math.sqrt(0.4 / UNITS)
    few = target(armed=1e9, attack_rate=10.0, killed_per_attack=50.0, troops=[contributor(pledged=7)])
    few.run(attack_mission, 5)
    assert few.units.headcount[0] == 0
    assert few.casualties.hostile[0] == 7


def test_units_at_home_come_to_no_harm():
    lab = target(armed=1e9, attack_rate=10.0, illness_per_year=0.1)
    lab.units.status[:] = UnitStatus.PREPARING
    lab.run(attack_mission, 20)
    assert lab.casualties.hostile[0] == lab.casualties.other[0] == 0
    assert np.all(lab.units.headcount == 150)


def test_illness_and_accidents_take_their_yearly_toll():
    lab = target(armed=0.0, illness_per_year=0.052)
    attacks(lab)
    # 150 x 0.001 a week
    assert abs(lab.casualties.other[0] / N - 0.15) < 4 * math.sqrt(0.15 / N)
    assert lab.contributors.recent_dead[0] == 0.0


def test_a_group_in_two_halves_is_as_dangerous_as_one():
    halves = [rebels(where={"A": 1.0}), rebels(id="others", where={"A": 1.0})]
    assert attacks(target(armed=100.0, groups=halves)) == pytest.approx(attacks(target(armed=200.0)), rel=0.1)


def test_who_attacks_is_the_one_felt_most_in_anger():
    groups = [rebels(id="calm", where={"A": 1.0}, commitment=0.9), rebels(where={"A": 1.0})]
    lab = target(armed=1e6, groups=groups, attack_rate=10.0).run(attack_mission)
    assert lab.log.actor[0] == REBELS
