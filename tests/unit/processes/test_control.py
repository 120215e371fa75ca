"""Control follows armed strength and working police, fades slowly without, and administration extends it."""

import numpy as np
import pytest

from sim.processes.control import shift_control
from sim.world.kinds import Component, Task
from tests.support.worlds import ARMY, REBELS, Lab, mission, scenario

RATE, FADE, EXTEND = 0.12, 0.015, 0.03
NO_POLICE = {"control": {"officers_per_1000": 0.0}}


def land(rows="AB", institutions=0.0, trust=0.0, **parts):
    lab = Lab(scenario(rows, **parts))
    lab.communities.police[:] = lab.communities.services[:] = institutions
    lab.communities.trust_state[:] = trust
    lab.communities.control[:] = 0.0
    return lab


def test_shares_move_towards_relative_strength():
    lab = land()
    lab.communities.control[:, 0] = (0.5, 0.1)
    lab.influence.armed[:, 0] = (24.0, 8.0)  # 80 per 1,000 km2, beside 20: four fifths of the full speed
    lab.run(shift_control)
    army = 0.5 + RATE * 0.8 * (0.75 - 0.5) - FADE * 0.2 * 0.5
    rebels = 0.1 + RATE * 0.8 * (0.25 - 0.1) - FADE * 0.2 * 0.1
    assert lab.communities.control[:, 0] == pytest.approx([army, rebels])
    assert lab.violence.contested[0] == pytest.approx(4 * army * rebels)
    lab.run(shift_control, 400)
    held = RATE * 0.8 / (RATE * 0.8 + FADE * 0.2)
    assert lab.communities.control[:, 0] == pytest.approx([0.75 * held, 0.25 * held])


def test_with_nobody_there_control_fades_slowly_and_not_where_the_state_works():
    lab = land()
    lab.communities.control[:] = 0.4
    lab.run(shift_control, 10)
    assert lab.communities.control == pytest.approx(0.4 * (1 - FADE) ** 10)
    lab = land("A", institutions=1.0, trust=1.0, parameters=NO_POLICE)
    lab.communities.control[:, 0] = (0.6, 0.4)
    lab.run(shift_control)
    assert lab.communities.control[:, 0] == pytest.approx([0.6, 0.4 * (1 - FADE) + 0.0], abs=EXTEND * 0.4 * FADE)


def test_police_hold_ground_without_soldiers():
    """Three officers per 1,000 people, half of them at work, 60 % of people with them: 9, or 22.5 in 1,000 km2."""
    lab = land("A", institutions=0.5, trust=0.2, parameters={"control": {"extend_rate": 0.0}})
    lab.communities.control[:, 0] = (0.5, 0.2)
    officers = 3.0 * 10 * 0.5 * 0.6 * (1 - 0.2) / 0.4
    held, works = officers / (officers + 20), 0.5 * 0.6
    lab.run(shift_control)
    army = 0.5 + RATE * held * 0.5 - FADE * (1 - held) * (1 - works) * 0.5
    assert lab.communities.control[:, 0] == pytest.approx([army, 0.2 * (1 - RATE * held - FADE * (1 - held))])
    lab.run(shift_control, 300)
    assert lab.communities.control[ARMY, 0] > 0.9
    assert lab.communities.control[REBELS, 0] < 1e-6


@pytest.mark.parametrize("lack", ["police", "people", "officers"])
def test_without_police_ground_falls_to_nobody(lack):
    parts = {"parameters": NO_POLICE} if lack == "officers" else {}
    lab = land("A", **parts)
    lab.communities.police[:] = 0.0 if lack == "police" else 0.5
    if lack == "people":
        lab.population.here[:] = 0.0
    lab.communities.control[ARMY, 0] = 0.8
    lab.run(shift_control, 200)
    assert lab.communities.control[ARMY, 0] < 0.2


def test_the_more_people_and_police_the_faster_the_state_comes_back():
    share = {}
    for people, police, trust in ((1, 0.4, 0.4), (4, 0.4, 0.4), (1, 0.8, 0.4), (1, 0.4, 1.0)):
        lab = land("A")
        lab.population.here[:] *= people
        lab.communities.police[:], lab.communities.trust_state[:] = police, trust
        share[people, police, trust] = lab.run(shift_control, 4).communities.control[ARMY, 0]
    least = share.pop((1, 0.4, 0.4))
    assert 0.0 < least < min(share.values())


def test_police_hold_only_what_armed_groups_leave():
    """Twenty fighters in 1,000 km2 hold half of the ground; police share what they leave and take nothing of theirs."""
    lab = land("A", institutions=1.0, trust=1.0, parameters={"control": {"extend_rate": 0.0}})
    lab.influence.armed[REBELS, 0] = 8.0
    policed = 0.5 * 75 / (75 + 20)
    lab.run(shift_control)
    assert lab.communities.control[:, 0] == pytest.approx([RATE * policed, RATE * 0.5])


