"""What armed groups are bent on: postures by their worth, targets by their appeal."""

import math
from collections import Counter

import numpy as np
import pytest

from sim.processes.group_strategy import plan
from sim.world.kinds import BandStatus, Posture
from tests.support.worlds import ARMY, REBELS, Lab, army, assert_same, frozen, rebels, scenario

N = 500


def war(own=100, foes=100, rows="AB", kind="rebel", **strategy):
    """A war in which the rebels have ``own`` fighters and the army ``foes``."""
    groups = [army(fighters=foes, where={"A": 1.0}), rebels(fighters=own, kind=kind, support=0.3)]
    return Lab(scenario(rows, armed_groups=groups, parameters={"group_strategy": strategy}))


def month(lab, first=0):
    """Let every group plan once: each has its week of the month."""
    for week in range(first, first + 4):
        lab.at(week).run(plan)
    return lab


def postures(lab, a=REBELS, n=N):
    """How often a group draws each posture in n lucks."""
    found = Counter()
    for seed in range(n):
        lab.clock.seed[0] = seed
        found[Posture(int(month(lab).groups.posture[a]))] += 1
    return {posture: found[posture] / n for posture in Posture}


def softmax(decisiveness, **worth):
    total = sum(math.exp(decisiveness * value) for value in worth.values())
    return {Posture[name.upper()]: math.exp(decisiveness * value) / total for name, value in worth.items()}


def test_postures_are_drawn_by_what_they_are_worth():
    lab = war(own=300, foes=100)
    lab.groups.commitment[REBELS], lab.groups.weariness[REBELS] = 0.1, 0.2
    edge = 0.5
    expected = softmax(4.0, offensive=edge + 0.3 - 0.2, hold=0.25, guerrilla=-edge, talk=0.2 + 0.2 - edge)
    found = postures(lab)
    for posture, share in expected.items():
        assert abs(found[posture] - share) < 4 * math.sqrt(share * (1 - share) / N), posture
    assert found[Posture.COMPLY] == 0


def test_peacekeepers_in_the_way_put_off_an_offensive():
    free, faced = war(), war()
    faced.presence.interposition[:] = 0.6  # deterrence 1.5 x 0.6 = 0.9
    expected = softmax(4.0, offensive=0.3 - 0.9, hold=0.25, guerrilla=0.9, talk=0.0)
    found = postures(faced)
    assert abs(found[Posture.OFFENSIVE] - expected[Posture.OFFENSIVE]) < 0.04
    assert found[Posture.OFFENSIVE] < 0.5 * postures(free)[Posture.OFFENSIVE]


def test_only_those_who_face_peacekeepers_are_deterred():
    faced = war()
    faced.presence.interposition[0] = 0.9  # where the army stands, not the rebels
    assert postures(faced) == postures(war())


def test_states_do_not_go_underground():
    lab = war(own=1000, foes=20)
    assert postures(lab, ARMY, 500)[Posture.GUERRILLA] == 0
    assert postures(war(own=20, foes=1000), n=500)[Posture.GUERRILLA] > 0.5


def test_a_committed_signatory_complies_and_a_group_without_foes_holds():
    lab = war()
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.41
    assert postures(lab, n=50)[Posture.COMPLY] == 1.0
    lab.groups.commitment[:] = 0.39
    assert postures(lab, n=50)[Posture.COMPLY] == 0.0
    lab.groups.signatory[:] = 0
    lab.groups.truce[:] = 1.0
    assert postures(lab, n=50)[Posture.HOLD] == 1.0


def test_the_sharpest_choice_takes_the_best_and_does_not_overflow():
    lab = war(decisiveness=50.0, edge_weight=10.0, deterrence_weight=10.0, own=20, foes=2000)
    lab.presence.interposition[:] = 1.0
    assert postures(lab, n=50)[Posture.GUERRILLA] == 1.0  # worth about 20, times 50


def test_groups_plan_once_a_month_and_not_all_in_the_same_week():
    weeks = set()
    for seed in range(40):
        lab = war(decisiveness=0.0)
        lab.communities.control[:] = 0.5
        lab.clock.seed[0] = seed
        planned = []
        for week in range(8):
            lab.groups.appeal[:] = 0.0
            planned.append(lab.at(week).run(plan).groups.appeal.any(axis=1))
        assert np.sum(planned, axis=0).tolist() == [2, 2]
        assert np.array_equal(planned[:4], planned[4:])
        weeks.add(int(np.argmax(planned, axis=0)[REBELS]))
    assert weeks == {0, 1, 2, 3}


def test_the_offensive_is_drawn_to_people_wealth_the_capital_and_what_the_enemy_holds():
    lab = war(rows="ABC", decisiveness=0.0)
    lab.communities.control[:, ARMY] = (0.9, 0.9, 0.0)
    lab.geography.resources[:] = 0.0
    lab.population.here[:] = 10_000.0
    for seed in range(50):
        lab.clock.seed[0] = seed
        if month(lab).groups.posture[REBELS] == Posture.OFFENSIVE:
            break
    # Nobody is felt yet: odds 0 / 1. Prize sqrt(10,000) / 100 = 1, the capital in A adds 3.
    assert lab.groups.appeal[REBELS] == pytest.approx([4.0 * 1.1 * 0.3, 1.1 * 0.3, 0.2 * 0.3])


def test_a_band_changes_its_target_only_for_a_better_one():
    lab = war(rows="ABCDEF")
    lab.communities.control[:, REBELS] = 1.0
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.9  # comply: holds what it has
    lab.population.here[:] = 100.0
    lab.population.here[4] = 1e6
    lab.bands.cell[1] = lab.bands.target[1] = 4
    for week in range(0, 200, 4):
        month(lab, week)
        assert lab.bands.target[1] == 4
    lab.bands.cell[1] = lab.bands.target[1] = 0
    for week in range(0, 200, 4):
        month(lab, week)
    assert lab.bands.target[1] == 4  # 80 km off, and worth it


def test_only_broken_guerrillas_hide():
    for morale, posture, status in (
        (0.5, Posture.GUERRILLA, BandStatus.HIDDEN),
        (0.8, Posture.GUERRILLA, BandStatus.ACTIVE),
        (0.5, Posture.HOLD, BandStatus.ACTIVE),
    ):
        lab = war(own=20, foes=1000)
        lab.bands.morale[:] = morale
        if posture == Posture.HOLD:
            lab.groups.enemies[:] = 0.0
        for seed in range(50):
            lab.clock.seed[0] = seed
            if month(lab).groups.posture[REBELS] == posture:
                break
        assert lab.groups.posture[REBELS] == posture
        rebel = np.flatnonzero(lab.bands.group * (lab.bands.fighters > 0) == REBELS)[0]
        assert lab.bands.status[rebel] == status


def test_a_group_without_fighters_plans_nothing():
    lab = war()
    lab.groups.fighters[:] = 0
    before = frozen(lab.world)
    lab.run(plan)
    assert_same(before, lab.world)
