"""What armed groups are bent on, and where they want to be."""

import math

import numpy as np

from sim.core.arithmetic import exp
from sim.core.chance import pick, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, GroupKind, Posture
from sim.world.streams import Stream

WEEKS_PER_MONTH = 4


@kernel
def open_war(a, b, groups):
    """Return 1 where two groups fight and no truce holds between them, else 0."""
    return groups.enemies[a, b] * (1.0 - groups.truce[a, b])


@kernel
def choose_posture(a, before, seed, week, groups, deterrence, rates):
    """Return the posture of a group this month, drawn by softmax over what each is worth to it."""
    if groups.signatory[a] == 1 and groups.commitment[a] > rates.comply_above:
        return Posture.COMPLY
    own, foes, quiet = float(groups.fighters[a]), 0.0, 0.0
    for b in range(len(groups.kind)):
        strength = groups.fighters[b] * open_war(a, b, groups)
        foes += strength
        if before[b] == Posture.TALK or before[b] == Posture.COMPLY:
            quiet += strength
    if own <= 0.0 or foes <= 0.0:
        return Posture.HOLD
    edge = (own - foes) / (own + foes)
    worth = np.zeros(4)
    worth[Posture.OFFENSIVE] = rates.edge_weight * edge + groups.support[a] - groups.weariness[a] - deterrence
    worth[Posture.HOLD] = rates.hold_worth
    worth[Posture.GUERRILLA] = deterrence - rates.edge_weight * edge
    worth[Posture.TALK] = groups.weariness[a] + rates.commitment_weight * groups.commitment[a]
    worth[Posture.TALK] += rates.others_weight * quiet / foes - rates.edge_weight * abs(edge)
    if groups.kind[a] == GroupKind.STATE:
        worth[Posture.GUERRILLA] = np.min(worth)  # set to nothing below: states do not go underground
    most = np.max(worth)
    for i in range(4):
        worth[i] = exp(rates.decisiveness * (worth[i] - most))  # from the best, so that none overflows
    if groups.kind[a] == GroupKind.STATE:
        worth[Posture.GUERRILLA] = 0.0
    return pick(worth, 4, seed, week, Stream.POSTURE, a, 0)


@kernel
def own_people(a, communities, groups, own):
    """Write the share of the people of each cell who are of a group's constituency."""
    people = np.zeros(len(own))
    own[:] = 0.0
    for g in range(len(communities.residents)):
        for c in range(len(own)):
            n = communities.residents[g, c] + communities.hosted[g, c]
            people[c] += n
            own[c] += n * groups.constituency[a, g]
    for c in range(len(own)):
        own[c] = own[c] / people[c] if people[c] > 0.0 else 0.0


@kernel
def add_up(columns, weight, total):
    """Write the sum of some columns by cell, each times its weight."""
    total[:] = 0.0
    for b in range(len(weight)):
        for c in range(len(total)):
            total[c] += columns[b, c] * weight[b]


@kernel
def find_prize(geography, population, km2, rates, prize):
    """Write what each cell is worth to whoever holds it: its land, its people, its resources."""
    for c in range(len(prize)):
        prize[c] = rates.land_worth + math.sqrt(population.here[c] / km2 / rates.people_per_km2)
        prize[c] += rates.loot_pull * geography.resources[c]


@kernel
def weigh_cells(a, posture, geography, communities, population, groups, influence, presence, rates):
    """Refresh how much a group wants to be in each cell, given its posture."""
    n_groups, n_cells = communities.control.shape
    km2 = geography.cell_km[0] * geography.cell_km[0]
    pull, control, own = groups.appeal[a], communities.control[a], influence.armed[a]
    hostile, prize, foe, other = np.empty(n_groups), np.empty(n_cells), np.empty(n_cells), np.empty(n_cells)
    for b in range(n_groups):
        hostile[b] = open_war(a, b, groups)
    add_up(influence.armed, hostile, foe)
    enough = rates.garrison_per_1000_km2 * km2 / 1000.0
    find_prize(geography, population, km2, rates, prize)
    if posture == Posture.OFFENSIVE:
        prize[geography.capital[0]] += rates.capital_pull
        add_up(communities.control, hostile, other)
        nobody = np.ones(n_cells)
        for b in range(n_groups):
            for c in range(n_cells):
                nobody[c] -= communities.control[b, c]
        for c in range(n_cells):
            odds = own[c] / (own[c] + foe[c]) if own[c] > 0.0 else 0.0
            pull[c] = prize[c] * (rates.open_ground * max(0.0, nobody[c]) + other[c]) * (rates.rashness + odds)
            pull[c] += (
                prize[c] * control[c] * (foe[c] / (foe[c] + enough))
            )  # what an enemy threatens is not left to him
    elif posture == Posture.GUERRILLA:
        # Soft targets: where the enemy is thin, nobody protects, and its own people hide it.
        own_people(a, communities, groups, other)
        for c in range(n_cells):
            thin = 1.0 - rates.battle_shy * (foe[c] / (foe[c] + enough))
            pull[c] = prize[c] * thin * (1.0 - presence.covered[c]) * (1.0 - rates.shelter * (1.0 - other[c]))
    else:
        for c in range(n_cells):
            pull[c] = control[c] * prize[c] * (rates.rashness + foe[c] / (foe[c] + enough))
    # A truce draws a line: who keeps it stays out of what the other side holds.
    add_up(communities.control, groups.truce[a], other)
    for c in range(n_cells):
        pull[c] = pull[c] * (1.0 - rates.shun_peacekeepers * presence.interposition[c]) * (1.0 - other[c])


