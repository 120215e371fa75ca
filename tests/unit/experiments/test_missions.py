"""The comparison with the record: rules that read a hand-made week, estimators with known answers, verdicts."""

import datetime
import math

import numpy as np
import pytest

pytest.importorskip("scipy")

from experiments.missions import evidence, page, record
from sim.scenario.load import load_scenario
from sim.world.kinds import Stage

MONDAY = datetime.date(2003, 1, 6)  # first day of the Liberian run
FIRST, LAST = datetime.date(2003, 2, 3), datetime.date(2003, 3, 2)  # weeks 4 to 7


def figure(outcome: str, start: datetime.date = FIRST, end: datetime.date = LAST, **changes: object) -> record.Figure:
    plain = record.Figure("unmil", outcome, start, end, 1.0, 1.0, 1.0, record.QUANTITIES[outcome].unit, "s", "n")
    return plain._replace(**changes)


@pytest.fixture
def run() -> record.Run:
    """A hand-made run of Liberia: every series is the number of the week; missions gain by the week."""
    scenario = load_scenario("unmil")
    weekly = np.repeat(np.arange(scenario.weeks, dtype=float)[:, None], len(record.SERIES), axis=1)
    looks = {week: np.outer([1.0, 100.0], np.full(len(record.LOOKS), float(week))) for week in range(1, 60)}
    return record.Run(scenario, weekly, looks, {week: week / 100.0 for week in range(1, 60)})


# --------------------------------------------------------------------- quantities


def test_a_period_holds_both_its_days(run: record.Run) -> None:
    assert record.span(run.scenario, figure("fled")) == (4, 8)
    assert record.span(run.scenario, figure("fled", MONDAY, MONDAY)) == (0, 1)


def test_a_period_is_cut_to_the_run(run: record.Run) -> None:
    before = figure("fled", datetime.date(2002, 12, 23), datetime.date(2003, 1, 19))
    assert record.span(run.scenario, before) == (0, 2)
    assert record.covered(run.scenario, before) == 0.5
    after = figure("fled", datetime.date(2030, 1, 1), datetime.date(2030, 12, 31))
    assert record.span(run.scenario, after) == (run.scenario.weeks, run.scenario.weeks)
    assert record.covered(run.scenario, after) == 0.0


@pytest.mark.parametrize(
    ("outcome", "value"),
    [
        ("fled", 4 + 5 + 6 + 7),  # a sum over the period
        ("deaths_during", 3 * (4 + 5 + 6 + 7)),  # fighters, civilians killed and caught
        ("civilian_deaths", 2 * (4 + 5 + 6 + 7)),
        ("displaced", 7),  # a state at its end
        ("forcibly_displaced", 14),
        ("owed_usd", 7),
        ("pay_late_weeks", 7 / (22 / 4)),
        ("uniformed", 3 * 8),  # the look after week 7, of the main mission alone
        ("troops", 8),
        ("peacekeepers_killed", 8 - 4),  # sums from the start, hence a difference
        ("peacekeeper_deaths", 2 * (8 - 4)),
        ("cost_usd", 8 - 4),
        ("state_control_capital", 0.08),
    ],
)
def test_quantities_of_a_hand_made_run(run: record.Run, outcome: str, value: float) -> None:
    assert record.QUANTITIES[outcome].measure(run, figure(outcome)) == pytest.approx(value)


def test_a_share_is_of_those_authorised(run: record.Run) -> None:
    assert record.QUANTITIES["uniformed_share"].measure(run, figure("uniformed_share", of=48.0)) == 0.5


def test_a_figure_counts_the_missions_that_it_names(run: record.Run) -> None:
    both = figure("cost_usd", missions=("unmil", "ecomil"))
    assert record.QUANTITIES["cost_usd"].measure(run, both) == 101 * (8 - 4)


def test_war_is_a_calendar_year_with_25_battle_related_deaths(run: record.Run) -> None:
    period = figure("relapse", datetime.date(2003, 6, 30), datetime.date(2005, 12, 31))
    column, crossfire = record.COLUMN["battle_deaths"], record.COLUMN["crossfire_deaths"]
    run.weekly[:, [column, crossfire]] = 0.0
    assert record.relapse(run, period) == 0.0
    run.weekly[10, column] = 1_000.0  # before the period
    run.weekly[50, column], run.weekly[53, column] = 24.0, 24.0  # in December and in January
    assert record.relapse(run, period) == 0.0
    run.weekly[51, crossfire] = 1.0
    assert record.relapse(run, period) == 1.0


def test_a_settlement_is_an_agreement_in_force(run: record.Run) -> None:
    stage = record.COLUMN["peace_stage"]
    run.weekly[:, stage] = Stage.CEASEFIRE
    assert record.settlement(run, figure("settlement")) == 0.0
    run.weekly[3, stage] = Stage.AGREEMENT
    assert record.settlement(run, figure("settlement")) == 0.0
    run.weekly[4, stage] = Stage.AGREEMENT
    assert record.settlement(run, figure("settlement")) == 1.0


