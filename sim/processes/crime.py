"""People are killed by crime, and small arms change hands."""

from sim.core.arithmetic import exp
from sim.core.chance import poisson, round_randomly, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count, GroupKind
from sim.world.order import order_in
from sim.world.people import take_people
from sim.world.streams import Stream

WEEKS_BETWEEN = 13  # each cell is looked at once a quarter, a part of the cells each week


@kernel
def expected_murders(c, weeks, communities, population, groups, weapons, presence, rates):
    """Return how many people crime kills in a cell in some weeks, on average."""
    thousands = population.here[c] / 1000.0
    arms = weapons.civil[c] / (weapons.civil[c] + thousands * rates.arms_half_per_1000)
    adrift = communities.adrift[c] / (communities.adrift[c] + thousands * rates.adrift_half_per_1000)
    gangs = 0.0
    for a in range(len(groups.kind)):
        if groups.kind[a] == GroupKind.GANG:
            gangs += communities.control[a, c]
    rate = rates.murders_per_100000_year / 100.0 / 52.0 * weeks * thousands
    rate *= (1.0 + rates.want_gain * (1.0 - communities.livelihood[c])) * (1.0 + rates.arms_gain * arms)
    rate *= (1.0 + rates.adrift_gain * adrift) * (1.0 + rates.gang_gain * gangs)
    order = order_in(c, rates.officers_per_1000, communities, population, presence)
    return rate * exp(-rates.police_weight * order)


@process(
    writes=(
        "communities.residents", "communities.hosted", "communities.adrift", "population.murdered", "violence.murders",
        "weapons.civil", "weapons.seized", "record.tally",
    )
)  # fmt: skip
def rob(clock, communities, population, groups, weapons, presence, violence, record, rates):
    """Let crime kill people where livelihoods, police and the past leave room for it, and police seize arms.

    Once a quarter a cell loses ``Poisson(murders_per_100000_year / 4 * people / 100,000 * (1 + want_gain * (1 -
    livelihood)) * (1 + arms_gain * x) * (1 + adrift_gain * y) * (1 + gang_gain * gangs) * exp(-police_weight *
    order))`` people: ``x = arms / (arms + arms_half_per_1000 * people / 1000)`` for private small arms and ``y``
    likewise for former fighters who got no help to settle, ``gangs`` the control of gangs, ``order`` working police
    and courts and the police of missions. Those adrift find a livelihood at ``adrift_settle * livelihood`` a week;
    police take ``seized_per_week * order`` of the private arms. These deaths are no one-sided violence: no armed group
    kills here.

    Draws: deaths, who they are and arms seized, per cell and quarter. Order: any; cells in turns by number.
    Assumption: births count net of ordinary deaths elsewhere, so these come on top of them; they are a hundredth of
    those. Source: Fajnzylber, Lederman and Loayza (2002), doi:10.1016/S0014-2921(01)00096-4; UNODC (2019), Global Study
    on Homicide; former fighters: Kaplan and Nussio (2018), doi:10.1177/0022002716644326.
    """
    seed, week = clock.seed[0], clock.week[0]
    alike = communities.grievance[:, 0] * 0.0 + 1.0
    violence.murders[:] = 0.0
    for c in range(week % WEEKS_BETWEEN, len(population.here), WEEKS_BETWEEN):
        if population.here[c] <= 0.0:
            continue
        mean = expected_murders(c, WEEKS_BETWEEN, communities, population, groups, weapons, presence, rates)
        wanted = poisson(mean, seed, week, Stream.CRIME, c, 0)
        if wanted > 0:
            dead = take_people(communities, c, wanted, alike, uniform(seed, week, Stream.CRIME, c, 1))
            population.murdered[0] += dead
            violence.murders[c] += dead
            record.tally[Count.MURDERS] += dead
        settled = min(1.0, WEEKS_BETWEEN * rates.adrift_settle * communities.livelihood[c])
        communities.adrift[c] *= 1.0 - settled
        order = order_in(c, rates.officers_per_1000, communities, population, presence)
        taken = weapons.civil[c] * min(1.0, WEEKS_BETWEEN * rates.seized_per_week * order)
        seized = min(weapons.civil[c], round_randomly(taken, seed, week, Stream.SEIZURE, c, 0))
        weapons.civil[c] -= seized
        weapons.seized[0] += seized
