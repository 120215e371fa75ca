"""The life of a mission: it opens, follows its ceilings, hands over, and closes on a date, benchmarks or relief."""

import pytest

from sim.processes.force_generation import generate
from sim.processes.life_cycle import live
from sim.world.kinds import Ceiling, EventKind, MissionStage, UnitStatus
from tests.support.worlds import LONG_AGO, Lab, contributor, mission, scenario


def rows(*pairs):
    return [{"date": date, "military": people} for date, people in pairs]


def mandated(authorised=((LONG_AGO, 300),), start=LONG_AGO, partners=(), troops=(), orders=None, **more):
    parts = {
        "mission": mission(mandate={"authorised": rows(*authorised)} | (orders or {}), start=start, **more),
        "partners": list(partners),
        "contributors": [contributor("main", 300, unit_size=100), *troops],
    }
    return Lab(scenario(**parts))


def test_a_mission_opens_in_the_week_of_its_date():
    lab = mandated((("2000-01-24", 300),), start="2000-01-24")
    stages = [int(lab.at(week).run(live).missions.stage[0]) for week in range(4)]
    # Decided in week 2, it deploys from week 3 on.
    assert stages == [MissionStage.PLANNED, MissionStage.PLANNED, MissionStage.DEPLOYING, MissionStage.DEPLOYING]
    assert lab.missions.ceiling[0, Ceiling.MILITARY] == 300


def test_ceilings_follow_their_dates():
    lab = mandated(((LONG_AGO, 300), ("2000-01-17", 500), ("2000-02-07", 200)))
    ceilings = [int(lab.at(week).run(live).missions.ceiling[0, 0]) for week in range(7)]
    assert ceilings == [300, 500, 500, 500, 200, 200, 200]


@pytest.mark.parametrize(("flexible", "met", "ceiling"), [(1, 0, 300), (1, 1, 100), (0, 0, 100)])
def test_a_flexible_mandate_puts_a_cut_off_while_benchmarks_are_not_met(flexible, met, ceiling):
    lab = mandated(((LONG_AGO, 300), ("2000-01-17", 100)))
    lab.missions.flexible[0], lab.mandates.met[0] = flexible, met
    assert lab.run(live, 5).missions.ceiling[0, 0] == ceiling


def test_a_flexible_mandate_never_puts_off_a_rise():
    lab = mandated(((LONG_AGO, 300), ("2000-01-17", 600)))
    lab.missions.flexible[0], lab.mandates.met[0] = 1, 0
    assert lab.run(live, 3).missions.ceiling[0, 0] == 600


def test_stages_are_named_by_strength_and_ceiling():
    lab = mandated(((LONG_AGO, 300), ("2000-02-07", 200)))
    lab.units.status[0] = UnitStatus.PREPARING
    assert lab.run(live).missions.stage[0] == MissionStage.DEPLOYING
    lab.units.status[0] = UnitStatus.DEPLOYED
    assert lab.run(live).missions.stage[0] == MissionStage.FULL
    assert lab.at(4).run(live).missions.stage[0] == MissionStage.DRAWDOWN


def test_a_mission_closes_when_its_last_unit_has_left_and_stays_closed():
    lab = mandated(((LONG_AGO, 300), ("2000-03-06", 500)), end="2000-02-07")
    lab.at(4).run(live)
    assert lab.missions.ceiling.sum() == 0
    assert lab.missions.stage[0] == MissionStage.DRAWDOWN
    lab.units.status[:] = UnitStatus.HOME
    assert lab.at(5).run(live).missions.stage[0] == MissionStage.CLOSED
    for week in range(6, 15):  # the ceiling of March comes too late
        lab.at(week).run(live)
        assert lab.missions.ceiling.sum() == 0
    assert lab.missions.stage[0] == MissionStage.CLOSED


def test_a_mission_that_leaves_by_benchmarks_waits_for_them_and_then_goes_for_good():
    lab = mandated(orders={"exit": "benchmarks"}, end="2000-02-07")
    lab.mandates.met[0] = 0
    assert lab.run(live, 20).missions.ceiling[0, 0] == 300
    lab.mandates.met[0] = 1
    assert lab.at(20).run(live).missions.ceiling[0, 0] == 0
    lab.mandates.met[0] = 0  # what it leaves behind may fall apart
    assert lab.at(21).run(live).missions.ceiling[0, 0] == 0


