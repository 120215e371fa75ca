"""Bands march, merge, split and dissolve."""

from sim.core.chance import bernoulli, round_randomly, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus
from sim.world.streams import Stream
from sim.world.whereabouts import feel_bands, list_bands


@kernel
def step_towards(i, k, seed, week, geography, bands):
    """Move a band to the neighbouring cell nearest its target, if that is nearer than where it stands."""
    here, goal = bands.cell[i], bands.target[i]
    best, least = here, distance2(here, goal, geography)
    for n in range(8):
        c = geography.neighbours[here, n]
        if c < 0:
            continue
        # A little chance decides between cells equally near; it never outweighs a whole cell.
        far = distance2(c, goal, geography) + uniform(seed, week, Stream.STEP, i, 8 * k + n + 1)
        if far < least:
            best, least = c, far
    bands.cell[i] = best


@kernel
def distance2(a, b, geography):
    """Return the squared distance of two cells, in cells."""
    rows = geography.row[a] - geography.row[b]
    columns = geography.column[a] - geography.column[b]
    return float(rows * rows + columns * columns)


@kernel
def split(i, seed, week, groups, bands, rates):
    """Break a band in two at a random size, if a row is free."""
    share = uniform(seed, week, Stream.SPLIT, i, 1)
    leaving = int(bands.fighters[i] * share)
    if leaving < rates.smallest_band or bands.fighters[i] - leaving < rates.smallest_band:
        return
    for j in range(len(bands.group)):
        if bands.status[j] == BandStatus.DISPERSED:
            bands.group[j] = bands.group[i]
            bands.status[j] = bands.status[i]
            bands.cell[j] = bands.cell[i]
            bands.target[j] = bands.cell[i]
            bands.fighters[j] = leaving
            bands.morale[j] = bands.morale[i]
            bands.losses[j] = 0.0
            bands.next_here[j] = -1  # it was listed where the row stood in an earlier life
            bands.fighters[i] -= leaving
            return


@process(writes=("bands", "influence"))
def march(clock, geography, groups, bands, influence, rates):
    """Move every band towards its target, let bands that meet merge and large ones split.

    A band makes ``round(march_km_per_week * (1 - terrain_drag * terrain) / cell_km)`` steps, each to the neighbouring
    cell nearest its target. Two bands of a group in one cell merge with ``merge_per_week``,
    less the larger they would be (half at ``unwieldy`` times the usual size); a band splits at a random
    point with a chance of ``split_per_week * (1 - cohesion / 2)`` times its size over the usual one, capped at a half.
    So band sizes, and with them the sizes of events, come out broad rather than being drawn so.

    Draws: steps, merging and splitting per band and week. Order: bands by row; merging favours the lower row.
    *Must hold*: fighters are conserved.
    Source: coalescence and fragmentation: Bohorquez et al. (2009), doi:10.1038/nature08631.
    """
    seed, week = clock.seed[0], clock.week[0]
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        bands.losses[i] *= rates.losses_keep
        bands.morale[i] += rates.morale_return * (1.0 - bands.morale[i])
        if bands.cell[i] != bands.target[i]:
            pace = rates.march_km_per_week * (1.0 - rates.terrain_drag * geography.terrain[bands.cell[i]])
            steps = round_randomly(pace / geography.cell_km[0], seed, week, Stream.STEP, i, 0)
            for k in range(steps):
                step_towards(i, k, seed, week, geography, bands)
    list_bands(bands, influence)
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        a = bands.group[i]
        j = bands.next_here[i]
        while j >= 0:
            if bands.group[j] == a and bands.status[j] != BandStatus.DISPERSED:
                total = bands.fighters[i] + bands.fighters[j]
                chance = rates.merge_per_week / (1.0 + total / (rates.unwieldy * groups.band_size[a]))
                if bernoulli(chance, seed, week, Stream.MERGE, i, j):
                    pooled = bands.morale[i] * bands.fighters[i] + bands.morale[j] * bands.fighters[j]
                    bands.morale[i] = pooled / total if total > 0 else 1.0
                    bands.losses[i] += bands.losses[j]
                    bands.fighters[i] = total
                    bands.fighters[j] = 0
                    bands.status[j] = BandStatus.DISPERSED
            j = bands.next_here[j]
        crowd = bands.fighters[i] / groups.band_size[a]
        chance = min(0.5, rates.split_per_week * (1.0 - 0.5 * groups.cohesion[a]) * crowd)
        if bernoulli(chance, seed, week, Stream.SPLIT, i, 0):
            split(i, seed, week, groups, bands, rates)
    list_bands(bands, influence)
    feel_bands(geography, bands, influence)
