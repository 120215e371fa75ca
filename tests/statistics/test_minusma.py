"""Mali 2013-2023 against the record: a force re-hatted, a peace of those who signed, a war of those who did not.

What is asserted is the model as it is. In the model the mission wins: the war that grew eightfold fades. The tests
that say so are expected to fail, with the figure that was found. How fast the force comes follows from the
contributors' leads, which are inputs; those tests say that the calendar works, not that the model is right.
"""

import datetime

import numpy as np
import pytest

from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from tests.support.missions import (
    COLUMN,
    DEATHS,
    UNIFORMED,
    WEEKS_PER_YEAR,
    Futures,
    interval,
    recorded,
    run_all,
    without_partner,
)
from tests.support.runs import run_checked

pytestmark = pytest.mark.slow

RUNS = 30
CEILING = 12_640  # uniformed, resolution 2100
NEW_YEAR = {year: datetime.date(year, 1, 1) for year in range(2013, 2025)}
YEAR_END = {year: datetime.date(year, 12, 31) for year in NEW_YEAR}
END = datetime.date(2024, 12, 30)
EXIT = datetime.date(2023, 12, 31)
SIGNATORIES = ("army", "cma", "platform")
PEACE = 6  # stages: 5 and 6 follow an election under an agreement that holds


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("minusma")


@pytest.fixture(scope="module")
def with_it(scenario: Scenario) -> Futures:
    return run_all(scenario, RUNS)


@pytest.fixture(scope="module")
def without(scenario: Scenario) -> Futures:
    return run_all(scenario.without_mission(), RUNS)


@pytest.fixture(scope="module")
def un_alone(scenario: Scenario) -> Futures:
    """The Africans and the United Nations without the French beside them, to count their soldiers alone."""
    return run_all(without_partner(scenario, "france"), 12)


def share(futures: Futures, *date: int, ceiling: int = CEILING) -> float:
    """Return the median of the uniformed strength on a day as a share of a ceiling."""
    return float(np.median(futures.at(datetime.date(*date), *UNIFORMED))) / ceiling


# -------------------------------------------------------------- the re-hatting


def test_half_the_force_is_there_on_the_first_day_and_less_three_months_later(un_alone: Futures) -> None:
    """6,200 of 12,640 change hats on 1 July 2013; in August the Nigerians go home."""
    first, later = share(un_alone, 2013, 7, 8), share(un_alone, 2013, 10, 1)
    assert first == pytest.approx(0.49, abs=0.08)
    assert later == pytest.approx(0.41, abs=0.08)
    assert later < first


def test_the_other_half_takes_more_than_two_years(un_alone: Futures) -> None:
    """73 % after a year, 92 % after two and a half; nine tenths not before a year and a half have passed."""
    assert share(un_alone, 2014, 5, 26) == pytest.approx(0.73, abs=0.12)
    assert share(un_alone, 2015, 12, 31) == pytest.approx(0.92, abs=0.12)
    assert share(un_alone, 2014, 12, 31) < 0.9


def test_it_leaves_within_half_a_year(un_alone: Futures) -> None:
    """12,947 uniformed on the day the mandate ended, hardly anybody on the last of the year."""
    assert share(un_alone, 2023, 6, 26, ceiling=15_209) == pytest.approx(0.85, abs=0.12)
    assert share(un_alone, 2023, 12, 31, ceiling=15_209) < 0.12
    assert (un_alone.at(datetime.date(2024, 2, 5), "deployed") == 0).all()


# ------------------------------------------------------- attacks on the mission


@pytest.mark.xfail(reason="49 killed by attacks, not 174")
def test_peacekeepers_are_killed_as_recorded(with_it: Futures) -> None:
    """MINUSMA lost 174 to attacks and 310 in all; within a factor of two."""
    killed, dead = with_it.hostile[:, 0].mean(), (with_it.hostile + with_it.other)[:, 0].mean()
    assert 174 / 2.0 < killed < 174 * 2.0
    assert 310 / 2.0 < dead < 310 * 2.0


def killed_per_1000_years(futures: Futures) -> float:
    """Peacekeepers killed by attacks per 1,000 years served."""
    served = sum(futures.weekly[..., COLUMN[name]].sum() for name in UNIFORMED) / WEEKS_PER_YEAR
    return float(1_000.0 * futures.hostile.sum() / served)


def test_it_is_ten_times_as_deadly_to_serve_here_as_in_liberia(with_it: Futures) -> None:
    """The record has some 1.2 and 0.01 per 1,000 years."""
    assert killed_per_1000_years(with_it) > 8.0 * killed_per_1000_years(run_all(load_scenario("unmil"), 12))


@pytest.mark.xfail(reason="0.38 per 1,000 years, not 1.2")
def test_it_is_as_deadly_to_serve_as_it_was(with_it: Futures) -> None:
    """Within a factor of three."""
    assert 1.2 / 3.0 < killed_per_1000_years(with_it) < 1.2 * 3.0


# --------------------------------------------------------------------- the war


def test_the_year_of_the_french_is_as_deadly_as_recorded(with_it: Futures) -> None:
    """859 deaths in 2013, within a factor of two."""
    found = np.median(with_it.total(NEW_YEAR[2013], YEAR_END[2013], *DEATHS))
    assert 859 / 2.0 < found < 859 * 2.0


