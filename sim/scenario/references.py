"""Names that one part of a scenario uses for another: every one must exist, once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.scenario.paths import Complaint, Path, describe, nearest

if TYPE_CHECKING:
    from sim.scenario.inputs import Event
    from sim.scenario.scenario import Scenario

DEADLY = ("disaster", "epidemic")
VIOLENT = (
    "ambush", "atrocity", "attack", "battle", "bombing", "genocide", "killing", "massacre", "murder", "offensive",
    "pogrom", "raid",
)  # fmt: skip
# Without a name these would move nothing, which is meant only where a mission was taken away with its donors.
NEEDS_NAME = {"donor_cut": "donors", "contributor_cut": "contributors"}
NEEDS_ARMED_GROUP = ("leader_departure", "support_change", "spill_over", "intervention")


def check_references(scenario: "Scenario") -> Iterator[Complaint]:
    """Find ids given twice, and names that nothing bears."""
    yield from _ids(scenario)
    yield from _geography(scenario)
    yield from _groups(scenario)
    yield from _peace(scenario)
    yield from _operations(scenario)
    yield from _events(scenario)


def _ids(scenario: "Scenario") -> Iterator[Complaint]:
    for name in ("identity_groups", "armed_groups", "contributors", "donors", "ngos"):
        paths: list[Path] = [(name, number) for number in range(len(getattr(scenario, name)))]
        yield from _unique(zip(paths, getattr(scenario, name), strict=True))
    yield from _unique(scenario.missions_with_paths())
    if not scenario.identity_groups:
        yield Complaint(("identity_groups",), "there must be at least one; people belong to identity groups")


def _unique(things: Iterable[tuple[Path, Any]]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for path, thing in things:
        if thing.id in seen:
            yield Complaint((*path, "id"), "another one has this id already", found=describe(thing.id))
        seen.add(thing.id)


def _geography(scenario: "Scenario") -> Iterator[Complaint]:
    for letter, place in scenario.places.items():
        yield from _known((place.region,), scenario.regions, ("places", letter, "region"), "a region")
    capitals = [letter for letter, place in scenario.places.items() if place.capital]
    for letter in capitals[1:]:
        message = f"{scenario.places[capitals[0]].name} is the capital already; a country has one"
        yield Complaint(("places", letter, "capital"), message)


def _groups(scenario: "Scenario") -> Iterator[Complaint]:
    identities = [group.id for group in scenario.identity_groups]
    armed = [group.id for group in scenario.armed_groups]
    for letter, region in scenario.regions.items():
        yield from _keys(region.identity, identities, ("regions", letter, "identity"), "an identity group")
    for number, community in enumerate(scenario.identity_groups):
        path: Path = ("identity_groups", number, "ties")
        yield from _keys(community.ties, identities, path, "an identity group")
        if community.id in community.ties:
            yield Complaint(path, "a group has no tie to itself", key=community.id)
    letters = [*scenario.regions, *scenario.places]
    for number, group in enumerate(scenario.armed_groups):
        path = ("armed_groups", number)
        yield from _known(group.constituency, identities, (*path, "constituency"), "an identity group")
        yield from _known(group.enemies, armed, (*path, "enemies"), "an armed group")
        if group.id in group.enemies:
            yield Complaint((*path, "enemies"), "a group is not its own enemy", found=describe(group.id))
        yield from _keys(group.where, letters, (*path, "where"), "the letter of a region or place")
        yield from _keys(group.control, letters, (*path, "control"), "the letter of a region or place")


def _peace(scenario: "Scenario") -> Iterator[Complaint]:
    armed = [group.id for group in scenario.armed_groups]
    for number, agreement in enumerate(scenario.peace.agreements):
        path: Path = ("peace", "agreements", number, "signatories")
        yield from _known(agreement.signatories, armed, path, "an armed group")


def _operations(scenario: "Scenario") -> Iterator[Complaint]:
    missions = [mission.id for mission in scenario.missions]
    for name in ("contributors", "donors"):
        for number, each in enumerate(getattr(scenario, name)):
            path: Path = (name, number, "mission")
            if not each.mission and scenario.mission is None:
                verb = "serve" if name == "contributors" else "pay"
                yield Complaint((name, number), f"there is no [mission] for it to {verb}", hint="name a partner")
            elif each.mission:
                yield from _known((each.mission,), missions, path, "a mission")
    letters = [*scenario.regions, *scenario.places]
    for path, mission in scenario.missions_with_paths():
        area = mission.deployment.area
        yield from _known(area, letters, (*path, "deployment", "area"), "the letter of a region or place")
        if mission.rehat and path == ("mission",):
            yield Complaint((*path, "rehat"), "the main mission has no other to pass its units to")
        elif mission.rehat and scenario.mission is None:
            yield Complaint((*path, "rehat"), "there is no main [mission] to pass its units to")
        elif mission.rehat and mission.end is None:
            yield Complaint((*path, "rehat"), "needs an 'end' date, on which its units pass to the main mission")


def _events(scenario: "Scenario") -> Iterator[Complaint]:
    letters = [*scenario.regions, *scenario.places]
    armed = [group.id for group in scenario.armed_groups]
    donors = [donor.id for donor in scenario.donors]
    everyone = [*(group.id for group in scenario.identity_groups), *armed, *donors]
    for number, event in enumerate(scenario.events):
        path: Path = ("events", number)
        yield from _known(event.where, letters, (*path, "where"), "the letter of a region or place")
        named = (event.group,) if event.group else ()
        table = NEEDS_NAME.get(event.kind)
        if not named and (event.kind in NEEDS_ARMED_GROUP or (table and getattr(scenario, table))):
            yield Complaint(path, f"an event of kind '{event.kind}' needs the 'group' that it concerns")
        if event.kind in NEEDS_ARMED_GROUP:
            yield from _known(named, armed, (*path, "group"), "an armed group")
        elif event.kind == "coup":
            yield from _known(named, armed, (*path, "group"), "an armed group")
        elif event.kind == "donor_cut":
            yield from _known(named, donors, (*path, "group"), "a donor")
        elif event.kind == "contributor_cut":
            yield from _known(named, [item.id for item in scenario.contributors], (*path, "group"), "a contributor")
        elif event.kind == "consent_loss":
            yield from _known(named, [item.id for item in scenario.missions], (*path, "group"), "a mission")
        else:
            yield from _known(named, everyone, (*path, "group"), "an identity group, armed group or donor")
        yield from _disguised(event, path)


def _disguised(event: "Event", path: Path) -> Iterator[Complaint]:
    """Refuse violence that goes by the name of a disaster."""
    words = [word.strip(".,:;'\"()").removesuffix("s") for word in event.name.lower().split()]
    said = next((word for word in words if word in VIOLENT), "")
    if event.kind in DEADLY and said:
        message = f"a {event.kind} is no {said}: violence can't be scheduled, it is an outcome of the model"
        yield Complaint((*path, "name"), message, found=describe(event.name))


def _known(names: Sequence[str], known: Iterable[str], path: Path, what: str) -> Iterator[Complaint]:
    valid = list(known)
    for name, count in Counter(names).items():
        if name not in valid:
            yield Complaint(path, f"{describe(name)} is not {what}", hint=nearest(name, valid))
        elif count > 1:
            yield Complaint(path, f"{describe(name)} is named {count} times")


def _keys(table: Iterable[str], known: Iterable[str], path: Path, what: str) -> Iterator[Complaint]:
    valid = list(known)
    for name in table:
        if name not in valid:
            yield Complaint(path, f"{describe(name)} is not {what}", hint=nearest(name, valid), key=name)
