"""Reform of the state's forces: where trainers stand among willing soldiers; it fades slowly and restrains."""

import pytest

from sim.processes.security_reform import reform_forces
from sim.world.kinds import Component
from tests.support.worlds import ARMY, REBELS, Lab, assert_same, contributor, frozen, mission, scenario


def army_with(trainers=5.0, commitment=1.0, tasks=None, component=Component.MILITARY, **reform):
    """A hundred soldiers in the first cell, of whom five trainers reach half."""
    parts = {
        "mission": mission(tasks or {"security_sector_reform": 1.0}),
        "contributors": [contributor()],
        "parameters": {"security_reform": reform},
    }
    lab = Lab(scenario(**parts))
    lab.groups.commitment[:] = commitment
    lab.presence.felt[0, component, 0] = trainers
    return lab


@pytest.mark.parametrize("component", [Component.MILITARY, Component.POLICE, Component.CIVILIANS])
def test_reform_grows_where_trainers_are(component):
    lab = army_with(component=component, commitment=0.8).run(reform_forces)
    assert lab.groups.reform == pytest.approx([0.01 * 0.5 * 0.8, 0.0])
    lab.run(reform_forces)
    first = 0.004
    assert lab.groups.reform[ARMY] == pytest.approx(first + 0.004 * (1 - first) - 0.001 * first)


def test_consent_and_a_will_to_peace_are_needed():
    lab = army_with()
    lab.missions.consent[0] = 0.5
    reached = 2.5 / (2.5 + 5.0)
    assert lab.run(reform_forces).groups.reform[ARMY] == pytest.approx(0.01 * reached)
    assert army_with(commitment=0.0).run(reform_forces).groups.reform[ARMY] == 0.0


def test_only_the_state_is_reformed_and_only_by_a_mission_with_the_task():
    lab = army_with()
    lab.presence.felt[:] = 5.0
    assert lab.run(reform_forces).groups.reform[REBELS] == 0.0
    lab = army_with(tasks={"ddr": 1.0})
    before = frozen(lab.world)
    lab.run(reform_forces)
    assert_same(before, lab.world)


def test_reformed_forces_kill_less_and_forget_it_when_reform_fades():
    lab = army_with(discipline=0.5, train_rate=0.2, fade=0.01)
    lab.groups.abusiveness[:] = 1.4
    lab.run(reform_forces, 60)
    reform = lab.groups.reform[ARMY]
    assert reform > 0.5
    assert lab.groups.abusiveness == pytest.approx([1.4 * (1 - 0.5 * reform), 1.4])
    lab.presence.felt[:] = 0.0
    lab.run(reform_forces, 52)
    assert lab.groups.reform[ARMY] == pytest.approx(reform * 0.99**52)
    lab.run(reform_forces, 3000)
    assert lab.groups.abusiveness[ARMY] == pytest.approx(1.4)


def test_reform_finds_its_fixed_point():
    lab = army_with(trainers=1e9, train_rate=0.01, fade=0.001).run(reform_forces, 3000)
    assert lab.groups.reform[ARMY] == pytest.approx(0.01 / 0.011)
