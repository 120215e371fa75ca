"""What is on record of a mission, and the same quantity in a run.

Every outcome that a file of ``scenarios/recorded`` names has one rule here, in one unit. Rules read the weekly table;
what it does not tell apart, the missions among each other, comes from looks at the world on the way.
"""

import datetime
import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.engine.run import advance, switches
from sim.engine.step import SCHEDULE
from sim.scenario.find import bundled_folder
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.kinds import Component, EventKind, Stage, UnitStatus
from sim.world.rates import build_rates
from sim.world.series import SERIES
from sim.world.tables import World

MISSIONS = ("unmil", "unficyp", "unamir", "kfor", "amisom", "minustah", "minusma")
COLUMN = {series.name: number for number, series in enumerate(SERIES)}
DEATHS = ("battle_deaths", "civilians_killed", "crossfire_deaths")
SETTLED = (Stage.AGREEMENT, Stage.TRANSITION, Stage.POST_ELECTION, Stage.PEACE)
WAR_DEATHS = 25.0  # battle-related deaths in a calendar year that make an armed conflict (UCDP)
LOOKS = ("troops", "police", "observers", "killed", "died", "spent_usd")


class Figure(NamedTuple):
    """One figure of the record: its value and the range within which the truth lies."""

    mission: str
    outcome: str
    start: datetime.date
    end: datetime.date
    value: float
    low: float
    high: float
    unit: str
    source: str
    note: str
    of: float = 1.0  # persons that a share is a share of
    missions: tuple[str, ...] = ()  # whom it counts; the main mission alone where empty
    comparable: bool = True

    @property
    def is_state(self) -> bool:
        """Whether it is about the state of things at its end, not about a sum over its period."""
        return QUANTITIES[self.outcome].state


def figures(mission: str) -> list[Figure]:
    """Read what is on record of a mission."""
    text = (bundled_folder() / "recorded" / f"{mission}.toml").read_text(encoding="utf-8")
    return [read(mission, figure) for figure in tomllib.loads(text)["figure"]]


def read(mission: str, data: dict[str, Any]) -> Figure:
    """Make a figure of a table of the file."""
    plain = {key: value for key, value in data.items() if key != "period"}
    plain["missions"] = tuple(plain.get("missions", ()))
    return Figure(mission, start=data["period"][0], end=data["period"][1], **plain)


def recorded(mission: str, outcome: str, start: datetime.date | int | None = None) -> Figure:
    """Return the one figure of an outcome; of several, the one whose period begins on a day or in a year.

    Raises
    ------
    LookupError
        If there is not exactly one.
    """
    found = [
        figure
        for figure in figures(mission)
        if figure.outcome == outcome and start in (None, figure.start, figure.start.year)
    ]
    if len(found) != 1:
        raise LookupError(f"{len(found)} figures of {outcome!r} for {mission!r} from {start}")
    return found[0]


class Run(NamedTuple):
    """What quantities are computed from."""

    scenario: Scenario
    weekly: np.ndarray  # (weeks, series)
    looks: dict[int, np.ndarray]  # after so many weeks: (missions, LOOKS), the last three summed from the start
    capital: dict[int, float]  # after so many weeks: control of the capital by the first armed group, 0 to 1
    world: World | None = None

    def slice(self, figure: Figure) -> slice:
        """Return the weeks of a period, both days included, cut to the run."""
        return slice(*span(self.scenario, figure))

    def total(self, figure: Figure, *names: str) -> float:
        """Return the sum of some series over a period."""
        return float(sum(self.weekly[self.slice(figure), COLUMN[name]].sum() for name in names))

    def at(self, figure: Figure, *names: str) -> float:
        """Return the sum of some series at the end of a period."""
        return float(sum(self.weekly[self.slice(figure).stop - 1, COLUMN[name]] for name in names))

    def counted(self, figure: Figure) -> np.ndarray:
        """Tell which missions a figure counts."""
        wanted = figure.missions or (self.scenario.missions[0].id,)
        return np.array([mission.id in wanted for mission in self.scenario.missions])

    def own(self, figure: Figure, *names: str) -> float:
        """Return the sum of some looks over the missions of a figure: at its end, or over its period."""
        first, last = span(self.scenario, figure)
        mine = self.counted(figure)
        wanted = [LOOKS.index(name) for name in names]
        there = self.looks[last][mine][:, wanted].sum()
        if not set(names) <= set(LOOKS[3:]):
            return float(there)
        before = self.looks[first][mine][:, wanted].sum() if first > 0 else 0.0
        return float(there - before)


