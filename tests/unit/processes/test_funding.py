"""Money: each mechanism pays as it says, none is made, and what is short is cut in order.

A mission of one hundred people at US$ 52,000 a year each needs US$ 100,000 a week.
"""

import numpy as np
import pytest

from sim.processes.funding import pay
from sim.world.kinds import BudgetLine, Mechanism
from tests.support.worlds import Lab, contributor, copies, mission, scenario

NEED = 100_000.0
STEADY = {"cost_per_person_usd": 52_000.0, "start_up_weeks": 0.0, "will_noise": 0.0, "vacancies": 0.0}
MECHANISMS = [mechanism.name.lower() for mechanism in Mechanism]


def donor(mechanism="assessed", name="one", **more):
    usual = {"id": name, "name": name, "mechanism": mechanism, "share": 1.0, "will": 0.8, "reliability": 0.5}
    return usual | more


def country(*donors, funding=None, **more):
    parts = {
        "mission": mission(military=100, **more),
        "contributors": [contributor(pledged=100, unit_size=100)],
        "donors": list(donors),
        "parameters": {"funding": STEADY | (funding or {})},
    }
    return scenario(**parts)


def test_need_is_reckoned_from_the_people():
    lab = Lab(country()).run(pay)
    assert lab.accounts.need[0] == pytest.approx(NEED)
    lab.units.status[:] = 0  # at home
    lab.run(pay)
    assert lab.accounts.need[0] == 0.0


def test_a_fixed_budget_replaces_it():
    lab = Lab(country(budget_usd_per_year=5.2e6)).run(pay)
    assert lab.accounts.need[0] == pytest.approx(100_000.0)
    assert Lab(country(budget_usd_per_year=0.0)).run(pay).accounts.tempo[0] == 0.0


def test_assessed_dues_are_owed_until_they_are_paid():
    lab = Lab(country(donor(delay_weeks=4.0))).run(pay)
    # A week pays will x reliability / delay = 0.8 x 0.5 / 4 = 0.1 of what is owed.
    assert lab.donors.paid_usd[0] == pytest.approx(10_000.0)
    assert lab.donors.owed_usd[0] == pytest.approx(90_000.0)
    lab.at(1).run(pay)
    assert lab.donors.paid_usd[0] == pytest.approx(10_000.0 + 19_000.0)
    assert lab.donors.owed_usd[0] == pytest.approx(171_000.0)
    assert lab.donors.lapsed_usd[0] == 0.0


def test_a_pooled_fund_pays_out_of_a_reserve_what_its_members_gave():
    lab = Lab(country(donor("pooled"), funding={"pool_weeks": 5.0})).run(pay)
    # 0.8 x 0.5 of the dues is given and a fifth of the reserve paid out; the rest of the dues lapses.
    assert lab.donors.paid_usd[0] == pytest.approx(0.4 * NEED / 5)
    assert lab.donors.reserve_usd[0] == pytest.approx(0.4 * NEED * 4 / 5)
    assert lab.donors.lapsed_usd[0] == pytest.approx(0.6 * NEED)
    lab.donors.will[0] = 0.0
    lab.at(1).run(pay)  # nothing is given any more, the reserve goes on paying
    assert lab.donors.paid_usd[0] == pytest.approx(0.4 * NEED * (1 / 5 + 4 / 25))
    assert lab.donors.lapsed_usd[0] == pytest.approx(1.6 * NEED)


def test_a_pool_of_two_pays_what_their_mean_will_gives():
    two = [donor("pooled", name, share=0.5, will=will) for name, will in (("keen", 1.0), ("cool", 0.2))]
    one = donor("pooled", will=0.6)
    together, alone = Lab(country(*two)), Lab(country(one))
    for week in range(12):
        paid = [lab.at(week).run(pay).donors.paid_usd.sum() for lab in (together, alone)]
        assert paid[0] == pytest.approx(paid[1])


def test_a_pool_is_steadier_than_the_same_money_given_freely():
    def incomes(mechanism):
        lab = Lab(country(donor(mechanism), budget_usd_per_year=52 * NEED))
        lab.rates.funding.cushion_weeks = 104.0
        got = [lab.at(week).run(pay).accounts.received[0] for week in range(520)]
        return np.diff(got[103::13])  # by quarter, once the reserve is filled

    free, pooled = incomes("voluntary"), incomes("pooled")
    assert np.mean(pooled) == pytest.approx(np.mean(free), rel=0.5)
    assert np.std(pooled) < 0.1 * np.std(free)


