"""Bands march, merge, split and dissolve."""

import math

import numpy as np

from sim.core.chance import bernoulli, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Posture
from sim.world.streams import Stream
from sim.world.whereabouts import feel_bands, list_bands


@kernel
def distance2(a, b, geography):
    """Return the squared distance of two cells, in cells."""
    rows = geography.row[a] - geography.row[b]
    columns = geography.column[a] - geography.column[b]
    return float(rows * rows + columns * columns)


@kernel
def nearer_neighbour(i, k, seed, week, geography, bands):
    """Return the neighbouring cell nearest a band's target, or its own cell if none is nearer."""
    here, goal = bands.cell[i], bands.target[i]
    best, least, equals = here, distance2(here, goal, geography), 0
    for n in range(8):
        c = geography.around[here, n]
        far = distance2(c, goal, geography)
        if far < least:
            best, least, equals = c, far, 0
        equals += far == least
    if best == here or equals == 1:
        return best
    smallest = math.inf
    for n in range(8):
        c = geography.around[here, n]
        if distance2(c, goal, geography) == least:
            # A little chance decides between cells equally near.
            luck = least + uniform(seed, week, Stream.STEP, i, 8 * k + n + 1)
            if luck < smallest:
                best, smallest = c, luck
    return best


@kernel
def steps_by_land(here, goal, geography):
    """Return for each cell its steps to a goal by land, -1 where not known; cells nearer than ``here`` are known."""
    steps = np.full(len(geography.row), -1, dtype=np.int64)
    queue = np.empty(len(geography.row), dtype=np.int64)
    steps[goal], queue[0] = 0, goal
    first, last = 0, 1
    while first < last and steps[here] < 0:
        c = queue[first]
        first += 1
        for n in range(8):
            d = geography.neighbours[c, n]
            if d >= 0 and steps[d] < 0:
                steps[d] = steps[c] + 1
                queue[last] = d
                last += 1
    return steps


@kernel
def downhill_neighbour(i, k, steps, seed, week, geography, bands):
    """Return the neighbouring cell one step nearer by land, the straightest of them."""
    here, goal = bands.cell[i], bands.target[i]
    best, least = here, math.inf
    for n in range(8):
        c = geography.neighbours[here, n]
        if c < 0 or steps[c] < 0 or steps[c] >= steps[here]:
            continue
        far = distance2(c, goal, geography) + uniform(seed, week, Stream.STEP, i, 8 * k + n + 1)
        if far < least:
            best, least = c, far
    return best


@kernel
def walk(i, seed, week, geography, bands, rates):
    """Spend a band's march of the week, step by step; what is left at the end is the chance of one more step."""
    left, k = rates.march_km_per_week, 0
    steps = np.zeros(0, dtype=np.int64)
    while bands.cell[i] != bands.target[i]:
        here = bands.cell[i]
        there = here
        if bands.blocked[i] == 0:
            there = nearer_neighbour(i, k, seed, week, geography, bands)
            bands.blocked[i] = 1 if there == here else 0
        if bands.blocked[i] == 1:
            if len(steps) == 0:
                steps = steps_by_land(here, bands.target[i], geography)
            if steps[here] < 0:  # across the water: it gives up
                bands.target[i] = here
                break
            there = downhill_neighbour(i, k, steps, seed, week, geography, bands)
        ease = 1.0 - rates.terrain_drag * 0.5 * (geography.terrain[here] + geography.terrain[there])
        km = geography.cell_km[0] * math.sqrt(distance2(here, there, geography))
        if left * ease < km:
            if bernoulli(left * ease / km, seed, week, Stream.STEP, i, 0):
                bands.cell[i] = there
            break
        left -= km / ease
        bands.cell[i] = there
        k += 1
    if bands.cell[i] == bands.target[i]:
        bands.blocked[i] = 0


