"""Liberia 2003-2018 against the record, over a hundred futures with the mission and a hundred without.

What is asserted is the model as it is: an order of magnitude, dates, directions and effects with their
intervals. Nothing here is a fit. A test that fails says that the model does not do what it should.
"""

import datetime
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sim.engine.replicate import cores
from sim.scenario.load import load_scenario
from tests.support.missions import COLUMN, DEATHS, UNIFORMED, Both, both_of, interval
from tests.support.runs import run_checked

pytestmark = pytest.mark.slow

RUNS = 100
WEEKS_A_MONTH = 365.25 / 12.0 / 7.0
DEPLOYMENT = datetime.date(2003, 10, 1)  # the UN takes over from the West Africans
RECORDED_2003 = 3_281  # UCDP: deaths of all categories of organised violence in Liberia in 2003
RECORDED_HALF, RECORDED_90 = 3.5, 9.0  # months after 1 October 2003
TWO_MONTHS = 2.0
AUTHORISED = 16_115  # uniformed, resolution 1509; a Council that adds to them later is not late with these
THREE_YEARS = 156


@pytest.fixture(scope="module")
def futures() -> Both:
    return both_of("unmil", RUNS)


def start_of(futures: Both) -> int:
    """Return the week of deployment."""
    return futures.scenario.week_of(DEPLOYMENT)


def deaths(table: np.ndarray) -> np.ndarray:
    """All deaths by organised violence, by run and week."""
    return sum(table[..., COLUMN[name]] for name in DEATHS)


def per_year(values: np.ndarray) -> np.ndarray:
    """Return the yearly rate of weekly numbers in each run."""
    return values.mean(axis=1) * 365.25 / 7.0


# ------------------------------------------------------------- the war before


def test_the_war_before_deployment_is_as_deadly_as_recorded(futures: Both) -> None:
    """Within a factor of three of the deaths of 2003, pro rata."""
    found = deaths(futures.with_mission)[:, : start_of(futures)].sum(axis=1)
    due = RECORDED_2003 * start_of(futures) / 52.0
    assert due / 3.0 < np.median(found) < due * 3.0
    assert due / 3.0 < found.mean() < due * 3.0


def test_before_anybody_comes_both_countries_are_the_same(futures: Both) -> None:
    """West Africans land first; until then the mission changes nothing at all."""
    landed = futures.scenario.week_of(futures.scenario.partners[0].start)
    country = [COLUMN[name] for name in ("battle_deaths", "civilians_killed", "displaced", "fighters", "commitment")]
    for number in country:
        one, other = futures.with_mission[:, :landed, number], futures.without[:, :landed, number]
        assert np.array_equal(one, other)


# ---------------------------------------------------------------- the arrival


def months_until(futures: Both, share: float) -> np.ndarray:
    """Months from deployment until uniformed strength reaches a share of that first authorised, in each run."""
    uniformed = sum(futures.with_mission[..., COLUMN[name]] for name in UNIFORMED)
    reached = uniformed >= share * AUTHORISED
    return (reached.argmax(axis=1) - start_of(futures)) / WEEKS_A_MONTH


def test_the_force_arrives_when_it_did(futures: Both) -> None:
    assert abs(np.median(months_until(futures, 0.5)) - RECORDED_HALF) <= TWO_MONTHS
    assert abs(np.median(months_until(futures, 0.9)) - RECORDED_90) <= TWO_MONTHS


def test_the_force_reaches_and_leaves_its_ceiling(futures: Both) -> None:
    """Fifteen thousand soldiers in 2005; none three months after the last day, unless reinforced in its last year."""
    troops = futures.with_mission[..., COLUMN["troops"]]
    peak = np.median(troops.max(axis=1))
    assert 0.85 * 15_000 < peak < 1.1 * 15_000
    gone = futures.scenario.week_of(datetime.date(2018, 6, 30))
    assert (futures.with_mission[:, gone:, COLUMN["deployed"]] == 0).all(axis=1).mean() >= 0.95
    assert (futures.with_mission[:, gone + 13 :, COLUMN["deployed"]] == 0).all()


# ----------------------------------------------------------------- its effect


@pytest.mark.parametrize("name", ["battle_deaths", "civilians_killed"])
def test_killing_falls_after_deployment_and_less_without_it(futures: Both, name: str) -> None:
    """First three years against the months before; runs of one seed are pairs."""
    after = slice(start_of(futures), start_of(futures) + THREE_YEARS)
    before = per_year(futures.with_mission[:, : start_of(futures), COLUMN[name]])
    with_it = per_year(futures.with_mission[:, after, COLUMN[name]])
    without = per_year(futures.without[:, after, COLUMN[name]])
    assert interval(with_it - before)[1] < 0.0, "it falls"
    assert interval(with_it - without)[1] < 0.0, "it falls less without the mission"
    assert interval(np.log1p(with_it) - np.log1p(without))[1] < 0.0, "in proportion too"


def test_the_mission_does_not_end_all_killing_at_once(futures: Both) -> None:
    """An effect of a hundred per cent from the first day would be too good to be true."""
    first_year = slice(start_of(futures), start_of(futures) + 52)
    assert np.median(deaths(futures.with_mission)[:, first_year].sum(axis=1)) > 0


# ------------------------------------------------------------------ the return


def test_displaced_people_return_over_years(futures: Both) -> None:
    """Most of those away when the force comes are home within five years, and not within three months."""
    table = futures.with_mission
    away = np.median(table[..., COLUMN["displaced"]] + table[..., COLUMN["refugees"]], axis=0)
    start = start_of(futures)
    assert away[start] > 100_000
    assert away[start + 13] > 0.5 * away[start]
    assert away[start + 260] < 0.5 * away[start]
    assert np.median(table[:, start:, COLUMN["returned"]].sum(axis=1)) > 100_000


def test_most_fighters_disarm_within_two_years(futures: Both) -> None:
    """The programme ran from December 2003 to November 2004; without the mission there is none."""
    disarmed = futures.with_mission[..., COLUMN["disarmed"]]
    by_then = disarmed[:, : start_of(futures) + 104].sum(axis=1)
    assert np.median(by_then) > 0.5 * sum(group.fighters for group in futures.scenario.armed_groups)
    assert futures.without[..., COLUMN["disarmed"]].sum() == 0


# ---------------------------------------------------------------- conservation


def test_people_fighters_units_and_money_are_conserved_every_week() -> None:
    scenario = load_scenario("unmil")
    jobs = [(scenario, 1), (scenario.without_mission(), 1), (scenario, 2)]
    with ThreadPoolExecutor(cores()) as pool:
        for world in pool.map(lambda job: run_checked(*job), jobs):
            assert world.clock.week[0] == scenario.weeks
