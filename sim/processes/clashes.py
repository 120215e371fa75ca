"""Fighting between hostile bands."""

import math

import numpy as np

from sim.core.arithmetic import exp, hazard_to_probability
from sim.core.chance import exponential, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.combat import (
    begin_battles,
    bury,
    catch_civilians,
    crowding,
    daring,
    draw_dead,
    engaged,
    fire_of,
    intensity_of,
    retreat,
    shells_of,
)
from sim.world.kinds import BandStatus, Count, EventKind, Posture
from sim.world.log import explain, note
from sim.world.reach import cells_around, mean_around, weights_around
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
def ease_of(j, groups, bands, rates):
    """Return how easily a band is found where it stands, 1 being one that does not hide."""
    if bands.status[j] == BandStatus.HIDDEN:
        return rates.hidden_risk
    return rates.guerrilla_risk if groups.posture[bands.group[j]] == Posture.GUERRILLA else 1.0


@kernel
def look_out(groups, bands, influence, rates, seen):
    """Write for each group how many enemies there are to be found in each cell."""
    seen[:] = 0.0
    for c in range(seen.shape[1]):
        j = influence.first_band[c]
        while j >= 0:
            if bands.status[j] != BandStatus.DISPERSED:
                ease = ease_of(j, groups, bands, rates)
                for a in range(len(seen)):
                    if groups.enemies[a, bands.group[j]] > 0.0:
                        seen[a, c] += ease
            j = bands.next_here[j]


@kernel
def crowd_about(here, seen, geography, rates):
    """Return how many enemies are near a band that seeks a fight, by the chance to find each."""
    total = mean_around(here, geography.sway_weight, geography, seen)
    km2 = geography.cell_km[0] * geography.cell_km[0]
    return rates.scouted_1000_km2 * 1000.0 / km2 * total


@kernel
def find_foe(i, seed, week, geography, groups, bands, influence, rates):
    """Return the enemy whom a band meets first: any of them, in proportion to nearness.

    Each enemy comes after an exponential time of its own, so that one more leaves the times of the others alone.
    """
    start, best, least = bands.cell[i], -1, math.inf
    cells, weights = cells_around(start, geography), weights_around(start, geography.sway_weight, geography)
    for r in range(len(cells)):
        j = influence.first_band[cells[r]]
        while j >= 0:
            enemy = groups.enemies[bands.group[i], bands.group[j]] > 0.0 and bands.status[j] != BandStatus.DISPERSED
            near = weights[r] * ease_of(j, groups, bands, rates) if enemy else 0.0
            if near > 0.0:
                wait = exponential(seed, week, Stream.CLASH_FOE, i * MOST_BANDS + j, 0) / near
                if wait < least:
                    best, least = j, wait
            j = bands.next_here[j]
    return best


