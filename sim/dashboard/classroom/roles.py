"""The seats at a table: which settings belong to whom, and what each would know before anything is revealed.

Every setting belongs to exactly one seat. What a seat sees is taken from its own future, the class's luck; nothing that
it does not see is sent to its browser.
"""

from dataclasses import dataclass

from sim.scenario.inputs import ArmedGroup
from sim.scenario.scenario import Scenario
from sim.world.kinds import EventKind

PUBLIC = (
    EventKind.SHOCK, EventKind.AGREEMENT, EventKind.CEASEFIRE, EventKind.COLLAPSE, EventKind.ELECTION, EventKind.STAGE,
    EventKind.MISSION_STAGE, EventKind.CONTRIBUTOR_LEAVES, EventKind.MANDATE, EventKind.REHAT,
    EventKind.CONSENT_WITHDRAWN,
)  # fmt: skip
STAGES = ("peace_stage", "mission_stage")


@dataclass(frozen=True)
class Role:
    """One seat.

    Parameters
    ----------
    id, title
        For links and for people.
    moves, knows, not_told
        In words, for whoever sits there: what is theirs to set, what they see, what they do not.
    prefixes
        Paths of settings that belong to it, by their beginning.
    layers
        Map layers that it sees besides who rules; ``violence`` stands for what headquarters knows where ``reports``.
    series
        Weekly series that it sees.
    events
        Kinds of event that reach it from anywhere.
    units, reports, home_only, own_bands
        Whether it sees peacekeepers, headquarters' picture in place of the truth, one region only, its own bands only.
    """

    id: str
    title: str
    moves: str
    knows: str
    not_told: str
    prefixes: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    series: tuple[str, ...] = STAGES
    events: tuple[EventKind, ...] = PUBLIC
    units: bool = False
    reports: bool = False
    home_only: bool = False
    own_bands: bool = False


