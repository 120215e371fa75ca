"""Kosovo 1999-2014 against the record, over thirty futures with the missions and thirty without.

The mission is there to teach density: fifty thousand soldiers end a war at once and bring refugees home in a month,
but they do not guard minorities against their neighbours; police do, and come last. A mark of expected failure holds
what the model does instead, with its figure.
"""

import datetime

import numpy as np
import pytest

from sim.scenario.load import load_scenario
from sim.world.kinds import Stage
from tests.support.missions import COLUMN, Both, both_of, ends, interval, recorded
from tests.support.runs import run_checked, weekly_worlds

pytestmark = pytest.mark.slow

RUNS = 30
WEEKS_A_MONTH = 365.25 / 12.0 / 7.0
KM2 = 10_887
PEOPLE = 1_871_524
ENTRY = datetime.date(1999, 6, 12)
TROOPS, POLICE = 50_000, 4_718  # authorised in 1999
ABROAD, BACK_BY_START = 778_300, 170_000
YEAR_2000 = datetime.date(2000, 1, 3)
KILLED = ("civilians_killed", "crossfire_deaths")


@pytest.fixture(scope="module")
def futures() -> Both:
    return both_of("kfor", RUNS)


def total(table: np.ndarray, *names: str, start: int = 0, end: int | None = None) -> np.ndarray:
    """Sum weekly series over each run, from a week on and up to another."""
    return sum(table[:, start:end, COLUMN[name]].sum(axis=1) for name in names)


# -------------------------------------------------------------------- the land


def test_the_land_has_its_area_and_people(futures: Both) -> None:
    drawn = futures.scenario
    cells = sum(letter.isalnum() for row in drawn.rows for letter in row)
    assert cells * drawn.map.cell_km**2 == pytest.approx(KM2, rel=0.04)
    assert sum(region.population for region in drawn.regions.values()) == pytest.approx(PEOPLE, rel=0.01)
    assert sum(region.displaced for region in drawn.regions.values()) == pytest.approx(ABROAD - BACK_BY_START, rel=0.01)


# ------------------------------------------------------------------- the force


def months_until(futures: Both, share: float) -> float:
    """Return the months from entry until a share of the troops was there, in the middle future."""
    there = futures.with_mission[..., COLUMN["troops"]] >= share * TROOPS
    start = (futures.scenario.about.start - ENTRY).days / 7.0
    return float(np.median((there.argmax(axis=1) + start) / WEEKS_A_MONTH))


@pytest.mark.xfail(reason="2.1 months, not 0.3: lift brings 1,000 people a week by whatever road")
def test_half_the_force_is_there_at_once(futures: Both) -> None:
    """Recorded: 0.3 months; within one month."""
    assert months_until(futures, 0.5) <= 1.3


@pytest.mark.xfail(reason="6.5 months, not 2: lift brings 1,000 people a week by whatever road")
def test_nine_tenths_are_there_in_the_third_month(futures: Both) -> None:
    """Recorded: 2 months; within one month and a half."""
    assert months_until(futures, 0.9) <= 3.5


@pytest.mark.parametrize(
    ("day", "troops"),
    [
        (datetime.date(2002, 6, 30), 39_000),
        (datetime.date(2004, 6, 30), 17_500),
        (datetime.date(2010, 12, 31), 10_000),
        (datetime.date(2013, 6, 30), 5_565),
    ],
)
def test_the_force_shrinks_as_it_did(futures: Both, day: datetime.date, troops: int) -> None:
    assert np.median(futures.at(day, "troops")) == pytest.approx(troops, rel=0.1)


@pytest.mark.parametrize("day", [datetime.date(1999, 12, 31), datetime.date(2002, 1, 1)])
def test_police_come_as_late_as_they_did(futures: Both, day: datetime.date) -> None:
    """A third after half a year, nearly all after two and a half; within a tenth of the authorised."""
    low, high = ends("kfor", "police_share", day)
    assert low - 0.1 <= np.median(futures.at(day, "police")) / POLICE <= high + 0.1


@pytest.mark.xfail(reason="nobody is killed, not 3 to 15: disciplined groups hardly attack")
def test_peacekeepers_are_hardly_attacked(futures: Both) -> None:
    low, high = ends("kfor", "peacekeepers_killed")
    assert low <= np.median(total(futures.with_mission, "peacekeepers_killed")) <= high


@pytest.mark.xfail(reason="410 dead, not 180 to 260: one rate for every army, a UN average")
def test_peacekeepers_die_as_they_did(futures: Both) -> None:
    """Within a factor of one and a half of what was counted."""
    low, high = ends("kfor", "peacekeeper_deaths")
    assert low / 1.5 <= np.median(total(futures.with_mission, "peacekeepers_killed", "peacekeepers_died")) <= 1.5 * high


def test_the_un_mission_costs_what_it_cost() -> None:
    """From July 2000 to June 2001, within a factor of two of the budget."""
    scenario = load_scenario("kfor")
    first, last = (scenario.week_of(datetime.date(year, 7, 3)) for year in (2000, 2001))
    spent = {}
    for seed in range(3):
        worlds = weekly_worlds(scenario, seed, stride=first)
        before = next(worlds).accounts.spent[1]
        spent[seed] = (next(worlds).accounts.spent[1] - before) * (last - first) / first
    low, high = ends("kfor", "cost_usd", 2000)
    assert low / 2.0 < np.median(list(spent.values())) < 2.0 * high


