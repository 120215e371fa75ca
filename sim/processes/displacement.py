"""Flight, refuge and return."""

import numpy as np

from sim.core.arithmetic import hazard_to_probability
from sim.core.chance import round_randomly, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count
from sim.world.reach import cells_around, weights_around
from sim.world.streams import Stream

WEEKS_BETWEEN = 4  # hosted people consider returning once a month
PARTY = 100  # people who flee together
MOST_PARTIES = 64  # of a group from a cell in a week; the last takes all who remain


@kernel
def weigh_refuges(c, pull, geography, communities, rates, places, weights):
    """Fill ``places`` and ``weights`` with where people of a cell may flee to; return how many and the total.

    Cells in reach by their pull and nearness, all camps, and at the end abroad, as -1.
    """
    n, total = 0, 0.0
    cells, nearness = cells_around(c, geography), weights_around(c, geography.flight_weight, geography)
    for r in range(1, len(cells)):
        d = cells[r]
        places[n] = d
        weights[n] = pull[d] * nearness[r]
        total += weights[n]
        n += 1
    for k in range(len(geography.camp_cells)):
        d = geography.camp_cells[k]
        if d != c:
            places[n] = d
            calm = 1.0 - communities.fear[d]
            weights[n] = rates.camp_people * calm * calm * geography.camp_weight[c, k]
            total += weights[n]
            n += 1
    places[n] = -1
    weights[n] = rates.abroad_people * geography.abroad_weight[c]
    return n + 1, total + weights[n]


@kernel
def settle(wanted, g, c, n, total, seed, week, places, weights, came, population):
    """Lead people of a group from a cell to refuges, party by party, each to a refuge drawn by its weight."""
    party = 0
    while wanted > 0:
        people = min(wanted, PARTY)
        left = uniform(seed, week, Stream.DESTINATION, c, g * MOST_PARTIES + party) * total
        if party == MOST_PARTIES - 1:
            people = wanted
        k = 0
        while k < n - 1 and left >= weights[k]:
            left -= weights[k]
            k += 1
        if places[k] < 0:
            population.abroad[g] += people
        else:
            came[g, places[k]] += people
        wanted -= people
        party += 1


@kernel
def flee(seed, week, geography, communities, population, record, rates):
    """Let people leave cells that they fear."""
    n_identities, n_cells = communities.residents.shape
    longest, fewest = 0, rates.open_land * geography.cell_km[0] * geography.cell_km[0]
    pull = np.empty(n_cells)
    for c in range(n_cells):
        longest = max(longest, geography.reach_start[c + 1] - geography.reach_start[c])
        calm = 1.0 - communities.fear[c]
        pull[c] = calm * calm * (population.here[c] + fewest)
    places = np.empty(longest + len(geography.camp_cells) + 1, dtype=np.int64)
    weights = np.empty(len(places))
    came = communities.hosted * 0  # nobody flees twice in a week
    for c in range(n_cells):
        if communities.fear[c] <= rates.fear_to_flee:
            continue
        n, total = weigh_refuges(c, pull, geography, communities, rates, places, weights)
        if total <= 0.0:
            continue
        excess = (communities.fear[c] - rates.fear_to_flee) / (1.0 - rates.fear_to_flee)
        ties = 1.0 - rates.roots * 0.5 * (communities.livelihood[c] + communities.cohesion[c])
        share = hazard_to_probability(rates.flight_rate * excess * excess * ties)
        # Systematic rounding: one draw rounds all flows of a cell, each right on average.
        running = uniform(seed, week, Stream.FLIGHT, c, 0)
        for g in range(n_identities):
            before = int(running)
            running += communities.residents[g, c] * share
            leaving = int(running) - before
            before = int(running)
            running += communities.hosted[g, c] * share
            moving = int(running) - before
            communities.residents[g, c] -= leaving
            communities.hosted[g, c] -= moving
            communities.empty_homes[g, c] += leaving
            record.tally[Count.FLED] += leaving
            settle(leaving + moving, g, c, n, total, seed, week, places, weights, came, population)
    for g in range(n_identities):
        for c in range(n_cells):
            communities.hosted[g, c] += came[g, c]


