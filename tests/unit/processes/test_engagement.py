"""Liaison and projects: trust where peacekeepers are, blame for deaths, money spent once."""

import pytest

from sim.processes.engagement import engage
from sim.world.kinds import Count
from tests.support.worlds import Lab, assert_same, contributor, frozen, mission, scenario

LOAD = 10_000 / 1000 * 0.3 + 0.1


def liaison(civilians=0.0, police=0.0, covered=0.0, tasks=None, programmes=0.0, **engagement):
    parts = {
        "mission": mission(tasks or {"reconciliation": 1.0}),
        "contributors": [contributor()],
        "parameters": {"engagement": engagement},
    }
    lab = Lab(scenario(**parts))
    lab.presence.civilians[0], lab.presence.police[0], lab.presence.covered[0] = civilians, police, covered
    lab.accounts.programmes[0] = programmes
    lab.communities.trust_mission[:], lab.communities.cohesion[:] = 0.5, 0.4
    return lab


def test_trust_moves_towards_what_seeing_them_makes_of_it():
    lab = liaison(civilians=2.0, police=1.1, covered=0.2).run(engage)
    near = 3.1 / (3.1 + LOAD)  # a half
    aim = 0.6 + 0.4 * near
    assert lab.communities.trust_mission[0] == pytest.approx(0.5 + 0.02 * near * (aim - 0.5))
    assert lab.communities.trust_mission[1] == 0.5
    lab.run(engage, 3000)
    assert lab.communities.trust_mission[0] == pytest.approx(0.8)


def test_soldiers_without_liaison_win_less():
    lab = liaison(covered=0.5).run(engage, 3000)
    assert lab.communities.trust_mission[0] == pytest.approx(0.6)


def test_deaths_under_their_eyes_cost_trust():
    lab = liaison(covered=0.5, trust_rate=0.0)
    lab.violence.civilians_killed[0], lab.violence.crossfire[0] = 15.0, 5.0
    lab.violence.battle_deaths[0] = 100.0  # no civilians
    lab.run(engage)
    assert lab.communities.trust_mission[0] == pytest.approx(0.5 - 0.1 * 0.5 * 2.0)
    lab.violence.civilians_killed[0] = 9000.0
    assert lab.run(engage).communities.trust_mission[0] == 0.0


def test_cohesion_grows_with_the_effort_on_reconciliation():
    lab = liaison(civilians=3.1).run(engage)
    assert lab.communities.cohesion == pytest.approx([0.4 + 0.004 * 0.5 * 0.6, 0.4])
    lab = liaison(civilians=3.1, tasks={"ddr": 1.0}).run(engage)
    assert lab.communities.cohesion.tolist() == [0.4, 0.4]


def test_projects_spend_the_programmes_money_where_civilians_are():
    lab = liaison(civilians=5.0, programmes=2e6)
    lab.presence.civilians[1] = 15.0
    livelihood = lab.communities.livelihood.copy()
    lab.run(engage)
    # 1 % of two million: 5,000 and 15,000 for 10,000 people each.
    gain = [0.01 * 0.5, 0.01 * 1.5]
    assert lab.communities.livelihood == pytest.approx(livelihood + gain * (1 - livelihood))
    assert lab.accounts.programmes[0] == pytest.approx(1.98e6)
    assert lab.accounts.programmes_spent[0] == lab.record.tally[Count.PROGRAMMES_USD] == pytest.approx(2e4)


def test_where_no_peacekeeper_works_nothing_changes():
    lab = liaison(programmes=1e6)
    lab.violence.civilians_killed[:] = 50.0
    before = frozen(lab.world)
    lab.run(engage)
    assert_same(before, lab.world)
