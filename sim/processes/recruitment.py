"""People join armed groups, and fighters leave them."""

from sim.core.chance import binomial, uniform
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, Posture
from sim.world.streams import Stream


@process(writes=("communities.residents", "bands.fighters", "bands.status", "groups.fighters", "ranks", "record.tally"))
def recruit(clock, communities, groups, bands, ranks, record, rates):
    """Let bands recruit from the people under their sway, and let the weary and unpaid go home.

    Recruits of a band, from each identity group of its constituency among the residents of its cell: ``residents *
    recruit_rate * control * (1 + grievance_gain * grievance) * (1 - livelihood_pull * livelihood) * (1 -
    commitment)^2 * room``, with ``room = max(0, 1 - fighters / (2 * start_fighters + 1))``: a group can grow to
    twice its first strength, for arms and leaders limit it; one that complies with an agreement recruits nobody.
    Deserters: ``Binomial(fighters, desert_rate * (1 + weariness_gain * weariness) * (1 - cohesion / 2) * (1 +
    peace_gain * commitment))``; they go back to being residents where they stand.

    Draws: rounding of recruits per band, deserters per band. Order: bands by row.
    *Must hold*: recruits leave the population, deserters come back to it.
    Source: order of magnitude assumption; grievance and poverty: Humphreys and Weinstein (2008),
    doi:10.1111/j.1540-5907.2008.00322.x.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_identities = communities.residents.shape[1]
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        a, c = bands.group[i], bands.cell[i]
        room = max(0.0, 1.0 - groups.fighters[a] / (2.0 * groups.start_fighters[a] + 1.0))
        will = (1.0 - groups.commitment[a]) * (1.0 - groups.commitment[a])
        base = rates.recruit_rate * communities.control[c, a] * will * room
        base *= 1.0 - rates.livelihood_pull * communities.livelihood[c]
        home, most = 0, -1.0
        running = uniform(seed, week, Stream.RECRUIT, i, 0)
        for g in range(n_identities):
            if groups.constituency[a, g] == 0.0:
                continue
            if communities.residents[c, g] > most:
                home, most = g, float(communities.residents[c, g])
            if base <= 0.0 or communities.residents[c, g] == 0 or groups.posture[a] == Posture.COMPLY:
                continue
            drive = 1.0 + rates.grievance_gain * communities.grievance[c, g]
            before = int(running)
            running += communities.residents[c, g] * min(1.0, base * drive)
            new = int(running) - before
            communities.residents[c, g] -= new
            bands.fighters[i] += new
            groups.fighters[a] += new
            ranks.recruited[a] += new
            record.tally[Count.RECRUITED] += new
        leaving = rates.desert_rate * (1.0 + rates.weariness_gain * groups.weariness[a])
        leaving *= (1.0 - 0.5 * groups.cohesion[a]) * (1.0 + rates.peace_gain * groups.commitment[a])
        gone = binomial(bands.fighters[i], min(1.0, leaving), seed, week, Stream.DESERT, i, 0)
        bands.fighters[i] -= gone
        groups.fighters[a] -= gone
        communities.residents[c, home] += gone
        ranks.deserted[a] += gone
        record.tally[Count.DESERTED] += gone
        if bands.fighters[i] == 0:
            bands.status[i] = BandStatus.DISPERSED
