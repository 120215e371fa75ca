"""Forces come after their lead time, never above the ceiling, and leave as they should."""

import numpy as np
import pytest

from sim.processes.force_generation import generate
from sim.world.kinds import Ceiling, EventKind, MissionStage, UnitStatus
from tests.support.worlds import Lab, contributor, mission, scenario, spread_of_share


def called(pledged=500, ceiling=500, size=100, rows="AB", lead=20.0, force_generation=None, partners=(), **more):
    """A mission that has just been authorised and has nobody yet, with money."""
    parts = {
        "mission": mission(military=ceiling, start="2000-01-10"),
        "partners": list(partners),
        "contributors": [contributor(pledged=pledged, unit_size=size, lead_weeks=lead, **more)],
        "parameters": {"force_generation": force_generation or {}},
    }
    lab = Lab(scenario(rows, **parts))
    lab.missions.stage[0] = MissionStage.DEPLOYING
    lab.missions.ceiling[0, Ceiling.MILITARY] = ceiling
    lab.accounts.tempo[:] = 1.0
    return lab


def fielded(pledged=300, ceiling=300, size=100, rows="ABC", **more):
    """A mission that is in the field."""
    parts = {
        "mission": mission(military=ceiling),
        "contributors": [contributor(pledged=pledged, unit_size=size, **more)],
    }
    lab = Lab(scenario(rows, **parts))
    lab.accounts.tempo[:] = 1.0
    return lab


def in_country(lab):
    return int(lab.units.size[lab.units.status == UnitStatus.DEPLOYED].sum())


def test_lead_times_have_their_mean_and_spread():
    lab = called(pledged=400, size=1).run(generate)
    assert np.all(lab.units.status == UnitStatus.PREPARING)
    # Gamma of shape 4 with mean 20 has a spread of 10; whole weeks are cut off, half a week on average.
    assert abs(lab.units.ready_week.mean() + 0.5 - 20.0) < 4 * 10.0 / np.sqrt(400)
    assert abs(lab.units.ready_week.std() - 10.0) < 2.0


def test_the_ceiling_is_never_exceeded():
    lab = called(pledged=500, ceiling=250, lead=3.0)
    for week in range(40):
        lab.at(week).run(generate)
        assert in_country(lab) <= 250
        assert lab.units.size[lab.units.status != UnitStatus.HOME].sum() <= 250  # nor called in vain
    assert in_country(lab) == 200


def test_posts_that_the_mission_cannot_pay_for_stay_or_fall_vacant():
    lab = called(pledged=500, ceiling=500, lead=3.0)
    lab.accounts.posts[0] = 0.65
    for week in range(40):
        lab.at(week).run(generate)
    assert in_country(lab) == 300
    lab.accounts.posts[0] = 0.3
    assert in_country(lab.at(40).run(generate)) == 100


def test_nobody_is_called_by_a_mission_that_is_not_open():
    for stage in (MissionStage.PLANNED, MissionStage.CLOSED):
        lab = called()
        lab.missions.stage[0] = stage
        assert np.all(lab.run(generate).units.status == UnitStatus.HOME)


def test_units_land_with_money_and_lift_only():
    lab = called(lead=0.0, force_generation={"lift_persons_per_week": 150.0}).run(generate)
    lab.accounts.tempo[0] = 0.2  # below tempo_to_land
    assert in_country(lab.at(1).run(generate)) == 0
    lab.accounts.tempo[0] = 0.3
    assert in_country(lab.at(2).run(generate)) == 200  # the second company fills the ship and half the next
    assert in_country(lab.at(3).run(generate)) == 400
    assert lab.units.headcount.sum() == 400 == lab.casualties.arrived[0]
    landed = lab.units.status == UnitStatus.DEPLOYED
    assert np.all(lab.units.readiness[landed] == 1.0)
    assert np.all(lab.units.knowledge[landed] == 0.5)