@kernel
def go_home(g, seed, week, communities, population, record, rates):
    """Let displaced people of a group go back to the homes that have become safe."""
    n_cells = communities.residents.shape[1]
    empty, safe = 0.0, 0.0
    for c in range(n_cells):
        homes = communities.empty_homes[g, c]
        if homes > 0:
            empty += homes
            safe += homes * welcome(c, communities, rates)
    if safe <= 0.0:
        return
    share = min(1.0, WEEKS_BETWEEN * rates.return_per_week * safe / empty)
    people = round_randomly(population.abroad[g] * share * rates.from_abroad, seed, week, Stream.RETURN, n_cells, g)
    people = min(people, population.abroad[g])
    population.abroad[g] -= people
    leaving = uniform(seed, week, Stream.RETURN, n_cells, n_cells + g)
    for c in range(n_cells):
        before = int(leaving)
        leaving += communities.hosted[g, c] * share
        communities.hosted[g, c] -= int(leaving) - before
        people += int(leaving) - before
    if people == 0:
        return
    running, placed = 0.0, 0
    offset = uniform(seed, week, Stream.RETURN, n_cells + 1, g)
    last = -1
    for c in range(n_cells):
        homes = communities.empty_homes[g, c]
        if homes > 0:
            weight = homes * welcome(c, communities, rates)
            running += weight
            due = min(people, int(people * running / safe + offset))
            communities.residents[g, c] += due - placed
            communities.empty_homes[g, c] = max(0, homes - (due - placed))
            placed = due
            if weight > 0.0:
                last = c
    communities.residents[g, last] += people - placed
    record.tally[Count.RETURNED] += people


@kernel
def settle_down(g, seed, week, communities, rates):
    """Let some displaced people of a group become residents where they are, the more the calmer it is there."""
    running = uniform(seed, week, Stream.SETTLE, g, 0)
    for c in range(communities.residents.shape[1]):
        if communities.hosted[g, c] > 0:
            before = int(running)
            share = WEEKS_BETWEEN * rates.settle_per_week * welcome(c, communities, rates)
            running += communities.hosted[g, c] * min(1.0, share)
            communities.hosted[g, c] -= int(running) - before
            communities.residents[g, c] += int(running) - before


@kernel
def welcome(c, communities, rates):
    """Return how ready displaced people are to go back to a cell: 0 while it is feared, then with livelihood."""
    calm = max(0.0, 1.0 - communities.fear[c] / rates.fear_to_flee)
    return calm * (0.5 + 0.5 * communities.livelihood[c])


@process(
    writes=(
        "communities.residents",
        "communities.hosted",
        "communities.empty_homes",
        "population.abroad",
        "record.tally",
    )
)
def move_people(clock, geography, communities, population, record, rates):
    """Let people flee from fear and go home when their place is safe again.

    Share that leaves a cell in a week: ``1 - exp(-flight_rate * excess^2 * ties)`` with ``excess`` the fear above
    ``fear_to_flee`` and ``ties`` lowered by livelihood and cohesion. Those who leave go to cells in reach, to camps and
    abroad by gravity: ``mass * calm^2 / (1 + km / flight_km)``, the mass being the people of a cell and what its open
    land can take (``open_land * km2``), for a camp ``camp_people`` besides and for abroad ``abroad_people``; masses add
    up over cells, so refuges weigh the same however finely the map is drawn. Once a month displaced people go home at
    ``return_per_week`` times the mean welcome of the homes left empty, refugees abroad at ``from_abroad`` times that,
    to each home by its welcome; others become residents where they are, at
    ``settle_per_week`` times the welcome there. Who goes where home is drawn from all displaced of a group alike, since
    homes are remembered by number and not by name.

    Draws: rounding of every flow, and where each party of up to a hundred goes. Order: flight, return, settling;
    those who flee arrive when all have left, so nobody flees twice in a week.
    *Must hold*: people are conserved. ``empty_homes`` is a weight for returns, not an account: those who die away
    leave theirs empty.
    Source: Adhikari (2013), doi:10.1111/j.1540-5907.2012.00598.x; Davenport, Moore and Poe (2003).
    """
    seed, week = clock.seed[0], clock.week[0]
    flee(seed, week, geography, communities, population, record, rates)
    for g in range(communities.residents.shape[0]):
        if week % WEEKS_BETWEEN == g % WEEKS_BETWEEN:
            go_home(g, seed, week, communities, population, record, rates)
            settle_down(g, seed, week, communities, rates)
