"""What makes a word good: who guards the parties to a peace, and who speaks with weight to them."""

import numpy as np

from sim.core.compile import kernel
from sim.world.kinds import BandStatus, Component, GroupKind, Task, UnitStatus


@kernel
def facing(a, c, groups, influence):
    """Return how many enemies of a group are felt in a cell, whether or not a truce holds."""
    foes = 0.0
    for b in range(len(groups.kind)):
        foes += groups.enemies[a, b] * influence.armed[b, c]
    return foes


@kernel
def guarantees_of(communities, population, groups, bands, influence, presence, rates):
    """Return for each group the part of its fighters who are guarded, 0 to 1, and of all fighters under peacekeepers.

    Peacekeepers guard by their cover; observers, police and courts that people trust, and reformed forces of the state
    do so in part. Fighters count by the enemies whom they face: a guard is wanted where the other side could strike. A
    group that faces nobody counts all its fighters alike, and one with no fighters left looks to the people instead.
    """
    n_groups = len(groups.kind)
    reform, forces = 0.0, 0.0
    for a in range(n_groups):
        if groups.kind[a] == GroupKind.STATE:
            reform += groups.reform[a] * groups.fighters[a]
            forces += groups.fighters[a]
    reform = reform / forces if forces > 0.0 else 0.0
    guarded, fighters = np.zeros(n_groups), np.zeros(n_groups)
    guarded_front, front = np.zeros(n_groups), np.zeros(n_groups)
    covered, armed = 0.0, 0.0
    for i in range(len(bands.group)):
        if bands.status[i] != BandStatus.DISPERSED:
            a, c = bands.group[i], bands.cell[i]
            local = 0.5 * (communities.police[c] + reform) * communities.trust_state[c] * rates.local_guarantee
            watched = rates.watch_guarantee * presence.monitoring[c]
            guard = 1.0 - (1.0 - presence.covered[c]) * (1.0 - watched) * (1.0 - local)
            foes = facing(a, c, groups, influence)
            guarded[a] += bands.fighters[i] * guard
            guarded_front[a] += bands.fighters[i] * foes * guard
            front[a] += bands.fighters[i] * foes
            fighters[a] += bands.fighters[i]
            covered += bands.fighters[i] * presence.covered[c]
            armed += bands.fighters[i]
    safe, people = 0.0, 0.0
    for c in range(len(population.here)):
        safe += population.here[c] * presence.covered[c]
        people += population.here[c]
    for a in range(n_groups):
        if front[a] > 0.0:
            guarded[a] = guarded_front[a] / front[a]
        elif fighters[a] > 0.0:
            guarded[a] /= fighters[a]
        else:
            guarded[a] = safe / people if people > 0.0 else 0.0
    return guarded, covered / armed if armed > 0.0 else 0.0


@kernel
def mediation_of(leverage, missions, units, rates):
    """Return the weight of mediation, 0 to 1: political staff under good leadership, with force behind their words."""
    staff = 0.0
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED and units.component[u] == Component.CIVILIANS:
            m = units.mission[u]
            weight = missions.effort[m, Task.POLITICAL_PROCESS] * missions.leadership[m] * missions.consent[m]
            staff += units.effective[u] * weight * missions.impartiality[m]
    return staff / (staff + rates.mediators) * (1.0 - rates.leverage_weight * (1.0 - leverage))
