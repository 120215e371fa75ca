"""Parts of a whole in a scenario: identity, fighters, control, budgets, people."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.scenario.paths import Complaint, Path, describe

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

TOLERANCE = 1e-6


# Events whose size is a part of something; those of other kinds count deaths or people.
SHARES_BY_KIND = (
    "economic_crisis",
    "leader_departure",
    "support_change",
    "donor_cut",
    "scandal",
    "coup",
    "cyber_attack",
    "contributor_cut",
    "consent_loss",
)


FIGHTERS_BY_KIND = ("spill_over", "intervention")
MOST_FIGHTERS = 5_000_000  # as of an armed group


def check_shares(scenario: "Scenario") -> Iterator[Complaint]:
    """Find shares outside their range, wholes that do not add up and parts larger than their whole."""
    for letter, region in scenario.regions.items():
        yield from _whole(region.identity, ("regions", letter, "identity"))
    for number, community in enumerate(scenario.identity_groups):
        yield from _each(community.ties, ("identity_groups", number, "ties"), low=-1.0)
    for number, group in enumerate(scenario.armed_groups):
        yield from _each(group.control, ("armed_groups", number, "control"))
        # A group that has no fighters yet stands nowhere.
        if group.where or group.fighters:
            yield from _whole(group.where, ("armed_groups", number, "where"))
    yield from _control(scenario)
    yield from _people(scenario)
    yield from _tasks(scenario)
    yield from _assessed(scenario)
    for number, event in enumerate(scenario.events):
        if event.kind in SHARES_BY_KIND and event.size > 1.0:
            message = f"the size of a {event.kind} is a share: must be between 0 and 1"
            yield Complaint(("events", number, "size"), message, found=describe(event.size))
        if event.kind in FIGHTERS_BY_KIND and event.size > MOST_FIGHTERS:
            message = f"a {event.kind} brings fighters: at most {MOST_FIGHTERS:,}"
            yield Complaint(("events", number, "size"), message, found=describe(event.size))


def _each(table: Mapping[str, float], path: Path, low: float = 0.0) -> Iterator[Complaint]:
    for name, value in table.items():
        if not low <= value <= 1.0:  # also true of a number that is not a number
            yield Complaint((*path, name), f"must be between {low:g} and 1", found=describe(value))


def _whole(table: Mapping[str, float], path: Path) -> Iterator[Complaint]:
    outside = list(_each(table, path))
    yield from outside
    total = math.fsum(table.values())
    if not outside and abs(total - 1.0) > TOLERANCE:
        found = f"{total:.7g} in all" if table else "an empty table"
        yield Complaint(path, "the shares must sum to 1", found=found)


def _control(scenario: "Scenario") -> Iterator[Complaint]:
    held: defaultdict[str, float] = defaultdict(float)
    for number, group in enumerate(scenario.armed_groups):
        for letter, part in group.control.items():
            before = held[letter]
            held[letter] += part
            if before <= 1.0 + TOLERANCE < held[letter]:
                message = f"the groups together may hold at most 1 of {letter!r}"
                yield Complaint(("armed_groups", number, "control"), message, found=f"{held[letter]:.7g}", key=letter)


def _people(scenario: "Scenario") -> Iterator[Complaint]:
    for letter, region in scenario.regions.items():
        inside = sum(place.population for place in scenario.places.values() if place.region == letter)
        if inside > region.population:
            message = f"its places have {inside:,} people, more than the region itself"
            yield Complaint(("regions", letter, "population"), message, found=f"{region.population:,}")
    everyone = sum(region.population for region in scenario.regions.values())
    if scenario.regions and not everyone:
        yield Complaint(("regions",), "nobody lives here; at least one region needs a population above 0")
    fighters = sum(group.fighters for group in scenario.armed_groups)
    if everyone and fighters > everyone:
        message = f"there are more fighters than people: {fighters:,} of {everyone:,}"
        yield Complaint(("armed_groups",), message)


def _tasks(scenario: "Scenario") -> Iterator[Complaint]:
    for path, mission in scenario.missions_with_paths():
        where: Path = (*path, "mandate")
        yield from _weights(mission.mandate.tasks, (*where, "tasks"))
        for number, decision in enumerate(mission.mandate.decisions):
            if decision.tasks is not None:
                yield from _weights(decision.tasks, (*where, "decisions", number, "tasks"))
        for name, target in mission.mandate.benchmarks.items():
            if not 0.0 < target <= 1.0:
                yield Complaint((*where, "benchmarks", name), "must be above 0 and at most 1", found=describe(target))


def _weights(tasks: Mapping[Any, float], path: Path) -> Iterator[Complaint]:
    wrong = [name for name, weight in tasks.items() if not 0.0 <= weight < math.inf]
    for name in wrong:
        yield Complaint((*path, name), "must be a number from 0 upwards", found=describe(tasks[name]))
    if not wrong and not any(tasks.values()):
        yield Complaint(path, "a mandate needs at least one task with a weight above 0")


def _assessed(scenario: "Scenario") -> Iterator[Complaint]:
    owed: defaultdict[str, float] = defaultdict(float)
    main = scenario.mission.id if scenario.mission else ""
    for number, donor in enumerate(scenario.donors):
        if donor.mechanism != "assessed":
            continue
        mission = donor.mission or main
        before = owed[mission]
        owed[mission] += donor.share
        if before <= 1.0 + 1e-9 < owed[mission]:
            message = f"the assessed shares of '{mission}' may sum to at most 1"
            yield Complaint(("donors", number, "share"), message, found=f"{owed[mission]:.7g} up to here")
