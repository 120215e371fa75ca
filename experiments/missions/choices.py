"""What a scenario file chooses among kinds or sets apart from the usual, and the same file without it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, get_args

from sim.scenario.scenario import Scenario
from sim.scenario.words import (
    Benchmark,
    BudgetLine,
    Component,
    Doctrine,
    EventKind,
    GroupKind,
    Mechanism,
    RulesOfEngagement,
    Task,
)

Data = dict[str, Any]
Change = Callable[[Data], bool]  # changes a scenario's data, and tells whether there was anything to change


class Choice(NamedTuple):
    """Something that a scenario file chooses."""

    name: str
    meaning: str
    change: Change

    def without(self, scenario: Scenario) -> Scenario | None:
        """Give the scenario without it, rows and numbers of all else kept; nothing where it was not there."""
        data = scenario.data()
        return Scenario.model_validate(data) if self.change(data) else None


def missions(data: Data) -> list[Data]:
    """Return the main mission and its partners."""
    return [each for each in (data["mission"], *data["partners"]) if each is not None]


def mandates(data: Data) -> list[Data]:
    """Return the mandates of the missions."""
    return [each["mandate"] for each in missions(data)]


def deployments(data: Data) -> list[Data]:
    """Return how each mission uses what it has."""
    return [each["deployment"] for each in missions(data)]


def listed(key: str) -> Callable[[Data], list[Data]]:
    """Return what gives the items of a list of the file."""
    return lambda data: list(data[key])


def swapped(where: Callable[[Data], list[Data]], key: str, old: Any, **new: Any) -> Change:
    """Return a change that gives those whose ``key`` is ``old`` other values."""

    def change(data: Data) -> bool:
        found = [each for each in where(data) if each[key] == old]
        for each in found:
            each.update(new)
        return bool(found)

    return change


def usual(where: Callable[[Data], list[Data]], key: str, value: Any) -> Change:
    """Return a change that gives all the usual value."""

    def change(data: Data) -> bool:
        found = [each for each in where(data) if each[key] != value]
        for each in found:
            each[key] = value
        return bool(found)

    return change


def dropped(where: Callable[[Data], list[Data]], tables: tuple[str, ...], key: str) -> Change:
    """Return a change that takes a key out of tables."""

    def change(data: Data) -> bool:
        held = [each[table] for each in where(data) for table in tables if each.get(table) and key in each[table]]
        for table in held:
            del table[key]
        return bool(held)

    return change


def without_task(task: str) -> Change:
    """Return a change that takes a task out of every mandate and decision; a mandate of that task alone keeps it."""

    def change(data: Data) -> bool:
        told = [*mandates(data), *(decision for mandate in mandates(data) for decision in mandate["decisions"])]
        held = [each["tasks"] for each in told if each["tasks"] and task in each["tasks"] and len(each["tasks"]) > 1]
        for tasks in held:
            del tasks[task]
        return bool(held)

    return change


def without_signatures(kind: str) -> Change:
    """Return a change that strikes one kind of signature from the calendar."""

    def change(data: Data) -> bool:
        kept = [each for each in data["peace"]["agreements"] if each["kind"] != kind]
        found = len(kept) < len(data["peace"]["agreements"])
        data["peace"]["agreements"] = kept
        return found

    return change


def without_votes(data: Data) -> bool:
    """Strike all votes from the calendar."""
    found = bool(data["peace"]["elections"])
    data["peace"]["elections"] = []
    return found


def without_partners(data: Data) -> bool:
    """Let nobody serve a partner of the main mission."""
    ids = {each["id"] for each in data["partners"]}
    for each in data["contributors"]:
        if each["mission"] in ids:
            each["will"] = 0.0
    return bool(ids)


NOT_THERE = {"kind": "scandal", "size": 0.0, "group": "", "weeks": 1}  # an event that moves nothing, in its row


def _kinds() -> Iterator[Choice]:
    for name in get_args(Doctrine):
        other = "uniform" if name == "population" else "population"
        change = swapped(deployments, "doctrine", name, doctrine=other)
        yield Choice(f"doctrine {name}", f"in place of {other}", change)
    for name in get_args(RulesOfEngagement):
        other = "observe" if name == "self_defence" else "self_defence"
        change = swapped(mandates, "rules_of_engagement", name, rules_of_engagement=other)
        yield Choice(f"rules {name}", f"in place of {other}", change)
    for name in get_args(Task):
        yield Choice(f"task {name}", "", without_task(name))
    for name in get_args(Benchmark):
        yield Choice(f"benchmark {name}", "", dropped(mandates, ("benchmarks",), name))
    for name in ("benchmarks", "relief"):
        yield Choice(f"exit by {name}", "in place of a date", swapped(mandates, "exit", name, exit="date"))
    for name in get_args(Mechanism):
        other = "ad_hoc" if name == "voluntary" else "voluntary"
        change = swapped(listed("donors"), "mechanism", name, mechanism=other)
        yield Choice(f"money {name}", f"in place of {other}", change)
    for name in get_args(BudgetLine):
        change = swapped(listed("donors"), "earmark", name, earmark=None)
        yield Choice(f"earmark {name}", "", change)
    for name in get_args(Component):
        yield Choice(f"component {name}", "", swapped(listed("contributors"), "component", name, will=0.0))
    for name in get_args(GroupKind):
        if name != "state":
            other = "gang" if name in ("rebel", "militia") else "rebel"  # rebels differ from militias in name alone
            change = swapped(listed("armed_groups"), "kind", name, kind=other)
            yield Choice(f"armed group {name}", f"in place of {other}", change)
    for name in get_args(EventKind):
        yield Choice(f"event {name}", "", swapped(listed("events"), "kind", name, **NOT_THERE))


CHOICES: tuple[Choice, ...] = (
    *_kinds(),
    Choice("type enforcement", "in place of robust", swapped(missions, "type", "enforcement", type="robust")),
    Choice("ceasefires signed", "on their dates", without_signatures("ceasefire")),
    Choice("agreements signed", "on their dates", without_signatures("agreement")),
    Choice("elections", "on their dates", without_votes),
    Choice("decisions", "that change a mandate on their dates", usual(mandates, "decisions", ())),
    Choice("partners", "beside the main mission", without_partners),
    Choice("rehatting", "of a partner's units", usual(missions, "rehat", False)),
    Choice("area", "to which a mission is bound", usual(deployments, "area", ())),
    Choice("relief organisations", "", usual(listed("ngos"), "budget_usd_per_year", 0.0)),
    Choice("refugees abroad", "at the start", usual(listed("identity_groups"), "abroad", 0)),
    Choice("fixed budget", "instead of one reckoned from staff", usual(missions, "budget_usd_per_year", None)),
    Choice("impartiality", "less than full", usual(missions, "impartiality", 1.0)),
    Choice("consent", "of the host less than full", usual(missions, "consent", 1.0)),
    Choice("embargo", "named in a mandate", usual(mandates, "sanctions", 0.0)),
    Choice("mandate creep", "", usual(mandates, "creep", 0.0)),
    Choice("joint training", "", usual(deployments, "joint_training", 0.0)),
    Choice("oversight", "other than the usual 0.5", usual(deployments, "oversight", 0.5)),
    Choice("assessment before deployment", "other than the usual 0.5", usual(deployments, "assessment", 0.5)),
)  # fmt: skip
