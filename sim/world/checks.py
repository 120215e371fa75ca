"""Laws that every world obeys in every week: nothing is lost, nothing leaves its range.

Each law is a function of a world that yields what breaks it, in words and numbers. ``check(world)`` raises an
error that names every broken law. In a run, append the process ``verify`` to the schedule:

>>> from sim.engine.run import simulate
>>> from sim.engine.step import SCHEDULE
>>> simulate(scenario, 1, schedule=(*SCHEDULE, verify))  # doctest: +SKIP
"""

from collections.abc import Callable

import numpy as np

from sim.core.errors import InvariantError
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, GroupKind, MissionStage, Posture, Stage, UnitStatus
from sim.world.ranges import (
    SLACK,
    Breaches,
    accounts_only_grow,
    counts_are_not_negative,
    indices_stay_in_range,
    numbers_are_finite,
    outside,
)
from sim.world.tables import World

ROUND_OFF = 1e-6  # of a sum, where floating-point sums must agree
CENT = 1e-2  # US$


def check(world: World, before: World | None = None) -> None:
    """Raise an error that names the laws which a world breaks.

    Parameters
    ----------
    world : World
        At the end of a week, or as it was built.
    before : World, optional
        A copy of the same world from an earlier week, to check what may only grow.

    Raises
    ------
    InvariantError
        With one line for each breach: the law, the week, the values.
    """
    week = int(world.clock.week[0])
    found = [f"week {week}: {name}: {breach}" for name, law in INVARIANTS.items() for breach in law(world)]
    if before is not None:
        found += [f"week {week}: accounts_only_grow: {breach}" for breach in accounts_only_grow(world, before)]
    if found:
        raise InvariantError("\n".join(found))


@process(writes=(), compiled=False)
def verify(world) -> None:
    """Check every law at the end of the week; append it to a schedule while looking for a mistake.

    Draws: none. Order: last. It runs in plain Python and makes the whole schedule run so, which takes many
    times longer.
    """
    check(world)


def people_are_conserved(world: World) -> Breaches:
    """Everyone who ever lived here is here, abroad, in arms, in the programme or dead."""
    communities, population, ranks = world.communities, world.population, world.ranks
    parts = {
        "residents": communities.residents,
        "hosted": communities.hosted,
        "foreigners": communities.foreigners,
        "abroad": population.abroad,
        "in bands": world.bands.fighters,
        "waiting": ranks.waiting,
        "reintegrating": ranks.reintegrating,
        "killed": population.killed,
        "died": population.died,
        "murdered": population.murdered,
        "fighters killed": population.fighters_killed,
    }
    counted = {name: int(column.sum()) for name, column in parts.items()}
    came = {name: int(getattr(population, name)[0]) for name in ("start", "births", "arrivals")}
    if sum(counted.values()) != sum(came.values()):
        gone = sum(counted.values()) - sum(came.values())
        yield f"{gone:+,} people: {counted} against {came}"


def fighters_are_conserved(world: World) -> Breaches:
    """Each armed group's fighters are those of the start and recruits, less who left by an account."""
    ranks, groups, bands = world.ranks, world.groups, world.bands
    standing = np.zeros(len(groups.kind), dtype=np.int64)
    np.add.at(standing, bands.group, bands.fighters)
    due = groups.start_fighters + ranks.recruited + ranks.reoffended - ranks.deserted - ranks.killed - ranks.disarmed
    for a in np.flatnonzero(standing != due):
        yield f"armed group {a}: {standing[a]:,} in bands, {due[a]:,} by the accounts"
    out = ranks.waiting + ranks.reintegrating + ranks.reintegrated + ranks.gave_up + ranks.reoffended
    for a in np.flatnonzero(out != ranks.disarmed):
        yield f"armed group {a}: {ranks.disarmed[a]:,} disarmed, {out[a]:,} found after it"
    if ranks.killed.sum() != world.population.fighters_killed[0]:
        yield f"{ranks.killed.sum():,} killed by group, {world.population.fighters_killed[0]:,} in all"


def weapons_are_conserved(world: World) -> Breaches:
    """Every weapon of the start or from abroad is with fighters, hidden, handed in, in private hands or seized."""
    weapons = world.weapons
    parts = ("held", "hidden", "collected", "civil", "seized")
    counted = {name: int(getattr(weapons, name).sum()) for name in parts}
    came = int(weapons.start[0] + weapons.imported[0])
    if sum(counted.values()) != came:
        yield f"{sum(counted.values()) - came:+,} weapons: {counted} against {came:,}"


def guests_are_foreigners(world: World) -> Breaches:
    """The refugees from other countries are those whom events have brought and not yet taken home."""
    guests, foreigners = world.population.guests.sum(axis=0), world.communities.foreigners
    for c in np.flatnonzero(guests != foreigners):
        yield f"cell {c}: {guests[c]:,} by event, {foreigners[c]:,} in all"


