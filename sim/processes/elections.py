"""National votes: how good they are, and what a bad one does."""

import numpy as np

from sim.core.chance import normal
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import EventKind, GroupKind, Stage, Task
from sim.world.log import explain, note
from sim.world.stages import enter
from sim.world.streams import Stream


@kernel
def quality_of(communities, population, groups, missions, presence, peace, rates):
    """Return what security, administration and inclusion, by people, give to the quality of a vote; they sum to it."""
    n_identities, n_cells = communities.residents.shape
    secure, run, included, total, citizens = 0.0, 0.0, 0.0, 0.0, 0.0
    for c in range(n_cells):
        people = population.here[c]
        if people <= 0.0:
            continue
        under_arms = 0.0
        for a in range(len(groups.kind)):
            if groups.kind[a] != GroupKind.STATE:
                under_arms += communities.control[a, c]
        staff = 0.0
        for m in range(presence.felt.shape[0]):
            effort = missions.effort[m, Task.ELECTIONS]
            for k in range(presence.felt.shape[1]):
                staff += effort * presence.felt[m, k, c]
        help_here = staff / (staff + people / 1000.0 * rates.staff_per_1000_people)
        secure += people * (1.0 - communities.fear[c]) * (1.0 - rates.intimidation * min(1.0, under_arms))
        run += people * (1.0 - (1.0 - communities.services[c]) * (1.0 - help_here))
        total += people
        for g in range(n_identities):
            n = communities.residents[g, c] + communities.hosted[g, c]
            included += n * peace.inclusion[g]
            citizens += n
    if total <= 0.0 or citizens <= 0.0:
        return 0.0, 0.0, 0.0
    weights = rates.security_weight + rates.administration_weight + rates.inclusion_weight
    secure *= rates.security_weight / total / weights
    run *= rates.administration_weight / total / weights
    return secure, run, rates.inclusion_weight / weights * included / citizens


@kernel
def votes_of(communities, groups):
    """Return for each group the part of all people who are of its constituency, those of several being shared."""
    n_groups = len(groups.kind)
    votes, total = np.zeros(n_groups), 0.0
    for g in range(communities.residents.shape[0]):
        people, parties = 0.0, 0.0
        for c in range(communities.residents.shape[1]):
            people += communities.residents[g, c] + communities.hosted[g, c]
        for a in range(n_groups):
            if groups.start_fighters[a] > 0:  # a group that is not born yet is no party
                parties += groups.constituency[a, g]
        for a in range(n_groups):
            if parties > 0.0 and groups.start_fighters[a] > 0:
                votes[a] += people * groups.constituency[a, g] / parties
        total += people
    for a in range(n_groups):
        votes[a] = votes[a] / total if total > 0.0 else 0.0
    return votes


@kernel
def disappoint(quality, communities, groups, rates):
    """Let losers who are still under arms regret the peace, the less the better the vote and their share in power."""
    votes = votes_of(communities, groups)
    for a in range(len(groups.kind)):
        armed = min(1.0, groups.fighters[a] / groups.start_fighters[a]) if groups.start_fighters[a] > 0 else 0.0
        loss = rates.swing * (1.0 - quality) * (1.0 - votes[a]) * armed * (1.0 - groups.share[a])
        groups.commitment[a] *= 1.0 - min(1.0, loss)


@kernel
def dispute(bad, communities, groups, presence, peace, rates):
    """Let a bad vote anger those who have no part in power, frighten divided places and turn parties from peace."""
    n_identities, n_cells = communities.residents.shape
    for a in range(len(groups.kind)):
        # Who has a share in power whatever the count loses less by it.
        loss = rates.swing * bad * (1.0 - groups.share[a])
        groups.commitment[a] = max(0.0, groups.commitment[a] - loss)
    for c in range(n_cells):
        for g in range(n_identities):
            anger = min(1.0, rates.swing * bad * (1.0 - peace.inclusion[g]))
            communities.grievance[g, c] += anger * (1.0 - communities.grievance[g, c])
        riots = min(1.0, rates.swing * bad) * (1.0 - communities.cohesion[c]) * (1.0 - presence.protection[c])
        communities.fear[c] += riots * (1.0 - communities.fear[c])


@process(writes=("groups.commitment", "communities.grievance", "communities.fear", "peace", "log"))
def vote(clock, calendar, communities, population, groups, missions, presence, peace, log, rates):
    """Hold the votes on the calendar; what they do depends on how good they are.

    Quality is the mean, by weights, of security (no fear, and no armed group ruling the place), administration
    (``services``, or the missions' staff on elections in their stead: ``staff / (staff + load)``) and the parts in
    power of all people, plus noise. Legitimacy of the government moves by ``swing * (quality - fair)``. Any vote has
    losers: commitment of a group falls by the part ``swing * (1 - quality) * (1 - votes) * armed * (1 - share)``, with
    ``votes`` the part of all people who are of its constituency, ``armed`` the part of its first strength still under
    arms and ``share`` its share in power: an early vote is a risk by itself. A vote below ``fair`` is disputed besides:
    the missing quality turns parties from peace, the less the larger their share in power, angers people without a part
    in power, and frightens places that are divided and unprotected. A fair vote opens power to all by as much, and
    carries an agreement that holds to the stage after elections; a bare ceasefire stays one, for it settled nothing.

    Draws: noise per vote. Order: votes of the calendar. Where no vote is due nothing changes.
    Source: timing, disarmament and institutions: Brancati and Snyder (2013), doi:10.1177/0022002712449328; power
    sharing lowers the stakes: Hartzell and Hoddie (2003), doi:10.1111/1540-5907.00022; sizes are assumptions.
    """
    week = clock.week[0]
    for e in range(len(calendar.election_week)):
        if calendar.election_week[e] != week:
            continue
        secure, run, included = quality_of(communities, population, groups, missions, presence, peace, rates)
        luck = rates.noise * normal(clock.seed[0], week, Stream.ELECTION, e, 0)
        quality = min(1.0, max(0.0, secure + run + included + luck))
        above = quality - rates.fair
        peace.legitimacy[0] = min(1.0, max(0.0, peace.legitimacy[0] + rates.swing * above))
        disappoint(quality, communities, groups, rates)
        if above < 0.0:
            dispute(-above, communities, groups, presence, peace, rates)
        row = note(log, week, EventKind.ELECTION, -1, e, -1, quality, above)
        explain(log, row, 0.0, (secure, run, included, luck))
        if above >= 0.0 and peace.stage[0] >= Stage.AGREEMENT and peace.stage[0] < Stage.POST_ELECTION:
            enter(Stage.POST_ELECTION, week, peace, log)
        for g in range(len(peace.inclusion)):
            peace.inclusion[g] += min(1.0, rates.swing * max(0.0, above)) * (1.0 - peace.inclusion[g])