def span(scenario: Scenario, figure: Figure) -> tuple[int, int]:
    """Return the first week of a period and the first after it, cut to the run; nothing is left where they meet."""
    first = min(max(0, scenario.week_of(figure.start)), scenario.weeks)
    return first, max(first, min(scenario.weeks, scenario.week_of(figure.end) + 1))


def covered(scenario: Scenario, figure: Figure) -> float:
    """Return the share of a period that lies in the run, 0 to 1."""
    first, last = span(scenario, figure)
    return (last - first) / (scenario.week_of(figure.end) + 1 - scenario.week_of(figure.start))


def calendar_years(scenario: Scenario, weeks: int) -> np.ndarray:
    """Return the calendar year in which each week begins."""
    days = np.datetime64(scenario.about.start, "D") + 7 * np.arange(weeks)
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def relapse(run: Run, figure: Figure) -> float:
    """Return 1 if a calendar year, as far as it lies in the period, has 25 battle-related deaths or more, else 0."""
    weeks = run.slice(figure)
    dead = run.weekly[weeks, COLUMN["battle_deaths"]] + run.weekly[weeks, COLUMN["crossfire_deaths"]]
    years = calendar_years(run.scenario, len(run.weekly))[weeks]
    return float(np.bincount(years - years[0], weights=dead).max() >= WAR_DEATHS)


def settlement(run: Run, figure: Figure) -> float:
    """Return 1 if an agreement was in force in some week of the period, else 0."""
    return float(np.isin(run.weekly[run.slice(figure), COLUMN["peace_stage"]], SETTLED).any())


def pay_late_weeks(run: Run, figure: Figure) -> float:
    """Return the weeks for which what is owed to contributors at the end would pay at the pace of the period."""
    weeks = run.slice(figure)
    spent = run.total(figure, "spent_usd") / (weeks.stop - weeks.start)
    return run.at(figure, "owed_usd") / spent if spent > 0.0 else 0.0


class Quantity(NamedTuple):
    """How an outcome is computed in a run."""

    words: str
    unit: str
    state: bool  # of the end of its period; else over the whole of it
    measure: Callable[[Run, Figure], float]


