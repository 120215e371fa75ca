"""What a scenario file may say about one country, its conflict and its missions."""

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.core.seeds import MAX_SEED
from sim.scenario.quantity import quantity
from sim.scenario.words import (
    Benchmark,
    BudgetLine,
    Component,
    Doctrine,
    EventKind,
    GroupKind,
    Identifier,
    Letter,
    Mechanism,
    MissionType,
    RulesOfEngagement,
    Stage,
    Task,
    Title,
)


class Input(BaseModel):
    """A frozen part of a scenario that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


def share(default: Any, meaning: str, *, role: str = "input", source: str = "scenario", **more: Any) -> Any:
    """Declare a number between 0 and 1."""
    return quantity(default, meaning, unit="share", valid=(0.0, 1.0), role=role, source=source, **more)  # type: ignore[arg-type]


class About(Input):
    """``[scenario]``: what this file is, and how long it runs."""

    id: Identifier
    title: Title
    summary: str = Field(min_length=1, max_length=4000)
    start: datetime.date = Field(description="first day of week 0")
    weeks: int = quantity(520, "length of a run", unit="weeks", valid=(1, 10_000), role="input", source="scenario")
    seed: int = quantity(1, "seed where none is given", unit="1", valid=(0, MAX_SEED), role="input", source="scenario")
    kind: Literal["historical", "teaching"] = "teaching"
    teaches: str = Field("", description="what a class should learn from it, one sentence")
    questions: tuple[str, ...] = Field((), description="questions for discussion")
    sources: tuple[str, ...] = Field((), description="where its figures come from")


class Map(Input):
    """``[map]``: the country drawn as text.

    Each character is one square cell: an upper-case letter a cell of that region, a lower-case letter or a
    digit the cell of that place, ``.`` water or nothing, ``*`` land of a neighbouring country.
    """

    cell_km: float = quantity(..., "side of a cell", unit="km", valid=(1.0, 100.0), plausible=(5.0, 50.0), role="input", source="scenario")
    rows: str = Field(min_length=1, max_length=1_000_000)


class Region(Input):
    """``[regions.X]``: a county, province or district drawn with the letter X."""

    name: Title
    population: int = quantity(..., "people who live there at the start, its places and camps included", unit="persons", valid=(0, 2_000_000_000), role="input", source="scenario")
    identity: dict[str, float] = Field(description="share of each identity group; they sum to 1")
    terrain: float = share(0.3, "difficulty of the ground: 0 open plain, 1 mountain, swamp or thick forest")
    roads: float = share(0.4, "road access: 0 none, 1 good all-weather roads")
    resources: float = share(0.1, "lootable wealth: diamonds, timber, drugs, taxable trade")
    livelihood: float = share(0.4, "how well households earn a living at the start")
    institutions: float = share(0.3, "working police, courts and services at the start")
    displaced: int = quantity(0, "displaced people from elsewhere it hosts at the start", unit="persons", valid=(0, 2_000_000_000), role="input", source="scenario")


class Place(Input):
    """``[places.x]``: a town, port or crossing at the one cell drawn with the letter x."""

    name: Title
    region: Letter = Field(description="letter of the region it belongs to")
    population: int = quantity(0, "people who live there at the start", unit="persons", valid=(0, 100_000_000), role="input", source="scenario")
    roads: float | None = share(None, "road access; that of the region where left out")
    capital: bool = False
    entry: bool = Field(False, description="port or airport by which a mission arrives")
    camp: bool = Field(False, description="takes in displaced people")


class IdentityGroup(Input):
    """``[[identity_groups]]``: an ethnic, religious or regional community that people belong to."""

    id: Identifier
    name: Title
    grievance: float = share(0.2, "sense of injustice at the start")
    abroad: int = quantity(0, "people of it who are refugees abroad at the start, beside those who live in the regions", unit="persons", valid=(0, 2_000_000_000), role="input", source="scenario")
    ties: dict[str, float] = Field(
        default_factory=dict, description="attitude to other groups, -1 hostile to 1 close; 0 where left out"
    )


class ArmedGroup(Input):
    """``[[armed_groups]]``: an actor that can use force, the state's forces included."""

    id: Identifier
    name: Title
    kind: GroupKind
    constituency: tuple[str, ...] = Field((), description="identity groups it recruits from and spares")
    fighters: int = quantity(..., "fighters at the start", unit="persons", valid=(0, 5_000_000), role="input", source="scenario")
    where: dict[str, float] = Field(
        description="where its fighters stand: letters of regions or places with shares that sum to 1"
    )
    band_size: int = quantity(150, "usual size of one mobile band", unit="persons", valid=(1, 100_000), plausible=(30, 600), role="input", source="assumption: a company-sized irregular band")
    enemies: tuple[str, ...] = Field((), description="armed groups it fights")
    support: float = share(0.3, "arms and money from abroad")
    abusiveness: float = quantity(1.0, "readiness to kill civilians, relative to a typical armed group", unit="ratio", valid=(0.0, 10.0), plausible=(0.2, 3.0), role="input", source="scenario")
    cohesion: float = share(0.6, "obedience of its bands to its leaders")
    commitment: float = share(0.1, "will to a negotiated peace at the start")
    spoils: float = share(0.3, "what it gains from war and would lose in peace")
    demobilise: float = share(1.0, "share of its fighters that disarmament is meant to reach")
    control: dict[str, float] = Field(
        default_factory=dict, description="regions or places it holds at the start, share of control 0 to 1"
    )


