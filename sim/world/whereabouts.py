"""Which bands stand where, where armed groups are felt, and who rules a cell."""

from sim.core.compile import kernel
from sim.world.kinds import BandStatus, GroupKind

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
