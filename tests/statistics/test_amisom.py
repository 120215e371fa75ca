"""Somalia 2007-2022 against the record, over thirty futures with the mission and thirty without.

The mission is there to teach that a force which others pay can come slowly, lose thousands of soldiers, hold towns for
fifteen years and not end the war. A mark of expected failure holds what the model does instead, with its figure.
"""

import datetime
from typing import NamedTuple

import numpy as np
import pytest

from sim.engine.run import advance, switches
from sim.engine.step import SCHEDULE
from sim.scenario.load import load_scenario
from sim.world.build import build_world
from sim.world.kinds import Component, Stage
from sim.world.rates import build_rates
from tests.support.missions import COLUMN, DEATHS, Both, both_of, interval, log_ratio, recorded
from tests.support.runs import run_checked

pytestmark = pytest.mark.slow

RUNS = 30
START, END = datetime.date(2007, 3, 6), datetime.date(2022, 12, 25)
ARRIVALS = [
    datetime.date(2007, 3, 31),
    datetime.date(2008, 1, 31),
    datetime.date(2009, 8, 31),
    datetime.date(2010, 12, 2),
    datetime.date(2011, 12, 31),
]
CAPITAL = [datetime.date(2010, 1, 31), datetime.date(2011, 12, 31)]
FIVE_YEARS = [datetime.date(year, 1, 1) for year in (2007, 2012, 2017)]


@pytest.fixture(scope="module")
def futures() -> Both:
    return both_of("amisom", RUNS)


# ------------------------------------------------------------------- the force


class Closer(NamedTuple):
    """What only whole worlds can tell, by run and day."""

    own: np.ndarray  # soldiers of the mission itself in the country
    capital: np.ndarray  # the state's share of control in Mogadishu


def look_closer(with_mission: bool) -> Closer:
    """Run the same seeds again, stop on some days and look."""
    scenario = load_scenario("amisom")
    scenario = scenario if with_mission else scenario.without_mission()
    rates, on = build_rates(scenario.parameters), switches(scenario, SCHEDULE)
    days = sorted({*ARRIVALS, *CAPITAL})
    own, capital = np.zeros((RUNS, len(days))), np.zeros((RUNS, len(days)))
    for seed in range(RUNS):
        world = build_world(scenario, seed)
        for number, day in enumerate(days):
            world = advance(world, rates, on, scenario.week_of(day), SCHEDULE)
            units = world.units
            armed = (units.component == Component.MILITARY) | (units.component == Component.ENABLERS)
            own[seed, number] = units.headcount[armed & (units.mission == 0)].sum()
            capital[seed, number] = world.communities.control[0, world.geography.capital[0]]
    return Closer(own[:, [days.index(day) for day in ARRIVALS]], capital[:, [days.index(day) for day in CAPITAL]])


@pytest.fixture(scope="module")
def closer() -> tuple[Closer, Closer]:
    return look_closer(True), look_closer(False)


@pytest.mark.parametrize("day", ARRIVALS)
def test_the_force_is_as_slow_as_it_was(closer: tuple[Closer, Closer], day: datetime.date) -> None:
    """Within a tenth of the ceiling; neighbours on their own account do not count."""
    share = recorded("amisom", "troops_share", day)
    ceiling = 12_000 if day.year > 2010 else 8_000
    found = np.median(closer[0].own[:, ARRIVALS.index(day)]) / ceiling
    assert share.low - 0.1 <= found <= share.high + 0.1


@pytest.mark.xfail(
    reason="18,500 in 2015 and 11,000 in 2020, not 21,500 and 19,000: contributors leave over quarrels and money",
)
@pytest.mark.parametrize("day", [datetime.date(2015, 9, 30), datetime.date(2020, 3, 31)])
def test_the_force_is_as_large_as_it_was(futures: Both, day: datetime.date) -> None:
    """Within a twentieth of the range."""
    size = recorded("amisom", "uniformed", day)
    assert 0.95 * size.low <= np.median(futures.at(day, "troops", "police")) <= 1.05 * size.high


@pytest.mark.xfail(
    reason="they all stay in two futures of thirty: will wears away under quarrels over cost that nobody bears"
)
def test_contributors_stay_in_spite_of_their_dead(futures: Both) -> None:
    """Nine of ten futures keep nine tenths of the ceiling after ten years of losses."""
    share = futures.at(datetime.date(2017, 6, 30), "troops") / 21_586
    assert (share > 0.9).mean() >= 0.9


# ------------------------------------------------------------------- the money


@pytest.mark.xfail(reason="US$ 1,020 million in 2016, not 800 to 1,000")
def test_the_operation_costs_what_it_cost(futures: Both) -> None:
    cost = recorded("amisom", "cost_usd")
    assert cost.low <= np.median(futures.total(cost.start, cost.end, "spent_usd")) <= cost.high


