"""The life of a mandate: dates, ceilings, flexibility, hand-over, stages, consent."""

import pytest

from sim.processes.mandate import review
from sim.world.kinds import Ceiling, EventKind, MissionStage, UnitStatus
from tests.support.worlds import ARMY, LONG_AGO, Lab, contributor, mission, scenario


def rows(*pairs):
    return [{"date": date, "military": people} for date, people in pairs]


def mandated(authorised=((LONG_AGO, 300),), start=LONG_AGO, partners=(), troops=(), flexible=False, **more):
    orders = {"authorised": rows(*authorised), "flexible": flexible, "review_weeks": 8}
    parts = {
        "mission": mission(mandate=orders, start=start, **more),
        "partners": list(partners),
        "contributors": [contributor("main", 300, unit_size=100), *troops],
    }
    return Lab(scenario(**parts))


def test_a_mission_opens_in_the_week_of_its_date():
    lab = mandated((("2000-01-24", 300),), start="2000-01-24")
    stages = [int(lab.at(week).run(review).missions.stage[0]) for week in range(4)]
    # Decided in week 2, it deploys from week 3 on.
    assert stages == [
        MissionStage.PLANNED,
        MissionStage.PLANNED,
        MissionStage.DEPLOYING,
        MissionStage.DEPLOYING,
    ]
    assert lab.missions.ceiling[0, Ceiling.MILITARY] == 300


def test_ceilings_follow_their_dates():
    lab = mandated(((LONG_AGO, 300), ("2000-01-17", 500), ("2000-02-07", 200)))
    ceilings = [int(lab.at(week).run(review).missions.ceiling[0, 0]) for week in range(7)]
    assert ceilings == [300, 500, 500, 500, 200, 200, 200]


def test_a_flexible_mandate_puts_a_cut_off_until_a_review_finds_calm():
    lab = mandated(((LONG_AGO, 300), ("2000-01-17", 100)), flexible=True)
    lab.communities.fear[1] = 0.51
    for week in range(10):
        assert lab.at(week).run(review).missions.ceiling[0, 0] == 300
    lab.communities.fear[1] = 0.5
    cut = next(week for week in range(10, 30) if lab.at(week).run(review).missions.ceiling[0, 0] == 100)
    assert (cut + 1 - lab.missions.start_week[0]) % 8 == 0
    rigid = mandated(((LONG_AGO, 300), ("2000-01-17", 100)))
    rigid.communities.fear[:] = 0.9
    assert rigid.run(review, 3).missions.ceiling[0, 0] == 100


def test_a_flexible_mandate_never_puts_off_a_rise():
    lab = mandated(((LONG_AGO, 300), ("2000-01-17", 600)), flexible=True)
    lab.communities.fear[:] = 0.9
    assert lab.run(review, 3).missions.ceiling[0, 0] == 600


def test_stages_are_named_by_strength_and_ceiling():
    lab = mandated(((LONG_AGO, 300), ("2000-02-07", 200)))
    lab.units.status[0] = UnitStatus.PREPARING
    assert lab.run(review).missions.stage[0] == MissionStage.DEPLOYING
    lab.units.status[0] = UnitStatus.DEPLOYED
    assert lab.run(review).missions.stage[0] == MissionStage.FULL
    assert lab.at(4).run(review).missions.stage[0] == MissionStage.DRAWDOWN


def test_a_mission_closes_when_its_last_unit_has_left():
    lab = mandated(end="2000-02-07")
    lab.at(4).run(review)
    assert lab.missions.ceiling.sum() == 0
    assert lab.missions.stage[0] == MissionStage.DRAWDOWN
    lab.units.status[:] = UnitStatus.HOME
    assert lab.at(5).run(review).missions.stage[0] == MissionStage.CLOSED


def bridged():
    bridge = mission(id="bridge", military=200, rehat=True, end="2000-02-07")
    return mandated(partners=[bridge], troops=[contributor("bridge", 200, unit_size=100, mission="bridge")])


def test_rehatted_units_stay_where_they_are_and_serve_the_main_mission():
    lab = bridged()
    lab.units.cell[:] = (0, 0, 0, 1, 1)
    lab.units.headcount[3] = 97
    kept = [column.copy() for column in (lab.units.cell, lab.units.status, lab.units.headcount)]
    lab.at(3).run(review)
    assert lab.units.mission.tolist() == [0, 0, 0, 1, 1]
    lab.at(4).run(review)
    assert lab.units.mission.tolist() == [0, 0, 0, 0, 0]
    assert lab.contributors.mission.tolist() == [0, 0]
    for column, before in zip((lab.units.cell, lab.units.status, lab.units.headcount), kept, strict=True):
        assert column.tolist() == before.tolist()
    assert lab.casualties.handed_over.tolist() == [197, -197]
    assert lab.missions.stage[1] == MissionStage.CLOSED
    assert (lab.log.kind[: lab.log.count[0]] == EventKind.REHAT).sum() == 1
    lab.at(5).run(review)
    assert (lab.log.kind[: lab.log.count[0]] == EventKind.REHAT).sum() == 1


def test_without_rehatting_the_units_of_a_partner_are_not_taken_over():
    bridge = mission(id="bridge", military=200, end="2000-02-07")
    troops = [contributor("bridge", 200, unit_size=100, mission="bridge")]
    lab = mandated(partners=[bridge], troops=troops).at(4).run(review)
    assert lab.units.mission.tolist() == [0, 0, 0, 1, 1]
    assert lab.missions.ceiling[1].sum() == 0


def test_consent_follows_the_commitment_of_the_state():
    lab = mandated()
    lab.groups.commitment[:] = (0.4, 0.0)
    lab.run(review)
    assert lab.missions.consent[0] == pytest.approx(1.0 + 0.04 * (0.7 - 1.0))
    lab.run(review, 400)
    assert lab.missions.consent[0] == pytest.approx(0.5 + 0.5 * lab.groups.commitment[ARMY])
