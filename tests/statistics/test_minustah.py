"""Haiti 2004-2022 against the record, over thirty futures with the mission and thirty without.

The mission is there to teach that force, information and police can clear a city of gangs, that a disaster can change
everything in a minute, and that what is cleared stays clear only as long as somebody pays for it. A mark of expected
failure holds what the model does instead, with its figure.
"""

import datetime

import numpy as np
import pytest

from sim.scenario.load import load_scenario
from tests.support.missions import COLUMN, DEATHS, UNIFORMED, Both, both_of, interval, log_ratio, recorded
from tests.support.runs import run_checked

pytestmark = pytest.mark.slow

RUNS = 30
START, END = datetime.date(2004, 6, 1), datetime.date(2017, 10, 15)
QUAKE = datetime.date(2010, 1, 12)


@pytest.fixture(scope="module")
def futures() -> Both:
    return both_of("minustah", RUNS)


def yearly(futures: Both, first: int, last: int, *names: str, without: bool = False) -> np.ndarray:
    """Return the mean of a year from the first year to the last, in each run."""
    start, end = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return futures.total(start, end, *names, without=without) / (last - first + 1)


# ------------------------------------------------------------------- the force


def test_the_force_is_as_late_as_it_was(futures: Both) -> None:
    """Half a year after the start a quarter of soldiers and police is missing; after a year nearly nobody."""
    for day in (datetime.date(2004, 11, 30), datetime.date(2005, 5, 5)):
        share = recorded("minustah", "troops_share", day)
        assert share.low <= np.median(futures.at(day, "troops")) / 6_700 <= share.high
    police = recorded("minustah", "police_share")
    assert police.low <= np.median(futures.at(police.start, "police")) / 1_622 <= police.high


@pytest.mark.parametrize(
    "day",
    [
        datetime.date(2009, 11, 30),
        pytest.param(
            datetime.date(2011, 12, 8), marks=pytest.mark.xfail(reason="10,300 at the end of 2011, not 12,000")
        ),
        datetime.date(2017, 3, 16),
    ],
)
def test_the_force_is_as_large_as_it_was(futures: Both, day: datetime.date) -> None:
    """Within a twentieth of the range."""
    size = recorded("minustah", "uniformed", day)
    assert 0.95 * size.low <= np.median(futures.at(day, *UNIFORMED)) <= 1.05 * size.high


def test_soldiers_leave_and_police_stays_for_two_years(futures: Both) -> None:
    assert (futures.at(datetime.date(2018, 1, 15), "troops") == 0).all()
    assert np.median(futures.at(datetime.date(2018, 6, 1), "police")) > 1_000
    assert (futures.at(datetime.date(2020, 1, 15), *UNIFORMED) == 0).all()


@pytest.mark.parametrize("start", [datetime.date(2009, 7, 1), datetime.date(2011, 7, 1), datetime.date(2016, 7, 1)])
def test_a_year_costs_what_was_approved(futures: Both, start: datetime.date) -> None:
    """Within a quarter of the range."""
    cost = recorded("minustah", "cost_usd", start)
    assert 0.75 * cost.low <= np.median(futures.total(cost.start, cost.end, "spent_usd")) <= 1.25 * cost.high


# ---------------------------------------------------------------- those killed


def test_the_months_before_are_as_deadly_as_recorded(futures: Both) -> None:
    deaths = recorded("minustah", "deaths_before")
    assert deaths.low <= np.median(futures.total(deaths.start, deaths.end, *DEATHS)) <= deaths.high


def test_the_first_years_are_as_deadly_as_recorded(futures: Both) -> None:
    """The record is wide: between those that UCDP could name and a household survey of all murders."""
    deaths = recorded("minustah", "deaths_during", START)
    assert deaths.low <= np.median(futures.total(deaths.start, deaths.end, *DEATHS)) <= deaths.high


def test_the_gangs_are_broken(futures: Both) -> None:
    """From 2008 on, a fifth of the killing of 2004 and 2005 at most, and within the record."""
    deaths = recorded("minustah", "deaths_during", datetime.date(2008, 1, 1))
    assert np.median(futures.total(deaths.start, deaths.end, *DEATHS)) <= deaths.high
    assert interval(yearly(futures, 2008, 2016, *DEATHS) - 0.2 * yearly(futures, 2004, 2005, *DEATHS))[1] < 0.0