@process(
    writes=(
        "bands", "communities.residents", "communities.hosted", "population.killed", "population.fighters_killed",
        "groups.recent_dead", "groups.recent_wrongs", "ranks.killed", "violence.battle_deaths",
        "violence.crossfire", "violence.battle_week", "groups.fighters", "peace.violations", "record.tally", "log",
    )
)  # fmt: skip
def fight(
    clock, geography, communities, population, groups, ranks, bands, influence, presence, violence, peace, record, log,
    rates,
):  # fmt: skip
    """Let bands seek out an enemy within reach and fight it, at most once a week, and count the dead.

    Hazard that band i attacks in a week: ``h = rate * boldness * crowd * daring * truce * between``. ``crowd = 1 -
    exp(-scouted * sum of the enemies' nearness)``, nearness being the density of i's radius of action where they stand
    (per 1,000 km2), less for those who hide and for guerrillas; one of them is met, in proportion to nearness.
    ``daring = o^2 / (1 + o^2)`` with ``o`` the odds of i against j, guerrillas wanting ``ambush_odds`` times as many.
    ``truce = exp(-truce_weight * the lesser commitment)`` under a truce, ``between = exp(-interposition_weight *
    interposition)`` where j stands. Of several fights the first counts, for all bands in them.

    Dead of i: ``Binomial(n_i, 1 - exp(-lethality * I * (1 + morale_j) / 2 * engaged_j / n_i))``, ``engaged_j = n_j **
    engaged_power``, ``I`` the product of two exponentials. Civilians near by die in the crossfire, Poisson with
    ``crossfire_per_death * (1 + town_gain * shells * town)`` for each dead, with ``town = d^2 / (d^2 +
    town_per_km2^2)`` at ``d`` people per km2 and ``shells`` the part of the two sides that is neither gang nor militia
    and so has heavy weapons. The side that loses the larger share retreats, a coin deciding where both lose alike. A
    fight under a truce is a violation; observers who can say who did it halve the resentment.

    Draws: attack, foe, intensity, dead, crossfire and retreat by band that attacks, and week. Order: all choose on what
    they find as the week begins; fights in the order of chance. *Must hold*: losses never exceed strength; equal
    sides lose equally.
    Source: Lanchester (1916), Osipov (1915), Dupuy (1990), Attrition; civilians in towns: Dathan (2021), A Decade of
    Explosive Violence Harm, Action on Armed Violence; interposition: Hultman, Kathman and Shannon (2014),
    doi:10.1017/S0003055414000446. Assumption: battle is sought by one side; who is found has no choice.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_bands, n_fights = len(bands.group), 0
    begin_battles(week, violence)
    seekers, foes = np.empty(n_bands, dtype=np.int64), np.empty(n_bands, dtype=np.int64)
    turns, causes = np.empty(n_bands), np.empty((n_bands, 5))
    seen = np.empty((len(groups.kind), len(influence.first_band)))
    look_out(groups, bands, influence, rates, seen)
    most = np.empty(len(groups.kind))
    for a in range(len(most)):
        most[a] = hazard_to_probability(rates.clash_rate * boldness(groups.posture[a], rates))
    for i in range(n_bands):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        a = bands.group[i]
        luck = uniform(seed, week, Stream.CLASH, i, 0)
        # Nothing that follows makes battle likelier: most bands are done here, without a look around.
        if luck >= most[a]:
            continue
        bold = boldness(groups.posture[a], rates)
        near = crowd_about(bands.cell[i], seen[a], geography, rates)
        # A chance is never more than its hazard (the rest is for rounding), so that many need no exponential.
        if luck >= rates.clash_rate * bold * near * 1.000001:
            continue
        crowd = hazard_to_probability(near)
        if luck >= hazard_to_probability(rates.clash_rate * bold * crowd):
            continue
        j = find_foe(i, seed, week, geography, groups, bands, influence, rates)
        b, place = bands.group[j], bands.cell[j]
        wanted = rates.ambush_odds if groups.posture[a] == Posture.GUERRILLA else 1.0
        own = bands.fighters[i] * fire_of(bands.morale[i])
        dare = daring(own, bands.fighters[j] * fire_of(bands.morale[j]), wanted)
        will = min(groups.commitment[a], groups.commitment[b])
        truce = exp(-rates.truce_weight * will) if groups.truce[a, b] > 0.0 else 1.0
        between = exp(-rates.interposition_weight * presence.interposition[place])
        chance = hazard_to_probability(rates.clash_rate * bold * crowd * dare * truce * between)
        if luck < chance:
            seekers[n_fights], foes[n_fights], turns[n_fights] = i, j, luck / chance
            causes[n_fights] = (crowd, bold, dare, truce, between)
            n_fights += 1
    if n_fights == 0:
        return
    busy = np.zeros(n_bands, dtype=np.int64)
    for f in np.argsort(turns[:n_fights]):
        i, j = seekers[f], foes[f]
        if busy[i] + busy[j] > 0:
            continue
        busy[i], busy[j] = 1, 1
        a, b, place = bands.group[i], bands.group[j], bands.cell[j]
        intensity = intensity_of(seed, week, Stream.CLASH_INTENSITY, i)
        own, foe = bands.fighters[i], bands.fighters[j]
        on_i = engaged(foe, rates) * fire_of(bands.morale[j])
        on_j = engaged(own, rates) * fire_of(bands.morale[i])
        dead_i = draw_dead(own, on_i, intensity, seed, week, Stream.CLASH_LOSS, i, 0, rates)
        dead_j = draw_dead(foe, on_j, intensity, seed, week, Stream.CLASH_LOSS, i, 1, rates)
        bury(i, dead_i, groups, bands, ranks, population, record, rates)
        bury(j, dead_j, groups, bands, ranks, population, record, rates)
        dead = dead_i + dead_j
        violence.battle_deaths[place] += dead
        record.tally[Count.CLASHES] += 1
        shells = 0.5 * (shells_of(a, groups) + shells_of(b, groups))
        town = crowding(place, shells, geography, population, rates)
        caught = catch_civilians(
            place, dead, town, seed, week, Stream.CROSSFIRE, i, communities, population, violence, record, rates
        )
        row = note(log, week, EventKind.CLASH, place, a, b, dead, caught)
        explain(log, row, rates.clash_rate, (causes[f, 0], causes[f, 1], causes[f, 2], causes[f, 3], causes[f, 4]))
        if groups.truce[a, b] > 0.0:
            sting = 1.0 - 0.5 * presence.monitoring[place]
            groups.recent_wrongs[a] += sting
            groups.recent_wrongs[b] += sting
            peace.violations[0] += 1
            record.tally[Count.VIOLATIONS] += 1
        beaten = i if dead_i * foe > dead_j * own else j
        if dead_i * foe == dead_j * own and uniform(seed, week, Stream.CLASH, i, 1) < 0.5:
            beaten = i
        if bands.status[beaten] != BandStatus.DISPERSED:
            retreat(beaten, uniform(seed, week, Stream.CLASH, i, 2), geography, bands)
