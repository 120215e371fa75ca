"""Writing events, and what explains each kind of event."""

from typing import NamedTuple

from sim.core.compile import kernel
from sim.world.kinds import EventKind

MOST_FACTORS = 13  # columns of ``Log.factors``


class Causes(NamedTuple):
    """What explains a kind of event: a base, and factors that moved it.

    Parameters
    ----------
    of
        What base and factors make together.
    base
        The situation in which every factor is 1 (or 0, where they are added).
    factors
        Their names in the order in which the process gives them, each with what its 1 stands for.
    added
        Whether the factors are summands rather than multipliers.
    """

    of: str
    base: str
    factors: dict[str, str]
    added: bool = False


# What moves the commitment of an armed group: multipliers of its odds, exp(term) of the logit in ``peace_process``.
COMMITMENT = {
    "its leaders' temper": "leaders like most",
    "weariness": "none",
    "peacekeepers' guarantee": "none of its fighters covered",
    "mediation": "nobody mediates",
    "its enemies' commitment": "they waver",
    "gains from war": "none",
    "support from abroad": "none",
    "wrongs suffered": "none",
    "military edge": "no stronger than its enemies",
    "having signed": "not signed",
    "share in power": "none, or not signed",
    "the government's legitimacy": "none",
    "age of the truce": "new, or no bare truce",
}

CAUSES: dict[EventKind, Causes] = {
    EventKind.CLASH: Causes(
        "hazard per week",
        "a band on the offensive amid enemies whom it far outnumbers",
        {
            "enemies near by": "many, in the open",
            "posture": "on the offensive",
            "odds": "far stronger than those it meets",
            "truce": "none between them",
            "peacekeepers between them": "none",
        },
    ),
    EventKind.OFFENSIVE: Causes(
        "hazard per week",
        "a unit with all licence to attack amid enemies whom it far outguns",
        {
            "licence to attack": "all effort and force, full consent",
            "enemies near by": "many, in the open",
            "odds": "far stronger than those it meets",
            "boldness of the unit": "no caution",
        },
    ),
    EventKind.KILLING: Causes(
        "hazard per week",
        "a band of its size, of a typical group, among crowds of strangers in a place with one ruler",
        {
            "abusiveness": "a typical group",
            "people within reach": "crowds",
            "contested control": "one side rules alone",
            "its own people there": "all are strangers",
            "retaliation": "no losses of late",
            "need for loot": "all it needs comes from abroad",
            "its signature": "it has not signed",
            "protection by peacekeepers": "none",
            "being seen": "nobody watches",
        },
    ),
    EventKind.ATTACK_ON_MISSION: Causes(
        "hazard per week",
        "an unprepared unit that is not alone, amid wholly hostile fighters only and people who trust it",
        {
            "fighters among all who bear arms": "all",
            "their hostility": "undisciplined rebels without any commitment to peace, who see a third party",
            "isolation": "others all around",
            "distrust": "full trust in the mission",
            "training": "none",
            "guards": "no effort on the protection of the force",
            "information": "none shared, or nothing known of the place",
        },
    ),
    EventKind.MISCONDUCT: Causes(
        "chance per week",
        "a unit of its size that gets about, of usual training, leadership, quality and oversight",
        {
            "patrols that can be paid": "all of them",
            "training": "the usual",
            "leadership": "the usual",
            "quality of the contingent": "the average",
            "oversight": "the usual",
        },
    ),
    EventKind.CONTRIBUTOR_LEAVES: Causes(
        "hazard per week",
        "half of its will lost to dead, arrears and quarrels over cost",
        {"will lost": "half of it"},
    ),
    EventKind.COLLAPSE: Causes("odds that it is committed to peace", "an even, fresh war", COMMITMENT),
    EventKind.CEASEFIRE: Causes(
        "odds that the less willing side is committed to peace", "an even, fresh war", COMMITMENT
    ),
    EventKind.RIOT: Causes(
        "hazard per quarter",
        "a place of as many people, of two equal and wholly hostile groups full of grievance, without order",
        {
            "hostile groups mixed": "two equal, wholly hostile groups",
            "strain": "all grieve and nothing binds them",
            "want": "full livelihood",
            "fear": "none",
            "police": "none",
        },
    ),
    EventKind.AGREEMENT: Causes(
        "chance per week", "every party committed, and full mediation", {"mediation": "all that helps"}
    ),
    EventKind.ELECTION: Causes(
        "quality of the vote",
        "none",
        {
            "security": "fear or arms everywhere",
            "polling that works": "nowhere",
            "power that is shared": "none",
            "chance": "none",
        },
        added=True,
    ),
}

# What brings about an event that has no hazard, or, at the times at which it has none, one of those above.
RULES: dict[EventKind, str] = {
    EventKind.SHOCK: "it comes from outside, on the scenario's calendar",
    EventKind.AGREEMENT: "the parties put a date to it, on the scenario's calendar",
    EventKind.CEASEFIRE: "the parties put a date to it, on the scenario's calendar",
    EventKind.STAGE: "it follows from what was signed, carried out, voted on or broken",
    EventKind.MISSION_STAGE: "it follows from the mandate's dates and the strength in the country",
    EventKind.REHAT: "the mission's last day has come",
    EventKind.MANDATE: "it is on the Council's calendar, or follows from what a renewal found",
    EventKind.CONSENT_WITHDRAWN: "the host's consent fell below what a mission can live with",
}

FACTORS: dict[EventKind, tuple[str, ...]] = {kind: tuple(causes.factors) for kind, causes in CAUSES.items()}


@kernel
def note(log, week, kind, cell, actor, other, size, size_other):
    """Add a row to the event log and return its index, so that the caller can say what explains it.

    Returns the last row when the log is full, which the engine prevents (see ``observation``).
    """
    row = min(log.count[0], len(log.week) - 1)
    log.week[row] = week
    log.kind[row] = kind
    log.cell[row] = cell
    log.actor[row] = actor
    log.other[row] = other
    log.size[row] = size
    log.size_other[row] = size_other
    log.base[row] = 0.0
    log.nearest_km[row] = -1.0
    for k in range(log.factors.shape[1]):
        log.factors[row, k] = 1.0
    log.count[0] = row + 1
    return row


@kernel
def explain(log, row, base, factors):
    """Store what explains a logged event: its hazard in the reference situation, and what moved it.

    Parameters
    ----------
    log : Log
    row : int
        What ``note`` returned.
    base : float
        Hazard per week where every factor is 1.
    factors : tuple of float
        Multipliers in the order of ``CAUSES``; all of them, so that base times factors is the hazard that was used.
    """
    log.base[row] = base
    for k in range(len(factors)):
        log.factors[row, k] = factors[k]
