"""Police and services grow with help, calm and trust, and decay under fear."""

import pytest

from sim.processes.institutions import build_institutions
from sim.world.kinds import MissionStage
from tests.support.worlds import Lab, contributor, mission, scenario

LOAD = 10_000 / 1000 * 0.3 + 0.1


def place(tasks=None, police=0.0, civilians=0.0, level=0.4, fear=0.0, trust=0.8, **institutions):
    parts = {
        "mission": mission(tasks or {"police_training": 1.0, "state_authority": 0.5}),
        "contributors": [contributor()],
        "parameters": {"institutions": institutions},
    }
    lab = Lab(scenario(**parts))
    lab.communities.police[:] = lab.communities.services[:] = level
    lab.communities.fear[:], lab.communities.trust_state[:] = fear, trust
    lab.presence.police[0], lab.presence.civilians[0] = police, civilians
    return lab


def test_growth_with_and_without_help():
    lab = place(police=9.3, civilians=6.2, fear=0.25).run(build_institutions)
    calm, decay = 0.75 * 0.8, 0.02 * 0.25 * 0.4
    helped = 0.4 + (0.001 + 0.006 * 9.3 / (9.3 + LOAD)) * calm * 0.6 - decay
    served = 0.4 + (0.001 + 0.006 * 3.1 / (3.1 + LOAD)) * calm * 0.6 - decay
    alone = 0.4 + 0.001 * calm * 0.6 - decay
    assert lab.communities.police == pytest.approx([helped, alone])
    assert lab.communities.services == pytest.approx([served, alone])


def test_the_better_of_training_and_rule_of_law_counts():
    one = place({"police_training": 1.0, "rule_of_law": 0.2}, police=5.0).run(build_institutions)
    two = place({"rule_of_law": 1.0}, police=5.0).run(build_institutions)
    none = place({"ddr": 1.0}, police=5.0).run(build_institutions)
    assert one.communities.police[0] == two.communities.police[0] > none.communities.police[0]
    assert none.communities.police[0] == none.communities.police[1]


def test_levels_find_their_fixed_point_between_nothing_and_all():
    lab = place(police=1e6, fear=0.3, trust=1.0).run(build_institutions, 4000)
    growth, decay = 0.007 * 0.7, 0.02 * 0.3
    assert lab.communities.police[0] == pytest.approx(growth / (growth + decay), rel=1e-3)
    lab = place(level=1.0, fear=1.0).run(build_institutions, 3000)
    assert 0.0 <= lab.communities.police.min() < 1e-9


def test_what_has_grown_stays_when_the_mission_leaves():
    lab = place(police=50.0, trust=1.0).run(build_institutions, 100)
    grown = lab.communities.police[0]
    lab.missions.stage[:] = MissionStage.CLOSED
    lab.run(build_institutions, 50)
    assert lab.communities.police[0] >= grown
    alone = place(level=grown, trust=1.0).run(build_institutions, 50)
    assert lab.communities.police[0] == pytest.approx(alone.communities.police[0])


def test_no_trust_no_growth_no_fear_no_decay():
    lab = place(police=50.0, civilians=50.0, trust=0.0).run(build_institutions, 30)
    assert lab.communities.police.tolist() == [0.4, 0.4]
    assert lab.communities.services.tolist() == [0.4, 0.4]
