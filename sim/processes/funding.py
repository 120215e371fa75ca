"""Money: what donors owe and pay, and what missions can do with it."""

from sim.core.chance import bernoulli, normal
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count, Mechanism, MissionStage, UnitStatus
from sim.world.streams import Stream

WEEKS_PER_YEAR = 52.0
WEEKS_PER_QUARTER = 13


@kernel
def move_will(d, seed, week, donors, grief, rates):
    """Let a donor's will drift back to its usual level, with a shove and grief over the mission's dead."""
    shove = rates.will_noise * normal(seed, week, Stream.DONOR_WILL, d, 0)
    pull = rates.will_return_per_quarter * (donors.usual_will[d] - donors.will[d])
    donors.will[d] = min(1.0, max(0.0, donors.will[d] + pull + shove - grief))


@kernel
def payment(d, due, seed, week, donors, rates):
    """Return what a donor pays this week of what it owes, by its mechanism, and book the rest as owed or lapsed."""
    mechanism, reliability = donors.mechanism[d], donors.reliability[d]
    if mechanism == Mechanism.ASSESSED or mechanism == Mechanism.POOLED:
        # Assessed dues wait for each member's will; a pooled fund pays evenly out of its reserve.
        speed = donors.will[d] * reliability / max(1.0, donors.delay_weeks[d])
        if mechanism == Mechanism.POOLED:
            speed = reliability / max(1.0, rates.pool_weeks)
        donors.owed_usd[d] += due
        paid = donors.owed_usd[d] * speed
        donors.owed_usd[d] -= paid
        return paid
    paid = due * donors.usual_will[d] * reliability  # multi-year: frozen at signature
    if mechanism == Mechanism.VOLUNTARY:
        paid = due if bernoulli(donors.will[d] * reliability, seed, week, Stream.DONOR_PAYS, d, 0) else 0.0
    elif mechanism == Mechanism.AD_HOC:
        paid = due * reliability * donors.renewed[d]
    donors.lapsed_usd[d] += due - paid
    return paid


@kernel
def spend(m, willing, missions, units, contributors, accounts, record, rates):
    """Spend a mission's cash in the order life support, operations, reimbursement, programmes."""
    need = accounts.need[m]
    life, operations = need * rates.life_support_share, need * rates.operations_share
    reimbursement = need * rates.reimbursement_share
    cushion = rates.cushion_weeks * life
    programmes = need * rates.programme_share
    if accounts.cash[m] < life + operations + programmes:
        # Early dues are bridged from a reserve fund, as far as donors are good for them.
        room = rates.start_up_weeks * need * willing - accounts.loan[m]
        advance = max(0.0, min(life + operations + programmes - accounts.cash[m], room))
        accounts.loan[m] += advance
        accounts.cash[m] += advance
    paid = min(accounts.cash[m], life + operations)
    if life + operations > 0.0:
        accounts.tempo[m] = paid / (life + operations)
    else:
        accounts.tempo[m] = 1.0 if need > 0.0 else 0.0
    accounts.cash[m] -= paid
    spent = paid
    n_people, owed = 0, 0.0
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED and units.mission[u] == m:
            n_people += units.headcount[u]
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED and units.mission[u] == m:
            contributors.owed_usd[units.contributor[u]] += reimbursement * units.headcount[u] / max(1, n_people)
    for k in range(len(contributors.owed_usd)):
        if contributors.mission[k] == m:
            owed += contributors.owed_usd[k]
    paid = min(accounts.cash[m], owed / max(1.0, rates.reimbursement_weeks))
    if paid > 0.0:
        for k in range(len(contributors.owed_usd)):
            if contributors.mission[k] == m:
                contributors.owed_usd[k] *= 1.0 - paid / owed
        accounts.cash[m] -= paid
        spent += paid
    set_aside = min(programmes, accounts.cash[m])
    accounts.cash[m] -= set_aside
    accounts.programmes[m] += set_aside
    repaid = min(accounts.loan[m], max(0.0, accounts.cash[m] - cushion) * rates.repayment_share)
    accounts.loan[m] -= repaid
    accounts.cash[m] -= repaid
    accounts.spent[m] += spent
    record.tally[Count.SPENT_USD] += spent


@process(writes=("donors", "accounts", "contributors.owed_usd", "missions.recent_dead", "record.tally"))
def pay(clock, missions, units, contributors, donors, accounts, record, rates):
    """Collect what donors pay, then spend it: life support first, programmes last.

    A mission's weekly budget is its fixed one, or ``cost_per_person_usd / 52`` times the people it has in the country
    or on the way. Each donor owes ``share`` of it, less what the mission has in hand beyond ``cushion_weeks``, spread
    over a quarter. Assessed dues stay owed until paid, each week ``will * reliability
    / delay`` of them; voluntary dues are paid at once or lapse; pooled ones are paid evenly from a reserve;
    multi-year ones at the will frozen at signature; ad hoc ones only in years in which the donor renews. A reserve
    fund bridges early dues and is repaid when cash allows.

    ``tempo = paid(life support + operations) / need(life support + operations)``; unpaid reimbursement stays owed.

    Draws: donors' will each quarter, voluntary payments each week, renewals each year. Order: donors, then missions,
    in file order. Assumption: a soldier, a police officer and a civilian cost the same.
    Source: late dues and unpaid contributors: Coleman, K. (2020), Global Observatory; budget gap of about 28 %:
    Passmore, Shannon and Hart (2018), doi:10.1177/0022343317731152.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_missions = len(missions.stage)
    credit = accounts.cash * 0.0
    for m in range(n_missions):
        accounts.need[m] = 0.0
        missions.recent_dead[m] *= 1.0 - 1.0 / WEEKS_PER_YEAR
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.HOME:
            accounts.need[units.mission[u]] += units.size[u] * rates.cost_per_person_usd / WEEKS_PER_YEAR
    for m in range(n_missions):
        if accounts.budget_usd_per_week[m] >= 0.0 and accounts.need[m] > 0.0:
            accounts.need[m] = accounts.budget_usd_per_week[m]
        # What a mission has in hand beyond its cushion is credited to those who owe, as UN practice has it.
        surplus = accounts.cash[m] - rates.cushion_weeks * accounts.need[m]
        credit[m] = max(0.0, surplus - accounts.loan[m]) / WEEKS_PER_QUARTER
    for d in range(len(donors.share)):
        m = donors.mission[d]
        if week % WEEKS_PER_QUARTER == 0:
            move_will(d, seed, week, donors, rates.will_loss_per_death * missions.recent_dead[m], rates)
        if week % int(WEEKS_PER_YEAR) == 0:
            donors.renewed[d] = 1 if bernoulli(donors.will[d], seed, week, Stream.DONOR_PAYS, d, 1) else 0
        if missions.stage[m] == MissionStage.PLANNED:
            continue
        due = donors.share[d] * max(0.0, accounts.need[m] - credit[m])
        paid = payment(d, due, seed, week, donors, rates)
        donors.promised_usd[d] += due
        donors.paid_usd[d] += paid
        accounts.cash[m] += paid
        accounts.received[m] += paid
        record.tally[Count.RECEIVED_USD] += paid
    for m in range(n_missions):
        willing = 0.0
        for d in range(len(donors.share)):
            if donors.mission[d] == m:
                willing += donors.share[d] * donors.will[d] * donors.reliability[d]
        spend(m, willing, missions, units, contributors, accounts, record, rates)
