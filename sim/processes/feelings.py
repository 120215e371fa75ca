"""Fear, grievance, cohesion, livelihood and trust in the state follow what people live through."""

from sim.core.process import process


@process(
    writes=(
        "violence.memory", "communities.fear", "communities.grievance", "communities.cohesion",
        "communities.livelihood", "communities.trust_state",
    )
)  # fmt: skip
def feel(geography, communities, population, presence, violence, peace, rates):
    """Move every community's feelings towards what it has lived through, here and next door.

    ``memory = memory_keep * memory + 1000 * deaths / (people + smallest_crowd)``. With ``m = (1 - nearby) * own +
    nearby * mean of the neighbours``: fear moves towards ``m / (m + memory_half) * (1 - comfort * protection *
    trust)``, fast up and slowly down. Grievance grows with own deaths and falls towards ``exclusion = 1 -
    inclusion`` times its base; cohesion falls with fear and grows slowly back; livelihood moves towards ``(services
    + police) / 2`` scaled up to ``peace_livelihood`` and is spoilt by fear; trust in the state moves towards its
    services and legitimacy.

    Draws: none. Order: memory of all cells first, then feelings.
    Source: shape assumption; neighbours and rumours: Greenhill and Oppenheim (2017), doi:10.1093/isq/sqx015.
    """
    n_cells, n_identities = communities.residents.shape
    for c in range(n_cells):
        deaths = violence.civilians_killed[c] + violence.crossfire[c]
        deaths += rates.battle_weight * violence.battle_deaths[c]
        violence.memory[c] *= rates.memory_keep
        if deaths > 0.0:
            violence.memory[c] += 1000.0 * deaths / (population.here[c] + rates.smallest_crowd)
    legitimacy = peace.legitimacy[0]
    for c in range(n_cells):
        around, n = 0.0, 0
        for k in range(8):
            d = geography.neighbours[c, k]
            if d >= 0:
                around += violence.memory[d]
                n += 1
        near = around / n if n > 0 else violence.memory[c]
        m = (1.0 - rates.nearby) * violence.memory[c] + rates.nearby * near
        aim = m / (m + rates.memory_half)
        aim *= 1.0 - rates.comfort * presence.protection[c] * communities.trust_mission[c]
        fear = communities.fear[c]
        fear += (rates.fear_up if aim > fear else rates.fear_down) * (aim - fear)
        communities.fear[c] = fear
        for g in range(n_identities):
            pain = rates.grievance_per_memory * violence.memory[c] * (1.0 - communities.grievance[c, g])
            exclusion = rates.exclusion_grievance * (1.0 - peace.inclusion[g])
            ease = rates.grievance_fades * (communities.grievance[c, g] - exclusion)
            communities.grievance[c, g] = min(1.0, max(0.0, communities.grievance[c, g] + pain - ease))
        communities.cohesion[c] += rates.cohesion_rate * (1.0 - fear - communities.cohesion[c])
        working = 0.5 * (communities.services[c] + communities.police[c])
        aim = rates.peace_livelihood * (0.5 + 0.5 * working) * (1.0 - fear)
        communities.livelihood[c] += rates.livelihood_rate * (aim - communities.livelihood[c])
        aim = 0.5 * legitimacy + 0.5 * communities.services[c]
        communities.trust_state[c] += rates.trust_rate * (aim - communities.trust_state[c])
