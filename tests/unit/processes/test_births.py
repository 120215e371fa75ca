"""Births: exact numbers, expectation, and the weeks in which each cell is counted."""

import numpy as np

from sim.processes.births import grow
from sim.processes.head_count import count_heads
from tests.support.worlds import Lab, copies, scenario


def with_growth(rate, rows="AB"):
    return scenario(rows, parameters={"births": {"growth_per_year": rate}})


def test_half_a_year_of_growth_falls_due_in_the_week_of_the_cell():
    lab = Lab(with_growth(0.026)).run(grow)
    # 5,000 of each group x 0.026 / 2 = 65; cell 1 is counted next week.
    assert lab.communities.residents.T.tolist() == [[5065, 5065], [5000, 5000]]
    assert lab.population.births[0] == 130


def test_every_cell_is_counted_twice_a_year():
    lab = Lab(with_growth(0.026)).run(grow, 52)
    once = 5000 + 65  # and then 65.845 of 5,065, rounded up or down
    assert np.all((lab.communities.residents - once == 65) | (lab.communities.residents - once == 66))
    assert lab.population.births[0] == lab.communities.residents.sum() - 20_000


def test_no_growth_no_births():
    lab = Lab(with_growth(0.0)).run(grow, 26)
    assert lab.population.births[0] == 0


def test_heads_are_counted_residents_hosted_and_foreigners():
    lab = Lab(with_growth(0.0))
    lab.communities.hosted[0, 0] = 40
    lab.communities.foreigners[0] = 7
    lab.run(count_heads)
    assert lab.population.here.tolist() == [10_047.0, 10_000.0]


def test_the_hosted_have_children_too():
    lab = Lab(with_growth(0.02))
    lab.communities.hosted[1, 0] = 200
    lab.run(grow)
    assert lab.communities.hosted[:, 0].tolist() == [0, 202]


def test_small_numbers_are_right_on_average():
    given = with_growth(0.02)
    born = []
    for lab in copies(given, 900):
        lab.communities.residents[:, 0] = (30, 0)  # 0.3 births
        lab.run(grow)
        born.append(lab.population.births[0])
    assert abs(np.mean(born) - 0.3) < 4 * np.sqrt(0.21 / 900)


def test_a_shrinking_people_shrinks_at_its_rate():
    given = with_growth(-0.1)
    lost = []
    for lab in copies(given, 900):
        lab.communities.residents[:, 0] = (30, 30)  # -1.5 each
        lab.run(grow)
        lost.append(-lab.population.births[0])
    assert abs(np.mean(lost) - 3.0) < 0.12
