"""Many futures of a recorded mission, with and without it, and what they are compared by.

What is on record, and how it is computed in one run, is in `experiments.missions.record`.
"""

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from experiments.missions.record import COLUMN, DEATHS, UNIFORMED, killings, recorded
from sim.engine.replicate import cores, prepare
from sim.engine.run import simulate
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from sim.world.tables import World

__all__ = [
    "COLUMN",
    "DEATHS",
    "UNIFORMED",
    "WEEKS_PER_YEAR",
    "Both",
    "Futures",
    "both_of",
    "ends",
    "interval",
    "log_ratio",
    "recorded",
    "run_all",
    "without_partner",
]

WEEKS_PER_YEAR = 365.25 / 7.0


class Futures(NamedTuple):
    """What is kept of many runs of one scenario, one row for each seed."""

    scenario: Scenario
    weekly: np.ndarray  # (runs, weeks, series)
    hostile: np.ndarray  # peacekeepers killed by hostile acts (runs, missions)
    other: np.ndarray  # peacekeepers dead of illness and accidents (runs, missions)
    spent: np.ndarray  # US$ (runs, missions)
    killings: tuple[np.ndarray, ...]  # one-sided killing by run: rows of week, armed group, dead

    def week(self, day: datetime.date) -> int:
        """Return the week of a day."""
        return self.scenario.week_of(day)

    def weeks(self, start: datetime.date, end: datetime.date) -> slice:
        """Return the weeks of a period, both days included, cut to the run."""
        return slice(max(0, self.week(start)), min(self.scenario.weeks, self.week(end) + 1))

    def at(self, day: datetime.date, *names: str) -> np.ndarray:
        """Return the sum of some series in the week of a day, by run."""
        return sum(self.weekly[:, self.week(day), COLUMN[name]] for name in names)

    def total(self, start: datetime.date, end: datetime.date, *names: str) -> np.ndarray:
        """Return the sum of some series over a period, both days included, by run."""
        weeks = self.weeks(start, end)
        return sum(self.weekly[:, weeks, COLUMN[name]].sum(axis=1) for name in names)

    def per_year(self, start: datetime.date, end: datetime.date, *names: str) -> np.ndarray:
        """Return the yearly rate of some series over a period, by run."""
        weeks = self.weeks(start, end)
        return self.total(start, end, *names) * WEEKS_PER_YEAR / (weeks.stop - weeks.start)


class Both(NamedTuple):
    """The same seeds with and without the mission: pairs of futures."""

    scenario: Scenario
    here: Futures
    there: Futures

    @property
    def with_mission(self) -> np.ndarray:
        """Weekly tables with the mission (runs, weeks, series)."""
        return self.here.weekly

    @property
    def without(self) -> np.ndarray:
        """Weekly tables without it (runs, weeks, series)."""
        return self.there.weekly

    def at(self, day: datetime.date, *names: str) -> np.ndarray:
        """Return the sum of some series with the mission in the week of a day, by run."""
        return self.here.at(day, *names)

    def total(self, start: datetime.date, end: datetime.date, *names: str, without: bool = False) -> np.ndarray:
        """Return the sum of some series over a period, both days included, by run."""
        return (self.there if without else self.here).total(start, end, *names)


def run_all(scenario: Scenario, runs: int) -> Futures:
    """Run a scenario for the seeds from 0 up, on all cores."""
    prepare(scenario, 0)
    with ThreadPoolExecutor(cores()) as pool:
        kept = list(pool.map(lambda seed: keep(simulate(scenario, seed)), range(runs)))
    weekly, hostile, other, spent, killed = zip(*kept, strict=True)
    return Futures(scenario, np.array(weekly), np.array(hostile), np.array(other), np.array(spent), killed)


def both_of(name: str, runs: int) -> Both:
    """Run a bundled scenario with and without its mission."""
    scenario = load_scenario(name)
    return Both(scenario, run_all(scenario, runs), run_all(scenario.without_mission(), runs))


def keep(world: World) -> tuple[np.ndarray, ...]:
    """Return what is kept of a finished run."""
    spent = world.accounts.spent + world.accounts.programmes_spent
    return world.record.weekly, world.casualties.hostile, world.casualties.other, spent, killings(world)


def without_partner(scenario: Scenario, *partners: str) -> Scenario:
    """Give the same scenario without some partners of the main mission, and without those who serve or pay them."""
    kept = {
        name: tuple(item for item in getattr(scenario, name) if item.mission not in partners)
        for name in ("contributors", "donors")
    }
    others = tuple(item for item in scenario.partners if item.id not in partners)
    return scenario.model_copy(update={"partners": others, **kept})


def ends(mission: str, outcome: str, start: datetime.date | int | None = None) -> tuple[float, float]:
    """Return the range of a recorded figure."""
    figure = recorded(mission, outcome, start)
    return figure.low, figure.high


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of a mean."""
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def log_ratio(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of the mean log ratio of two counts, pair by pair."""
    return interval(np.log1p(one) - np.log1p(other))
