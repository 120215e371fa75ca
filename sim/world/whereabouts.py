"""Which bands stand where, where armed groups are felt, who rules a cell, how far the next peacekeepers are."""

import math

import numpy as np

from sim.core.compile import kernel
from sim.world.kinds import BandStatus, Component, GroupKind, UnitStatus
from sim.world.reach import spread_out

NOBODY = 0.2  # share of control below which a cell counts as ruled by nobody


@kernel
def list_bands(bands, influence):
    """Refresh the list of bands in every cell."""
    for c in range(len(influence.first_band)):
        influence.first_band[c] = -1
    for i in range(len(bands.group) - 1, -1, -1):
        if bands.status[i] != BandStatus.DISPERSED:
            bands.next_here[i] = influence.first_band[bands.cell[i]]
            influence.first_band[bands.cell[i]] = i


@kernel
def feel_bands(geography, bands, influence):
    """Refresh where armed groups are felt."""
    influence.armed[:] = 0.0
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        a, c = bands.group[i], bands.cell[i]
        strength = bands.fighters[i] * (0.5 + 0.5 * bands.morale[i])
        spread_out(strength, c, geography.sway_weight, geography, influence.armed[a])


@kernel
def find_bases(n_cells, units):
    """Return the cells with bases of troops or formed police, in map order."""
    found = np.zeros(n_cells, dtype=np.bool_)
    for u in range(len(units.status)):
        armed = units.component[u] == Component.MILITARY or units.component[u] == Component.FORMED_POLICE
        if units.status[u] == UnitStatus.DEPLOYED and armed:
            found[units.cell[u]] = True
    return np.flatnonzero(found)


@kernel
def nearest_base_km(c, bases, geography):
    """Return the distance from a cell to the nearest of some bases in map order, -1 where there is none.

    The search goes row by row, up and down, and ends where the rows alone are as far as the nearest yet: to look at all
    bases would make the cost of the events that ask grow with their number times that of the bases.
    """
    least, start = math.inf, np.searchsorted(bases, c)
    for step in (1, -1):
        k = start if step == 1 else start - 1
        while 0 <= k < len(bases):
            rows = float(geography.row[bases[k]] - geography.row[c])
            if geography.cell_km[0] * abs(rows) >= least:
                break
            columns = float(geography.column[bases[k]] - geography.column[c])
            least = min(least, geography.cell_km[0] * math.sqrt(rows * rows + columns * columns))
            k += step
    return least if least < math.inf else -1.0


@kernel
def ruler(shares):
    """Return the armed group with the largest share of control in a cell, -1 where nobody rules."""
    best, most = -1, NOBODY
    for a in range(len(shares)):
        if shares[a] > most:
            best, most = a, shares[a]
    return best


@kernel
def fights_the_state(b, groups):
    """Tell whether a group that is no state's own fights a state."""
    if groups.kind[b] == GroupKind.STATE:
        return False
    for a in range(len(groups.kind)):
        if groups.kind[a] == GroupKind.STATE and groups.enemies[a, b] > 0.0:
            return True
    return False
