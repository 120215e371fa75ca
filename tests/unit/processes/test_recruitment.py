"""People join and leave armed groups; every recruit leaves the people and every deserter comes back."""

import math

import numpy as np
import pytest

from sim.processes.recruitment import recruit
from sim.world.kinds import BandStatus, Count, Posture
from tests.support.worlds import HILL, PLAIN, Lab, rebels, scenario

RATE = 0.001


def recruiting(fighters=200, **recruitment):
    """A band of rebels at half of its possible growth in a cell it holds, poor and without grievance."""
    group = rebels(fighters=fighters, band_size=1000, where={"A": 1.0}, control={"A": 1.0})
    parts = {"recruitment": {"recruit_rate": RATE, "desert_rate": 0.0} | recruitment}
    lab = Lab(scenario("A", armed_groups=[group], regions={"A": {"population": 200_000}}, parameters=parts))
    lab.communities.grievance[:], lab.communities.livelihood[:] = 0.0, 0.0
    return lab


ROOM = 1 - 200 / 401


def recruits(lab):
    lab.run(recruit)
    assert lab.ranks.recruited[0] == lab.record.tally[Count.RECRUITED] == lab.groups.fighters[0] - 200
    return int(lab.ranks.recruited[0])


def test_recruits_come_from_its_own_people_under_its_control():
    lab = recruiting()
    everyone = lab.people()
    expected = 100_000 * RATE * ROOM
    assert abs(recruits(lab) - expected) <= 1
    assert lab.communities.residents[0, PLAIN] == 100_000
    assert lab.communities.residents[0, HILL] == 100_000 - lab.ranks.recruited[0]
    assert lab.people() == everyone


@pytest.mark.parametrize(
    ("column", "value", "factor"),
    [
        ("communities.control", 0.3, 0.3),
        ("communities.grievance", 0.5, 2.0),
        ("communities.livelihood", 0.5, 0.7),
        ("groups.commitment", 0.4, 0.36),
        ("groups.posture", Posture.COMPLY, 0.0),
        ("communities.control", 0.0, 0.0),
    ],
)
def test_what_drives_people_to_join(column, value, factor):
    lab = recruiting()
    table, name = column.split(".")
    getattr(getattr(lab, table), name)[:] = value
    assert abs(recruits(lab) - 100_000 * RATE * ROOM * factor) <= 1


def test_a_group_grows_to_twice_its_first_strength_at_most():
    lab = recruiting(recruit_rate=0.002)
    for week in range(200):
        lab.at(week).run(recruit)
    assert lab.groups.fighters[0] >= 395
    assert lab.groups.fighters[0] <= 402
    lab.groups.fighters[0] = lab.bands.fighters[0] = 401
    before = lab.ranks.recruited[0]
    assert lab.run(recruit).ranks.recruited[0] == before


def test_small_flows_are_right_on_average():
    lab = recruiting(recruit_rate=1e-6)  # 0.05 a week
    n = 1200
    for seed in range(n):
        lab.clock.seed[0] = seed
        lab.groups.fighters[0] = 200
        lab.run(recruit)
    assert abs(lab.ranks.recruited[0] / n - 0.1 * ROOM) < 4 * math.sqrt(0.05 / n)


def test_deserters_follow_weariness_cohesion_and_commitment_and_go_home():
    lab = recruiting(recruit_rate=0.0, desert_rate=0.05)
    lab.groups.weariness[:], lab.groups.cohesion[:], lab.groups.commitment[:] = 0.5, 0.4, 0.5
    share = 0.05 * 2.0 * 0.8 * 1.5
    gone = []
    for seed in range(1000):
        lab.clock.seed[0] = seed
        lab.bands.fighters[0] = lab.groups.fighters[0] = 200
        lab.run(recruit)
        gone.append(200 - lab.bands.fighters[0])
    assert abs(np.mean(gone) - 200 * share) < 4 * math.sqrt(200 * share * (1 - share) / 1000)
    assert lab.communities.residents[0, HILL] == 100_000 + sum(gone) == 100_000 + lab.ranks.deserted[0]


def test_the_last_to_go_ends_the_band():
    lab = recruiting(recruit_rate=0.0, desert_rate=0.5, weariness_gain=20.0)
    lab.groups.weariness[:], lab.groups.cohesion[:] = 1.0, 0.0
    everyone = lab.people()
    lab.run(recruit)
    assert lab.bands.fighters[0] == 0
    assert lab.bands.status[0] == BandStatus.DISPERSED
    assert lab.people() == everyone


def test_no_rates_nobody_comes_or_goes():
    lab = recruiting(recruit_rate=0.0).run(recruit, 50)
    assert lab.bands.fighters[0] == 200