def test_police_are_nowhere_where_others_rule():
    lab = land("A", institutions=1.0, trust=1.0)
    lab.communities.control[REBELS, 0] = 1.0
    lab.influence.armed[REBELS, 0] = 1.0
    lab.run(shift_control)
    held = 2.5 / 22.5
    assert lab.communities.control[:, 0] == pytest.approx([0.0, 1.0 - FADE * (1 - held)])


def test_authority_extends_from_where_it_is():
    lab = land("ABC", institutions=0.5, trust=0.2, parameters=NO_POLICE)
    lab.communities.control[ARMY, 0] = 0.8
    works = 0.5 * (0.5 + 0.5 * 0.2)
    lab.run(shift_control)
    first = 0.8 * (1 - FADE * (1 - works))
    first += EXTEND * works * (1 - first) * 0.8 * 8 / 9  # seven sides of the sea, and itself, are its own
    assert lab.communities.control[ARMY, :] == pytest.approx([first, EXTEND * works * 0.8 / 9, 0.0])


def test_a_desert_without_institutions_stays_one():
    lab = land("ABC")
    lab.communities.control[ARMY, 0] = 1.0
    lab.run(shift_control, 100)
    assert not lab.communities.control[:, 1:].any()
    nobody = land("AB", institutions=1.0, trust=1.0, parameters=NO_POLICE).run(shift_control, 100)
    assert not nobody.communities.control.any()


def test_even_the_best_administration_needs_a_year_to_the_next_cell():
    lab = land("AAA\nBBB\nBBB", institutions=1.0, trust=1.0, parameters=NO_POLICE)
    lab.communities.control[ARMY, :3] = 1.0
    lab.run(shift_control, 26)
    assert 0.2 < lab.communities.control[ARMY, 4] < 0.6
    lab.run(shift_control, 130)
    assert lab.communities.control[ARMY, 4] > 0.95


def test_institutions_do_not_push_out_those_who_rule():
    lab = land("A", institutions=1.0, trust=1.0)
    lab.communities.control[:, 0] = (0.0, 1.0)
    lab.influence.armed[REBELS, 0] = 400.0
    before = lab.run(shift_control, 50).communities.control[:, 0]
    assert before[REBELS] > 0.97


def test_peacekeepers_with_a_mandate_to_attack_hold_ground_for_the_state_as_far_as_consent_goes():
    lab = land("AB", mission=mission({"offensive_operations": 1.0}))
    lab.presence.felt[0, Component.MILITARY, 1] = 32.0
    lab.missions.consent[:] = 0.5
    lab.influence.armed[REBELS, 1] = 16.0  # as many as the part of them that counts
    lab.run(shift_control)
    held = 80.0 / (80.0 + 20.0)
    assert lab.communities.control[:, 1] == pytest.approx([RATE * held / 2, RATE * held / 2])
    assert not lab.communities.control[:, 0].any()


@pytest.mark.parametrize("column", ["effort", "force", "consent"])
def test_others_hold_nothing(column):
    lab = land("AB", mission=mission({"offensive_operations": 1.0}))
    lab.presence.felt[0, Component.MILITARY] = 50.0
    getattr(lab.missions, column)[:] = 0.0
    assert not lab.run(shift_control).communities.control.any()
    assert lab.missions.effort[0, Task.PROTECTION_OF_CIVILIANS] == 0.0


def test_shares_stay_shares():
    lab = land("ABC", institutions=1.0, trust=1.0, parameters={"control": {"control_rate": 1.0, "extend_rate": 1.0}})
    draw = np.random.default_rng(1)
    lab.communities.control[:] = 0.5
    for _ in range(200):
        lab.influence.armed[:] = 10.0 ** draw.uniform(-3, 5, lab.influence.armed.shape)
        lab.run(shift_control)
        assert lab.communities.control.min() >= 0.0
        assert lab.communities.control.sum(axis=0).max() <= 1.0 + 1e-12
        assert 0.0 <= lab.violence.contested.min() <= lab.violence.contested.max() <= 1.0


def test_a_mirrored_country_is_ruled_alike():
    one, other = land("ABC", institutions=0.7, trust=0.5), land("ABC", institutions=0.7, trust=0.5)
    one.communities.control[:, 0] = (0.9, 0.1)
    other.communities.control[:, 2] = (0.9, 0.1)
    for lab in (one, other):
        lab.run(shift_control, 20)
    assert one.communities.control == pytest.approx(other.communities.control[:, ::-1])


def test_what_counts_is_strength_by_area():
    shares = []
    for cell_km in (10.0, 40.0):
        lab = land()
        lab.geography.cell_km[0] = cell_km
        lab.influence.armed[REBELS, 0] = 50.0 * cell_km * cell_km / 1000
        shares.append(lab.run(shift_control).communities.control[REBELS, 0])
    assert shares[0] == pytest.approx(shares[1])
    assert shares[0] == pytest.approx(RATE * 50 / 70)
