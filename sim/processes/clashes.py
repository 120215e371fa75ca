"""Fighting between hostile bands."""

from sim.core.arithmetic import exp, hazard_to_probability
from sim.core.chance import binomial, exponential, poisson, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, EventKind, Posture
from sim.world.log import explain, note
from sim.world.people import take_people
from sim.world.streams import Stream

# Pairs are numbered by this and not by the rows there are, so that one more group leaves the luck of others alone.
MOST_BANDS = 1 << 16


@kernel
def boldness(posture, rates):
    """Return how readily a posture seeks battle, the offensive being 1."""
    if posture == Posture.OFFENSIVE:
        return 1.0
    if posture == Posture.HOLD:
        return rates.bold_hold
    if posture == Posture.GUERRILLA:
        return rates.bold_guerrilla
    if posture == Posture.TALK:
        return rates.bold_talk
    return rates.bold_comply


@kernel
def lose(i, own, foe, morale, intensity, entity, k, seed, week, groups, bands, ranks, rates):
    """Draw and book the dead of one side of a fight (Lanchester's aimed fire); return their number."""
    engaged = min(foe, rates.largest_odds * own)
    share = hazard_to_probability(rates.lethality * intensity * (0.5 + 0.5 * morale) * engaged / own)
    dead = binomial(own, share, seed, week, Stream.CLASH_LOSS, entity, k)
    bands.fighters[i] -= dead
    bands.losses[i] += dead
    bands.morale[i] *= 1.0 - min(0.9, rates.morale_loss * dead / own)
    groups.fighters[bands.group[i]] -= dead
    ranks.killed[bands.group[i]] += dead
    if bands.fighters[i] == 0:
        bands.status[i] = BandStatus.DISPERSED
    return dead


@kernel
def retreat(i, entity, seed, week, geography, bands):
    """Move a beaten band to a neighbouring cell, if there is one."""
    here = bands.cell[i]
    ways = 0
    for k in range(8):
        ways += geography.neighbours[here, k] >= 0
    left = int(uniform(seed, week, Stream.CLASH, entity, 2) * ways)
    for k in range(8):
        c = geography.neighbours[here, k]
        if c >= 0:
            if left == 0:
                bands.cell[i] = c
                return
            left -= 1


