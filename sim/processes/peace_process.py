"""Commitment to peace: parties talk, sign, carry out what they signed, or walk out."""

import numpy as np

from sim.core.arithmetic import exp, sigmoid
from sim.core.chance import bernoulli, normal
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.assurance import guarantees_of, mediation_of
from sim.world.kinds import EventKind, Stage
from sim.world.log import COMMITMENT, explain, note
from sim.world.stages import enter
from sim.world.streams import Stream

N_TERMS = len(COMMITMENT)


@kernel
def live_through(communities, geography, groups, rates):
    """Let losses weary and wrongs fade; return what each group now gains from war.

    Part of its spoils hangs on lootable ground: it shrinks as the group loses what it once held.
    """
    spoils = groups.spoils.copy()
    for a in range(len(groups.kind)):
        groups.recent_dead[a] *= rates.dead_keep
        groups.recent_wrongs[a] *= rates.wrongs_keep
        if groups.start_fighters[a] > 0:
            loss = groups.recent_dead[a] / groups.start_fighters[a]
            aim = loss / (loss + rates.loss_half)
            groups.weariness[a] += rates.weariness_rate * (aim - groups.weariness[a])
        held = 0.0
        for c in range(len(geography.resources)):
            held += communities.control[a, c] * geography.resources[c]
        groups.wealth[a] = max(groups.wealth[a], held)
        if groups.wealth[a] > 0.0:
            spoils[a] *= 1.0 - rates.lootable * (1.0 - held / groups.wealth[a])
    return spoils


@kernel
def weigh(a, week, before, guarantee, spoils, groups, peace, rates, terms, stakes):
    """Fill ``terms[a]`` with what moves a group's commitment, in logits, in the order of ``COMMITMENT``.

    ``stakes[a]`` is what a settlement would cost it, in logits: a bare ceasefire takes nothing from anybody.
    """
    own, foes, others, n = float(groups.fighters[a]), 0.0, 0.0, 0
    for b in range(len(groups.kind)):
        if groups.enemies[a, b] > 0.0 and groups.start_fighters[b] > 0:
            foes += groups.fighters[b]
            others += before[b]
            n += 1
    others = others / n if n > 0 else 1.0
    edge = (own - foes) / (own + foes) if own + foes > 0.0 else 0.0
    gains = -rates.spoils_weight * spoils
    lead = -rates.edge_weight * max(0.0, edge)
    stakes[a] = gains + lead
    terms[a, 0] = groups.temper[a]
    terms[a, 1] = rates.weariness_weight * groups.weariness[a]
    terms[a, 2] = rates.guarantee_weight * guarantee
    terms[a, 3] = rates.mediation_weight * peace.mediation[0]
    terms[a, 4] = rates.reciprocity_weight * (others - 0.5)
    terms[a, 6] = -rates.support_weight * groups.support[a]
    terms[a, 7] = -rates.wrongs_weight * groups.recent_wrongs[a] / (groups.recent_wrongs[a] + rates.wrongs_half)
    terms[a, 11] = rates.legitimacy_weight * peace.legitimacy[0]
    if groups.signatory[a] == 1:
        kept = rates.promise_worth + (1.0 - rates.promise_worth) * peace.implementation[0]
        terms[a, 9] = rates.signed_weight
        terms[a, 10] = rates.inclusion_weight * groups.share[a] * kept
    if groups.signatory[a] == 1 and peace.stage[0] == Stage.CEASEFIRE:
        age = week - peace.since_week[0]
        terms[a, 12] = rates.habit_weight * age / (age + rates.habit_weeks)
        # What makes a truce easy to bear takes the hurry out of settling.
        stakes[a] -= terms[a, 2] + terms[a, 12]
    else:
        terms[a, 5], terms[a, 8] = gains, lead


@kernel
def move_commitment(a, seed, week, groups, terms, rates):
    """Move a group's commitment towards what its situation makes of it."""
    z = rates.fresh_war
    for k in range(terms.shape[1]):
        z += terms[a, k]
    aim = sigmoid(z)
    # The noise is that of leaders' minds; it dies away where there is no force left to use.
    own = float(groups.fighters[a])
    force = own / (own + rates.force_to_break * groups.start_fighters[a]) if own > 0.0 else 0.0
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
def sign(week, kind, signs, share, a, b, groups, peace, log, rates):
    """Put a ceasefire or agreement in force between those who sign; return its row in the log.

    ``a`` and ``b`` are named where it is theirs.
    """
    n_groups = len(groups.kind)
    lift = rates.signing_lift if kind == Stage.AGREEMENT else rates.truce_lift
    for one in range(n_groups):
        if signs[one] == 0:
            continue
        groups.signatory[one] = 1
        groups.recent_wrongs[one] = 0.0
        groups.share[one] = max(groups.share[one], share)
        groups.commitment[one] += lift * (1.0 - groups.commitment[one])
        for other in range(n_groups):
            if signs[other] == 1 and one != other:
                groups.truce[one, other] = 1.0
    event = EventKind.AGREEMENT if kind == Stage.AGREEMENT else EventKind.CEASEFIRE
    row = note(log, week, event, -1, a, b, share, 0.0)
    # A truce with one more group does not throw back a process that is further.
    if kind > peace.stage[0] or peace.stage[0] == Stage.RELAPSE:
        enter(kind, week, peace, log)
    return row


