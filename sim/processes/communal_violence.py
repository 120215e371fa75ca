"""Identity groups turn on each other, without armed groups."""

from sim.core.arithmetic import exp, hazard_to_probability
from sim.core.chance import gamma, poisson, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count, EventKind
from sim.world.log import explain, note
from sim.world.order import order_in
from sim.world.people import take_people
from sim.world.streams import Stream

WEEKS_BETWEEN = 13  # each cell is looked at once a quarter, a part of the cells each week


@kernel
def mix_of(c, people, communities, population):
    """Return how hostile two people of a cell drawn at random are, at most 1: twice the sum over pairs of groups."""
    mix, n_identities = 0.0, communities.residents.shape[0]
    for g in range(n_identities):
        here = communities.residents[g, c] + communities.hosted[g, c]
        for h in range(g):
            there = communities.residents[h, c] + communities.hosted[h, c]
            mix += 4.0 * here / people * there / people * population.rift[g, h]
    return min(1.0, mix)


@kernel
def strain_of(c, people, communities):
    """Return the strain between groups in a cell, 0 to 1: grievance among people, and no cohesion to bear it."""
    pain = 0.0
    for g in range(communities.residents.shape[0]):
        n = communities.residents[g, c] + communities.hosted[g, c]
        pain += n / people * communities.grievance[g, c]
    return pain * (1.0 - communities.cohesion[c])


@process(
    writes=(
        "communities.residents", "communities.hosted", "communities.cohesion", "population.murdered",
        "violence.riot_deaths", "record.tally", "log",
    )
)  # fmt: skip
def riot(clock, communities, population, weapons, presence, violence, record, log, rates):
    """Let hostile identity groups who live together kill each other where strain is high and police weak.

    Hazard of a riot in a cell and quarter: ``riots_per_million_year / 4 * people / 1,000,000 * mix * strain * (1 +
    want_gain * (1 - livelihood)) * (1 + spark_gain * fear) * exp(-police_weight * order)``, with ``mix = 4 * sum over
    pairs of share_g * share_h * rift`` (1 for two equal, wholly hostile groups), ``strain = grievance * (1 -
    cohesion)`` and ``order`` working police and courts and the police of missions. The dead: one more than Poisson
    with mean ``killed * (1 + arms_gain * arms / (arms + arms_half)) * gamma(1/2) * 2``, of all groups alike. Cohesion
    falls by ``bitterness`` for each dead in 1,000 people; fear and grievance follow in time.

    Draws: hazard, frenzy, number and victims' groups per cell and quarter. Order: any; cells in turns by number.
    Source: Horowitz (2001), The Deadly Ethnic Riot; Wilkinson (2004), doi:10.1017/CBO9780511510458; mixed places and
    hostility: Esteban, Mayoral and Ray (2012), doi:10.1257/aer.102.4.1310; sizes assumptions.
    """
    seed, week = clock.seed[0], clock.week[0]
    alike = communities.grievance[:, 0] * 0.0 + 1.0
    highest = (1.0 + rates.want_gain) * (1.0 + rates.spark_gain)
    usual = rates.riots_per_million_year * WEEKS_BETWEEN / 52.0 / 1e6
    violence.riot_deaths[:] = 0.0
    for c in range(week % WEEKS_BETWEEN, len(population.here), WEEKS_BETWEEN):
        people = population.here[c] - communities.foreigners[c]
        luck = uniform(seed, week, Stream.RIOT, c, 0)
        # A chance is never more than its hazard, nor that than in the worst place: most cells are done here.
        if people < 1.0 or luck >= usual * people * highest:
            continue
        mix, strain = mix_of(c, people, communities, population), strain_of(c, people, communities)
        want = 1.0 + rates.want_gain * (1.0 - communities.livelihood[c])
        spark = 1.0 + rates.spark_gain * communities.fear[c]
        order = order_in(c, rates.officers_per_1000, communities, population, presence)
        police = exp(-rates.police_weight * order)
        if luck >= hazard_to_probability(usual * people * mix * strain * want * spark * police):
            continue
        held = weapons.civil[c]
        arms = 1.0 + rates.arms_gain * held / (held + people / 1000.0 * rates.arms_half_per_1000)
        frenzy = 2.0 * gamma(0.5, seed, week, Stream.RIOT_SIZE, c, 0)
        wanted = 1 + poisson(rates.killed * arms * frenzy, seed, week, Stream.RIOT_SIZE, c, 1)
        dead = take_people(communities, c, wanted, alike, uniform(seed, week, Stream.RIOT, c, 1))
        population.murdered[0] += dead
        violence.riot_deaths[c] += dead
        record.tally[Count.RIOT_DEATHS] += dead
        record.tally[Count.RIOTS] += 1
        communities.cohesion[c] *= 1.0 - min(1.0, rates.bitterness * 1000.0 * dead / people)
        row = note(log, week, EventKind.RIOT, c, -1, -1, dead, 0.0)
        explain(log, row, usual * people, (mix, strain, want, spark, police))
