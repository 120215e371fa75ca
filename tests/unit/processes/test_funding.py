"""Money: each mechanism pays as it says, none is made, and what is short is cut in order.

A mission of one hundred people at US$ 52,000 a year each needs US$ 100,000 a week.
"""

import numpy as np
import pytest

from sim.processes.funding import pay
from sim.world.kinds import Mechanism
from tests.support.worlds import Lab, contributor, copies, mission, scenario

NEED = 100_000.0
STEADY = {"cost_per_person_usd": 52_000.0, "start_up_weeks": 0.0, "will_noise": 0.0}
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


def test_a_pooled_fund_pays_evenly_whatever_the_will():
    lab = Lab(country(donor("pooled", will=0.0), funding={"pool_weeks": 5.0})).run(pay)
    assert lab.donors.paid_usd[0] == pytest.approx(NEED * 0.5 / 5.0)


def test_voluntary_dues_are_paid_at_once_or_lapse():
    paid = [Lab(country(donor("voluntary")), seed).run(pay).donors.paid_usd[0] for seed in range(400)]
    assert set(np.round(paid, 3)) == {0.0, NEED}
    assert abs(np.mean(paid) / NEED - 0.4) < 0.1  # will x reliability
    lab = Lab(country(donor("voluntary", will=0.0))).run(pay)
    assert (lab.donors.lapsed_usd[0], lab.donors.owed_usd[0]) == (pytest.approx(NEED), 0.0)


def test_multi_year_dues_come_at_the_will_of_the_signature():
    lab = Lab(country(donor("multi_year")))
    lab.donors.will[0] = 0.0
    lab.at(1).run(pay)
    assert lab.donors.paid_usd[0] == pytest.approx(NEED * 0.8 * 0.5)
    assert lab.donors.lapsed_usd[0] == pytest.approx(NEED * 0.6)


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
def test_nobody_pays_more_than_promised_and_no_cent_is_lost(mechanism):
    lab = Lab(country(donor(mechanism, will=1.0, reliability=1.0, delay_weeks=0.0), funding={"start_up_weeks": 9.0}))
    for week in range(120):
        lab.at(week).run(pay)
        donors, accounts = lab.donors, lab.accounts
        assert donors.paid_usd[0] <= donors.promised_usd[0] * (1 + 1e-12)
        booked = donors.paid_usd[0] + donors.owed_usd[0] + donors.lapsed_usd[0]
        assert booked == pytest.approx(donors.promised_usd[0])
        assert accounts.received[0] == pytest.approx(donors.paid_usd[0])
        kept = accounts.cash[0] + accounts.programmes[0] + accounts.spent[0]
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


def test_a_contingent_that_died_to_the_last_owes_no_nonsense():
    lab = Lab(country(donor()))
    lab.units.headcount[:] = 0
    lab.run(pay)
    assert np.isfinite(lab.contributors.owed_usd).all()
    assert np.isfinite(lab.accounts.cash).all()
