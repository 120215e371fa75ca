"""How cost grows with cells, weeks, bands, units and runs: slopes on log-log scales, 1 in proportion."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from country import country
from measure import interleaved, machine, medians, options, table

from sim.engine.run import simulate
from sim.scenario.scenario import Scenario
from sim.world.build import build_world


def slope(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the least-squares slope of log time on log size."""
    x, y = [math.log(size) for size in sizes], [math.log(each) for each in seconds]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - middle_x) ** 2 for a in x)


def grow(title: str, scenarios: dict[int, Scenario], rounds: int, runs: Callable[[int], int] = lambda n: 1) -> None:
    """Print time and slope over sizes; building a world is shown apart, for it is done once a scenario."""
    for scenario in scenarios.values():
        build_world(scenario, 0)
    cases = {
        n: lambda s=scenario, n=n: [simulate(s, seed) for seed in range(runs(n))] for n, scenario in scenarios.items()
    }
    middle = medians(interleaved(cases, rounds))
    sizes = [*scenarios]
    steps = [None, *(slope(pair, [middle[n] for n in pair]) for pair in pairwise(sizes))]
    table(
        f"Growth with {title}: slope {slope(sizes, [*middle.values()]):.2f} over all, {rounds} rounds",
        [title.split(",")[0], "CPU ms", "slope from the size before"],
        [[n, f"{middle[n] * 1e3:,.1f}", "" if s is None else f"{s:.2f}"] for n, s in zip(sizes, steps, strict=True)],
    )


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__)
    machine()
    rounds, weeks = (2, 52) if chosen.quick else (5, 104)
    sides = (10, 20, 30, 50, 70, 100)[: 4 if chosen.quick else 6] + ((200, 300) if chosen.large else ())
    for per_cell in (False, True):
        what = "cells, bands and units in proportion" if per_cell else "cells, 60 bands and 80 units"
        chosen_sides = sides if not per_cell else tuple(side for side in sides if side <= 100)
        scenarios = {
            side * side: country(
                side,
                bands=60 * side * side // 400 if per_cell else 60,
                units=80 * side * side // 400 if per_cell else 80,
                weeks=weeks,
            )
            for side in chosen_sides
        }
        grow(f"{what}, {weeks} weeks", scenarios, rounds)
    grow("weeks, 400 cells", {n: country(weeks=n) for n in (65, 130, 260, 520, 1040)}, rounds)
    grow(
        f"bands, 400 cells, {weeks} weeks",
        {n: country(bands=n, weeks=weeks) for n in (30, 60, 120, 240)},
        rounds,
    )
    grow(
        f"units, 400 cells, {weeks} weeks",
        {n: country(units=n, weeks=weeks) for n in (20, 40, 80, 160, 320)},
        rounds,
    )
    one = country(weeks=weeks)
    grow(f"runs, 400 cells, {weeks} weeks", dict.fromkeys((1, 2, 4, 8, 16), one), rounds, runs=lambda n: n)
    machine()


if __name__ == "__main__":
    main()
