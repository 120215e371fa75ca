"""Print the checksums of a few short runs: ``python -m tests.parity.checksums``, under any switches."""

from collections.abc import Iterator

from sim.engine.run import simulate
from sim.results.checksum import checksum
from sim.scenario.load import load_scenario
from tests.support.countries import valley


def checksums() -> Iterator[str]:
    """Run the small country and the first weeks of Liberia."""
    for seed in (1, 2):
        yield f"valley {seed} {checksum(simulate(valley(40), seed, stride=10))}"
    yield f"unmil 1 {checksum(simulate(load_scenario('unmil').override({'weeks': 8}), 1))}"


if __name__ == "__main__":
    print(*checksums(), sep="\n")
