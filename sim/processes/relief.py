"""Humanitarian need and what relief reaches it."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.effort import guard_on
from sim.world.kinds import Count, GroupKind, Task, UnitStatus

WEEKS_BETWEEN = 4  # need is looked at, and relief sent, once a month
LEAST_NEED = 1e-4  # of a cell, one person in ten thousand: below it nobody sends anything


@kernel
def a_month_of(share):
    """Return the share that is left when a share goes every week of a month."""
    left = (1.0 - share) * (1.0 - share)
    return left * left


@kernel
def find_need(c, people, left, communities, rates):
    """Let the need of a cell follow its causes; return what it would cost to meet for a month, in US$."""
    hosted = float(communities.foreigners[c])
    for g in range(communities.hosted.shape[0]):
        hosted += communities.hosted[g, c]
    share = min(1.0, hosted / people)
    worst = share + (1.0 - share) * communities.fear[c] * (1.0 - communities.livelihood[c])
    communities.need[c] += (1.0 - left) * (worst - communities.need[c])
    if communities.need[c] < LEAST_NEED:
        return 0.0
    return people * communities.need[c] * rates.aid_per_person_usd / 52.0 * WEEKS_BETWEEN


@kernel
def access(near, fear, escort, denied):
    """Return the share of a cell that an organisation so near to soldiers can reach.

    Fear closes roads, and escorts open them for those who accept soldiers; but where other armed groups than the state
    rule they turn away those who come with soldiers.
    """
    return (1.0 - fear * (1.0 - near * escort)) * (1.0 - near * denied)


@kernel
def refusal(c, ties, communities, groups, rates):
    """Return the share of a cell where organisations that work with soldiers are turned away."""
    held = 0.0
    for a in range(len(groups.kind)):
        if groups.kind[a] != GroupKind.STATE:
            held += communities.control[a, c]
    return min(1.0, rates.refused * ties * held)


@kernel
def loot(c, people, sent, escort, groups, influence, rates):
    """Let bands near by take their part of what comes to a cell, by their strength; return that part, 0 to 1."""
    armed = 0.0
    for a in range(len(groups.loot_usd)):
        armed += influence.armed[a, c]
    if armed <= 0.0:
        return 0.0
    taken = rates.capture * (1.0 - escort) * armed / (armed + rates.looters_per_1000 * people / 1000.0)
    for a in range(len(groups.loot_usd)):
        groups.loot_usd[a] += sent * taken * influence.armed[a, c] / armed
    return taken


@kernel
def missions_in_relief(missions, units, accounts, rates):
    """Return what missions with people in the country do to relief as a whole, as two numbers from 0 to 1.

    How closely the country sees relief and soldiers tied, and how far organisations know what the others do: on their
    own, and through missions that help them. A mission that cannot pay its operations stays in its camps and does
    neither.
    """
    there = missions.stage * 0
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED:
            there[units.mission[u]] = 1
    ties, apart = 0.0, 1.0 - rates.own_coordination
    for m in range(len(missions.stage)):
        if there[m] == 1:
            effort = missions.effort[m, Task.HUMANITARIAN_SUPPORT] * accounts.tempo[m]
            ties = max(ties, effort)
            apart *= 1.0 - missions.coordination[m] * effort
    return ties, 1.0 - apart


@kernel
def deliver(c, people, cost, share, ways, known, escort, communities, groups, influence, record, rates):
    """Send each organisation's part of its money to a cell, and let need fall by what arrives."""
    alone, parts = 1.0, 0.0
    for n in range(len(share)):
        part = min(1.0, share[n] * ways[c, n])
        alone *= 1.0 - part
        parts += part
    if parts <= 0.0:
        return
    # Those who know of each other keep back what the others bring already.
    sent = (parts - known * max(0.0, parts - 1.0)) * cost
    reached = known * min(1.0, parts) + (1.0 - known) * (1.0 - alone)
    taken = loot(c, people, sent, escort, groups, influence, rates)
    communities.reached[c] = reached
    communities.need[c] *= a_month_of(rates.relief_effect * reached * (1.0 - taken))
    record.tally[Count.RELIEF_USD] += sent
    record.tally[Count.RELIEF_LOOTED_USD] += sent * taken
    record.tally[Count.RELIEF_DOUBLED_USD] += sent - reached * cost


