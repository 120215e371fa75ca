"""Tables of those who come from outside: missions, their units, who sends and who pays.

The letters are those of :mod:`sim.world.tables`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Units(NamedTuple):
    """Peacekeepers, company by company and team by team."""

    contributor: Ints  # (U,)
    mission: Ints  # (U,)
    component: Ints  # (U,)
    size: Ints  # (U,) full strength
    headcount: Ints  # (U,) people in the country
    status: Ints  # (U,)
    cell: Ints  # (U,)
    ready_week: Ints  # (U,) when it can leave home
    arrived_week: Ints  # (U,)
    moving_weeks: Ints  # (U,) weeks until it is at work in its cell
    readiness: Floats  # (U,)
    knowledge: Floats  # (U,) of the place, lost at rotation
    caution: Floats  # (U,) after casualties: 0 patrols freely, 1 stays in its base
    effective: Floats  # (U,) people-equivalents at work this week
    training: Floats  # (U,) preparation before it came
    interoperability: Floats  # (U,) fit of its procedures and radios with the others'


class Contributors(NamedTuple):
    """Countries and organisations that give units."""

    mission: Ints  # (K,)
    component: Ints  # (K,)
    lead_weeks: Floats  # (K,)
    tour_weeks: Ints  # (K,)
    quality: Floats  # (K,)
    proximity: Floats  # (K,)
    caveats: Floats  # (K,)
    interoperability: Floats  # (K,)
    casualty_tolerance: Floats  # (K,)
    recent_dead: Floats  # (K,) killed by hostile acts, fading over a year
    owed_usd: Floats  # (K,) reimbursement due
    takes_part: Ints  # (K,) 0 once it has left
    will: Floats  # (K,) to send, to act and to stay
    usual_will: Floats  # (K,)
    patience_weeks: Floats  # (K,) overdue reimbursement at which it thinks of leaving
    overdue_weeks: Floats  # (K,) by which its reimbursement is later than usual
    written_off_usd: Floats  # (K,) earned with missions that ended and never paid
    part: Floats  # (K,) share of its mission's people in the country


class Donors(NamedTuple):
    """States and funds that pay missions."""

    mission: Ints  # (D,)
    mechanism: Ints  # (D,)
    share: Floats  # (D,)
    will: Floats  # (D,)
    usual_will: Floats  # (D,)
    reliability: Floats  # (D,)
    delay_weeks: Floats  # (D,)
    owed_usd: Floats  # (D,) due and not paid
    promised_usd: Floats  # (D,) since the start
    paid_usd: Floats  # (D,) since the start
    lapsed_usd: Floats  # (D,) promised and never paid
    renewed: Ints  # (D,) this year's ad hoc decision
    signed_will: Floats  # (D,) when it last signed for several years
    reserve_usd: Floats  # (D,) given to a pool and not yet paid out
    earmark: Ints  # (D,) budget line that its money is tied to, -1 for none


class Ngos(NamedTuple):
    """Relief organisations."""

    weekly_usd: Floats  # (N,)
    start_week: Ints  # (N,)
    end_week: Ints  # (N,)
    principled: Floats  # (N,)


class Missions(NamedTuple):
    """Operations with their own command."""

    start_week: Ints  # (M,)
    end_week: Ints  # (M,)
    rehat: Ints  # (M,)
    stage: Ints  # (M,)
    force: Floats  # (M,) what the rules of engagement allow, 0 to 1
    leadership: Floats  # (M,)
    clarity: Floats  # (M,)
    area: Floats  # (M, C) 1 where it may station units
    coordination: Floats  # (M,)
    sharing: Floats  # (M,)
    assessment: Floats  # (M,)
    technology: Floats  # (M,)
    signals: Floats  # (M,) part of reports and sensors that works this week, less under cyber-attack
    training: Floats  # (M,)
    doctrine: Ints  # (M,)
    flexible: Ints  # (M,)
    review_weeks: Ints  # (M,)
    effort: Floats  # (M, T) share of effort that reaches each task
    ceiling: Ints  # (M, 4) authorised now
    threat: Floats  # (M, C) known incidents per 1,000 km2 round about, fading
    warning: Floats  # (M, C) 0 to 1, what early warning foresees
    consent: Floats  # (M,) of the host
    recent_dead: Floats  # (M,) killed by hostile acts, fading over a year
    imposes: Ints  # (M,) 1 deployed to enforce, whether the host consents or not
    welcome: Floats  # (M,) the host's basic attitude
    access: Floats  # (M,) freedom to land, move and act, 0 to 1
    even_handed: Floats  # (M,) how it means to treat the parties
    impartiality: Floats  # (M,) as the parties see it
    oversight: Floats  # (M,) of conduct
    joint_training: Floats  # (M,) exercises with the others before deployment
    scandal: Floats  # (M,) acts of misconduct that became known, fading over a year
    dispute: Floats  # (M,) quarrel over who pays, 0 to 1


class Mandates(NamedTuple):
    """What each mission is told to do, and how it fares by its own reports."""

    weight: Floats  # (M, T) of each task; 0 not in the mandate
    target: Floats  # (M, benchmarks) value to reach; 0 not a benchmark
    score: Floats  # (M,) share of its benchmarks met, -1 before the first report
    security: Floats  # (M,) share of the security wanted that it believes to have, -1 before the first report
    progress: Floats  # (M,) gain in score over the last quarter
    met: Ints  # (M,) 1 while the last report found the benchmarks met, and before the first
    text: Floats  # (M,) clarity of the mandate as first written
    unity: Floats  # (M,) of those who pay, 0 to 1
    exit: Ints  # (M,)
    creep: Floats  # (M,) chance of one more task at a review
    sanctions: Floats  # (M,) strictness of the embargo
    unwanted: Ints  # (M,) 1 once the host has asked it to leave


class Accounts(NamedTuple):
    """Money of each mission, US$."""

    budget_usd_per_week: Floats  # (M,) fixed budget, or -1: reckoned from staff
    cash: Floats  # (M,) free to be spent on anything
    loan: Floats  # (M,) start-up advance not yet repaid
    received: Floats  # (M,) since the start
    spent: Floats  # (M,) since the start
    programmes: Floats  # (M,) set aside for programmes, no longer part of cash
    need: Floats  # (M,) this week's need
    tempo: Floats  # (M,) share of operations that can be paid, 0 to 1
    posts: Floats  # (M,) share of the authorised posts that it fills, for want of money fewer than all
    programmes_spent: Floats  # (M,) since the start
    purse: Floats  # (M, 4) cash tied to a budget line


class Casualties(NamedTuple):
    """Peacekeepers lost, since the start, by mission."""

    hostile: Ints  # (M,)
    other: Ints  # (M,)
    arrived: Ints  # (M,)
    left: Ints  # (M,)
    handed_over: Ints  # (M,) came from another mission less went to another
