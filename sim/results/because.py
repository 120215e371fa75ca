"""Why an event happened: the factors that moved its hazard, in a line or in full."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.world.kinds import EventKind
from sim.world.log import CAUSES, RULES

if TYPE_CHECKING:
    from sim.results.events import Event

NEUTRAL = 0.05  # a factor within 5 % of 1 explains nothing
IDLE = 0.005  # and one within half a per cent is not worth a line
SHIELD = "protection by peacekeepers"


def moved(kind: EventKind, base: float, factors: list[float]) -> dict[str, float]:
    """Name the factors of a row of the log; empty where nothing but a rule brought the event about."""
    causes = CAUSES.get(kind)
    if causes is None or (base == 0.0 and not causes.added):
        return {}
    return dict(zip(causes.factors, factors, strict=False))


def made(kind: EventKind, base: float, factors: Mapping[str, float]) -> float:
    """Return what base and factors make together: for most kinds the hazard per week that was used."""
    if not factors:
        return math.nan
    if CAUSES[kind].added:
        return base + math.fsum(factors.values())
    return base * math.prod(factors.values())


def because(kind: EventKind, factors: Mapping[str, float], nearest_km: float = -1.0) -> str:
    """Say what moved a hazard, strongest first: ``contested control x1.8, protection x0.4``.

    Where there is no hazard, say the rule that brought the event about.
    """
    if not factors:
        return RULES.get(kind, "")
    added = CAUSES[kind].added if kind in CAUSES else False
    neutral, write = (0.0, "{} {:+.2f}") if added else (1.0, "{} x{:.2g}")
    strong = sorted(factors, key=lambda name: -strength(factors[name], added=added))
    told = [name for name in strong if abs(factors[name] - neutral) > NEUTRAL * (0.1 if added else 1.0)]
    return ", ".join(write.format(in_full(name, nearest_km), factors[name]) for name in told)


def strength(factor: float, *, added: bool) -> float:
    """Return how far a factor is from doing nothing."""
    if added:
        return abs(factor)
    return abs(math.log(factor)) if factor > 0.0 else math.inf


def in_full(name: str, nearest_km: float) -> str:
    """Add to a factor how far the peacekeepers are who are meant by it."""
    if name != SHIELD or nearest_km < 0.0:
        return name
    return f"{name} based {nearest_km:.0f} km away" if nearest_km >= 1.0 else f"{name} based there"


def explanation(event: "Event") -> str:
    """Explain one event in full: its base, every factor with what its 1 stands for, and what they make together."""
    kind = EventKind[event.kind.upper()]
    head = f"{event.date}  {event.text}"
    if not event.factors:
        return f"{head}\n  {event.because or 'nothing is known of why'}"
    causes = CAUSES[kind]
    neutral = "0" if causes.added else "1"
    lines = [head, f"  {causes.of}"]
    if not causes.added:
        lines.append(f"  {event.base:>8.2g}  {causes.base}")
    strong = sorted(event.factors, key=lambda name: -strength(event.factors[name], added=causes.added))
    idle = [name for name in strong if strength(event.factors[name], added=causes.added) < IDLE]
    for name in strong[: len(strong) - len(idle)]:
        factor = event.factors[name]
        mark = f"{factor:+.2f}" if causes.added else f"x{factor:.2g}"
        lines.append(f"  {mark:>8}  {in_full(name, event.nearest_km)} ({neutral} is: {causes.factors[name]})")
    lines.append(f"  {event.hazard:>8.2g}  in all{often(event.hazard) if 'week' in causes.of else ''}")
    if idle:
        lines.append(f"            without effect: {', '.join(idle)}")
    return "\n".join(lines)


def often(hazard: float) -> str:
    """Say how often something of a hazard per week happens."""
    if not 0.0 < hazard < 1.0:
        return ""
    weeks = 1.0 / hazard
    return f": once in {weeks:.0f} weeks" if weeks < 104.0 else f": once in {weeks / 52.0:.0f} years"