@kernel
def hides(i, a, posture, groups, bands, influence, presence, rates):
    """Tell whether a guerrilla band is too weak where it stands to show itself."""
    if posture != Posture.GUERRILLA:
        return False
    c = bands.cell[i]
    own, foe = influence.armed[a, c], 0.0
    for b in range(len(groups.kind)):
        foe += influence.armed[b, c] * open_war(a, b, groups)
    odds = own / (own + foe) if foe > 0.0 else 1.0
    return bands.morale[i] * odds * (1.0 - presence.interposition[c]) < rates.hide_below


@kernel
def value_of(c, i, a, geography, groups, bands, rates):
    """Return what a cell is worth to a band: its appeal, less the farther it is."""
    here = bands.cell[i]
    rows = geography.row[c] - geography.row[here]
    columns = geography.column[c] - geography.column[here]
    km = geography.cell_km[0] * math.sqrt(rows * rows + columns * columns)
    return groups.appeal[a, c] / (1.0 + km / rates.target_km)


@kernel
def choose_target(i, a, posture, seed, week, geography, groups, bands, rates):
    """Give a band the best of its present target, the capital on an offensive, and a few cells drawn at random."""
    n_cells = len(geography.row)
    best = bands.target[i]
    most = value_of(best, i, a, geography, groups, bands, rates)
    for k in range(rates.candidates + 1):
        c = int(uniform(seed, week, Stream.TARGET, i, k) * n_cells)
        if k == 0:
            c = geography.capital[0]
            if posture != Posture.OFFENSIVE:
                continue
        # Distance only takes away: most cells are done here, without a root.
        if groups.appeal[a, c] > most:
            value = value_of(c, i, a, geography, groups, bands, rates)
            if value > most:
                best, most = c, value
    if best != bands.target[i]:
        bands.target[i] = best
        bands.blocked[i] = 0


@process(writes=("groups.posture", "groups.appeal", "bands.target", "bands.blocked", "bands.status"))
def plan(clock, geography, communities, population, groups, bands, influence, presence, rates):
    """Let each armed group choose a posture and its bands their targets, once a month.

    A committed signatory complies. Others draw by softmax, with ``edge = (own - foes) / (own + foes)`` over the foes at
    open war and ``d = deterrence_weight`` times the interposition that its fighters face, from

    - offensive: ``edge_weight * edge + support - weariness - d``; hold: ``hold_worth``;
    - guerrilla: ``d - edge_weight * edge``, so for the weak and for those whom peacekeepers keep from battle;
    - talk: ``weariness + commitment_weight * commitment + others_weight * quiet - edge_weight * |edge|``, with
      ``quiet`` the part of the foes' fighters who talk or comply.

    Each cell gets an appeal from its density of people and its lootable wealth (its prize), who holds it, the odds
    there and the peacekeepers in the way. With ``garrison = foe / (foe + garrison_per_1000_km2 * area)`` an offensive
    is drawn by ``prize * ((open_ground * nobody's + enemies' control) * (rashness + odds) + own control * garrison)``:
    to what enemies hold, the capital above all, and back to what they threaten. A guerrilla looks for soft targets
    among its own people; others hold, ``prize * own control * (rashness + garrison)``. What is held by those with whom
    a truce is in force appeals to nobody. A band keeps its target unless one of a few cells is worth more for its
    distance: ``appeal / (1 + distance / target_km)``. Guerrilla bands hide where ``morale * odds * (1 -
    interposition)`` is below ``hide_below``.

    Draws: each group's week of the month, once; posture per group and month; candidate targets per band and month.
    Order: groups by the postures that all had last week, each followed by its bands.
    Source: strategies of the weak: Arreguin-Toft (2001), doi:10.1162/016228801753212868; Kalyvas and Balcells (2010),
    doi:10.1017/S0003055410000286. Assumption: bands know the country, but look at few places at a time (satisficing:
    Simon 1956).
    """
    seed, week = clock.seed[0], clock.week[0]
    before = groups.posture.copy()
    for a in range(len(groups.kind)):
        turn = int(uniform(seed, 0, Stream.POSTURE, a, 1) * WEEKS_PER_MONTH)
        if week % WEEKS_PER_MONTH != turn or groups.fighters[a] == 0:
            continue
        blocked, weight = 0.0, 0.0
        for i in range(len(bands.group)):
            if bands.group[i] == a and bands.status[i] != BandStatus.DISPERSED:
                blocked += bands.fighters[i] * presence.interposition[bands.cell[i]]
                weight += bands.fighters[i]
        deterrence = rates.deterrence_weight * blocked / weight if weight > 0.0 else 0.0
        posture = choose_posture(a, before, seed, week, groups, deterrence, rates)
        groups.posture[a] = posture
        weigh_cells(a, posture, geography, communities, population, groups, influence, presence, rates)
        for i in range(len(bands.group)):
            if bands.group[i] != a or bands.status[i] == BandStatus.DISPERSED:
                continue
            choose_target(i, a, posture, seed, week, geography, groups, bands, rates)
            hidden = hides(i, a, posture, groups, bands, influence, presence, rates)
            bands.status[i] = BandStatus.HIDDEN if hidden else BandStatus.ACTIVE
