"""Liaison, community policing, dialogue and quick-impact projects."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Component, Count, GroupKind, MissionStage, Task


@kernel
def spend_on_projects(usd, missions, accounts, presence, record, rates):
    """Let each mission spend project money where its own civilians are; add it up by cell in ``usd``."""
    for m in range(len(accounts.programmes)):
        felt = presence.felt[m, Component.CIVILIANS]
        staff = 0.0
        for c in range(len(felt)):
            staff += felt[c]
        if staff <= 0.0 or accounts.programmes[m] <= 0.0:
            continue
        funds = accounts.programmes[m] * rates.projects_per_week
        accounts.programmes[m] -= funds
        accounts.programmes_spent[m] += funds
        record.tally[Count.PROGRAMMES_USD] += funds
        for c in range(len(felt)):
            usd[c] += funds * felt[c] / staff


@kernel
def goodwill_left(week, missions, rates):
    """Return the part of the first goodwill that the longest stay of a mission in the field has not used up."""
    stay = 0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            stay = max(stay, week - missions.start_week[m])
    return 1.0 / (1.0 + stay / 52.0 / rates.goodwill_years)


@kernel
def aggrieved_share(c, communities, groups):
    """Return the share of a cell's people whose armed group has signed nothing and fights on."""
    people, theirs = 0.0, 0.0
    for g in range(communities.residents.shape[1]):
        n = communities.residents[c, g] + communities.hosted[c, g]
        people += n
        for a in range(len(groups.kind)):
            if groups.kind[a] != GroupKind.STATE and groups.signatory[a] == 0 and groups.fighters[a] > 0:
                if groups.constituency[a, g] > 0.0:
                    theirs += n
                    break
    return theirs / people if people > 0.0 else 0.0


@process(
    writes=(
        "communities.trust_mission", "communities.fear", "communities.cohesion", "communities.grievance",
        "communities.livelihood", "communities.services", "accounts.programmes", "accounts.programmes_spent",
        "record.tally",
    )
)  # fmt: skip
def engage(clock, communities, population, groups, missions, accounts, presence, violence, record, rates):
    """Let staff among the people win trust, bring groups together and spend project money.

    With ``x = civilians + police`` and ``near(x) = x / (x + people * staff_per_1000_people)``, in each cell:

    - trust in the mission moves towards ``(known_trust * goodwill + liaison_trust * near) * (1 - bias * offensive *
      aggrieved)``, the faster the more peacekeepers are seen; goodwill wears off with a long stay, and offensive
      operations cost it the people of those who are fought. It falls by ``blame`` for each death per 1,000 people that
      peacekeepers did not prevent, times their cover;
    - community policing: fear falls by ``policing_rate * near`` of the officers, by their mission's effort on training
      police, as far as there are working police to patrol with; trust in the state does not move by it;
    - dialogue: cohesion grows with ``near`` of the staff times their mission's effort on reconciliation; where groups
      get on, the same heals grievances;
    - projects: each mission spends ``projects_per_week`` of its programmes' money where its civilians are; ``u`` US$ a
      head make ``r * u / (1 + r * u)`` of what is missing to full livelihood and services.

    Draws: none. Order: any. Where no peacekeeper works nothing changes.
    Source: trust and unprotected violence: Gordon and Young (2017), Journal of Peace Research 54(1); impartiality:
    Nomikos (2022), Journal of Politics 84(1); police on patrol in Liberia made people safer, not more trusting:
    Blair, Karim and Morse (2019), doi:10.1017/S0003055419000121; reconciliation: Cilliers, Dube and Siddiqi (2016),
    doi:10.1126/science.aad9682. Sizes are assumptions.
    """
    n_cells, n_identities = communities.residents.shape
    usd = np.zeros(n_cells)
    spend_on_projects(usd, missions, accounts, presence, record, rates)
    goodwill = goodwill_left(clock.week[0], missions, rates)
    offensive = 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            offensive = max(offensive, missions.effort[m, Task.OFFENSIVE_OPERATIONS])
    for c in range(n_cells):
        people = population.here[c]
        x = presence.civilians[c] + presence.police[c]
        if people <= 0.0 or (x <= 0.0 and presence.covered[c] <= 0.0):
            continue
        load = people / 1000.0 * rates.staff_per_1000_people
        near = x / (x + load)
        aim = rates.known_trust * goodwill + rates.liaison_trust * near
        if offensive > 0.0:
            aim *= 1.0 - rates.bias * offensive * aggrieved_share(c, communities, groups)
        seen = max(near, presence.covered[c])
        trust = communities.trust_mission[c]
        trust += rates.trust_rate * seen * (min(1.0, aim) - trust)
        deaths = violence.civilians_killed[c] + violence.crossfire[c]
        trust -= rates.blame * presence.covered[c] * 1000.0 * deaths / people
        communities.trust_mission[c] = min(1.0, max(0.0, trust))
        mediators, officers = 0.0, 0.0
        for m in range(len(missions.stage)):
            police = presence.felt[m, Component.POLICE, c] + presence.felt[m, Component.FORMED_POLICE, c]
            officers += missions.effort[m, Task.POLICE_TRAINING] * police
            staff = presence.felt[m, Component.CIVILIANS, c] + police
            mediators += missions.effort[m, Task.RECONCILIATION] * staff
        if officers > 0.0:
            communities.fear[c] *= 1.0 - rates.policing_rate * officers / (officers + load) * communities.police[c]
        if mediators > 0.0:
            talk = mediators / (mediators + load)
            communities.cohesion[c] += rates.cohesion_rate * talk * (1.0 - communities.cohesion[c])
            heal = rates.healing_rate * talk * communities.cohesion[c]
            for g in range(n_identities):
                communities.grievance[c, g] *= 1.0 - heal
        if usd[c] > 0.0:
            gain = rates.livelihood_per_usd * usd[c] / people
            communities.livelihood[c] += gain / (1.0 + gain) * (1.0 - communities.livelihood[c])
            gain = rates.services_per_usd * usd[c] / people
            communities.services[c] += gain / (1.0 + gain) * (1.0 - communities.services[c])
