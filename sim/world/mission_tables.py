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
    offensive: Floats  # (M,) weight of offensive operations
    leadership: Floats  # (M,)
    clarity: Floats  # (M,)
    coordination: Floats  # (M,)
    sharing: Floats  # (M,)
    technology: Floats  # (M,)
    signals: Floats  # (M,) part of reports and sensors that works this week, less under cyber-attack
    training: Floats  # (M,)
    doctrine: Ints  # (M,)
    flexible: Ints  # (M,)
    review_weeks: Ints  # (M,)
    effort: Floats  # (M, T) share of effort that reaches each task
    ceiling: Ints  # (M, 4) authorised now
    threat: Floats  # (M, C) what headquarters believes
    consent: Floats  # (M,) of the host
    recent_dead: Floats  # (M,) killed by hostile acts, fading over a year


class Accounts(NamedTuple):
    """Money of each mission, US$."""

    budget_usd_per_week: Floats  # (M,) fixed budget, or -1: reckoned from staff
    cash: Floats  # (M,)
    loan: Floats  # (M,) start-up advance not yet repaid
    received: Floats  # (M,) since the start
    spent: Floats  # (M,) since the start
    programmes: Floats  # (M,) set aside for programmes, no longer part of cash
    need: Floats  # (M,) this week's need
    tempo: Floats  # (M,) share of operations that can be paid, 0 to 1
    programmes_spent: Floats  # (M,) since the start


class Casualties(NamedTuple):
    """Peacekeepers lost, since the start, by mission."""

    hostile: Ints  # (M,)
    other: Ints  # (M,)
    arrived: Ints  # (M,)
    left: Ints  # (M,)
    handed_over: Ints  # (M,) came from another mission less went to another
