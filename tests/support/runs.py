"""Running worlds a week at a time, copying and comparing them."""

from collections.abc import Iterable, Iterator

import numpy as np

from sim.core.process import Process
from sim.engine.run import advance, switches
from sim.engine.step import SCHEDULE
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.checks import check
from sim.world.rates import build_rates
from sim.world.tables import World

# What a mission is and does; all else is the country.
MISSION_TABLES = (
    "units",
    "contributors",
    "donors",
    "missions",
    "mandates",
    "accounts",
    "presence",
    "casualties",
    "calendar",
)
MISSION_SERIES = (
    "deployed",
    "troops",
    "police",
    "observers",
    "civilian_staff",
    "authorised",
    "effective",
    "cash_usd",
    "arrears_usd",
    "owed_usd",
    "tempo",
    "contributors",
    "mission_stage",
    "spent_usd",
    "received_usd",
    "budget_usd",
    "duplication",
    "donor_will",
    "contributor_will",
    "consent",
    "benchmarks",
)

WEEKS_BETWEEN_COPIES = 7  # copying a world takes as long as checking it


def copied(world: World) -> World:
    """Copy every array of a world."""
    return World(*(type(table)(*(column.copy() for column in table)) for table in world))


def weekly_worlds(
    scenario: Scenario, seed: int, stride: int = 1, schedule: tuple[Process, ...] = SCHEDULE
) -> Iterator[World]:
    """Run a scenario and give the one world, as it changes, every few weeks and at the end."""
    world, rates, on = (
        build_world(scenario, seed),
        build_rates(scenario.parameters),
        switches(scenario, schedule),
    )
    for until in sorted({*range(stride, scenario.weeks, stride), scenario.weeks}):
        world = advance(world, rates, on, until, schedule)
        yield world


def run_checked(scenario: Scenario, seed: int, stride: int = 1) -> World:
    """Run a scenario with every law checked every few weeks, and return the world at the end."""
    world = build_world(scenario, seed)
    check(world)
    before = copied(world)
    for number, now in enumerate(weekly_worlds(scenario, seed, stride)):
        look_back = number % WEEKS_BETWEEN_COPIES == 0
        check(now, before if look_back else None)
        world, before = now, copied(now) if look_back else before
    return world


def columns(world: World, skip: Iterable[str] = ()) -> dict[str, np.ndarray]:
    """List the arrays of a world by name; of the log, only the rows in use."""
    n = int(world.log.count[0])
    found = {}
    for table in world._fields:
        if table in skip:
            continue
        for name, column in getattr(world, table)._asdict().items():
            used = column[:n] if table == "log" and name != "count" else column
            found[f"{table}.{name}"] = used
    return found


def differences(one: World, other: World, skip: Iterable[str] = ()) -> list[str]:
    """Name the columns in which two worlds differ in any bit."""
    left, right = columns(one, skip), columns(other, skip)
    return [name for name in left if not same(left[name], right[name])]


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two arrays are equal to the bit."""
    return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
