"""Misconduct: how often, and what is lost when it becomes known."""

import math

import pytest

from sim.processes.misconduct import misbehave
from sim.world.kinds import Count, UnitStatus
from tests.support.worlds import Lab, contributor, mission, scenario, spread_of_share

N = 4000
UNITS = 200  # each with a luck of its own


def contingent(training=0.5, leadership=0.5, quality=1.0, headcount=150, rate=52.0, known=1.0, units=UNITS):
    parts = {
        "mission": mission(military=150 * units),
        "contributors": [contributor(quality=quality, pledged=150 * units)],
        "parameters": {"misconduct": {"acts_per_1000_year": rate, "known": known}},
    }
    lab = Lab(scenario(**parts))
    lab.missions.training[0], lab.missions.leadership[0], lab.units.headcount[:] = (
        training,
        leadership,
        headcount,
    )
    lab.communities.trust_mission[:] = 0.8
    return lab


def acts(lab, n=N):
    for seed in range(n // UNITS):
        lab.clock.seed[0] = seed
        lab.run(misbehave)
    return lab.record.tally[Count.MISCONDUCT] / n


@pytest.mark.parametrize(
    ("given", "factor"),
    [
        ({}, 1.0),
        ({"training": 1.0}, 0.5),
        ({"leadership": 0.0}, 1.5),
        ({"quality": 0.5}, 2.0),
        ({"headcount": 50}, 1 / 3),
    ],
)
def test_acts_follow_numbers_training_leadership_and_quality(given, factor):
    chance = 0.15 * factor
    assert abs(acts(contingent(**given)) - chance) < spread_of_share(chance, N)


def test_what_becomes_known_costs_trust_where_it_happened():
    lab = contingent(rate=1000.0, headcount=1000, leadership=0.4, units=1)
    lab.run(misbehave)
    assert lab.record.tally[Count.MISCONDUCT] == 1
    assert lab.communities.trust_mission == pytest.approx([0.8 * (1 - 0.3 * 0.8), 0.8])


def test_what_is_concealed_costs_nothing():
    lab = contingent(rate=1000.0, headcount=1000, known=0.0, units=1).run(misbehave)
    assert lab.record.tally[Count.MISCONDUCT] == 1
    assert lab.communities.trust_mission.tolist() == [0.8, 0.8]
    half = contingent(rate=1000.0, headcount=1000, known=0.4)
    assert acts(half, 1000) == 1.0
    assert abs(half.log.count[0] / 1000 - 0.4) < 4 * math.sqrt(0.24 / 1000)


def test_no_units_no_rate_no_acts():
    lab = contingent()
    lab.units.status[:] = UnitStatus.HOME
    assert acts(lab, 200) == 0
    assert acts(contingent(rate=0.0), 200) == 0
