"""Who rules where."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Component, GroupKind, Task


@kernel
def hold_ground(missions, presence, stabilising):
    """Add up the peacekeepers in each cell who hold it for the host: troops, as far as mandate and consent go."""
    for m in range(len(missions.stage)):
        part = missions.effort[m, Task.OFFENSIVE_OPERATIONS] * missions.force[m] * missions.consent[m]
        if part > 0.0:
            stabilising += part * presence.felt[m, Component.MILITARY]


@kernel
def round_about(c, rule, geography):
    """Return the mean of the state's share of control in a cell and its neighbours, the cell itself once."""
    total, n = rule[c], 1.0
    for k in range(8):
        d = geography.neighbours[c, k]
        here = 1.0 if d >= 0 else 0.0
        total += here * rule[max(0, d)]
        n += here
    return total / n


@process(writes=("communities.control", "violence.contested"))
def shift_control(geography, communities, groups, influence, missions, presence, violence, rates):
    """Move control towards whoever is armed there, let it fade where nobody is, and let state authority extend.

    With ``s`` the fighters felt in the cell per 1,000 km2 and ``held = s / (s + empty)``: ``control_a += rate * held *
    (s_a / s - control_a) - fade * (1 - held) * (1 - works_a) * control_a``. Peacekeepers who may attack count for
    the state, as far as effort, rules of engagement and the host's consent go. Then the state's police and
    administration, ``works = (police + services) / 2 * (1 + trust) / 2`` (0 for other groups), take ``extend * works *
    round about`` of what nobody rules, ``round about`` being the state's mean share of the cell and its
    neighbours: authority spreads from where it is. ``contested`` is ``4 * first * second`` of the two largest shares.

    Draws: none. Order: any; old strengths and old shares of the neighbours, new control. Several states share what
    peacekeepers hold and extend alike. Assumption: people side with whoever is strong and near.
    Source: Kalyvas (2006), The Logic of Violence in Civil War; the slow reach of states: Herbst (2000), States and
    Power in Africa; speeds assumed.
    """
    n_cells, n_groups = communities.control.shape
    control, armed, contested = communities.control, influence.armed, violence.contested
    is_state, states = np.zeros(n_groups), 0.0
    rule, stabilising = np.zeros(n_cells), np.zeros(n_cells)
    for a in range(n_groups):
        if groups.kind[a] == GroupKind.STATE:
            is_state[a] = 1.0
            states += 1.0
            for c in range(n_cells):
                rule[c] += control[c, a]
    if states > 0.0:
        hold_ground(missions, presence, stabilising)
    states = max(1.0, states)
    per_area = 1000.0 / (geography.cell_km[0] * geography.cell_km[0])
    for c in range(n_cells):
        total = stabilising[c]
        for a in range(n_groups):
            total += armed[c, a]
        held = total * per_area / (total * per_area + rates.empty)
        pull = rates.control_rate * held / total if total > 0.0 else 0.0
        fade = rates.fade_rate * (1.0 - held)
        works = 0.5 * (communities.police[c] + communities.services[c]) * (0.5 + 0.5 * communities.trust_state[c])
        nobody = 1.0
        for a in range(n_groups):
            own = armed[c, a] + stabilising[c] * is_state[a] / states
            left = rates.control_rate * held + fade * (1.0 - works * is_state[a])
            control[c, a] = max(0.0, control[c, a] + pull * own - left * control[c, a])
            nobody -= control[c, a]
        gain = 0.0
        if nobody > 0.0 and works > 0.0:
            gain = rates.extend_rate * works * nobody * round_about(c, rule, geography) / states
        first, second = 0.0, 0.0
        for a in range(n_groups):
            control[c, a] += gain * is_state[a]
            second = max(second, min(first, control[c, a]))
            first = max(first, control[c, a])
        contested[c] = 4.0 * first * second
