"""Peacekeepers die: attacked by armed groups, or from illness and accidents."""

from sim.core.arithmetic import exp, hazard_to_probability
from sim.core.chance import binomial, poisson, uniform
from sim.core.process import process
from sim.world.kinds import Count, EventKind, GroupKind, Task, UnitStatus
from sim.world.log import explain, note
from sim.world.streams import Stream


@process(
    writes=(
        "units.headcount", "units.caution", "contributors.recent_dead", "missions.recent_dead", "casualties",
        "record.tally", "log",
    )
)  # fmt: skip
def attack_mission(
    clock, communities, groups, influence, presence, missions, units, contributors, casualties, record, log, rates
):
    """Let hostile armed groups attack units, and illness and accidents take their toll.

    Hazard per unit and week: ``h = rate * armed / (armed + armed_half) * hostility * (1 + offensive_gain * effort on
    offensive operations) * (1 + isolation_gain * (1 - covered)) * (1 + distrust_gain * (1 - trust)) *
    exp(-training_weight * training * quality - guard_weight * effort on force protection - information_weight * sharing
    * local knowledge)``. ``armed`` counts fighters felt in the cell, each group weighted by its hostility: its lack of
    commitment, more for terrorists, less for states, whose guest the mission is, and for all others times ``1 +
    partial_gain * (1 - impartiality)``. The dead are Poisson with mean ``killed_per_attack``, at most the unit. An
    attack makes the unit cautious. Illness and accidents: ``Binomial(headcount, illness_per_year / 52)``. Rotations
    replace the dead.

    Draws: attack, dead, illness per unit and week. Order: units in file order.
    Source: all-cause deaths of about 1-1.5 per 1,000 a year: SIPRI (2015); hostile ones from 0.05 to 1 and more;
    offensive mandates and attacks: Hunt (2017), doi:10.1080/13533312.2016.1214074; sizes assumed.
    """
    seed, week = clock.seed[0], clock.week[0]
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.DEPLOYED or units.headcount[u] == 0:
            continue
        c, m, k = units.cell[u], units.mission[u], units.contributor[u]
        partial = 1.0 + rates.partial_gain * (1.0 - missions.impartiality[m])
        ill = binomial(units.headcount[u], rates.illness_per_year / 52.0, seed, week, Stream.ILLNESS, u, 0)
        if ill > 0:
            units.headcount[u] -= ill
            casualties.other[m] += ill
            record.tally[Count.PEACEKEEPERS_OTHER] += ill
        armed, anger, angriest, worst = 0.0, 0.0, 0.0, -1
        for a in range(len(groups.kind)):
            hostility = 1.0 - groups.commitment[a]
            if groups.kind[a] == GroupKind.TERRORIST:
                hostility *= rates.terrorist_hostility * partial
            elif groups.kind[a] == GroupKind.STATE:
                hostility *= rates.state_hostility
            else:
                hostility *= partial
            felt = influence.armed[c, a]
            armed += felt
            anger += felt * hostility
            if felt * hostility > angriest:
                worst, angriest = a, felt * hostility
        if worst < 0:
            continue
        near = armed / (armed + rates.armed_half)
        hostility = anger / armed
        posture = 1.0 + rates.offensive_gain * missions.effort[m, Task.OFFENSIVE_OPERATIONS]
        isolation = 1.0 + rates.isolation_gain * (1.0 - presence.covered[c])
        distrust = 1.0 + rates.distrust_gain * (1.0 - communities.trust_mission[c])
        hazard = rates.attack_rate * near * hostility * posture * isolation * distrust
        luck = uniform(seed, week, Stream.ATTACK, u, 0)
        # A chance is never more than its hazard: most units are done here, without an exponential.
        if luck >= hazard:
            continue
        trained = rates.training_weight * units.training[u] * contributors.quality[k]
        guarded = rates.guard_weight * missions.effort[m, Task.FORCE_PROTECTION]
        informed = rates.information_weight * missions.sharing[m] * units.knowledge[u]
        if luck >= hazard_to_probability(hazard * exp(-trained - guarded - informed)):
            continue
        dead = poisson(rates.killed_per_attack, seed, week, Stream.ATTACK_SIZE, u, 0)
        dead = min(dead, units.headcount[u])
        units.headcount[u] -= dead
        units.caution[u] += rates.caution_per_attack * (1.0 - units.caution[u])
        contributors.recent_dead[k] += dead
        missions.recent_dead[m] += dead
        casualties.hostile[m] += dead
        record.tally[Count.PEACEKEEPERS_HOSTILE] += dead
        record.tally[Count.ATTACKS] += 1
        row = note(log, week, EventKind.ATTACK_ON_MISSION, c, worst, k, dead, units.headcount[u])
        ready = exp(-trained), exp(-guarded), exp(-informed)
        base = rates.attack_rate
        explain(log, row, base, (near, hostility, posture, isolation, distrust, ready[0], ready[1], ready[2]))
