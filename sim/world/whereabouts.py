"""Which bands stand where, where armed groups are felt, who rules a cell, how far the next peacekeepers are."""

import math

from sim.core.compile import kernel
from sim.world.kinds import BandStatus, Component, GroupKind, UnitStatus

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
        for r in range(geography.reach_start[c], geography.reach_start[c + 1]):
            influence.armed[geography.reach_cell[r], a] += strength * geography.sway_weight[r]


@kernel
def nearest_base_km(c, geography, units):
    """Return the distance from a cell to the nearest base of troops or formed police, -1 where there is none."""
    least = -1.0
    for u in range(len(units.status)):
        armed = units.component[u] == Component.MILITARY or units.component[u] == Component.FORMED_POLICE
        if units.status[u] == UnitStatus.DEPLOYED and armed:
            rows = float(geography.row[units.cell[u]] - geography.row[c])
            columns = float(geography.column[units.cell[u]] - geography.column[c])
            km = geography.cell_km[0] * math.sqrt(rows * rows + columns * columns)
            if least < 0.0 or km < least:
                least = km
    return least


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
