"""What is run for a page: a scenario from its start, or one whose policy changes in a week of another."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.dashboard.shelf import Shelf
from sim.engine.fork import checkpoint, simulate_fork
from sim.engine.run import simulate
from sim.results.result import Result
from sim.results.trunk import Trunk
from sim.scenario.scenario import Scenario
from sim.world.tables import World

Progress = Callable[[int, int], Any]


class Course(NamedTuple):
    """A scenario, and the past that it was forked from where its policy changes midway."""

    scenario: Scenario
    trunk: Trunk | None = None

    def name(self) -> str:
        """Return what equal courses share and no other has."""
        return self.scenario.digest() + (self.trunk.digest() if self.trunk else "")

    def simulate(
        self, seed: int, progress: Progress | None = None, stride: int = 0, pasts: Shelf | None = None
    ) -> World:
        """Run it once; before the week of the fork it is the past's run to the bit, for the luck is the same.

        Parameters
        ----------
        seed : int
        progress : callable, optional
            Called now and then with the weeks done and the weeks in all.
        stride : int
            Weeks between kept maps, 0 for none.
        pasts : Shelf, optional
            Worlds at the start of the week of a fork, by past and seed: a slider that moves again runs the rest only.

        Raises
        ------
        ScenarioError
            If the change cannot be made midway.
        """
        if self.trunk is None:
            return simulate(self.scenario, seed, stride=stride, progress=progress)
        scenario, week, earlier = self.trunk
        key = (self.trunk.digest(), seed, stride)
        past = None if pasts is None else pasts.get(key)
        if past is None:
            past = checkpoint(scenario, seed, week, stride=stride, trunk=earlier)
            if pasts is not None:
                pasts.put(key, past, size_of(past))
        return simulate_fork(
            scenario, seed, week, self.scenario, stride=stride, past=past, trunk=earlier, progress=progress
        )

    def run(self, seed: int, progress: Progress | None = None, pasts: Shelf | None = None) -> Result:
        """Run it once and keep what the player shows: maps and positions of every week."""
        return Result(self.scenario, seed, self.simulate(seed, progress, 1, pasts), self.trunk)


def size_of(world: World) -> int:
    """Return the bytes of all arrays of a world."""
    return sum(column.nbytes for table in world for column in table)
