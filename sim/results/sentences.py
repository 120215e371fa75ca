"""A sentence for every kind of event."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim.results.because import NEUTRAL
from sim.world.kinds import EventKind, MissionStage, Review, ShockKind, Stage, Task

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


class Row(NamedTuple):
    """One row of the log in numbers."""

    week: int
    kind: int
    cell: int
    actor: int
    other: int
    size: float
    size_other: float
    base: float
    nearest_km: float
    where: str


def count(number: float, one: str, many: str = "") -> str:
    """Write a whole number with its noun."""
    return f"{number:,.0f} {one if round(number) == 1 else many or one + 's'}"


class Cast:
    """The names of everybody in a scenario, by their rows."""

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario = scenario
        # "Government forces: army, militias" is "Government forces" in a sentence.
        self.groups = [group.name.partition(":")[0] for group in scenario.armed_groups]
        self.contributors = [item.name for item in scenario.contributors]
        self.donors = [item.name for item in scenario.donors]
        self.missions = [item.name for item in scenario.missions]
        self.decisions = [
            order.name
            for mission in scenario.missions
            for order in mission.mandate.decisions
            if scenario.week_of(order.date) > 0  # as in the calendar
        ]
        self._told: dict[tuple[int, int], int] = {}

    def date(self, week: int) -> str:
        """Return the first day of a week."""
        return self.scenario.date_of(week).isoformat()

    def signature(self, row: Row) -> tuple[str, str]:
        """Name the agreement of the calendar that a signature belongs to, and its signatories, as far as known."""
        wanted = "agreement" if row.kind == EventKind.AGREEMENT else "ceasefire"
        agreements = self.scenario.peace.agreements
        dated = [x for x in agreements if x.kind == wanted and self.scenario.week_of(x.date) == row.week]
        turn = self._told.get((row.kind, row.week), 0)
        self._told[row.kind, row.week] = turn + 1
        if turn >= len(dated):
            return "", ""
        ids = [group.id for group in self.scenario.armed_groups]
        return dated[turn].name, listed([self.groups[ids.index(name)] for name in dated[turn].signatories])


def listed(names: list[str]) -> str:
    """Join names: ``a, b and c``."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


Words = tuple[str, str, str]


def _clash(cast: Cast, row: Row) -> Words:
    a, b = cast.groups[row.actor], cast.groups[row.other]
    civilians = f" and {count(row.size_other, 'civilian')}" if row.size_other else ""
    dead = f"{count(row.size, 'fighter')}{civilians} killed" if row.size or row.size_other else "nobody killed"
    return f"{a} and {b} clash {row.where}: {dead}", a, b


def _killing(cast: Cast, row: Row) -> Words:
    a = cast.groups[row.actor]
    killers = f"a band of {count(row.size_other, 'fighter')} of {a}"
    return f"{count(row.size, 'civilian')} killed {row.where} by {killers}", a, ""


def _attack(cast: Cast, row: Row) -> Words:
    a, b = cast.groups[row.actor], cast.contributors[row.other]
    dead = f"{count(row.size, 'peacekeeper')} killed" if row.size else "no peacekeeper killed"
    return f"Peacekeepers of {b} attacked {row.where} by {a}: {dead}", a, b


def _offensive(cast: Cast, row: Row) -> Words:
    a, b = cast.contributors[row.actor], cast.groups[row.other]
    dead = f"{count(row.size, 'fighter')} and {count(row.size_other, 'peacekeeper')} killed"
    return f"Peacekeepers of {a} attack {b} {row.where}: {dead}", a, b


def _shock(cast: Cast, row: Row) -> Words:
    event = cast.scenario.events[row.actor]
    kind = ShockKind[event.kind.upper()]
    weeks = f" over {count(row.size_other, 'week')}" if row.size_other > 1 else ""
    size = {
        ShockKind.DISASTER: f"disaster, {count(row.size, 'death')}{weeks}",
        ShockKind.EPIDEMIC: f"epidemic, {count(row.size, 'death')}{weeks}",
        ShockKind.ECONOMIC_CRISIS: f"economic crisis, {row.size:.0%} of livelihood{weeks}",
        ShockKind.REFUGEE_INFLOW: f"refugees from abroad, {count(row.size, 'person', 'people')}{weeks}",
        ShockKind.LEADER_DEPARTURE: "a leader departs",
        ShockKind.SUPPORT_CHANGE: f"support from abroad is now {row.size:.2g}",
        ShockKind.DONOR_CUT: f"a donor's will falls by {row.size:.0%}",
        ShockKind.SCANDAL: f"scandal, {row.size:.0%} of trust in the mission",
        ShockKind.CONTRIBUTOR_CUT: f"a contributor's will falls by {row.size:.0%}",
        ShockKind.CONSENT_LOSS: f"the host's consent falls by {row.size:.0%}",
        ShockKind.COUP: "coup",
        ShockKind.CYBER_ATTACK: f"cyber-attack, {row.size:.0%} of reports and sensors{weeks}",
        ShockKind.SPILL_OVER: f"{count(row.size, 'fighter')} over the border",
        ShockKind.INTERVENTION: f"{count(row.size, 'fighter')} from abroad{weeks}",
    }[kind]
    tables = {
        ShockKind.DONOR_CUT: cast.donors,
        ShockKind.CONTRIBUTOR_CUT: cast.contributors,
        ShockKind.CONSENT_LOSS: cast.missions,
    }
    who = tables.get(kind, cast.groups)
    return f"{event.name} ({size})", who[row.other] if 0 <= row.other < len(who) else "", ""


