"""Crime: who is killed where, and who takes the arms."""

import math

import numpy as np
import pytest

from sim.processes.crime import rob
from sim.world.kinds import Count
from tests.support.worlds import Lab, assert_same, frozen, rebels, scenario

QUARTER = 13


def town(population=1_000_000, group=None, **crime):
    """A million people in one cell, with full livelihoods, without arms, police or a past."""
    usual = {"arms_per_1000_at_start": 0.0, "seized_per_week": 0.0, "adrift_settle": 0.0}
    given = scenario(
        "A",
        regions={"A": {"population": population}},
        armed_groups=[rebels(where={"A": 1.0}) | (group or {})],
        parameters={"crime": usual | crime},
    )
    lab = Lab(given)
    lab.communities.livelihood[:], lab.communities.police[:] = 1.0, 0.0
    return lab


def killed_in_a_quarter(lab, n=300):
    start = lab.communities.residents.copy()
    for seed in range(n):
        lab.clock.seed[0] = seed
        lab.communities.residents[:] = start
        lab.at(0).run(rob)
    return lab.population.murdered[0] / n


def assert_mean(lab, mean, n=300):
    assert abs(killed_in_a_quarter(lab, n) - mean) < 4 * math.sqrt(mean / n)


def test_the_rate_is_the_rate():
    assert_mean(town(murders_per_100000_year=4.0), 4.0 * 10 / 4)


def test_want_arms_the_past_and_gangs_raise_it():
    lab = town(murders_per_100000_year=4.0, want_gain=2.0)
    lab.communities.livelihood[:] = 0.25
    assert_mean(lab, 10 * (1 + 2.0 * 0.75))
    lab = town(murders_per_100000_year=4.0, arms_gain=3.0, arms_half_per_1000=20.0)
    lab.weapons.civil[0] = 60_000
    assert_mean(lab, 10 * (1 + 3.0 * 0.75))
    lab = town(murders_per_100000_year=4.0, adrift_gain=3.0, adrift_half_per_1000=5.0)
    lab.communities.adrift[0] = 5_000.0
    assert_mean(lab, 10 * (1 + 3.0 * 0.5))
    for kind, gangs in (("gang", 1.0), ("rebel", 0.0)):
        lab = town(murders_per_100000_year=4.0, gang_gain=4.0, group={"kind": kind})
        lab.communities.control[:] = 0.5
        assert_mean(lab, 10 * (1 + 4.0 * 0.5 * gangs))


def test_police_of_the_country_and_of_missions_lower_it():
    lab = town(murders_per_100000_year=8.0, police_weight=1.5, officers_per_1000=0.5)
    lab.communities.police[:], lab.presence.police[:] = 0.4, 500.0
    order = 1 - 0.6 * 0.5
    assert_mean(lab, 20 * math.exp(-1.5 * order))


def test_each_cell_has_its_week_of_the_quarter():
    given = scenario("ABC", parameters={"crime": {"murders_per_100000_year": 10_000.0}})
    lab = Lab(given)
    for week in range(2 * QUARTER):
        lab.at(week).run(rob)
        assert np.flatnonzero(lab.violence.murders).tolist() == [week % QUARTER] * (week % QUARTER < 3)


def test_the_dead_are_booked_once_and_nobody_dies_twice():
    lab = town(population=300, murders_per_100000_year=10_000.0, want_gain=50.0)
    lab.communities.livelihood[:] = 0.0
    everyone = lab.people()
    for week in range(0, 60 * QUARTER, QUARTER):
        lab.at(week).run(rob)
        lab.population.here[:] = lab.communities.residents.sum()
    assert lab.people() == everyone
    assert lab.communities.residents.sum() == 0
    assert lab.population.murdered[0] == lab.record.tally[Count.MURDERS] == 300
    assert lab.population.killed[0] == lab.violence.killed_by.sum() == 0


def test_police_seize_arms_and_the_adrift_settle():
    lab = town(murders_per_100000_year=0.0, seized_per_week=0.01, adrift_settle=0.02)
    lab.communities.police[:], lab.communities.livelihood[:] = 0.5, 0.5
    lab.weapons.civil[0], lab.communities.adrift[0] = 10_000, 1_000.0
    lab.weapons.start[0] += 10_000
    arms = lab.arms()
    lab.at(0).run(rob)
    assert lab.weapons.seized[0] == pytest.approx(10_000 * 0.01 * 0.5 * QUARTER, abs=1)
    assert lab.communities.adrift[0] == pytest.approx(1_000 * (1 - 0.02 * 0.5 * QUARTER))
    assert lab.arms() == arms


def test_no_rates_no_people_nothing():
    for lab in (town(murders_per_100000_year=0.0), town(murders_per_100000_year=10_000.0)):
        if lab.rates.crime.murders_per_100000_year > 0.0:
            lab.population.here[:] = 0.0
        before = frozen(lab.world, "clock")
        lab.at(0).run(rob, QUARTER)
        assert_same(before, lab.world)