@process(
    writes=(
        "bands", "communities.residents", "communities.hosted", "population.killed", "population.fighters_killed",
        "groups.recent_dead", "groups.recent_wrongs", "ranks.killed", "violence.battle_deaths",
        "violence.crossfire", "groups.fighters", "peace.violations", "record.tally", "log",
    )
)  # fmt: skip
def fight(
    clock, geography, communities, population, groups, ranks, bands, influence, presence, violence, peace, record, log,
    rates,
):  # fmt: skip
    """Let hostile bands within reach of each other fight, and count the dead.

    Hazard of a fight between bands i and j of enemies: ``h = rate * nearness * posture * exp(-truce_weight *
    min(commitment)) [under a truce] * exp(-interposition_weight * interposition) * hiding``, with ``nearness`` the
    density of i's radius of action at j's cell (per 1,000 km2) and ``posture`` the mean boldness of the two. Dead
    of i: ``Binomial(n_i, 1 - exp(-lethality * I * (1 + morale_j) / 2 * min(n_j, largest_odds * n_i) / n_i))`` with
    ``I`` exponential, a stochastic Lanchester law of aimed fire. Civilians near by die in the crossfire. The side
    that loses the larger share retreats, a coin deciding where both lose alike. A fight under a truce is a
    violation; observers who can say who did it halve the resentment.

    Draws: meeting, where, intensity, dead of each side, crossfire, retreat, per pair and week. Order: pairs by row;
    a band that has fought may fight again with what is left. *Must hold*: losses never exceed strength; equal sides
    lose equally.
    Source: Lanchester (1916); protection of civilians and interposition: Hultman, Kathman and Shannon (2014),
    doi:10.1017/S0003055414000446.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_bands = len(bands.group)
    area = geography.cell_km[0] * geography.cell_km[0] / 1000.0
    for c in range(len(violence.battle_deaths)):
        violence.battle_deaths[c] = 0.0
        violence.crossfire[c] = 0.0
    daring = groups.support * 0.0
    for a in range(len(daring)):
        daring[a] = boldness(groups.posture[a], rates)
    for i in range(n_bands):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        a, start = bands.group[i], bands.cell[i]
        for r in range(geography.reach_start[start], geography.reach_start[start + 1]):
            j = influence.first_band[geography.reach_cell[r]]
            if j < 0:
                continue
            near = geography.sway_weight[r] / area
            while j >= 0:
                b = bands.group[j]
                if j <= i or groups.enemies[a, b] == 0.0 or bands.status[j] == BandStatus.DISPERSED:
                    j = bands.next_here[j]
                    continue
                bold = 0.5 * (daring[a] + daring[b])
                hidden = 1.0
                if bands.status[i] == BandStatus.HIDDEN or bands.status[j] == BandStatus.HIDDEN:
                    hidden = rates.hidden_risk
                hazard = rates.clash_rate * near * bold * hidden
                entity = i * MOST_BANDS + j
                luck = uniform(seed, week, Stream.CLASH, entity, 0)
                # A chance is never more than its hazard: most pairs are done here, without an exponential.
                if luck >= hazard:
                    j = bands.next_here[j]
                    continue
                # Either may be the one that comes: they meet where i stands or where j does.
                place = start if uniform(seed, week, Stream.CLASH, entity, 3) < 0.5 else geography.reach_cell[r]
                will = min(groups.commitment[a], groups.commitment[b])
                truce = exp(-rates.truce_weight * will) if groups.truce[a, b] > 0.0 else 1.0
                between = exp(-rates.interposition_weight * presence.interposition[place])
                if luck < hazard_to_probability(hazard * truce * between):
                    intensity = exponential(seed, week, Stream.CLASH_INTENSITY, entity, 0)
                    own, foe = bands.fighters[i], bands.fighters[j]
                    morale_i, morale_j = bands.morale[i], bands.morale[j]
                    dead_i = lose(i, own, foe, morale_j, intensity, entity, 0, seed, week, groups, bands, ranks, rates)
                    dead_j = lose(j, foe, own, morale_i, intensity, entity, 1, seed, week, groups, bands, ranks, rates)
                    dead = dead_i + dead_j
                    groups.recent_dead[a] += dead_i
                    groups.recent_dead[b] += dead_j
                    population.fighters_killed[0] += dead
                    violence.battle_deaths[place] += dead
                    record.tally[Count.BATTLE_DEATHS] += dead
                    record.tally[Count.CLASHES] += 1
                    caught = poisson(rates.crossfire_per_death * dead, seed, week, Stream.CROSSFIRE, entity, 0)
                    alike = communities.grievance[place] * 0.0 + 1.0
                    offset = uniform(seed, week, Stream.CROSSFIRE, entity, 1)
                    caught = take_people(communities, place, caught, alike, offset)
                    population.killed[0] += caught
                    violence.crossfire[place] += caught
                    record.tally[Count.CROSSFIRE] += caught
                    row = note(log, week, EventKind.CLASH, place, a, b, dead, caught)
                    close = geography.sway_weight[geography.reach_start[start]] / area  # in one cell
                    explain(log, row, rates.clash_rate * close, (near / close, bold, hidden, truce, between))
                    if groups.truce[a, b] > 0.0:
                        sting = 1.0 - 0.5 * presence.monitoring[place]
                        groups.recent_wrongs[a] += sting
                        groups.recent_wrongs[b] += sting
                        peace.violations[0] += 1
                        record.tally[Count.VIOLATIONS] += 1
                    beaten = i if dead_i * foe > dead_j * own else j
                    if dead_i * foe == dead_j * own and uniform(seed, week, Stream.CLASH, entity, 1) < 0.5:
                        beaten = i
                    if bands.status[beaten] != BandStatus.DISPERSED:
                        retreat(beaten, entity, seed, week, geography, bands)
                    if bands.status[i] == BandStatus.DISPERSED:
                        break
                j = bands.next_here[j]
            if bands.status[i] == BandStatus.DISPERSED:
                break
