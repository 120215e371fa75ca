"""Reports: what headquarters believes of its benchmarks, and that it reports no more than it knows."""

import pytest

from sim.processes.benchmarks import take_stock
from sim.world.kinds import MissionStage
from tests.support.worlds import AREA, Lab, contributor, mission, scenario

QUARTER = 12  # the last week of the first quarter


def reporting(benchmarks=None, **parameters):
    parts = {
        "mission": mission(mandate={"benchmarks": benchmarks or {}}),
        "contributors": [contributor("main", 300)],
        "parameters": {"benchmarks": parameters},
    }
    lab = Lab(scenario(**parts)).at(QUARTER)
    lab.population.here[:] = (10_000.0, 30_000.0)
    return lab


def test_safety_is_what_headquarters_believes():
    lab = reporting(threats_per_million=20.0, safe_at=0.8)
    lab.missions.threat[0] = (0.16 / AREA, 0.0)
    lab.communities.fear[:] = 1.0  # unknown to headquarters
    lab.run(take_stock)
    # 0.16 threats for 40,000 people are four in a million: 1 / 1.2, above the 0.8 wanted.
    assert lab.mandates.security[0] == lab.mandates.score[0] == 1.0
    lab.missions.threat[0] = (0.16 / AREA, 0.64 / AREA)
    lab.run(take_stock)
    assert lab.mandates.score[0] == pytest.approx(0.5 / 0.8)
    assert lab.mandates.progress[0] == pytest.approx(0.5 / 0.8 - 1.0)


def test_a_blind_mission_believes_that_it_succeeds():
    lab = reporting()
    lab.violence.civilians_killed[:] = 500.0
    assert lab.run(take_stock).mandates.score[0] == 1.0


def test_the_score_is_the_mean_over_the_benchmarks_named():
    lab = reporting({"disarmament": 0.5, "politics": 0.8, "return": 1.0})
    lab.ranks.disarmed[:] = (0, 20)  # of 200 planned
    lab.peace.implementation[0] = 0.9
    lab.communities.hosted[0, 0] = 2_000
    lab.population.abroad[1] = 500
    people = lab.communities.residents.sum() + 2_000 + 500
    lab.run(take_stock)
    home = 1 - 2_500 / people
    assert lab.mandates.score[0] == pytest.approx((0.1 / 0.5 + 1.0 + home) / 3)


def test_institutions_count_where_they_are_seen():
    lab = reporting({"institutions": 0.5})
    lab.communities.police[:], lab.communities.services[:] = (0.2, 0.9), (0.4, 0.9)
    assert lab.run(take_stock).mandates.score[0] == 0.0  # nobody is there to see
    lab.presence.covered[:] = (0.6, 0.0)
    assert lab.run(take_stock).mandates.score[0] == pytest.approx(0.3 / 0.5)
    lab.presence.covered[:] = (0.6, 0.2)
    lab.mandates.target[0, 3] = 0.8
    assert lab.run(take_stock).mandates.score[0] == pytest.approx((0.3 + 0.9) / 2 / 0.8)  # 6,000 seen in each


def test_met_and_progress():
    lab = reporting({"politics": 1.0}, met_at=0.7)
    for level, met, progress in ((0.6, 0, 0.0), (0.75, 1, 0.15), (0.5, 0, -0.25)):
        lab.peace.implementation[0] = level
        lab.run(take_stock)
        assert lab.mandates.met[0] == met
        assert lab.mandates.progress[0] == pytest.approx(progress)


def test_reports_are_quarterly_and_come_from_missions_in_the_field():
    lab = reporting()
    for week in range(QUARTER):
        assert lab.at(week).run(take_stock).mandates.score[0] == -1.0
    for stage in (MissionStage.PLANNED, MissionStage.CLOSED):
        lab.missions.stage[0] = stage
        assert lab.at(QUARTER).run(take_stock).mandates.score[0] == -1.0


def test_where_no_disarmament_was_planned_none_is_missed():
    lab = reporting({"disarmament": 1.0})
    lab.groups.demobilise[:] = 0.0
    assert lab.run(take_stock).mandates.score[0] == 1.0
