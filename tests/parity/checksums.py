"""Print the checksums of a few runs: ``python -m tests.parity.checksums [everywhere]``, under any switches."""

import sys
from collections.abc import Iterator

from sim.engine.fork import simulate_fork
from sim.engine.run import simulate
from sim.results.checksum import checksum
from sim.scenario.find import list_scenarios
from sim.scenario.load import load_scenario
from tests.support.countries import valley


def checksums() -> Iterator[str]:
    """Run the small country and the first weeks of Liberia."""
    for seed in (1, 2):
        yield f"valley {seed} {checksum(simulate(valley(40), seed, stride=10))}"
    yield f"unmil 1 {checksum(simulate(load_scenario('unmil').override({'weeks': 8}), 1))}"


def everywhere() -> Iterator[str]:
    """Run all of the small country, a fork of it, and every scenario there is to its end: whatever can happen does."""
    for seed in (1, 2):
        yield f"valley {seed} {checksum(simulate(valley(), seed, stride=10))}"
    longer = valley(170).override({"contributors.0.pledged": 2 * valley().contributors[0].pledged})
    yield f"fork 1 {checksum(simulate_fork(valley(), 1, 60, longer, stride=10))}"
    for name in list_scenarios():
        yield f"{name} 1 {checksum(simulate(load_scenario(name), 1, stride=13))}"


if __name__ == "__main__":
    print(*(everywhere() if sys.argv[1:] == ["everywhere"] else checksums()), sep="\n")
