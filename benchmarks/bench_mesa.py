"""The engine against an ordinary Mesa version of the same rules, side by side in one run."""

import numpy as np
from country import country
from measure import interleaved, machine, medians, options, spread, table
from ordinary_mesa import PROCESSES, OrdinaryModel

from sim.engine.run import NEVER_OFF, advance, switches
from sim.engine.step import SCHEDULE
from sim.model import PeacekeepingModel
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates
from sim.world.series import SERIES
from sim.world.tables import World

COMPARED = ("battle_deaths", "civilians_killed", "fled", "recruited", "deserted")


def same_rules(scenario: Scenario) -> Scenario:
    """Switch off what the ordinary version leaves out, but for the bookkeeping that the engine insists on."""
    off = tuple(step.name for step in SCHEDULE if step.name not in (*PROCESSES, *NEVER_OFF))
    return scenario.model_copy(update={"switched_off": off})


def engine(scenario: Scenario, seed: int) -> World:
    """Run the engine; the mission can pay for all its operations."""
    world = build_world(scenario, seed)
    world.accounts.tempo[:] = 1.0
    return advance(world, build_rates(scenario.parameters), switches(scenario), scenario.weeks)


def ordinary(scenario: Scenario, seed: int) -> OrdinaryModel:
    """Run the ordinary version."""
    model = OrdinaryModel(scenario, seed)
    for _ in range(scenario.weeks):
        model.step()
    return model


def agree(scenario: Scenario, seeds: range) -> None:
    """Print what both versions give, for they must do the same work to be compared."""
    found: dict[str, list[list[float]]] = {"engine": [], "ordinary Mesa": []}
    for seed in seeds:
        world = engine(scenario, seed)
        tally = dict(zip((series.name for series in SERIES), world.record.weekly.sum(axis=0), strict=True))
        state = [world.communities.fear.mean(), world.bands.fighters.sum(), (world.bands.status > 0).sum()]
        found["engine"].append([*(tally[name] for name in COMPARED), *state])
        model = ordinary(scenario, seed)
        bands = [band for group in model.groups for band in group.bands]
        fear = np.mean([here.fear for here in model.communities])
        state = [fear, sum(band.fighters for band in bands), len(bands)]
        found["ordinary Mesa"].append([*(model.counts[name] for name in COMPARED), *state])
    table(
        f"The two do the same: means over {len(seeds)} seeds after {scenario.weeks} weeks, and their standard errors",
        ["version", *COMPARED, "fear", "fighters", "bands"],
        [
            [name, *(f"{x:,.3g} ({e:,.1g})" for x, e in zip(np.mean(rows, axis=0), errors(rows), strict=True))]
            for name, rows in found.items()
        ],
    )


def errors(rows: list[list[float]]) -> np.ndarray:
    """Return the standard error of the mean of each column."""
    return np.std(rows, axis=0, ddof=1) / np.sqrt(len(rows))


def face(rounds: int, weeks: int) -> None:
    """Print what looking at a run through Mesa costs."""
    scenario = country(weeks=weeks)
    engine(scenario, 0)

    def step(model: PeacekeepingModel) -> None:
        while model.running:
            model.step()

    def looked_at() -> PeacekeepingModel:
        model = PeacekeepingModel(scenario, seed=1)
        assert len(model.agents)
        return model

    def world() -> None:
        build_world(scenario, 1), build_rates(scenario.parameters)

    cases = {
        "world and rates": world,
        "model": lambda: PeacekeepingModel(scenario, seed=1),
        "model, agents and grid": looked_at,
        f"{weeks} weeks in one call of the engine": lambda: engine(scenario, 1),
        f"{weeks} steps of the model": lambda: step(PeacekeepingModel(scenario, seed=1)),
        f"{weeks} steps of the model with agents and grid": lambda: step(looked_at()),
    }
    found = interleaved(cases, rounds)
    table(
        "Mesa's face of the engine, 400 cells",
        ["what", "CPU ms, median (range)"],
        [[name, spread(seconds)] for name, seconds in found.items()],
    )


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__)
    machine()
    scenario = same_rules(country(weeks=26 if chosen.quick else 104))
    engine(scenario, 0)
    rounds = 3 if chosen.quick else 5
    cases = {"engine": lambda: engine(scenario, 1), "ordinary Mesa": lambda: ordinary(scenario, 1)}
    found = interleaved(cases, rounds)
    middle = medians(found)
    table(
        f"{len(PROCESSES)} processes, 400 cells, {scenario.weeks} weeks, building included",
        ["version", "CPU ms, median (range)", "ratio"],
        [[name, spread(found[name]), f"{middle[name] / middle['engine']:,.0f}"] for name in cases],
    )
    agree(scenario, range(2 if chosen.quick else 12))
    face(rounds, scenario.weeks)
    machine()


if __name__ == "__main__":
    main()
