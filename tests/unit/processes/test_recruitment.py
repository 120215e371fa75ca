"""People join and leave armed groups; every recruit leaves the people and every deserter comes back."""

import math

import numpy as np
import pytest

from sim.core.chance import uniform
from sim.processes.head_count import count_heads
from sim.processes.recruitment import recruit
from sim.world.kinds import BandStatus, Count, Posture
from sim.world.refine import refine
from sim.world.streams import Stream
from tests.support.worlds import HILL, PLAIN, Lab, army, rebels, scenario

RATE = 0.0005
MONTH = 4


def recruiting(fighters=200, rows="A", band_size=1000, regions=None, group=None, **recruitment):
    """A band of rebels at half of its possible growth in a cell it holds, poor, unpaid and without grievance."""
    force = rebels(fighters=fighters, band_size=band_size, where={"A": 1.0}, control={"A": 1.0}, support=0.0)
    parts = {"recruitment": {"recruit_rate": RATE, "desert_rate": 0.0, "pay_gain": 0.0} | recruitment}
    people = regions or {letter: {"population": 200_000} for letter in set(rows) if letter.isupper()}
    lab = Lab(scenario(rows, armed_groups=[force | (group or {})], regions=people, parameters=parts))
    lab.communities.grievance[:], lab.communities.livelihood[:] = 0.0, 0.0
    return in_its_month(lab).run(count_heads)


def in_its_month(lab):
    """Set the clock to the week in which group 0 takes in recruits."""
    return lab.at(int(uniform(lab.clock.seed[0], 0, Stream.RECRUIT, 0, 1) * MONTH))


def expected(factor=1.0):
    """Recruits of a month: 100,000 people who join at a rate, and what room 200 fighters leave to 401 at most."""
    ready = MONTH * 100_000 * RATE * factor
    return ready * (401 - 200) / (401 + ready)


def recruits(lab):
    lab.run(recruit)
    assert lab.ranks.recruited[0] == lab.record.tally[Count.RECRUITED] == lab.groups.fighters[0] - 200
    assert lab.bands.fighters.sum() == lab.groups.fighters[0]
    return int(lab.ranks.recruited[0])


def test_recruits_come_from_its_own_people_under_its_control():
    lab = recruiting()
    everyone = lab.people()
    assert abs(recruits(lab) - expected()) <= 1
    assert lab.communities.residents[PLAIN, 0] == 100_000
    assert lab.communities.residents[HILL, 0] == 100_000 - lab.ranks.recruited[0]
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
    assert abs(recruits(lab) - expected(factor)) <= 1


def test_pay_from_abroad_or_from_loot_draws_recruits():
    lab = recruiting(pay_gain=0.5)
    lab.groups.support[:] = 0.6
    assert abs(recruits(lab) - expected(1.3)) <= 1
    lab = recruiting(pay_gain=0.5, loot_per_fighter_usd=50.0)
    lab.groups.loot_usd[:] = 50.0 * 201
    assert abs(recruits(lab) - expected(1.25)) <= 1


def test_they_come_once_a_month():
    lab = recruiting(recruit_rate=0.0001)
    found = [int(lab.at(week).run(recruit).ranks.recruited[0]) for week in range(8)]
    turn = int(uniform(1, 0, Stream.RECRUIT, 0, 1) * MONTH)
    assert [week for week, n in enumerate(np.diff([0, *found])) if n > 0] == [turn, turn + MONTH]


def test_they_come_from_all_who_feel_the_band():
    lab = recruiting(rows="ABC")
    lab.communities.control[0, :] = (1.0, 0.5, 0.0)
    before = lab.communities.residents[HILL, :].copy()
    recruits(lab)
    gone = before - lab.communities.residents[HILL, :]
    assert gone == pytest.approx(expected(1.5) * np.array([1.0, 0.5, 0.0]) / 1.5, abs=1)


def test_bands_share_those_of_a_place_and_their_number_changes_nothing():
    one, four = recruiting(), recruiting(band_size=50)
    recruits(one)
    recruits(four)
    assert abs(one.ranks.recruited[0] - four.ranks.recruited[0]) <= 1
    joined = four.bands.fighters[:4] - 50
    assert joined == pytest.approx(four.ranks.recruited[0] / 4, abs=1)


