"""Bookkeeping: who is where as the week begins."""

from sim.core.process import process
from sim.world.whereabouts import feel_bands, list_bands


@process(writes=("population.here", "bands.next_here", "influence"))
def count_heads(geography, communities, population, bands, influence):
    """Count the people of every cell and find the bands, for everyone who acts this week.

    ``here = residents + hosted + foreigners`` of all identity groups. Nothing happens to anyone here, so it cannot be
    switched off: other processes would act on last year's numbers.

    Draws: none. Order: any. Source: bookkeeping.
    """
    n_cells, n_identities = communities.residents.shape
    for c in range(n_cells):
        people = communities.foreigners[c]
        for g in range(n_identities):
            people += communities.residents[c, g] + communities.hosted[c, g]
        population.here[c] = people
    list_bands(bands, influence)
    feel_bands(geography, bands, influence)
