"""Taking people out of a cell without losing one."""

from sim.core.compile import kernel


@kernel
def take_people(communities, cell, wanted, tilt, offset):
    """Remove up to ``wanted`` people from a cell and return how many were removed.

    They are spread over identity groups, residents and hosted alike, in proportion to their number times
    ``tilt``, by systematic sampling, so that shares come out right on average and the sum is exact.

    Parameters
    ----------
    communities : Communities
    cell : int
    wanted : int
        People to remove, >= 0.
    tilt : float array (G,)
        Relative risk of each identity group, >= 0; a group with 0 is spared.
    offset : float
        A keyed uniform draw in [0, 1) that decides the rounding.

    Returns
    -------
    int
        People removed; fewer than ``wanted`` only if there were not enough of the groups at risk.
    """
    n_groups = len(tilt)
    total = 0.0
    at_risk = 0
    for g in range(n_groups):
        people = communities.residents[g, cell] + communities.hosted[g, cell]
        total += people * tilt[g]
        if tilt[g] > 0.0:
            at_risk += people
    if total <= 0.0 or wanted <= 0:
        return 0
    wanted = min(wanted, at_risk)
    running = 0.0
    taken = 0
    for g in range(n_groups):
        if tilt[g] <= 0.0:
            continue
        running += communities.residents[g, cell] * tilt[g]
        due = min(int(wanted * running / total + offset), wanted) - taken
        n = max(0, min(due, communities.residents[g, cell]))
        communities.residents[g, cell] -= n
        taken += n
        running += communities.hosted[g, cell] * tilt[g]
        due = min(int(wanted * running / total + offset), wanted) - taken
        n = max(0, min(due, communities.hosted[g, cell]))
        communities.hosted[g, cell] -= n
        taken += n
    # Where a small group ran out, the rest falls on the others.
    for g in range(n_groups):
        if tilt[g] > 0.0:
            n = min(wanted - taken, communities.residents[g, cell])
            communities.residents[g, cell] -= n
            taken += n
            n = min(wanted - taken, communities.hosted[g, cell])
            communities.hosted[g, cell] -= n
            taken += n
    return taken


@kernel
def spread_among_own(n, a, offset, communities, groups):
    """Return where people or things go that are spread over an armed group's constituency.

    Parameters
    ----------
    n : int
        How many, >= 0.
    a : int
        Armed group.
    offset : float
        A keyed uniform draw in [0, 1) that decides the rounding.
    communities : Communities
    groups : ArmedGroups

    Returns
    -------
    int array (G, C)
        Shares of ``n`` in proportion to residents; all zero where the constituency has none.
    """
    n_identities, n_cells = communities.residents.shape
    came = communities.residents * 0
    total = 0.0
    for c in range(n_cells):
        for g in range(n_identities):
            total += communities.residents[g, c] * groups.constituency[a, g]
    if total <= 0.0:
        return came
    running, placed = 0.0, 0
    for c in range(n_cells):
        for g in range(n_identities):
            if groups.constituency[a, g] > 0.0:
                running += communities.residents[g, c]
                due = min(n, int(n * running / total + offset))
                came[g, c] = due - placed
                placed = due
    return came
