"""Disarmament: who comes forward, what bounds the programme, and what becomes of the disarmed."""

import math

import numpy as np
import pytest

from sim.processes.ddr import disarm
from sim.world.kinds import BandStatus, Count, Stage
from tests.support.worlds import HILL, REBELS, Lab, army, contributor, mission, rebels, scenario

N = 500


def programme(money=1e9, staff=1000.0, demobilise=1.0, fighters=400, stage=Stage.AGREEMENT, **ddr):
    """Rebels who have signed, are half committed and fully covered; the army keeps its men."""
    groups = [army(demobilise=0.0), rebels(fighters=fighters, band_size=1000, demobilise=demobilise)]
    parts = {
        "mission": mission({"ddr": 1.0}, civilians=100),
        "contributors": [contributor(pledged=100, component="civilians")],
        "armed_groups": groups,
        "parameters": {"ddr": {"places_per_week": 0.0, "reoffend_rate": 0.0, "patience_weeks": 520.0} | ddr},
    }
    lab = Lab(scenario(**parts)).at(1)  # week 1: those who finish wait for their turn of the month
    lab.peace.stage[0] = stage
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.5
    lab.presence.covered[:], lab.presence.civilians[0] = 1.0, staff
    lab.accounts.programmes[0] = money
    return lab


def mean_disarmed(lab):
    disarmed = []
    start = lab.bands.fighters[1]
    for seed in range(N):
        lab.clock.seed[0] = seed
        lab.bands.fighters[1] = lab.groups.fighters[REBELS] = start
        lab.ranks.disarmed[:] = lab.ranks.waiting[:] = 0
        disarmed.append(int(lab.run(disarm).ranks.disarmed.sum()))
    return np.mean(disarmed)


def assert_share(lab, share):
    assert abs(mean_disarmed(lab) - 400 * share) < 4 * math.sqrt(400 * share / N) + 1e-9


def test_fighters_come_forward_by_commitment_and_guarantee():
    assert_share(programme(), 0.08 * 0.5 * 1.0 * 0.5)
    lab = programme()
    lab.groups.commitment[REBELS], lab.presence.covered[1] = 0.9, 0.3
    assert_share(lab, 0.08 * 0.9 * 0.3 * 0.5)
    lab.presence.covered[1] = 0.0
    assert_share(lab, 0.0)


def test_more_come_when_the_others_are_out_already():
    lab = programme()
    lab.groups.demobilise[:], lab.groups.start_fighters[:] = 1.0, (600, 400)
    for seed in range(N):
        lab.clock.seed[0] = seed
        lab.bands.fighters[:2], lab.groups.fighters[:] = (0, 400), (0, 400)
        lab.bands.status[0] = BandStatus.DISPERSED
        lab.ranks.disarmed[:] = (500, 0)
        lab.run(disarm)
        lab.ranks.waiting[:] = 0
        lab.log.factors[seed, 0] = 400 - lab.bands.fighters[1]
    share = 0.08 * 0.5 * (0.5 + 0.5 * 0.5)
    assert abs(lab.log.factors[:N, 0].mean() - 400 * share) < 4 * math.sqrt(400 * share / N)


@pytest.mark.parametrize("stage", [Stage.WAR, Stage.TALKS, Stage.CEASEFIRE, Stage.RELAPSE])
def test_nobody_disarms_before_an_agreement_or_after_its_fall(stage):
    assert programme(stage=stage, disarm_rate=1.0).run(disarm).ranks.disarmed.sum() == 0


def test_only_signatories_disarm_and_only_with_mission_staff():
    lab = programme(disarm_rate=1.0)
    lab.groups.signatory[REBELS] = 0
    assert lab.run(disarm).ranks.disarmed.sum() == 0
    assert programme(disarm_rate=1.0, staff=0.0).run(disarm).ranks.disarmed.sum() == 0
    lab = programme(disarm_rate=1.0)
    lab.missions.effort[:] = 0.0
    assert lab.run(disarm).ranks.disarmed.sum() == 0


