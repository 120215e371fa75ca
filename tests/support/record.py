"""Figures of what really happened, and what runs are compared with them by."""

import datetime
import math
import tomllib
from typing import NamedTuple

import numpy as np

from sim.engine.replicate import replicates
from sim.scenario.find import bundled_folder
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from sim.world.series import SERIES

COLUMN = {series.name: number for number, series in enumerate(SERIES)}
VIOLENCE = ("battle_deaths", "civilians_killed", "crossfire_deaths")


class Recorded(NamedTuple):
    """One figure of the record: its value and the range within which the truth lies."""

    value: float
    low: float
    high: float
    start: datetime.date
    end: datetime.date


class Futures(NamedTuple):
    """Weekly tables (runs, weeks, series) of the same seeds with and without the mission."""

    scenario: Scenario
    with_mission: np.ndarray
    without: np.ndarray

    def weeks(self, start: datetime.date, end: datetime.date) -> slice:
        """Return the weeks of a period, both days included, cut to the run."""
        return slice(max(0, self.scenario.week_of(start)), min(self.scenario.weeks, self.scenario.week_of(end) + 1))

    def at(self, day: datetime.date, *names: str) -> np.ndarray:
        """Return the sum of some series of each run with the mission in the week of a day."""
        week = self.scenario.week_of(day)
        return sum(self.with_mission[:, week, COLUMN[name]] for name in names)

    def total(self, start: datetime.date, end: datetime.date, *names: str, without: bool = False) -> np.ndarray:
        """Return the sum of some series over a period in each run."""
        table = self.without if without else self.with_mission
        return sum(table[:, self.weeks(start, end), COLUMN[name]].sum(axis=1) for name in names)


def futures_of(name: str, n_runs: int) -> Futures:
    """Run a bundled scenario with and without its mission."""
    scenario = load_scenario(name)
    tables = []
    for each in (scenario, scenario.without_mission()):
        runs = list(replicates(each, range(n_runs)))
        assert [run.error for run in runs] == [""] * n_runs
        tables.append(np.array([run.weekly for run in runs]))
    return Futures(scenario, *tables)


def recorded(mission: str, outcome: str, start: datetime.date | None = None) -> Recorded:
    """Return a recorded figure of a mission, by its outcome and the first day of its period."""
    with open(bundled_folder() / "recorded" / f"{mission}.toml", "rb") as file:
        figures = tomllib.load(file)["figure"]
    found = [f for f in figures if f["outcome"] == outcome and (start is None or f["period"][0] == start)]
    assert len(found) == 1, f"{mission}: {len(found)} figures of {outcome} from {start}"
    only = found[0]
    return Recorded(only["value"], only["low"], only["high"], *only["period"])


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of a mean."""
    half = 1.96 * values.std(ddof=1) / math.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def log_ratio(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of the mean log ratio of two counts, pair by pair."""
    return interval(np.log1p(one) - np.log1p(other))