UNIFORMED = ("troops", "police", "observers")
QUANTITIES: dict[str, Quantity] = {
    "uniformed_share": Quantity(
        "uniformed, of those authorised", "share", True, lambda r, f: r.own(f, *UNIFORMED) / f.of
    ),
    "troops_share": Quantity("troops, of those authorised", "share", True, lambda r, f: r.own(f, "troops") / f.of),
    "police_share": Quantity("police, of those authorised", "share", True, lambda r, f: r.own(f, "police") / f.of),
    "uniformed": Quantity("uniformed peacekeepers", "persons", True, lambda r, f: r.own(f, *UNIFORMED)),
    "troops": Quantity("troops", "persons", True, lambda r, f: r.own(f, "troops")),
    "deaths_before": Quantity("deaths before", "persons", False, lambda r, f: r.total(f, *DEATHS)),
    "deaths_during": Quantity("deaths during", "persons", False, lambda r, f: r.total(f, *DEATHS)),
    "deaths_after": Quantity("deaths after", "persons", False, lambda r, f: r.total(f, *DEATHS)),
    "civilian_deaths": Quantity("civilians killed", "persons", False, lambda r, f: r.total(f, *DEATHS[1:])),
    "disaster_deaths": Quantity("deaths in disasters", "persons", False, lambda r, f: r.total(f, "disaster_deaths")),
    "displaced": Quantity("displaced inside the country", "persons", True, lambda r, f: r.at(f, "displaced")),
    "refugees": Quantity("refugees abroad", "persons", True, lambda r, f: r.at(f, "refugees")),
    "forcibly_displaced": Quantity(
        "displaced inside and abroad", "persons", True, lambda r, f: r.at(f, "displaced", "refugees")
    ),
    "fled": Quantity("people who fled", "persons", False, lambda r, f: r.total(f, "fled")),
    "disarmed": Quantity("fighters disarmed", "persons", False, lambda r, f: r.total(f, "disarmed")),
    "peacekeepers_killed": Quantity("peacekeepers killed", "persons", False, lambda r, f: r.own(f, "killed")),
    "peacekeepers_died": Quantity(
        "peacekeepers dead of illness, accidents, disasters", "persons", False, lambda r, f: r.own(f, "died")
    ),
    "peacekeeper_deaths": Quantity(
        "peacekeepers dead of all causes", "persons", False, lambda r, f: r.own(f, "killed", "died")
    ),
    "cost_usd": Quantity("cost", "US$", False, lambda r, f: r.own(f, "spent_usd")),
    "owed_usd": Quantity("owed to contributors", "US$", True, lambda r, f: r.at(f, "owed_usd")),
    "pay_late_weeks": Quantity("pay of contributors late by", "weeks", True, pay_late_weeks),
    "state_control_capital": Quantity(
        "the state's control of the capital", "share", True, lambda r, f: r.capital[span(r.scenario, f)[1]]
    ),
    "relapse": Quantity("war in the period", "0 or 1", False, relapse),
    "settlement": Quantity("a settlement in the period", "0 or 1", False, settlement),
}


def stops(scenario: Scenario, wanted: list[Figure], stride: int = 13) -> list[int]:
    """Return the weeks at which a world is looked at: ends of periods, and every few weeks for the picture."""
    ends = {week for figure in wanted for week in span(scenario, figure)}
    return sorted({*ends, *range(stride, scenario.weeks, stride), scenario.weeks} - {0})


def look(world: World, missions: int) -> np.ndarray:
    """Return what each mission has and has lost and spent so far: (missions, LOOKS)."""
    found = np.zeros((missions, len(LOOKS)))
    there = world.units.status == UnitStatus.DEPLOYED
    kinds = (
        (Component.MILITARY, Component.ENABLERS),
        (Component.FORMED_POLICE, Component.POLICE),
        (Component.OBSERVERS,),
    )
    for column, kind in enumerate(kinds):
        rows = there & np.isin(world.units.component, kind)
        np.add.at(found[:, column], world.units.mission[rows], world.units.headcount[rows])
    if missions:
        found[:, 3], found[:, 4] = world.casualties.hostile, world.casualties.other
        found[:, 5] = world.accounts.spent + world.accounts.programmes_spent
    return found


def run(scenario: Scenario, seed: int, weeks: list[int]) -> Run:
    """Run a scenario once and look at it after so many weeks."""
    world, rates, on = build_world(scenario, seed), build_rates(scenario.parameters), switches(scenario, SCHEDULE)
    looks, capital = {}, {}
    for week in weeks:
        world = advance(world, rates, on, week, SCHEDULE)
        looks[week] = look(world, len(scenario.missions))
        capital[week] = float(world.communities.control[0, world.geography.capital[0]])
    return Run(scenario, world.record.weekly, looks, capital, world)


def killings(world: World) -> np.ndarray:
    """Return one-sided killing: rows of week, armed group, dead."""
    log, n = world.log, int(world.log.count[0])
    rows = np.flatnonzero(log.kind[:n] == EventKind.KILLING)
    return np.column_stack([log.week[rows], log.actor[rows], log.size[rows]])
