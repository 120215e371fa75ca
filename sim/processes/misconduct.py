"""Peacekeepers who exploit or abuse, and what becomes known of it."""

from sim.core.chance import bernoulli
from sim.core.process import process
from sim.world.kinds import Count, EventKind, UnitStatus
from sim.world.log import explain, note
from sim.world.streams import Stream


@process(writes=("communities.trust_mission", "record.tally", "log"))
def misbehave(clock, communities, missions, units, contributors, record, log, rates):
    """Let units misbehave, and let what becomes known cost trust where it happened.

    Chance per unit and week: ``headcount / 1000 * acts_per_1000_year / 52 * (1.5 - training) * (1.5 - leadership) /
    quality``. An act becomes known with ``known``; then trust in the mission falls by ``trust_lost`` of itself in the
    cell, less where leadership answers for it.

    Draws: act and whether it is known, per unit and week. Order: units in file order.
    Source: about 0.3-2 allegations per 1,000 a year; Beber et al. (2017), doi:10.1017/S0020818316000242.
    """
    seed, week = clock.seed[0], clock.week[0]
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.DEPLOYED:
            continue
        m, k, c = units.mission[u], units.contributor[u], units.cell[u]
        training, leadership = 1.5 - missions.training[m], 1.5 - missions.leadership[m]
        quality = max(0.1, contributors.quality[k])
        usual = units.headcount[u] / 1000.0 * rates.acts_per_1000_year / 52.0
        chance = usual * (training * leadership / quality)
        if bernoulli(min(1.0, chance), seed, week, Stream.MISCONDUCT, u, 0):
            record.tally[Count.MISCONDUCT] += 1
            if bernoulli(rates.known, seed, week, Stream.MISCONDUCT_KNOWN, u, 0):
                answered = 1.0 - 0.5 * missions.leadership[m]
                communities.trust_mission[c] *= 1.0 - rates.trust_lost * answered
                row = note(log, week, EventKind.MISCONDUCT, c, k, m, 1.0, 0.0)
                explain(log, row, usual, (training, leadership, 1.0 / quality))
