"""Writing events, and the names of the factors that each kind of event carries."""

from sim.core.compile import kernel
from sim.world.kinds import EventKind

FACTORS: dict[EventKind, tuple[str, ...]] = {
    EventKind.CLASH: ("enemies near by", "posture", "odds", "truce", "peacekeepers between them", "intensity"),
    EventKind.OFFENSIVE: (
        "licence to attack", "enemies near by", "odds", "boldness of the unit", "-", "intensity",
    ),
    EventKind.KILLING: (
        "contested control", "victims of another group", "retaliation", "need for loot", "protection", "monitoring",
    ),
    EventKind.ATTACK_ON_MISSION: (
        "armed groups nearby", "their hostility", "isolation", "distrust", "training, guards and information", "-",
    ),
}  # fmt: skip


@kernel
def note(log, week, kind, cell, actor, other, size, size_other):
    """Add a row to the event log and return its index, so that the caller can add factors.

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
    for k in range(log.factors.shape[1]):
        log.factors[row, k] = 1.0
    log.count[0] = row + 1
    return row


@kernel
def explain(log, row, a, b, c, d, e, f):
    """Store the multipliers that moved the hazard of a logged event, in the order of ``FACTORS``."""
    log.factors[row, 0] = a
    log.factors[row, 1] = b
    log.factors[row, 2] = c
    log.factors[row, 3] = d
    log.factors[row, 4] = e
    log.factors[row, 5] = f
