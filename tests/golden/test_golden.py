"""A few numbers of fixed runs, which move only when somebody means it.

If this fails after a change that is meant: ``python -m tests.golden.update``, and say why in CHANGES.md.
"""

import math
from typing import Any

import pytest

from tests.golden.runs import MEANT, RUNS, SEED, compute, stored

NAMES = [f"{scenario}.{outcome}" for scenario, (_, outcomes) in RUNS.items() for outcome in outcomes]


@pytest.fixture(scope="module")
def now() -> dict[str, dict[str, Any]]:
    return compute()


@pytest.fixture(scope="module")
def elsewhere() -> list[dict[str, dict[str, Any]]]:
    """The same numbers under other seeds."""
    return [compute(SEED + number) for number in (1, 2, 3)]


def test_the_same_numbers_are_stored_and_computed() -> None:
    assert list(stored()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_number_has_not_moved(now: dict[str, dict[str, Any]], name: str) -> None:
    then = stored()[name]
    assert now[name]["unit"] == then["unit"]
    # Runs are the same to the bit; what sums them up may differ in the last digits.
    assert math.isclose(now[name]["value"], then["value"], rel_tol=1e-9, abs_tol=1e-12), "see the top of this file"


@pytest.mark.parametrize("name", NAMES)
def test_a_number_can_move(
    now: dict[str, dict[str, Any]], elsewhere: list[dict[str, dict[str, Any]]], name: str
) -> None:
    """One that is zero, or the same under another seed, watches nothing unless that is meant."""
    value = now[name]["value"]
    assert math.isfinite(value)
    constant = all(other[name]["value"] == value for other in elsewhere)
    assert (value == 0.0 or constant) == (name in MEANT)


def test_what_is_meant_is_watched() -> None:
    assert set(MEANT) <= set(NAMES)
