"""People join armed groups, and fighters leave them."""

import math

import numpy as np

from sim.core.chance import binomial, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, Posture
from sim.world.reach import cells_around, weights_around
from sim.world.streams import Stream

WEEKS_BETWEEN = 4  # a group takes in a month's recruits at once


@kernel
def pay_of(a, groups, rates):
    """Return what a group has to live on, 0 to 1: support from abroad, and relief that it has taken."""
    loot = groups.loot_usd[a]
    taken = loot / (loot + rates.loot_per_fighter_usd * (groups.fighters[a] + 1.0))
    return 1.0 - (1.0 - groups.support[a]) * (1.0 - taken)


@kernel
def find_ready(a, share, communities, groups, influence, rates, ready, call):
    """Write how many people of each cell and identity group are ready to join a group; return their sum.

    ``call`` is filled with all who are ready in a cell per fighter felt there.
    """
    armed, livelihood = influence.armed, communities.livelihood
    drive, total = np.empty(len(call)), 0.0
    for c in range(len(drive)):
        wish = share * communities.control[a, c] * (1.0 - rates.livelihood_pull * livelihood[c])
        drive[c] = wish if armed[a, c] > 0.0 else 0.0
    ready[:] = 0.0
    call[:] = 0.0
    for g in range(len(ready)):
        if groups.constituency[a, g] == 0.0:
            continue
        for c in range(len(call)):
            rise = drive[c] * groups.constituency[a, g] * (1.0 + rates.grievance_gain * communities.grievance[g, c])
            ready[g, c] = communities.residents[g, c] * min(1.0, rise)
            call[c] += ready[g, c]
    for c in range(len(call)):
        total += call[c]
        call[c] = call[c] / armed[a, c] if call[c] > 0.0 else 0.0
    return total


@kernel
def enlist(n, i, c, luck, ready, communities, bands):
    """Move people of a cell into a band, from identity groups in proportion to those ready; return how many came."""
    here, came = 0.0, 0
    for g in range(len(ready)):
        here += ready[g, c]
    for g in range(len(ready)):
        before = int(luck)
        luck += n * (ready[g, c] / here)
        new = min(int(luck) - before, communities.residents[g, c])
        communities.residents[g, c] -= new
        came += new
    bands.fighters[i] += came
    return came


@kernel
def join(a, most, part, seed, week, ready, call, geography, communities, groups, bands):
    """Let a part of those who are ready join the bands felt where they live, as whole people along one running sum.

    Return how many came.
    """
    running, joined = uniform(seed, week, Stream.RECRUIT, a, 0), 0
    for i in range(len(bands.group)):
        if bands.group[i] != a or bands.status[i] == BandStatus.DISPERSED:
            continue
        strength = part * bands.fighters[i] * (0.5 + 0.5 * bands.morale[i])
        here = bands.cell[i]
        whole = math.floor(running)
        cells, weights = cells_around(here, geography), weights_around(here, geography.sway_weight, geography)
        for r in range(len(cells)):
            c = cells[r]
            running += strength * weights[r] * call[c]
            if running < whole + 1.0:
                continue  # from most cells less than one person comes
            n = int(min(math.floor(running) - whole, most - groups.fighters[a] - joined))
            whole = math.floor(running)
            if n > 0:
                luck = uniform(seed, week, Stream.RECRUIT_FROM, i, c)
                joined += enlist(n, i, c, luck, ready, communities, bands)
    return joined


@kernel
def arm(new, a, seed, week, groups, weapons, rates):
    """Give recruits weapons: from their group's caches, and from abroad as far as it has support."""
    wanted = new * rates.arms_per_recruit
    found = min(weapons.hidden[a], int(wanted + uniform(seed, week, Stream.RECRUIT, a, 2)))
    bought = max(0.0, wanted - found) * groups.support[a]
    came = int(bought + uniform(seed, week, Stream.RECRUIT, a, 3))
    weapons.hidden[a] -= found
    weapons.imported[0] += came
    weapons.held[a] += found + came


@kernel
def go_home(i, a, gone, seed, week, communities, groups, bands, weapons, rates):
    """Take deserters out of a band: they live on where they stand, among their own, some with their weapon."""
    c, home, most = bands.cell[i], 0, -1.0
    for g in range(communities.residents.shape[0]):
        if groups.constituency[a, g] > 0.0 and communities.residents[g, c] > most:
            home, most = g, float(communities.residents[g, c])
    armed = min(1.0, weapons.held[a] / max(1.0, float(groups.fighters[a])))
    taken = int(gone * armed * rates.deserters_armed + uniform(seed, week, Stream.DESERT, i, 1))
    taken = min(min(taken, gone), weapons.held[a])
    weapons.held[a] -= taken
    weapons.civil[c] += taken
    bands.fighters[i] -= gone
    groups.fighters[a] -= gone
    communities.residents[home, c] += gone
    communities.adrift[c] += gone
    if bands.fighters[i] == 0:
        bands.status[i] = BandStatus.DISPERSED