# ------------------------------------------------------------------ the return


@pytest.mark.xfail(reason="596,000 are away, not 156,000: return is slow after every war")
def test_most_refugees_are_home_within_a_month(futures: Both) -> None:
    """On 11 July 1999 a sixth of those who had been abroad on 15 June still were; a third at most."""
    day = datetime.date(1999, 7, 11)
    away = futures.at(day, "displaced") + futures.at(day, "refugees")
    assert np.median(away) <= 2.0 * recorded("kfor", "forcibly_displaced", day).high


def test_most_are_home_in_the_end(futures: Both) -> None:
    away = futures.with_mission[..., COLUMN["displaced"]] + futures.with_mission[..., COLUMN["refugees"]]
    assert np.median(away[:, 260]) < 0.5 * np.median(away[:, 0])


# ------------------------------------------------- an army gone, a guerrilla disarmed


def test_the_guerrilla_disarms(futures: Both) -> None:
    """Recorded: within 90 days. Half of those meant to within half a year, and most within two years."""
    meant = sum(group.fighters * group.demobilise for group in futures.scenario.armed_groups)
    disarmed = futures.with_mission[..., COLUMN["disarmed"]].cumsum(axis=1)
    assert np.median(disarmed[:, 26]) > 0.5 * meant
    assert np.median(disarmed[:, 104]) > 0.75 * meant


@pytest.mark.xfail(reason="36 battle deaths in the first year, not 0")
def test_there_is_no_fighting_under_the_force(futures: Both) -> None:
    """UCDP counts no battle death after the entry; fewer than 25 in the first year."""
    assert np.median(total(futures.with_mission, "battle_deaths", end=52)) < 25


def test_no_year_of_fighting_follows(futures: Both) -> None:
    """From 2000 on no twelve months with 25 battle deaths, in four futures of five."""
    start = futures.scenario.week_of(YEAR_2000)
    dead = futures.with_mission[:, start:, COLUMN["battle_deaths"]].cumsum(axis=1)
    assert (dead[:, 52:] - dead[:, :-52] >= 25).any(axis=1).mean() <= 0.2


def test_the_guerrilla_keeps_its_word(futures: Both) -> None:
    """In four futures of five."""
    assert (futures.with_mission[..., COLUMN["peace_stage"]] == Stage.RELAPSE).any(axis=1).mean() <= 0.2


def test_few_die_after_the_first_half_year(futures: Both) -> None:
    start = futures.scenario.week_of(YEAR_2000)
    killed = total(futures.with_mission, "battle_deaths", *KILLED, start=start)
    assert np.median(killed) <= recorded("kfor", "deaths_during").high


# ---------------------------------------------------------- neighbours it cannot watch


@pytest.mark.xfail(
    reason="26 civilians, not 174 to 520: soldiers protect from neighbours as police do",
)
def test_revenge_kills_hundreds_before_police_come(futures: Both) -> None:
    """Murders in the first sixteen weeks: thirty a week at first, six at the end."""
    low, high = ends("kfor", "civilian_deaths")
    end = futures.scenario.week_of(datetime.date(1999, 10, 9))
    assert low <= np.median(total(futures.with_mission, *KILLED, end=end)) <= high


@pytest.mark.xfail(reason="hundreds, not 200,000: people flee from deaths near by, not from threats and burning houses")
def test_most_of_the_minorities_flee_in_the_first_half_year(futures: Both) -> None:
    """Half at least of the 200,000 and more who left."""
    assert np.median(total(futures.with_mission, "fled", end=28)) >= 0.5 * recorded("kfor", "fled").low


def test_a_day_like_the_17th_of_march_may_come_but_need_not(futures: Both) -> None:
    """From 2000 on a week with ten civilians killed or more: in some futures and not in all."""
    start = futures.scenario.week_of(YEAR_2000)
    killed = sum(futures.with_mission[:, start:, COLUMN[name]] for name in KILLED)
    assert 0.0 < (killed >= 10).any(axis=1).mean() < 1.0


# ------------------------------------------------------------------- its effect


@pytest.mark.parametrize("names", [("battle_deaths",), KILLED])
def test_fewer_die_with_the_force_than_without(futures: Both, names: tuple[str, ...]) -> None:
    """Over fifteen years; runs of one seed are pairs."""
    difference = np.log1p(total(futures.with_mission, *names)) - np.log1p(total(futures.without, *names))
    assert interval(difference)[1] < 0.0


# ---------------------------------------------------------------- conservation


@pytest.mark.parametrize("with_mission", [True, False])
def test_people_fighters_units_and_money_are_conserved(with_mission: bool) -> None:
    scenario = load_scenario("kfor")
    scenario = scenario if with_mission else scenario.without_mission()
    assert run_checked(scenario, 1, stride=4).clock.week[0] == scenario.weeks
