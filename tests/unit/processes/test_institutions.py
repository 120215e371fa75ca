"""Police and services grow with help, calm and trust where no armed group rules, and decay under fear."""

import pytest

from sim.processes.institutions import build_institutions
from sim.world.kinds import Component
from tests.support.worlds import REBELS, Lab, contributor, mission, scenario

LOAD = 10_000 / 1000 * 0.3


def place(tasks=None, police=0.0, civilians=0.0, formed=0.0, level=0.4, fear=0.0, trust=0.8, **institutions):
    parts = {
        "mission": mission(tasks or {"police_training": 1.0, "state_authority": 0.5}),
        "contributors": [contributor()],
        "parameters": {"institutions": institutions},
    }
    lab = Lab(scenario(**parts))
    lab.communities.police[:] = lab.communities.services[:] = level
    lab.communities.fear[:], lab.communities.trust_state[:], lab.communities.control[:] = fear, trust, 0.0
    felt = {Component.POLICE: police, Component.CIVILIANS: civilians, Component.FORMED_POLICE: formed}
    for component, strength in felt.items():
        lab.presence.felt[0, component, 0] = strength
    return lab


def test_growth_with_and_without_help():
    lab = place(police=9.0, civilians=6.0, fear=0.25).run(build_institutions)
    calm, decay = 0.75 * 0.8, 0.02 * 0.25 * 0.4
    helped = 0.4 + (0.001 + 0.006 * 9.0 / (9.0 + LOAD)) * calm * 0.6 - decay
    served = 0.4 + (0.001 + 0.006 * 3.0 / (3.0 + LOAD)) * calm * 0.6 - decay
    alone = 0.4 + 0.001 * calm * 0.6 - decay
    assert lab.communities.police == pytest.approx([helped, alone])
    assert lab.communities.services == pytest.approx([served, alone])


def test_officers_train_police_and_civilians_build_courts():
    officers = place({"police_training": 1.0}, police=5.0).run(build_institutions)
    jurists = place({"rule_of_law": 1.0}, civilians=5.0).run(build_institutions)
    both = place({"police_training": 1.0, "rule_of_law": 1.0}, police=2.5, civilians=2.5).run(build_institutions)
    none = place({"ddr": 1.0}, police=5.0, civilians=5.0).run(build_institutions)
    wrong = place({"rule_of_law": 1.0}, police=5.0, formed=50.0).run(build_institutions)
    grown = [lab.communities.police[0] for lab in (officers, jurists, both)]
    assert grown == pytest.approx([grown[0]] * 3)
    assert grown[0] > none.communities.police[0] == none.communities.police[1] == wrong.communities.police[0]


def test_two_missions_help_by_what_each_does_and_not_by_the_best_of_them():
    """Soldiers of one mission do not train police because another mission has that task."""
    parts = {
        "mission": mission({"police_training": 1.0}),
        "partners": [mission({"ddr": 1.0}, id="partner")],
        "contributors": [contributor(), contributor("mali", mission="partner")],
    }
    for felt, trainers in (((4.0, 0.0), 4.0), ((0.0, 4.0), 0.0), ((2.0, 2.0), 2.0)):
        lab = Lab(scenario(**parts))
        lab.communities.police[:], lab.communities.fear[:], lab.communities.trust_state[:] = 0.4, 0.0, 0.8
        lab.presence.felt[:, Component.POLICE, 0] = felt
        lab.run(build_institutions)
        expected = 0.4 + (0.001 + 0.006 * trainers / (trainers + LOAD)) * 0.8 * 0.6
        assert lab.communities.police[0] == pytest.approx(expected)


def test_the_state_does_not_build_where_others_rule():
    lab = place(police=9.0, civilians=9.0)
    lab.communities.control[REBELS, 0] = 0.75
    lab.run(build_institutions)
    free = place(police=9.0, civilians=9.0).run(build_institutions)
    assert lab.communities.police[0] - 0.4 == pytest.approx(0.25 * (free.communities.police[0] - 0.4))
    lab.communities.control[REBELS, 0] = 1.0
    before = lab.communities.services[0]
    assert lab.run(build_institutions).communities.services[0] == before


def test_levels_find_their_fixed_point_between_nothing_and_all():
    lab = place(police=1e6, fear=0.3, trust=1.0).run(build_institutions, 4000)
    growth, decay = 0.007 * 0.7, 0.02 * 0.3
    assert lab.communities.police[0] == pytest.approx(growth / (growth + decay), rel=1e-3)
    lab = place(level=1.0, fear=1.0).run(build_institutions, 3000)
    assert 0.0 <= lab.communities.police.min() < 1e-9


def test_what_has_grown_stays_when_the_mission_leaves():
    lab = place(police=50.0, trust=1.0).run(build_institutions, 100)
    grown = lab.communities.police[0]
    lab.presence.felt[:] = 0.0
    lab.run(build_institutions, 50)
    assert lab.communities.police[0] >= grown
    alone = place(level=grown, trust=1.0).run(build_institutions, 50)
    assert lab.communities.police[0] == pytest.approx(alone.communities.police[0])


def test_no_trust_no_growth_no_fear_no_decay():
    lab = place(police=50.0, civilians=50.0, trust=0.0).run(build_institutions, 30)
    assert lab.communities.police.tolist() == [0.4, 0.4]
    assert lab.communities.services.tolist() == [0.4, 0.4]
