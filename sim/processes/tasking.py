"""Headquarters sends units to cells."""

import math

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Component, Doctrine, MissionStage, UnitStatus


@kernel
def wanted(m, component, c, geography, communities, population, missions, violence, rates):
    """Return how much the doctrine of a mission wants a unit of a component in a cell, before crowding."""
    people = population.here[c]
    if component == Component.CIVILIANS or component == Component.POLICE:
        return people  # they work with the population, so they live where it lives
    if component == Component.OBSERVERS:
        return people * (rates.calm_weight + violence.contested[c] + missions.threat[m, c])
    doctrine = missions.doctrine[m]
    if doctrine == Doctrine.UNIFORM:
        return 1.0
    if doctrine == Doctrine.HOTSPOT:
        # The square root keeps a capital from drawing every company.
        return math.sqrt(people + rates.people_floor) * (rates.calm_weight + missions.threat[m, c])
    return people


@kernel
def cover(c, strength, sign, geography, covered):
    """Add (sign 1) or remove (sign -1) the patrols of a unit based in a cell."""
    for r in range(geography.reach_start[c], geography.reach_start[c + 1]):
        covered[geography.reach_cell[r]] += sign * strength * geography.patrol_weight[r]


@process(writes=("units.cell", "units.moving_weeks", "units.knowledge"))
def assign(clock, geography, communities, population, missions, units, contributors, violence, rates):
    """Send newly landed units, and each cycle a part of the others, to the cells that want them most.

    ``value = wanted / (1 + covered / crowding) / (1 + entry_km / supply_km * (1 - roads))``: what the doctrine wants,
    less where others patrol already, less where supply is hard. A unit moves if its best cell is worth
    ``move_gain`` times its own. ``covered`` counts the patrols of its own contingent in full and those of the others
    as far as the mission is coordinated: without coordination each contributor places its units as if alone.
    Static units stay in their first base. The cycle is ``cycle_weeks / leadership``; in each a part of the units,
    by number, is reconsidered.

    Draws: none. Order: units in file order, each sees the choices of those before it.
    Assumption: headquarters knows how many people live where.
    """
    week = clock.week[0]
    n_cells = len(population.here)
    base = violence.memory * 0.0
    others = violence.memory * 0.0
    own = violence.memory * 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] == MissionStage.PLANNED or missions.stage[m] == MissionStage.CLOSED:
            continue
        cycle = max(1, int(rates.cycle_weeks / max(0.1, missions.leadership[m])))
        turn = (week // cycle) % rates.turns
        for component in range(6):
            due = False
            for u in range(len(units.status)):
                if units.status[u] == UnitStatus.DEPLOYED and units.mission[u] == m:
                    if units.component[u] == component and is_due(u, week, cycle, turn, m, units, missions, rates):
                        due = True
            if not due:
                continue
            for c in range(n_cells):
                value = wanted(m, component, c, geography, communities, population, missions, violence, rates)
                supply = geography.entry_km[c] / rates.supply_km * (1.0 - geography.roads[c])
                base[c] = value / (1.0 + supply)
                others[c] = 0.0
            for u in range(len(units.status)):
                if units.status[u] == UnitStatus.DEPLOYED and units.component[u] == component:
                    cover(units.cell[u], units.headcount[u], 1.0, geography, others)
            place(week, cycle, turn, m, component, base, others, own, geography, missions, units, contributors, rates)


@kernel
def is_due(u, week, cycle, turn, m, units, missions, rates):
    """Tell whether a unit is to be placed this week: just landed, or its turn in this cycle."""
    if units.arrived_week[u] == week:
        return True
    if missions.doctrine[m] == Doctrine.STATIC:
        return False
    return week % cycle == 0 and u % rates.turns == turn


@kernel
def place(week, cycle, turn, m, component, base, others, own, geography, missions, units, contributors, rates):
    """Place the units of one component that are due, one after the other."""
    n_cells = len(base)
    last_contributor = -1
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.DEPLOYED or units.mission[u] != m or units.component[u] != component:
            continue
        if not is_due(u, week, cycle, turn, m, units, missions, rates):
            continue
        here, strength = units.cell[u], units.headcount[u]
        if units.contributor[u] != last_contributor:
            last_contributor = units.contributor[u]
            for c in range(n_cells):
                own[c] = 0.0
            for v in range(len(units.status)):
                if units.status[v] == UnitStatus.DEPLOYED and units.contributor[v] == last_contributor:
                    cover(units.cell[v], units.headcount[v], 1.0, geography, own)
        cover(here, strength, -1.0, geography, others)
        cover(here, strength, -1.0, geography, own)
        seen = missions.coordination[m]
        best, most = here, -1.0
        at_home = base[here] / (1.0 + (own[here] + seen * (others[here] - own[here])) / rates.crowding)
        for c in range(n_cells):
            value = base[c] / (1.0 + (own[c] + seen * (others[c] - own[c])) / rates.crowding)
            if value > most:
                best, most = c, value
        if units.arrived_week[u] == week or most > rates.move_gain * at_home:
            if best != here:
                km = geography.cell_km[0] * max(
                    abs(geography.row[best] - geography.row[here]), abs(geography.column[best] - geography.column[here])
                )
                units.moving_weeks[u] = 1 + int(km / rates.road_km_per_week)
                units.knowledge[u] = contributors.proximity[units.contributor[u]]
                units.cell[u] = best
        cover(units.cell[u], strength, 1.0, geography, others)
        cover(units.cell[u], strength, 1.0, geography, own)
