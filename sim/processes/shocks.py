"""Dated events from outside the conflict: disasters, crises, leaders who leave, donors who cut."""

from sim.core.chance import round_randomly, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count, EventKind, ShockKind
from sim.world.log import note
from sim.world.people import take_people
from sim.world.streams import Stream


@kernel
def take_home(s, turns, seed, week, communities, population):
    """Let the guests whom an event brought go home in equal parts, the last of them in the last of its weeks."""
    running = uniform(seed, week, Stream.GUEST, s, 0)
    for c in range(len(communities.foreigners)):
        before = int(running)
        running += population.guests[s, c] / turns
        people = min(int(running) - before, population.guests[s, c])
        if turns == 1:
            people = population.guests[s, c]
        population.guests[s, c] -= people
        communities.foreigners[c] -= people
        population.arrivals[0] -= people


@process(
    writes=(
        "communities", "population.died", "population.arrivals", "population.guests", "groups.commitment",
        "groups.spoils", "groups.support", "groups.cohesion", "donors.will", "record.tally", "log",
    )
)  # fmt: skip
def strike(clock, calendar, communities, population, groups, donors, record, log, rates):
    """Let the dated events of the scenario strike the cells, groups and donors that they concern.

    A disaster or epidemic kills ``size`` people over its weeks, spread over the cells it touches in proportion to the
    people there, lowers livelihood and raises need and fear with the deaths in 1,000 people. An economic crisis takes
    ``size`` of the livelihood over its weeks. A refugee inflow brings ``size`` foreigners in the first half of its
    weeks and takes them home in the second, from wherever it has brought them; one of a single week brings them for
    good. A leader's departure removes ``size`` of what held a group to war: commitment moves that part of the way to
    1, spoils and cohesion fall. Support changes to ``size``. A donor cut takes ``size`` of a donor's will. A scandal
    takes ``size`` of the trust in the mission.

    Draws: rounding of deaths and arrivals by cell, of departures by event. Order: shocks in file order, cells in map
    order.
    Assumption: what comes from outside is given; sizes are the scenario's.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_cells = len(population.here)
    alike = communities.grievance[0] * 0.0 + 1.0
    for s in range(len(calendar.shock_week)):
        age = week - calendar.shock_week[s]
        weeks = calendar.shock_weeks[s]
        if age < 0 or age >= weeks:
            continue
        kind, size, who = calendar.shock_kind[s], calendar.shock_size[s], calendar.shock_who[s]
        if age == 0:
            note(log, week, EventKind.SHOCK, -1, s, who, size, weeks)
            if kind == ShockKind.LEADER_DEPARTURE and who >= 0:
                groups.commitment[who] += size * (1.0 - groups.commitment[who])
                groups.spoils[who] *= 1.0 - size
                groups.cohesion[who] *= 1.0 - rates.departure_disorder * size
            elif kind == ShockKind.SUPPORT_CHANGE and who >= 0:
                groups.support[who] = size
            elif kind == ShockKind.DONOR_CUT and who >= 0:
                donors.will[who] *= 1.0 - size
            elif kind == ShockKind.SCANDAL:
                for c in range(n_cells):
                    communities.trust_mission[c] *= 1.0 - size * calendar.shock_cells[s, c]
        if kind > ShockKind.REFUGEE_INFLOW:
            continue
        if kind == ShockKind.REFUGEE_INFLOW and age >= (weeks + 1) // 2:
            take_home(s, weeks - age, seed, week, communities, population)
            continue
        touched = 0.0
        for c in range(n_cells):
            touched += population.here[c] * calendar.shock_cells[s, c]
        if touched <= 0.0:
            continue
        for c in range(n_cells):
            weight = calendar.shock_cells[s, c]
            if weight <= 0.0 or population.here[c] <= 0.0:
                continue
            part = population.here[c] * weight / touched
            entity = s * n_cells + c
            if kind == ShockKind.ECONOMIC_CRISIS:
                # Equal parts of what there was at its start, so that it takes its size in all.
                left = 1.0 - min(1.0, size) * age / weeks
                communities.livelihood[c] *= 1.0 - min(1.0, size) / weeks / left
            elif kind == ShockKind.REFUGEE_INFLOW:
                turns = (weeks + 1) // 2
                people = round_randomly(size * part / turns, seed, week, Stream.ARRIVAL, entity, 0)
                communities.foreigners[c] += people
                population.guests[s, c] += people
                population.arrivals[0] += people
            else:
                wanted = round_randomly(size * part / weeks, seed, week, Stream.SHOCK_DEATH, entity, 0)
                offset = uniform(seed, week, Stream.SHOCK_DEATH, entity, 1)
                dead = take_people(communities, c, wanted, alike, offset)
                population.died[0] += dead
                record.tally[Count.OTHER_DEATHS] += dead
                harm = min(1.0, rates.harm_per_death_per_1000 * 1000.0 * dead / population.here[c])
                communities.livelihood[c] *= 1.0 - harm
                communities.need[c] += harm * (1.0 - communities.need[c])
                communities.fear[c] += harm * (1.0 - communities.fear[c])