TABLE = Role(
    "table",
    "The whole table",
    "Every setting that the instructor has not locked.",
    "One future of the group's world in full, as in the main page.",
    "Other futures, and the world without the mission, until the instructor reveals them.",
)
HEAD = Role(
    "head_of_mission",
    "Head of mission",
    "The mandate's tasks and terms, leadership and impartiality. In life the Council decides on mandates; here this "
    "seat speaks for both.",
    "Headquarters' own picture: incidents that patrols saw, people told or the press found, drawn anew each quarter; "
    "attacks on peacekeepers; strengths, accounts and counts of displaced people; benchmarks as the mission reports.",
    "True violence, trust and fear, where armed bands are. Where nobody looks or tells, the picture stays calm.",
    prefixes=("mission.mandate.", "mission.leadership", "mission.impartiality", "mission.deployment.oversight",
              "partners.*.leadership", "partners.*.impartiality"),
    layers=("violence", "presence", "displacement"),
    series=(*STAGES, "displaced", "refugees", "deployed", "authorised", "received_usd", "budget_usd", "arrears_usd",
            "benchmarks", "peacekeepers_killed", "peacekeepers_died", "disarmed", "spent_usd"),
    events=(*PUBLIC, EventKind.ATTACK_ON_MISSION, EventKind.ARRIVAL),
    units=True,
    reports=True,
)  # fmt: skip
COMMANDER = Role(
    "force_commander",
    "Force commander",
    "How the force is used: rules of engagement, doctrine, training, intelligence, coordination. Not how many come.",
    "Headquarters' picture of incidents, renewed each quarter; where every unit stands; attacks on the force.",
    "True violence, where armed bands are, what people think, and the accounts.",
    prefixes=("mission.mandate.rules_of_engagement", "mission.deployment.", "contributors.*.interoperability"),
    layers=("violence", "presence"),
    series=(*STAGES, "deployed", "authorised", "peacekeepers_killed", "peacekeepers_died", "attacks_on_mission"),
    events=(*PUBLIC, EventKind.ATTACK_ON_MISSION, EventKind.OFFENSIVE, EventKind.ARRIVAL),
    units=True,
    reports=True,
)
DONOR = Role(
    "donor",
    "Donors and contributors",
    "Money, troops and relief: budgets, payments, pledges, authorised strengths, caveats. Many capitals in one seat.",
    "What is published: accounts and arrears, strengths, displaced people and unmet need. The model's figures stand "
    "for what relief organisations count; it has no errors of counting here.",
    "Violence, trust, and the mission's own reports.",
    prefixes=("donors.", "contributors.", "ngos.", "mission.budget", "mission.mandate.authorised.",
              "partners.*.budget"),
    layers=("need", "displacement", "people"),
    series=(*STAGES, "displaced", "refugees", "deployed", "authorised", "received_usd", "budget_usd", "arrears_usd",
            "need", "spent_usd", "programmes_usd", "owed_usd"),
)  # fmt: skip
LEADER = Role(
    "community_leader",
    "Community leader",
    "Society: grievance, livelihoods, institutions, a part in power, and the host's consent. These say how the world "
    "is at the start; no leader sets them in a day, and this seat stands for all who shape them.",
    "The home region in full: violence, fear, trust, need, and everything that happens there.",
    "The rest of the country, which is left blank on the map, and every national figure.",
    prefixes=("identity_groups.", "regions.", "peace.", "mission.consent", "partners.*.consent"),
    layers=("violence", "displacement", "presence", "trust", "fear", "institutions", "need", "people"),
    units=True,
    home_only=True,
)
ARMED = Role(
    "armed_group",
    "Armed group",
    "What drives armed groups: fighters, support, cohesion, spoils, commitment to peace. The settings move all armed "
    "groups of the country alike, the state's forces too.",
    "Its own bands and strength, who rules where, where peacekeepers stand, and fights that it is in.",
    "The mission's reports, other groups' bands, violence elsewhere, trust and accounts.",
    prefixes=("armed_groups.",),
    layers=("presence", "people"),
    series=(*STAGES, "fighters"),
    units=True,
    own_bands=True,
)
ROLES: tuple[Role, ...] = (TABLE, HEAD, COMMANDER, DONOR, LEADER, ARMED)
BY_ID = {role.id: role for role in ROLES}


def owner(path: str) -> Role:
    """Return the seat that a setting belongs to: the one with the longest fitting beginning."""
    fitting = [(len(prefix), role) for role in ROLES for prefix in role.prefixes if path.startswith(prefix)]
    return max(fitting, key=lambda pair: pair[0])[1]


def may_move(role: Role, path: str) -> bool:
    """Tell whether a seat may move a setting."""
    return role is TABLE or owner(path) is role


def armed_group(scenario: Scenario) -> int:
    """Return the row of the group behind the armed group's seat: the largest not of the state, else the first."""

    def rank(pair: tuple[int, ArmedGroup]) -> tuple[bool, int]:
        return pair[1].kind != "state", pair[1].fighters

    return max(enumerate(scenario.armed_groups), key=rank)[0]


def home_region(scenario: Scenario) -> int:
    """Return the row of the community leader's region: outside the capital, with most fighters not the state's."""
    region_of = {letter: place.region for letter, place in scenario.places.items()}
    capital = {place.region for place in scenario.places.values() if place.capital}
    letters = list(scenario.regions)
    armed = dict.fromkeys(letters, 0.0)
    for group in scenario.armed_groups:
        for letter, share in group.where.items() if group.kind != "state" else ():
            armed[region_of.get(letter, letter)] += share * group.fighters
    outside = [letter for letter in letters if letter not in capital] or letters
    return letters.index(max(outside, key=lambda letter: (armed[letter], scenario.regions[letter].population)))


def briefing(role: Role, scenario: Scenario) -> str:
    """Say who exactly a seat is in a country; empty where the title says it."""
    if role is ARMED:
        return f"You are {scenario.armed_groups[armed_group(scenario)].name.partition(':')[0]}."
    if role is LEADER:
        return f"Your region is {list(scenario.regions.values())[home_region(scenario)].name}."
    return ""
