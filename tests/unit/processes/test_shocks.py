"""Dated events do what their kind says, in the weeks and cells that they concern, and nothing else."""

import numpy as np
import pytest

from sim.processes.shocks import strike
from tests.support.worlds import ARMY, REBELS, START, Lab, assert_same, contributor, frozen, mission, scenario


def event(kind, size=1.0, weeks=1, date=START, **more):
    return {"kind": kind, "name": kind, "date": date, "size": size, "weeks": weeks} | more


def lab_with(*events, **parts):
    return Lab(scenario(events=list(events), **parts))


def test_a_disaster_kills_in_proportion_to_the_people():
    lab = lab_with(event("disaster", 100), regions={"A": {"population": 8_000}, "B": {"population": 2_000}})
    lab.communities.fear[:] = 0.2
    lab.run(strike)
    assert lab.communities.residents.sum(axis=1).tolist() == [8_000 - 80, 2_000 - 20]
    assert lab.population.died[0] == 100
    # Ten dead in a thousand do 0.05 x 10 = 0.5 harm.
    assert lab.communities.livelihood == pytest.approx([0.2, 0.2])
    assert lab.communities.need == pytest.approx([0.5, 0.5])
    assert lab.communities.fear == pytest.approx([0.6, 0.6])


def test_an_epidemic_strikes_only_where_it_is_and_while_it_lasts():
    lab = lab_with(event("epidemic", 40, weeks=4, where=["B"], date="2000-01-10"))
    dead = []
    for week in range(7):
        lab.at(week).run(strike)
        dead.append(10_000 - int(lab.communities.residents[1].sum()))
    assert dead == [0, 10, 20, 30, 40, 40, 40]
    assert lab.communities.residents[0].sum() == 10_000


def test_a_crisis_takes_its_size_of_the_livelihood_in_all():
    lab = lab_with(event("economic_crisis", 0.4, weeks=4, where=["A"]))
    lab.communities.livelihood[:] = 0.5
    lab.run(strike, 4)
    assert lab.communities.livelihood == pytest.approx([0.5 * 0.6, 0.5])
    lab.at(4).run(strike)
    assert lab.communities.livelihood[0] == pytest.approx(0.3)


@pytest.mark.parametrize("weeks", [2, 3, 6, 7])
def test_refugees_come_in_the_first_half_and_all_go_home_in_the_second(weeks):
    lab = lab_with(event("refugee_inflow", 600, weeks=weeks, where=["A"]))
    half = (weeks + 1) // 2
    lab.run(strike, half)
    assert lab.communities.foreigners.tolist() == [600, 0]
    assert lab.population.arrivals[0] == 600
    for week in range(half, weeks):
        lab.at(week).run(strike)
    assert lab.communities.foreigners.tolist() == [0, 0]
    assert lab.population.arrivals[0] == 0


def test_inflows_that_overlap_take_home_their_own():
    first = event("refugee_inflow", 600, weeks=4, where=["A"])
    second = event("refugee_inflow", 160, weeks=8, where=["A", "B"])
    lab = lab_with(first, second).run(strike, 4)
    assert lab.population.guests.sum(axis=1).tolist() == [0, 160]
    assert lab.communities.foreigners.sum() == lab.population.arrivals[0] == 160
    lab.population.here[:] = (0.0, 20_000.0)  # those whom they came to may have left: they go home all the same
    for week in range(4, 8):
        lab.at(week).run(strike)
    assert lab.communities.foreigners.tolist() == [0, 0]
    assert lab.population.arrivals[0] == 0


def test_a_leader_departs():
    lab = lab_with(event("leader_departure", 0.5, group="rebels"))
    lab.groups.commitment[:], lab.groups.spoils[:], lab.groups.cohesion[:] = 0.2, 0.8, 0.6
    lab.run(strike)
    assert lab.groups.commitment == pytest.approx([0.2, 0.2 + 0.5 * 0.8])
    assert lab.groups.spoils == pytest.approx([0.8, 0.4])
    assert lab.groups.cohesion == pytest.approx([0.6, 0.6 * (1 - 0.3 * 0.5)])


def test_support_changes_to_its_new_size():
    lab = lab_with(event("support_change", 0.05, group="rebels"))
    lab.groups.support[:] = 0.5
    lab.run(strike, 3)
    assert lab.groups.support[[ARMY, REBELS]].tolist() == [0.5, 0.05]


def test_a_donor_cuts():
    donors = [{"id": name, "name": name, "share": 0.5, "will": 0.8} for name in ("one", "two")]
    parts = {"mission": mission(), "contributors": [contributor()], "donors": donors}
    lab = lab_with(event("donor_cut", 0.25, group="two", weeks=3), **parts).run(strike, 3)
    assert lab.donors.will == pytest.approx([0.8, 0.6])


def test_a_scandal_costs_trust_where_it_is_known():
    lab = lab_with(event("scandal", 0.4, where=["B"]))
    lab.run(strike)
    assert lab.communities.trust_mission == pytest.approx([0.5, 0.3])


def test_nothing_happens_on_other_days():
    kinds = ("disaster", "economic_crisis", "refugee_inflow", "leader_departure", "scandal")
    lab = lab_with(*(event(kind, 0.5, date="2000-03-06", group="rebels" * (kind[0] == "l")) for kind in kinds))
    before = frozen(lab.world)
    lab.run(strike)
    assert_same(before, lab.world)
    assert lab.log.count[0] == 0
    assert np.all(lab.record.tally == 0)
