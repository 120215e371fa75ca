"""The end-of-mission report as data: mandate, sustainability of peace, cooperation among partners, field survey."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sim.results.evaluation.survey import Round
from sim.results.measures.mandate import INDICATORS, tasks, way
from sim.results.measures.war import exit_week
from sim.results.plain import plain
from sim.world.kinds import EventKind, Stage

if TYPE_CHECKING:
    from sim.results.result import Result
    from sim.results.trace import Trace

# What peace rests on, with the direction that is good; compared between the mission's exit and the end of the run.
PILLARS = {
    "policing": "working police and courts",
    "services": "working administration and services",
    "state_control": "area under the state",
    "trust_state": "trust in the state",
    "livelihood": "livelihood",
    "cohesion": "cohesion between groups",
    "fear": "fear",
    "need": "unmet need",
    "fighters": "fighters in the field",
}

PEACE = (
    "ceasefire_reached", "agreement_reached", "collapses", "violations", "relapsed", "weeks_to_relapse",
    "conflict_years_25", "implementation_end", "elections_held", "elections_accepted", "reoffended_share",
    "weeks_to_exit", "peace_years_after_exit", "peace_held_after_exit", "institutions_kept", "state_control_kept",
)  # fmt: skip
PARTNERS = (
    "duplication_deployed", "handovers", "handover_dip", "contributors_left", "strength_share", "funding_gap",
    "arrears_share", "dues_unpaid", "relief_usd", "cost_usd",
)  # fmt: skip


@dataclass(frozen=True)
class TaskReport:
    """One task of the mandate against what was reached.

    Parameters
    ----------
    task, weight
    indicator, unit
        By what it is judged.
    before, after
        In the year before anyone came, and in the last year of the mission.
    goal
        Where the mandate points.
    attained
        Part of the way from ``before`` to the goal, at most 1; below 0 if it went the other way; not a number where
        it cannot be judged.
    """

    task: str
    weight: float
    indicator: str
    unit: str
    before: float
    after: float
    goal: float
    attained: float


@dataclass(frozen=True)
class Partner:
    """One operation in the country: who it was, when, and how it was meant to work with others."""

    name: str
    organisation: str
    first_week: int
    last_week: int
    coordination: float
    information_sharing: float


@dataclass(frozen=True)
class Handover:
    """One mission whose units passed to another: when, how many, and the strength missing in the quarter after."""

    week: int
    before: str
    after: str
    people: float


@dataclass(frozen=True)
class Pillar:
    """One thing that peace rests on, at the mission's exit and at the end of the run."""

    name: str
    meaning: str
    at_exit: float
    at_end: float


@dataclass(frozen=True)
class Evaluation:
    """The end-of-mission report; ``str()`` gives it in plain words, ``data()`` as tables that JSON can hold."""

    title: str
    mission: str
    came: bool
    seed: int
    weeks: int
    start: str
    tasks: tuple[TaskReport, ...]
    mandate_attained: float
    stage: str
    peace: dict[str, float]
    pillars: tuple[Pillar, ...]
    partners: tuple[Partner, ...]
    handovers: tuple[Handover, ...]
    cooperation: dict[str, float]
    survey: tuple[Round, ...]

    def __str__(self) -> str:
        """Tell it in plain words."""
        from sim.results.evaluation.words import tell

        return tell(self)

    def data(self) -> dict[str, Any]:
        """Give it as plain tables; what is not a number becomes None, and of the answers only the estimates stay."""
        whole = asdict(self) | {"survey": [_round(each) for each in self.survey]}
        return plain(whole)


def evaluate(result: "Result") -> Evaluation:
    """Write the report of a run."""
    trace, outcomes = result.trace, result.outcomes
    missions = result.scenario.missions
    return Evaluation(
        title=result.scenario.title,
        mission=missions[0].name if missions else "",
        came=bool((trace["deployed"] > 0.0).any()),
        seed=result.seed,
        weeks=trace.weeks,
        start=result.scenario.about.start.isoformat(),
        tasks=tuple(judge(trace, task, weight) for task, weight in tasks(trace).items() if weight > 0.0),
        mandate_attained=outcomes["mandate_attained"],
        stage=Stage(int(trace["peace_stage"][-1])).name.lower(),
        peace={name: outcomes[name] for name in PEACE},
        pillars=pillars(trace),
        partners=partners(trace),
        handovers=handovers(trace),
        cooperation={name: outcomes[name] for name in PARTNERS},
        survey=result.survey,
    )


def judge(trace: "Trace", task: str, weight: float) -> TaskReport:
    """Set what a task was to reach against what was reached."""
    indicator = INDICATORS[task]
    before, after = indicator.before(trace), indicator.after(trace)
    attained = way(before, after, indicator.goal)
    return TaskReport(task, weight, indicator.words, indicator.unit, before, after, indicator.goal, attained)


def pillars(trace: "Trace") -> tuple[Pillar, ...]:
    """Compare what peace rests on between exit and end; nothing while peacekeepers are there."""
    left = exit_week(trace)
    if left < 0:
        return ()
    return tuple(
        Pillar(name, meaning, float(trace[name][left - 1]), float(trace[name][-1])) for name, meaning in PILLARS.items()
    )


def partners(trace: "Trace") -> tuple[Partner, ...]:
    """List the operations with the weeks in which they were open."""
    table, found = trace.world.missions, []
    for m, mission in enumerate(trace.scenario.missions):
        first = max(0, int(table.start_week[m]))
        last = min(trace.weeks, max(first, int(table.end_week[m]))) - 1
        how = mission.deployment
        found.append(
            Partner(mission.name, mission.organisation, first, last, how.coordination, how.information_sharing)
        )
    return tuple(found)


def handovers(trace: "Trace") -> tuple[Handover, ...]:
    """List the missions whose units passed to another."""
    names = [mission.name for mission in trace.scenario.missions]
    events = trace.noted(EventKind.REHAT)
    rows = zip(events.week.tolist(), events.actor.tolist(), events.other.tolist(), events.size.tolist(), strict=True)
    return tuple(Handover(week, names[a], names[b], people) for week, a, b, people in rows)


def _round(taken: Round) -> dict[str, Any]:
    return {
        "week": taken.week,
        "occasion": taken.occasion,
        "clusters": len(taken.places),
        "respondents": taken.respondents,
        "left_out": taken.left_out,
        "cost_usd": taken.cost_usd,
        "estimates": {name: each._asdict() for name, each in taken.estimates.items()},
    }
