"""Flight, refuge and return."""

import numpy as np

from sim.core.arithmetic import exp
from sim.core.chance import round_randomly, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.streams import Stream
from sim.world.tables import Count

WEEKS_BETWEEN = 4  # hosted people consider returning once a month


@kernel
def weigh_refuges(c, geography, communities, population, rates, places, weights):
    """Fill ``places`` and ``weights`` with where people of a cell may flee to; return how many and the total.

    Cells in reach and all camps, by safety, camp or capital, and nearness; the last entry, -1, is abroad.
    """
    n, total, border = 0, 0.0, 0.0
    first, last = geography.reach_start[c], geography.reach_start[c + 1]
    for r in range(first, last):
        d = geography.reach_cell[r]
        if geography.border[d] == 1:
            border = max(border, 1.0 / (1.0 + geography.reach_km[r] / rates.flight_km))
        if d == c:
            continue
        calm = 1.0 - communities.fear[d]
        pull = calm * calm * (0.2 + population.here[d] / (population.here[d] + rates.town_size))
        places[n] = d
        weights[n] = pull / (1.0 + geography.reach_km[r] / rates.flight_km)
        total += weights[n]
        n += 1
    for d in range(len(geography.camp)):
        if geography.camp[d] == 1 and d != c:
            rows, columns = geography.row[d] - geography.row[c], geography.column[d] - geography.column[c]
            km = geography.cell_km[0] * max(abs(rows), abs(columns))
            calm = 1.0 - communities.fear[d]
            places[n] = d
            weights[n] = rates.camp_pull * calm * calm / (1.0 + km / rates.flight_km)
            total += weights[n]
            n += 1
    places[n] = -1
    weights[n] = rates.abroad_pull * border
    return n + 1, total + weights[n]


@kernel
def settle(wanted, g, n, total, offset, places, weights, communities, population):
    """Spread people of a group over refuges by systematic sampling, so that the sum is exact."""
    running, placed = 0.0, 0
    for k in range(n):
        running += weights[k]
        due = wanted if k == n - 1 else min(wanted, int(wanted * running / total + offset))
        people = due - placed
        if people > 0:
            placed = due
            if places[k] < 0:
                population.abroad[g] += people
            else:
                communities.hosted[places[k], g] += people


@kernel
def flee(seed, week, geography, communities, population, record, rates):
    """Let people leave cells that they fear."""
    n_cells, n_identities = communities.residents.shape
    longest = 1
    for c in range(n_cells):
        longest = max(longest, geography.reach_start[c + 1] - geography.reach_start[c])
    places = np.zeros(longest + geography.camp.sum() + 1, dtype=np.int64)
    weights = np.zeros(len(places))
    for c in range(n_cells):
        if communities.fear[c] <= rates.fear_to_flee:
            continue
        excess = (communities.fear[c] - rates.fear_to_flee) / (1.0 - rates.fear_to_flee)
        ties = 1.0 - rates.roots * 0.5 * (communities.livelihood[c] + communities.cohesion[c])
        share = 1.0 - exp(-rates.flight_rate * excess * excess * ties)
        n, total = 0, 0.0
        for g in range(n_identities):
            leaving = round_randomly(communities.residents[c, g] * share, seed, week, Stream.FLIGHT, c, 2 * g)
            moving = round_randomly(communities.hosted[c, g] * share, seed, week, Stream.FLIGHT, c, 2 * g + 1)
            leaving = min(leaving, communities.residents[c, g])
            moving = min(moving, communities.hosted[c, g])
            if leaving + moving == 0:
                continue
            if n == 0:
                n, total = weigh_refuges(c, geography, communities, population, rates, places, weights)
            if total <= 0.0:
                break
            communities.residents[c, g] -= leaving
            communities.hosted[c, g] -= moving
            communities.empty_homes[c, g] += leaving
            offset = uniform(seed, week, Stream.DESTINATION, c, g)
            settle(leaving + moving, g, n, total, offset, places, weights, communities, population)
            record.tally[Count.FLED] += leaving


@kernel
def go_home(g, seed, week, communities, population, record, rates):
    """Let displaced people of a group go back to the homes that have become safe."""
    n_cells = communities.residents.shape[0]
    empty, safe = 0.0, 0.0
    for c in range(n_cells):
        homes = communities.empty_homes[c, g]
        if homes > 0:
            empty += homes
            safe += homes * welcome(c, communities, rates)
    if safe <= 0.0:
        return
    share = WEEKS_BETWEEN * rates.return_per_week * safe / empty
    people = round_randomly(population.abroad[g] * share, seed, week, Stream.RETURN, n_cells, g)
    people = min(people, population.abroad[g])
    population.abroad[g] -= people
    for c in range(n_cells):
        if communities.hosted[c, g] > 0:
            some = round_randomly(communities.hosted[c, g] * share, seed, week, Stream.RETURN, c, g)
            some = min(some, communities.hosted[c, g])
            communities.hosted[c, g] -= some
            people += some
    if people == 0:
        return
    running, placed = 0.0, 0
    offset = uniform(seed, week, Stream.RETURN, n_cells + 1, g)
    last = -1
    for c in range(n_cells):
        homes = communities.empty_homes[c, g]
        if homes > 0:
            weight = homes * welcome(c, communities, rates)
            running += weight
            due = min(people, int(people * running / safe + offset))
            communities.residents[c, g] += due - placed
            communities.empty_homes[c, g] = max(0, homes - (due - placed))
            placed = due
            if weight > 0.0:
                last = c
    communities.residents[last, g] += people - placed
    record.tally[Count.RETURNED] += people


@kernel
def welcome(c, communities, rates):
    """Return how ready displaced people are to go back to a cell: 0 while it is feared, then with livelihood."""
    calm = max(0.0, 1.0 - communities.fear[c] / rates.fear_to_flee)
    return calm * (0.5 + 0.5 * communities.livelihood[c])


@process(writes=("communities.residents", "communities.hosted", "communities.empty_homes", "population.abroad", "record.tally"))
def move_people(clock, geography, communities, population, record, rates):
    """Let people flee from fear and go home when their place is safe again.

    Share that leaves a cell in a week: ``1 - exp(-flight_rate * excess^2 * ties)`` with ``excess`` the fear above
    ``fear_to_flee`` and ``ties`` lowered by livelihood and cohesion. Those who leave go to cells in reach, camps and
    abroad, by safety, size and nearness. Once a month displaced people go home at ``return_per_week`` times the mean
    welcome of the homes left empty, to each home by its welcome. Who goes where home is drawn from all displaced of a
    group alike, since homes are remembered by number and not by name.

    Draws: rounding of every flow, and of where it goes. Order: flight, then return; cells in map order.
    *Must hold*: people are conserved. ``empty_homes`` is a weight for returns, not an account: those who die away
    leave theirs empty.
    Source: Adhikari (2013), doi:10.1111/j.1540-5907.2012.00616.x; Davenport, Moore and Poe (2003).
    """
    seed, week = clock.seed[0], clock.week[0]
    flee(seed, week, geography, communities, population, record, rates)
    for g in range(communities.residents.shape[1]):
        if week % WEEKS_BETWEEN == g % WEEKS_BETWEEN:
            go_home(g, seed, week, communities, population, record, rates)
