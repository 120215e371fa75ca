"""Misconduct: how often, how oversight prevents and reveals it, and what is lost when it becomes known."""

import math

import pytest

from sim.processes.misconduct import misbehave
from sim.world.kinds import Count, UnitStatus
from tests.support.worlds import Lab, contributor, mission, scenario, spread_of_share

N = 4000
UNITS = 200  # each with a luck of its own


def contingent(
    training=0.5, leadership=0.5, quality=1.0, headcount=150, rate=52.0, oversight=0.5, units=UNITS, tempo=1.0, **more
):
    parts = {
        "mission": mission(military=150 * units),
        "contributors": [contributor(quality=quality, pledged=150 * units)],
        "parameters": {"misconduct": {"acts_per_1000_year": rate} | more},
    }
    lab = Lab(scenario(**parts))
    lab.units.training[:], lab.units.headcount[:] = training, headcount
    lab.missions.leadership[0], lab.missions.oversight[0] = leadership, oversight
    lab.accounts.tempo[0] = tempo
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
        ({"training": 1.0}, math.exp(-0.5)),
        ({"leadership": 0.0}, math.exp(0.5)),
        ({"quality": 0.5}, math.exp(0.5)),
        ({"oversight": 1.0}, math.exp(-0.5)),
        ({"headcount": 50}, 1 / 3),
        ({"tempo": 0.5}, 1 / 2),
    ],
)
def test_acts_follow_numbers_training_leadership_quality_and_oversight(given, factor):
    chance = 0.15 * factor
    assert abs(acts(contingent(**given)) - chance) < spread_of_share(chance, N)


def test_what_becomes_known_costs_trust_where_it_happened_and_reaches_the_donors():
    lab = contingent(rate=1000.0, headcount=1000, leadership=0.4, oversight=0.5, units=1, rumour=1.0)
    lab.run(misbehave)
    assert lab.record.tally[Count.MISCONDUCT] == 1
    answered = 0.4 * 0.5
    assert lab.communities.trust_mission == pytest.approx([0.8 * (1 - 0.3 * (1 - answered)), 0.8])
    assert lab.missions.scandal[0] == pytest.approx(1 - answered)


def test_what_is_concealed_costs_nothing():
    lab = contingent(rate=1000.0, headcount=1000, rumour=0.0, openness=0.0, units=1).run(misbehave)
    assert lab.record.tally[Count.MISCONDUCT] == 1
    assert lab.communities.trust_mission.tolist() == [0.8, 0.8]
    assert lab.missions.scandal[0] == 0.0


@pytest.mark.parametrize(("oversight", "known"), [(0.0, 0.1), (0.5, 0.1 + 0.9 * 0.3), (1.0, 0.1 + 0.9 * 0.6)])
def test_oversight_brings_acts_to_light(oversight, known):
    lab = contingent(rate=1000.0, headcount=1000, oversight=oversight)
    assert acts(lab, 1000) == 1.0
    assert abs(lab.log.count[0] / 1000 - known) < spread_of_share(known, 1000)


def test_no_units_no_rate_no_money_no_acts():
    lab = contingent()
    lab.units.status[:] = UnitStatus.HOME
    assert acts(lab, 200) == 0
    assert acts(contingent(rate=0.0), 200) == 0
    assert acts(contingent(rate=1000.0, headcount=1000, tempo=0.0), 200) == 0
