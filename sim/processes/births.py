"""Population growth."""

import math

from sim.core.chance import uniform
from sim.core.process import process
from sim.world.streams import Stream

WEEKS_BETWEEN = 26  # each cell is counted twice a year, a part of the cells each week


@process(writes=("communities.residents", "communities.hosted", "population.births"))
def grow(clock, communities, population, rates):
    """Add births net of ordinary deaths.

    ``births = round(people * growth_per_year / 2)`` twice a year, to residents and to hosted people by group.

    Draws: one rounding per cell twice a year. Order: any; births are spread over the half-year by cell number.
    Assumption: growth is the same everywhere; conflict moves people but does not lower fertility.
    Source of the order of magnitude: United Nations, World Population Prospects 2022 (2.5-3 % for Liberia 2003-2018).
    """
    seed, week = clock.seed[0], clock.week[0]
    n_identities, n_cells = communities.residents.shape
    half_year = rates.growth_per_year / 2.0
    for c in range(week % WEEKS_BETWEEN, n_cells, WEEKS_BETWEEN):
        # Systematic rounding: one draw rounds all numbers of a cell, each right on average.
        running = uniform(seed, week, Stream.BIRTH, c, 0)
        for g in range(n_identities):
            before = math.floor(running)
            running += communities.residents[g, c] * half_year
            communities.residents[g, c] += math.floor(running) - before
            population.births[0] += math.floor(running) - before
            before = math.floor(running)
            running += communities.hosted[g, c] * half_year
            communities.hosted[g, c] += math.floor(running) - before
            population.births[0] += math.floor(running) - before