def groups_know_their_fighters(world: World) -> Breaches:
    """The strength that a group reckons with is that of its bands."""
    groups, bands = world.groups, world.bands
    standing = np.zeros(len(groups.kind), dtype=np.int64)
    np.add.at(standing, bands.group, bands.fighters)
    for a in np.flatnonzero(standing != groups.fighters):
        yield f"armed group {a}: {groups.fighters[a]:,} reckoned, {standing[a]:,} in bands"


def bands_are_whole(world: World) -> Breaches:
    """A dispersed band has no fighters, any other has some; each stands in a cell and belongs to a group."""
    bands, n_cells = world.bands, len(world.geography.row)
    gone = bands.status == BandStatus.DISPERSED
    for i in np.flatnonzero(gone & (bands.fighters != 0)):
        yield f"band {i} is dispersed and has {bands.fighters[i]} fighters"
    for i in np.flatnonzero(~gone & (bands.fighters < 1)):
        yield f"band {i} is in the field with {bands.fighters[i]} fighters"
    yield from outside("bands.cell", bands.cell, 0, n_cells - 1)
    yield from outside("bands.target", bands.target, 0, n_cells - 1)
    yield from outside("bands.status", bands.status, 0, max(BandStatus))
    yield from outside("bands.next_here", bands.next_here, -1, len(bands.group) - 1)
    yield from outside("bands.group", bands.group, 0, max(0, len(world.groups.kind) - 1))


def truces_are_mutual(world: World) -> Breaches:
    """A truce holds between two different groups that have both signed, for both alike."""
    groups = world.groups
    truce = groups.truce > 0.0
    if (truce != truce.T).any() or truce.diagonal().any():
        yield f"one-sided or with itself: {np.argwhere(truce != truce.T).tolist()}"
    both = np.logical_and.outer(groups.signatory == 1, groups.signatory == 1)
    if (truce & ~both).any():
        yield f"without two signatures: {np.argwhere(truce & ~both).tolist()}"
    yield from outside("groups.signatory", groups.signatory, 0, 1)
    yield from outside("groups.posture", groups.posture, 0, max(Posture))
    yield from outside("groups.kind", groups.kind, 0, max(GroupKind))


def peacekeepers_are_conserved(world: World) -> Breaches:
    """Whoever came to a mission is there, left, died or was handed over."""
    units, casualties = world.units, world.casualties
    present = np.zeros(len(world.missions.stage), dtype=np.int64)
    np.add.at(present, units.mission, units.headcount)
    due = casualties.arrived - casualties.left - casualties.hostile - casualties.other + casualties.handed_over
    for m in np.flatnonzero(present != due):
        yield f"mission {m}: {present[m]:,} in the country, {due[m]:,} by the accounts"
    if casualties.handed_over.sum() != 0:
        yield f"handed over: {casualties.handed_over.tolist()}"


def units_are_whole(world: World) -> Breaches:
    """Only deployed units have people in the country, at most their full strength, in a cell."""
    units, n_cells = world.units, len(world.geography.row)
    away = units.status != UnitStatus.DEPLOYED
    for u in np.flatnonzero(away & ((units.headcount != 0) | (units.effective != 0.0))):
        yield f"unit {u} is not deployed and has {units.headcount[u]} people, {units.effective[u]} effective"
    for u in np.flatnonzero(units.headcount > units.size):
        yield f"unit {u} has {units.headcount[u]} people of {units.size[u]}"
    yield from outside("units.cell", units.cell[~away], 0, n_cells - 1)
    yield from outside("units.cell", units.cell[away], -1, n_cells - 1)
    yield from outside("units.status", units.status, 0, max(UnitStatus))
    yield from outside("missions.stage", world.missions.stage, 0, max(MissionStage))


def presence_is_what_units_give(world: World) -> Breaches:
    """Presence sums to effective strength by component; no units, no presence."""
    felt = world.presence.felt.sum(axis=(0, 2))
    given = np.zeros(len(felt))
    np.add.at(given, world.units.component, world.units.effective)
    for k in np.flatnonzero(apart(felt, given, SLACK)):
        yield f"component {k}: {felt[k]} felt, {given[k]} at work"