@kernel
def leave(a, groups):
    """Take back a group's signature."""
    groups.signatory[a] = 0
    groups.share[a] = 0.0
    for b in range(len(groups.kind)):
        groups.truce[a, b] = 0.0
        groups.truce[b, a] = 0.0


@kernel
def walk_out(a, week, groups, peace, terms, log, rates):
    """Take a group out of what it signed; a large one ends it for all, one left without a partner is free."""
    n_groups = len(groups.kind)
    signed, own, left = 0.0, float(groups.start_fighters[a]), 0
    for b in range(n_groups):
        signed += groups.signatory[b] * groups.start_fighters[b]
    leave(a, groups)
    for b in range(n_groups):
        if groups.signatory[b] == 1:
            partners = 0.0
            for d in range(n_groups):
                partners += groups.truce[b, d]
            if partners == 0.0:
                leave(b, groups)
            else:
                left += 1
    major = left == 0 or own >= rates.major_share * signed
    row = note(log, week, EventKind.COLLAPSE, -1, a, -1, groups.commitment[a], 1.0 if major else 0.0)
    explain_will(a, row, terms, log, rates)
    if major:
        for b in range(n_groups):
            leave(b, groups)
        peace.fallen[0] += 1
        peace.implementation[0] *= 1.0 - rates.undone
        enter(Stage.RELAPSE, week, peace, log)


@kernel
def negotiate_pairs(seed, week, groups, peace, terms, log, rates):
    """Let enemies without a truce come to the table, and some of those at it sign one."""
    n_groups = len(groups.kind)
    before = groups.commitment.copy()
    under_way = peace.stage[0] == Stage.TALKS
    at_table = False
    haste = rates.talks_rate * (1.0 + rates.mediation_gain * peace.mediation[0])
    for a in range(n_groups):
        for b in range(a + 1, n_groups):
            if groups.enemies[a, b] == 0.0 or groups.truce[a, b] > 0.0:
                continue
            if groups.fighters[a] == 0 or groups.fighters[b] == 0:
                continue
            lean = min(before[a], before[b])
            if lean > rates.talk_above or (under_way and lean >= rates.collapse_below):
                at_table = True
            if lean > rates.sign_above and bernoulli(haste, seed, week, Stream.TALKS, a, b):
                pair = groups.signatory * 0
                pair[a] = 1
                pair[b] = 1
                row = sign(week, Stage.CEASEFIRE, pair, 0.0, a, b, groups, peace, log, rates)
                explain_will(a if before[a] <= before[b] else b, row, terms, log, rates)
    if at_table and (peace.stage[0] == Stage.WAR or peace.stage[0] == Stage.RELAPSE):
        enter(Stage.TALKS, week, peace, log)
    elif not at_table and peace.stage[0] == Stage.TALKS:
        enter(Stage.RELAPSE if peace.fallen[0] > 0 else Stage.WAR, week, peace, log)


@kernel
def settling(commitment, stake):
    """Return how willing to settle is who is committed to a bare ceasefire, given what it would lose (logits)."""
    odds = commitment * exp(stake)
    return odds / (odds + 1.0 - commitment) if commitment < 1.0 else 1.0


@kernel
def carry_out(seed, week, groups, peace, stakes, log, rates):
    """Carry out what was signed, by will and mediation, and move a process that holds from stage to stage."""
    n_groups = len(groups.kind)
    will, least, n = 0.0, 1.0, 0
    for a in range(n_groups):
        if groups.signatory[a] == 1:
            will += groups.commitment[a]
            least = min(least, settling(groups.commitment[a], stakes[a]))
            n += 1
    will = will / n if n > 0 else 0.0
    drive = rates.own_effort + (1.0 - rates.own_effort) * peace.mediation[0]
    work = rates.implementation_rate * will * drive
    age = week - peace.since_week[0]
    if peace.stage[0] == Stage.CEASEFIRE:
        # What stops the shooting settles nothing; an agreement takes the will of every party, and talks.
        settled = bernoulli(rates.agree_rate * drive, seed, week, Stream.TALKS, 0, 0)
        if n > 0 and least > rates.agree_above and settled:
            all_of_them = groups.signatory
            row = sign(week, Stage.AGREEMENT, all_of_them, rates.usual_inclusion, -1, -1, groups, peace, log, rates)
            explain(log, row, rates.agree_rate, (drive,))
        return
    peace.implementation[0] += work * (1.0 - peace.implementation[0])
    for g in range(len(peace.inclusion)):
        promised = 0.0
        for a in range(n_groups):
            promised = max(promised, groups.share[a] * groups.constituency[a, g])
        peace.inclusion[g] += work * max(0.0, promised - peace.inclusion[g])
    if peace.stage[0] == Stage.AGREEMENT:
        if peace.implementation[0] > rates.transition_at and age >= rates.transition_weeks:
            enter(Stage.TRANSITION, week, peace, log)
    elif peace.stage[0] == Stage.POST_ELECTION:
        if peace.implementation[0] > rates.peace_at and age >= rates.peace_weeks:
            enter(Stage.PEACE, week, peace, log)