def test_a_drawdown_takes_units_in_the_calmest_cells_first():
    lab = fielded()
    lab.units.cell[:] = (0, 1, 2)
    lab.missions.threat[0] = (3.0, 0.5, 2.0)
    lab.missions.ceiling[0, Ceiling.MILITARY] = 200
    lab.at(1).run(generate)
    assert lab.units.status.tolist() == [UnitStatus.DEPLOYED, UnitStatus.HOME, UnitStatus.DEPLOYED]
    assert lab.casualties.left[0] == 100
    lab.missions.ceiling[0, Ceiling.MILITARY] = 150
    lab.at(2).run(generate)
    assert lab.units.status.tolist() == [UnitStatus.DEPLOYED, UnitStatus.HOME, UnitStatus.HOME]


def test_a_contributor_leaves_after_casualties_and_takes_its_units_home():
    lab = fielded(casualty_tolerance=10.0)
    lab.contributors.recent_dead[0] = 500.0  # hazard 0.02 x 49^2: almost certain
    lab.at(1).run(generate)
    assert lab.contributors.takes_part[0] == 0
    assert in_country(lab) == 0
    lab.contributors.recent_dead[0] = 0.0
    assert in_country(lab.run(generate, 60)) == 0  # and is not called again


def test_nobody_leaves_a_mission_that_is_closed():
    lab = fielded(casualty_tolerance=10.0)
    lab.contributors.recent_dead[0] = 500.0
    lab.missions.stage[0] = MissionStage.CLOSED
    assert lab.at(1).run(generate).contributors.takes_part[0] == 1


def test_the_hazard_of_leaving_follows_the_square_of_the_dead():
    lab = fielded(casualty_tolerance=10.0)
    left = 0
    for seed in range(800):
        lab.clock.seed[0] = seed
        lab.contributors.takes_part[0] = 1
        lab.contributors.recent_dead[0] = 50.0 * 52 / 51  # 50 after a week has faded
        lab.at(1).run(generate)
        left += 1 - lab.contributors.takes_part[0]
    chance = 1 - np.exp(-0.02 * 25)
    assert abs(left / 800 - chance) < spread_of_share(chance, 800)
    calm = fielded(casualty_tolerance=0.1)
    assert calm.run(generate, 200).contributors.takes_part[0] == 1


def test_bad_news_takes_will_at_once_and_good_news_brings_it_back_slowly():
    lab = fielded(casualty_tolerance=10.0, patience_weeks=50.0, will=0.9)
    lab.rates.force_generation.leave_per_week = 0.0
    lab.contributors.recent_dead[0] = 10.0 * 52 / 51
    lab.contributors.overdue_weeks[0] = 25.0
    lab.missions.dispute[0] = 0.5
    lab.at(1).run(generate)
    assert lab.contributors.will[0] == pytest.approx(0.9 / (1 + 1.0 + 0.5 + 0.5))
    lab.contributors.recent_dead[0], lab.contributors.overdue_weeks[0], lab.missions.dispute[0] = 0.0, 0.0, 0.0
    lab.at(2).run(generate)
    assert lab.contributors.will[0] == pytest.approx(0.3 + 0.02 * 0.6)


def test_arrears_past_the_patience_of_a_contributor_make_it_leave():
    def share_left(overdue, weeks=52):
        left = 0
        for seed in range(60):
            lab = fielded(patience_weeks=20.0)
            lab.clock.seed[0] = seed
            lab.contributors.overdue_weeks[0] = overdue
            for week in range(1, weeks):
                lab.at(week).run(generate)
            left += 1 - lab.contributors.takes_part[0]
        return left / 60

    assert share_left(0.0) == 0.0
    assert share_left(2.0) < 0.1  # a tenth of its patience: hazard 0.0002 a week
    assert share_left(60.0) > 0.95  # three times its patience: hazard 0.18 a week


def test_the_note_of_a_departure_says_why():
    lab = fielded(patience_weeks=10.0, casualty_tolerance=10.0)
    lab.contributors.overdue_weeks[0], lab.contributors.recent_dead[0] = 500.0, 5.0 * 52 / 51
    lab.at(1).run(generate)
    assert lab.log.kind[0] == EventKind.CONTRIBUTOR_LEAVES
    assert (lab.log.size[0], lab.log.size_other[0]) == (pytest.approx(0.5), pytest.approx(50.0))


def test_a_capital_without_will_sends_nobody_and_a_weak_one_sends_late():
    assert np.all(called(will=0.0).run(generate).units.status == UnitStatus.HOME)
    keen, cool = (called(pledged=400, size=1, will=will).run(generate).units.ready_week.mean() for will in (1.0, 0.5))
    assert cool == pytest.approx(2 * keen, rel=0.05)