def test_a_mission_that_the_host_wants_gone_waits_for_nothing():
    lab = mandated(orders={"exit": "benchmarks"})
    lab.mandates.met[0], lab.mandates.unwanted[0], lab.missions.end_week[0] = 0, 1, 6
    assert lab.at(4).run(live).missions.ceiling[0, 0] == 300
    assert lab.at(5).run(live).missions.ceiling[0, 0] == 0


def bridged(exit_by="date", debts=0.0, start=LONG_AGO):
    bridge = mission(id="bridge", military=200, rehat=True, end="2000-02-07", mandate={"exit": exit_by})
    lab = mandated(
        ((start, 300),), start, [bridge], [contributor("bridge", 200, unit_size=100, mission="bridge", will=0.9)]
    )
    lab.contributors.owed_usd[1] = debts
    return lab


def test_rehatted_units_stay_where_they_are_and_serve_the_main_mission():
    lab = bridged()
    lab.units.cell[:] = (0, 0, 0, 1, 1)
    lab.units.headcount[3], lab.units.training[3] = 97, 0.2
    kept = [column.copy() for column in (lab.units.cell, lab.units.status, lab.units.headcount, lab.units.training)]
    lab.at(3).run(live)
    assert lab.units.mission.tolist() == [0, 0, 0, 1, 1]
    lab.at(4).run(live)
    assert lab.units.mission.tolist() == [0, 0, 0, 0, 0]
    assert lab.contributors.mission.tolist() == [0, 0]
    now = (lab.units.cell, lab.units.status, lab.units.headcount, lab.units.training)
    for column, before in zip(now, kept, strict=True):
        assert column.tolist() == before.tolist()
    assert lab.casualties.handed_over.tolist() == [197, -197]
    assert lab.missions.stage[1] == MissionStage.CLOSED
    assert (lab.log.kind[: lab.log.count[0]] == EventKind.REHAT).sum() == 1
    lab.at(5).run(live)
    assert (lab.log.kind[: lab.log.count[0]] == EventKind.REHAT).sum() == 1


def test_the_main_mission_does_not_inherit_the_debts_of_the_bridge():
    lab = bridged(debts=1_000.0)
    lab.accounts.cash[1] = 400.0
    lab.at(4).run(live)
    assert lab.contributors.owed_usd[1] == 0.0
    assert lab.contributors.written_off_usd[1] == pytest.approx(600.0)
    assert lab.accounts.cash[1] == 0.0
    assert lab.accounts.spent.tolist() == [0.0, 400.0]


def test_nobody_changes_hats_before_there_is_another_hat():
    lab = bridged(start="2001-01-01").at(4).run(live)
    assert lab.units.mission.tolist() == [0, 0, 0, 1, 1]
    assert lab.missions.ceiling[1].sum() == 0  # they go home instead


def test_a_bridging_force_stays_until_it_is_relieved():
    lab = bridged("relief")
    lab.units.status[0] = UnitStatus.PREPARING  # 200 of 300 are less than seven tenths
    assert lab.run(live, 20).missions.ceiling[1].sum() == 200
    lab.units.status[0] = UnitStatus.DEPLOYED
    assert lab.at(20).run(live).units.mission.tolist() == [0, 0, 0, 0, 0]


def test_a_relief_that_has_left_again_is_not_waited_for():
    lab = bridged("relief")
    lab.missions.stage[0] = MissionStage.CLOSED
    assert lab.at(10).run(live).missions.ceiling[1].sum() == 0


def test_without_rehatting_the_units_of_a_partner_are_not_taken_over():
    bridge = mission(id="bridge", military=200, end="2000-02-07")
    troops = [contributor("bridge", 200, unit_size=100, mission="bridge")]
    lab = mandated(partners=[bridge], troops=troops).at(4).run(live)
    assert lab.units.mission.tolist() == [0, 0, 0, 1, 1]
    assert lab.missions.ceiling[1].sum() == 0


def test_units_are_conserved_through_hand_over_and_exit():
    lab = bridged()
    lab.accounts.tempo[:] = 1.0
    for week in range(12):
        lab.at(week).run(live).run(generate)
        there = lab.units.headcount.sum()
        moved = lab.casualties.arrived - lab.casualties.left + lab.casualties.handed_over
        assert there == moved.sum()
        assert lab.casualties.handed_over.sum() == 0