def test_the_quiet_years_are_as_deadly_as_recorded(with_it: Futures) -> None:
    """657 deaths in 2014-2016, within a factor of three."""
    found = np.median(with_it.total(NEW_YEAR[2014], YEAR_END[2016], *DEATHS))
    due = recorded("minusma", "deaths_during", 2014).value
    assert due / 3.0 < found < due * 3.0


@pytest.mark.xfail(
    reason="890 deaths in 2018-2023 against 10,918: no group "
    "of the model is born, moves its war to new ground or grows beyond twice its first strength, and jihadists sign",
)
def test_the_war_grows_under_the_mission(with_it: Futures) -> None:
    """Within a factor of three in 2018-2023, and at least twice the yearly rate of the quiet years."""
    late = with_it.total(NEW_YEAR[2018], YEAR_END[2023], *DEATHS)
    due = recorded("minusma", "deaths_during", 2018).value
    quiet = with_it.per_year(NEW_YEAR[2014], YEAR_END[2016], *DEATHS)
    grown = with_it.per_year(NEW_YEAR[2018], YEAR_END[2023], *DEATHS)
    assert due / 3.0 < np.median(late) < due * 3.0
    assert np.median(grown) > 2.0 * np.median(quiet)


@pytest.mark.xfail(reason="150 deaths in 2024 against 1,876: the war had faded before the mission left")
def test_the_year_after_it_is_as_deadly_as_recorded(with_it: Futures) -> None:
    """Within a factor of three."""
    found = np.median(with_it.total(NEW_YEAR[2024], END, *DEATHS))
    due = recorded("minusma", "deaths_after").value
    assert due / 3.0 < found < due * 3.0


@pytest.mark.xfail(reason="57 % of futures end in peace, with or after the agreement of 2015")
def test_the_war_never_ends(with_it: Futures) -> None:
    """No peace at the end of 2024 in nine futures of ten."""
    assert (with_it.at(END, "peace_stage") == PEACE).mean() < 0.1


def test_killing_is_lower_with_the_mission(with_it: Futures, without: Futures) -> None:
    """Civilians killed in 2014-2016; runs of one seed are pairs."""
    here, there = (each.per_year(NEW_YEAR[2014], YEAR_END[2016], "civilians_killed") for each in (with_it, without))
    assert interval(here - there)[1] < 0.0


# ------------------------------------------------- those who signed and the rest


def test_the_agreement_stands_with_the_mission_and_not_without(with_it: Futures, without: Futures) -> None:
    """Signed in 2015 and never carried out, it stood until January 2024."""
    day = datetime.date(2023, 6, 26)
    stands = [
        ((each.at(day, "peace_stage") >= 3) & (each.at(day, "peace_stage") <= PEACE)).mean()
        for each in (with_it, without)
    ]
    assert stands[0] > 0.5
    assert stands[0] > stands[1] + 0.3


def test_most_of_the_killing_is_by_those_who_signed_nothing(with_it: Futures) -> None:
    """Civilians killed on purpose in 2016-2023, by jihadists and self-defence groups."""
    names = [group.id for group in with_it.scenario.armed_groups]
    outsiders = [number for number, name in enumerate(names) if name not in SIGNATORIES]
    first, last = with_it.week(NEW_YEAR[2016]), with_it.week(EXIT)
    parts = []
    for rows in with_it.killings:
        now = rows[(rows[:, 0] >= first) & (rows[:, 0] < last)]
        parts.append(now[np.isin(now[:, 1], outsiders), 2].sum() / now[:, 2].sum())
    assert np.median(parts) > 0.5


# ------------------------------------------------------------------ the people


def test_displaced_when_the_french_come(with_it: Futures) -> None:
    """Within a third; the run begins with 200,000 three months before."""
    found = np.median(with_it.at(datetime.date(2013, 1, 14), "displaced"))
    assert found == pytest.approx(228_918, rel=0.33)


@pytest.mark.xfail(reason="153,000 displaced in October 2013 against 311,000: fear falls from the first week")
def test_displaced_after_the_towns_are_retaken(with_it: Futures) -> None:
    """Within a factor of two."""
    found = np.median(with_it.at(datetime.date(2013, 10, 1), "displaced"))
    assert 311_000 / 2.0 < found < 311_000 * 2.0


@pytest.mark.xfail(reason="7,900 displaced in 2023 against 385,000: they have gone home from a war that fades")
def test_displaced_at_the_end(with_it: Futures) -> None:
    """Within a factor of three."""
    found = np.median(with_it.at(datetime.date(2023, 6, 1), "displaced"))
    due = recorded("minusma", "displaced", 2023).value
    assert due / 3.0 < found < due * 3.0


# ------------------------------------------------------------------- the money


def test_it_costs_what_it_cost(with_it: Futures) -> None:
    """The whole mission within a quarter; 2014/15 and 2021/22, with what the French spend, within a third."""
    assert np.median(with_it.spent[:, 0]) == pytest.approx(recorded("minusma", "cost_usd", 2013).value, rel=0.25)
    for year in (2014, 2021):
        first, last = datetime.date(year, 7, 1), datetime.date(year + 1, 6, 30)
        found = np.median(with_it.total(first, last, "spent_usd", "programmes_usd"))
        assert found == pytest.approx(recorded("minusma", "cost_usd", year).value, rel=0.33)


# -------------------------------------------------------------------- the laws


def test_people_fighters_units_and_money_are_conserved_every_week(scenario: Scenario) -> None:
    assert run_checked(scenario, 1).clock.week[0] == scenario.weeks
