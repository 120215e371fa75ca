"""Disarmament and demobilisation of fighters."""

import math

import numpy as np

from sim.core.chance import binomial, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.effort import add_work
from sim.world.kinds import BandStatus, Component, Count, Stage, Task
from sim.world.purse import payable, spend
from sim.world.reach import mean_around
from sim.world.streams import Stream


@kernel
def others_out(a, groups, ranks, rates):
    """Return how far a group dares to disarm, for what its enemies who signed have done: ``alone`` to 1."""
    planned, out = 0.0, 0.0
    for b in range(len(groups.kind)):
        if groups.enemies[a, b] > 0.0 and groups.signatory[b] == 1:
            planned += groups.start_fighters[b] * groups.demobilise[b]
            out += ranks.disarmed[b] - ranks.reoffended[b]
    done = max(0.0, min(1.0, out / planned)) if planned > 0.0 else 1.0
    return rates.alone + (1.0 - rates.alone) * done


@kernel
def kept_by(a, groups):
    """Return the fighters whom disarmament is not meant to reach."""
    return int((1.0 - groups.demobilise[a]) * groups.start_fighters[a])


@kernel
def come_forward(seed, week, guarantee, geography, groups, ranks, bands, presence, rates):
    """Draw who would disarm this week, by band: no more than the group is meant to give up.

    Fills ``guarantee`` with the peacekeepers' cover of where each band is felt.
    """
    ready = np.zeros(len(bands.group))
    wanted, meant, dare = np.zeros(len(groups.kind)), np.zeros(len(groups.kind)), np.zeros(len(groups.kind))
    for a in range(len(groups.kind)):
        if groups.signatory[a] == 1:
            dare[a] = rates.disarm_rate * groups.commitment[a] * others_out(a, groups, ranks, rates)
    for i in range(len(bands.group)):
        a, c = bands.group[i], bands.cell[i]
        if bands.status[i] == BandStatus.DISPERSED or groups.signatory[a] == 0:
            continue
        guarantee[i] = mean_around(c, geography.sway_weight, geography, presence.covered)
        chance = min(1.0, dare[a] * guarantee[i])
        ready[i] = float(binomial(bands.fighters[i], chance, seed, week, Stream.DISARM, i, 0))
        wanted[a] += ready[i]
    for a in range(len(groups.kind)):
        meant[a] = max(0.0, float(groups.fighters[a] - kept_by(a, groups)))
    for i in range(len(bands.group)):
        a = bands.group[i]
        if wanted[a] > meant[a]:
            ready[i] *= meant[a] / wanted[a]
    return ready


@kernel
def hand_in(a, n, trust, seed, week, groups, weapons, record, rates):
    """Move the weapons of people who disarm: handed in, or hidden by those who do not trust in peace."""
    carried = n * min(1.0, weapons.held[a] / max(1.0, float(groups.fighters[a])))
    gone = min(weapons.held[a], int(carried + uniform(seed, week, Stream.HAND_IN, a, 0)))
    hidden = min(gone, int(gone * rates.hoard * (1.0 - trust) + uniform(seed, week, Stream.HAND_IN, a, 1)))
    weapons.held[a] -= gone
    weapons.hidden[a] += hidden
    weapons.collected[a] += gone - hidden
    record.tally[Count.WEAPONS_COLLECTED] += gone - hidden


@kernel
def take_in(seed, week, geography, groups, ranks, bands, weapons, missions, accounts, presence, record, rates):
    """Disarm those who come forward, in proportion where places or money do not suffice."""
    due = 0
    for a in range(len(groups.kind)):
        if groups.signatory[a] == 1:
            due += max(0, groups.fighters[a] - kept_by(a, groups))
    if due == 0:
        return
    work, staff = np.zeros(len(presence.civilians)), 0.0
    add_work(Task.DDR, Component.CIVILIANS, missions, presence, work)
    for c in range(len(work)):
        staff += work[c]
    places = int(rates.people_per_staff * staff + uniform(seed, week, Stream.DISARM, 0, 1))
    if places == 0:
        return
    guarantee = np.zeros(len(bands.group))
    ready = come_forward(seed, week, guarantee, geography, groups, ranks, bands, presence, rates)
    wanted = 0.0
    for i in range(len(ready)):
        wanted += ready[i]
    if wanted <= 0.0:
        return
    most = payable(min(places, int(math.ceil(wanted))), rates.disarm_cost_usd, Task.DDR, missions, accounts)
    part = min(1.0, most / wanted)
    running, left = uniform(seed, week, Stream.DISARM, 0, 2), most
    trust, came = np.zeros(len(groups.kind)), groups.fighters * 0
    for i in range(len(ready)):
        before = int(running)
        running += ready[i] * part
        n = min(min(int(running) - before, left), bands.fighters[i])
        if n <= 0:
            continue
        a = bands.group[i]
        bands.fighters[i] -= n
        left -= n
        came[a] += n
        trust[a] += n * guarantee[i] * groups.commitment[a]
        if bands.fighters[i] == 0:
            bands.status[i] = BandStatus.DISPERSED
    spend(most - left, rates.disarm_cost_usd, Task.DDR, missions, accounts, record)
    for a in range(len(groups.kind)):
        if came[a] > 0:
            hand_in(a, came[a], trust[a] / came[a], seed, week, groups, weapons, record, rates)
            groups.fighters[a] -= came[a]
            ranks.disarmed[a] += came[a]
            ranks.waiting[a] += came[a]
            record.tally[Count.DISARMED] += came[a]


@process(
    writes=(
        "bands.fighters", "bands.status", "groups.fighters", "ranks", "weapons", "accounts.programmes",
        "accounts.programmes_spent", "record.tally",
    )
)  # fmt: skip
def disarm(clock, geography, groups, ranks, bands, weapons, missions, accounts, peace, presence, record, rates):
    """Take fighters of committed signatories out of their bands, with their weapons.

    Once an agreement is in force, the fighters of a band who would disarm in a week are ``Binomial(fighters,
    disarm_rate * commitment * guarantee * others)``: the guarantee is the peacekeepers' cover of where the band is
    felt, and ``others = alone + (1 - alone) * out / planned`` is how far its enemies who signed have disarmed. Sites
    open where they are and take ``people_per_staff`` a week in all for each of the missions' civilian staff on DDR;
    each person must be paid for by a mission that has the task. Where sites or money do not suffice, all bands get the
    same share of what they ask. A group never goes below the part that disarmament is not meant to reach. Each brings
    the weapon that he has, ``held / fighters`` on average, but hides it with a chance of ``hoard * (1 - commitment *
    guarantee)``. The disarmed wait for a place in reintegration.

    Draws: fighters who come forward per band; rounding of places, of who is taken, of weapons per group. Order: bands
    by row, rounded along one sum. *Must hold*: fighters and weapons are conserved. No mission staff, no programme.
    Source: cost and throughput of Liberia 2004: Nichols, R. (2005), Disarming Liberia, Small Arms Survey; guarantee:
    Walter (1997), doi:10.1162/002081897550384.
    """
    if peace.stage[0] < Stage.AGREEMENT or peace.stage[0] >= Stage.RELAPSE:
        return
    seed, week = clock.seed[0], clock.week[0]
    take_in(seed, week, geography, groups, ranks, bands, weapons, missions, accounts, presence, record, rates)
