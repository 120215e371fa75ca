"""Who rules where."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Component, GroupKind, Task


@kernel
def hold_ground(missions, presence, holding):
    """Add up the peacekeepers in each cell who hold it for the host: troops, as far as mandate and consent go."""
    for m in range(len(missions.stage)):
        part = missions.effort[m, Task.OFFENSIVE_OPERATIONS] * missions.force[m] * missions.consent[m]
        if part > 0.0:
            holding += part * presence.felt[m, Component.MILITARY]


@kernel
def police_ground(communities, population, rule, officers_per_1000, holding):
    """Add the state's police, as far as they work, people turn to them and no armed group rules instead."""
    for c in range(len(rule)):
        rivals = -rule[c]
        for a in range(communities.control.shape[1]):
            rivals += communities.control[c, a]
        officers = communities.police[c] * officers_per_1000 / 1000.0 * population.here[c]
        holding[c] += officers * (0.5 + 0.5 * communities.trust_state[c]) * max(0.0, 1.0 - rivals)


@kernel
def round_about(c, rule, around):
    """Return the mean of the state's share of control in a cell and the eight around it."""
    total = rule[c]
    for k in range(8):
        total += rule[around[c, k]]
    return total / 9.0


@process(writes=("communities.control", "violence.contested"))
def shift_control(geography, communities, population, groups, influence, missions, presence, violence, rates):
    """Move control towards whoever is armed there, let it fade where nobody is, and let state authority extend.

    With ``s`` the armed felt in the cell per 1,000 km2 and ``held = s / (s + empty)``: ``control_a += rate * held *
    (s_a / s - control_a) - fade * (1 - held) * (1 - works_a) * control_a``. Fighters count for their group. For the
    state count its police too, ``people / 1000 * officers_per_1000 * police * (1 + trust) / 2 * (1 - control by armed
    groups)``: few, but in every peopled place at peace, so the state keeps and takes back what nobody contests without
    soldiers, and the slower the fewer people and police; where others rule there are none. So do peacekeepers who may
    attack, as far as effort, rules of engagement and the host's consent go. Then police and administration, ``works =
    (police + services) / 2 * (1 + trust) / 2`` (0 for other groups), take ``extend * works * round about`` of what
    nobody rules, ``round about`` being the state's mean share of the cell and the eight around it (the cell itself
    where there is no land): administration spreads from where it is. ``contested`` is ``4 * first * second`` of the
    two largest shares.

    Draws: none. Order: any; old strengths and old shares of the neighbours, new control. Several states share what
    peacekeepers and police hold and extend alike. Assumption: people side with whoever is strong and near; an officer
    counts as a fighter where no armed group rules.
    Source: Kalyvas (2006), The Logic of Violence in Civil War; the slow reach of states over thinly peopled land:
    Herbst (2000), States and Power in Africa; police as the state's hold on the periphery: Fearon and Laitin (2003),
    doi:10.1017/S0003055403000534; speeds assumed.
    """
    n_cells, n_groups = communities.control.shape
    control, armed, contested = communities.control, influence.armed, violence.contested
    of_state, n_states = np.zeros(n_groups), 0.0
    rule, holding = np.zeros(n_cells), np.zeros(n_cells)
    for a in range(n_groups):
        if groups.kind[a] == GroupKind.STATE:
            of_state[a] = 1.0
            n_states += 1.0
            for c in range(n_cells):
                rule[c] += control[c, a]
    if n_states > 0.0:
        hold_ground(missions, presence, holding)
        police_ground(communities, population, rule, rates.officers_per_1000, holding)
    part = of_state / max(1.0, n_states)
    per_area = 1000.0 / (geography.cell_km[0] * geography.cell_km[0])
    for c in range(n_cells):
        total = holding[c]
        for a in range(n_groups):
            total += armed[c, a]
        grip = 1.0 / (total * per_area + rates.empty)
        pull, idle = rates.control_rate * per_area * grip, rates.empty * grip
        works = 0.5 * (communities.police[c] + communities.services[c]) * (0.5 + 0.5 * communities.trust_state[c])
        fade, nobody = rates.fade_rate * idle, 1.0
        yields, kept = rates.control_rate * (1.0 - idle) + fade, fade * works
        for a in range(n_groups):
            own = armed[c, a] + holding[c] * part[a]
            control[c, a] = max(0.0, control[c, a] + pull * own - (yields - kept * of_state[a]) * control[c, a])
            nobody -= control[c, a]
        gain = rates.extend_rate * works * max(0.0, nobody) * round_about(c, rule, geography.around)
        # Without branches: shares differ from cell to cell, and a wrong guess costs more than the sums.
        first, second = 0.0, 0.0
        for a in range(n_groups):
            control[c, a] += gain * part[a]
            second = max(second, min(first, control[c, a]))
            first = max(first, control[c, a])
        contested[c] = 4.0 * first * second
