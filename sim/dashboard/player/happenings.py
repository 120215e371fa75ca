"""Events for the player: their words, their factors, and how much each matters on a time line."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.results.because import often
from sim.world.kinds import EventKind
from sim.world.log import CAUSES

if TYPE_CHECKING:
    from sim.results.events import Event

MOST_EVENTS = 3000

# Turns of the story have a mark each; the rest are counted by what they cost.
TURNS = {
    "agreement": 0, "ceasefire": 0, "collapse": 0, "consent_withdrawn": 1, "election": 1, "shock": 1,
    "mission_stage": 1, "mandate": 2, "rehat": 2, "stage": 2, "contributor_leaves": 2, "offensive": 3,
}  # fmt: skip
DEADLY = ("clash", "killing", "riot", "attack_on_mission", "offensive")


def event_cards(events: "Sequence[Event]") -> list[dict[str, Any]]:
    """Describe events for the page, in order of time.

    Where a run has more than ``MOST_EVENTS``, the turns and the worst of the others are sent.
    """
    chosen = range(len(events))
    if len(events) > MOST_EVENTS:
        worst = sorted(chosen, key=lambda k: (TURNS.get(events[k].kind, 9), -toll(events[k]), k))
        chosen = sorted(worst[:MOST_EVENTS])  # type: ignore[assignment]
    return [card(events[k], k) for k in chosen]


def toll(event: "Event") -> float:
    """Return the dead of an event, 0 where it has none."""
    if event.kind not in DEADLY:
        return 0.0
    both = event.kind in ("clash", "offensive")
    dead = event.size + (event.size_other if both else 0.0)
    return dead if math.isfinite(dead) else 0.0


def card(event: "Event", number: int) -> dict[str, Any]:
    """Describe one event; ``number`` is its row in ``Result.told``."""
    out: dict[str, Any] = {
        "n": number,
        "week": event.week,
        "kind": event.kind,
        "cell": event.cell,
        "place": event.place,
        "text": event.text,
        "because": event.because,
        "dead": round(toll(event)),
        "rank": TURNS.get(event.kind, 9),
    }
    if event.factors:
        causes = CAUSES[EventKind[event.kind.upper()]]
        # In the order of the names in ``cause_cards``, which say what they are once for all events.
        out["factors"] = [rounded(value) for value in event.factors.values()]
        out["base"], out["hazard"] = rounded(event.base), rounded(event.hazard)
        out["often"] = often(event.hazard).removeprefix(": ") if "week" in causes.of else ""
    return out


def rounded(value: float) -> float | None:
    """Return a number with four figures, or None where it is none."""
    return float(f"{value:.4g}") if math.isfinite(value) else None


def cause_cards() -> dict[str, Any]:
    """Describe by kind what base and factors make together, and what each factor's 1 (or 0) stands for."""
    return {
        kind.name.lower(): {"of": c.of, "base": c.base, "factors": dict(c.factors), "added": c.added}
        for kind, c in CAUSES.items()
    }
