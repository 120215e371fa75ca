"""Doctrines: by which rule headquarters wants its units in one place rather than another."""

import math

from sim.core.compile import kernel
from sim.world.kinds import Component, Doctrine
from sim.world.whereabouts import ruler


@kernel
def want(m, component, geography, communities, population, groups, missions, violence, rates, wanted):
    """Fill ``wanted[c]``: how much a mission wants units of a component in each cell, before crowding and supply.

    Police and civilians work with the population, so they live where it lives, under any doctrine. Troops follow the
    doctrine; observers follow it to a buffer line, and otherwise watch where people live and much is contested.
    Only ratios matter: nothing here has a unit.
    """
    doctrine = missions.doctrine[m]
    if component == Component.CIVILIANS or component == Component.POLICE:
        by_population(population, wanted)
    elif doctrine == Doctrine.BUFFER_LINE:
        along_the_line(geography, communities, groups, violence, wanted)
    elif component == Component.OBSERVERS:
        for c in range(len(wanted)):
            wanted[c] = population.here[c] * (rates.calm_weight + violence.contested[c] + missions.threat[m, c])
    elif doctrine == Doctrine.HOTSPOT:
        by_danger(missions.threat[m], geography, population, rates, wanted)
    elif doctrine == Doctrine.EARLY_WARNING:
        by_danger(missions.warning[m], geography, population, rates, wanted)
    elif doctrine == Doctrine.UNIFORM:
        for c in range(len(wanted)):
            wanted[c] = 1.0
    else:  # population-weighted, and the first base of static units
        by_population(population, wanted)


@kernel
def by_population(population, wanted):
    """Go where people live."""
    for c in range(len(wanted)):
        wanted[c] = population.here[c]


@kernel
def by_danger(danger, geography, population, rates, wanted):
    """Go where people are in danger; the square root keeps a capital from drawing every company."""
    km2 = geography.cell_km[0] * geography.cell_km[0]
    for c in range(len(wanted)):
        wanted[c] = math.sqrt(population.here[c] / km2 + rates.people_floor) * (rates.calm_weight + danger[c])


@kernel
def along_the_line(geography, communities, groups, violence, wanted):
    """Go between enemies: where the next cell is ruled by an enemy of those who rule here, or both share the cell.

    Without any such place one is as good as the other.
    """
    rulers = geography.row.copy()
    for c in range(len(wanted)):
        rulers[c] = ruler(communities.control[:, c])
    found = 0.0
    for c in range(len(wanted)):
        facing, around = 0.0, 0.0
        for k in range(8):
            there = geography.neighbours[c, k]
            if there >= 0:
                around += 1.0
                if rulers[c] >= 0 and rulers[there] >= 0:
                    facing += groups.enemies[rulers[c], rulers[there]]
        wanted[c] = violence.contested[c]
        if around > 0.0:
            wanted[c] += facing / around
        found += wanted[c]
    if found == 0.0:
        for c in range(len(wanted)):
            wanted[c] = 1.0
