"""How far contributors patrol the same ground."""

import numpy as np

from sim.core.compile import kernel
from sim.world.kinds import Component, UnitStatus
from sim.world.reach import spread_out


@kernel
def duplicated(geography, units, contributors):
    """Return the share of armed patrols that go where another contributor patrols more, 0 to 1.

    ``1 - sum over cells of max_k x_kc / sum over cells and k of x_kc``, with ``x_kc`` the effective troops and formed
    police of contributor k felt in cell c. It is 0 where every place has one contributor. Some of it is meant: a
    capital takes more than one contingent.
    """
    n_cells = len(geography.row)
    most, own = np.zeros(n_cells), np.zeros(n_cells)
    total = 0.0
    for k in range(len(contributors.mission)):
        there = False
        for u in range(len(units.status)):
            if units.contributor[u] != k or units.status[u] != UnitStatus.DEPLOYED:
                continue
            if units.component[u] != Component.MILITARY and units.component[u] != Component.FORMED_POLICE:
                continue
            there = True
            c, out = units.cell[u], units.effective[u] * (1.0 - units.caution[u])
            total += units.effective[u]
            own[c] += units.effective[u] - out
            spread_out(out, c, geography.patrol_weight, geography, own)
        if there:
            for c in range(n_cells):
                most[c] = max(most[c], own[c])
                own[c] = 0.0
    largest = 0.0
    for c in range(n_cells):
        largest += most[c]
    return max(0.0, 1.0 - largest / total) if total > 0.0 else 0.0
