"""Which bands stand where, where armed groups are felt, who rules a cell, how far the next peacekeepers are."""

import math

import numpy as np

from sim.core.compile import kernel
from sim.world.kinds import BandStatus, Component, GroupKind, UnitStatus
from sim.world.reach import cells_around, spread_out

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
        spread_out(strength, c, geography.sway_weight, geography, influence.armed[:, a])


@kernel
def find_bases(n_cells, units):
    """Tell of each cell whether there is a base of troops or formed police, and list the cells where there is one."""
    found, bases, n = np.zeros(n_cells, dtype=np.bool_), np.empty(len(units.status), dtype=np.int64), 0
    for u in range(len(units.status)):
        armed = units.component[u] == Component.MILITARY or units.component[u] == Component.FORMED_POLICE
        if units.status[u] == UnitStatus.DEPLOYED and armed and not found[units.cell[u]]:
            found[units.cell[u]] = True
            bases[n] = units.cell[u]
            n += 1
    return found, bases[:n]


@kernel
def nearest_base_km(c, found, bases, geography):
    """Return the distance from a cell to the nearest base of troops or formed police, -1 where there is none.

    If there is one within reach, so is the nearest: to look at all of them would make the cost of the events that ask
    grow with their number times that of the bases.

    Parameters
    ----------
    c : int
    found : bool array (C,)
        Whether there is a base in each cell.
    bases : int array
        The cells where there is one.
    geography : Geography
    """
    least = -1.0
    for b in cells_around(c, geography):
        if found[b]:
            least = shorter(least, c, b, geography)
    if least < 0.0:
        for b in bases:
            least = shorter(least, c, b, geography)
    return least


@kernel
def shorter(least, c, b, geography):
    """Return the distance of two cells in km, or the least so far where that is shorter; -1 stands for none so far."""
    rows = float(geography.row[b] - geography.row[c])
    columns = float(geography.column[b] - geography.column[c])
    km = geography.cell_km[0] * math.sqrt(rows * rows + columns * columns)
    return km if least < 0.0 or km < least else least


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
