"""The weekly series and map layers that are kept of a run: names, units, meanings, in the order of their columns."""

from enum import IntEnum
from typing import NamedTuple

from sim.world.kinds import Count


class Series(NamedTuple):
    """One column of the weekly table."""

    name: str
    unit: str
    meaning: str


# First the counts of the week, in the order of ``Count``; then the state at its end, in the order of ``State``.
COUNTS: dict[Count, Series] = {
    Count.BATTLE_DEATHS: Series("battle_deaths", "persons", "fighters killed in clashes this week"),
    Count.CIVILIANS_KILLED: Series("civilians_killed", "persons", "civilians killed on purpose (one-sided violence)"),
    Count.KILLED_BY_STATE: Series("civilians_killed_by_state", "persons", "of these, killed by state forces"),
    Count.CLASHES: Series("clashes", "events", "clashes between armed groups"),
    Count.KILLINGS: Series("killings", "events", "events of one-sided violence"),
    Count.ATTACKS: Series("attacks_on_mission", "events", "attacks on peacekeepers"),
    Count.PEACEKEEPERS_HOSTILE: Series("peacekeepers_killed", "persons", "peacekeepers killed by hostile acts"),
    Count.PEACEKEEPERS_OTHER: Series("peacekeepers_died", "persons", "peacekeepers dead of illness and accidents"),
    Count.FLED: Series("fled", "persons", "people who left their homes"),
    Count.RETURNED: Series("returned", "persons", "displaced people who went home"),
    Count.RECRUITED: Series("recruited", "persons", "people who joined armed groups"),
    Count.DESERTED: Series("deserted", "persons", "fighters who went home"),
    Count.DISARMED: Series("disarmed", "persons", "fighters disarmed"),
    Count.REINTEGRATED: Series("reintegrated", "persons", "former fighters settled among the people"),
    Count.REOFFENDED: Series("reoffended", "persons", "disarmed fighters back in arms"),
    Count.MISCONDUCT: Series("misconduct", "events", "acts of misconduct by peacekeepers"),
    Count.VIOLATIONS: Series("violations", "events", "clashes between signatories"),
    Count.SPENT_USD: Series("spent_usd", "US$", "spent by missions on forces and operations"),
    Count.RECEIVED_USD: Series("received_usd", "US$", "paid by donors to missions"),
    Count.CROSSFIRE: Series("crossfire_deaths", "persons", "civilians killed in clashes"),
    Count.RELIEF_USD: Series("relief_usd", "US$", "relief sent"),
    Count.OTHER_DEATHS: Series("disaster_deaths", "persons", "civilians dead in disasters and epidemics"),
    Count.PROGRAMMES_USD: Series("programmes_usd", "US$", "spent on programmes"),
    Count.GAVE_UP: Series("gave_up", "persons", "disarmed fighters who went home without help to settle"),
    Count.WEAPONS_COLLECTED: Series("weapons_collected", "weapons", "weapons handed in to the programme"),
    Count.RELIEF_LOOTED_USD: Series("relief_looted_usd", "US$", "relief taken by armed groups"),
    Count.RELIEF_DOUBLED_USD: Series("relief_doubled_usd", "US$", "relief to people whom others had reached already"),
    Count.MURDERS: Series("murders", "persons", "people killed by crime"),
    Count.RIOT_DEATHS: Series("riot_deaths", "persons", "people killed in communal violence"),
    Count.RIOTS: Series("riots", "events", "events of communal violence"),
}


class State(IntEnum):
    """Columns of the state at the end of a week, counted from the end of the counts."""

    HOSTED = 0
    ABROAD = 1
    FIGHTERS = 2
    BANDS = 3
    IN_PROGRAMME = 4
    DEPLOYED = 5
    TROOPS = 6
    POLICE = 7
    OBSERVERS = 8
    CIVILIANS = 9
    AUTHORISED = 10
    EFFECTIVE = 11
    COVERAGE = 12
    TRUST_MISSION = 13
    TRUST_STATE = 14
    FEAR = 15
    GRIEVANCE = 16
    COHESION = 17
    LIVELIHOOD = 18
    POLICING = 19
    SERVICES = 20
    NEED = 21
    STATE_CONTROL = 22
    REBEL_CONTROL = 23
    CONTESTED = 24
    CASH = 25
    ARREARS = 26
    TEMPO = 27
    CONTRIBUTORS = 28
    STAGE = 29
    IMPLEMENTATION = 30
    COMMITMENT = 31
    LEGITIMACY = 32
    MEDIATION = 33
    PEOPLE = 34
    MISSION_STAGE = 35
    OWED = 36
    DONOR_WILL = 37
    CONTRIBUTOR_WILL = 38
    CONSENT = 39
    BENCHMARKS = 40
    BUDGET = 41
    DUPLICATION = 42


