"""Liaison, dialogue and quick-impact projects."""

from sim.core.process import process
from sim.world.kinds import Count, MissionStage, Task


@process(
    writes=(
        "communities.trust_mission", "communities.cohesion", "communities.livelihood", "accounts.programmes",
        "accounts.programmes_spent", "record.tally",
    )
)  # fmt: skip
def engage(communities, population, missions, accounts, presence, violence, record, rates):
    """Let staff among the people win trust, bring groups together and spend project money.

    With ``x = civilians + police`` and ``near = x / (x + load)``: where peacekeepers are, trust moves towards
    ``known_trust + liaison_trust * near``, the faster the more they are seen, and falls by ``blame`` for each death
    per 1,000 people that they did not prevent, times their cover. Cohesion grows with ``near`` times the mandate's
    effort on reconciliation. Projects spend ``projects_per_week`` of the programmes' money where civilians are, and
    add ``livelihood_per_usd * US$ a head`` to livelihood.

    Draws: none. Order: any. Where no peacekeeper works nothing changes.
    Source: trust and unprotected violence: Gordon and Young (2017), Journal of Peace Research 54(1); sizes assumptions.
    """
    reconcile = 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            reconcile = max(reconcile, missions.effort[m, Task.RECONCILIATION])
    staff, funds = 0.0, 0.0
    n_cells = len(population.here)
    for c in range(n_cells):
        staff += presence.civilians[c]
    if staff > 0.0:
        for m in range(len(accounts.programmes)):
            part = accounts.programmes[m] * rates.projects_per_week
            accounts.programmes[m] -= part
            accounts.programmes_spent[m] += part
            funds += part
        record.tally[Count.PROGRAMMES_USD] += funds
    for c in range(n_cells):
        people = population.here[c]
        x = presence.civilians[c] + presence.police[c]
        if people <= 0.0 or (x <= 0.0 and presence.covered[c] <= 0.0):
            continue
        near = x / (x + people / 1000.0 * rates.staff_per_1000_people + 0.1)
        aim = min(1.0, rates.known_trust + rates.liaison_trust * near)
        seen = max(near, presence.covered[c])
        trust = communities.trust_mission[c] + rates.trust_rate * seen * (aim - communities.trust_mission[c])
        deaths = violence.civilians_killed[c] + violence.crossfire[c]
        trust -= rates.blame * presence.covered[c] * 1000.0 * deaths / people
        communities.trust_mission[c] = min(1.0, max(0.0, trust))
        gain = rates.cohesion_rate * near * reconcile
        communities.cohesion[c] += gain * (1.0 - communities.cohesion[c])
        if staff > 0.0:
            usd_a_head = funds * presence.civilians[c] / staff / people
            gain = min(0.1, rates.livelihood_per_usd * usd_a_head)
            communities.livelihood[c] += gain * (1.0 - communities.livelihood[c])