class Agreement(Input):
    """``[[peace.agreements]]``: a signature on a date; whether it holds is for the model to find."""

    date: datetime.date
    name: Title
    kind: Literal["ceasefire", "agreement"] = "agreement"
    signatories: tuple[str, ...] = Field(min_length=1)
    inclusion: float = share(0.6, "part in power that it gives to those who sign")


class Election(Input):
    """``[[peace.elections]]``: a national vote on a date; its quality is for the model to find."""

    date: datetime.date
    name: Title = "national election"


class Peace(Input):
    """``[peace]``: where the peace process stands and what is on its calendar."""

    stage: Stage = "war"
    inclusion: float = share(0.3, "part in power, at the start, of identity groups from whom the state's forces are not drawn")
    agreements: tuple[Agreement, ...] = ()
    elections: tuple[Election, ...] = ()


class Strength(Input):
    """``[[mission.mandate.authorised]]``: ceilings from a date on; each row replaces the one before."""

    date: datetime.date
    military: int = quantity(0, "troops, enablers included", unit="persons", valid=(0, 1_000_000), role="lever", source="scenario")
    police: int = quantity(0, "individual police and formed police units", unit="persons", valid=(0, 1_000_000), role="lever", source="scenario")
    observers: int = quantity(0, "military observers", unit="persons", valid=(0, 100_000), role="lever", source="scenario")
    civilians: int = quantity(0, "civilian staff in the field", unit="persons", valid=(0, 100_000), role="lever", source="scenario")


class Decision(Input):
    """``[[mission.mandate.decisions]]``: what the Council changes on a date; what it leaves out stays."""

    date: datetime.date
    name: Title
    tasks: dict[Task, float] | None = Field(None, description="the tasks from now on, with their weights")
    rules_of_engagement: RulesOfEngagement | None = None
    clarity: float | None = share(None, "share of units that act when a task is due", role="lever")
    flexible: bool | None = Field(None, description="the mandate adapts at its reviews from now on, or no more")
    sanctions: float | None = share(None, "strictness of the embargo", role="lever")
    end: datetime.date | None = Field(None, description="day on which the mission is to close")


