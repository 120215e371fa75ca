"""Reintegration: places, money, time, and what becomes of those who get none."""

import math

import numpy as np
import pytest

from sim.core.chance import uniform
from sim.processes.reintegration import reintegrate
from sim.world.kinds import BandStatus, Count, Task
from sim.world.streams import Stream
from tests.support.worlds import HILL, REBELS, Lab, army, contributor, mission, rebels, scenario

QUARTER = 13


def waiting(n=1000, money=1e9, fighters=400, band_size=1000, **reintegration):
    """Disarmed rebels who wait for a place, in a group that still has a band."""
    usual = {"places_per_week": 0.0, "reoffend_rate": 0.0, "patience_weeks": 520.0, "leak_per_week": 0.0}
    parts = {
        "mission": mission({"ddr": 1.0}, civilians=100),
        "contributors": [contributor(pledged=100, component="civilians")],
        "armed_groups": [army(), rebels(fighters=fighters, band_size=band_size, support=0.0)],
        "parameters": {"reintegration": usual | reintegration},
    }
    lab = Lab(scenario(**parts))
    lab.ranks.waiting[REBELS] = lab.ranks.disarmed[REBELS] = n
    lab.population.start[0] += n
    lab.accounts.programmes[0] = money
    return lab.at(turn_of(lab) + 1)


def turn_of(lab):
    """Give the week of the quarter in which the rebels' affairs are settled."""
    return int(uniform(lab.clock.seed[0], 0, Stream.REINTEGRATE, REBELS, 5) * QUARTER)


def test_places_open_by_the_week_and_must_be_paid():
    lab = waiting(places_per_week=30.0).run(reintegrate, 2)
    assert lab.ranks.reintegrating[REBELS] == 60
    lab = waiting(places_per_week=30.0, money=8_100.0, cost_usd=810.0).run(reintegrate, 2)
    assert lab.ranks.reintegrating[REBELS] == 10
    assert lab.record.tally[Count.PROGRAMMES_USD] == pytest.approx(8_100.0)


def test_a_mission_without_the_task_does_not_pay():
    lab = waiting(places_per_week=30.0)
    lab.missions.effort[0, Task.DDR] = 0.0
    lab.run(reintegrate, 2)
    assert lab.ranks.reintegrating[REBELS] == 0
    assert lab.accounts.programmes_spent[0] == 0.0


def test_groups_share_places_by_those_who_wait():
    lab = waiting(n=300, places_per_week=40.0, weeks=520.0)
    lab.ranks.waiting[0] = lab.ranks.disarmed[0] = 100
    got = np.zeros(2)
    for seed in range(200):
        lab.clock.seed[0] = seed
        lab.ranks.waiting[:], lab.ranks.reintegrating[:] = (100, 300), 0
        lab.at(turn_of(lab) + 1).run(reintegrate)
        got += lab.ranks.reintegrating
    assert got.tolist() == pytest.approx([200 * 10, 200 * 30], abs=40)


def test_those_who_finish_settle_among_their_own():
    lab = waiting(0, weeks=130.0)
    lab.ranks.reintegrating[REBELS] = 5200
    lab.communities.residents[HILL, :] = (3000, 1000)
    before = lab.communities.residents.copy()
    lab.run(reintegrate, QUARTER)  # one of these weeks is the group's
    done = lab.ranks.reintegrated[REBELS]
    assert abs(done - 520) < 4 * math.sqrt(520)
    settled = lab.communities.residents - before
    assert settled[1].tolist() == [0, 0]
    assert settled[HILL].tolist() == pytest.approx([done * 0.75, done * 0.25], abs=1)
    assert lab.communities.adrift.sum() == 0.0


def test_those_who_give_up_go_home_adrift():
    lab = waiting(5200, patience_weeks=130.0).run(reintegrate, QUARTER)
    gone = lab.ranks.gave_up[REBELS]
    assert abs(gone - 520) < 4 * math.sqrt(520)
    assert gone == lab.record.tally[Count.GAVE_UP] == pytest.approx(lab.communities.adrift.sum())
    assert lab.ranks.reintegrated[REBELS] == 0


