"""Headquarters sends units to cells."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.core.tournament import replay, tournament, winner
from sim.world.doctrines import want
from sim.world.kinds import Component, Doctrine, MissionStage, UnitStatus
from sim.world.reach import cells_around, spread_out, weights_around

N_COMPONENTS = len(Component)


@process(writes=("units.cell", "units.moving_weeks", "units.knowledge"))
def assign(clock, geography, communities, population, groups, missions, units, contributors, violence, rates):
    """Send newly landed units, and each cycle a part of the others, to the cells that want them most.

    ``value = wanted / (1 + entry_km / supply_km * (1 - roads)) / (1 + covered / crowding)``: what the doctrine wants
    (:mod:`sim.world.doctrines`), less where supply is hard, less where others patrol already (per 1,000 km2). A unit
    moves if its best cell is worth ``move_gain`` times its own. ``covered`` counts the patrols of its own contingent
    in full and those of the others as far as the mission is coordinated: without coordination each contributor places
    its units as if alone. Nobody is stationed outside the mission's area. Static units stay in their first base. The
    cycle is ``cycle_weeks / leadership``; in each a part of the units, by number, is reconsidered. A unit that moves
    knows its new place as well as its closeness to the people and the mission's assessment of the country let it.

    Draws: none. Order: units in file order, each sees the choices of those before it.
    Assumption: headquarters knows how many people live where.
    Source: units go to the front, late, and near towns: Ruggeri, Dorussen and Gizelis (2018),
    doi:10.1017/S000712341600017X.
    """
    week = clock.week[0]
    n_cells = len(population.here)
    due, asked = who_is_due(week, missions, units, rates)
    for m in range(len(missions.stage)):
        if missions.stage[m] == MissionStage.PLANNED or missions.stage[m] == MissionStage.CLOSED:
            continue
        for component in range(N_COMPONENTS):
            if not asked[m, component]:
                continue
            base, others = np.zeros(n_cells), np.zeros(n_cells)
            want(m, component, geography, communities, population, groups, missions, violence, rates, base)
            for c in range(n_cells):
                base[c] *= missions.area[m, c]
                base[c] /= 1.0 + geography.entry_km[c] / rates.supply_km * (1.0 - geography.roads[c])
            for u in range(len(units.status)):
                if units.status[u] == UnitStatus.DEPLOYED and units.component[u] == component:
                    spread_out(units.headcount[u], units.cell[u], geography.patrol_weight, geography, others)
            seen, crowd = missions.coordination[m], crowd_of(geography, rates)
            values = np.empty(n_cells)
            for c in range(n_cells):
                values[c] = value(base[c], 0.0, others[c], seen, crowd)
            values = tournament(values)
            first = 0
            while first < len(units.status):  # the units of a contingent stand together in the table
                last, waiting = first, False
                while last < len(units.status) and units.contributor[last] == units.contributor[first]:
                    waiting = waiting or (due[last] and units.mission[last] == m)
                    last += 1
                if waiting and units.component[first] == component:
                    place(
                        first, last, week, m, due, base, others, values, geography, missions, units, contributors, rates
                    )
                first = last


@kernel
def who_is_due(week, missions, units, rates):
    """Tell which units are to be placed this week, and of which missions and components there are any.

    Those that have just landed are due and, in the first week of each cycle, every ``turns``-th unit of the others.
    """
    turn = missions.doctrine * 0 - 1
    for m in range(len(missions.stage)):
        if missions.doctrine[m] != Doctrine.STATIC:
            cycle = max(1, int(rates.cycle_weeks / max(0.1, missions.leadership[m])))
            if week % cycle == 0:
                turn[m] = (week // cycle) % rates.turns
    due = np.zeros(len(units.status), dtype=np.bool_)
    asked = np.zeros((len(missions.stage), N_COMPONENTS), dtype=np.bool_)
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED:
            m = units.mission[u]
            if units.arrived_week[u] == week or (turn[m] >= 0 and u % rates.turns == turn[m]):
                due[u] = True
                asked[m, units.component[u]] = True
    return due, asked


@kernel
def crowd_of(geography, rates):
    """Return the patrolling peacekeepers in a cell that halve the wish for more."""
    return rates.crowding * geography.cell_km[0] * geography.cell_km[0] / 1000.0


@kernel
def value(base, own, others, seen, crowd):
    """Return what a cell is worth to a unit, given the patrols of its own contingent and of all there."""
    return base / (1.0 + (own + seen * (others - own)) / crowd)


@kernel
def place(first, last, week, m, due, base, others, values, geography, missions, units, contributors, rates):
    """Place the due units of one contingent, one after the other."""
    seen, crowd = missions.coordination[m], crowd_of(geography, rates)
    own, told = np.zeros(len(base)), np.zeros(len(base), dtype=np.bool_)
    for u in range(first, last):
        if units.status[u] == UnitStatus.DEPLOYED:
            spread_out(units.headcount[u], units.cell[u], geography.patrol_weight, geography, own)
    for u in range(first, last):
        if units.mission[u] != m or not due[u]:
            continue
        here, strength = units.cell[u], units.headcount[u]
        landed = units.arrived_week[u] == week
        if landed:
            units.knowledge[u] = briefed(u, units, contributors, missions, rates)
        best = best_cell(base, own, others, seen, crowd, values, told)
        most = value(base[best], own[best], others[best], seen, crowd)
        at_home = 0.0
        # Within reach of its base the unit counts itself among those who are there already; without it they are worth:
        cells, weights = cells_around(here, geography), weights_around(here, geography.patrol_weight, geography)
        for r in range(len(cells)):
            x, patrols = cells[r], strength * weights[r]
            worth = value(base[x], own[x] - patrols, others[x] - patrols, seen, crowd)
            if x == here:
                at_home = worth
            if worth > most or (worth == most and x < best):
                best, most = x, worth
        if best == here or not (landed or most > rates.move_gain * at_home):
            continue
        steps = max(
            abs(geography.row[best] - geography.row[here]), abs(geography.column[best] - geography.column[here])
        )
        units.moving_weeks[u] = 1 + int(geography.cell_km[0] * steps / rates.road_km_per_week)
        units.knowledge[u] = briefed(u, units, contributors, missions, rates)
        units.cell[u] = best
        spread_out(-strength, here, geography.patrol_weight, geography, own)
        spread_out(strength, best, geography.patrol_weight, geography, own)
        shift(here, -strength, geography, base, others, seen, crowd, values)
        shift(best, strength, geography, base, others, seen, crowd, values)
    for c in range(len(told)):
        if told[c]:
            replay(values, c, value(base[c], 0.0, others[c], seen, crowd))


@kernel
def best_cell(base, own, others, seen, crowd, values, told):
    """Return the cell worth most to a contingent, the first of equals.

    The tournament ``values`` is played as if the contingent had nobody anywhere, so it promises too much where it has.
    Whoever wins is ``told`` its true worth until a winner keeps its promise (lazy greedy choice, Minoux 1978,
    doi:10.1007/BFb0006528). What was told holds until patrols there change, or the next contingent's turn comes.
    """
    best = winner(values)
    worth = value(base[best], own[best], others[best], seen, crowd)
    while worth < values[1]:
        replay(values, best, worth)
        told[best] = True
        best = winner(values)
        worth = value(base[best], own[best], others[best], seen, crowd)
    return best


@kernel
def shift(c, strength, geography, base, others, seen, crowd, values):
    """Add the patrols of a unit based in a cell, or take them away, and tell the tournament."""
    spread_out(strength, c, geography.patrol_weight, geography, others)
    for x in cells_around(c, geography):
        replay(values, x, value(base[x], 0.0, others[x], seen, crowd))


@kernel
def briefed(u, units, contributors, missions, rates):
    """Return what a unit knows of a place that is new to it: what is like home, and what the mission has studied."""
    known = contributors.proximity[units.contributor[u]]
    return known + (1.0 - known) * rates.briefing * missions.assessment[units.mission[u]]
