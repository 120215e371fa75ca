"""Money: what donors owe and pay, and what missions can do with it."""

from sim.core.chance import bernoulli, normal
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BudgetLine, Count, Mechanism, MissionStage, UnitStatus
from sim.world.streams import Stream

WEEKS_PER_YEAR = 52.0
WEEKS_PER_QUARTER = 13


@kernel
def move_will(d, seed, week, donors, missions, mandates, rates):
    """Let a donor's will drift back to its usual level, with a shove and the quarter's news of its mission."""
    m = donors.mission[d]
    shove = rates.will_noise * normal(seed, week, Stream.DONOR_WILL, d, 0)
    pull = rates.will_return_per_quarter * (donors.usual_will[d] - donors.will[d])
    news = rates.will_gain_per_progress * mandates.progress[m] - rates.will_loss_in_dispute * missions.dispute[m]
    news -= rates.will_loss_per_death * missions.recent_dead[m] + rates.will_loss_per_scandal * missions.scandal[m]
    donors.will[d] = min(1.0, max(0.0, donors.will[d] + pull + shove + news))


@kernel
def payment(d, due, seed, week, donors, rates):
    """Return what a donor pays this week by its mechanism, and book the rest as owed, in reserve or lapsed."""
    mechanism, reliability = donors.mechanism[d], donors.reliability[d]
    if mechanism == Mechanism.ASSESSED:
        donors.owed_usd[d] += due
        paid = donors.owed_usd[d] * donors.will[d] * reliability / max(1.0, donors.delay_weeks[d])
        donors.owed_usd[d] -= paid
        return paid
    if mechanism == Mechanism.POOLED:
        given = due * donors.will[d] * reliability
        donors.lapsed_usd[d] += due - given
        donors.reserve_usd[d] += given
        paid = donors.reserve_usd[d] / max(1.0, rates.pool_weeks)
        donors.reserve_usd[d] -= paid
        return paid
    if mechanism == Mechanism.VOLUNTARY:
        pledge = week - week % WEEKS_PER_QUARTER  # one luck a quarter: a pledging round, not a weekly toss
        paid = due if bernoulli(donors.will[d] * reliability, seed, pledge, Stream.DONOR_PAYS, d, 0) else 0.0
    elif mechanism == Mechanism.AD_HOC:
        paid = due * reliability * donors.renewed[d]
    else:
        paid = due * reliability * donors.signed_will[d]
    donors.lapsed_usd[d] += due - paid
    return paid


@kernel
def quarrel(m, share, given, squares, missions, rates):
    """Let a quarrel over who pays grow with the part of the budget that nobody bears, among several payers."""
    among = 1.0 - squares / (share * share) if share > 0.0 else 0.0
    missions.dispute[m] += (among * max(0.0, 1.0 - given) - missions.dispute[m]) / max(1.0, rates.dispute_weeks)


@kernel
def draw_on(m, line, wanted, accounts):
    """Take up to an amount for a budget line, first from money tied to it, and return how much there was."""
    tied = min(wanted, accounts.purse[m, line])
    free = min(wanted - tied, accounts.cash[m])
    accounts.purse[m, line] -= tied
    accounts.cash[m] -= free
    return tied + free


@kernel
def missing(m, line, wanted, accounts):
    """Return what a budget line needs beyond the money tied to it."""
    return max(0.0, wanted - accounts.purse[m, line])


@kernel
def reimburse(m, bill, units, contributors, accounts, earned, rates):
    """Credit contributors with what their people earn, pay part of what is owed, and return how much was paid.

    A week in which the part ``f`` of what is due is paid adds ``1 - f`` weeks to what is overdue, and works off
    ``f / reimbursement_weeks`` of it: under a steady ``f`` contributors wait ``reimbursement_weeks / f``.
    """
    n_people, owed = 0, 0.0
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED and units.mission[u] == m:
            n_people += units.headcount[u]
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED and units.mission[u] == m:
            earned[units.contributor[u]] += bill * units.headcount[u] / max(1, n_people)
    for k in range(len(earned)):
        if contributors.mission[k] == m:
            contributors.owed_usd[k] += earned[k]
            owed += contributors.owed_usd[k]
    wait = max(1.0, rates.reimbursement_weeks)
    paid = draw_on(m, BudgetLine.REIMBURSEMENT, owed / wait, accounts)
    f = paid * wait / owed if owed > 0.0 else 1.0
    for k in range(len(earned)):
        if contributors.mission[k] == m and owed > 0.0:
            contributors.owed_usd[k] *= 1.0 - paid / owed
            overdue = contributors.overdue_weeks[k] * (1.0 - f / wait) + 1.0 - f
            contributors.overdue_weeks[k] = max(0.0, overdue)
            if contributors.owed_usd[k] < 1.0:  # less than a dollar is nothing
                contributors.overdue_weeks[k] = 0.0
    return paid


