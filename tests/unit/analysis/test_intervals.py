"""Bootstrap intervals of means, differences and ratios, against theory and at their edges."""

import numpy as np
import pytest
from scipy.stats import expon

from sim.analysis.intervals import MANY, Interval, difference, interval, mean, ratio, ratio_of
from tests.support.quantiles import normal

PLACES = (np.arange(400) + 0.5) / 400


def test_an_interval_of_a_mean_is_that_of_theory():
    values = normal(400, 3.0, 2.0)
    got = mean(values)
    half = 1.96 * values.std(ddof=1) / np.sqrt(400)
    assert got.value == pytest.approx(3.0)
    assert got.low == pytest.approx(3.0 - half, abs=0.02)
    assert got.high == pytest.approx(3.0 + half, abs=0.02)
    assert got.clear
    assert not mean(values - 3.05).clear


def test_of_a_skewed_mean_the_upper_side_is_the_longer_one():
    got = mean(expon.ppf(PLACES[::10]))
    assert got.high - got.value > 1.15 * (got.value - got.low)


def test_the_same_values_give_the_same_interval():
    values = normal(50, 0.0, 1.0) ** 3
    assert mean(values) == mean(values)


def test_of_very_many_values_the_normal_limit_is_taken_and_agrees():
    values = np.random.default_rng(1).exponential(3.0, MANY + 1)
    long, short = mean(values), mean(values[:-1])
    assert long.low == pytest.approx(short.low, abs=0.01)
    assert long.high == pytest.approx(short.high, abs=0.01)
    assert long.high - long.value == pytest.approx(long.value - long.low), "the limit is even on both sides"
    apart = difference(values, 2.0 * values)
    assert apart.high - apart.low == pytest.approx((long.high - long.low) * np.sqrt(5.0))


def test_a_difference_of_independent_samples_is_that_of_theory():
    one, other = normal(200, 5.0, 2.0), normal(300, 4.0, 1.0)
    got = difference(one, other)
    half = 1.96 * np.sqrt(4.0 / 200 + 1.0 / 300)
    assert got == pytest.approx((1.0, 1.0 - half, 1.0 + half), abs=0.03)


def test_a_ratio_keeps_pairs_together():
    below = normal(100, 10.0, 2.0)
    got = ratio(0.5 * below, below)
    assert got == pytest.approx((0.5, 0.5, 0.5)), "each resample has the same ratio, however much both sides vary"
    apart = ratio(0.5 * below[::-1], below)
    assert apart.high - apart.low > 0.01


def test_too_few_values_have_no_bounds():
    assert np.isnan(mean(np.zeros(0))).all()
    one = mean(np.array([4.0]))
    assert one.value == 4.0
    assert np.isnan(one.low)
    assert not one.clear
    assert np.isnan(difference(np.array([4.0, 5.0]), np.array([1.0])).low)


def test_values_all_alike_are_a_point():
    assert mean(np.full(20, -2.0)) == (-2.0, -2.0, -2.0)
    assert mean(np.full(20, -2.0)).clear


def test_a_single_value_that_differs_does_not_break_bca():
    values = np.zeros(40)
    values[7] = 1.0
    got = mean(values)
    assert got.value == pytest.approx(1.0 / 40.0)
    assert got.low == 0.0
    assert 0.0 < got.high < 0.2
    assert not got.clear


def test_a_ratio_to_what_may_be_zero_has_no_bounds():
    above, below = np.ones(30), np.zeros(30)
    assert np.isnan(ratio(above, below)).all()
    below[3] = 1.0
    got = ratio(above, below)
    assert got.value == pytest.approx(30.0)
    assert np.isnan(got.low)


def test_a_ratio_of_amounts_below_zero_is_unknown_unless_asked_for():
    above, below = normal(50, 0.0, 1.0), normal(50, 5.0, 1.0)
    assert np.isnan(ratio(above, below)).all()
    assert interval(ratio_of, above, below).value == pytest.approx(0.0, abs=1e-9)


def test_an_interval_says_what_it_leaves_out():
    assert Interval(1.0, 0.5, 2.0).excludes(0.0)
    assert not Interval(1.0, 0.5, 2.0).excludes(0.5)
    assert not Interval(1.0, np.nan, np.nan).excludes(0.0)