@kernel
def beaten(a, groups):
    """Return how beaten a group is, 0 to 1: the part of its first strength that it lost, by how far foes outnumber it.

    Foes under a truce do not count.
    """
    own, foes = float(groups.fighters[a]), 0.0
    for b in range(len(groups.kind)):
        foes += groups.fighters[b] * groups.enemies[a, b] * (1.0 - groups.truce[a, b])
    if own >= groups.start_fighters[a] or foes <= own:
        return 0.0
    return (1.0 - own / groups.start_fighters[a]) * (foes - own) / (foes + own)


@process(
    writes=(
        "communities.residents", "communities.adrift", "bands.fighters", "bands.status", "groups.fighters", "ranks",
        "weapons", "record.tally",
    )
)  # fmt: skip
def recruit(clock, geography, communities, groups, bands, influence, ranks, weapons, record, rates):
    """Let groups recruit from the people under their sway, and let the weary and unpaid go home.

    Once a month a group takes in, from the residents of its constituency in every cell where its bands are felt,
    ``4 * residents * recruit_rate * control * (1 - livelihood_pull * livelihood) * (1 + grievance_gain * grievance) *
    (1 + pay_gain * pay) * (1 - commitment)^2 * room``, with ``pay`` its support from abroad and relief looted, and
    ``room = (most - fighters) / (most + ready)``, ``most`` being twice its first strength and ``ready`` the recruits of
    unlimited room: a group grows to that at most, for leaders are few; one that complies with an agreement recruits
    nobody. They join the bands that are felt there, in proportion to how much. So recruits follow people and control,
    not the number of bands or the size of cells.
    Deserters, every week: ``Binomial(fighters, desert_rate * (1 + weariness_gain * weariness) * (1 + want_gain * (1 -
    pay)) * (1 - cohesion / 2) * (1 + peace_gain * commitment) * (1 + rout_gain * beaten))``, ``beaten`` being the part
    of its first strength that a group has lost, times how far foes without a truce outnumber it, ``(foes - own) / (foes
    + own)``: a beaten army dissolves. They go back to being residents where they stand.
    Weapons come with recruits, from caches or abroad, and leave with deserters into private hands.

    Draws: each group's week of the month, once; rounding of recruits and weapons per group; the identity of those who
    join a band from a cell; deserters and their weapons per band. Order: groups; within one, bands by row, rounded
    along one sum.
    *Must hold*: recruits leave the population, deserters come back to it.
    Source: order of magnitude assumption; grievance, poverty and pay: Humphreys and Weinstein (2008),
    doi:10.1111/j.1540-5907.2008.00322.x; armies that dissolve: Lehmann and Zhukov (2019),
    doi:10.1017/S0020818318000358.
    """
    seed, week = clock.seed[0], clock.week[0]
    ready, call = np.empty(communities.residents.shape), np.empty(len(communities.livelihood))
    for a in range(len(groups.kind)):
        turn = int(uniform(seed, 0, Stream.RECRUIT, a, 1) * WEEKS_BETWEEN)
        if week % WEEKS_BETWEEN != turn or groups.posture[a] == Posture.COMPLY:
            continue
        most = 2.0 * groups.start_fighters[a] + 1.0
        will = (1.0 - groups.commitment[a]) * (1.0 - groups.commitment[a])
        share = WEEKS_BETWEEN * rates.recruit_rate * will * (1.0 + rates.pay_gain * pay_of(a, groups, rates))
        if share <= 0.0 or groups.fighters[a] >= most:
            continue
        total = find_ready(a, share, communities, groups, influence, rates, ready, call)
        if total <= 0.0:
            continue
        part = (most - groups.fighters[a]) / (most + total)
        new = join(a, most, part, seed, week, ready, call, geography, communities, groups, bands)
        arm(new, a, seed, week, groups, weapons, rates)
        groups.fighters[a] += new
        ranks.recruited[a] += new
        record.tally[Count.RECRUITED] += new
    leaving = np.empty(len(groups.kind))
    for a in range(len(leaving)):
        leaving[a] = rates.desert_rate * (1.0 + rates.weariness_gain * groups.weariness[a])
        leaving[a] *= (1.0 - 0.5 * groups.cohesion[a]) * (1.0 + rates.peace_gain * groups.commitment[a])
        leaving[a] *= 1.0 + rates.want_gain * (1.0 - pay_of(a, groups, rates))
        leaving[a] = min(1.0, leaving[a] * (1.0 + rates.rout_gain * beaten(a, groups)))
    gone = np.zeros(len(bands.group), dtype=np.int64)
    for i in range(len(gone)):
        if bands.status[i] != BandStatus.DISPERSED:
            gone[i] = binomial(bands.fighters[i], leaving[bands.group[i]], seed, week, Stream.DESERT, i, 0)
    for i in range(len(gone)):
        if gone[i] > 0:
            a = bands.group[i]
            go_home(i, a, gone[i], seed, week, communities, groups, bands, weapons, rates)
            ranks.deserted[a] += gone[i]
            record.tally[Count.DESERTED] += gone[i]