@pytest.mark.parametrize("name", ["battle_deaths", "civilians_killed"])
def test_less_is_killed_with_the_mission_than_without(futures: Both, name: str) -> None:
    """Runs of one seed are pairs; from the day the mission takes over to the day it leaves."""
    with_it = futures.total(START, END, name)
    without = futures.total(START, END, name, without=True)
    assert interval(with_it - without)[1] < 0.0
    assert log_ratio(with_it, without)[1] < 0.0


@pytest.mark.xfail(
    reason="110 killed, not 10 to 30: a hundred fighters near a unit are as dangerous as a thousand",
)
def test_few_peacekeepers_are_killed(futures: Both) -> None:
    """Within a factor of two of the range."""
    killed = recorded("minustah", "peacekeepers_killed")
    found = np.median(futures.total(killed.start, killed.end, "peacekeepers_killed"))
    assert killed.low / 2.0 <= found <= 2.0 * killed.high


def test_peacekeepers_die_of_illness_and_accidents_as_they_did(futures: Both) -> None:
    """Within a factor of two of the range."""
    died = recorded("minustah", "peacekeepers_died", START)
    found = np.median(futures.total(died.start, died.end, "peacekeepers_died"))
    assert died.low / 2.0 <= found <= 2.0 * died.high


def test_gangs_are_not_disarmed_by_a_programme(futures: Both) -> None:
    disarmed = recorded("minustah", "disarmed")
    assert np.median(futures.total(disarmed.start, disarmed.end, "disarmed")) <= disarmed.high


# -------------------------------------------------------------- the earthquake


def away(futures: Both, day: datetime.date) -> np.ndarray:
    """Return those displaced inside and abroad."""
    return futures.at(day, "displaced", "refugees")


@pytest.mark.xfail(
    reason="0.85 million, not 1.5 to 2.3: those whose house falls move only if they fear, some weeks long",
)
def test_the_earthquake_displaces_as_many_as_it_did(futures: Both) -> None:
    """Within a quarter of the range."""
    people = recorded("minustah", "displaced", datetime.date(2010, 7, 31))
    assert 0.75 * people.low <= np.median(away(futures, people.start)) <= 1.25 * people.high


def test_the_displaced_leave_the_camps_in_three_years(futures: Both) -> None:
    """Of those away in July 2010, between an eighth and two fifths are still away in October 2012 (recorded: 23 %)."""
    first, last = datetime.date(2010, 7, 31), datetime.date(2012, 10, 31)
    assert 0.12 < np.median(away(futures, last) / away(futures, first)) < 0.4


def test_before_the_earthquake_hardly_anybody_was_away(futures: Both) -> None:
    assert np.median(away(futures, QUAKE - datetime.timedelta(days=14))) < 50_000


# -------------------------------------------------------------------- the exit


@pytest.mark.xfail(reason="a year with 25 dead after it in 27 % of futures, not in most")
def test_security_was_rented(futures: Both) -> None:
    """In most futures the killing is back within five years of the exit, as it was."""
    deaths = recorded("minustah", "deaths_after")
    first, last = deaths.start.year, deaths.end.year
    worst = np.max([yearly(futures, year, year, *DEATHS) for year in range(first, last + 1)], axis=0)
    assert (worst >= 25).mean() > 0.5
    assert np.median(futures.total(deaths.start, deaths.end, *DEATHS)) >= deaths.low / 2.0


@pytest.mark.xfail(
    reason="0.28 at the exit, 0.33 five years on: in calm, institutions grow of themselves and cost nothing",
)
def test_police_and_courts_do_not_stand_alone(futures: Both) -> None:
    """What thirteen years have built is weaker five years after the exit than on the last day."""
    table = futures.with_mission[..., COLUMN["policing"]]
    assert interval(table[:, -1] - table[:, futures.scenario.week_of(END)])[1] < 0.0


# ---------------------------------------------------------------- conservation


@pytest.mark.parametrize("with_mission", [True, False])
def test_people_fighters_units_and_money_are_conserved(with_mission: bool) -> None:
    scenario = load_scenario("minustah")
    scenario = scenario if with_mission else scenario.without_mission()
    assert run_checked(scenario, 1, stride=4).clock.week[0] == scenario.weeks
