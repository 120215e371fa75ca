"""What outcomes are measured from: the weekly table, the event log and the final state of one run."""

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.world.kinds import EventKind, Stage
from sim.world.series import SERIES
from sim.world.tables import Floats, Ints, World

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

DAYS_PER_YEAR = 365.25
WEEKS_PER_YEAR = DAYS_PER_YEAR / 7.0
WEEKS_PER_MONTH = WEEKS_PER_YEAR / 12.0
COLUMN_OF = {series.name: number for number, series in enumerate(SERIES)}


def over_a_year(values: np.ndarray) -> np.ndarray:
    """Return the sums of a weekly series over the 52 weeks up to each week, over fewer at the beginning."""
    so_far = np.cumsum(values)
    return so_far - np.concatenate([np.zeros(min(52, len(so_far))), so_far[:-52]])


class Noted(NamedTuple):
    """Events of one kind, in the order in which they happened; what the columns mean depends on the kind."""

    week: Ints
    cell: Ints
    actor: Ints
    other: Ints
    size: Floats
    size_other: Floats


class Trace:
    """One run as outcomes see it.

    Parameters
    ----------
    weekly : array (weeks, series)
    world : World
        The world at the end of the run; only its log, missions and donors are read.
    scenario : Scenario
    """

    def __init__(self, weekly: Floats, world: World, scenario: "Scenario") -> None:
        self.weekly = weekly
        self.world = world
        self.scenario = scenario

    def __getitem__(self, name: str) -> Floats:
        """Return the weekly series of a name."""
        return self.weekly[:, COLUMN_OF[name]]

    @property
    def weeks(self) -> int:
        """Number of weeks in the run."""
        return len(self.weekly)

    @cached_property
    def years(self) -> Ints:
        """Calendar year in which each week begins."""
        start = np.datetime64(self.scenario.about.start, "D")
        days = start + 7 * np.arange(self.weeks)
        return days.astype("datetime64[Y]").astype(np.int64) + 1970

    def sum_by_year(self, name: str) -> Floats:
        """Return the sums of a series over calendar years, from the first year of the run to its last."""
        sums: Floats = np.bincount(self.years - self.years[0], weights=self[name]).astype(np.float64)
        return sums

    def noted(self, *kinds: EventKind) -> Noted:
        """Return the events of some kinds."""
        log = self.world.log
        n = int(log.count[0])
        rows = np.flatnonzero(np.isin(log.kind[:n], [int(kind) for kind in kinds]))
        return Noted(
            log.week[rows],
            log.cell[rows],
            log.actor[rows],
            log.other[rows],
            log.size[rows],
            log.size_other[rows],
        )

    @cached_property
    def start_stage(self) -> Stage:
        """Stage of the peace process at the start."""
        return Stage[self.scenario.peace.stage.upper()]