@kernel
def split(i, free, seed, week, groups, bands, rates):
    """Break a band in two at a random size, if a row from ``free`` on is free; return where to look next."""
    share = uniform(seed, week, Stream.SPLIT, i, 1)
    leaving = int(bands.fighters[i] * share)
    if leaving < rates.smallest_band or bands.fighters[i] - leaving < rates.smallest_band:
        return free
    while free < len(bands.group) and bands.status[free] != BandStatus.DISPERSED:
        free += 1
    if free == len(bands.group):
        return free
    bands.group[free] = bands.group[i]
    bands.status[free] = bands.status[i]
    bands.cell[free] = bands.cell[i]
    bands.target[free] = bands.cell[i]
    bands.blocked[free] = 0
    bands.fighters[free] = leaving
    bands.morale[free] = bands.morale[i]
    bands.losses[free] = bands.losses[i] * leaving / bands.fighters[i]
    bands.losses[i] -= bands.losses[free]
    bands.next_here[free] = -1  # it was listed where the row stood in an earlier life
    bands.fighters[i] -= leaving
    return free + 1


@kernel
def merge(i, j, total, bands):
    """Let a band take in another."""
    pooled = bands.morale[i] * bands.fighters[i] + bands.morale[j] * bands.fighters[j]
    bands.morale[i] = pooled / total if total > 0 else 1.0
    bands.losses[i] += bands.losses[j]
    bands.fighters[i] = total
    bands.fighters[j] = 0
    bands.status[j] = BandStatus.DISPERSED


@process(writes=("bands", "influence"))
def march(clock, geography, groups, bands, influence, rates):
    """Move every band towards its target, let bands that meet merge and large ones split.

    A band covers ``march_km_per_week`` of open ground, more slowly by ``1 - terrain_drag * terrain`` on hard ground, in
    steps to the neighbouring cell nearest its target; a diagonal step is longer than a straight one. Where water
    lies in the way it goes round by the fewest steps, and stays where it is if no way leads there by land. Two
    bands of a group in one cell merge with ``merge_per_week``, less the larger they would be (half at ``unwieldy``
    times the usual size). A band splits at a random point with a chance of ``split_per_week * (1 - cohesion / 2)``
    times its size over the usual one, times ``1 + pressure`` for the part lost lately, capped at a half. Guerrillas
    split ``1 + dispersal`` times as readily, and merge as much less. So band sizes, and with them the sizes of events,
    come out broad rather than being drawn so.

    Draws: steps, merging and splitting per band and week. Order: bands by row; merging favours the lower row.
    *Must hold*: fighters are conserved.
    Source: coalescence and fragmentation: Bohorquez et al. (2009), doi:10.1038/nature08631; small units as the weapon
    of the weak: Arreguin-Toft (2001), doi:10.1162/016228801753212868.
    """
    seed, week = clock.seed[0], clock.week[0]
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        bands.losses[i] *= rates.losses_keep
        bands.morale[i] += rates.morale_return * (1.0 - bands.morale[i])
        if bands.cell[i] != bands.target[i]:
            walk(i, seed, week, geography, bands, rates)
    list_bands(bands, influence)
    free = 0
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        a = bands.group[i]
        loose = 1.0 + rates.dispersal if groups.posture[a] == Posture.GUERRILLA else 1.0
        j = bands.next_here[i]
        while j >= 0:
            if bands.group[j] == a and bands.status[j] != BandStatus.DISPERSED:
                total = bands.fighters[i] + bands.fighters[j]
                chance = rates.merge_per_week / loose / (1.0 + total / (rates.unwieldy * groups.band_size[a]))
                if bernoulli(chance, seed, week, Stream.MERGE, i, j):
                    merge(i, j, total, bands)
            j = bands.next_here[j]
        crowd = bands.fighters[i] / groups.band_size[a]
        lost = bands.losses[i] / (bands.losses[i] + bands.fighters[i])
        chance = rates.split_per_week * (1.0 - 0.5 * groups.cohesion[a]) * crowd * loose * (1.0 + rates.pressure * lost)
        if bernoulli(min(0.5, chance), seed, week, Stream.SPLIT, i, 0):
            free = split(i, free, seed, week, groups, bands, rates)
    list_bands(bands, influence)
    feel_bands(geography, bands, influence)