@pytest.mark.slow
@pytest.mark.parametrize("name", record.MISSIONS)
def test_every_recorded_figure_can_be_computed(name: str) -> None:
    scenario, wanted = load_scenario(name), record.figures(name)
    short = scenario.weeks
    ran = record.run(scenario, 1, record.stops(scenario, wanted, stride=short))
    for each in wanted:
        if page.compared(scenario, each):
            assert math.isfinite(record.QUANTITIES[each.outcome].measure(ran, each)), each.outcome


@pytest.mark.slow
def test_looks_add_up_to_the_weekly_table() -> None:
    scenario = load_scenario("unmil")
    ran = record.run(scenario, 1, [100, 300, scenario.weeks])
    for week, look in ran.looks.items():
        for column, name in enumerate(("troops", "police", "observers")):
            assert look[:, column].sum() == ran.weekly[week - 1, record.COLUMN[name]]
        killed = ran.weekly[:week, record.COLUMN["peacekeepers_killed"]].sum()
        assert look[:, 3].sum() == killed
        spent = sum(ran.weekly[:week, record.COLUMN[name]].sum() for name in ("spent_usd", "programmes_usd"))
        assert look[:, 5].sum() == pytest.approx(spent)


# ----------------------------------------------------------------------- verdicts


def test_a_median_in_the_range_is_inside() -> None:
    assert page.judge(np.array([1.0, 5.0, 100.0]), 4.0, 6.0).inside


def test_a_median_outside_may_still_be_reached() -> None:
    found = page.judge(np.arange(101.0), 90.0, 99.0)
    assert (found.inside, found.reached, found.miss) == (False, True, 90.0 / 50.0)
    assert found.words == "below, 0.556 times the low end; some futures reach it"
    assert not page.judge(np.arange(101.0), 96.0, 99.0).reached


def test_a_miss_is_told_in_per_cent_where_it_is_small_and_plainly_beside_nothing() -> None:
    assert page.judge(np.full(9, 110.0), 90.0, 100.0).words == "above by 10%"
    assert page.judge(np.full(9, 7.0), 0.0, 0.0).words == "above by 7"
    assert page.judge(np.zeros(9), 5.0, 6.0).words == "below by 5"


def test_an_event_is_judged_by_how_often_it_comes() -> None:
    futures = np.array([1.0] * 3 + [0.0] * 7)
    assert page.judge_event(futures, 0.0).inside
    rare = page.judge_event(futures, 1.0)
    assert (rare.inside, rare.reached) == (False, True)
    assert not page.judge_event(np.zeros(10), 1.0).reached


def test_what_lies_partly_in_the_run_is_due_in_proportion() -> None:
    scenario = load_scenario("unmil")
    half = figure("fled", datetime.date(2002, 12, 23), datetime.date(2003, 1, 19), value=10.0, low=8.0, high=20.0)
    assert page.due(scenario, half) == (5.0, 4.0, 10.0)
    state = half._replace(outcome="displaced")
    assert page.due(scenario, state) == (10.0, 8.0, 20.0)
    assert not page.compared(scenario, state)
    assert not page.compared(scenario, half._replace(comparable=False))


# ---------------------------------------------------------------------- the tail


def draw_power_law(alpha: float, xmin: int, n: int) -> np.ndarray:
    """Draw from a discrete power law by its distribution function; counts by size."""
    from scipy.special import zeta

    size = np.arange(xmin, 200_000)
    below = 1.0 - zeta(alpha, size + 1) / zeta(alpha, xmin)
    sizes = size[np.searchsorted(below, np.random.default_rng(3).random(n)).clip(0, len(size) - 1)]
    return np.bincount(sizes)


@pytest.mark.parametrize("alpha", [2.0, 2.5, 3.0])
def test_the_exponent_of_a_power_law_is_found(alpha: float) -> None:
    counts = draw_power_law(alpha, 5, 20_000)
    assert evidence.exponent(counts, 5) == pytest.approx(alpha, abs=0.04)
    assert evidence.exponent(counts, 20) == pytest.approx(alpha, abs=0.12)


def test_the_threshold_of_a_tail_is_found() -> None:
    """Below ten everything is as likely; from ten on a power law."""
    counts = draw_power_law(2.5, 10, 5_000)[:2_000].astype(float)
    counts[1:10] = 600.0
    alpha, xmin = evidence.power_law(counts)
    assert 9 <= xmin <= 14
    assert alpha == pytest.approx(2.5, abs=0.1)


def test_few_events_have_no_tail() -> None:
    assert math.isnan(evidence.power_law(np.array([0, 3, 2, 1]))[0])