def test_recruits_do_not_hang_on_the_size_of_cells():
    found = []
    for finer in (False, True):
        lab = recruiting(rows="AAA\nAAA\nAAA", regions={"A": {"population": 900_000}})
        lab = Lab(refine(lab.scenario)) if finer else lab
        lab.communities.grievance[:], lab.communities.livelihood[:], lab.communities.control[:] = 0.0, 0.0, 0.6
        lab.bands.cell[0] = 14 if finer else 4  # in the middle, from where all are in reach
        found.append(recruits(in_its_month(lab).run(count_heads)))
    assert abs(found[0] - found[1]) <= 1


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
    lab = recruiting(recruit_rate=1e-6)  # 0.4 a month
    n = 1200
    for seed in range(n):
        lab.clock.seed[0] = seed
        in_its_month(lab).groups.fighters[0] = 200
        lab.bands.fighters[0] = 200
        lab.run(recruit)
    assert abs(lab.ranks.recruited[0] / n - 0.4 * 201 / 401.4) < 4 * math.sqrt(0.25 / n)


def test_deserters_follow_weariness_want_cohesion_and_commitment_and_go_home():
    lab = recruiting(recruit_rate=0.0, desert_rate=0.05, want_gain=0.4)
    lab.groups.weariness[:], lab.groups.cohesion[:], lab.groups.commitment[:] = 0.5, 0.4, 0.5
    lab.groups.support[:] = 0.5
    share = 0.05 * 2.0 * 0.8 * 1.5 * 1.2
    gone = []
    for seed in range(1000):
        lab.clock.seed[0] = seed
        lab.bands.fighters[0] = lab.groups.fighters[0] = 200
        lab.run(recruit)
        gone.append(200 - lab.bands.fighters[0])
    assert abs(np.mean(gone) - 200 * share) < 4 * math.sqrt(200 * share * (1 - share) / 1000)
    assert lab.communities.residents[HILL, 0] == 100_000 + sum(gone) == 100_000 + lab.ranks.deserted[0]
    assert lab.communities.adrift[0] == sum(gone)


@pytest.mark.parametrize(
    ("own", "foes", "truce", "factor"),
    [
        (200, 600, 0.0, 1.0),  # as strong as at first
        (100, 300, 0.0, 1.0 + 4.0 * 0.5 * 0.5),
        (100, 100, 0.0, 1.0),  # half is gone, but nobody is stronger
        (100, 300, 1.0, 1.0),
    ],
)
def test_a_beaten_army_dissolves(own, foes, truce, factor):
    """How much more desert than from an army of the same size that is not beaten."""
    lab = Lab(
        scenario(
            "A",
            armed_groups=[rebels(fighters=200, where={"A": 1.0}), army(fighters=600, where={"A": 1.0})],
            parameters={"recruitment": {"recruit_rate": 0.0, "desert_rate": 0.02, "rout_gain": 4.0, "want_gain": 0.0}},
        )
    )
    lab.groups.cohesion[:], lab.groups.commitment[:] = 0.0, 0.0
    lab.groups.truce[:] = truce * (1.0 - np.eye(2))
    gone = []
    for seed in range(2000):
        lab.clock.seed[0] = seed
        lab.bands.fighters[0], lab.groups.fighters[:] = own, (own, foes)
        lab.run(recruit)
        gone.append(own - lab.bands.fighters[0])
    assert np.mean(gone) == pytest.approx(own * 0.02 * factor, rel=0.05)


def test_the_last_to_go_ends_the_band():
    lab = recruiting(recruit_rate=0.0, desert_rate=0.5, weariness_gain=20.0)
    lab.groups.weariness[:], lab.groups.cohesion[:] = 1.0, 0.0
    everyone = lab.people()
    lab.run(recruit)
    assert lab.bands.fighters[0] == 0
    assert lab.bands.status[0] == BandStatus.DISPERSED
    assert lab.people() == everyone


def test_recruits_are_armed_from_caches_and_from_abroad():
    lab = recruiting(arms_per_recruit=0.5)
    before = lab.arms()
    lab.groups.support[:] = 0.4
    lab.weapons.hidden[0], lab.weapons.held[0] = 20, 100
    lab.weapons.start[0] += 20 + 100 - (lab.arms() - before)
    n = recruits(lab)
    assert lab.weapons.hidden[0] == 0
    assert lab.weapons.imported[0] == pytest.approx((0.5 * n - 20) * 0.4, abs=1)
    assert lab.weapons.held[0] == 120 + lab.weapons.imported[0]


def test_deserters_take_weapons_along():
    lab = recruiting(recruit_rate=0.0, desert_rate=0.5, weariness_gain=1.0, deserters_armed=0.5)
    lab.groups.cohesion[:] = 0.0
    lab.weapons.held[0] = 100  # for every second
    arms, private = lab.arms(), lab.weapons.civil[0]
    lab.run(recruit)
    gone = lab.ranks.deserted[0]
    assert gone > 50
    assert lab.weapons.civil[0] - private == pytest.approx(gone * 0.25, abs=1)
    assert lab.arms() == arms


def test_no_rates_nobody_comes_or_goes():
    lab = recruiting(recruit_rate=0.0).run(recruit, 50)
    assert lab.bands.fighters[0] == 200
