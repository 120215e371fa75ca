"""Law and order in a place: the police and courts of the country, and police officers of missions."""

from sim.core.compile import kernel


@kernel
def order_in(c, officers_per_1000, communities, population, presence):
    """Return how well the law is kept in a cell, 0 to 1.

    ``1 - (1 - police) * (1 - x / (x + people * officers_per_1000 / 1000))``: the country's working police and courts,
    and the police of missions felt there, each doing a part of what the other leaves.
    """
    officers = presence.police[c]
    helped = 0.0
    if officers > 0.0:
        helped = officers / (officers + population.here[c] / 1000.0 * officers_per_1000)
    return 1.0 - (1.0 - communities.police[c]) * (1.0 - helped)
