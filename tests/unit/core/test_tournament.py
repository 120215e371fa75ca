"""A tournament finds what a search finds, whatever has been changed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.tournament import replay, tournament, winner

values = st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, -3.0]), min_size=1, max_size=40)


@given(values, st.lists(st.tuples(st.integers(0, 39), st.sampled_from([-1.0, 0.5, 2.0, 7.0])), max_size=20))
def test_the_winner_is_the_first_of_the_largest_after_any_changes(start, changes):
    now = np.array(start)
    tree = tournament(now)
    assert winner(tree) == now.argmax()
    for i, value in changes:
        now[i % len(now)] = value
        replay(tree, i % len(now), value)
        assert winner(tree) == now.argmax()
        assert tree[1] == now.max() or len(now) == 1


def test_the_tree_holds_the_values_and_the_larger_of_each_two():
    tree = tournament(np.array([3.0, 1.0, 2.0]))
    assert tree.tolist() == [-np.inf, 3.0, 3.0, 2.0, 3.0, 1.0, 2.0, -np.inf]