STATES: dict[State, Series] = {
    State.HOSTED: Series("displaced", "persons", "displaced people inside the country"),
    State.ABROAD: Series("refugees", "persons", "people who fled abroad"),
    State.FIGHTERS: Series("fighters", "persons", "fighters in bands"),
    State.BANDS: Series("bands", "bands", "bands in the field"),
    State.IN_PROGRAMME: Series("in_programme", "persons", "disarmed fighters waiting or in reintegration"),
    State.DEPLOYED: Series("deployed", "persons", "peacekeepers in the country"),
    State.TROOPS: Series("troops", "persons", "troops and enablers"),
    State.POLICE: Series("police", "persons", "mission police and formed units"),
    State.OBSERVERS: Series("observers", "persons", "military observers"),
    State.CIVILIANS: Series("civilian_staff", "persons", "civilian staff of missions"),
    State.AUTHORISED: Series("authorised", "persons", "authorised strength of open missions"),
    State.EFFECTIVE: Series("effective", "person-equivalents", "strength at work"),
    State.COVERAGE: Series("coverage", "share", "people, weighted by the peacekeepers' cover of their cell"),
    State.TRUST_MISSION: Series("trust_mission", "index", "trust in the mission, mean over people"),
    State.TRUST_STATE: Series("trust_state", "index", "trust in the state, mean over people"),
    State.FEAR: Series("fear", "index", "fear, mean over people"),
    State.GRIEVANCE: Series("grievance", "index", "grievance, mean over people"),
    State.COHESION: Series("cohesion", "index", "cohesion between groups, mean over people"),
    State.LIVELIHOOD: Series("livelihood", "index", "livelihood, mean over people"),
    State.POLICING: Series("policing", "index", "working police and courts, mean over people"),
    State.SERVICES: Series("services", "index", "working administration and services, mean over people"),
    State.NEED: Series("need", "index", "unmet humanitarian need, mean over people"),
    State.STATE_CONTROL: Series("state_control", "share", "area under the state"),
    State.REBEL_CONTROL: Series("rebel_control", "share", "area under other armed groups"),
    State.CONTESTED: Series("contested", "index", "contestation, mean over area"),
    State.CASH: Series("cash_usd", "US$", "cash of missions"),
    State.ARREARS: Series("arrears_usd", "US$", "dues that donors have not paid"),
    State.TEMPO: Series("tempo", "share", "operations that the main mission can pay"),
    State.CONTRIBUTORS: Series("contributors", "contributors", "contributors with people in the country"),
    State.STAGE: Series("peace_stage", "stage", "stage of the peace process"),
    State.IMPLEMENTATION: Series("implementation", "share", "part of the agreement carried out"),
    State.COMMITMENT: Series("commitment", "index", "commitment to peace, mean over armed groups by start strength"),
    State.LEGITIMACY: Series("legitimacy", "index", "legitimacy of the government"),
    State.MEDIATION: Series("mediation", "index", "weight of mediation"),
    State.PEOPLE: Series("people", "persons", "civilians in the country"),
    State.MISSION_STAGE: Series("mission_stage", "stage", "stage of the main mission"),
    State.OWED: Series("owed_usd", "US$", "reimbursement owed to contributors"),
    State.DONOR_WILL: Series("donor_will", "index", "readiness of donors to pay, mean by share"),
    State.CONTRIBUTOR_WILL: Series(
        "contributor_will", "index", "will of contributors, mean by their part of their mission"
    ),
    State.CONSENT: Series("consent", "index", "consent of the host to the main mission"),
    State.BENCHMARKS: Series(
        "benchmarks", "share", "benchmarks met by the main mission, as reported; 0 before a report"
    ),
    State.BUDGET: Series("budget_usd", "US$", "what missions need this week by their budgets"),
    State.DUPLICATION: Series(
        "duplication", "share", "armed patrols where another contributor patrols more, counted once a quarter"
    ),
}

SERIES: tuple[Series, ...] = (*COUNTS.values(), *STATES.values())
FIRST_STATE = len(COUNTS)


class Layer(IntEnum):
    """Map layers kept at a stride of weeks."""

    RULER = 0
    STATE_CONTROL = 1
    PRESENCE = 2
    VIOLENCE = 3
    DISPLACED = 4
    TRUST = 5
    FEAR = 6
    INSTITUTIONS = 7
    PEOPLE = 8
    TRUST_STATE = 9
    LIVELIHOOD = 10
    NEED = 11
    COHESION = 12
    RULER_SHARE = 13


LAYERS: dict[Layer, Series] = {
    Layer.RULER: Series("ruler", "armed group", "armed group with the largest share of control, -1 for nobody"),
    Layer.STATE_CONTROL: Series("state_control", "share", "control by the state"),
    Layer.PRESENCE: Series("presence", "person-equivalents", "effective peacekeepers"),
    Layer.VIOLENCE: Series("violence", "deaths per 1,000", "recent deaths per 1,000 people, fading over weeks"),
    Layer.DISPLACED: Series("displaced", "persons", "displaced people staying here"),
    Layer.TRUST: Series("trust_mission", "index", "trust in the mission"),
    Layer.FEAR: Series("fear", "index", "fear"),
    Layer.INSTITUTIONS: Series("institutions", "index", "working police and services"),
    Layer.PEOPLE: Series("people", "persons", "people present"),
    Layer.TRUST_STATE: Series("trust_state", "index", "trust in the state"),
    Layer.LIVELIHOOD: Series("livelihood", "index", "livelihood"),
    Layer.NEED: Series("need", "index", "unmet humanitarian need"),
    Layer.COHESION: Series("cohesion", "index", "cohesion between groups"),
    Layer.RULER_SHARE: Series("ruler_share", "share", "largest share of control that an armed group holds"),
}
