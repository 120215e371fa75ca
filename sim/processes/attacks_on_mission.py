"""Peacekeepers die: attacked by armed groups, or from illness and accidents."""

import numpy as np

from sim.core.arithmetic import exp, hazard_to_probability
from sim.core.chance import binomial, poisson, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.effort import drive_to_attack
from sim.world.kinds import Count, EventKind, GroupKind, Task, UnitStatus
from sim.world.log import explain, note
from sim.world.streams import Stream
from sim.world.whereabouts import fights_the_state


@kernel
def hostility_of(a, m, drive, groups, missions, rates):
    """Return how hostile an armed group is to a mission, undisciplined rebels without any commitment to peace being 1.

    A terrorist group attacks on purpose, others where discipline fails; those whom the mission attacks hit back.
    """
    mood = 1.0 - rates.discipline * groups.cohesion[a]
    if groups.kind[a] == GroupKind.STATE:
        mood *= rates.state_hostility * (1.0 - missions.consent[m])
        return (1.0 - groups.commitment[a]) * mood
    if groups.kind[a] == GroupKind.TERRORIST:
        mood = rates.terrorist_hostility
    elif groups.kind[a] == GroupKind.GANG:
        mood *= rates.gang_hostility
    mood *= 1.0 + rates.partial_gain * (1.0 - missions.impartiality[m])
    if groups.signatory[a] == 1:
        return (1.0 - groups.commitment[a]) * mood * rates.signed_hostility
    if drive > 0.0 and fights_the_state(a, groups):
        mood += rates.offensive_gain * drive
    return (1.0 - groups.commitment[a]) * mood


@kernel
def hostilities(groups, missions, rates):
    """Return how hostile each armed group is to each mission (M, A), and the most hostile, at least 0 (M,)."""
    found, most = np.empty((len(missions.stage), len(groups.kind))), np.zeros(len(missions.stage))
    for m in range(len(missions.stage)):
        drive = drive_to_attack(m, missions)
        for a in range(len(groups.kind)):
            found[m, a] = hostility_of(a, m, drive, groups, missions, rates)
            most[m] = max(most[m], found[m, a])
    return found, most


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

    Hazard per unit and week: ``h = rate * danger * (1 + isolation_gain * (1 - covered)) * (1 + distrust_gain * (1 -
    trust)) * exp(-training_weight * training * quality - guard_weight * effort on force protection -
    information_weight * sharing * local knowledge)``. ``danger = sum of armed_a * hostility_a / (sum of armed_a +
    peacekeepers)``, fighters and armed peacekeepers as felt in the cell: what counts is how many of those who bear
    arms there are hostile. ``hostility_a = (1 - commitment) * (mood + offensive_gain * drive)``: ``drive`` is effort
    on offensive operations times force allowed times consent, for groups that it is turned against (not signatories,
    enemies of the state); ``mood`` is ``terrorist_hostility`` for terrorists, and for others 1 less ``discipline *
    cohesion``, for states times ``state_hostility * (1 - consent)``, for gangs ``gang_hostility``, for signatories
    times ``signed_hostility``; for all but states times ``1 + partial_gain * (1 - impartiality)``. The dead are
    Poisson with mean ``killed_per_attack``, at most the unit. An attack makes the unit cautious. Illness and
    accidents: ``Binomial(headcount, illness_per_year / 52)``. Rotations replace the dead.

    Draws: attack, dead, illness per unit and week. Order: units in file order.
    Source: all-cause deaths of about 1-1.5 per 1,000 a year: SIPRI (2015); hostile ones from 0.05 to 1 and more;
    offensive mandates and attacks: Hunt (2017), doi:10.1080/13533312.2016.1214074; sizes assumed.
    """
    seed, week = clock.seed[0], clock.week[0]
    hostile, most = hostilities(groups, missions, rates)
    alone = rates.attack_rate * (1.0 + rates.isolation_gain) * (1.0 + rates.distrust_gain)
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.DEPLOYED or units.headcount[u] == 0:
            continue
        c, m, k = units.cell[u], units.mission[u], units.contributor[u]
        ill = binomial(units.headcount[u], rates.illness_per_year / 52.0, seed, week, Stream.ILLNESS, u, 0)
        if ill > 0:
            units.headcount[u] -= ill
            casualties.other[m] += ill
            record.tally[Count.PEACEKEEPERS_OTHER] += ill
        luck = uniform(seed, week, Stream.ATTACK, u, 0)
        # Nowhere is the hazard more than alone amid the most hostile (the rest is for rounding), nor is a chance more
        # than its hazard: most units are done here, without a look around.
        if luck >= alone * most[m] * 1.000001:
            continue
        armed, anger, angriest, worst = 0.0, 0.0, 0.0, -1
        for a in range(len(groups.kind)):
            felt = influence.armed[a, c]
            armed += felt
            if felt > 0.0:
                felt *= hostile[m, a]
                anger += felt
                if felt > angriest:
                    worst, angriest = a, felt
        if worst < 0:
            continue
        near = armed / (armed + presence.troops[c] + presence.police[c])
        hostility = anger / armed
        isolation = 1.0 + rates.isolation_gain * (1.0 - presence.covered[c])
        distrust = 1.0 + rates.distrust_gain * (1.0 - communities.trust_mission[c])
        hazard = rates.attack_rate * near * hostility * isolation * distrust
        trained = rates.training_weight * units.training[u] * contributors.quality[k]
        guarded = rates.guard_weight * missions.effort[m, Task.FORCE_PROTECTION]
        informed = rates.information_weight * missions.sharing[m] * units.knowledge[u]
        if units.headcount[u] == 0 or luck >= hazard_to_probability(hazard * exp(-trained - guarded - informed)):
            continue  # of a unit whose last people fell ill this week nobody is left to be attacked
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
        explain(log, row, base, (near, hostility, isolation, distrust, ready[0], ready[1], ready[2]))
