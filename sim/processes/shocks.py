"""Dated events from outside the conflict: disasters, crises, coups, neighbours, donors, leaders who leave."""

import math

from sim.core.chance import binomial, round_randomly, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, EventKind, GroupKind, ShockKind, UnitStatus
from sim.world.log import note
from sim.world.people import take_people
from sim.world.streams import Stream


@kernel
def calamity(s, c, wanted, seed, week, communities, population, units, casualties, record, rates):
    """Let a disaster or epidemic kill people of a cell, harm who is left, and disasters peacekeepers alike."""
    entity = s * len(population.here) + c
    here = population.here[c]
    alike = communities.grievance[:, 0] * 0.0 + 1.0
    dead = round_randomly(wanted, seed, week, Stream.SHOCK_DEATH, entity, 0)
    offset = uniform(seed, week, Stream.SHOCK_DEATH, entity, 1)
    dead = take_people(communities, c, dead, alike, offset)
    population.died[0] += dead
    record.tally[Count.OTHER_DEATHS] += dead
    harm = min(1.0, rates.harm_per_death_per_1000 * 1000.0 * dead / here)
    communities.livelihood[c] *= 1.0 - harm
    communities.police[c] *= 1.0 - harm
    communities.services[c] *= 1.0 - harm
    communities.need[c] += harm * (1.0 - communities.need[c])
    communities.fear[c] += harm * (1.0 - communities.fear[c])
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED and units.cell[u] == c:
            lost = binomial(
                units.headcount[u], min(1.0, rates.exposure * dead / here), seed, week, Stream.SHOCK_DEATH, u, 2 + s
            )
            units.headcount[u] -= lost
            casualties.other[units.mission[u]] += lost
            record.tally[Count.PEACEKEEPERS_OTHER] += lost


@kernel
def bring(s, who, people, at_border, seed, week, geography, calendar, population, groups, bands):
    """Let armed people of a group come from abroad in bands of its usual size, as far as rows are free."""
    n_cells = len(geography.row)
    choices, crossings = 0, 0
    for c in range(n_cells):
        if calendar.shock_cells[s, c] > 0.0:
            choices += 1
            crossings += geography.border[c]
    border_only = at_border and crossings > 0
    choices = crossings if border_only else choices
    n_bands = int(math.ceil(people / groups.band_size[who]))
    free = 0
    for b in range(n_bands):
        part = people * (b + 1) // n_bands - people * b // n_bands
        while free < len(bands.group) and bands.status[free] != BandStatus.DISPERSED:
            free += 1
        if free == len(bands.group):
            return
        left, cell = int(uniform(seed, week, Stream.ARRIVAL, s, 1 + b) * choices), 0
        for c in range(n_cells):
            if calendar.shock_cells[s, c] > 0.0 and (geography.border[c] == 1 or not border_only):
                if left == 0:
                    cell = c
                left -= 1
        bands.group[free] = who
        bands.status[free] = BandStatus.ACTIVE
        bands.cell[free] = cell
        bands.target[free] = cell
        bands.blocked[free] = 0
        bands.fighters[free] = part
        bands.morale[free] = 1.0
        bands.losses[free] = 0.0
        bands.next_here[free] = -1
        groups.fighters[who] += part
        groups.start_fighters[who] += part
        population.arrivals[0] += part


@kernel
def take_home(who, people, population, groups, bands):
    """Let as many of those who came, or their replacements, leave the country; the last bands first."""
    for i in range(len(bands.group) - 1, -1, -1):
        if bands.group[i] == who and bands.status[i] != BandStatus.DISPERSED:
            part = min(people, bands.fighters[i])
            bands.fighters[i] -= part
            groups.fighters[who] -= part
            groups.start_fighters[who] -= part
            population.arrivals[0] -= part
            people -= part
            if bands.fighters[i] == 0:
                bands.status[i] = BandStatus.DISPERSED


@kernel
def coup(s, who, size, calendar, communities, groups, peace, rates):
    """Let new rulers take power who are less bound, less obeyed and less trusted than the old."""
    peace.legitimacy[0] *= 1.0 - size
    for g in range(len(peace.inclusion)):
        theirs = 0.0
        for a in range(len(groups.kind)):
            if a == who or (who < 0 and groups.kind[a] == GroupKind.STATE):
                theirs = max(theirs, groups.constituency[a, g])
        peace.inclusion[g] *= 1.0 - size * (1.0 - theirs)
    for a in range(len(groups.kind)):
        if groups.kind[a] == GroupKind.STATE or a == who:
            groups.commitment[a] *= 1.0 - size
            groups.cohesion[a] *= 1.0 - rates.departure_disorder * size
    for c in range(len(communities.trust_state)):
        communities.trust_state[c] *= 1.0 - size * calendar.shock_cells[s, c]


@kernel
def change_parties(s, kind, size, who, calendar, communities, groups, peace, rates):
    """Let an event of one day change a leader, a backer or the rulers."""
    if kind == ShockKind.LEADER_DEPARTURE and who >= 0:
        groups.commitment[who] += size * (1.0 - groups.commitment[who])
        groups.spoils[who] *= 1.0 - size
        groups.cohesion[who] *= 1.0 - rates.departure_disorder * size
    elif kind == ShockKind.SUPPORT_CHANGE and who >= 0:
        groups.support[who] = size
    elif kind == ShockKind.COUP:
        coup(s, who, size, calendar, communities, groups, peace, rates)


