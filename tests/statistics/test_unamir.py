"""Rwanda 1993-1996 against the record: a weak mandate, a force cut at the worst moment, and help that came too late.

What is asserted is the model as it is. The genocide is not in the scenario and the model does not make one: the
tests that say so are expected to fail, with the figure that was found. How fast the forces come follows
from the contributors' leads, which are inputs; those tests say that the calendar works, not that the model is right.
"""

import datetime
from collections.abc import Iterator

import numpy as np
import pytest

from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from tests.support.missions import DEATHS, UNIFORMED, Futures, interval, recorded, run_all, without_partner
from tests.support.runs import run_checked

pytestmark = pytest.mark.slow

RUNS = 30
CRASH, LIBERATION = datetime.date(1994, 4, 6), datetime.date(1994, 7, 17)
CEILING_1, CEILING_2 = 2_608, 5_590  # uniformed, resolutions 872 and 918
YEARS_94 = (datetime.date(1994, 1, 3), datetime.date(1995, 1, 1))

# The first force robust, twice as large and left in place, instead of cut.
ROBUST = {
    "mission.mandate.rules_of_engagement": "robust",
    "mission.mandate.clarity": 0.85,
    "mission.mandate.tasks.protection_of_civilians": 1.0,
    "mission.mandate.authorised.0.military": 5_000,
    "mission.mandate.authorised.1.military": 5_000,
    "mission.mandate.authorised.1.police": 60,
    "mission.mandate.authorised.1.observers": 331,
    "mission.mandate.authorised.1.civilians": 150,
    "contributors.ghana.pledged": 3_600,
    "contributors.ghana.lead_weeks": 12,
    "weeks": 90,
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("unamir")


@pytest.fixture(scope="module")
def with_it(scenario: Scenario) -> Futures:
    return run_all(scenario, RUNS)


@pytest.fixture(scope="module")
def without(scenario: Scenario) -> Futures:
    return run_all(scenario.without_mission(), RUNS)


@pytest.fixture(scope="module")
def robust(scenario: Scenario) -> Futures:
    return run_all(scenario.override(ROBUST), RUNS)


@pytest.fixture(scope="module")
def un_alone(scenario: Scenario) -> Futures:
    """The United Nations without the French beside them, to count its soldiers alone."""
    return run_all(without_partner(scenario, "turquoise").override({"weeks": 180}), 12)


def years(first: int, last: int) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Give the first and last days of years."""
    for year in range(first, last + 1):
        yield datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def uniformed(futures: Futures, *date: int) -> float:
    """Return the median of the uniformed peacekeepers on a day."""
    return float(np.median(futures.at(datetime.date(*date), *UNIFORMED)))


# ----------------------------------------------------- half a year to come


@pytest.mark.xfail(reason="62 % of the force is there when 45 % was")
def test_the_first_force_comes_over_half_a_year(un_alone: Futures) -> None:
    """45 % of the ceiling at the turn of the year, 95 % at the end of March, two weeks before the killing began."""
    shares = [uniformed(un_alone, *date) / CEILING_1 for date in ((1993, 12, 31), (1994, 3, 31))]
    assert shares == pytest.approx([0.45, 0.95], abs=0.12)
    assert shares[0] < 0.65 < 0.85 < shares[1]


def test_the_cut_of_april_takes_nine_in_ten_within_weeks(un_alone: Futures) -> None:
    """The record has 626 at the end of May, of 2,485; the Council had said 270."""
    before, after = uniformed(un_alone, 1994, 4, 4), uniformed(un_alone, 1994, 5, 16)
    assert after < 0.25 * before
    assert after > 0.0


def test_the_second_force_is_not_there_while_the_killing_lasts(un_alone: Futures) -> None:
    """The record has 15 % of its ceiling in the week in which the war ended, and all of it in October."""
    shares = [uniformed(un_alone, *date) / CEILING_2 for date in ((1994, 7, 17), (1994, 10, 31))]
    assert shares[0] == pytest.approx(0.15, abs=0.2)
    assert shares[1] == pytest.approx(1.0, abs=0.2)


def test_the_last_soldier_leaves_in_march_1996(with_it: Futures) -> None:
    assert (with_it.at(datetime.date(1996, 3, 25), "deployed") == 0).all()


# ------------------------------------------------------------ the violence


def test_the_year_before_is_as_deadly_as_recorded(with_it: Futures) -> None:
    """Within a factor of three."""
    found = np.median(with_it.total(*next(years(1993, 1993)), *DEATHS))
    due = recorded("unamir", "deaths_before").value
    assert due / 3.0 < found < due * 3.0


@pytest.mark.xfail(
    reason="2,200 deaths in 1994 against 501,961: nothing in the model orders, broadcasts or spreads a killing of "
    "people by their neighbours",
)
def test_the_model_makes_a_genocide(with_it: Futures) -> None:
    """Within a factor of three of the deaths of 1994."""
    found = np.median(with_it.total(*YEARS_94, *DEATHS))
    assert found > recorded("unamir", "deaths_during", 1994).value / 3.0


@pytest.mark.xfail(reason="2.6 times the mean of 1993 at most in 30 futures: nothing in the model explodes")
def test_killing_of_civilians_explodes_in_some_future(with_it: Futures) -> None:
    """At least one future in thirty has ten times the killing of 1993, whatever its size."""
    one_sided = [with_it.total(first, last, "civilians_killed") for first, last in years(1993, 1995)]
    assert max(one_sided[1].max(), one_sided[2].max()) > 10.0 * one_sided[0].mean()


@pytest.mark.xfail(reason="18,200 dead, not 4,450 to 17,800")
def test_the_insurgency_after_it_is_as_deadly_as_recorded(with_it: Futures) -> None:
    """Within a factor of two, from the mission's end to the end of 2001."""
    found = np.median(with_it.total(datetime.date(1996, 3, 8), datetime.date(2001, 12, 31), *DEATHS))
    due = recorded("unamir", "deaths_after").value
    assert due / 2.0 < found < due * 2.0


def test_war_is_back_within_five_years(with_it: Futures) -> None:
    """A year of a thousand deaths or more within five years of the exit, as in 1997 and 1998, in most futures."""
    left = [(datetime.date(year, 3, 8), datetime.date(year + 1, 3, 7)) for year in range(1996, 2001)]
    worst = np.max([with_it.total(first, last, *DEATHS) for first, last in left], axis=0)
    assert (worst >= 1_000).mean() > 0.5


def test_arusha_is_as_likely_to_fall_as_to_hold(with_it: Futures, without: Futures) -> None:
    """Signed in August 1993, dead in April 1994; the model puts no date on it, but it does not trust it either."""
    relapse = 7
    fallen = [(each.at(datetime.date(1994, 12, 26), "peace_stage") == relapse).mean() for each in (with_it, without)]
    assert 0.3 < fallen[0] < 0.9
    assert fallen[0] <= fallen[1]


# ------------------------------------------------- what the mandate is worth


def test_a_weak_force_makes_little_difference(with_it: Futures, without: Futures) -> None:
    """In the hundred days, fewer than a third of the killings are spared; the record knows 20,000 of 800,000."""
    here, there = (each.total(CRASH, LIBERATION, "civilians_killed") for each in (with_it, without))
    assert here.mean() > 0.67 * there.mean()


def test_a_robust_force_left_in_place_would_spare_many_of_those_killed(with_it: Futures, robust: Futures) -> None:
    """Five thousand with a mandate to protect, not cut: pairs of one seed; at least a quarter fewer killed."""
    here, there = (each.total(CRASH, LIBERATION, "civilians_killed") for each in (robust, with_it))
    assert interval(here - there)[1] < 0.0
    assert here.mean() < 0.75 * there.mean()


# --------------------------------------------------------------- the people


@pytest.mark.xfail(reason="253,000 at the end of 1993, not 263,000 and more: the truce before Arusha holds better")
def test_displaced_before_the_mission_fills_up(with_it: Futures) -> None:
    """Between the lowest and the highest of the record, and a third more, at the end of 1993."""
    found = np.median(with_it.at(datetime.date(1993, 12, 31), "displaced"))
    figure = recorded("unamir", "displaced", 1993)
    assert figure.low / 1.33 < found < figure.high * 1.33


@pytest.mark.xfail(reason="0.25 million displaced inside, not 0.75 million and more")
def test_displaced_inside_in_july_1994(with_it: Futures) -> None:
    """Within a factor of two."""
    found = np.median(with_it.at(datetime.date(1994, 7, 31), "displaced"))
    due = recorded("unamir", "displaced", 1994).value
    assert due / 2.0 < found < due * 2.0


@pytest.mark.xfail(reason="9,300 abroad in July 1994 against 2 million: nobody wins and drives others out")
def test_refugees_in_july_1994(with_it: Futures) -> None:
    """Within a factor of two."""
    found = np.median(with_it.at(datetime.date(1994, 7, 31), "refugees"))
    due = recorded("unamir", "refugees").value
    assert due / 2.0 < found < due * 2.0


@pytest.mark.xfail(
    reason="the state rules 61 % of the country at the end of 1994: the RPF finds recruits only where its people live "
    "and it rules",
)
def test_the_rebels_win_the_war(with_it: Futures) -> None:
    """By the end of July 1994 the army had lost the whole country; a fifth is left to the state of the start."""
    held = with_it.at(datetime.date(1995, 1, 2), "state_control")
    assert np.median(held) < 0.2


# -------------------------------------------------------------- the mission


def test_peacekeepers_die_as_recorded(with_it: Futures) -> None:
    """Fourteen by hostile acts and 27 in all under the two mandates; within a factor of two and a half."""
    killed = with_it.hostile[:, :2].sum(axis=1).mean()
    dead = killed + with_it.other[:, :2].sum(axis=1).mean()
    assert 14 / 2.5 < killed < 14 * 2.5
    assert 27 / 2.5 < dead < 27 * 2.5


def test_it_costs_what_it_cost(with_it: Futures) -> None:
    """Within a factor of two; a person costs as much as in a mission of our days, nominal dollars or not."""
    found = np.median(with_it.spent[:, :2].sum(axis=1))
    due = recorded("unamir", "cost_usd").value
    assert due / 2.0 < found < due * 2.0


# ---------------------------------------------------------------- the laws


def test_people_fighters_units_and_money_are_conserved_every_week(scenario: Scenario) -> None:
    assert run_checked(scenario, 1).clock.week[0] == scenario.weeks
