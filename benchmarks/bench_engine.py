"""One run of a 400-cell country for ten years: how long it takes, and which process takes how much of it."""

import statistics

from counted import count, floor
from country import country
from laps import time_processes
from measure import interleaved, machine, medians, options, spread, table

from sim.engine.run import simulate
from sim.engine.step import SCHEDULE
from sim.scenario.load import load_scenario
from sim.world.build import build_world
from sim.world.rates import build_rates


def time_runs(rounds: int) -> None:
    """Print the CPU time of single runs and of building their worlds."""
    countries = {"20 x 20 cells, 60 bands, 80 units": country(), "unmil": load_scenario("unmil")}
    cases = {}
    for name, scenario in countries.items():
        cases[f"run: {name}, {scenario.weeks} weeks"] = lambda s=scenario: simulate(s, 7)
        cases[f"build only: {name}"] = lambda s=scenario: (build_world(s, 7), build_rates(s.parameters))
    found = interleaved(cases, rounds)
    table(
        "One run, world building included",
        ["what", "CPU ms, median (range)", "rounds"],
        [[name, spread(seconds), rounds] for name, seconds in found.items()],
    )


def time_parts(rounds: int) -> None:
    """Print the time of each process inside whole runs."""
    scenario = country()
    time_processes(scenario, range(1))  # compiles, warms
    found = time_processes(scenario, range(rounds))
    total = statistics.median(found.sum(axis=1))
    rows = [(statistics.median(found[:, number]), step) for number, step in enumerate(SCHEDULE)]
    rows.sort(key=lambda row: -row[0])
    table(
        f"Each process inside a run of 400 cells and {scenario.weeks} weeks: "
        f"{total / 1e6:.1f} ms in all, medians of {rounds} runs",
        ["process", "ms a run", "us a week", "share"],
        [
            [
                f"{step.name} (`{step.function.__name__}`)",
                f"{ns / 1e6:.2f}",
                f"{ns / 1e3 / scenario.weeks:.2f}",
                f"{ns / total:.1%}",
            ]
            for ns, step in rows
        ],
    )


def compare_with_floor(rounds: int, weeks: int) -> None:
    """Print how a run compares with its random numbers and exponentials alone."""
    draws, exponentials = count(weeks)
    scenario = country(weeks=weeks)
    cases = {
        "run": lambda: simulate(scenario, 1),
        "its draws and exponentials": lambda: floor(draws, exponentials),
    }
    found = interleaved(cases, rounds)
    middle = medians(found)
    per = scenario.weeks * 400
    table(
        f"Distance to the floor, {weeks} weeks: {draws / per:.2f} draws and {exponentials / per:.2f} "
        "exponentials per cell and week",
        ["what", "CPU ms, median (range)", "ratio"],
        [[name, spread(found[name]), f"{middle['run'] / middle[name]:.1f}"] for name in cases],
    )


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__)
    rounds = 3 if chosen.quick else 9
    machine()
    time_runs(rounds)
    time_parts(rounds)
    compare_with_floor(rounds, 13 if chosen.quick else 52)
    machine()


if __name__ == "__main__":
    main()
