"""Fear, grievance, cohesion, livelihood and trust in the state follow what people live through."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.reach import cells_around, weights_around


@kernel
def remember(c, deaths, area, geography, population, violence, rates):
    """Add deaths in a cell to the memory of all who hear of them, as deaths per 1,000 people who live around."""
    crowd = rates.fewest_per_km2 * area
    cells, weights = cells_around(c, geography), weights_around(c, geography.sway_weight, geography)
    for r in range(len(cells)):
        crowd += weights[r] * population.here[cells[r]]
    for r in range(len(cells)):
        violence.memory[cells[r]] += 1000.0 * deaths * weights[r] / crowd


@kernel
def dread(memory, protection, trust_mission, rates, worst):
    """Write how much there is to fear in each cell."""
    for c in range(len(worst)):
        comfort = 1.0 - rates.comfort * protection[c] * trust_mission[c]
        worst[c] = memory[c] / (memory[c] + rates.memory_half) * comfort


@kernel
def fear_with(worst, up, down, fear):
    """Let fear follow what there is to fear, fast up and slowly down."""
    for c in range(len(fear)):
        more = worst[c] - fear[c]
        fear[c] += max(0.0, more) * up + min(0.0, more) * down


@kernel
def live_on(legitimacy, communities, rates):
    """Let cohesion, livelihood and trust in the state follow fear and what works."""
    fear, police, services = communities.fear, communities.police, communities.services
    cohesion, livelihood, trust_state = communities.cohesion, communities.livelihood, communities.trust_state
    for c in range(len(fear)):
        cohesion[c] += rates.cohesion_rate * (1.0 - fear[c] - cohesion[c])
    for c in range(len(fear)):
        aim = rates.peace_livelihood * (0.5 + 0.25 * (services[c] + police[c])) * (1.0 - fear[c])
        livelihood[c] += rates.livelihood_rate * (aim - livelihood[c])
    for c in range(len(fear)):
        trust_state[c] += rates.trust_rate * (0.5 * legitimacy + 0.5 * services[c] - trust_state[c])


@process(
    writes=(
        "violence.memory", "communities.fear", "communities.grievance", "communities.cohesion",
        "communities.livelihood", "communities.trust_state",
    )
)  # fmt: skip
def feel(geography, communities, population, presence, violence, peace, rates):
    """Move every community's feelings towards what it and its surroundings have lived through.

    ``memory = memory_keep * memory + 1000 * sum of deaths * nearness / crowd``: word of a death goes as far as bands
    are felt, ``nearness`` being a weight of the cells in reach that sums to 1, and ``crowd`` the mean number of people
    in those cells by the same weights, with ``fewest_per_km2`` more. So memory is deaths per 1,000 people around, and
    does not depend on the size of cells. With ``m`` the memory of a cell: fear moves towards ``m / (m + memory_half) *
    (1 - comfort * protection * trust)``, fast up and slowly down. Grievance grows with what is remembered and falls
    towards ``exclusion = 1 - inclusion`` times its base; cohesion moves towards ``1 - fear``, livelihood towards
    ``peace_livelihood * (1 + (services + police) / 2) / 2 * (1 - fear)`` and trust in the state towards the mean of its
    services and its legitimacy. Deaths are those of civilians in war and riots, and with weights
    those of fighters and those by crime.

    Draws: none. Order: memory of all cells first, then feelings.
    Source: shape assumption; neighbours and rumours: Greenhill and Oppenheim (2017), doi:10.1093/isq/sqx015.
    """
    n_identities, n_cells = communities.residents.shape
    area = geography.cell_km[0] * geography.cell_km[0]
    for c in range(n_cells):
        violence.memory[c] *= rates.memory_keep
    for c in range(n_cells):
        deaths = violence.civilians_killed[c] + violence.crossfire[c] + violence.riot_deaths[c]
        deaths += rates.battle_weight * violence.battle_deaths[c] + rates.crime_weight * violence.murders[c]
        if deaths > 0.0:
            remember(c, deaths, area, geography, population, violence, rates)
    worst = np.empty(n_cells)
    dread(violence.memory, presence.protection, communities.trust_mission, rates, worst)
    fear_with(worst, rates.fear_up, rates.fear_down, communities.fear)
    for g in range(n_identities):
        exclusion = rates.exclusion_grievance * (1.0 - peace.inclusion[g])
        for c in range(n_cells):
            pain = rates.grievance_per_memory * violence.memory[c] * (1.0 - communities.grievance[g, c])
            ease = rates.grievance_fades * (communities.grievance[g, c] - exclusion)
            communities.grievance[g, c] = min(1.0, max(0.0, communities.grievance[g, c] + pain - ease))
    live_on(peace.legitimacy[0], communities, rates)
