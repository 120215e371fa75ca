"""Many futures of one country at once: threads that share one compiled chain."""

import statistics

from country import country
from measure import cpu_seconds, interleaved, machine, options, table, wall_seconds

from sim.engine.replicate import cores, replicates
from sim.engine.run import simulate


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__)
    machine()
    scenario = country()
    sizes, rounds = ((4, 8), 1) if chosen.quick else ((20, 100), 3)
    cases = {"one run after the other": lambda: [simulate(scenario, seed) for seed in range(sizes[0])]}
    for n in sizes:
        for workers in sorted({1, cores()}):
            name = f"{n} futures, {workers} thread{'s' * (workers > 1)}"
            cases[name] = lambda n=n, workers=workers: [*replicates(scenario, range(n), workers)]
    used: dict[str, list[float]] = {name: [] for name in cases}

    def both(name: str) -> float:
        """Take the time by the clock and note the CPU time beside it."""
        seconds = []
        used[name].append(cpu_seconds(lambda: seconds.append(wall_seconds(cases[name]))))
        return seconds[0]

    found = interleaved({name: lambda name=name: name for name in cases}, rounds, lambda work: both(work()))
    rows = []
    for name, seconds in found.items():
        n = sizes[0] if name.startswith("one") else int(name.split()[0])
        middle, cpu = statistics.median(seconds), statistics.median(used[name][1:])
        row = [f"{middle:.2f}", f"{60 * n / middle:,.0f}", f"{cpu / n * 1e3:.1f}", f"{cpu / middle:.2f}"]
        rows.append([name, *row])
    table(
        f"Ensembles: 400 cells, {scenario.weeks} weeks, median of {rounds} rounds",
        ["what", "seconds by the clock", "runs a minute", "CPU ms a run", "cores at work"],
        rows,
    )
    machine()


if __name__ == "__main__":
    main()