@kernel
def change_support(s, kind, size, who, calendar, communities, donors, contributors, missions):
    """Let an event of one day change a donor, a contributor, the host's consent or the name of the mission."""
    if kind == ShockKind.DONOR_CUT and who >= 0:
        donors.will[who] *= 1.0 - size
    elif kind == ShockKind.CONTRIBUTOR_CUT and who >= 0:
        contributors.will[who] *= 1.0 - size
    elif kind == ShockKind.CONSENT_LOSS:
        for m in range(len(missions.stage)):
            if who < 0 or who == m:
                missions.welcome[m] *= 1.0 - size
                missions.consent[m] *= 1.0 - size
    elif kind == ShockKind.SCANDAL:
        for c in range(len(communities.trust_mission)):
            communities.trust_mission[c] *= 1.0 - size * calendar.shock_cells[s, c]


@kernel
def send_guests_home(s, turns, seed, week, communities, population):
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
        "communities", "population.died", "population.arrivals", "population.guests",
        "groups.commitment", "groups.spoils",
        "groups.support", "groups.cohesion", "groups.fighters", "groups.start_fighters", "bands", "donors.will",
        "contributors.will", "missions.signals", "missions.consent", "missions.welcome", "units.headcount",
        "casualties.other", "peace.legitimacy", "peace.inclusion",
        "record.tally", "log",
    )
)  # fmt: skip
def strike(
    clock, calendar, geography, communities, population, groups, bands, units, donors, contributors, missions,
    casualties, peace, record, log, rates,
):  # fmt: skip
    """Let the dated events of the scenario strike the cells, groups, donors and missions that they concern.

    Over their weeks:

    - a disaster or epidemic kills ``size`` people, spread over its cells in proportion to the people there; with the
      deaths in 1,000 people it lowers livelihood, police and services and raises need and fear, and a unit of
      peacekeepers in the cell loses ``exposure`` times as large a part as the people;
    - an economic crisis takes ``size`` of the livelihood;
    - a refugee inflow brings ``size`` foreigners in the first half and takes them home in the second, from wherever
      it has brought them; one of a single week brings them for good;
    - a cyber-attack takes ``size`` of what reports and sensors bring to headquarters.

    At their date:

    - a spill-over brings ``size`` fighters of a group over the border of its cells for good, an intervention into its
      cells until its last week (for good if it has only one); their group reckons with them as its first strength;
    - a leader's departure removes ``size`` of what held a group to war: commitment moves that part of the way to 1,
      spoils and cohesion fall; support changes to ``size``; a donor cut takes ``size`` of a donor's will, a contributor
      cut of a contributor's; a loss of consent takes ``size`` of the host's consent and of its attitude to the mission
      named, or to all; a scandal takes ``size`` of the trust in the mission;
    - a coup, by a group or else by the state's own forces, takes ``size`` of the government's legitimacy, of the
      rulers' commitment, of trust in the state and of the parts in power of all who are not the new rulers' people.

    Draws: rounding of deaths and arrivals by cell, of departures by event, peacekeepers lost by unit, cells where
    bands appear. Order: shocks in file order, cells in map order. Assumption: what comes from outside is given; sizes
    are the scenario's.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_cells = len(population.here)
    missions.signals[:] = 1.0
    for s in range(len(calendar.shock_week)):
        age = week - calendar.shock_week[s]
        weeks = calendar.shock_weeks[s]
        if age < 0 or age >= weeks:
            continue
        kind, size, who = calendar.shock_kind[s], calendar.shock_size[s], calendar.shock_who[s]
        if age == 0:
            note(log, week, EventKind.SHOCK, -1, s, who, size, weeks)
            change_parties(s, kind, size, who, calendar, communities, groups, peace, rates)
            change_support(s, kind, size, who, calendar, communities, donors, contributors, missions)
        if kind == ShockKind.CYBER_ATTACK:
            missions.signals[:] *= 1.0 - size
        elif (kind == ShockKind.SPILL_OVER or kind == ShockKind.INTERVENTION) and who >= 0:
            if age == 0:
                at_border = kind == ShockKind.SPILL_OVER
                bring(s, who, int(size), at_border, seed, week, geography, calendar, population, groups, bands)
            elif age == weeks - 1 and kind == ShockKind.INTERVENTION:
                take_home(who, int(size), population, groups, bands)
        if kind > ShockKind.REFUGEE_INFLOW:  # the kinds up to it are spread over cells and weeks
            continue
        if kind == ShockKind.REFUGEE_INFLOW and age >= (weeks + 1) // 2:
            send_guests_home(s, weeks - age, seed, week, communities, population)
            continue
        touched = 0.0
        for c in range(n_cells):
            touched += population.here[c] * calendar.shock_cells[s, c]
        for c in range(n_cells):
            weight = calendar.shock_cells[s, c]
            if weight <= 0.0 or population.here[c] <= 0.0:
                continue
            part = size * population.here[c] * weight / touched
            if kind == ShockKind.ECONOMIC_CRISIS:
                # Equal parts of what there was at its start, so that it takes its size in all.
                left = 1.0 - min(1.0, size) * age / weeks
                communities.livelihood[c] *= 1.0 - min(1.0, size) / weeks / left
            elif kind == ShockKind.REFUGEE_INFLOW:
                turns = (weeks + 1) // 2
                people = round_randomly(part / turns, seed, week, Stream.ARRIVAL, s * n_cells + c, 0)
                communities.foreigners[c] += people
                population.guests[s, c] += people
                population.arrivals[0] += people
            else:
                calamity(s, c, part / weeks, seed, week, communities, population, units, casualties, record, rates)
