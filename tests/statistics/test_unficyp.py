"""Cyprus 1974-1994 against the record, over thirty futures with the force and thirty without.

The mission is there to teach a buffer: a truce that both armies want holds, with four thousand peacekeepers or with
twelve hundred, while nobody goes home and nothing is settled. A mark of expected failure holds what the model does
instead, with its figure.
"""

import datetime

import numpy as np
import pytest

from sim.scenario.load import load_scenario
from sim.world.kinds import Stage
from tests.support.missions import COLUMN, Both, both_of, ends, interval, recorded
from tests.support.runs import run_checked

pytestmark = pytest.mark.slow

RUNS = 30
KM2, NORTH_KM2 = 9_251, 3_355
PEOPLE = 640_000
SETTLING_IN = 13  # weeks after the ceasefire in which shots are still fired
CUT = datetime.date(1993, 6, 15)


@pytest.fixture(scope="module")
def futures() -> Both:
    return both_of("unficyp", RUNS)


def total(table: np.ndarray, *names: str, start: int = 0) -> np.ndarray:
    """Sum weekly series over each run from a week on."""
    return sum(table[:, start:, COLUMN[name]].sum(axis=1) for name in names)


def weeks_held(table: np.ndarray) -> np.ndarray:
    """Return the weeks until the truce fell in each run, or the length of the run."""
    fallen = table[..., COLUMN["peace_stage"]] == Stage.RELAPSE
    return np.where(fallen.any(axis=1), fallen.argmax(axis=1), table.shape[1])


# ------------------------------------------------------------------ the island


def test_the_island_and_its_two_parts_have_their_area_and_people(futures: Both) -> None:
    drawn = futures.scenario
    letters = "".join(drawn.rows).replace(".", "")
    cell = drawn.map.cell_km**2
    assert len(letters) * cell == pytest.approx(KM2, rel=0.03)
    home = [each if each.isupper() else drawn.places[each].region for each in letters]
    assert sum(letter in "KMQGR" for letter in home) * cell == pytest.approx(NORTH_KM2, rel=0.06)
    assert sum(region.population for region in drawn.regions.values()) == pytest.approx(PEOPLE, rel=0.02)


# ------------------------------------------------------------------- the force


@pytest.mark.parametrize(
    ("day", "uniformed"),
    [
        (datetime.date(1974, 9, 30), 4_440),
        (datetime.date(1990, 6, 30), 2_000),
        (datetime.date(1991, 6, 30), 2_142),
        (datetime.date(1992, 12, 31), 1_709),
        (datetime.date(1993, 6, 30), 1_113),
    ],
)
def test_the_force_is_as_large_as_it_was(futures: Both, day: datetime.date, uniformed: int) -> None:
    """Within an eighth."""
    found = futures.at(day, "troops") + futures.at(day, "police") + futures.at(day, "observers")
    assert np.median(found) == pytest.approx(uniformed, rel=0.125)


def test_the_force_costs_what_it_cost(futures: Both) -> None:
    low, high = ends("unficyp", "cost_usd")
    assert low < np.median(total(futures.with_mission, "spent_usd")) < high


def test_contributors_are_owed_what_gifts_did_not_cover(futures: Both) -> None:
    """Within a factor of two of the deficit by June 1993."""
    low, high = ends("unficyp", "owed_usd")
    assert low / 2.0 < np.median(futures.at(CUT, "owed_usd")) < 2.0 * high


def test_few_peacekeepers_are_killed_on_the_line(futures: Both) -> None:
    low, high = ends("unficyp", "peacekeepers_killed")
    assert low / 2.0 <= np.median(total(futures.with_mission, "peacekeepers_killed")) <= 2.0 * high


def test_peacekeepers_die_of_illness_and_accidents_as_they_did(futures: Both) -> None:
    low, high = ends("unficyp", "peacekeepers_died")
    assert low <= np.median(total(futures.with_mission, "peacekeepers_died")) <= high


# ------------------------------------------------------------------- the truce


@pytest.mark.xfail(reason="in 63 % of futures with the force, 23 % without; truces since 1988: 57 and 27 % for 5 years")
def test_the_truce_holds_for_twenty_years(futures: Both) -> None:
    """In four futures of five; the record is one future in which it did."""
    assert (weeks_held(futures.with_mission) == futures.scenario.weeks).mean() >= 0.8


@pytest.mark.xfail(reason="1,250 dead in the middle future, not 100: soldiers still kill civilians")
def test_the_line_is_quiet(futures: Both) -> None:
    """Once the armies have dug in, hardly anybody is killed."""
    names = ("battle_deaths", "civilians_killed", "crossfire_deaths")
    killed = total(futures.with_mission, *names, start=SETTLING_IN)
    assert np.median(killed) <= recorded("unficyp", "deaths_during").high


def test_the_truce_holds_longer_with_the_force_than_without(futures: Both) -> None:
    """Runs of one seed are pairs."""
    gained = weeks_held(futures.with_mission) - weeks_held(futures.without)
    assert interval(gained)[0] > 0.0


def test_fewer_die_with_the_force_than_without(futures: Both) -> None:
    names = ("battle_deaths", "civilians_killed", "crossfire_deaths")
    difference = np.log1p(total(futures.with_mission, *names)) - np.log1p(total(futures.without, *names))
    assert interval(difference)[1] < 0.0


def test_halving_the_force_does_not_break_a_truce_that_held_for_nineteen_years(futures: Both) -> None:
    week = futures.scenario.week_of(CUT)
    held = weeks_held(futures.with_mission)
    assert (held >= week).sum() >= 5, "too few futures to tell"
    assert (held[held >= week] == futures.scenario.weeks).mean() >= 0.9


# ------------------------------------------------------------- and what it is not


def test_nothing_is_settled(futures: Both) -> None:
    """Neither war nor an agreement at the end: the truce of the first day, in more than half of the futures."""
    assert (futures.with_mission[:, -1, COLUMN["peace_stage"]] == Stage.CEASEFIRE).mean() > 0.5


@pytest.mark.xfail(reason="8,500 are still away, not 180,000: where guns are silent people go home, also across a line")
def test_nobody_goes_home(futures: Both) -> None:
    displaced = futures.with_mission[..., COLUMN["displaced"]] + futures.with_mission[..., COLUMN["refugees"]]
    assert np.median(displaced[:, -1]) >= recorded("unficyp", "displaced", datetime.date(1994, 7, 24)).low


@pytest.mark.xfail(reason="18 % are left after twenty years: nobody replaces those who go home")
def test_both_armies_are_still_there(futures: Both) -> None:
    """Conscript armies do not melt away in a truce: at least half of their first strength after twenty years."""
    fighters = futures.with_mission[..., COLUMN["fighters"]]
    held = weeks_held(futures.with_mission) == futures.scenario.weeks
    assert held.any()
    assert np.median(fighters[held, -1] / fighters[held, 0]) >= 0.5


# ---------------------------------------------------------------- conservation


@pytest.mark.parametrize("with_mission", [True, False])
def test_people_fighters_units_and_money_are_conserved(with_mission: bool) -> None:
    scenario = load_scenario("unficyp")
    scenario = scenario if with_mission else scenario.without_mission()
    assert run_checked(scenario, 1, stride=4).clock.week[0] == scenario.weeks
