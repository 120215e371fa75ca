"""Peacekeepers who exploit or abuse, and what becomes known of it."""

from sim.core.arithmetic import exp
from sim.core.chance import bernoulli
from sim.core.process import process
from sim.world.kinds import Count, EventKind, UnitStatus
from sim.world.log import explain, note
from sim.world.streams import Stream

USUAL = 0.5  # training, leadership and oversight at which the rate of acts is stated


@process(writes=("communities.trust_mission", "missions.scandal", "record.tally", "log"))
def misbehave(clock, communities, missions, units, contributors, accounts, record, log, rates):
    """Let units misbehave, and let what becomes known cost trust where it happened and will in capitals.

    Chance per unit and week: ``headcount / 1000 * acts_per_1000_year / 52 * tempo * exp(-discipline * (training - 0.5 +
    leadership - 0.5 + quality - 1) - deterrence * (oversight - 0.5))``; units that cannot leave their camps for want of
    money meet nobody. An act becomes known with chance ``rumour + (1 - rumour) * openness * oversight``. Then trust in
    the mission falls in the cell by ``trust_lost * (1 - answered)`` of itself, ``answered = redress * leadership *
    oversight``, and the scandal reaches its donors. Oversight costs face now and prevents acts.

    Draws: act and whether it is known, per unit and week. Order: units in file order.
    Source: about 0.3-2 allegations per 1,000 a year; Beber et al. (2017), doi:10.1017/S0020818316000242; discipline
    in the mission and at home: Moncrief (2017), Journal of Peace Research 54(5); sizes assumed.
    """
    seed, week = clock.seed[0], clock.week[0]
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.DEPLOYED:
            continue
        m, k, c = units.mission[u], units.contributor[u], units.cell[u]
        oversight = missions.oversight[m]
        training, leadership, quality = units.training[u], missions.leadership[m], contributors.quality[k]
        order = training - USUAL + leadership - USUAL + quality - 1.0
        laxity = exp(-rates.discipline * order - rates.deterrence * (oversight - USUAL))
        usual = units.headcount[u] / 1000.0 * rates.acts_per_1000_year / 52.0
        chance = usual * accounts.tempo[m] * laxity
        if bernoulli(min(1.0, chance), seed, week, Stream.MISCONDUCT, u, 0):
            record.tally[Count.MISCONDUCT] += 1
            known = rates.rumour + (1.0 - rates.rumour) * rates.openness * oversight
            if bernoulli(known, seed, week, Stream.MISCONDUCT_KNOWN, u, 0):
                lost = 1.0 - rates.redress * missions.leadership[m] * oversight
                communities.trust_mission[c] *= 1.0 - rates.trust_lost * lost
                missions.scandal[m] += lost
                row = note(log, week, EventKind.MISCONDUCT, c, k, m, 1.0, 0.0)
                trained = exp(-rates.discipline * (training - USUAL))
                led = exp(-rates.discipline * (leadership - USUAL))
                chosen = exp(-rates.discipline * (quality - 1.0))
                watched = exp(-rates.deterrence * (oversight - USUAL))
                explain(log, row, usual, (accounts.tempo[m], trained, led, chosen, watched))