def _signature(cast: Cast, row: Row) -> Words:
    plain = "An agreement" if row.kind == EventKind.AGREEMENT else "A ceasefire"
    if row.actor >= 0:  # two parties who found to each other
        a, b = cast.groups[row.actor], cast.groups[row.other]
        return f"{plain} is signed by {a} and {b}", a, b
    name, parties = cast.signature(row)
    return (f"{name} is signed by {parties}" if name else f"{plain} is signed"), parties, ""


def _collapse(cast: Cast, row: Row) -> Words:
    a = cast.groups[row.actor]
    end = "it falls" if row.size_other > 0.0 else "it holds for the others"
    return f"What was signed is broken by {a} (commitment {row.size:.2f}): {end}", a, ""


def _election(cast: Cast, row: Row) -> Words:
    name = cast.scenario.peace.elections[row.actor].name
    verdict = "accepted" if row.size_other >= 0.0 else "disputed"
    return f"{name[:1].upper()}{name[1:]}: {verdict} (quality {row.size:.2f})", "", ""


def _stage(cast: Cast, row: Row) -> Words:
    before, after = (Stage(x).name.lower().replace("_", " ") for x in (row.actor, row.other))
    return f"The peace process goes from {before} to {after} after {count(row.size, 'week')}", "", ""


def _mission_stage(cast: Cast, row: Row) -> Words:
    mission = cast.missions[row.actor]
    what = {
        MissionStage.PLANNED: "is planned",
        MissionStage.DEPLOYING: "begins to deploy" if row.size == MissionStage.PLANNED else "is below strength again",
        MissionStage.FULL: "is at full strength",
        MissionStage.DRAWDOWN: "draws down",
        MissionStage.CLOSED: "closes",
    }[MissionStage(row.other)]
    return f"{mission} {what}", mission, ""


def _rehat(cast: Cast, row: Row) -> Words:
    a, b = cast.missions[row.actor], cast.missions[row.other]
    return f"{count(row.size, 'peacekeeper')} of {a} pass to {b}", a, b


def _leaves(cast: Cast, row: Row) -> Words:
    a, b = cast.contributors[row.actor], cast.missions[row.other]
    strains = [(row.size, "dead"), (row.size_other, "arrears")]
    felt = listed([f"{size:.1f} times the {what}" for size, what in strains if size >= NEUTRAL])
    return f"{b} loses {a}, " + (f"after {felt} that it bears" if felt else "which has lost its will"), a, b


def _mandate(cast: Cast, row: Row) -> Words:
    mission = cast.missions[row.actor]
    people = count(row.size, "person", "people")
    if row.other == Review.DECISION:
        what = f"has its mandate changed by {cast.decisions[int(row.size)]}"
    elif row.other == Review.TASK_ADDED:
        what = f"is given one more task: {Task(int(row.size)).name.lower().replace('_', ' ')}"
    elif row.other == Review.REDUCED:
        what = f"has met its benchmarks: {people} fewer"
    else:
        what = f"is reinforced: {people} more, force up to {row.size_other:.2g}"
    return f"{mission} {what}", mission, ""


def _unwanted(cast: Cast, row: Row) -> Words:
    mission = cast.missions[row.actor]
    return f"The host asks {mission} to leave within {count(row.size_other, 'week')}", mission, ""


def _misconduct(cast: Cast, row: Row) -> Words:
    a = cast.contributors[row.actor]
    return f"Misconduct by peacekeepers of {a} becomes known {row.where}", a, ""


def _riot(cast: Cast, row: Row) -> Words:
    return f"{count(row.size, 'person', 'people')} killed in communal violence {row.where}", "", ""


def unknown(cast: Cast, row: Row) -> Words:
    """Say of a kind that has no sentence yet what is in its row."""
    return f"{EventKind(row.kind).name.capitalize().replace('_', ' ')} {row.where} ({row.size:g})", "", ""


WORDS: dict[EventKind, Callable[[Cast, Row], Words]] = {
    EventKind.CLASH: _clash,
    EventKind.KILLING: _killing,
    EventKind.ATTACK_ON_MISSION: _attack,
    EventKind.OFFENSIVE: _offensive,
    EventKind.SHOCK: _shock,
    EventKind.AGREEMENT: _signature,
    EventKind.CEASEFIRE: _signature,
    EventKind.COLLAPSE: _collapse,
    EventKind.ELECTION: _election,
    EventKind.STAGE: _stage,
    EventKind.MISSION_STAGE: _mission_stage,
    EventKind.REHAT: _rehat,
    EventKind.CONTRIBUTOR_LEAVES: _leaves,
    EventKind.MISCONDUCT: _misconduct,
    EventKind.MANDATE: _mandate,
    EventKind.CONSENT_WITHDRAWN: _unwanted,
    EventKind.RIOT: _riot,
}
