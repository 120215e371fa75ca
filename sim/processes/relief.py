"""Humanitarian need and what relief reaches it."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.effort import guard_on
from sim.world.kinds import Count, GroupKind, Task, UnitStatus

LEAST_NEED = 1e-6  # of a cell, below which nobody sends anything


@kernel
def find_need(c, communities, population, rates):
    """Let the need of a cell follow its causes; return what it would cost to meet for a week, in US$."""
    people = population.here[c]
    if people <= 0.0:
        communities.need[c] = 0.0
        return 0.0
    hosted = float(communities.foreigners[c])
    for g in range(communities.hosted.shape[1]):
        hosted += communities.hosted[c, g]
    share = min(1.0, hosted / people)
    worst = share + (1.0 - share) * communities.fear[c] * (1.0 - communities.livelihood[c])
    communities.need[c] += rates.need_rate * (worst - communities.need[c])
    if communities.need[c] < LEAST_NEED:
        return 0.0
    return people * communities.need[c] * rates.aid_per_person_usd / 52.0


@kernel
def access(n, c, escort, denied, communities, ngos):
    """Return the share of a cell that an organisation can reach.

    Fear closes roads, and escorts open them for those who accept soldiers; but where other armed groups than the state
    rule they turn away those who come with soldiers.
    """
    near = 1.0 - ngos.principled[n]  # to soldiers
    return (1.0 - communities.fear[c] * (1.0 - near * escort)) * (1.0 - near * denied)


@kernel
def loot(c, arrived, share, groups, influence):
    """Book what armed groups take of the relief that comes to a cell, by their strength there."""
    total = 0.0
    for a in range(len(groups.loot_usd)):
        total += influence.armed[c, a]
    for a in range(len(groups.loot_usd)):
        groups.loot_usd[a] += arrived * share * influence.armed[c, a] / total


@kernel
def looted_share(c, people, escort, groups, influence, rates):
    """Return the part of relief that bands near by take, the more fighters there are among the people."""
    armed = 0.0
    for a in range(len(groups.loot_usd)):
        armed += influence.armed[c, a]
    return rates.capture * (1.0 - escort) * armed / (armed + rates.looters_per_1000 * people / 1000.0)


@kernel
def missions_in_relief(missions, units, rates):
    """Return what missions with people in the country do to relief as a whole, as two numbers from 0 to 1.

    How closely the country sees relief and soldiers tied, and how far organisations know what the others do: on their
    own, and through missions that help them.
    """
    there = missions.stage * 0
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED:
            there[units.mission[u]] = 1
    ties, apart = 0.0, 1.0 - rates.own_coordination
    for m in range(len(missions.stage)):
        if there[m] == 1:
            effort = missions.effort[m, Task.HUMANITARIAN_SUPPORT]
            ties = max(ties, effort)
            apart *= 1.0 - missions.coordination[m] * effort
    return ties, 1.0 - apart


@kernel
def refusal(c, ties, communities, groups, rates):
    """Return the share of a cell where organisations that work with soldiers are turned away."""
    held = 0.0
    for a in range(len(groups.kind)):
        if groups.kind[a] != GroupKind.STATE:
            held += communities.control[c, a]
    return min(1.0, rates.refused * ties * held)


@process(writes=("communities.need", "communities.reached", "groups.loot_usd", "record.tally"))
def relieve(clock, communities, population, groups, ngos, missions, units, influence, presence, record, rates):
    """Let need follow displacement, fear and poverty, and relief organisations meet what they can reach.

    Need moves towards ``hosted share + (1 - hosted share) * fear * (1 - livelihood)``. Each organisation sends its money
    to cells in proportion to ``cost * access``, ``cost`` being what it takes to meet the need there for a week, and never
    more than that. ``access = (1 - fear * (1 - near * escort)) * (1 - near * refused * ties * held)``: ``near`` is 1 less
    the distance that an organisation keeps from soldiers, ``escort`` the peacekeepers' cover times their missions'
    effort on humanitarian support, ``ties`` that effort as the country sees it and ``held`` the control of armed groups
    other than the state. So to come with soldiers opens roads and closes doors. Bands take ``capture * (1 - escort) *
    armed / (armed + looters_per_1000 * people / 1000)`` of what comes, and live on it. Of those in need, ``1 - product
    of (1 - part_n)`` are reached if organisations do not know of each other, for they help some twice, and ``min(1, sum
    of part_n)`` if they are coordinated. Need falls by ``relief_effect`` times the share that is reached.

    Draws: none. Order: any. Source: aid and armed groups: Wood and Molfino (2016), doi:10.1093/jogss/ogw007; Narang
    (2015), doi:10.1111/isqu.12151; integrated missions and access: Metcalfe, Giffen and Elhawary (2011), UN Integration
    and Humanitarian Space; the amounts are order of magnitude.
    """
    week = clock.week[0]
    n_cells, n_ngos = len(population.here), len(ngos.weekly_usd)
    cost, escort, denied = np.zeros(n_cells), np.zeros(n_cells), np.zeros(n_cells)
    wanted = np.zeros(n_ngos)
    ties, known = missions_in_relief(missions, units, rates)
    for a in range(len(groups.loot_usd)):
        groups.loot_usd[a] *= rates.loot_keep
    for c in range(n_cells):
        communities.reached[c] = 0.0
        cost[c] = find_need(c, communities, population, rates)
        if cost[c] <= 0.0:
            continue
        if ties > 0.0:
            escort[c] = guard_on(Task.HUMANITARIAN_SUPPORT, c, missions, presence)
            denied[c] = refusal(c, ties, communities, groups, rates)
        for n in range(n_ngos):
            wanted[n] += cost[c] * access(n, c, escort[c], denied[c], communities, ngos)
    for c in range(n_cells):
        if cost[c] <= 0.0:
            continue
        alone, sum_of_parts = 1.0, 0.0
        for n in range(n_ngos):
            if wanted[n] <= 0.0 or week < ngos.start_week[n] or week >= ngos.end_week[n]:
                continue
            due = ngos.weekly_usd[n] / wanted[n] * access(n, c, escort[c], denied[c], communities, ngos)
            part = min(1.0, due)
            alone *= 1.0 - part
            sum_of_parts += part
        if sum_of_parts <= 0.0:
            continue
        # Those who know of each other keep back what the others bring already.
        spare = known * max(0.0, sum_of_parts - 1.0)
        sent = (sum_of_parts - spare) * cost[c]
        reached = known * min(1.0, sum_of_parts) + (1.0 - known) * (1.0 - alone)
        taken = looted_share(c, population.here[c], escort[c], groups, influence, rates)
        if taken > 0.0:
            loot(c, sent, taken, groups, influence)
        communities.reached[c] = reached
        communities.need[c] *= 1.0 - rates.relief_effect * reached * (1.0 - taken)
        record.tally[Count.RELIEF_USD] += sent
        record.tally[Count.RELIEF_LOOTED_USD] += sent * taken
        record.tally[Count.RELIEF_DOUBLED_USD] += sent - reached * cost[c]