@process(writes=("communities.need", "communities.reached", "groups.loot_usd", "record.tally"))
def relieve(
    clock, communities, population, groups, ngos, missions, units, accounts, influence, presence, record, rates
):
    """Let need follow displacement, fear and poverty, and relief organisations meet what they can reach.

    Once a month. Need moves by ``need_rate`` a week towards ``hosted share + (1 - hosted share) * fear * (1 -
    livelihood)``. Each organisation sends its money to cells in proportion to ``cost * access``, ``cost`` being what
    it takes to meet the need there, and never more than that. ``access = (1 - fear * (1 - near * escort)) * (1 - near
    * refused * ties * held)``: ``near`` is 1 less the distance that an organisation keeps from soldiers, ``escort``
    the peacekeepers' cover times their missions' effort on humanitarian support, ``ties`` that effort times tempo as
    the country sees it and ``held`` the control of armed groups other than the state. So to come with soldiers opens
    roads and closes doors. Bands take ``capture * (1 - escort) * armed / (armed + looters_per_1000 * people / 1000)``
    of what comes, and live on it for a while. Of those in need, ``1 - product of (1 - part_n)`` are reached if
    organisations do not know of each other, for they help some twice, and ``min(1, sum of part_n)`` if they are
    coordinated. Need falls by ``relief_effect`` a week times the share that is reached and keeps what it gets.

    Draws: none. Order: any. Source: aid and armed groups: Wood and Molfino (2016), doi:10.1093/jogss/ogw007; Narang
    (2015), doi:10.1111/isqu.12151; integrated missions and access: Metcalfe, Giffen and Elhawary (2011), UN Integration
    and Humanitarian Space; the amounts are order of magnitude.
    """
    week = clock.week[0]
    if week % WEEKS_BETWEEN != 0:
        return
    n_cells, n_ngos = len(population.here), len(ngos.weekly_usd)
    money, asked, ways = np.zeros(n_ngos), np.zeros(n_ngos), np.zeros((n_cells, n_ngos))
    cost, escort, left = np.zeros(n_cells), np.zeros(n_cells), a_month_of(rates.need_rate)
    ties, known = missions_in_relief(missions, units, accounts, rates)
    for n in range(n_ngos):
        if ngos.start_week[n] <= week < ngos.end_week[n]:
            money[n] = WEEKS_BETWEEN * ngos.weekly_usd[n]
    for a in range(len(groups.loot_usd)):
        groups.loot_usd[a] *= a_month_of(1.0 - rates.loot_keep)
    for c in range(n_cells):
        communities.reached[c] = 0.0
        if population.here[c] <= 0.0:
            communities.need[c] = 0.0
            continue
        cost[c] = find_need(c, population.here[c], left, communities, rates)
        if cost[c] <= 0.0:
            continue
        denied = 0.0
        if ties > 0.0:
            escort[c] = guard_on(Task.HUMANITARIAN_SUPPORT, c, missions, presence)
            denied = refusal(c, ties, communities, groups, rates)
        for n in range(n_ngos):
            ways[c, n] = access(1.0 - ngos.principled[n], communities.fear[c], escort[c], denied)
            asked[n] += cost[c] * ways[c, n]
    share = np.zeros(n_ngos)  # of what it takes to meet the need of a cell that each can reach in full
    for n in range(n_ngos):
        share[n] = money[n] / asked[n] if asked[n] > 0.0 else 0.0
    for c in range(n_cells):
        if cost[c] > 0.0:
            people = population.here[c]
            deliver(
                c, people, cost[c], share, ways, known, escort[c], communities, groups, influence, record, rates
            )  # fmt: skip
