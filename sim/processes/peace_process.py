"""Commitment to peace: agreements are signed, hold or collapse; elections are held."""

import numpy as np

from sim.core.arithmetic import exp, sigmoid
from sim.core.chance import bernoulli, normal
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, EventKind, MissionStage, Stage, Task, UnitStatus
from sim.world.log import COMMITMENT, explain, note
from sim.world.streams import Stream

N_TERMS = len(COMMITMENT)


@kernel
def enter(stage, week, peace, log):
    """Move the peace process to a stage and note it."""
    if peace.stage[0] != stage:
        note(log, week, EventKind.STAGE, -1, peace.stage[0], stage, week - peace.since_week[0], 0.0)
        peace.stage[0] = stage
        peace.since_week[0] = week


@kernel
def mediation_of(missions, units):
    """Return the weight of mediation, 0 to 1, from political staff in the country, leadership and consent."""
    staff = 0.0
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED:
            m = units.mission[u]
            # Headquarters staff talk; a force commander's word counts a little too.
            weight = missions.effort[m, Task.POLITICAL_PROCESS] * missions.leadership[m] * missions.consent[m]
            staff += units.effective[u] * weight * (1.0 if units.component[u] == 4 else 0.02)
    return staff / (staff + 100.0)


@kernel
def guarantee_of(a, groups, bands, presence):
    """Return the part of a group's fighters whom peacekeepers cover, 0 to 1; of its people where it has none left."""
    covered, fighters = 0.0, 0.0
    for i in range(len(bands.group)):
        if bands.group[i] == a and bands.status[i] != BandStatus.DISPERSED:
            covered += bands.fighters[i] * presence.covered[bands.cell[i]]
            fighters += bands.fighters[i]
    if fighters > 0.0:
        return covered / fighters
    for c in range(len(presence.covered)):
        covered += presence.covered[c]
    return covered / len(presence.covered)


@kernel
def weigh(a, before, groups, bands, presence, peace, rates, terms):
    """Fill ``terms[a]`` with what moves a group's commitment, in logits, in the order of ``COMMITMENT``."""
    own, foes, others, n = float(groups.fighters[a]), 0.0, 0.0, 0
    for b in range(len(groups.kind)):
        if groups.enemies[a, b] > 0.0:
            foes += groups.fighters[b]
            others += before[b]
            n += 1
    others = others / n if n > 0 else 1.0
    edge = (own - foes) / (own + foes) if own + foes > 0.0 else 0.0
    share_in_power = peace.inclusion[0] * (0.5 + 0.5 * peace.implementation[0])
    terms[a, 0] = groups.temper[a]
    terms[a, 1] = rates.weariness_weight * groups.weariness[a]
    terms[a, 2] = rates.guarantee_weight * guarantee_of(a, groups, bands, presence)
    terms[a, 3] = rates.mediation_weight * peace.mediation[0]
    terms[a, 4] = rates.reciprocity_weight * (others - 0.5)
    terms[a, 5] = -rates.spoils_weight * groups.spoils[a]
    terms[a, 6] = -rates.support_weight * groups.support[a]
    terms[a, 7] = -rates.wrongs_weight * groups.recent_wrongs[a] / (groups.recent_wrongs[a] + rates.wrongs_half)
    terms[a, 8] = -rates.edge_weight * max(0.0, edge)
    terms[a, 9] = rates.signed_weight if groups.signatory[a] == 1 else 0.0
    terms[a, 10] = rates.inclusion_weight * share_in_power if groups.signatory[a] == 1 else 0.0


@kernel
def move_commitment(a, seed, week, groups, terms, rates):
    """Move a group's commitment towards what its situation makes of it."""
    z = rates.fresh_war
    for k in range(terms.shape[1]):
        z += terms[a, k]
    aim = sigmoid(z)
    # The noise is that of leaders' minds; it dies away where there is no force left to use.
    own = float(groups.fighters[a])
    force = own / (own + 0.1 * groups.start_fighters[a] + 1.0)
    shove = rates.noise * force * normal(seed, week, Stream.COMMITMENT, a, 0)
    level = groups.commitment[a] + rates.commitment_rate * (aim - groups.commitment[a]) + shove
    groups.commitment[a] = min(1.0, max(0.0, level))


@kernel
def explain_will(a, row, terms, log, rates):
    """Store what moved the odds that a group is committed, for an event that came of it."""
    log.base[row] = exp(rates.fresh_war)
    for k in range(terms.shape[1]):
        log.factors[row, k] = exp(terms[a, k])


