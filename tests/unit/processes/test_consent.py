"""Standing: consent follows the host, limits a mission, and ends it when it is gone; who seems impartial."""

import pytest

from sim.processes.consent import consult
from sim.processes.shocks import strike
from sim.world.kinds import Count, EventKind, MissionStage, Task
from tests.support.worlds import ARMY, START, Lab, army, contributor, mission, rebels, scenario


def hosted(consent=None, events=(), groups=None, **more):
    parts = {
        "mission": mission(rules="robust", **more),
        "contributors": [contributor("one", 300, unit_size=100), contributor("two", 300, unit_size=100)],
        "events": list(events),
        "parameters": {"consent": consent or {}},
    }
    if groups:
        parts["armed_groups"] = groups
    return Lab(scenario(**parts))


def test_consent_follows_the_attitude_and_the_commitment_of_the_state():
    lab = hosted()
    lab.groups.commitment[:] = (0.4, 0.0)
    lab.run(consult)
    assert lab.missions.consent[0] == pytest.approx(1.0 + 0.04 * (0.7 - 1.0))
    lab.run(consult, 400)
    assert lab.missions.consent[0] == pytest.approx(0.5 + 0.5 * lab.groups.commitment[ARMY])
    lab.missions.welcome[0] = 0.5
    lab.run(consult, 400)
    assert lab.missions.consent[0] == pytest.approx(0.5 * 0.7)


def test_several_state_forces_speak_with_one_voice_whatever_their_order():
    forces = [army(), army(id="guard", where={"A": 1.0}, enemies=[]), rebels()]
    seen = []
    for order in (forces, [forces[1], forces[0], forces[2]]):
        lab = hosted(groups=order)
        for row, group in enumerate(order):
            lab.groups.commitment[row] = {"army": 0.2, "guard": 0.6, "rebels": 1.0}[group["id"]]
        seen.append(lab.run(consult).missions.consent[0])
    assert seen[0] == seen[1] == pytest.approx(1.0 + 0.04 * (0.7 - 1.0))


def test_access_is_full_above_half_consent_and_falls_to_nothing_below():
    for consent, access in ((1.0, 1.0), (0.5, 1.0), (0.3, 0.6), (0.0, 0.0)):
        lab = hosted({"consent_rate": 0.0})
        lab.missions.consent[0] = consent
        assert lab.run(consult).missions.access[0] == pytest.approx(access)


def test_a_mission_that_nobody_welcomes_starts_without_access():
    lab = hosted()
    assert lab.missions.access[0] == 1.0
    assert Lab(lab.scenario.override({"mission.consent": 0.25})).missions.access[0] == 0.5


def test_without_consent_the_host_asks_the_mission_to_leave_once():
    lab = hosted({"notice_weeks": 10})
    lab.missions.consent[0], lab.missions.welcome[0] = 0.05, 0.05
    lab.at(20).run(consult)
    assert (lab.mandates.unwanted[0], lab.missions.end_week[0]) == (1, 30)
    assert lab.log.kind[0] == EventKind.CONSENT_WITHDRAWN
    assert lab.log.size_other[0] == 10.0
    lab.at(25).run(consult)
    assert lab.missions.end_week[0] == 30
    assert lab.log.count[0] == 1


def test_an_end_that_is_nearer_stays():
    lab = hosted(end="2000-02-07")
    lab.missions.consent[0] = 0.0
    assert lab.at(1).run(consult).missions.end_week[0] == 5


def test_a_mission_that_enforces_asks_nobody():
    lab = hosted(type="enforcement")
    lab.missions.consent[0], lab.missions.welcome[0] = 0.0, 0.0
    lab.run(consult, 5)
    assert (lab.missions.access[0], lab.mandates.unwanted[0]) == (1.0, 0)


def test_reports_on_a_state_that_kills_cost_consent():
    def lost(effort, killed):
        lab = hosted({"consent_rate": 0.0, "resentment": 0.1, "resented_half": 30.0})
        lab.missions.effort[0, Task.HUMAN_RIGHTS] = effort
        lab.record.tally[Count.KILLED_BY_STATE] = killed
        return 1.0 - lab.run(consult).missions.consent[0]

    assert lost(0.5, 30.0) == pytest.approx(0.1 * 0.5 * 0.5)
    assert lost(0.0, 30.0) == lost(0.5, 0.0) == 0.0


@pytest.mark.parametrize("named", ["mission", ""])
def test_a_coup_takes_consent_and_attitude(named):
    event = {"date": START, "kind": "consent_loss", "name": "Coup", "group": named, "size": 0.8}
    lab = hosted(events=[event]).run(strike)
    assert lab.missions.consent[0] == pytest.approx(0.2)
    assert lab.missions.welcome[0] == pytest.approx(0.2)


def test_a_loss_of_consent_concerns_the_mission_that_is_named():
    event = {"date": START, "kind": "consent_loss", "name": "Quarrel", "group": "ally", "size": 1.0}
    lab = hosted()
    other = Lab(scenario(mission=mission(), partners=[mission(id="ally")], events=[event])).run(strike)
    assert other.missions.welcome.tolist() == [1.0, 0.0]
    assert lab.missions.welcome.tolist() == [1.0]


def test_a_capital_may_change_its_mind():
    event = {"date": START, "kind": "contributor_cut", "name": "Vote", "group": "two", "size": 0.6}
    lab = hosted(events=[event]).run(strike)
    assert lab.contributors.will == pytest.approx([1.0, 0.4])


def test_impartiality_is_lost_by_one_nation_alone_and_by_offensives():
    lab = hosted({"impartiality_rate": 1.0, "alone": 0.4, "siding": 0.5})
    lab.contributors.part[:] = (0.5, 0.5)
    assert lab.run(consult).missions.impartiality[0] == pytest.approx(1 - 0.4 * 0.5)
    lab.contributors.part[:] = (1.0, 0.0)
    lab.missions.even_handed[0], lab.missions.effort[0, Task.OFFENSIVE_OPERATIONS] = 0.9, 0.8
    assert lab.run(consult).missions.impartiality[0] == pytest.approx(0.9 * 0.6 * 0.6)
    slow = hosted()
    slow.contributors.part[:] = (1.0, 0.0)
    assert slow.run(consult).missions.impartiality[0] == pytest.approx(1 - 0.02 * 0.3)


@pytest.mark.parametrize("stage", [MissionStage.PLANNED, MissionStage.CLOSED])
def test_a_mission_that_is_not_there_has_no_standing_to_lose(stage):
    lab = hosted()
    lab.missions.stage[0], lab.groups.commitment[:] = stage, 0.0
    lab.run(consult, 50)
    assert lab.missions.consent[0] == lab.missions.impartiality[0] == 1.0