def test_voluntary_dues_are_paid_at_once_or_lapse():
    paid = [Lab(country(donor("voluntary")), seed).run(pay).donors.paid_usd[0] for seed in range(400)]
    assert set(np.round(paid, 3)) == {0.0, NEED}
    assert abs(np.mean(paid) / NEED - 0.4) < 0.1  # will x reliability
    for seed in range(4):
        lab = Lab(country(donor("voluntary")), seed)
        weekly = np.diff([lab.at(week).run(pay).donors.paid_usd[0] for week in range(52)], prepend=0.0)
        for quarter in np.split(weekly > 0.0, 4):
            assert quarter.all() or not quarter.any()  # a pledging round decides for thirteen weeks
    lab = Lab(country(donor("voluntary", will=0.0))).run(pay)
    assert (lab.donors.lapsed_usd[0], lab.donors.owed_usd[0]) == (pytest.approx(NEED), 0.0)


def test_multi_year_dues_come_at_the_will_of_the_signature():
    lab = Lab(country(donor("multi_year")))
    lab.donors.will[0] = 0.0
    lab.at(1).run(pay)
    assert lab.donors.paid_usd[0] == pytest.approx(NEED * 0.8 * 0.5)
    assert lab.donors.lapsed_usd[0] == pytest.approx(NEED * 0.6)


def test_a_new_signature_takes_the_will_of_its_day():
    lab = Lab(country(donor("multi_year"), funding={"signature_weeks": 26, "will_return_per_quarter": 0.0}))
    lab.donors.will[0] = 0.3
    paid = [lab.at(week).run(pay).donors.paid_usd[0] for week in range(1, 28)]
    weekly = np.diff(paid, prepend=0.0)
    assert weekly[24] == pytest.approx(NEED * 0.8 * 0.5)  # week 25: still the first signature
    assert weekly[25] == pytest.approx(NEED * 0.3 * 0.5)  # week 26: signed anew


def test_ad_hoc_dues_hang_on_the_decision_of_the_year():
    lab = Lab(country(donor("ad_hoc")))
    for renewed, paid in ((1, 0.5 * NEED), (0, 0.0)):
        lab.donors.renewed[0] = renewed
        lab.donors.paid_usd[0] = 0.0
        lab.at(7).run(pay)
        assert lab.donors.paid_usd[0] == pytest.approx(paid)
    renewals = [lab.at(52).run(pay).donors.renewed[0] for lab in copies(lab.scenario, 400)]
    assert abs(np.mean(renewals) - 0.8) < 0.08


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize("earmark", [None, "reimbursement", "programmes"])
def test_nobody_pays_more_than_promised_and_no_cent_is_lost(mechanism, earmark):
    payer = donor(mechanism, will=1.0, reliability=1.0, delay_weeks=0.0, earmark=earmark)
    lab = Lab(country(payer, funding={"start_up_weeks": 9.0}))
    for week in range(120):
        lab.at(week).run(pay)
        donors, accounts = lab.donors, lab.accounts
        assert donors.paid_usd[0] <= donors.promised_usd[0] * (1 + 1e-12)
        booked = donors.paid_usd[0] + donors.owed_usd[0] + donors.lapsed_usd[0] + donors.reserve_usd[0]
        assert booked == pytest.approx(donors.promised_usd[0])
        assert accounts.received[0] == pytest.approx(donors.paid_usd[0])
        kept = accounts.cash[0] + accounts.purse[0].sum() + accounts.programmes[0] + accounts.spent[0]
        assert kept == pytest.approx(accounts.received[0] + accounts.loan[0])
        assert accounts.cash[0] >= 0.0


def test_life_support_first_then_reimbursement_then_programmes():
    shares = {
        "life_support_share": 0.35,
        "operations_share": 0.2,
        "reimbursement_share": 0.35,
        "reimbursement_weeks": 1.0,
    }
    for cash, tempo, owed, programmes in (
        (27_500.0, 0.5, 35_000.0, 0.0),
        (55_000.0, 1.0, 35_000.0, 0.0),
        (76_000.0, 1.0, 14_000.0, 0.0),
        (95_000.0, 1.0, 0.0, 5_000.0),
    ):
        lab = Lab(country(funding=shares))
        lab.accounts.cash[0] = cash
        lab.run(pay)
        assert lab.accounts.tempo[0] == pytest.approx(tempo)
        assert lab.contributors.owed_usd[0] == pytest.approx(owed, abs=1e-6)
        assert lab.accounts.programmes[0] == pytest.approx(programmes, abs=1e-6)
        assert lab.accounts.cash[0] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("line", list(BudgetLine))
