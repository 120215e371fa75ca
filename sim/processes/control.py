"""Who rules where."""

from sim.core.process import process
from sim.world.kinds import GroupKind


@process(writes=("communities.control", "violence.contested"))
def shift_control(geography, communities, groups, influence, violence, rates):
    """Move shares of control towards local armed strength, and let working state authority fill what is empty.

    ``control_a += rate * (strength_a / (sum of strengths + empty) - control_a)``; the strength of a group is its
    fighters felt in the cell per 1,000 km2, and the state's has its working police and administration on top,
    ``authority * (police + services) / 2 * (1 + trust) / 2``, as far as no other group rules. With nobody there
    control fades. ``contested`` is ``4 * first * second`` of the two largest shares.

    Draws: none. Order: any; old strengths, new control. Assumption: people side with whoever is strong and near.
    Source: Kalyvas (2006), The Logic of Violence in Civil War.
    """
    n_cells, n_groups = communities.control.shape
    control, armed, contested = communities.control, influence.armed, violence.contested
    states = 0
    for a in range(n_groups):
        states += groups.kind[a] == GroupKind.STATE
    per_area = 1000.0 / (geography.cell_km[0] * geography.cell_km[0])
    for c in range(n_cells):
        others, total = 0.0, 0.0
        for a in range(n_groups):
            total += armed[c, a]
            if groups.kind[a] != GroupKind.STATE:
                others += control[c, a]
        working = rates.authority * 0.5 * (communities.police[c] + communities.services[c])
        working *= 0.5 + 0.5 * communities.trust_state[c]
        working *= max(0.0, 1.0 - others)  # police do not patrol where others rule
        speed = rates.control_rate / (rates.empty + total * per_area + working * states)
        first, second = 0.0, 0.0
        for a in range(n_groups):
            strength = armed[c, a] * per_area
            if groups.kind[a] == GroupKind.STATE:
                strength += working
            share = (1.0 - rates.control_rate) * control[c, a] + speed * strength
            control[c, a] = share
            if share > first:
                second = first
                first = share
            elif share > second:
                second = share
        contested[c] = 4.0 * first * second
