"""Dated events from outside the conflict: disasters, crises, leaders who leave, donors who cut."""

from sim.core.chance import round_randomly, uniform
from sim.core.process import process
from sim.world.kinds import Count, EventKind, ShockKind
from sim.world.log import note
from sim.world.people import take_people
from sim.world.streams import Stream


@process(
    writes=(
        "communities", "population.died", "population.arrivals", "groups.commitment", "groups.spoils",
        "groups.support", "groups.cohesion", "donors.will", "contributors.will", "missions.consent",
        "missions.welcome", "record.tally", "log",
    )
)  # fmt: skip
def strike(clock, calendar, communities, population, groups, donors, contributors, missions, record, log, rates):
    """Let the dated events of the scenario strike the cells, groups and donors that they concern.

    A disaster or epidemic kills ``size`` people over its weeks, spread over the cells it touches in proportion to
    the people there, lowers livelihood and raises need and fear with the deaths in 1,000 people. An economic crisis
    takes ``size`` of the livelihood over its weeks. A refugee inflow brings ``size`` foreigners in the first half
    of its weeks and takes them home in the second; one of a single week brings them for good. A leader's departure
    removes ``size`` of what held a group to war: commitment moves that part of the way to 1, spoils and cohesion
    fall. Support changes to ``size``. A donor cut takes ``size`` of a donor's will, a contributor cut of a
    contributor's. A loss of consent, as after a coup, takes ``size`` of the host's consent and of its attitude to the
    mission named, or to all. A scandal takes ``size`` of the trust in the mission.

    Draws: rounding of deaths and arrivals by cell. Order: shocks in file order, cells in map order.
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
            elif kind == ShockKind.CONTRIBUTOR_CUT and who >= 0:
                contributors.will[who] *= 1.0 - size
            elif kind == ShockKind.CONSENT_LOSS:
                for m in range(len(missions.stage)):
                    if who < 0 or who == m:
                        missions.welcome[m] *= 1.0 - size
                        missions.consent[m] *= 1.0 - size
            elif kind == ShockKind.SCANDAL:
                for c in range(n_cells):
                    communities.trust_mission[c] *= 1.0 - size * calendar.shock_cells[s, c]
        if kind > ShockKind.REFUGEE_INFLOW:
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
                half = (weeks + 1) // 2
                turns = half if age < half else weeks - half
                people = round_randomly(size * part / turns, seed, week, Stream.ARRIVAL, entity, 0)
                if age < half:
                    communities.foreigners[c] += people
                    population.arrivals[0] += people
                else:
                    people = min(people, communities.foreigners[c])
                    communities.foreigners[c] -= people
                    population.arrivals[0] -= people
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