def test_sites_money_and_the_meant_part_bound_it():
    eager = {"disarm_rate": 1.0}
    lab = programme(staff=10.0, people_per_staff=6.0, **eager).run(disarm)
    assert lab.ranks.disarmed[REBELS] == 60
    lab = programme(money=10_250.0, disarm_cost_usd=500.0, **eager).run(disarm)
    assert lab.ranks.disarmed[REBELS] == 20
    assert lab.accounts.programmes[0] == pytest.approx(250.0)
    assert lab.accounts.programmes_spent[0] == pytest.approx(10_000.0)
    lab = programme(demobilise=0.7, **eager)
    lab.groups.commitment[REBELS] = 1.0
    for week in range(1, 60):
        lab.at(week).run(disarm)
        assert lab.groups.fighters[REBELS] >= 120
    assert lab.groups.fighters[REBELS] == 120
    assert programme(money=0.0, **eager).run(disarm).ranks.disarmed.sum() == 0


def test_fighters_and_people_are_conserved_through_the_whole_programme():
    lab = programme(disarm_rate=0.2, places_per_week=5.0, reoffend_rate=0.05, patience_weeks=20.0)
    everyone = lab.people()
    for week in range(1, 200):
        lab.at(week).run(disarm)
        assert lab.people() == everyone
        assert lab.groups.fighters[REBELS] == lab.bands.fighters[1]
    ranks = lab.ranks
    out = ranks.waiting + ranks.reintegrating + ranks.reintegrated + ranks.reoffended
    assert np.array_equal(out, ranks.disarmed)
    assert ranks.reintegrated[REBELS] > 100
    assert ranks.reoffended[REBELS] > 0


def waiting(n=1000, **ddr):
    lab = programme(disarm_rate=0.0, **ddr)
    lab.ranks.waiting[REBELS] = n
    return lab


def test_places_open_by_the_week_and_must_be_paid():
    lab = waiting(places_per_week=30.0).run(disarm, 2)
    assert lab.ranks.reintegrating[REBELS] == 60
    lab = waiting(places_per_week=30.0, money=8_100.0, reintegrate_cost_usd=810.0).run(disarm, 2)
    assert lab.ranks.reintegrating[REBELS] == 10
    assert lab.record.tally[Count.PROGRAMMES_USD] == pytest.approx(8_100.0)


def test_those_who_finish_settle_among_their_own():
    lab = waiting(0)
    lab.ranks.reintegrating[REBELS] = 5200
    lab.communities.residents[:, HILL] = (3000, 1000)
    before = lab.communities.residents.copy()
    lab.run(disarm, 4)  # one of four weeks is the group's
    done = lab.ranks.reintegrated[REBELS]
    assert abs(done - 5200 * 4 / 52) < 4 * math.sqrt(400)
    settled = lab.communities.residents - before
    assert settled[:, 1].tolist() == [0, 0]
    assert settled[:, HILL].tolist() == pytest.approx([done * 0.75, done * 0.25], abs=1)


def test_the_uncommitted_who_wait_take_up_arms_again():
    lab = waiting(reoffend_rate=0.1)
    lab.groups.commitment[REBELS] = 0.4
    lab.run(disarm)
    back = lab.ranks.reoffended[REBELS]
    assert abs(back - 1000 * 0.1 * 0.6) < 4 * math.sqrt(60)
    assert lab.bands.fighters[1] == 400 + back == lab.groups.fighters[REBELS]
    lab = waiting(reoffend_rate=1.0)
    lab.groups.commitment[REBELS] = 1.0
    assert lab.run(disarm).ranks.reoffended[REBELS] == 0


def test_a_group_without_bands_gets_one_back():
    lab = waiting(reoffend_rate=0.1)
    lab.bands.status[1], lab.bands.fighters[1], lab.groups.fighters[REBELS] = BandStatus.DISPERSED, 0, 0
    lab.groups.appeal[REBELS] = (0.1, 0.7)
    lab.run(disarm)
    row = np.flatnonzero((lab.bands.status == BandStatus.ACTIVE) & (lab.bands.group == REBELS))[0]
    assert lab.bands.fighters[row] == lab.ranks.reoffended[REBELS] > 0
    assert lab.bands.cell[row] == lab.bands.target[row] == 1