@process(
    writes=(
        "groups.commitment", "groups.weariness", "groups.signatory", "groups.share", "groups.truce", "groups.wealth",
        "groups.recent_dead", "groups.recent_wrongs", "peace", "log",
    )
)  # fmt: skip
def negotiate(
    clock, calendar, geography, communities, population, groups, bands, influence, units, missions, presence, peace,
    log, rates,
):  # fmt: skip
    """Move commitments, sign what is on the calendar or what the parties want, and see who breaks it.

    Commitment of a group moves towards ``sigmoid(z)``. What raises z: weariness of own losses; a guarantee, which is
    the cover of its fighters by peacekeepers where they face enemies and, in part, by observers and by police, courts
    and reformed forces that people trust; mediation; a legitimate government; the commitment of its enemies; having
    signed, and the share in power that it was promised, which counts more as it is carried out. What lowers it: spoils,
    of which a part (``lootable``) hangs on the lootable ground that it still holds; support from abroad; recent wrongs
    by fellow signatories; a military edge. A group whose spoils keep its commitment low is a spoiler. Keyed noise
    stands for leaders' minds. A bare ceasefire takes nothing from anybody: under one, spoils and edge weigh on settling
    alone; guarantee and habit (``habit_weight * age / (age + habit_weeks)``) weigh on the truce alone. Will to settle
    is ``sigmoid(logit(commitment) + stakes)``.

    Mediation is ``staff / (staff + mediators)`` of the missions' civilian staff at work, by effort on the political
    process, leadership, consent and impartiality, less up to ``leverage_weight`` where no peacekeepers stand among the
    fighters. Enemies are at the table
    while both are committed above ``talk_above``, and leave it below ``collapse_below``. Above ``sign_above`` they
    sign a truce with ``talks_rate * (1 + mediation_gain * mediation)`` a week. A truce becomes an agreement with
    ``agree_rate * drive`` while every signatory's will to settle is above ``agree_above``, ``drive = own_effort +
    (1 - own_effort) * mediation``; else it stays a truce, for ever if need be. An agreement is carried out by
    ``implementation_rate * will * drive`` of what is left a week, and with it the parts in power of the signatories'
    people. A signatory below ``collapse_below`` that still has ``force_to_break`` of its first strength walks out; if
    it had ``major_share`` of all signatories' strength, or leaves nobody, the agreement falls for all.

    Draws: noise per group and week, truces per pair and week, agreement per week. Order: commitments (from the old
    ones of all), signatures of the calendar, of pairs, walk-outs, stages.
    Source: hurting stalemate: Zartman (1989); guarantees: Walter (1997), doi:10.1162/002081897550384; monitors and
    buffers in truces: Fortna (2003), doi:10.1017/S0020818303572046; calm that takes the hurry out of a settlement:
    Greig and Diehl (2005), doi:10.1111/j.1468-2478.2005.00381.x; mediation:
    Beardsley et al. (2006), Journal of Conflict Resolution 50(1); spoilers: Stedman (1997),
    doi:10.1162/isec.22.2.5; power sharing: Hartzell and Hoddie (2003), doi:10.1111/1540-5907.00022.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_groups = len(groups.kind)
    guarantee, leverage = guarantees_of(communities, population, groups, bands, influence, presence, rates)
    peace.mediation[0] = mediation_of(leverage, missions, units, rates)
    spoils = live_through(communities, geography, groups, rates)
    before = groups.commitment.copy()
    terms, stakes = np.zeros((n_groups, N_TERMS)), np.zeros(n_groups)
    for a in range(n_groups):
        weigh(a, week, before, guarantee[a], spoils[a], groups, peace, rates, terms, stakes)
        move_commitment(a, seed, week, groups, terms, rates)
    for q in range(len(calendar.agreement_week)):
        if calendar.agreement_week[q] == week:
            kind, share = calendar.agreement_kind[q], calendar.agreement_inclusion[q]
            sign(week, kind, calendar.signs[q], share, -1, -1, groups, peace, log, rates)
    negotiate_pairs(seed, week, groups, peace, terms, log, rates)
    for a in range(n_groups):
        force = groups.fighters[a] > rates.force_to_break * groups.start_fighters[a]
        if groups.signatory[a] == 1 and force and groups.commitment[a] < rates.collapse_below:
            walk_out(a, week, groups, peace, terms, log, rates)
    if peace.stage[0] >= Stage.CEASEFIRE and peace.stage[0] < Stage.RELAPSE:
        carry_out(seed, week, groups, peace, stakes, log, rates)
