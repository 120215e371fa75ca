"""Intervals of means, and the replicates that they need."""

import math

import numpy as np
import pandas as pd
import pytest

from sim.experiment.estimate import estimate
from sim.experiment.stopping import half_width, replicates_needed, rounds, widths
from sim.experiment.study import make_plan
from tests.support.studies import small


def test_the_half_width_is_students():
    # Mean 3, variance 2.5, t(4) at 97.5 % is 2.776445.
    assert half_width(np.array([1.0, 2, 3, 4, 5])) == pytest.approx(2.776445 * math.sqrt(2.5 / 5), rel=1e-6)
    assert half_width(np.array([1.0, np.nan])) == math.inf


def test_the_replicates_needed_give_the_width_wanted():
    pilot = np.array([1.0, 2, 3, 4, 5])  # t(4) = 2.776445, variance 2.5
    assert replicates_needed(pilot, 0.5) == math.ceil((2.776445 / 0.5) ** 2 * 2.5)
    many = np.tile(pilot, 100)
    assert half_width(np.resize(pilot, replicates_needed(many, 0.1))) == pytest.approx(0.1, rel=0.02)
    assert replicates_needed(np.array([1.0]), 1.0) == 0


def test_the_width_of_a_row_is_that_of_the_paired_difference():
    runs = pd.DataFrame({
        "row": 0, "arm": ["policy", "contrast"] * 3, "replicate": [0, 0, 1, 1, 2, 2], "status": "ok",
        "deaths": [10.0, 9.0, 100.0, 99.0, 50.0, 49.0],
    })  # fmt: skip
    (width,) = widths(runs, "deaths", 0.95)
    assert width == (0, 3, 0.0)
    (alone,) = widths(runs[runs["arm"] == "policy"], "deaths", 0.95)
    assert alone.half_width > 50


def test_rounds_cover_every_replicate_once():
    stop = {"outcome": "battle_deaths", "half_width": 1.0, "at_least": 4, "step": 3}
    plan = make_plan(small(base={"replicates": 12}, design={"kind": "grid", "stop": stop}))
    assert list(rounds(plan)) == [(0, 4), (4, 7), (7, 10), (10, 12)]
    assert list(rounds(make_plan(small()))) == [(0, 3)]


def test_a_pilot_says_what_a_sweep_takes():
    found = estimate(make_plan(small()), workers=1)
    assert found.runs == 24
    assert found.seconds > 0
    assert found.errors == ()
    assert [need.outcome for need in found.needs] == ["civilians_killed", "battle_deaths", "fear_end"]