@kernel
def sign(week, kind, signs, inclusion, groups, peace, log, rates):
    """Put a ceasefire or agreement in force between those who sign; return its row in the log."""
    n_groups = len(groups.kind)
    for a in range(n_groups):
        if signs[a] == 0:
            continue
        groups.signatory[a] = 1
        groups.recent_wrongs[a] = 0.0
        lift = rates.signing_lift if kind == Stage.AGREEMENT else rates.truce_lift
        groups.commitment[a] += lift * (1.0 - groups.commitment[a])
        for b in range(n_groups):
            if signs[b] == 1 and a != b:
                groups.truce[a, b] = 1.0
    if kind == Stage.AGREEMENT:
        peace.inclusion[0] = max(peace.inclusion[0], inclusion)
    event = EventKind.AGREEMENT if kind == Stage.AGREEMENT else EventKind.CEASEFIRE
    row = note(log, week, event, -1, -1, -1, inclusion, 0.0)
    # A truce with one more group does not throw back a process that is further.
    if kind > peace.stage[0] or peace.stage[0] == Stage.RELAPSE:
        enter(kind, week, peace, log)
    return row


@kernel
def walk_out(a, week, groups, peace, terms, log, rates):
    """Take a group out of the agreement; a large one ends it for all."""
    n_groups = len(groups.kind)
    signed, left = 0.0, float(groups.start_fighters[a])
    partners = 0
    for b in range(n_groups):
        signed += groups.signatory[b] * groups.start_fighters[b]
        partners += groups.signatory[b]
    groups.signatory[a] = 0
    for b in range(n_groups):
        groups.truce[a, b] = 0.0
        groups.truce[b, a] = 0.0
    major = partners <= 2 or left >= 0.25 * signed
    row = note(log, week, EventKind.COLLAPSE, -1, a, -1, groups.commitment[a], 1.0 if major else 0.0)
    explain_will(a, row, terms, log, rates)
    if major:
        for b in range(n_groups):
            groups.signatory[b] = 0
            for d in range(n_groups):
                groups.truce[b, d] = 0.0
        peace.fallen[0] += 1
        peace.implementation[0] *= 0.5
        enter(Stage.RELAPSE, week, peace, log)


@kernel
def may_walk_out(a, groups, rates):
    """Tell whether a signatory has both the mind and the force to break its word."""
    force = groups.fighters[a] > rates.force_to_break * groups.start_fighters[a]
    return groups.signatory[a] == 1 and force and groups.commitment[a] < rates.collapse_below


@kernel
def hold_election(week, seed, e, communities, population, missions, presence, groups, peace, log, rates):
    """Hold a vote; its quality moves legitimacy, grievance and commitment."""
    n_cells, n_identities = communities.residents.shape
    effort = 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            effort = max(effort, missions.effort[m, Task.ELECTIONS])
    calm, ready, total = 0.0, 0.0, 0.0
    for c in range(n_cells):
        people = population.here[c]
        help_here = effort * presence.covered[c]
        calm += people * (1.0 - communities.fear[c])
        ready += people * max(communities.services[c], help_here)
        total += people
    heads = max(1.0, total)
    calm, ready, shared = 0.35 * calm / heads, 0.35 * ready / heads, 0.3 * peace.inclusion[0]
    luck = rates.election_noise * normal(seed, week, Stream.ELECTION, e, 0)
    quality = min(1.0, max(0.0, calm + ready + shared + luck))
    swing = quality - rates.fair_election
    peace.legitimacy[0] = min(1.0, max(0.0, peace.legitimacy[0] + rates.election_swing * swing))
    for a in range(len(groups.kind)):
        groups.commitment[a] = min(1.0, max(0.0, groups.commitment[a] + rates.election_swing * min(0.0, swing)))
    if swing < 0.0:
        for c in range(n_cells):
            for g in range(n_identities):
                communities.grievance[c, g] -= rates.election_swing * swing * (1.0 - communities.grievance[c, g])
    row = note(log, week, EventKind.ELECTION, -1, e, -1, quality, swing)
    explain(log, row, 0.0, (calm, ready, shared, luck))
    if peace.stage[0] >= Stage.CEASEFIRE and peace.stage[0] < Stage.POST_ELECTION and swing >= 0.0:
        enter(Stage.POST_ELECTION, week, peace, log)


