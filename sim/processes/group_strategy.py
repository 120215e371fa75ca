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
CANDIDATES = 6  # cells a band weighs against its present target


@kernel
def enemy_strength(a, groups):
    """Return the fighters of those whom a group fights and has no working truce with."""
    total = 0.0
    for b in range(len(groups.kind)):
        total += groups.fighters[b] * groups.enemies[a, b] * (1.0 - groups.truce[a, b])
    return total


@kernel
def choose_posture(a, seed, week, groups, deterrence, rates):
    """Return the posture of a group this month, drawn by softmax over what each is worth to it."""
    if groups.signatory[a] == 1 and groups.commitment[a] > rates.comply_above:
        return Posture.COMPLY
    own = float(groups.fighters[a])
    foes = enemy_strength(a, groups)
    if own <= 0.0 or foes <= 0.0:
        return Posture.HOLD
    edge = (own - foes) / (own + foes)
    worth = np.zeros(4)
    worth[Posture.OFFENSIVE] = rates.edge_weight * edge + groups.support[a] - groups.weariness[a] - deterrence
    worth[Posture.HOLD] = rates.hold_worth
    if groups.kind[a] != GroupKind.STATE:
        worth[Posture.GUERRILLA] = deterrence - rates.edge_weight * edge
    else:
        worth[Posture.GUERRILLA] = -10.0  # states do not go underground
    worth[Posture.TALK] = groups.weariness[a] + 2.0 * groups.commitment[a] - rates.edge_weight * abs(edge)
    most = np.max(worth)
    for i in range(4):
        worth[i] = exp(rates.decisiveness * (worth[i] - most))  # from the best, so that none overflows
    return pick(worth, 4, seed, week, Stream.POSTURE, a, 0)


@kernel
def weigh_cells(a, posture, geography, communities, population, groups, influence, presence, rates):
    """Refresh how much a group wants to be in each cell, given its posture."""
    n_cells, n_groups = communities.control.shape
    for c in range(n_cells):
        foe, foe_hold = 0.0, 0.0
        for b in range(n_groups):
            open_war = groups.enemies[a, b] * (1.0 - groups.truce[a, b])
            foe += influence.armed[c, b] * open_war
            foe_hold += communities.control[c, b] * open_war
        prize = math.sqrt(population.here[c]) / 100.0 + rates.loot_pull * geography.resources[c]
        own_hold = communities.control[c, a]
        odds = influence.armed[c, a] / (influence.armed[c, a] + foe + 1.0)
        if posture == Posture.OFFENSIVE:
            pull = (prize + rates.capital_pull * (c == geography.capital[0])) * (foe_hold + 0.2) * (0.3 + odds)
        elif posture == Posture.GUERRILLA:
            pull = (prize + 0.2) * (1.0 - 0.8 * foe / (foe + 50.0)) * (1.0 - presence.covered[c])
        else:
            pull = own_hold * (prize + 0.2) * (0.3 + foe / (foe + 50.0))
        groups.appeal[a, c] = pull * (1.0 - rates.shun_peacekeepers * presence.interposition[c])


@process(writes=("groups.posture", "groups.appeal", "bands.target", "bands.status"))
def plan(clock, geography, communities, population, groups, bands, influence, presence, rates):
    """Let each armed group choose a posture and its bands their targets, once a month.

    Postures: offensive, hold, guerrilla, talk; a committed signatory complies. Each has a worth that rises with the
    group's edge ``(own - foes) / (own + foes)``, support, weariness, commitment and the peacekeepers it faces; the
    choice is a softmax draw. Each cell gets an appeal from its people, its lootable wealth, who holds it, the odds
    there and the peacekeepers in the way. A band keeps its target unless one of a few cells drawn at random is worth
    more for its distance: ``appeal / (1 + distance / target_km)``. Weak irregular bands in guerrilla posture hide.

    Draws: each group's week of the month, once; posture per group and month; candidate targets per band and month.
    Order: groups, then bands.
    Assumption: bands know the country, but look at few places at a time (satisficing: Simon 1956).
    """
    seed, week = clock.seed[0], clock.week[0]
    n_groups = len(groups.kind)
    for a in range(n_groups):
        turn = int(uniform(seed, 0, Stream.POSTURE, a, 1) * WEEKS_PER_MONTH)
        if week % WEEKS_PER_MONTH != turn or groups.fighters[a] == 0:
            continue
        blocked, weight = 0.0, 0.0
        for i in range(len(bands.group)):
            if bands.group[i] == a and bands.status[i] != BandStatus.DISPERSED:
                blocked += bands.fighters[i] * presence.interposition[bands.cell[i]]
                weight += bands.fighters[i]
        deterrence = rates.deterrence_weight * blocked / weight if weight > 0.0 else 0.0
        posture = choose_posture(a, seed, week, groups, deterrence, rates)
        groups.posture[a] = posture
        weigh_cells(a, posture, geography, communities, population, groups, influence, presence, rates)
        for i in range(len(bands.group)):
            if bands.group[i] != a or bands.status[i] == BandStatus.DISPERSED:
                continue
            choose_target(i, a, seed, week, geography, groups, bands, rates)
            hides = posture == Posture.GUERRILLA and bands.morale[i] < rates.hide_below_morale
            bands.status[i] = BandStatus.HIDDEN if hides else BandStatus.ACTIVE


@kernel
def choose_target(i, a, seed, week, geography, groups, bands, rates):
    """Give a band the best of its present target and a few cells drawn at random."""
    n_cells = len(geography.row)
    here = bands.cell[i]
    best, most = bands.target[i], -1.0
    for k in range(CANDIDATES + 1):
        c = bands.target[i]
        if k > 0:
            c = int(uniform(seed, week, Stream.TARGET, i, k) * n_cells)
        rows = geography.row[c] - geography.row[here]
        columns = geography.column[c] - geography.column[here]
        km = geography.cell_km[0] * math.sqrt(rows * rows + columns * columns)
        value = groups.appeal[a, c] / (1.0 + km / rates.target_km)
        if value > most:
            best, most = c, value
    bands.target[i] = best