@kernel
def cut_posts(m, contributors, donors, accounts, rates):
    """Let a mission fill no more posts than it can pay for, by how long its contributors wait beyond the usual.

    Bills that members' dues will settle one day count as paid. What lasts is ``f``, the part of its bills that it can
    pay: contributors then wait ``reimbursement_weeks / f``. A fixed budget is what all posts cost, whoever bears it.
    """
    bills, overdue, dues = 0.0, 0.0, 0.0
    for k in range(len(contributors.part)):
        if contributors.mission[k] == m:
            bills += contributors.owed_usd[k]
            overdue += contributors.owed_usd[k] * contributors.overdue_weeks[k]
    for d in range(len(donors.owed_usd)):
        if donors.mission[d] == m:
            dues += donors.owed_usd[d]
    accounts.posts[m] = 1.0
    if accounts.budget_usd_per_week[m] < 0.0 and bills > dues:
        wait = max(1.0, rates.reimbursement_weeks)
        beyond = overdue / bills * (1.0 - dues / bills)
        accounts.posts[m] = wait / (wait + rates.vacancies * beyond)


@kernel
def spend(m, willing, missions, units, contributors, accounts, earned, record, rates):
    """Spend a mission's money in the order life support, operations, reimbursement, programmes."""
    parts = rates.life_support_share + rates.operations_share + rates.reimbursement_share + rates.programme_share
    need = accounts.need[m] / parts if parts > 0.0 else 0.0
    life, operations = need * rates.life_support_share, need * rates.operations_share
    programmes = need * rates.programme_share
    short = missing(m, BudgetLine.LIFE_SUPPORT, life, accounts) - accounts.cash[m]
    short += missing(m, BudgetLine.OPERATIONS, operations, accounts)
    short += missing(m, BudgetLine.PROGRAMMES, programmes, accounts)
    if short > 0.0:
        # Early dues are bridged from a reserve fund, as far as donors are good for them.
        advance = max(0.0, min(short, rates.start_up_weeks * accounts.need[m] * willing - accounts.loan[m]))
        accounts.loan[m] += advance
        accounts.cash[m] += advance
    paid = draw_on(m, BudgetLine.LIFE_SUPPORT, life, accounts)
    paid += draw_on(m, BudgetLine.OPERATIONS, operations, accounts)
    if life + operations > 0.0:
        accounts.tempo[m] = min(1.0, paid / (life + operations))
    else:
        accounts.tempo[m] = 1.0 if need > 0.0 else 0.0
    spent = paid + reimburse(m, need * rates.reimbursement_share, units, contributors, accounts, earned, rates)
    tied = accounts.purse[m, BudgetLine.PROGRAMMES]
    accounts.purse[m, BudgetLine.PROGRAMMES] = 0.0
    free = min(max(0.0, programmes - tied), accounts.cash[m])
    accounts.cash[m] -= free
    accounts.programmes[m] += tied + free
    cushion = rates.cushion_weeks * life
    repaid = min(accounts.loan[m], max(0.0, accounts.cash[m] - cushion) * rates.repayment_share)
    accounts.loan[m] -= repaid
    accounts.cash[m] -= repaid
    accounts.spent[m] += spent
    record.tally[Count.SPENT_USD] += spent


