"""Reports restrain those who need backers abroad, and are laid at the door of those who were there."""

import pytest

from sim.processes.human_rights import report
from sim.world.kinds import Component
from tests.support.worlds import ARMY, REBELS, Lab, assert_same, contributor, frozen, mission, scenario


def witnessed(killed=20.0, staff=1.0, tasks=None, **human_rights):
    """Twenty killed in the first cell of 10,000 people, half of them documented; three rebels to one soldier there."""
    parts = {
        "mission": mission(tasks or {"human_rights": 1.0}),
        "contributors": [contributor()],
        "parameters": {"human_rights": human_rights},
    }
    lab = Lab(scenario(**parts))
    lab.violence.civilians_killed[0] = killed
    lab.presence.felt[0, Component.CIVILIANS, 0] = staff
    lab.influence.armed[:, 0] = (10.0, 30.0)
    lab.groups.support[:], lab.groups.abusiveness[:] = (0.4, 0.8), 2.0
    return lab


def test_an_outcry_restrains_by_what_was_seen_and_who_needs_backers():
    lab = witnessed().run(report)
    army, rebels = (0.2 * s * d / (d + 5.0) for s, d in ((0.4, 2.5), (0.8, 7.5)))
    assert lab.groups.restraint == pytest.approx([army, rebels])
    assert lab.groups.abusiveness == pytest.approx([2.0 * (1 - army), 2.0 * (1 - rebels)])


def test_who_needs_nobody_hears_nothing():
    lab = witnessed()
    lab.groups.support[REBELS] = 0.0
    assert lab.run(report).groups.restraint[REBELS] == 0.0


def test_restraint_fades_to_nothing_and_abuse_returns():
    lab = witnessed().run(report, 30)
    held = lab.groups.restraint.copy()
    assert (held > 0.05).all()
    assert lab.groups.abusiveness == pytest.approx(2.0 * (1 - held))
    lab.violence.civilians_killed[:] = 0.0
    lab.run(report)
    assert lab.groups.restraint == pytest.approx(held * 0.98)
    lab.run(report, 2000)
    assert lab.groups.abusiveness == pytest.approx([2.0, 2.0])


def test_who_is_wholly_held_back_stays_so():
    lab = witnessed(pressure=1.0, restraint_keep=1.0, deaths_half=0.1)
    lab.groups.support[:] = 1.0
    lab.run(report, 30)
    assert lab.groups.restraint == pytest.approx([1.0, 1.0])
    assert lab.groups.abusiveness == pytest.approx([0.0, 0.0], abs=1e-9)


@pytest.mark.parametrize(("killed", "staff", "tasks"), [(0.0, 5.0, None), (20.0, 0.0, None), (20.0, 5.0, {"ddr": 1.0})])
def test_no_dead_no_witness_no_task_no_report(killed, staff, tasks):
    lab = witnessed(killed, staff, tasks)
    before = frozen(lab.world)
    lab.run(report)
    assert_same(before, lab.world)


def test_where_no_armed_group_is_felt_nobody_is_blamed():
    lab = witnessed()
    lab.influence.armed[:] = 0.0
    assert lab.run(report).groups.restraint[ARMY] == 0.0