def money_is_conserved(world: World) -> Breaches:
    """A mission has or has spent what it got; promises are paid, owed, in reserve or lapsed; no cash is below zero."""
    accounts, donors = world.accounts, world.donors
    got = accounts.received + accounts.loan
    used = accounts.cash + accounts.purse.sum(axis=1) + accounts.programmes + accounts.spent + accounts.programmes_spent
    for m in np.flatnonzero(apart(got, used)):
        yield f"mission {m}: {got[m]:,.2f} received, {used[m]:,.2f} spent or in hand"
    due = donors.paid_usd + donors.owed_usd + donors.lapsed_usd + donors.reserve_usd
    for d in np.flatnonzero(apart(donors.promised_usd, due)):
        yield f"donor {d}: {donors.promised_usd[d]:,.2f} promised, {due[d]:,.2f} paid, owed, held or lapsed"
    paid = np.zeros(len(accounts.cash))
    np.add.at(paid, donors.mission, donors.paid_usd)
    for m in np.flatnonzero(apart(paid, accounts.received)):
        yield f"mission {m}: {accounts.received[m]:,.2f} received, {paid[m]:,.2f} paid by donors"
    for name in ("cash", "loan", "programmes"):
        column = getattr(accounts, name)
        for m in np.flatnonzero(column < -CENT - ROUND_OFF * accounts.received):
            yield f"accounts.{name} of mission {m} is {column[m]:,.2f}"


def control_is_shared(world: World) -> Breaches:
    """The shares of control of a cell sum to at most one."""
    total = world.communities.control.sum(axis=0)
    for c in np.flatnonzero(total > 1.0 + ROUND_OFF):
        yield f"cell {c}: {total[c]}"


def record_agrees_with_accounts(world: World) -> Breaches:
    """The counts of all weeks sum to the accounts since the start."""
    population, ranks, casualties = world.population, world.ranks, world.casualties
    accounts = world.accounts
    n = len(Count)
    total = world.record.weekly[:, :n].sum(axis=0) + world.record.tally
    pairs = {
        "fighters killed": (total[Count.BATTLE_DEATHS], population.fighters_killed[0]),
        "civilians killed": (total[Count.CIVILIANS_KILLED] + total[Count.CROSSFIRE], population.killed[0]),
        "killed by groups": (total[Count.CIVILIANS_KILLED], world.violence.killed_by.sum()),
        "dead in disasters": (total[Count.OTHER_DEATHS], population.died[0]),
        "recruited": (total[Count.RECRUITED], ranks.recruited.sum()),
        "deserted": (total[Count.DESERTED], ranks.deserted.sum()),
        "disarmed": (total[Count.DISARMED], ranks.disarmed.sum()),
        "reintegrated": (total[Count.REINTEGRATED], ranks.reintegrated.sum()),
        "reoffended": (total[Count.REOFFENDED], ranks.reoffended.sum()),
        "gave up": (total[Count.GAVE_UP], ranks.gave_up.sum()),
        "weapons collected": (total[Count.WEAPONS_COLLECTED], world.weapons.collected.sum()),
        "murdered": (total[Count.MURDERS] + total[Count.RIOT_DEATHS], population.murdered[0]),
        "peacekeepers killed": (total[Count.PEACEKEEPERS_HOSTILE], casualties.hostile.sum()),
        "peacekeepers died": (total[Count.PEACEKEEPERS_OTHER], casualties.other.sum()),
        "violations": (total[Count.VIOLATIONS], world.peace.violations[0]),
        "received": (total[Count.RECEIVED_USD], accounts.received.sum()),
        "spent": (total[Count.SPENT_USD], accounts.spent.sum()),
        "programmes": (total[Count.PROGRAMMES_USD], accounts.programmes_spent.sum()),
    }
    for what, (recorded, booked) in pairs.items():
        if apart(recorded, booked):
            yield f"{what}: {recorded:,.2f} recorded, {booked:,.2f} booked"


def log_has_room(world: World) -> Breaches:
    """No event was written over another: the log is longer than its count."""
    log = world.log
    n = int(log.count[0])
    if not 0 <= n < len(log.week):
        yield f"{n} events in {len(log.week)} rows"
    yield from outside("log.cell", log.cell[:n], -1, len(world.geography.row) - 1)
    yield from outside("peace.stage", world.peace.stage, 0, max(Stage))


def apart(one: np.ndarray, other: np.ndarray, slack: float = CENT) -> np.ndarray:
    """Tell where two columns differ by more than round-off; what is not a number always does."""
    return ~(abs(one - other) <= slack + ROUND_OFF * abs(other))


INVARIANTS: dict[str, Callable[[World], Breaches]] = {
    law.__name__: law
    for law in (
        people_are_conserved,
        fighters_are_conserved,
        weapons_are_conserved,
        guests_are_foreigners,
        groups_know_their_fighters,
        bands_are_whole,
        truces_are_mutual,
        peacekeepers_are_conserved,
        units_are_whole,
        presence_is_what_units_give,
        money_is_conserved,
        indices_stay_in_range,
        counts_are_not_negative,
        numbers_are_finite,
        control_is_shared,
        record_agrees_with_accounts,
        log_has_room,
    )
}
