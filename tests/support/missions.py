"""Many futures of a recorded mission, and the figures that the record has for it."""

import datetime
import tomllib
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from sim.engine.replicate import cores, prepare
from sim.engine.run import simulate
from sim.scenario.find import bundled_folder
from sim.scenario.scenario import Scenario
from sim.world.kinds import EventKind
from sim.world.series import SERIES
from sim.world.tables import World

COLUMN = {series.name: number for number, series in enumerate(SERIES)}
WEEKS_PER_YEAR = 365.25 / 7.0
DEATHS = ("battle_deaths", "civilians_killed", "crossfire_deaths")
UNIFORMED = ("troops", "police", "observers")


class Futures(NamedTuple):
    """What is kept of many runs of one scenario, one row for each seed."""

    scenario: Scenario
    weekly: np.ndarray  # (runs, weeks, series)
    hostile: np.ndarray  # peacekeepers killed by hostile acts (runs, missions)
    other: np.ndarray  # peacekeepers dead of illness and accidents (runs, missions)
    spent: np.ndarray  # US$ (runs, missions)
    killings: tuple[np.ndarray, ...]  # one-sided killing by run: rows of week, armed group, dead

    def week(self, date: datetime.date) -> int:
        """Return the week of a day."""
        return self.scenario.week_of(date)

    def at(self, date: datetime.date, *names: str) -> np.ndarray:
        """Return the sum of some series in the week of a day, by run."""
        return sum(self.weekly[:, self.week(date), COLUMN[name]] for name in names)

    def total(self, first: datetime.date, last: datetime.date, *names: str) -> np.ndarray:
        """Return the sum of some series from one day to before another, by run."""
        weeks = slice(max(0, self.week(first)), self.week(last))
        return sum(self.weekly[:, weeks, COLUMN[name]].sum(axis=1) for name in names)

    def per_year(self, first: datetime.date, last: datetime.date, *names: str) -> np.ndarray:
        """Return the yearly rate of some series between two days, by run."""
        weeks = self.week(last) - max(0, self.week(first))
        return self.total(first, last, *names) * WEEKS_PER_YEAR / weeks


def run_all(scenario: Scenario, runs: int) -> Futures:
    """Run a scenario for the seeds from 0 up, on all cores."""
    prepare(scenario, 0)
    with ThreadPoolExecutor(cores()) as pool:
        kept = list(pool.map(lambda seed: keep(simulate(scenario, seed)), range(runs)))
    weekly, hostile, other, spent, killings = zip(*kept, strict=True)
    return Futures(scenario, np.array(weekly), np.array(hostile), np.array(other), np.array(spent), killings)


def keep(world: World) -> tuple[np.ndarray, ...]:
    """Return what is kept of a finished run."""
    log, n = world.log, int(world.log.count[0])
    rows = np.flatnonzero(log.kind[:n] == EventKind.KILLING)
    killings = np.column_stack([log.week[rows], log.actor[rows], log.size[rows]])
    spent = world.accounts.spent + world.accounts.programmes_spent
    return world.record.weekly, world.casualties.hostile, world.casualties.other, spent, killings


def without_partner(scenario: Scenario, *partners: str) -> Scenario:
    """Give the same scenario without some partners of the main mission, and without those who serve or pay them."""
    kept = {
        name: tuple(item for item in getattr(scenario, name) if item.mission not in partners)
        for name in ("contributors", "donors")
    }
    others = tuple(item for item in scenario.partners if item.id not in partners)
    return scenario.model_copy(update={"partners": others, **kept})


def recorded(mission: str, outcome: str, year: int | None = None) -> dict[str, Any]:
    """Return the recorded figure of an outcome; of several, the one whose period begins in a year.

    Raises
    ------
    LookupError
        If there is not exactly one.
    """
    text = (bundled_folder() / "recorded" / f"{mission}.toml").read_text(encoding="utf-8")
    figures = [
        figure
        for figure in tomllib.loads(text)["figure"]
        if figure["outcome"] == outcome and year in (None, figure["period"][0].year)
    ]
    if len(figures) != 1:
        raise LookupError(f"{len(figures)} figures of {outcome!r} for {mission!r} in {year}")
    return figures[0]


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of a mean."""
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half
