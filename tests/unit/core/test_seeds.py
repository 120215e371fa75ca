"""Seeds: whole numbers, whatever type holds them, and nothing else."""

import numpy as np
import pytest

from sim.core.errors import InputError
from sim.core.seeds import MAX_SEED, whole_seed


@pytest.mark.parametrize(("given", "seed"), [(0, 0), (MAX_SEED, MAX_SEED), (7.0, 7), (np.int32(5), 5)])
def test_whole_numbers_are_taken(given, seed):
    assert whole_seed(given) == seed
    assert type(whole_seed(given)) is int


@pytest.mark.parametrize("given", [-1, MAX_SEED + 1, 2**64, 1.5, True, "7", None, float("nan"), float("inf")])
def test_anything_else_is_refused_with_what_was_given(given):
    with pytest.raises(InputError, match="whole number"):
        whole_seed(given)