class Mandate(Input):
    """``[mission.mandate]``: what the mission is told to do, and how it may do it."""

    tasks: dict[Task, float] = Field(description="tasks with weights that say how much each counts; at least one")
    rules_of_engagement: RulesOfEngagement = "defend_mandate"
    clarity: float = share(0.7, "share of units that act when a task is due, for they read it alike", role="lever")
    flexible: bool = Field(False, description="the mandate adapts at its reviews to what happens")
    review_weeks: int = quantity(52, "time between reviews", unit="weeks", valid=(4, 520), plausible=(12, 52), role="lever", source="literature: mandates are renewed every 3 to 12 months (UN practice)")
    authorised: tuple[Strength, ...] = Field(min_length=1)
    decisions: tuple[Decision, ...] = Field((), description="changes of tasks, rules and end on their dates")
    benchmarks: dict[Benchmark, float] = Field(default_factory=dict, description="levels to reach, above 0 to 1; security alone where left out")
    exit: Literal["date", "benchmarks", "relief"] = Field("date", description="leave on the end date, when benchmarks are met, or when the main mission has taken over")
    creep: float = share(0.0, "chance at each review of one more task without more means", role="lever")
    sanctions: float = share(0.0, "strictness of an embargo, enforced where its units watch borders and ports", role="lever")


class Deployment(Input):
    """``[mission.deployment]``: how headquarters uses what it has."""

    doctrine: Doctrine = Field("hotspot", description="rule by which units are sent to cells")
    area: tuple[str, ...] = Field((), description="letters of regions or places where it may station units; the whole country where left out")
    coordination: float = share(0.6, "how far contingents see each other's assignments", role="lever")
    information_sharing: float = share(0.5, "share of reports that reach headquarters", role="lever")
    training: float = share(0.5, "preparation of units before they deploy; 0.5 is the usual", role="lever")
    assessment: float = share(0.5, "study of local politics before it deploys", role="lever")
    technology: float = share(0.2, "sensing beyond patrols: aircraft, imagery, radios", role="lever")
    joint_training: float = share(0.0, "exercises with the other contingents before they deploy", role="lever")
    oversight: float = share(0.5, "inspection of conduct and openness about it", role="lever")


class Mission(Input):
    """``[mission]`` and ``[[partners]]``: one operation with its own command."""

    id: Identifier = "mission"
    name: Title
    organisation: Title = "UN"
    type: MissionType = "multidimensional"
    start: datetime.date = Field(description="day it is authorised to deploy")
    end: datetime.date | None = Field(None, description="day it closes, where that is decided outside the model")
    rehat: bool = Field(False, description="at its end its units pass to the main mission instead of going home")
    leadership: float = share(0.6, "decisiveness, coordination and accountability at the top", role="lever")
    impartiality: float = share(1.0, "how evenly it means to treat the parties", role="lever")
    consent: float = share(1.0, "attitude of the host government to it: 0 wants it gone, 1 wants it there", role="lever")
    budget_usd_per_year: float | None = quantity(None, "budget; reckoned from its staff where left out", unit="US$ per year", valid=(0.0, 1e11), role="lever", source="scenario")
    mandate: Mandate
    deployment: Deployment = Deployment()


