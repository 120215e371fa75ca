"""Communal violence: where hostile groups live together under strain, and police are weak."""

import math

import numpy as np
import pytest

from sim.processes.communal_violence import riot
from sim.world.kinds import Count, EventKind
from tests.support.worlds import Lab, assert_same, frozen, scenario, spread_of_share

N = 1500
QUARTER = 13
HAZARD = 0.3


def city(identity=(0.5, 0.5), tie=-1.0, **communal):
    """A million people of two equal, wholly hostile groups at the end of their patience, without police or arms."""
    groups = [
        {"id": "hill", "name": "Hill", "ties": {"plain": tie}},
        {"id": "plain", "name": "Plain", "ties": {"hill": tie}},
    ]
    shares = {"hill": identity[0], "plain": identity[1]}
    usual = {"riots_per_million_year": 4 * HAZARD, "want_gain": 0.0, "spark_gain": 0.0}
    given = scenario(
        "A",
        regions={"A": {"population": 1_000_000, "identity": shares}},
        identity_groups=groups,
        armed_groups=[],
        parameters={"communal_violence": usual | communal, "crime": {"arms_per_1000_at_start": 0.0}},
    )
    lab = Lab(given)
    lab.communities.grievance[:], lab.communities.cohesion[:] = 1.0, 0.0
    lab.communities.livelihood[:], lab.communities.police[:], lab.communities.fear[:] = 1.0, 0.0, 0.0
    return lab


def riots(lab, n=N):
    """Share of n lucks with a riot, and the dead of each."""
    sizes = []
    cohesion = lab.communities.cohesion.copy()
    for seed in range(n):
        lab.clock.seed[0] = seed
        lab.record.tally[:], lab.communities.cohesion[:] = 0.0, cohesion
        lab.at(0).run(riot)
        if lab.record.tally[Count.RIOTS]:
            sizes.append(lab.record.tally[Count.RIOT_DEATHS])
    return len(sizes) / n, np.array(sizes)


def assert_hazard(lab, hazard):
    chance = 1 - math.exp(-hazard)
    assert abs(riots(lab)[0] - chance) < spread_of_share(chance, N)


def test_two_equal_hostile_groups_have_the_rate():
    assert_hazard(city(), HAZARD)


@pytest.mark.parametrize(
    ("identity", "tie", "mix"),
    [((0.9, 0.1), -1.0, 0.36), ((0.5, 0.5), 0.0, 0.5), ((0.5, 0.5), 1.0, 0.0), ((1.0, 0.0), -1.0, 0.0)],
)
def test_it_takes_two_who_are_hostile(identity, tie, mix):
    assert_hazard(city(identity, tie), HAZARD * mix)


def test_grievance_without_cohesion_is_strain():
    lab = city()
    lab.communities.grievance[:, 0], lab.communities.cohesion[0] = (0.4, 0.8), 0.25
    assert_hazard(lab, HAZARD * 0.6 * 0.75)


def test_want_and_fear_raise_it_and_police_lower_it():
    lab = city(want_gain=1.5)
    lab.communities.livelihood[:] = 0.2
    assert_hazard(lab, HAZARD * 2.2)
    lab = city(spark_gain=2.0)
    lab.communities.fear[:] = 0.5
    assert_hazard(lab, HAZARD * 2.0)
    lab = city(police_weight=1.5, officers_per_1000=0.5)
    lab.communities.police[:], lab.presence.police[:] = 0.2, 500.0
    assert_hazard(lab, HAZARD * math.exp(-1.5 * (1 - 0.8 * 0.5)))


@pytest.mark.parametrize(("arms", "gain"), [(0, 1.0), (60_000, 2.5)])
def test_riots_are_deadlier_where_there_are_arms(arms, gain):
    lab = city(killed=4.0, arms_gain=2.0, arms_half_per_1000=20.0)
    lab.weapons.civil[0] = arms
    _, sizes = riots(lab, 4000)
    mean = 1 + 4.0 * gain
    spread = math.sqrt(2 * (mean - 1) ** 2 + mean - 1)  # frenzy has mean 1 and variance 2
    assert sizes.min() >= 1
    assert abs(sizes.mean() - mean) < 4 * spread / math.sqrt(len(sizes))


def test_the_dead_are_booked_and_cohesion_falls():
    lab = city(riots_per_million_year=100_000.0, bitterness=0.5)
    lab.communities.cohesion[:], before = 0.4, lab.people()
    lab.at(0).run(riot)
    dead = lab.record.tally[Count.RIOT_DEATHS]
    assert dead == lab.population.murdered[0] == lab.violence.riot_deaths[0] > 0
    assert lab.communities.cohesion[0] == pytest.approx(0.4 * (1 - 0.5 * dead / 1000))
    assert lab.people() == before
    assert lab.log.kind[0] == EventKind.RIOT
    assert lab.log.size[0] == dead
    assert lab.population.killed[0] == 0


def test_each_cell_has_its_week_of_the_quarter():
    lab = city(riots_per_million_year=100_000.0)
    found = [lab.at(week).run(riot).violence.riot_deaths[0] > 0 for week in range(2 * QUARTER)]
    assert [week for week, happened in enumerate(found) if happened] == [0, QUARTER]


def test_no_rate_or_one_group_nothing():
    for lab in (city(riots_per_million_year=0.0), city((1.0, 0.0), riots_per_million_year=100_000.0)):
        before = frozen(lab.world, "clock")
        lab.at(0).run(riot, 2 * QUARTER)
        assert_same(before, lab.world)
