"""The futures of every world of a class, side by side: what the debrief sets its tables from."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass

import numpy as np

from sim.analysis.intervals import mean
from sim.core.errors import ScenarioError
from sim.dashboard.cards import HIGH, LOW, OF_MISSIONS, SHOWN, UNITS, judged
from sim.dashboard.classroom.record import Fact
from sim.dashboard.classroom.room import Room
from sim.dashboard.course import Course
from sim.dashboard.futures import Member, follow
from sim.dashboard.session import office
from sim.dashboard.words import figure
from sim.dashboard.works import MORE
from sim.results.outcomes import OUTCOMES
from sim.scenario.scenario import Scenario

MOST_TOGETHER = 600  # futures of all worlds of a class in one debrief
FEWEST, MOST = 10, 50
PLAIN, WITHOUT = "As in the scenario", "Without the mission"


@dataclass(frozen=True)
class World:
    """One world of the class: the country as it is, without the mission, or as a group has set it."""

    name: str
    key: str
    scenario: Scenario
    settings: int = 0
    members: tuple[Member, ...] = ()
    failed: int = 0


@dataclass(frozen=True)
class Cell:
    """One figure of a table: middle, range, what it is against the country as it is, and how that is meant."""

    middle: str
    span: str = ""
    verdict: str = ""
    tone: str = ""


def worlds(room: Room) -> list[World]:
    """List the worlds of a class, each with the shocks that have struck; luck is the same in all."""
    found = [World(PLAIN, "", room.base)]
    if room.base.missions:
        found.append(World(WITHOUT, "without", room.base.without_mission()))
    for group in list(room.groups.values()):
        try:
            found.append(World(group.name, group.key, room.world(group), len(group.settings)))
        except ScenarioError:  # a shock that came later does not go with what the group had set
            continue
    return found


def n_futures(n_worlds: int) -> int:
    """Return how many futures each world gets: fewer where there are many groups."""
    return min(office.most, max(FEWEST, min(MOST, MOST_TOGETHER // max(1, n_worlds))))


def reckon(room: Room, wanted: Callable[[], bool]) -> Iterator[list[World]]:
    """Compute the futures of all worlds, and give them again after each one that is done.

    Raises
    ------
    CancelledError
        If nobody wants them any more.
    """
    listed = worlds(room)
    seeds = range(room.seed, room.seed + n_futures(len(listed)))
    for number, world in enumerate(listed):
        course = Course(world.scenario)
        name = course.name()
        asked = [
            office.works.ask(
                ("row", name, seed), lambda unwanted, c=course, n=seed: follow(c, n, unwanted), wanted, MORE
            )
            for seed in seeds
        ]
        members = []
        for answer in asked:
            try:
                members.append(answer.result())
            except CancelledError:
                raise
            except Exception:  # a failed future is counted, and the others go on
                continue
        failed = len(seeds) - len(members)
        listed[number] = World(world.name, world.key, world.scenario, world.settings, tuple(members), failed)
        yield list(listed)


def outcome_rows(found: list[World]) -> list[tuple[str, str, list[Cell]]]:
    """Return the table of outcomes: label, meaning, and a cell for each world that has been computed."""
    rows = []
    for name, label in SHOWN:
        values = {world.key: _by_seed(world, name) for world in found if world.members}
        if not any(np.nan_to_num(list(each.values())).any() for each in values.values()):
            continue
        rows.append(
            (label, OUTCOMES[name].meaning, [_cell(name, values.get(each.key), values.get("")) for each in found])
        )
    return rows


def _by_seed(world: World, name: str) -> dict[int, float]:
    return {member.seed: member.outcomes[name] for member in world.members}


def _cell(name: str, mine: dict[int, float] | None, plain: dict[int, float] | None) -> Cell:
    if mine is None:
        return Cell("…")
    values = np.array(list(mine.values()))
    if np.isnan(values).all():
        return Cell("–")
    unit = UNITS.get(OUTCOMES[name].unit, OUTCOMES[name].unit)
    low, middle, high = np.nanquantile(values, (LOW, 0.5, HIGH)).tolist()
    cell = Cell(figure(middle, unit), f"{figure(low, unit)} to {figure(high, unit)}")
    if plain is None or mine is plain or (name in OF_MISSIONS and not values.any()):
        return cell
    pairs = np.array([mine[seed] - plain[seed] for seed in mine if seed in plain])
    pairs = pairs[~np.isnan(pairs)]
    if not len(pairs):
        return cell
    return Cell(cell.middle, cell.span, *judged(pairs, mean(pairs), unit, OUTCOMES[name].better))


def fact_cells(fact: Fact, found: list[World]) -> list[Cell]:
    """Return a figure of the record in every world: its middle and range, and whether the middle lies in the record."""
    return [_fact_cell(fact, world) for world in found]


def _fact_cell(fact: Fact, world: World) -> Cell:
    if not world.members:
        return Cell("…")
    values = np.array([fact.measure(member.weekly) for member in world.members])
    low, middle, high = np.quantile(values, (LOW, 0.5, HIGH)).tolist()
    if fact.unit == "0 or 1":
        yes = int(values.sum())
        right = yes if fact.value else len(values) - yes
        return Cell(
            f"in {yes} of {len(values)} futures",
            "",
            f"as recorded in {right}",
            "open" if world.key else "better" if right else "worse",
        )
    inside = fact.low <= middle <= fact.high
    reaches = low <= fact.high and high >= fact.low
    verdict = "inside the record" if inside else "outside; some futures reach it" if reaches else "outside the record"
    # Only the country as it is can be right or wrong about history; what a group changed is another history.
    tone = "open" if world.key else "better" if inside else "open" if reaches else "worse"
    return Cell(written(middle, fact.unit), f"{written(low, fact.unit)} to {written(high, fact.unit)}", verdict, tone)


def written(value: float, unit: str) -> str:
    """Write a figure of the record."""
    if unit == "0 or 1":
        return "yes" if value >= 0.5 else "no"
    return figure(value, unit)
