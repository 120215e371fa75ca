"""What a fight does to those who are in it, whoever they are."""

from sim.core.arithmetic import exp, hazard_to_probability, log
from sim.core.chance import binomial, exponential, poisson, uniform
from sim.core.compile import kernel
from sim.world.kinds import BandStatus, Count, GroupKind
from sim.world.people import take_people


@kernel
def begin_battles(week, violence):
    """Clear last week's dead of battles and crossfire; called by all who fight, for any of them may be left out."""
    if violence.battle_week[0] != week:
        violence.battle_week[0] = week
        violence.battle_deaths[:] = 0.0
        violence.crossfire[:] = 0.0


@kernel
def fire_of(morale):
    """Return what a fighter's fire is worth, full at full morale and half without any."""
    return 0.5 + 0.5 * morale


@kernel
def daring(own, foe, wanted):
    """Return how readily a side of some strength attacks another: half at the odds it wants, 0 to 1."""
    edge = own / (wanted * foe)
    return edge * edge / (1.0 + edge * edge)


@kernel
def engaged(n, rates):
    """Return how many of n people bear on the enemy at a time, ``n ** engaged_power``.

    Of a large force a smaller part fights at a time: casualty rates fall with the size of the unit, Dupuy (1990),
    Attrition; Osipov (1915) found 1/2 to 3/4 in 38 battles, see Helmbold (1993), Osipov: the Russian Lanchester.
    """
    return exp(rates.engaged_power * log(float(n)))


@kernel
def intensity_of(seed, week, stream, entity):
    """Draw how bloody a fight is, 1 on average: how hot it is times how long it lasts, both exponential.

    Half of all fights are a third as bloody as the average or less, one in a hundred is eight times as bloody.
    """
    return exponential(seed, week, stream, entity, 0) * exponential(seed, week, stream, entity, 1)


@kernel
def draw_dead(own, bearing, intensity, seed, week, stream, entity, k, rates):
    """Draw the dead of one side: ``Binomial(own, 1 - exp(-lethality * intensity * bearing / own))``, aimed fire."""
    return binomial(
        own, hazard_to_probability(rates.lethality * intensity * bearing / own), seed, week, stream, entity, k
    )


@kernel
def bury(i, dead, groups, bands, ranks, population, record, rates):
    """Book the dead of a band: its strength, its morale, the accounts of its group and of the country."""
    a, own = bands.group[i], bands.fighters[i]
    bands.fighters[i] -= dead
    bands.losses[i] += dead
    bands.morale[i] *= 1.0 - min(0.9, rates.morale_loss * dead / own)
    if bands.fighters[i] == 0:
        bands.status[i] = BandStatus.DISPERSED
    groups.fighters[a] -= dead
    groups.recent_dead[a] += dead
    ranks.killed[a] += dead
    population.fighters_killed[0] += dead
    record.tally[Count.BATTLE_DEATHS] += dead


@kernel
def shells_of(a, groups):
    """Return 1 for a group that has mortars and guns, 0 for gangs and militias: they fight with small arms."""
    return 0.0 if groups.kind[a] == GroupKind.GANG or groups.kind[a] == GroupKind.MILITIA else 1.0


@kernel
def crowding(c, shells, geography, population, rates):
    """Return how many civilians a fight hits in a cell for each in empty country.

    ``1 + town_gain * shells * town``, ``town = d^2 / (d^2 + town_per_km2^2)`` at ``d`` people per km2, so that farmland
    is none however full; ``shells`` is the part of the two sides that have heavy weapons.
    """
    d = population.here[c] / (geography.cell_km[0] * geography.cell_km[0])
    return 1.0 + rates.town_gain * shells * d * d / (d * d + rates.town_per_km2 * rates.town_per_km2)


@kernel
def catch_civilians(c, dead, town, seed, week, stream, entity, communities, population, violence, record, rates):
    """Kill civilians near a fight, Poisson with ``crossfire_per_death * town`` for each dead; return their number."""
    caught = poisson(rates.crossfire_per_death * town * dead, seed, week, stream, entity, 0)
    alike = communities.grievance[:, c] * 0.0 + 1.0
    caught = take_people(communities, c, caught, alike, uniform(seed, week, stream, entity, 1))
    population.killed[0] += caught
    violence.crossfire[c] += caught
    record.tally[Count.CROSSFIRE] += caught
    return caught


@kernel
def retreat(i, luck, geography, bands):
    """Move a beaten band to a neighbouring cell, any of them alike, if there is one."""
    here = bands.cell[i]
    ways = 0
    for k in range(8):
        ways += geography.neighbours[here, k] >= 0
    left = int(luck * ways)
    for k in range(8):
        c = geography.neighbours[here, k]
        if c >= 0:
            if left == 0:
                bands.cell[i] = c
                return
            left -= 1
