"""Which links of the causal diagram were at work in one event of a run, and how strongly, by the factors it logged."""

from typing import NamedTuple

from sim.analysis.odd.causes import LINKS, Link
from sim.results.because import IDLE, strength
from sim.results.events import Event
from sim.world.kinds import EventKind
from sim.world.log import CAUSES

COMMITMENT = {
    "weariness": "weariness",
    "peacekeepers' guarantee": "presence",
    "mediation": "mediation",
    "gains from war": "control",
    "support from abroad": "support",
    "wrongs suffered": "violations",
    "having signed": "agreements",
    "age of the truce": "agreements",
    "share in power": "inclusion",
    "the government's legitimacy": "legitimacy",
}
# The quantity that a kind of event moves or is decided by, and the quantity behind each of its factors. Factors that
# are left out (the leaders' temper, chance) belong to no quantity of the diagram.
MOVED: dict[EventKind, tuple[str, dict[str, str]]] = {
    EventKind.CLASH: ("battle_deaths", {
        "enemies near by": "bands",
        "odds": "bands",
        "posture": "boldness",
        "truce": "agreements",
        "peacekeepers between them": "interposition",
    }),
    EventKind.KILLING: ("civilians_killed", {
        "abusiveness": "abusiveness",
        "contested control": "control",
        "retaliation": "battle_deaths",
        "need for loot": "support",
        "protection by peacekeepers": "protection",
        "being seen": "monitoring",
    }),
    EventKind.ATTACK_ON_MISSION: ("peacekeepers_killed", {
        "fighters among all who bear arms": "bands",
        "their hostility": "commitment",
        "isolation": "presence",
        "distrust": "trust_mission",
        "guards": "mandate",
    }),
    EventKind.RIOT: ("crime", {
        "strain": "grievance",
        "want": "livelihood",
        "fear": "fear",
        "police": "institutions",
    }),
    EventKind.ELECTION: ("legitimacy", {
        "security": "fear",
        "polling that works": "institutions",
        "power that is shared": "inclusion",
    }),
    EventKind.CONTRIBUTOR_LEAVES: ("strength", {"will lost": "contributor_will"}),
    EventKind.AGREEMENT: ("agreements", {"mediation": "mediation"}),
    EventKind.CEASEFIRE: ("commitment", COMMITMENT),
    EventKind.COLLAPSE: ("commitment", COMMITMENT),
}  # fmt: skip


class Live(NamedTuple):
    """A link that was at work in an event: its factors together, and how far that is from doing nothing."""

    link: Link
    names: tuple[str, ...]
    factor: float
    strength: float
    added: bool

    @property
    def mark(self) -> str:
        """The factor as it is written."""
        return f"{self.factor:+.2f}" if self.added else f"×{self.factor:.2g}"


def target_of(event: Event) -> str:
    """Return the quantity that an event is about, empty where the diagram has none."""
    return MOVED.get(EventKind[event.kind.upper()], ("", {}))[0]


def live_links(event: Event) -> tuple[Live, ...]:
    """Return the links that were at work in an event, strongest first; factors that did nothing are left out.

    Parameters
    ----------
    event : Event
        Of ``Result.told``. Events that follow from a rule have no factors, and no live links.
    """
    kind = EventKind[event.kind.upper()]
    if kind not in MOVED or not event.factors:
        return ()
    target, sources = MOVED[kind]
    added = CAUSES[kind].added
    held: dict[str, list[str]] = {}
    for name, value in event.factors.items():
        if name in sources and strength(value, added=added) >= IDLE:
            held.setdefault(sources[name], []).append(name)
    found = []
    for source, names in held.items():
        factor = 0.0 if added else 1.0
        for name in names:
            factor = factor + event.factors[name] if added else factor * event.factors[name]
        link = next(link for link in LINKS if (link.source, link.target) == (source, target))
        found.append(Live(link, tuple(names), factor, strength(factor, added=added), added))
    return tuple(sorted(found, key=lambda live: -live.strength))


def behind(live: tuple[Live, ...]) -> tuple[Link, ...]:
    """Return the main links that move what moved an event: one step further back."""
    sources = {each.link.source for each in live}
    return tuple(link for link in LINKS if link.main and link.target in sources)


def unlinked(event: Event) -> tuple[str, ...]:
    """Name the factors of an event that did something and belong to no link of the diagram."""
    kind = EventKind[event.kind.upper()]
    if kind not in MOVED:
        return ()
    added, known = CAUSES[kind].added, MOVED[kind][1]
    return tuple(n for n, value in event.factors.items() if n not in known and strength(value, added=added) >= IDLE)
