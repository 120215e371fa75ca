"""What is run for a page: a scenario from its start, or one whose policy changes in a week of another."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.engine.fork import simulate_fork
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

    def simulate(self, seed: int, progress: Progress | None = None, stride: int = 0) -> World:
        """Run it once; before the week of the fork it is the past's run to the bit, for the luck is the same.

        Parameters
        ----------
        seed : int
        progress : callable, optional
            Called now and then with the weeks done and the weeks in all.
        stride : int
            Weeks between kept maps, 0 for none.

        Raises
        ------
        ScenarioError
            If the change cannot be made midway.
        """
        if self.trunk is None:
            return simulate(self.scenario, seed, stride=stride, progress=progress)
        past, week, earlier = self.trunk
        return simulate_fork(past, seed, week, self.scenario, stride=stride, trunk=earlier, progress=progress)

    def run(self, seed: int, progress: Progress | None = None) -> Result:
        """Run it once and keep what the player shows: maps and positions of every week."""
        result = Result.of(self.scenario, seed, self.simulate(seed, progress, stride=1))
        result.trunk = self.trunk
        return result
