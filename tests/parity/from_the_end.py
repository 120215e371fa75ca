"""Run a country on arrays that cannot be counted from their end: ``python -m tests.parity.from_the_end 156``.

Checked compilation lets an index of -1 pass, which stands for nobody all over the world and reads the last row instead.
Needs PEACESIM_INTERPRETED=1; a warning, as of a division by zero, is an error too.
"""

import sys
import warnings

import numpy as np

from sim.engine.run import lengthen
from sim.engine.step import SCHEDULE
from sim.results.checksum import checksum
from sim.world.build import build_world
from sim.world.rates import build_rates
from tests.support.countries import valley


class Forward(np.ndarray):
    """An array without negative indices."""

    def __getitem__(self, index):
        """Read, counting from the start."""
        refuse(index)
        return np.ndarray.__getitem__(self, index)

    def __setitem__(self, index, value):
        """Write, counting from the start."""
        refuse(index)
        np.ndarray.__setitem__(self, index, value)


def refuse(index) -> None:
    """Raise an error if an index, or a part of it, counts from the end."""
    for part in index if isinstance(index, tuple) else (index,):
        ends = (part.start or 0, part.stop or 0) if isinstance(part, slice) else (part,)
        if any(isinstance(end, (int, np.integer)) and end < 0 for end in ends):
            raise IndexError(f"{index} counts from the end")


def forward(make):
    """Let a function that makes arrays make them without negative indices."""
    return lambda *args, **options: make(*args, **options).view(Forward)


def main(weeks: int) -> None:
    """Run the small country and print the checksum of what became of it."""
    scenario = valley(weeks)
    world, rates = build_world(scenario, 1, stride=10), build_rates(scenario.parameters)
    world = world._replace(
        **{name: type(table)(*(column.view(Forward) for column in table)) for name, table in world._asdict().items()}
    )
    np.zeros, np.empty, np.full = forward(np.zeros), forward(np.empty), forward(np.full)
    for _ in range(weeks):
        for step in SCHEDULE:
            step(world, rates)
        world.clock.week[0] += 1
        if world.clock.halt[0]:
            world = world._replace(log=lengthen(world.log))
            world.clock.halt[0] = 0
    print(checksum(world))


if __name__ == "__main__":
    warnings.simplefilter("error")
    with np.errstate(all="warn", under="ignore"):
        main(int(sys.argv[1]))