@process(
    writes=(
        "donors", "accounts", "contributors.owed_usd", "contributors.overdue_weeks", "missions.recent_dead",
        "missions.scandal", "missions.dispute", "record.tally",
    )
)  # fmt: skip
def pay(clock, missions, mandates, units, contributors, donors, accounts, record, rates):
    """Collect what donors pay, then spend it: life support first, programmes last.

    A mission's weekly budget is its fixed one, or ``cost_per_person_usd / 52`` times the people it has in the country
    or on the way, divided by the four shares, which count relative to their sum. Each donor owes ``share`` of what it
    would be without vacant posts, less what the mission has in hand beyond ``cushion_weeks``, spread over a quarter:

    - assessed: owed until paid, each week ``will * reliability / delay`` of what is owed;
    - voluntary: decided each quarter with chance ``will * reliability``; what is not given lapses;
    - pooled: ``will * reliability`` of it goes into a reserve, which pays ``1 / pool_weeks`` of itself a week;
    - multi-year: at the will of the last signature, renewed every ``signature_weeks``;
    - ad hoc: only in years in which the donor renews, with chance ``will``.

    Earmarked money waits in a purse for its budget line. A reserve fund bridges early dues and is repaid when cash
    allows. ``tempo = paid(life support + operations) / need(life support + operations)``; reimbursement stays owed
    until paid. A mission with bills that no dues will settle leaves posts vacant: unless its budget is fixed it fills
    ``posts = wait / (wait + vacancies * weeks overdue * part of bills beyond dues)`` of its ceilings, ``wait =
    reimbursement_weeks``. Will returns to its usual level; progress of the mission raises it, the dead, scandals and
    quarrels over who pays lower it. A quarrel is ``(1 - sum of squared parts of the payers) * part of the budget nobody
    bears``.

    Draws: donors' will and voluntary pledges each quarter, renewals each year. Order: donors, then missions, in file
    order. Assumption: a soldier, a police officer and a civilian cost the same.
    Source: late dues and unpaid contributors: Coleman, K. (2020), Global Observatory; budget gap of about 28 %:
    Passmore, Nadeau and Shannon (2022); posts left vacant: Passmore, Shannon and Hart (2018),
    doi:10.1177/0022343317731152; burden sharing: Sandler (2017), doi:10.1177/0022002717708601.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_missions = len(missions.stage)
    credit, share, given, squares = accounts.cash * 0.0, accounts.cash * 0.0, accounts.cash * 0.0, accounts.cash * 0.0
    willing = accounts.cash * 0.0
    earned = contributors.owed_usd * 0.0
    for m in range(n_missions):
        accounts.need[m] = 0.0
        missions.recent_dead[m] *= 1.0 - 1.0 / WEEKS_PER_YEAR
        missions.scandal[m] *= 1.0 - 1.0 / WEEKS_PER_YEAR
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
            move_will(d, seed, week, donors, missions, mandates, rates)
        if week % int(WEEKS_PER_YEAR) == 0:
            donors.renewed[d] = 1 if bernoulli(donors.will[d], seed, week, Stream.DONOR_PAYS, d, 1) else 0
        if week % rates.signature_weeks == 0:
            donors.signed_will[d] = donors.will[d]
        if missions.stage[m] == MissionStage.PLANNED:
            continue
        # Budgets are voted for all posts, vacant ones too.
        due = donors.share[d] * max(0.0, accounts.need[m] / accounts.posts[m] - credit[m])
        lapsed = donors.lapsed_usd[d]
        paid = payment(d, due, seed, week, donors, rates)
        lapsed = donors.lapsed_usd[d] - lapsed
        donors.promised_usd[d] += due
        donors.paid_usd[d] += paid
        accounts.received[m] += paid
        record.tally[Count.RECEIVED_USD] += paid
        if donors.earmark[d] >= 0:
            accounts.purse[m, donors.earmark[d]] += paid
        else:
            accounts.cash[m] += paid
        share[m] += donors.share[d]
        squares[m] += donors.share[d] * donors.share[d]
        given[m] += donors.share[d] * (1.0 - lapsed / due if due > 0.0 else 1.0)
        willing[m] += donors.share[d] * donors.will[d] * donors.reliability[d]
    for m in range(n_missions):
        quarrel(m, share[m], given[m], squares[m], missions, rates)
        spend(m, willing[m], missions, units, contributors, accounts, earned, record, rates)
        cut_posts(m, contributors, donors, accounts, rates)
