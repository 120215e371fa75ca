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
    for g in range(communities.residents.shape[0]):
        n = communities.residents[g, c] + communities.hosted[g, c]
        people += n
        for a in range(len(groups.kind)):
            if groups.kind[a] != GroupKind.STATE and groups.signatory[a] == 0 and groups.fighters[a] > 0:
                if groups.constituency[a, g] > 0.0:
                    theirs += n
                    break
    return theirs / people if people > 0.0 else 0.0


@kernel
def come_near(people, presence, staff_per_1000, near):
    """Write how well each cell knows the mission, by civilians and police for its people, 0 to 1."""
    for c in range(len(near)):
        staff = presence.civilians[c] + presence.police[c]
        load = people[c] / 1000.0 * staff_per_1000
        near[c] = staff / (staff + load) if people[c] > 0.0 else 0.0


@kernel
def earn_trust(aim, near, covered, people, violence, rates, trust):
    """Move trust towards what people hope for where they see the mission, and down where it lets them be killed."""
    for c in range(len(trust)):
        gain = rates.trust_rate * max(near[c], covered[c]) * (min(1.0, aim[c]) - trust[c])
        deaths = violence.civilians_killed[c] + violence.crossfire[c]
        blame = rates.blame * covered[c] * 1000.0 * deaths / people[c] if people[c] > 0.0 else 0.0
        trust[c] = min(1.0, max(0.0, trust[c] + gain - blame))


@kernel
def find_helpers(missions, presence, officers, mediators):
    """Add up the police and the staff of missions in each cell, as far as they train or reconcile."""
    for m in range(len(missions.stage)):
        training, talks = missions.effort[m, Task.POLICE_TRAINING], missions.effort[m, Task.RECONCILIATION]
        civilians = presence.felt[m, Component.CIVILIANS]
        police, formed = presence.felt[m, Component.POLICE], presence.felt[m, Component.FORMED_POLICE]
        if training > 0.0:
            for c in range(len(officers)):
                officers[c] += training * (police[c] + formed[c])
        if talks > 0.0:
            for c in range(len(mediators)):
                mediators[c] += talks * (civilians[c] + (police[c] + formed[c]))


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
    n_identities, n_cells = communities.residents.shape
    usd = np.zeros(n_cells)
    spend_on_projects(usd, missions, accounts, presence, record, rates)
    goodwill = goodwill_left(clock.week[0], missions, rates)
    offensive = 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            offensive = max(offensive, missions.effort[m, Task.OFFENSIVE_OPERATIONS])
    here, near, aim = population.here, np.empty(n_cells), np.empty(n_cells)
    come_near(here, presence, rates.staff_per_1000_people, near)
    for c in range(n_cells):
        aim[c] = rates.known_trust * goodwill + rates.liaison_trust * near[c]
    if offensive > 0.0:
        for c in range(n_cells):
            aim[c] *= 1.0 - rates.bias * offensive * aggrieved_share(c, communities, groups)
    earn_trust(aim, near, presence.covered, here, violence, rates, communities.trust_mission)
    officers, mediators = np.zeros(n_cells), np.zeros(n_cells)
    find_helpers(missions, presence, officers, mediators)
    for c in range(n_cells):
        if here[c] <= 0.0:
            continue
        load = here[c] / 1000.0 * rates.staff_per_1000_people
        if officers[c] > 0.0:
            calms = rates.policing_rate * officers[c] / (officers[c] + load)
            communities.fear[c] *= 1.0 - calms * communities.police[c]
        if mediators[c] > 0.0:
            talk = mediators[c] / (mediators[c] + load)
            communities.cohesion[c] += rates.cohesion_rate * talk * (1.0 - communities.cohesion[c])
            heal = rates.healing_rate * talk * communities.cohesion[c]
            for g in range(n_identities):
                communities.grievance[g, c] *= 1.0 - heal
        if usd[c] > 0.0:
            gain = rates.livelihood_per_usd * usd[c] / here[c]
            communities.livelihood[c] += gain / (1.0 + gain) * (1.0 - communities.livelihood[c])
            gain = rates.services_per_usd * usd[c] / here[c]
            communities.services[c] += gain / (1.0 + gain) * (1.0 - communities.services[c])
