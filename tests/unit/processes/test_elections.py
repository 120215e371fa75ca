"""Votes: what makes them good, and what a bad one does to whom."""

import numpy as np
import pytest

from sim.processes.elections import vote
from sim.world.kinds import EventKind, Stage
from tests.support.worlds import REBELS, START, Lab, assert_same, contributor, frozen, mission, scenario

SURE = {"noise": 0.0, "security_weight": 0.35, "administration_weight": 0.35, "inclusion_weight": 0.3}


def country(fear=0.2, services=0.5, inclusion=0.5, stage="transition", date=START, tasks=None, **elections):
    lab = Lab(
        scenario(
            peace={"stage": stage, "inclusion": 0.5, "elections": [{"date": date}]},
            mission=mission(tasks or {"elections": 1.0}, civilians=200),
            contributors=[contributor(pledged=100, component="civilians")],
            parameters={"elections": SURE | elections},
        )
    )
    lab.communities.fear[:], lab.communities.services[:] = fear, services
    lab.communities.grievance[:], lab.communities.control[:] = 0.2, 0.0
    lab.communities.cohesion[:] = 0.4
    lab.groups.commitment[:] = 0.6
    lab.peace.inclusion[:] = inclusion
    return lab


def quality(lab):
    lab.run(vote)
    row = np.flatnonzero(lab.log.kind[: lab.log.count[0]] == EventKind.ELECTION)[0]
    return lab.log.size[row]


def test_quality_is_security_administration_and_inclusion():
    lab = country(fear=(0.1, 0.5), services=(0.8, 0.2), inclusion=(0.2, 0.6))
    lab.population.here[:] = (3_000.0, 1_000.0)
    secure, run = 0.75 * 0.9 + 0.25 * 0.5, 0.75 * 0.8 + 0.25 * 0.2
    assert quality(lab) == pytest.approx(0.35 * secure + 0.35 * run + 0.3 * 0.4)


def test_a_vote_under_the_guns_of_an_armed_group_is_less_secure():
    free, armed = country(fear=0.0), country(fear=0.0, intimidation=0.5)
    armed.communities.control[REBELS, :] = (0.8, 0.0)
    assert quality(free) - quality(armed) == pytest.approx(0.35 * 0.5 * 0.8 / 2)
    state = country(fear=0.0)
    state.communities.control[0, :] = 1.0
    assert quality(state) == pytest.approx(quality(country(fear=0.0)))


def test_mission_staff_stand_in_for_administration_by_the_effort_of_their_mission():
    helped = country(services=0.2, staff_per_1000_people=1.5)
    helped.presence.felt[0, 4, :] = 15.0  # half of what 10,000 people ask for
    assert quality(helped) - quality(country(services=0.2)) == pytest.approx(0.35 * 0.8 * 0.5)
    other = country(services=0.2, tasks={"ddr": 1.0})
    other.presence.felt[0, 4, :] = 15.0
    assert quality(other) == pytest.approx(quality(country(services=0.2)))


def test_a_fair_vote_makes_legitimacy_and_moves_on():
    lab = country(fear=0.0, services=0.9)
    q = quality(lab)
    assert lab.peace.legitimacy[0] == pytest.approx(0.5 + 0.5 * (q - 0.5))
    assert lab.peace.stage[0] == Stage.POST_ELECTION
    assert lab.peace.inclusion == pytest.approx([0.5 + 0.5 * (q - 0.5) * 0.5] * 2)
    lost = 0.5 * (1 - q) * 0.5  # both are under arms, and half of the people are of each
    assert lab.groups.commitment == pytest.approx([0.6 * (1 - lost)] * 2)
    assert np.all(lab.communities.grievance == 0.2)
    assert np.all(lab.communities.fear == 0.0)


@pytest.mark.parametrize("stage", ["war", "talks", "relapse"])
def test_a_fair_vote_in_war_ends_no_war(stage):
    lab = country(fear=0.0, services=0.9, stage=stage)
    before = lab.peace.stage[0]
    assert lab.run(vote).peace.stage[0] == before


def test_a_bad_vote_is_a_shock_to_those_without_a_share():
    lab = country(fear=0.8, services=0.1, inclusion=(0.2, 1.0))
    lab.groups.share[REBELS] = 0.6
    lab.presence.protection[:] = (0.0, 0.5)
    bad = 0.5 - quality(lab)
    assert bad > 0.05
    assert lab.peace.legitimacy[0] == pytest.approx(0.5 - 0.5 * bad)
    lost = 0.5 * (0.5 + bad) * 0.5
    expected = [0.6 * (1 - lost) - 0.5 * bad, 0.6 * (1 - lost * 0.4) - 0.5 * bad * 0.4]
    assert lab.groups.commitment == pytest.approx(expected)
    angry = 0.2 + 0.5 * bad * 0.8 * 0.8
    assert lab.communities.grievance == pytest.approx(np.array([[angry] * 2, [0.2] * 2]))
    riots = 0.5 * bad * 0.6
    assert lab.communities.fear == pytest.approx([0.8 + riots * 0.2, 0.8 + riots * 0.5 * 0.2])
    assert lab.peace.stage[0] == Stage.TRANSITION


def test_losers_regret_the_peace_as_far_as_they_are_armed_and_few():
    lab = country(fear=0.0, services=0.9)
    lab.communities.residents.T[:] = (1_000, 9_000)  # one in ten is of the rebels' people
    lab.groups.fighters[REBELS], lab.groups.share[:] = 40, (0.0, 0.5)  # sixty of a hundred have disarmed
    q = quality(lab)
    army, rebels = 0.5 * (1 - q) * 0.1, 0.5 * (1 - q) * 0.9 * 0.4 * 0.5
    assert lab.groups.commitment == pytest.approx([0.6 * (1 - army), 0.6 * (1 - rebels)])


def test_where_no_vote_is_due_nothing_changes():
    lab = country(date="2000-03-06")
    before = frozen(lab.world)
    lab.run(vote)
    assert_same(before, lab.world)


def test_noise_has_its_size():
    lab = country(fear=0.0, services=0.8, noise=0.05)
    found = []
    for seed in range(800):
        lab.clock.seed[0], lab.log.count[0] = seed, 0
        lab.peace.legitimacy[0] = 0.5
        found.append(quality(lab))
    assert np.std(found) == pytest.approx(0.05, rel=0.12)


@pytest.mark.parametrize(("before", "after"), [("ceasefire", "CEASEFIRE"), ("agreement", "POST_ELECTION")])
def test_a_fair_vote_completes_an_agreement_and_never_a_bare_ceasefire(before, after):
    lab = country(fear=0.0, services=1.0, inclusion=1.0, stage=before)
    lab.run(vote)
    assert lab.peace.stage[0] == Stage[after]
