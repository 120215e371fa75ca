"""Calling processes one by one, again and again, on the same tables."""

from typing import Any

from sim.core.compile import addresses
from sim.core.process import Process, interpreted
from sim.world.tables import World


class Calls:
    """Processes and what they take, laid out for machine code once and not at each call, which takes far longer."""

    def __init__(self) -> None:
        self._ready: dict[int, Ready] = {}

    def __call__(self, step: Process, world: World, rates: Any) -> None:
        """Run a process once, as ``step(world, rates)`` does."""
        given = step.arguments(world, rates)
        ready = self._ready.get(id(step))
        if ready is None or any(one is not other for one, other in zip(ready.given, given, strict=True)):
            ready = self._ready[id(step)] = Ready(step, given)
        ready.call()


class Ready:
    """One process and its arguments; tables are tuples of arrays, which stay where they are."""

    def __init__(self, step: Process, given: list[Any]) -> None:
        self.step, self.given = step, given
        self.address = 0
        if step.compiled and not interpreted():
            from sim.core import calling

            self.address = addresses([step], [given])[0]
            places, self._kept = calling.lay_out(given)
            self._places = places.tolist()

    def call(self) -> None:
        """Run it."""
        if self.address:
            from sim.core import calling

            calling.call(self.address, self._places)
        else:
            self.step.run(*self.given)