def test_a_contributor_whose_will_is_cut_to_nothing_leaves():
    lab = fielded()
    lab.contributors.will[0] = 0.0
    lab.contributors.recent_dead[0] = 0.0
    lab.rates.force_generation.will_return = 0.0
    assert in_country(lab.at(1).run(generate)) == 0


def test_preparation_takes_time_and_is_brought_along():
    def trained(training, joint):
        lab = called(pledged=400, size=1, interoperability=0.4, force_generation={"preparation_weeks": 10.0})
        lab.missions.training[0], lab.missions.joint_training[0] = training, joint
        return lab.run(generate)

    usual, more = trained(0.5, 0.0), trained(0.9, 0.6)
    # Twenty weeks of lead, ten more for each point of training and exercises beyond the usual; whole weeks cut off.
    assert (more.units.ready_week.mean() + 0.5) / (usual.units.ready_week.mean() + 0.5) == pytest.approx(1.5, rel=0.02)
    for week in range(1, 120):
        more.at(week).run(generate)
    landed = more.units.status == UnitStatus.DEPLOYED
    assert landed.sum() == 400
    assert np.all(more.units.training == 0.9)
    assert more.units.interoperability == pytest.approx(0.4 + 0.6 * 0.6 * 0.6)


def test_a_host_without_consent_lets_nobody_land():
    lab = called(lead=0.0, force_generation={"lift_persons_per_week": 400.0}).run(generate)
    lab.missions.access[0] = 0.0
    assert in_country(lab.at(1).run(generate)) == 0
    lab.missions.access[0] = 0.5
    assert in_country(lab.at(2).run(generate)) == 200


def test_parts_of_contributors_sum_to_one_by_mission():
    partner = mission(military=200, id="bridge")
    parts = {
        "mission": mission(military=400),
        "partners": [partner],
        "contributors": [
            contributor("one", 300, unit_size=100),
            contributor("two", 100, unit_size=100),
            contributor("ally", 200, unit_size=100, mission="bridge"),
            contributor("late", 100, unit_size=100),
        ],
    }
    lab = Lab(scenario(**parts)).run(generate)
    assert lab.contributors.part.tolist() == [0.75, 0.25, 1.0, 0.0]


def test_a_rotation_costs_readiness_and_knowledge_and_replaces_the_dead():
    lab = fielded(pledged=100, tour_weeks=26, proximity=0.3)
    lab.units.readiness[0], lab.units.knowledge[0], lab.units.headcount[0] = 0.9, 0.8, 96
    lab.at(24).run(generate)
    assert (lab.units.readiness[0], lab.units.knowledge[0]) == (0.9, 0.8)
    lab.at(25).run(generate)
    assert lab.units.readiness[0] == pytest.approx(0.9 * 0.8)
    assert lab.units.knowledge[0] == 0.3
    assert lab.units.headcount[0] == 100
    assert lab.casualties.arrived[0] == 104


def test_those_who_will_be_rehatted_keep_others_home_but_send_nobody_home():
    partner = mission(military=200, id="bridge", rehat=True, end="2003-01-06")
    parts = {
        "mission": mission(military=300),
        "partners": [partner],
        "contributors": [
            contributor("main", 400, unit_size=100),
            contributor("bridge", 200, unit_size=100, mission="bridge"),
        ],
    }
    lab = Lab(scenario(**parts))
    lab.accounts.tempo[:] = 1.0
    assert in_country(lab) == 500
    lab.units.status[0], lab.units.headcount[0] = UnitStatus.HOME, 0
    lab.at(1).run(generate)
    assert in_country(lab) == 400  # 200 of its own and 200 of the partner: nobody leaves
    assert np.count_nonzero(lab.units.status == UnitStatus.PREPARING) == 0  # and nobody is called


def test_a_closing_mission_goes_home_as_fast_as_lift_allows():
    lab = fielded(pledged=2500, ceiling=2500)
    lab.missions.ceiling[:] = 0
    assert in_country(lab.at(1).run(generate)) == 1500
    assert in_country(lab.at(2).run(generate)) == 500