def test_those_who_fight_are_paid_late(futures: Both) -> None:
    """What contributors are owed is between half a year and a year of what is spent; within a factor of two."""
    late = recorded("amisom", "pay_late_weeks")
    owed = futures.at(late.end, "owed_usd")
    spent_a_week = futures.total(late.start, late.end, "spent_usd") / 52.0
    assert late.low / 2.0 <= np.median(owed / spent_a_week) <= 2.0 * late.high


# ------------------------------------------------------------------- the war


@pytest.mark.parametrize(
    "start",
    [*FIVE_YEARS[:2], pytest.param(FIVE_YEARS[2], marks=pytest.mark.xfail(reason="4,000 dead, not 4,400 to 44,000"))],
)
def test_the_war_is_as_deadly_as_recorded(futures: Both, start: datetime.date) -> None:
    """Within a factor of two of the range, five years by five years."""
    deaths = recorded("amisom", "deaths_during", start)
    found = np.median(futures.total(deaths.start, deaths.end, *DEATHS))
    assert deaths.low / 2.0 <= found <= 2.0 * deaths.high


def test_deaths_do_not_decline(futures: Both) -> None:
    """The last five years are as deadly as the first, within a factor of two (recorded: 1.07)."""
    first, last = (recorded("amisom", "deaths_during", day) for day in (FIVE_YEARS[0], FIVE_YEARS[2]))
    ratio = futures.total(last.start, last.end, *DEATHS) / futures.total(first.start, first.end, *DEATHS)
    assert 0.5 <= np.median(ratio) <= 2.0


def test_the_mission_does_not_end_the_war(futures: Both) -> None:
    """Twenty-five battle deaths in the last year, and no peace, in most futures."""
    stage = futures.with_mission[:, -1, COLUMN["peace_stage"]]
    battle = futures.total(datetime.date(2022, 1, 1), END, "battle_deaths")
    assert ((battle >= 25) & (stage != Stage.PEACE)).mean() > 0.5


@pytest.mark.parametrize("name", ["battle_deaths", "civilians_killed"])
def test_less_is_killed_with_the_mission_than_without(futures: Both, name: str) -> None:
    """Runs of one seed are pairs; without the mission there are no Ethiopians and Kenyans either."""
    with_it, without = futures.total(START, END, name), futures.total(START, END, name, without=True)
    assert interval(with_it - without)[1] < 0.0
    assert log_ratio(with_it, without)[1] < 0.0


@pytest.mark.xfail(
    reason="480 killed in all, not 2,000 to 4,000, and 260 in 2009-2014, not 1,000 to 1,800: the mission never attacks",
)
@pytest.mark.parametrize("start", [datetime.date(2007, 3, 6), datetime.date(2009, 1, 1)])
def test_peacekeepers_are_killed_as_in_a_war(futures: Both, start: datetime.date) -> None:
    """Within a factor of two of the range: some fourteen in a thousand and year, ten times the usual."""
    killed = recorded("amisom", "peacekeepers_killed", start)
    found = np.median(futures.total(killed.start, killed.end, "peacekeepers_killed"))
    assert killed.low / 2.0 <= found <= 2.0 * killed.high


# ------------------------------------------------------------------ the people


@pytest.mark.parametrize(
    "day",
    [
        datetime.date(2007, 11, 20),
        datetime.date(2009, 9, 1),
        datetime.date(2014, 12, 31),
        datetime.date(2022, 12, 19),
    ],
)
@pytest.mark.xfail(reason="330,000, 216,000, 230,000 and 43,000, not 1.0, 1.55, 1.1 and 3.0 million")
def test_as_many_are_displaced_as_recorded(futures: Both, day: datetime.date) -> None:
    """Within a factor of two of the range."""
    people = recorded("amisom", "displaced", day)
    assert people.low / 2.0 <= np.median(futures.at(day, "displaced")) <= 2.0 * people.high


# ------------------------------------------------------------------ the capital


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(CAPITAL[0], marks=pytest.mark.xfail(reason="nearly all of it early in 2010, not 10 to 40 %")),
        CAPITAL[1],
    ],
)
def test_the_state_holds_as_much_of_the_capital_as_it_did(closer: tuple[Closer, Closer], day: datetime.date) -> None:
    """Less than half early in 2010, nearly all two years later."""
    share = recorded("amisom", "state_control_capital", day)
    assert share.low <= np.median(closer[0].capital[:, CAPITAL.index(day)]) <= share.high


def test_the_mission_keeps_the_capital_for_the_state(closer: tuple[Closer, Closer]) -> None:
    """More of Mogadishu is the state's at the end of 2011 than without the mission; runs of one seed are pairs."""
    assert interval(closer[0].capital[:, -1] - closer[1].capital[:, -1])[0] > 0.0


# ---------------------------------------------------------------- conservation


@pytest.mark.parametrize("with_mission", [True, False])
def test_people_fighters_units_and_money_are_conserved(with_mission: bool) -> None:
    scenario = load_scenario("amisom")
    scenario = scenario if with_mission else scenario.without_mission()
    assert run_checked(scenario, 1, stride=4).clock.week[0] == scenario.weeks
