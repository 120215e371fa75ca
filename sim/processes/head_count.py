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
    here = population.here
    for c in range(len(here)):
        here[c] = communities.foreigners[c]
    for g in range(len(communities.residents)):
        for c in range(len(here)):
            here[c] += communities.residents[g, c] + communities.hosted[g, c]
    list_bands(bands, influence)
    feel_bands(geography, bands, influence)
