"""Outcomes on weekly tables made by hand, with numbers worked out by hand."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim.results.measures.mandate import INDICATORS, way
from sim.results.outcomes import OUTCOMES, measure
from sim.world.kinds import EventKind, Stage, Task
from sim.world.series import SERIES

WEEKS_PER_YEAR = 365.25 / 7


def at(weeks, **values):
    """An array of zeros but for ``w5=3`` and the like."""
    array = np.zeros(weeks)
    for week, value in values.items():
        array[int(week[1:])] = value
    return array


def stage(week, before, after):
    return (week, EventKind.STAGE, -1, before, after, 0.0, 0.0)


def value(trace, name):
    return OUTCOMES[name](trace)


def unknown(trace, name):
    return math.isnan(value(trace, name))


# ------------------------------------------------------------------ catalogue


def test_every_outcome_has_name_unit_direction_and_meaning():
    assert len(OUTCOMES) > 70
    for name, outcome in OUTCOMES.items():
        assert name == outcome.name
        assert name.isidentifier()
        assert name.islower()
        assert outcome.unit
        assert outcome.better in ("lower", "higher", "neutral")
        assert len(outcome.meaning) > 8, name
        assert not outcome.meaning.endswith(".")


def test_a_run_without_anything_has_numbers_or_says_unknown(make_trace):
    for name, outcome in OUTCOMES.items():
        number = outcome(make_trace(3))
        assert isinstance(number, float), name
        assert math.isnan(number) or number in (0.0, 3.0), name


def test_some_outcomes_can_be_measured_alone(result):
    assert list(measure(result.scenario, result.world, ["clashes"])) == ["clashes"]
    assert measure(result.scenario, result.world).keys() == OUTCOMES.keys()


def test_totals_of_a_real_run_are_sums_of_its_columns(result):
    names = [series.name for series in SERIES]
    for name in ("battle_deaths", "civilians_killed", "clashes", "disarmed"):
        assert result.outcomes[name] == result.weekly_array[:, names.index(name)].sum()


# ----------------------------------------------------------------------- toll


def test_deaths_add_up(make_trace):
    trace = make_trace(
        2, battle_deaths=[3, 4], civilians_killed=[1, 5], civilians_killed_by_state=[0, 3],
        crossfire_deaths=[2, 0], peacekeepers_killed=[0, 1], peacekeepers_died=[9, 9], people=[2e6, 2e6],
    )  # fmt: skip
    assert value(trace, "battle_deaths") == 7
    assert value(trace, "civilian_deaths") == 6 + 2
    assert value(trace, "conflict_deaths") == 7 + 6 + 2 + 1
    assert value(trace, "killed_by_state_share") == 0.5
    # 6 killed among 2 million people in 2 weeks, that is 2 / 4.348 months.
    assert value(trace, "civilians_killed_rate") == pytest.approx(6 / (2 * 2 / (WEEKS_PER_YEAR / 12)))


def test_displacement(make_trace):
    trace = make_trace(3, displaced=[10, 40, 20], refugees=[0, 5, 10], returned=[0, 0, 70], fled=[10, 35, 55])
    assert value(trace, "displaced_peak") == 45
    assert value(trace, "displaced_end") == 30
    assert value(trace, "refugees_end") == 10
    assert value(trace, "returned_share") == 0.7
    assert value(trace, "displaced_person_years") == pytest.approx(85 / WEEKS_PER_YEAR)
    assert unknown(make_trace(3), "returned_share")


def test_local_episodes_end_with_four_quiet_weeks(make_trace):
    def killing(week, cell, dead=1):
        return (week, EventKind.KILLING, cell, 0, -1, dead, 50)

    # Cell 3: weeks 0 to 5 (4 quiet weeks do not end it: 0, then 5), then 11 alone; cell 4: week 5 alone.
    rows = [killing(0, 3), killing(5, 3), killing(5, 4), killing(11, 3), killing(12, 3, dead=0)]
    trace = make_trace(20, *rows)
    assert value(trace, "local_episodes") == 3
    assert value(trace, "local_episode_weeks") == pytest.approx((6 + 1 + 1) / 3)


# ------------------------------------------------------------------------ war


def test_a_signature_counts_from_the_week_after(make_trace):
    trace = make_trace(30, stage(9, Stage.WAR, Stage.CEASEFIRE), stage(19, Stage.CEASEFIRE, Stage.AGREEMENT))
    assert value(trace, "weeks_to_ceasefire") == 10
    assert value(trace, "weeks_to_agreement") == 20
    assert value(trace, "ceasefire_reached") == 1


def test_an_agreement_is_a_ceasefire_too_and_a_relapse_is_none(make_trace):
    trace = make_trace(30, stage(2, Stage.WAR, Stage.RELAPSE), stage(4, Stage.RELAPSE, Stage.AGREEMENT))
    assert value(trace, "weeks_to_ceasefire") == 5


def test_what_is_in_force_at_the_start_took_no_time(make_trace):
    trace = make_trace(30, stage="ceasefire")
    assert value(trace, "weeks_to_ceasefire") == 0
    assert unknown(trace, "weeks_to_agreement")
    assert value(trace, "agreement_reached") == 0
    assert unknown(make_trace(30, stage="relapse"), "weeks_to_ceasefire")


def test_relapse_is_25_battle_deaths_within_52_weeks(make_trace):
    agreed = stage(9, Stage.WAR, Stage.AGREEMENT)
    # 500 dead in the week of the signature belong to the war before it.
    trace = make_trace(600, agreed, battle_deaths=at(600, w9=500, w100=24, w152=1, w160=24))
    # 24 + 1 lie 52 weeks apart, which is too long; 1 + 24 are within 9 weeks.
    assert value(trace, "weeks_to_relapse") == 160 - 10 + 1
    assert value(trace, "relapsed") == 1
    assert [value(trace, f"relapse_within_{n}") for n in ("1_year", "2_years", "5_years", "10_years")] == [
        0,
        0,
        1,
        1,
    ]


def test_deaths_51_weeks_apart_count_together(make_trace):
    agreed = stage(0, Stage.WAR, Stage.AGREEMENT)
    trace = make_trace(200, agreed, battle_deaths=at(200, w50=24, w101=1))
    assert value(trace, "weeks_to_relapse") == 101


def test_a_run_that_ends_too_early_cannot_tell(make_trace):
    trace = make_trace(10 + 104, stage(9, Stage.WAR, Stage.AGREEMENT))
    assert value(trace, "relapsed") == 0
    assert value(trace, "weeks_to_relapse") == 104
    assert value(trace, "relapse_within_1_year") == 0
    assert value(trace, "relapse_within_2_years") == 0
    assert unknown(trace, "relapse_within_5_years")
    assert unknown(make_trace(50), "relapsed"), "no agreement, no relapse"


def test_collapses_are_those_that_end_it_for_all(make_trace):
    rows = [(week, EventKind.COLLAPSE, -1, 0, -1, 0.1, major) for week, major in ((3, 1.0), (5, 0.0), (9, 1.0))]
    assert value(make_trace(20, *rows), "collapses") == 2


def test_conflict_years_are_calendar_years(make_trace):
    # The run begins on 3 January 2000; its week 52 begins on 1 January 2001.
    deaths = at(312, w0=20, w51=5, w52=24, w110=1000, w170=30, w290=25)
    trace = make_trace(312, battle_deaths=deaths)
    assert list(trace.sum_by_year("battle_deaths")) == [25, 24, 1000, 30, 0, 25]
    assert value(trace, "conflict_years_25") == 4
    assert value(trace, "conflict_years_1000") == 1
    assert value(trace, "conflict_episode_longest") == 2
    assert value(trace, "conflict_episode_mean") == pytest.approx(4 / 3)


def test_peace_after_exit(make_trace):
    there = np.zeros(400)
    there[10:100] = 5.0
    calm = make_trace(400, deployed=there, battle_deaths=at(400, w99=80))
    assert value(calm, "weeks_to_exit") == 100
    assert value(calm, "peace_years_after_exit") == pytest.approx(300 / WEEKS_PER_YEAR)
    assert value(calm, "peace_held_after_exit") == 1
    war = make_trace(400, deployed=there, battle_deaths=at(400, w151=30))
    assert value(war, "peace_years_after_exit") == pytest.approx(52 / WEEKS_PER_YEAR)
    assert value(war, "peace_held_after_exit") == 0
    assert unknown(make_trace(400, deployed=np.ones(400)), "weeks_to_exit")
    assert unknown(make_trace(400), "peace_years_after_exit")


def test_elections(make_trace):
    votes = [(w, EventKind.ELECTION, -1, 0, -1, quality, quality - 0.5) for w, quality in ((3, 0.4), (9, 0.8))]
    trace = make_trace(20, *votes)
    assert value(trace, "elections_held") == 2
    assert value(trace, "election_quality") == pytest.approx(0.6)
    assert value(trace, "elections_accepted") == 0.5
    assert unknown(make_trace(20), "election_quality")


# -------------------------------------------------------------------- mission


@pytest.fixture
def manned(make_trace):
    """A mission from week 4 with 100 authorised, and a partner that hands its 50 over in week 8."""

    def make(deployed, weeks=20, start=4):
        missions = SimpleNamespace(
            start_week=np.array([start, 2]), end_week=np.array([10**9, 8]), rehat=np.array([0, 1])
        )
        trace = make_trace(weeks, missions=missions, deployed=deployed, authorised=np.full(weeks, 100.0))
        trace.world.calendar = SimpleNamespace(
            ceiling_week=np.array([4, 12, 2]),
            ceiling_mission=np.array([0, 0, 1]),
            ceiling=np.array([[80, 20, 0, 0], [10, 0, 0, 0], [50, 0, 0, 0]]),
        )
        return trace

    return make


def test_strength_against_what_is_authorised(manned):
    deployed = np.array([0, 0, 10, 20, 30, 49, 50, 60, 95] + 11 * [90], dtype=float)
    trace = manned(deployed)
    assert value(trace, "peak_strength") == 95
    assert value(trace, "peak_strength_share") == 0.95, "the partner's people count in the main mission"
    # Half is there in the third week from week 4 on, 90 % in the fifth.
    assert value(trace, "months_to_half_strength") == pytest.approx(3 / (WEEKS_PER_YEAR / 12))
    assert value(trace, "months_to_90_strength") == pytest.approx(5 / (WEEKS_PER_YEAR / 12))
    assert value(trace, "strength_share") == pytest.approx(np.mean(deployed) / 100)


def test_time_to_strength_is_unknown_if_never_reached_or_begun_before(manned):
    assert unknown(manned(np.full(20, 89.0)), "months_to_90_strength")
    assert unknown(manned(np.full(20, 100.0), start=0), "months_to_90_strength")


def test_losses_per_1000_years_served(make_trace):
    weeks = 104
    trace = make_trace(
        weeks,
        deployed=np.full(weeks, 1000.0),
        peacekeepers_killed=at(weeks, w3=2),
        peacekeepers_died=at(weeks, w9=1),
    )
    served = 1000 * weeks / WEEKS_PER_YEAR
    assert value(trace, "person_years") == pytest.approx(served)
    assert value(trace, "peacekeepers_killed_rate") == pytest.approx(2000 / served)
    assert value(trace, "peacekeeper_deaths_rate") == pytest.approx(3000 / served)
    assert unknown(make_trace(5), "peacekeepers_killed_rate")


def test_money(make_trace):
    donors = SimpleNamespace(promised_usd=np.array([60.0, 40.0]), paid_usd=np.array([60.0, 15.0]))
    trace = make_trace(
        3,
        donors=donors,
        spent_usd=[10, 20, 30],
        programmes_usd=[0, 5, 0],
        deployed=[0, 1, 1],
        arrears_usd=[0, 9, 4],
    )
    assert value(trace, "cost_usd") == 65
    assert value(trace, "cost_per_person_year_usd") == pytest.approx(65 / (2 / WEEKS_PER_YEAR))
    assert value(trace, "dues_unpaid") == 0.25
    assert value(trace, "arrears_peak_usd") == 9


def test_the_funding_gap_is_what_had_not_come_by_the_end_of_a_budget_year(make_trace):
    """No budget in week 0; then two years of 52: the first a quarter short, the second with more than its due."""
    budget, received = np.full(105, 4.0), np.zeros(105)
    budget[0], received[0] = 0.0, 50.0
    received[1:53], received[53:] = 3.0, 5.0
    trace = make_trace(105, budget_usd=budget, received_usd=received, arrears_usd=np.full(105, 104.0))
    assert value(trace, "funding_gap") == pytest.approx(52 / 416)
    assert value(trace, "arrears_share") == pytest.approx(0.5)
    assert unknown(make_trace(5), "funding_gap")
    assert unknown(make_trace(5), "arrears_share")


def test_means_while_deployed_and_at_full_strength(make_trace):
    trace = make_trace(4, deployed=[0, 50, 95, 100], tempo=[0, 0.2, 0.4, 0.6], coverage=[0, 0.1, 0.3, 0.5])
    assert value(trace, "tempo_deployed") == pytest.approx(0.4)
    assert value(trace, "coverage_full") == pytest.approx(0.4)


def test_disarmament(make_trace):
    trace = make_trace(2, disarmed=[10, 30], reintegrated=[0, 20], reoffended=[1, 3])
    assert value(trace, "reintegrated_share") == 0.5
    assert value(trace, "reoffended_share") == 0.1


def test_ends_and_means(make_trace):
    trace = make_trace(2, fear=[0.2, 0.6], services=[0.1, 0.3])
    assert value(trace, "fear_end") == 0.6
    assert value(trace, "fear_mean") == pytest.approx(0.4)
    assert value(trace, "services_end") == 0.3


# -------------------------------------------------------------------- mandate


def deployed(weeks, first, end):
    there = np.zeros(weeks)
    there[first:end] = 500.0
    return there


def test_how_much_of_the_way_a_task_went():
    assert way(0.2, 0.6, 1.0) == pytest.approx(0.5)
    assert way(100.0, 25.0, 0.0) == pytest.approx(0.75)
    assert way(0.5, 0.4, 1.0) == pytest.approx(-0.2)
    assert way(10.0, 500.0, 0.0) == -1.0, "never less"
    assert math.isnan(way(0.0, 0.0, 0.0)), "there was no way to go"
    assert way(0.0, 3.0, 0.0) == -1.0
    assert math.isnan(way(math.nan, 1.0, 1.0))


def test_a_task_is_judged_by_the_year_before_and_the_last_year(make_trace):
    """Three killed a week before anyone came; in the last year 0.6 a week, whatever came between."""
    killed = np.full(300, 9.0)
    killed[48:100], killed[200:252], killed[252:] = 3.0, 0.6, 7.0
    trace = make_trace(300, deployed=deployed(300, 100, 252), civilians_killed=killed)
    assert value(trace, "attained_protection_of_civilians") == pytest.approx(0.8)
    assert value(trace, "mandate_attained") == pytest.approx((1.0 * 0.8 + 0.5 * 0.0) / 1.5), "and nobody settled"


def test_who_came_at_once_is_judged_from_the_first_quarter(make_trace):
    killed = np.concatenate([np.full(13, 2.0), np.full(87, 1.0)])
    trace = make_trace(100, deployed=np.full(100, 5.0), civilians_killed=killed)
    assert value(trace, "attained_protection_of_civilians") == pytest.approx(0.5)


def test_disarmament_is_judged_by_those_who_settled(make_trace):
    meant = 600 + 900
    trace = make_trace(50, deployed=deployed(50, 20, 50), reintegrated=at(50, w30=meant / 2))
    assert value(trace, "attained_ddr") == pytest.approx(0.5)


def test_tasks_that_nobody_was_given_are_not_judged(make_trace):
    trace = make_trace(100, deployed=deployed(100, 60, 100), need=np.full(100, 0.5))
    assert unknown(trace, "attained_humanitarian_support")
    assert unknown(make_trace(100), "mandate_attained"), "nobody came"


def test_every_task_of_a_mandate_can_be_judged():
    assert set(INDICATORS) == {task.name.lower() for task in Task}


# ------------------------------------------------------------------- partners


def test_a_handover_costs_the_strength_that_was_missing_after_it(make_trace):
    there = np.full(60, 1000.0)
    there[22], there[40] = 700.0, 100.0
    rehat = (20, EventKind.REHAT, -1, 1, 0, 300.0, 0.0)
    trace = make_trace(60, rehat, deployed=there, duplication=np.full(60, 0.3))
    assert value(trace, "handovers") == 1
    assert value(trace, "handover_dip") == pytest.approx(0.3), "the fall 20 weeks later is another matter"
    assert value(trace, "duplication_deployed") == pytest.approx(0.3)
    assert unknown(make_trace(60), "handover_dip")


def test_what_held_after_exit(make_trace):
    there = deployed(50, 0, 20)
    trace = make_trace(50, deployed=there, policing=at(50, w19=0.3, w49=0.2), services=at(50, w19=0.5, w49=0.5))
    assert value(trace, "institutions_kept") == pytest.approx(0.7 / 0.8)
    assert unknown(trace, "state_control_kept"), "there was none"
    assert unknown(make_trace(50, deployed=np.ones(50)), "institutions_kept")
