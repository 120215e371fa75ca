"""What headquarters reports: how far a mission is from what it was sent for."""

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Benchmark, MissionStage

WEEKS_PER_QUARTER = 13


@kernel
def safety(m, km2, population, missions, rates):
    """Return how safe headquarters believes the country to be: 1 without a known threat, falling with threat a head."""
    people, threat = 0.0, 0.0
    for c in range(len(population.here)):
        people += population.here[c]
        threat += missions.threat[m, c] * km2 / 1000.0  # known incidents, whatever the size of cells
    return people / (people + 1e6 * threat / rates.threats_per_million) if people > 0.0 else 1.0


@kernel
def disarmed_share(groups, ranks):
    """Return how many of the fighters whom disarmament was planned for have come; 1 where none was planned."""
    came, planned = 0.0, 0.0
    for a in range(len(groups.kind)):
        planned += groups.demobilise[a] * groups.start_fighters[a]
        came += ranks.disarmed[a]
    return min(1.0, came / planned) if planned > 0.0 else 1.0


@kernel
def institutions_seen(communities, population, presence):
    """Return the working of police and services where peacekeepers see it, weighted by people; 0 where they do not."""
    level, weight = 0.0, 0.0
    for c in range(len(population.here)):
        seen = population.here[c] * presence.covered[c]
        level += seen * 0.5 * (communities.police[c] + communities.services[c])
        weight += seen
    return level / weight if weight > 0.0 else 0.0


@kernel
def settled(communities, population):
    """Return the share of people of the country who are not displaced, inside or abroad."""
    displaced, people = 0.0, 0.0
    n_identities, n_cells = communities.residents.shape
    for g in range(n_identities):
        displaced += population.abroad[g]
        people += population.abroad[g]
        for c in range(n_cells):
            displaced += communities.hosted[g, c]
            people += communities.residents[g, c] + communities.hosted[g, c]
    return 1.0 - displaced / people if people > 0.0 else 1.0


@kernel
def level_of(benchmark, m, km2, communities, population, groups, ranks, peace, presence, missions, rates):
    """Return where a mission stands on one benchmark, by its own reports, 0 to 1."""
    if benchmark == Benchmark.SECURITY:
        return safety(m, km2, population, missions, rates)
    if benchmark == Benchmark.DISARMAMENT:
        return disarmed_share(groups, ranks)
    if benchmark == Benchmark.POLITICS:
        return peace.implementation[0]
    if benchmark == Benchmark.INSTITUTIONS:
        return institutions_seen(communities, population, presence)
    return settled(communities, population)


@process(writes=("mandates.score", "mandates.security", "mandates.progress", "mandates.met"))
def take_stock(clock, geography, communities, population, groups, ranks, peace, presence, missions, mandates, rates):
    """Score each mission's benchmarks, once a quarter, by what its headquarters knows.

    ``score = mean of min(1, level / target)`` over the benchmarks of its mandate: security (``1 / (1 + believed
    threats per million people / threats_per_million)``), disarmament (fighters registered, of those planned for),
    politics (implementation of the agreement), institutions (police and services where it sees them) and return
    (people not displaced). A mandate without benchmarks is judged by security, with the target ``safe_at``.
    ``progress`` is the gain since the last report; the benchmarks count as met from ``met_at`` on.

    Draws: none. Order: any. Reports are read from next week on.
    Assumption: what headquarters does not know it does not report, so a blind mission believes that it succeeds.
    Source: tasks carried out as the measure: Blair, Di Salvatore and Smidt (2022), doi:10.1111/ajps.12650.
    """
    if (clock.week[0] + 1) % WEEKS_PER_QUARTER != 0:
        return
    km2 = geography.cell_km[0] * geography.cell_km[0]
    for m in range(len(missions.stage)):
        if missions.stage[m] == MissionStage.PLANNED or missions.stage[m] == MissionStage.CLOSED:
            mandates.progress[m] = 0.0
            continue
        aim = mandates.target[m, Benchmark.SECURITY]
        mandates.security[m] = min(
            1.0, safety(m, km2, population, missions, rates) / (aim if aim > 0.0 else rates.safe_at)
        )
        met, n = 0.0, 0
        for benchmark in range(mandates.target.shape[1]):
            target = mandates.target[m, benchmark]
            if target > 0.0:
                level = level_of(
                    benchmark, m, km2, communities, population, groups, ranks, peace, presence, missions, rates
                )
                met += min(1.0, level / target)
                n += 1
        score = met / n if n > 0 else mandates.security[m]
        mandates.progress[m] = score - mandates.score[m] if mandates.score[m] >= 0.0 else 0.0
        mandates.score[m] = score
        mandates.met[m] = 1 if score >= rates.met_at else 0
