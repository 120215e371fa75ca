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
        officers[c] = -rule[c]
    for a in range(len(communities.control)):
        for c in range(len(rule)):
            officers[c] += communities.control[a, c]
    for c in range(len(rule)):
        there = communities.police[c] * officers_per_1000 / 1000.0 * population.here[c]
        officers[c] = there * (0.5 + 0.5 * communities.trust_state[c]) * max(0.0, 1.0 - officers[c])


@kernel
def find_grip(armed, stabilising, per_area, empty, grip):
    """Write ``1 / (s + empty)`` for each cell, ``s`` being all who are under arms there per 1,000 km2."""
    for c in range(len(grip)):
        grip[c] = stabilising[c]
    for a in range(len(armed)):
        for c in range(len(grip)):
            grip[c] += armed[a, c]
    for c in range(len(grip)):
        grip[c] = 1.0 / (grip[c] * per_area + empty)


@kernel
def find_works(communities, works):
    """Write how well police and administration work and are trusted in each cell, 0 to 1."""
    for c in range(len(works)):
        institutions = 0.5 * (communities.police[c] + communities.services[c])
        works[c] = institutions * (0.5 + 0.5 * communities.trust_state[c])


@kernel
def follow_strength(control, armed, stabilising, grip, policed, works, part, is_state, per_area, rates):
    """Move one group's shares of control towards its part of the strength, and let them fade where nobody is."""
    for c in range(len(control)):
        idle = rates.empty * grip[c] - policed[c]
        fade = rates.fade_rate * idle
        yields, kept = rates.control_rate * (1.0 - idle) + fade, fade * works[c]
        own = armed[c] + stabilising[c] * part
        share = control[c] + rates.control_rate * per_area * grip[c] * own + rates.control_rate * policed[c] * part
        control[c] = max(0.0, share - (yields - kept * is_state) * control[c])


@kernel
def contest(control, contested):
    """Write how evenly the two largest shares of each cell are matched."""
    first, second = np.zeros(len(contested)), np.zeros(len(contested))
    # Without branches: shares differ from cell to cell, and a wrong guess costs more than the sums.
    for a in range(len(control)):
        for c in range(len(first)):
            second[c] = max(second[c], min(first[c], control[a, c]))
            first[c] = max(first[c], control[a, c])
    for c in range(len(first)):
        contested[c] = 4.0 * first[c] * second[c]


@kernel
def round_about(rule, neighbours, around):
    """Write the sum of the state's shares of control in each cell and the eight around it."""
    for c in range(len(rule)):
        share = rule[c]
        for k in range(8):
            share += rule[neighbours[c, k]]
        around[c] = share


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
    n_groups, n_cells = communities.control.shape
    control, armed = communities.control, influence.armed
    is_state, n_states = np.zeros(n_groups), 0.0
    rule, stabilising, officers = np.zeros(n_cells), np.zeros(n_cells), np.zeros(n_cells)
    grip, policed, works = np.empty(n_cells), np.empty(n_cells), np.empty(n_cells)
    nobody, around = np.ones(n_cells), np.empty(n_cells)
    for a in range(n_groups):
        if groups.kind[a] == GroupKind.STATE:
            is_state[a] = 1.0
            n_states += 1.0
            for c in range(n_cells):
                rule[c] += control[a, c]
    if n_states > 0.0:
        hold_ground(missions, presence, stabilising)
        count_officers(communities, population, rule, rates.officers_per_1000, officers)
    part = is_state / max(1.0, n_states)
    per_area = 1000.0 / (geography.cell_km[0] * geography.cell_km[0])
    find_grip(armed, stabilising, per_area, rates.empty, grip)
    find_works(communities, works)
    for c in range(n_cells):
        policed[c] = rates.empty * grip[c] * officers[c] * per_area / (officers[c] * per_area + rates.empty)
    for a in range(n_groups):
        follow_strength(control[a], armed[a], stabilising, grip, policed, works, part[a], is_state[a], per_area, rates)
        for c in range(n_cells):
            nobody[c] -= control[a, c]
    round_about(rule, geography.around, around)
    for a in range(n_groups):
        if part[a] > 0.0:
            for c in range(n_cells):
                gain = rates.extend_rate * works[c] * max(0.0, nobody[c]) * (around[c] / 9.0)
                control[a, c] += gain * part[a]
    contest(control, violence.contested)
