"""Where every number of a world may lie: the laws about single columns."""

from collections.abc import Iterator

import numpy as np

from sim.world.tables import World

Breaches = Iterator[str]

SLACK = 1e-9  # by which an index may leave [0, 1] through round-off

INDICES = {
    "communities": (
        "trust_mission", "trust_state", "fear", "grievance", "cohesion", "livelihood", "police", "services",
        "need", "reached", "control",
    ),
    "groups": (
        "support", "cohesion", "commitment", "spoils", "weariness", "demobilise", "share", "reform", "restraint",
    ),
    "bands": ("morale",),
    "units": ("readiness", "knowledge", "caution", "training", "interoperability"),
    "contributors": ("proximity", "caveats", "interoperability", "will", "usual_will", "part"),
    "donors": ("share", "will", "usual_will", "reliability", "signed_will"),
    "ngos": ("principled",),
    "missions": (
        "force", "leadership", "clarity", "coordination", "sharing", "technology", "signals", "assessment", "training",
        "effort", "warning", "area", "consent", "welcome", "access", "even_handed", "impartiality", "oversight",
        "joint_training", "dispute",
    ),
    "mandates": ("target", "text", "unity", "creep", "sanctions"),
    "accounts": ("tempo", "posts"),
    "peace": ("inclusion", "implementation", "legitimacy", "mediation"),
    "presence": ("protection", "restraint", "interposition", "monitoring", "covered"),
    "violence": ("contested",),
}  # fmt: skip

NOT_NEGATIVE = {
    "communities": ("residents", "hosted", "empty_homes", "foreigners", "adrift"),
    "population": (
        "start", "abroad", "killed", "died", "murdered", "fighters_killed", "arrivals", "here", "guests", "rift",
    ),
    "groups": ("fighters", "start_fighters", "recent_dead", "recent_wrongs", "abusiveness", "wealth", "loot_usd"),
    "ranks": (
        "recruited", "deserted", "killed", "disarmed", "reintegrating", "waiting", "reintegrated",
        "reoffended", "gave_up",
    ),
    "weapons": ("start", "imported", "held", "hidden", "collected", "civil", "seized"),
    "bands": ("fighters", "losses"),
    "influence": ("armed",),
    "units": ("size", "headcount", "moving_weeks", "effective"),
    "contributors": ("recent_dead", "owed_usd", "overdue_weeks", "written_off_usd"),
    "donors": ("owed_usd", "promised_usd", "paid_usd", "lapsed_usd", "reserve_usd"),
    "missions": ("ceiling", "threat", "recent_dead", "scandal"),
    "mandates": ("weight",),
    "accounts": ("received", "spent", "need", "programmes_spent", "purse"),
    "presence": ("felt", "troops", "police", "observers", "civilians"),
    "violence": ("civilians_killed", "crossfire", "battle_deaths", "memory", "killed_by", "murders", "riot_deaths"),
    "casualties": ("hostile", "other", "arrived", "left"),
    "peace": ("violations", "fallen"),
}  # fmt: skip

FIXED = ("geography", "calendar")  # tables that nothing changes once they are built

# Accounts since the start: from one week to the next they only grow.
GROWING = {
    "population": ("killed", "died", "murdered", "fighters_killed"),
    "ranks": ("recruited", "deserted", "killed", "disarmed", "reintegrated", "reoffended", "gave_up"),
    "weapons": ("imported", "collected", "seized"),
    "contributors": ("written_off_usd",),
    "donors": ("promised_usd", "paid_usd", "lapsed_usd"),
    "accounts": ("received", "spent", "programmes_spent"),
    "casualties": ("hostile", "other", "arrived", "left"),
    "peace": ("violations", "fallen"),
    "violence": ("killed_by",),
    "log": ("count",),
}


def indices_stay_in_range(world: World) -> Breaches:
    """Every index lies between 0 and 1."""
    for table, names in INDICES.items():
        for name in names:
            yield from outside(f"{table}.{name}", getattr(getattr(world, table), name), -SLACK, 1.0 + SLACK)


def counts_are_not_negative(world: World) -> Breaches:
    """There are no negative people, strengths, deaths or dues."""
    for table, names in NOT_NEGATIVE.items():
        for name in names:
            yield from outside(f"{table}.{name}", getattr(getattr(world, table), name), 0.0, np.inf)


def numbers_are_finite(world: World) -> Breaches:
    """No column holds infinity or what is not a number."""
    n_events = int(world.log.count[0])
    for table in world._fields:
        if table in FIXED:
            continue
        for name, column in getattr(world, table)._asdict().items():
            used = column[:n_events] if table == "log" and name != "count" else column
            if used.dtype.kind == "f" and not np.isfinite(used).all():
                yield f"{table}.{name} at {np.argwhere(~np.isfinite(used))[:5].tolist()}"


def accounts_only_grow(world: World, before: World) -> Breaches:
    """Accounts since the start never fall, and the ground and the calendar never change."""
    for table, names in GROWING.items():
        for name in names:
            now, then = getattr(getattr(world, table), name), getattr(getattr(before, table), name)
            if (now < then).any():
                yield f"{table}.{name} fell from {then.tolist()} to {now.tolist()}"
    for table in FIXED:
        for name, column in getattr(world, table)._asdict().items():
            if not np.array_equal(column, getattr(getattr(before, table), name)):
                yield f"{table}.{name} changed"


def outside(name: str, column: np.ndarray, low: float, high: float) -> Breaches:
    """Say which values of a column lie outside a range; what is not a number does."""
    if column.size and not (column.min() >= low and column.max() <= high):
        wrong = ~((column >= low) & (column <= high))
        first = tuple(int(n) for n in np.argwhere(wrong)[0])
        yield f"{name}{list(first)} is {column[first]} ({int(wrong.sum())} outside {low:g} to {high:g})"
