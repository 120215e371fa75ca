"""Humanitarian need and what relief reaches it."""

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count, MissionStage, Task


@kernel
def access(c, communities, presence, escorts):
    """Return the share of a cell that relief can reach: fear closes roads, accepted escorts open them."""
    return 1.0 - communities.fear[c] * (1.0 - escorts * presence.covered[c])


@process(writes=("communities.need", "record.tally"))
def relieve(clock, communities, population, ngos, missions, influence, presence, record, rates):
    """Let need follow displacement, fear and poverty, and relief organisations meet what they can reach.

    Need moves towards ``hosted share + (1 - hosted share) * fear * (1 - livelihood)``. Money goes to cells in
    proportion to ``people * need * access``, with ``access = 1 - fear * (1 - escort)``; ``escort`` is the
    peacekeepers' cover there times the mandate's effort on humanitarian support, for the part of an organisation's
    work that accepts soldiers. Bands near by loot up to ``capture`` of it. Need falls by ``relief_effect`` times the
    share of its cost, ``people * need * aid_per_person_usd / 52``, that arrives.

    Draws: none. Order: any. Source: aid and armed groups: Wood and Molfino (2016), doi:10.1093/jogss/ogw007; the
    amounts are order of magnitude.
    """
    week = clock.week[0]
    n_cells, n_identities = communities.residents.shape
    money, distance = 0.0, 0.0
    for n in range(len(ngos.weekly_usd)):
        if ngos.start_week[n] <= week < ngos.end_week[n]:
            money += ngos.weekly_usd[n]
            distance += ngos.weekly_usd[n] * ngos.principled[n]
    distance = distance / money if money > 0.0 else 1.0
    effort = 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            effort = max(effort, missions.effort[m, Task.HUMANITARIAN_SUPPORT])
    wanted = 0.0
    for c in range(n_cells):
        people = population.here[c]
        if people <= 0.0:
            communities.need[c] = 0.0
            continue
        hosted = float(communities.foreigners[c])
        for g in range(n_identities):
            hosted += communities.hosted[c, g]
        share = min(1.0, hosted / people)
        worst = share + (1.0 - share) * communities.fear[c] * (1.0 - communities.livelihood[c])
        communities.need[c] += rates.need_rate * (worst - communities.need[c])
        wanted += people * communities.need[c] * access(c, communities, presence, effort * (1.0 - distance))
    if money <= 0.0 or wanted <= 0.0:
        return
    cost = rates.aid_per_person_usd / 52.0
    for c in range(n_cells):
        people = population.here[c]
        part = people * communities.need[c] * access(c, communities, presence, effort * (1.0 - distance))
        if part <= 0.0:
            continue
        armed = 0.0
        for a in range(influence.armed.shape[1]):
            armed += influence.armed[c, a]
        # Nothing is sent beyond the need itself: money left over stays with the organisations.
        sent = min(money * part / wanted, people * communities.need[c] * cost)
        arrived = sent * (1.0 - rates.capture * armed / (armed + 100.0))
        communities.need[c] *= 1.0 - rates.relief_effect * arrived / (people * communities.need[c] * cost)
        record.tally[Count.RELIEF_USD] += sent