@process(
    writes=(
        "groups.commitment", "groups.weariness", "groups.signatory", "groups.truce", "groups.recent_dead",
        "groups.recent_wrongs", "communities.grievance", "peace", "log",
    )
)  # fmt: skip
def negotiate(clock, calendar, communities, population, groups, bands, units, missions, presence, peace, log, rates):
    """Move commitments, sign what is on the calendar or what the parties want, and see who breaks it.

    Commitment of a group moves towards ``sigmoid(z)``: weariness, guarantee (peacekeepers who cover its own
    fighters), mediation (political staff in the country), the commitment of its enemies, a share in power and
    having signed raise z; spoils, support from abroad, recent wrongs by fellow signatories and a military edge
    lower it. Keyed noise stands for leaders' minds. Without a calendar date, a truce is signed when both of a pair
    of enemies lean to peace (commitment above ``sign_above``), with ``talks_rate`` a week. A signatory below
    ``collapse_below`` that still has fighters walks out; if it is large, the agreement falls. Implementation grows
    with commitment and mediation and carries the process to transition; a fair election to the stage after it; two
    more years and implementation to peace.

    Draws: noise per group and week, talks per pair, elections. Order: commitments (from the old ones of
    all), signatures, walk-outs, stages.
    Source: hurting stalemate: Zartman (1989); credible guarantees: Walter (1997), doi:10.1162/002081897550384;
    spoilers: Stedman (1997), doi:10.1162/isec.22.2.5; stakes in power: Hartzell and Hoddie (2003).
    """
    seed, week = clock.seed[0], clock.week[0]
    n_groups = len(groups.kind)
    peace.mediation[0] = mediation_of(missions, units)
    for a in range(n_groups):
        groups.recent_dead[a] *= rates.dead_keep
        groups.recent_wrongs[a] *= rates.wrongs_keep
        loss = groups.recent_dead[a] / (groups.start_fighters[a] + 1.0)
        aim = loss / (loss + rates.loss_half)
        groups.weariness[a] += rates.weariness_rate * (aim - groups.weariness[a])
    before = groups.commitment.copy()
    terms = np.zeros((n_groups, N_TERMS))
    for a in range(n_groups):
        weigh(a, before, groups, bands, presence, peace, rates, terms)
        move_commitment(a, seed, week, groups, terms, rates)
    for q in range(len(calendar.agreement_week)):
        if calendar.agreement_week[q] == week:
            sign(
                week,
                calendar.agreement_kind[q],
                calendar.signs[q],
                calendar.agreement_inclusion[q],
                groups,
                peace,
                log,
                rates,
            )
    for a in range(n_groups):
        for b in range(a + 1, n_groups):
            if groups.enemies[a, b] == 0.0 or groups.truce[a, b] > 0.0:
                continue
            reluctant = groups.commitment[a] <= groups.commitment[b]
            lean = min(groups.commitment[a], groups.commitment[b])
            if lean > rates.sign_above and bernoulli(rates.talks_rate, seed, week, Stream.TALKS, a, b):
                pair = groups.signatory * 0
                pair[a] = 1
                pair[b] = 1
                row = sign(week, Stage.CEASEFIRE, pair, peace.inclusion[0], groups, peace, log, rates)
                log.actor[row], log.other[row] = a, b
                explain_will(a if reluctant else b, row, terms, log, rates)
    for a in range(n_groups):
        if may_walk_out(a, groups, rates):
            walk_out(a, week, groups, peace, terms, log, rates)
    if peace.stage[0] >= Stage.CEASEFIRE and peace.stage[0] < Stage.RELAPSE:
        progress(week, groups, peace, log, rates)
    for e in range(len(calendar.election_week)):
        if calendar.election_week[e] == week:
            hold_election(week, seed, e, communities, population, missions, presence, groups, peace, log, rates)


@kernel
def progress(week, groups, peace, log, rates):
    """Carry a process that holds from ceasefire to peace."""
    will, n = 0.0, 0
    for a in range(len(groups.kind)):
        if groups.signatory[a] == 1:
            will += groups.commitment[a]
            n += 1
    will = will / n if n > 0 else 0.0
    work = rates.implementation_rate * will * (rates.own_effort + (1.0 - rates.own_effort) * peace.mediation[0])
    peace.implementation[0] += work * (1.0 - peace.implementation[0])
    age = week - peace.since_week[0]
    if peace.stage[0] == Stage.AGREEMENT and peace.implementation[0] > rates.transition_at and age >= 13:
        enter(Stage.TRANSITION, week, peace, log)
    elif peace.stage[0] == Stage.POST_ELECTION and peace.implementation[0] > rates.peace_at and age >= 104:
        enter(Stage.PEACE, week, peace, log)
    elif peace.stage[0] == Stage.CEASEFIRE and will > rates.agree_above and age >= 52:
        peace.inclusion[0] = max(peace.inclusion[0], rates.usual_inclusion)
        enter(Stage.AGREEMENT, week, peace, log)
