"""Disarmament, demobilisation and reintegration of fighters."""

import math

from sim.core.chance import binomial, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, MissionStage, Stage, Task
from sim.world.streams import Stream

WEEKS_BETWEEN = 4  # those who finish or give up go home once a month


@kernel
def settle_among_own(n, a, offset, communities, groups):
    """Spread former fighters of a group among the residents of its constituency, in proportion to their number."""
    total = 0.0
    n_cells, n_identities = communities.residents.shape
    for c in range(n_cells):
        for g in range(n_identities):
            total += communities.residents[c, g] * groups.constituency[a, g]
    if total <= 0.0:
        return 0
    running, placed = 0.0, 0
    for c in range(n_cells):
        for g in range(n_identities):
            if groups.constituency[a, g] > 0.0:
                running += communities.residents[c, g]
                due = min(n, int(n * running / total + offset))
                communities.residents[c, g] += due - placed
                placed = due
    return placed


@kernel
def staff_for_ddr(missions, presence):
    """Return the mission staff, in people-equivalents, who can run sites, by the mandates' effort on DDR."""
    effort = 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            effort = max(effort, missions.effort[m, Task.DDR])
    staff = 0.0
    for c in range(len(presence.civilians)):
        staff += presence.civilians[c]
    return staff * effort


@kernel
def payable(people, cost_usd, accounts, record):
    """Pay for as many people as the programmes' money allows, and return how many."""
    if cost_usd <= 0.0:
        return people
    funds = 0.0
    for m in range(len(accounts.programmes)):
        funds += accounts.programmes[m]
    people = min(people, int(funds / cost_usd))
    bill = people * cost_usd
    for m in range(len(accounts.programmes)):
        part = bill * accounts.programmes[m] / funds if funds > 0.0 else 0.0
        accounts.programmes[m] -= part
        accounts.programmes_spent[m] += part
    record.tally[Count.PROGRAMMES_USD] += bill
    return people


@kernel
def rejoin(n, a, groups, bands):
    """Put former fighters who take up arms again into a band of their group, or a new one; return how many."""
    if n == 0:
        return 0
    free = -1
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            free = i
        elif bands.group[i] == a:
            bands.fighters[i] += n
            return n
    if free < 0:
        return 0
    best = 0
    for c in range(groups.appeal.shape[1]):
        if groups.appeal[a, c] > groups.appeal[a, best]:
            best = c
    bands.group[free] = a
    bands.status[free] = BandStatus.ACTIVE
    bands.cell[free] = best
    bands.target[free] = best
    bands.fighters[free] = n
    bands.morale[free] = 1.0
    bands.losses[free] = 0.0
    return n


@process(
    writes=(
        "communities.residents", "bands", "groups.fighters", "ranks", "accounts.programmes",
        "accounts.programmes_spent", "record.tally",
    )
)  # fmt: skip
def disarm(clock, communities, groups, ranks, bands, missions, accounts, peace, presence, record, rates):
    """Take fighters of committed signatories out of their bands, through the programme, and back among the people.

    Once an agreement is in force, the fighters of a band who would disarm in a week are ``Binomial(fighters,
    disarm_rate * commitment * guarantee * others)``: the guarantee is the peacekeepers' cover of the band's cell,
    ``others`` grows from a half to 1 with the part of all signatories' fighters who are out already. Sites take
    ``people_per_staff`` a week for each of the mission's staff on DDR, and each person must be paid for. A group
    never goes below the part that disarmament is not meant to reach. The disarmed wait for reintegration, which has
    a cost of its own; those in it finish after ``reintegration_weeks`` on average and settle among their own. Those
    who wait go back to arms with ``reoffend_rate * (1 - commitment)``, or give up waiting and go home.

    Draws: fighters who come forward per band; those who finish, reoffend and give up per group. Order: bands by row,
    then groups. *Must hold*: fighters are conserved. No mission staff, no programme.
    Source: cost and throughput of Liberia 2004: Nichols, R. (2005), Disarming Liberia, Small Arms Survey; guarantee:
    Walter (1997), doi:10.1162/002081897550384.
    """
    seed, week = clock.seed[0], clock.week[0]
    capacity = int(rates.people_per_staff * staff_for_ddr(missions, presence))
    started, out = 0.0, 0.0
    for a in range(len(groups.kind)):
        if groups.signatory[a] == 1:
            started += groups.start_fighters[a] * groups.demobilise[a]
            out += ranks.disarmed[a] - ranks.reoffended[a]
    others = 0.5 + 0.5 * max(0.0, min(1.0, out / started)) if started > 0.0 else 0.5
    in_force = peace.stage[0] >= Stage.AGREEMENT and peace.stage[0] < Stage.RELAPSE
    for i in range(len(bands.group)):
        a = bands.group[i]
        if not in_force or capacity <= 0 or bands.status[i] == BandStatus.DISPERSED or groups.signatory[a] == 0:
            continue
        floor = int((1.0 - groups.demobilise[a]) * groups.start_fighters[a])
        chance = rates.disarm_rate * groups.commitment[a] * presence.covered[bands.cell[i]] * others
        ready = binomial(bands.fighters[i], min(1.0, chance), seed, week, Stream.DISARM, i, 0)
        ready = min(min(ready, capacity), max(0, groups.fighters[a] - floor))
        ready = payable(ready, rates.disarm_cost_usd, accounts, record)
        bands.fighters[i] -= ready
        groups.fighters[a] -= ready
        capacity -= ready
        ranks.disarmed[a] += ready
        ranks.waiting[a] += ready
        record.tally[Count.DISARMED] += ready
        if bands.fighters[i] == 0:
            bands.status[i] = BandStatus.DISPERSED
    for a in range(len(groups.kind)):
        if ranks.waiting[a] + ranks.reintegrating[a] == 0:
            continue
        placed = min(ranks.waiting[a], int(math.ceil(rates.places_per_week)))
        placed = payable(placed, rates.reintegrate_cost_usd, accounts, record)
        ranks.waiting[a] -= placed
        ranks.reintegrating[a] += placed
        angry = rates.reoffend_rate * (1.0 - groups.commitment[a])
        back = binomial(ranks.waiting[a], min(1.0, angry), seed, week, Stream.REOFFEND, a, 0)
        back = rejoin(back, a, groups, bands)
        ranks.waiting[a] -= back
        ranks.reoffended[a] += back
        groups.fighters[a] += back
        record.tally[Count.REOFFENDED] += back
        if (week + a) % WEEKS_BETWEEN != 0:
            continue
        pace = float(WEEKS_BETWEEN)
        done = binomial(
            ranks.reintegrating[a], min(1.0, pace / rates.reintegration_weeks), seed, week, Stream.REINTEGRATE, a, 0
        )
        tired = binomial(ranks.waiting[a], min(1.0, pace / rates.patience_weeks), seed, week, Stream.REINTEGRATE, a, 1)
        home = settle_among_own(done + tired, a, uniform(seed, week, Stream.REINTEGRATE, a, 2), communities, groups)
        if home == done + tired:
            ranks.reintegrating[a] -= done
            ranks.waiting[a] -= tired
            ranks.reintegrated[a] += home
            record.tally[Count.REINTEGRATED] += home