def test_quantiles_and_the_deadliest_hundredth() -> None:
    counts = np.zeros(101)
    counts[1], counts[100] = 99.0, 1.0
    assert evidence.quantile_of_counts(counts, 0.5) == 1.0
    assert evidence.quantile_of_counts(counts, 0.995) == 100.0
    assert evidence.deaths_in_top(counts) == pytest.approx(100.0 / 199.0)


# --------------------------------------------------------------- episodes, relapse


@pytest.mark.parametrize(
    ("years", "wars", "peaces"),
    [
        ("", [], []),
        ("....", [], []),
        ("..XX", [(2, False)], []),
        ("XX.X", [(2, True), (1, False)], [(1, True)]),
        ("X..XXX.", [(1, True), (3, True)], [(2, True), (1, False)]),
    ],
)
def test_one_inactive_year_ends_an_episode(years: str, wars: list, peaces: list) -> None:
    assert evidence.episodes(np.array([year == "X" for year in years], dtype=bool)) == (wars, peaces)


def test_shares_ended_allow_for_what_is_cut_off() -> None:
    spells = [(1, True), (1, False), (2, True), (3, False)]
    assert evidence.share_ended(spells, 1) == pytest.approx(1 / 4)
    assert evidence.share_ended(spells, 2) == pytest.approx(1 - 3 / 4 * 1 / 2)
    assert math.isnan(evidence.share_ended(spells, 5))
    assert math.isnan(evidence.share_ended([], 1))
    assert evidence.median_length(spells) == 2.0
    assert math.isnan(evidence.median_length([(3, False)]))


# ------------------------------------------------------------------- thresholds


def events(*rows: tuple[int, int, int, float]) -> evidence.Events:
    return evidence.Events(*(np.array(column) for column in zip(*rows, strict=True)))


@pytest.fixture
def quiet() -> evidence.Quiet:
    """Six years of twelve months of four weeks and a half: a state (0), rebels (1), and a militia (2)."""
    weeks = np.arange(6 * 54)
    clashes = events(
        (0, 0, 1, 20.0),
        (10, 1, 0, 5.0),  # 25 between the state and the rebels in the first year
        (60, 0, 1, 24.0),
        (61, 0, 2, 24.0),  # 48 in the second, but of two pairs
        (120, 1, 2, 500.0),  # no side is the state
        (5, 0, 2, 0.0),
    )
    killings = events((0, 1, 1, 20.0), (5, 1, 1, 5.0), (6, 2, 2, 24.0), (300, 0, 0, 30.0))
    return evidence.reduce_events(clashes, killings, np.array([True, False, False]), weeks // 54, 2 * weeks // 9)


def test_a_year_of_conflict_has_25_dead_between_the_state_and_one_group(quiet: evidence.Quiet) -> None:
    assert quiet.active.tolist() == [True, False, False, False, False, False]
    assert not quiet.major.any()


def test_months_are_those_of_conflict_and_two_years_after(quiet: evidence.Quiet) -> None:
    assert quiet.in_conflict.tolist() == [True] * 36 + [False] * 36


def test_killing_counts_where_its_actor_killed_25_in_the_year(quiet: evidence.Quiet) -> None:
    assert quiet.killed[:3].tolist() == [20.0, 5.0, 0.0]
    assert quiet.killed.sum() == 55.0


def test_events_count_where_their_pair_or_actor_crossed_the_threshold(quiet: evidence.Quiet) -> None:
    sizes = np.repeat(np.arange(len(quiet.sizes)), quiet.sizes.astype(int)).tolist()
    assert sizes == [5, 5, 20, 20, 24, 30, 500]


def test_a_last_year_that_the_run_cuts_off_is_left_out() -> None:
    weeks = np.arange(54 + 20)
    none = evidence.Events(*(np.zeros(0, dtype=int) for _ in range(3)), np.zeros(0))
    quiet = evidence.reduce_events(none, none, np.array([True, False]), weeks // 54, 2 * weeks // 9)
    assert len(quiet.active) == 1


def test_killing_again_and_dispersion() -> None:
    killed = np.array([3.0, 3.0, 0.0, 0.0, 3.0])
    run = evidence.Quiet(killed, np.ones(5, dtype=bool), np.zeros(1, dtype=bool), np.zeros(1, dtype=bool), np.zeros(1))
    assert evidence.again([run], after=True) == 0.5
    assert evidence.again([run], after=False) == 0.5
    drawn = np.random.default_rng(4).negative_binomial(0.5, 0.5 / (0.5 + 20.0), 20_000).astype(float)
    assert evidence.dispersion(drawn) == pytest.approx(2.0, rel=0.05)


def test_countries_where_nothing_happens_have_no_estimates() -> None:
    still = evidence.Quiet(
        np.zeros(12), np.zeros(12, dtype=bool), np.zeros(1, dtype=bool), np.zeros(1, dtype=bool), np.zeros(0)
    )
    found = evidence.estimates([still, still])
    assert all(math.isnan(value) for value in found.values())