class Contributor(Input):
    """``[[contributors]]``: a country or organisation that gives one kind of unit to one mission."""

    id: Identifier
    name: Title
    mission: str = Field("", description="id of the mission it serves; the main one where left out")
    component: Component = "military"
    pledged: int = quantity(..., "people it is ready to send", unit="persons", valid=(0, 200_000), role="lever", source="scenario")
    unit_size: int | None = quantity(None, "people in one unit; the usual of the component where left out", unit="persons", valid=(1, 5_000), role="input", source="scenario")
    lead_weeks: float | None = quantity(None, "mean time from authorisation to arrival; the usual of the component where left out", unit="weeks", valid=(0.0, 520.0), plausible=(2.0, 60.0), role="lever", source="scenario")
    tour_weeks: int = quantity(52, "time between rotations", unit="weeks", valid=(8, 520), plausible=(26, 52), role="input", source="literature: tours last 6 to 12 months (UN practice)")
    quality: float = quantity(1.0, "training and equipment, 1 being the average contingent", unit="ratio", valid=(0.0, 3.0), plausible=(0.5, 1.5), role="lever", source="scenario")
    proximity: float = share(0.4, "closeness to the population in language and custom")
    caveats: float = share(0.1, "share of tasks that its capital forbids", role="lever")
    interoperability: float = share(0.7, "fit of its procedures and radios with the others'", role="lever")
    casualty_tolerance: float = quantity(10.0, "deaths within a year at which it thinks of leaving", unit="persons", valid=(0.1, 10_000.0), plausible=(5.0, 50.0), role="input", source="assumption: ten dead ended the Belgian contingent in Rwanda in 1994")
    patience_weeks: float = quantity(104.0, "weeks by which its reimbursement may be overdue before it thinks of leaving", unit="weeks", valid=(1.0, 5_200.0), plausible=(26.0, 260.0), role="input", source="assumption: contributors in Cyprus bore years of arrears until 1993")
    will: float = share(1.0, "readiness to send what it pledged, to act and to stay")


class Donor(Input):
    """``[[donors]]``: a state or fund that pays."""

    id: Identifier
    name: Title
    mission: str = Field("", description="id of the mission it pays; the main one where left out")
    mechanism: Mechanism = "assessed"
    will: float = share(0.8, "readiness to pay", role="input")
    reliability: float = share(0.8, "share paid on time when willing", role="input")
    delay_weeks: float = quantity(12.0, "usual delay of a payment", unit="weeks", valid=(0.0, 260.0), plausible=(0.0, 52.0), role="input", source="assumption: contributions come a quarter late")
    share: float = quantity(0.0, "part of the mission's budget that it owes or promises", unit="share", valid=(0.0, 1.0), role="lever", source="scenario")
    earmark: BudgetLine | None = Field(None, description="the only part of the budget that its money may be spent on")


class Ngo(Input):
    """``[[ngos]]``: an organisation, or a cluster of them, that brings relief."""

    id: Identifier
    name: Title
    budget_usd_per_year: float = quantity(..., "what it spends in the country", unit="US$ per year", valid=(0.0, 1e11), role="lever", source="scenario")
    start: datetime.date | None = None
    end: datetime.date | None = None
    principled: float = share(0.5, "distance it keeps from soldiers: 0 goes with escorts, 1 never")


class Event(Input):
    """``[[events]]``: something from outside the conflict that happens on a date.

    | kind | `size` is | `group` is |
    |---|---|---|
    | `disaster`, `epidemic` | people whom it kills in its weeks | |
    | `economic_crisis` | share of livelihood lost in its weeks | |
    | `refugee_inflow` | foreigners who come in the first half of its weeks and then leave; of one week: stay | |
    | `leader_departure` | share of what held an armed group to war | the armed group |
    | `support_change` | the new support from abroad of an armed group | the armed group |
    | `donor_cut`, `contributor_cut` | share of will lost | the donor or contributor |
    | `scandal` | share of trust in the mission lost | |
    | `consent_loss` | share of the host's consent lost | the mission; all of them where left out |
    | `coup` | share of the government's legitimacy and trust lost | who takes power; the state's own forces |
    | `cyber_attack` | share of what reports and sensors bring that is lost in its weeks | |
    | `spill_over` | fighters who cross the border of its cells for good | the armed group |
    | `intervention` | fighters from abroad until its last week; of one week: for good | the armed group |
    """

    date: datetime.date
    kind: EventKind
    name: Title
    where: tuple[str, ...] = Field((), description="letters of regions or places; the whole country where left out")
    group: str = Field("", description="identity or armed group, donor, contributor or mission that it concerns")
    size: float = quantity(1.0, "size in the unit of its kind (deaths, people, share)", unit="by kind", valid=(0.0, 1e9), role="input", source="scenario")
    weeks: int = quantity(1, "how long it lasts", unit="weeks", valid=(1, 1040), role="input", source="scenario")