def test_the_uncommitted_who_wait_take_up_arms_again_as_far_as_there_are_arms():
    lab = waiting(reoffend_rate=0.1)
    lab.groups.commitment[REBELS] = 0.4
    lab.weapons.hidden[REBELS] = 500
    held = lab.weapons.held[REBELS]
    lab.run(reintegrate)
    back = lab.ranks.reoffended[REBELS]
    assert abs(back - 1000 * 0.1 * 0.6) < 4 * math.sqrt(60)
    assert lab.bands.fighters[1] == 400 + back == lab.groups.fighters[REBELS]
    assert lab.weapons.hidden[REBELS] == 500 - back
    assert lab.weapons.held[REBELS] == held + back
    few = waiting(reoffend_rate=0.1)
    few.weapons.hidden[REBELS] = 5
    assert few.run(reintegrate).ranks.reoffended[REBELS] == 5
    few = waiting(reoffend_rate=0.1)
    few.groups.support[REBELS], few.groups.commitment[REBELS] = 0.5, 0.0
    few.run(reintegrate)
    assert few.ranks.reoffended[REBELS] == few.weapons.imported[0] == pytest.approx(50, abs=20)
    loyal = waiting(reoffend_rate=1.0)
    loyal.groups.commitment[REBELS], loyal.weapons.hidden[REBELS] = 1.0, 500
    assert loyal.run(reintegrate).ranks.reoffended[REBELS] == 0


def test_they_rejoin_bands_by_size_and_not_the_first_row():
    lab = waiting(reoffend_rate=0.5, band_size=200)
    lab.weapons.hidden[REBELS] = 10**6
    lab.groups.commitment[REBELS] = 0.0
    joined = np.zeros(2)
    for seed in range(200):
        lab.clock.seed[0] = seed
        lab.bands.fighters[1:3], lab.groups.fighters[REBELS] = (300, 100), 400
        lab.ranks.waiting[REBELS] = 1000
        lab.at(turn_of(lab) + 1).run(reintegrate)
        joined += lab.bands.fighters[1:3] - (300, 100)
    assert joined[0] / joined[1] == pytest.approx(3.0, rel=0.02)


def test_a_group_without_bands_gathers_one_where_its_people_live():
    seen = set()
    for seed in range(30):
        lab = waiting(reoffend_rate=0.1)
        lab.clock.seed[0] = seed
        lab.bands.status[1], lab.bands.fighters[1], lab.groups.fighters[REBELS] = BandStatus.DISPERSED, 0, 0
        lab.weapons.hidden[REBELS] = 500
        lab.communities.residents[HILL, :] = (1000, 3000)
        lab.at(turn_of(lab) + 1).run(reintegrate)
        row = np.flatnonzero((lab.bands.status == BandStatus.ACTIVE) & (lab.bands.group == REBELS))[0]
        assert lab.bands.fighters[row] == lab.ranks.reoffended[REBELS] > 0
        assert lab.bands.cell[row] == lab.bands.target[row]
        seen.add(int(lab.bands.cell[row]))
    assert seen == {0, 1}


def test_caches_leak_into_private_hands_and_what_nobody_bears_is_hidden():
    lab = waiting(0, fighters=0, leak_per_week=0.01)
    lab.weapons.held[REBELS], lab.weapons.hidden[REBELS] = 300, 700
    arms, before = lab.arms(), lab.weapons.civil.sum()
    lab.at(turn_of(lab)).run(reintegrate)
    assert lab.weapons.held[REBELS] == 0
    assert lab.weapons.civil.sum() - before == pytest.approx(130, abs=1)
    assert lab.weapons.hidden[REBELS] == 1000 - (lab.weapons.civil.sum() - before)
    assert lab.arms() == arms


def test_fighters_people_and_weapons_are_conserved():
    lab = waiting(5000, places_per_week=20.0, reoffend_rate=0.02, patience_weeks=60.0, leak_per_week=0.01, weeks=30.0)
    lab.groups.commitment[REBELS], lab.groups.support[REBELS] = 0.2, 0.3
    lab.weapons.hidden[REBELS] = 800
    everyone, arms = lab.people(), lab.arms()
    for week in range(250):
        lab.at(week).run(reintegrate)
        assert lab.people() == everyone
        assert lab.arms() == arms
        assert lab.groups.fighters[REBELS] == lab.bands.fighters[1]
    ranks = lab.ranks
    out = ranks.waiting + ranks.reintegrating + ranks.reintegrated + ranks.gave_up + ranks.reoffended
    assert np.array_equal(out, ranks.disarmed)
    assert min(ranks.reintegrated[REBELS], ranks.gave_up[REBELS], ranks.reoffended[REBELS]) > 100
