"""Liaison and projects: trust where peacekeepers are, blame for deaths, money spent once."""

import numpy as np
import pytest

from sim.processes.engagement import engage
from sim.world.kinds import Component, Count, MissionStage
from tests.support.worlds import Lab, assert_same, contributor, frozen, mission, scenario

LOAD = 10_000 / 1000 * 0.3


def liaison(civilians=0.0, police=0.0, covered=0.0, tasks=None, programmes=0.0, **engagement):
    """A lab with a mission's staff at work in the first cell; its welcome does not wear off."""
    parts = {
        "mission": mission(tasks or {"reconciliation": 1.0}),
        "contributors": [contributor()],
        "parameters": {"engagement": {"goodwill_years": 1_000.0, "policing_rate": 0.0} | engagement},
    }
    lab = Lab(scenario(**parts))
    lab.missions.start_week[:] = 0
    lab.presence.civilians[0], lab.presence.police[0], lab.presence.covered[0] = civilians, police, covered
    lab.presence.felt[0, Component.CIVILIANS, 0], lab.presence.felt[0, Component.POLICE, 0] = civilians, police
    lab.accounts.programmes[0] = programmes
    lab.communities.trust_mission[:], lab.communities.cohesion[:] = 0.5, 0.4
    return lab


def test_trust_moves_towards_what_seeing_them_makes_of_it():
    lab = liaison(civilians=2.0, police=1.0, covered=0.2).run(engage)
    near = 3.0 / (3.0 + LOAD)  # a half
    aim = 0.6 + 0.4 * near
    assert lab.communities.trust_mission[0] == pytest.approx(0.5 + 0.02 * near * (aim - 0.5))
    assert lab.communities.trust_mission[1] == 0.5
    for _ in range(2000):  # on the same day, so that the welcome does not wear off
        lab.run(engage)
    assert lab.communities.trust_mission[0] == pytest.approx(0.8)


def test_soldiers_without_liaison_win_less():
    lab = liaison(covered=0.5)
    for _ in range(2000):
        lab.run(engage)
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
    lab = liaison(civilians=3.0).run(engage)
    assert lab.communities.cohesion == pytest.approx([0.4 + 0.004 * 0.5 * 0.6, 0.4])
    lab = liaison(civilians=3.0, tasks={"ddr": 1.0}).run(engage)
    assert lab.communities.cohesion.tolist() == [0.4, 0.4]


def test_where_groups_get_on_reconciliation_heals_grievances():
    lab = liaison(civilians=3.0, healing_rate=0.01)
    lab.communities.grievance.T[:] = (0.2, 0.6)
    lab.run(engage)
    heal = 0.01 * 0.5 * (0.4 + 0.004 * 0.5 * 0.6)
    assert lab.communities.grievance[:, 0] == pytest.approx([0.2 * (1 - heal), 0.6 * (1 - heal)])
    assert lab.communities.grievance[:, 1].tolist() == [0.2, 0.6]


def test_officers_on_patrol_with_the_police_take_fear_away_and_win_no_trust_for_the_state():
    lab = liaison(police=3.0, tasks={"police_training": 1.0}, policing_rate=0.02)
    lab.communities.fear[:], lab.communities.police[:] = 0.5, 0.8
    trust = lab.communities.trust_state.copy()
    lab.run(engage)
    assert lab.communities.fear == pytest.approx([0.5 * (1 - 0.02 * 0.5 * 0.8), 0.5])
    assert (lab.communities.trust_state == trust).all()
    lab.communities.police[:] = 0.0
    before = lab.communities.fear[0]
    assert lab.run(engage).communities.fear[0] == before


def test_a_mission_outstays_its_welcome():
    fresh, old = liaison(covered=0.5, goodwill_years=10.0), liaison(covered=0.5, goodwill_years=10.0)
    fresh.at(0).run(engage)
    old.at(520).run(engage)
    assert fresh.communities.trust_mission[0] == pytest.approx(0.5 + 0.02 * 0.5 * (0.6 - 0.5))
    assert old.communities.trust_mission[0] == pytest.approx(0.5 + 0.02 * 0.5 * (0.3 - 0.5))


def test_an_offensive_costs_the_trust_of_those_whom_it_fights():
    lab = liaison(covered=0.5, tasks={"offensive_operations": 1.0}, bias=0.5)
    lab.presence.covered[:] = 0.5
    lab.communities.residents[:, 0], lab.communities.residents[:, 1] = (8_000, 2_000), (0, 10_000)
    lab.run(engage)
    aims = [0.6 * (1 - 0.5 * 0.8), 0.6]  # the rebels are of the hill people
    assert lab.communities.trust_mission == pytest.approx([0.5 + 0.01 * (aim - 0.5) for aim in aims])
    lab = liaison(covered=0.5, tasks={"offensive_operations": 1.0}, bias=0.5)
    lab.groups.signatory[:] = 1
    assert lab.run(engage).communities.trust_mission[0] == pytest.approx(0.5 + 0.01 * 0.1)
    lab = liaison(covered=0.5, tasks={"offensive_operations": 1.0}, bias=0.5)
    lab.missions.stage[0] = MissionStage.CLOSED  # another mission may go on; this one pursues nobody any more
    assert lab.run(engage).communities.trust_mission[0] == pytest.approx(0.5 + 0.01 * 0.1)


def test_projects_spend_the_programmes_money_where_civilians_are():
    lab = liaison(civilians=5.0, programmes=2e6)
    lab.presence.civilians[1] = lab.presence.felt[0, Component.CIVILIANS, 1] = 15.0
    livelihood, services = lab.communities.livelihood.copy(), lab.communities.services.copy()
    lab.run(engage)
    # 1 % of two million: 5,000 and 15,000 for 10,000 people each.
    for column, before, rate in (("livelihood", livelihood, 0.01), ("services", services, 0.003)):
        gain = rate * np.array([0.5, 1.5])
        expected = before + gain / (1 + gain) * (1 - before)
        assert getattr(lab.communities, column) == pytest.approx(expected)
    assert lab.accounts.programmes[0] == pytest.approx(1.98e6)
    assert lab.accounts.programmes_spent[0] == lab.record.tally[Count.PROGRAMMES_USD] == pytest.approx(2e4)


def test_each_mission_spends_its_own_money_where_its_own_staff_are():
    parts = {
        "mission": mission(),
        "partners": [mission(id="partner")],
        "contributors": [contributor(), contributor("mali", mission="partner")],
    }
    lab = Lab(scenario(**parts))
    lab.accounts.programmes[:] = (1e6, 3e6)
    lab.presence.felt[0, Component.CIVILIANS, 0] = lab.presence.civilians[0] = 5.0
    before = lab.communities.livelihood.copy()
    lab.run(engage)
    assert lab.accounts.programmes.tolist() == [0.99e6, 3e6]  # nobody is there to spend for the partner
    assert lab.communities.livelihood[1] == before[1]


def test_where_no_peacekeeper_works_nothing_changes():
    lab = liaison(programmes=1e6)
    lab.violence.civilians_killed[:] = 50.0
    before = frozen(lab.world)
    lab.run(engage)
    assert_same(before, lab.world)