def test_earmarked_money_is_spent_on_nothing_else(line):
    lab = Lab(country(donor("multi_year", earmark=line.name.lower(), will=1.0, reliability=1.0))).run(pay)
    assert lab.accounts.cash[0] == 0.0
    spent = {
        BudgetLine.LIFE_SUPPORT: 35_000.0,
        BudgetLine.OPERATIONS: 20_000.0,
        BudgetLine.REIMBURSEMENT: 35_000.0 / 26,
        BudgetLine.PROGRAMMES: 0.0,
    }[line]
    assert lab.accounts.spent[0] == pytest.approx(spent)
    assert lab.accounts.tempo[0] == pytest.approx((spent if line < 2 else 0.0) / 55_000.0)
    programmes = NEED if line == BudgetLine.PROGRAMMES else 0.0
    assert lab.accounts.programmes[0] == pytest.approx(programmes)
    assert lab.accounts.purse[0, line] == pytest.approx(NEED - spent - programmes)


def test_free_money_fills_up_what_earmarked_money_leaves_open():
    lab = Lab(country(donor("multi_year", share=0.1, earmark="life_support", will=1.0, reliability=1.0)))
    lab.accounts.cash[0] = 45_000.0
    lab.run(pay)
    assert lab.accounts.tempo[0] == 1.0  # 10,000 tied and 25,000 free for life support, 20,000 for operations
    assert lab.accounts.purse[0].sum() == 0.0


def test_the_shares_of_the_budget_count_relative_to_their_sum():
    doubled = {f"{name}_share": 2 * part for name, part in (("life_support", 0.35), ("operations", 0.2))}
    lab = Lab(country(funding=doubled | {"reimbursement_share": 0.7, "programme_share": 0.2}))
    lab.accounts.cash[0] = 27_500.0
    assert lab.run(pay).accounts.tempo[0] == pytest.approx(0.5)
    nothing = dict.fromkeys(("life_support_share", "operations_share", "reimbursement_share", "programme_share"), 0.0)
    idle = Lab(country(donor(), funding=nothing)).run(pay)
    assert idle.accounts.spent[0] == idle.accounts.tempo[0] == 0.0


def test_reimbursement_is_overdue_beyond_the_usual_wait():
    lab = Lab(country(funding={"reimbursement_weeks": 4.0}))
    for week in range(10):
        lab.at(week).run(pay)
    assert lab.contributors.owed_usd[0] == pytest.approx(350_000.0)
    assert lab.contributors.overdue_weeks[0] == pytest.approx(10.0)  # nothing came in for ten weeks
    lab.accounts.cash[0] = 1e9
    lab.at(10).run(pay)
    assert lab.contributors.overdue_weeks[0] == pytest.approx(7.5)
    for week in range(11, 100):
        lab.at(week).run(pay)
    assert lab.contributors.overdue_weeks[0] < 0.01


def test_half_pay_doubles_the_wait_and_a_smaller_contingent_waits_no_longer():
    lab = Lab(country(funding={"reimbursement_weeks": 10.0}))
    for week in range(600):
        lab.accounts.purse[0, BudgetLine.REIMBURSEMENT] = lab.contributors.owed_usd[0] / 20
        if week == 400:
            lab.units.headcount[:], lab.units.size[:] = 10, 10
        lab.at(week).run(pay)
    assert lab.contributors.overdue_weeks[0] == pytest.approx(10.0, rel=0.15)


def test_a_quarrel_over_cost_needs_several_payers_and_something_unpaid():
    def quarrel(*donors):
        return Lab(country(*donors, funding={"dispute_weeks": 1.0})).run(pay).missions.dispute[0]

    halves = [donor("multi_year", name, share=0.5, will=0.6, reliability=1.0) for name in ("one", "two")]
    assert quarrel(*halves) == pytest.approx(0.5 * 0.4)  # two equal payers; 40 % lapses
    thirds = [donor(name=name, share=0.25) for name in ("one", "two", "three")]
    assert quarrel(*thirds) == pytest.approx(2 / 3 * 0.25)  # nobody stands for the last quarter
    assert quarrel(*(x | {"share": 1 / 3} for x in thirds)) == pytest.approx(0.0, abs=1e-12)  # late is not disputed
    assert quarrel(donor("multi_year", share=0.2)) == 0.0  # nobody to quarrel with
    assert quarrel() == 0.0


