"""Population growth."""

from sim.core.chance import round_randomly
from sim.core.process import process
from sim.world.streams import Stream

WEEKS_BETWEEN = 13  # each cell is counted once a quarter, a thirteenth of the cells each week


@process(writes=("communities.residents", "communities.hosted", "population.births", "population.here"))
def grow(clock, communities, population, rates):
    """Add births net of ordinary deaths, and refresh the head count of every cell.

    ``births = round(people * growth_per_year / 4)`` once a quarter, to residents and to hosted people by group.

    Draws: one rounding per cell, group and kind each quarter. Births are spread over the quarter by cell number.
    Assumption: growth is the same everywhere; conflict moves people but does not lower fertility.
    Source of the order of magnitude: United Nations, World Population Prospects 2022 (2.5-3 % for Liberia 2003-2018).
    """
    seed, week = clock.seed[0], clock.week[0]
    n_cells, n_identities = communities.residents.shape
    quarterly = rates.growth_per_year / 4.0
    for c in range(n_cells):
        if c % WEEKS_BETWEEN == week % WEEKS_BETWEEN:
            for g in range(n_identities):
                new = round_randomly(communities.residents[c, g] * quarterly, seed, week, Stream.BIRTH, c, 2 * g)
                communities.residents[c, g] += new
                population.births[0] += new
                new = round_randomly(communities.hosted[c, g] * quarterly, seed, week, Stream.BIRTH, c, 2 * g + 1)
                communities.hosted[c, g] += new
                population.births[0] += new
        people = communities.foreigners[c]
        for g in range(n_identities):
            people += communities.residents[c, g] + communities.hosted[c, g]
        population.here[c] = people
