"""Who rules where."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.effort import drive_to_attack
from sim.world.kinds import Component, GroupKind


@kernel
def hold_ground(missions, presence, stabilising):
    """Add up the peacekeepers in each cell who hold it for the host: troops, as far as mandate and consent go."""
    for m in range(len(missions.stage)):
        part = drive_to_attack(m, missions)
        if part > 0.0:
            stabilising += part * presence.felt[m, Component.MILITARY]


@kernel
def count_officers(communities, population, rule, officers_per_1000, officers):
    """Write the state's police in each cell, as far as they work, people turn to them and no armed group rules."""
    for c in range(len(rule)):
        rivals = -rule[c]
        for a in range(communities.control.shape[1]):
            rivals += communities.control[c, a]
        there = communities.police[c] * officers_per_1000 / 1000.0 * population.here[c]
        officers[c] = there * (0.5 + 0.5 * communities.trust_state[c]) * max(0.0, 1.0 - rivals)


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

    With ``s`` the fighters felt in the cell per 1,000 km2 and ``held = s / (s + empty)``: ``control_a += rate * held *
    (s_a / s - control_a)``. Peacekeepers who may attack count for the state, as far as effort, rules of engagement and
    the host's consent go. Of the rest the state's police hold ``policed = (1 - held) * p / (p + empty)``, ``p`` being
    ``people * officers_per_1000 / 1000 * police * (1 + trust) / 2 * (1 - control by armed groups)`` per 1,000 km2:
    ``control_a += rate * policed * (1 for the state - control_a)``. They are few, but in every peopled place at peace;
    no match for armed groups and not there where those rule. So the state keeps and takes back what nobody contests
    without soldiers, the slower the fewer people and police. The last part fades, ``control_a -= fade * (1 - held -
    policed) * (1 - works_a) * control_a``, ``works = (police + services) / 2 * (1 + trust) / 2`` (0 for other groups).
    Then administration takes ``extend * works * round about`` of what nobody rules, ``round about`` being the state's
    mean share of the cell and the eight around it (the cell itself where there is no land): it spreads from where it
    is. ``contested`` is ``4 * first * second`` of the two largest shares.

    Draws: none. Order: any; old strengths and old shares of the neighbours, new control. Several states share what
    peacekeepers and police hold and extend alike. Assumption: people side with whoever is strong and near; where
    nobody is under arms an officer holds as much ground as a fighter.
    Source: Kalyvas (2006), The Logic of Violence in Civil War; the slow reach of states over thinly peopled land:
    Herbst (2000), States and Power in Africa; police as the state's hold on the periphery: Fearon and Laitin (2003),
    doi:10.1017/S0003055403000534; speeds assumed.
    """
    n_cells, n_groups = communities.control.shape
    control, armed, contested = communities.control, influence.armed, violence.contested
    of_state, n_states = np.zeros(n_groups), 0.0
    rule, stabilising, officers = np.zeros(n_cells), np.zeros(n_cells), np.zeros(n_cells)
    for a in range(n_groups):
        if groups.kind[a] == GroupKind.STATE:
            of_state[a] = 1.0
            n_states += 1.0
            for c in range(n_cells):
                rule[c] += control[c, a]
    if n_states > 0.0:
        hold_ground(missions, presence, stabilising)
        count_officers(communities, population, rule, rates.officers_per_1000, officers)
    part = of_state / max(1.0, n_states)
    per_area = 1000.0 / (geography.cell_km[0] * geography.cell_km[0])
    for c in range(n_cells):
        total = stabilising[c]
        for a in range(n_groups):
            total += armed[c, a]
        grip = 1.0 / (total * per_area + rates.empty)
        pull, idle = rates.control_rate * per_area * grip, rates.empty * grip
        policed = idle * officers[c] * per_area / (officers[c] * per_area + rates.empty)
        idle -= policed
        works = 0.5 * (communities.police[c] + communities.services[c]) * (0.5 + 0.5 * communities.trust_state[c])
        fade, nobody = rates.fade_rate * idle, 1.0
        yields, kept = rates.control_rate * (1.0 - idle) + fade, fade * works
        for a in range(n_groups):
            own = armed[c, a] + stabilising[c] * part[a]
            share = control[c, a] + pull * own + rates.control_rate * policed * part[a]
            control[c, a] = max(0.0, share - (yields - kept * of_state[a]) * control[c, a])
            nobody -= control[c, a]
        gain = rates.extend_rate * works * max(0.0, nobody) * round_about(c, rule, geography.around)
        # Without branches: shares differ from cell to cell, and a wrong guess costs more than the sums.
        first, second = 0.0, 0.0
        for a in range(n_groups):
            control[c, a] += gain * part[a]
            second = max(second, min(first, control[c, a]))
            first = max(first, control[c, a])
        contested[c] = 4.0 * first * second