def test_a_reserve_bridges_what_willing_donors_owe():
    lab = Lab(country(donor(delay_weeks=100.0), funding={"start_up_weeks": 1.0, "programme_share": 0.1})).run(pay)
    # Room: one week's need x share x will x reliability = 40,000; 400 came in; 65,000 are wanted.
    assert lab.accounts.loan[0] == pytest.approx(40_000.0)
    assert lab.accounts.tempo[0] == pytest.approx(40_400.0 / 55_000.0)
    assert Lab(country(donor(will=0.0), funding={"start_up_weeks": 9.0})).run(pay).accounts.loan[0] == 0.0


def test_the_order_of_donors_in_the_file_does_not_matter():
    halves = [donor(name=name, share=0.5, delay_weeks=2.0) for name in ("one", "two")]
    lab = Lab(country(*halves))
    lab.accounts.cash[0] = 900_000.0  # beyond the cushion: credited to both alike
    for week in range(20):
        lab.at(week).run(pay)
    assert lab.donors.promised_usd[0] == lab.donors.promised_usd[1]


def test_grief_lowers_will_and_time_restores_it():
    lab = Lab(country(donor(), funding={"will_loss_per_death": 0.01, "will_return_per_quarter": 0.5}))
    lab.missions.recent_dead[0] = 10.4
    lab.run(pay)
    fading = 10.4 * (1 - 1 / 52)
    assert lab.donors.will[0] == pytest.approx(0.8 - 0.01 * fading)
    lab.missions.recent_dead[0] = 0.0
    lab.at(13).run(pay)
    assert lab.donors.will[0] == pytest.approx(0.8 - 0.005 * fading)


def test_success_raises_will_and_scandals_and_quarrels_lower_it():
    rates = {"will_gain_per_progress": 0.5, "will_loss_per_scandal": 0.01, "will_loss_in_dispute": 0.2}
    lab = Lab(country(donor(will=0.5), funding=rates))
    lab.mandates.progress[0], lab.missions.scandal[0], lab.missions.dispute[0] = 0.4, 5.2, 0.25
    lab.run(pay)
    assert lab.donors.will[0] == pytest.approx(0.5 + 0.2 - 0.01 * 5.2 * 51 / 52 - 0.05)


def test_a_contingent_that_died_to_the_last_owes_no_nonsense():
    lab = Lab(country(donor()))
    lab.units.headcount[:] = 0
    lab.run(pay)
    assert np.isfinite(lab.contributors.owed_usd).all()
    assert np.isfinite(lab.accounts.cash).all()


def posts(*donors, weeks=1, **more):
    """Return the part of its posts that a mission of a hundred people fills after some weeks."""
    lab = Lab(country(*donors, funding={"vacancies": 1.0, "reimbursement_weeks": 26.0}, **more))
    for week in range(1, weeks + 1):
        lab.at(week).run(pay)
    return lab.accounts.posts[0]


def test_a_mission_whose_bills_nobody_will_settle_leaves_posts_vacant():
    lab = Lab(country(funding={"vacancies": 1.0, "reimbursement_weeks": 26.0})).run(pay)
    # Nothing is paid: a week overdue for all of its bills.
    assert lab.contributors.overdue_weeks[0] == pytest.approx(1.0)
    assert lab.accounts.posts[0] == pytest.approx(26 / 27)
    gifts = [posts(donor("multi_year", reliability=part), weeks=104) for part in (0.5, 0.8)]
    assert gifts[0] < gifts[1] < 1.0


def test_bills_that_dues_will_settle_and_fixed_budgets_leave_no_post_vacant():
    assert posts(donor(delay_weeks=260.0), weeks=26) == 1.0  # hardly a cent came, and all of it is owed
    assert posts(budget_usd_per_year=5.2e6, weeks=26) == 1.0
    lab = Lab(country()).run(pay)
    assert lab.accounts.posts[0] == 1.0  # switched off


def test_budgets_are_voted_for_vacant_posts_too():
    lab = Lab(country(donor("multi_year", will=1.0, reliability=0.5)))
    lab.accounts.posts[0] = 0.5
    lab.run(pay)
    assert lab.donors.promised_usd[0] == pytest.approx(2.0 * NEED)
