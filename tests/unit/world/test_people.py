"""Taking people out of a cell: exact in sum, fair on average, sparing those who are spared."""

import numpy as np
import pytest

from sim.world.people import spread_among_own, take_people
from tests.support.worlds import HILL, REBELS, Lab, scenario


def cell(residents, hosted):
    lab = Lab(scenario("A"))
    lab.communities.residents[:, 0], lab.communities.hosted[:, 0] = residents, hosted
    return lab.communities


def test_shares_are_exact_where_they_come_out_even():
    people = cell((400, 200), (300, 100))
    assert take_people(people, 0, 100, np.array([1.0, 1.0]), 0.0) == 100
    assert people.residents[:, 0].tolist() == [360, 180]
    assert people.hosted[:, 0].tolist() == [270, 90]


def test_risk_tilts_the_shares():
    people = cell((500, 500), (0, 0))
    take_people(people, 0, 100, np.array([0.25, 1.0]), 0.5)
    assert (500 - people.residents[:, 0]).tolist() == [20, 80]


def test_rounding_is_right_on_average_and_the_sum_always():
    lost = np.zeros((2, 2))
    there = np.array([(7, 5), (11, 2)])
    for offset in (np.arange(1000) + 0.5) / 1000:
        people = cell(*there)
        assert take_people(people, 0, 3, np.array([1.0, 1.0]), offset) == 3
        lost += there - [people.residents[:, 0], people.hosted[:, 0]]
    assert lost / 1000 == pytest.approx(3 * there / 25, abs=0.002)


def test_nobody_is_taken_who_is_not_there_or_who_is_spared():
    people = cell((2, 1000), (0, 0))
    assert take_people(people, 0, 10, np.array([1.0, 0.0]), 0.9) == 2
    assert people.residents[:, 0].tolist() == [0, 1000]
    assert take_people(people, 0, 10, np.array([0.0, 0.0]), 0.9) == 0
    assert take_people(people, 0, 0, np.array([1.0, 1.0]), 0.9) == 0


def test_who_is_spared_does_not_stand_in_for_a_group_that_ran_out():
    given = scenario("A", identity_groups=[{"id": name, "name": name} for name in ("hill", "plain", "coast")])
    people = Lab(given).communities
    people.residents[:, 0] = (2, 1000, 100)
    assert take_people(people, 0, 10, np.array([1.0, 0.0, 0.01]), 0.5) == 10
    assert people.residents[:, 0].tolist() == [0, 1000, 92]


def test_what_is_spread_among_own_people_follows_their_number():
    lab = Lab(scenario("AB"))
    lab.communities.residents.T[:] = ((3000, 50), (1000, 50))
    came = spread_among_own(100, REBELS, 0.5, lab.communities, lab.groups)
    assert came[HILL].tolist() == [75, 25]
    assert came.sum() == 100
    assert lab.communities.residents.sum() == 4100  # nobody has moved yet
    lab.communities.residents[HILL, :] = 0
    assert spread_among_own(100, REBELS, 0.5, lab.communities, lab.groups).sum() == 0
