"""The elementary functions: accuracy in ulps, edges, and the same bits compiled and interpreted."""

import hashlib
import math
import os
import struct
import subprocess
import sys
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core import arithmetic
from sim.core.compile import kernel

ROOT = Path(__file__).resolve().parents[2]
INF = math.inf
NAN = math.nan
TINY = 5e-324
HUGE = sys.float_info.max

FUNCTIONS = ["exp", "expm1", "log", "log1p", "hazard_to_probability", "sigmoid"]


def points(seed, *ranges, each=1500):
    """Points uniform on each (low, high)."""
    generator = np.random.default_rng(seed)
    return np.concatenate([generator.uniform(low, high, each) for low, high in ranges]).tolist()


def decades(seed, low, high, each=1500):
    """Points between 10^low and 10^high, as many in each power of ten."""
    return (10.0 ** np.random.default_rng(seed).uniform(low, high, each)).tolist()


def worst_ulp(function, reference, xs):
    """Largest error over xs in units in the last place of the exact result."""
    worst = 0.0
    with mpmath.workprec(200):
        for x in xs:
            exact = reference(mpmath.mpf(x))
            rounded = float(exact)
            error = abs(mpmath.mpf(function(x)) - exact) / mpmath.mpf(math.ulp(rounded))
            worst = max(worst, float(error))
    return worst


# ---------------------------------------------------------------------- accuracy


def test_exp_is_within_one_ulp():
    half = math.log(2.0) / 2.0
    edges = [709.782712893384, 709.0, -708.3, 0.0, 1.0, -1.0, half, -half, 1e-300, -1e-17, 1e-9]
    xs = points(1, (-708.0, 709.78), (-1.0, 1.0), (-20.0, 0.0)) + edges
    assert worst_ulp(arithmetic.exp, mpmath.exp, xs) < 1.0


def test_exp_underflows_gradually():
    # A denormal result is rounded a second time when it is scaled: at most half an ulp more.
    xs = points(2, (-745.1, -708.4))
    assert worst_ulp(arithmetic.exp, mpmath.exp, xs) < 1.0
    assert arithmetic.exp(-745.13) == TINY
    assert arithmetic.exp(-745.14) == 0.0


def test_expm1_keeps_its_digits_near_zero():
    small = decades(3, -300.0, 0.0)
    xs = points(3, (-50.0, 709.78), (-2.0, 2.0), (-0.4, 0.4)) + small + [-x for x in small]
    assert worst_ulp(arithmetic.expm1, mpmath.expm1, xs) < 2.0


def test_log_is_within_one_ulp():
    beside_one = [1.0 + i * 2.0**-52 for i in range(1, 60)] + [1.0 - i * 2.0**-53 for i in range(1, 60)]
    edges = [TINY, 3 * TINY, 2.0**-1022, HUGE, math.sqrt(0.5), math.sqrt(2.0), math.e]
    xs = decades(4, -323.0, 308.0) + points(4, (0.5, 2.0), (0.99, 1.01)) + beside_one + edges
    assert worst_ulp(arithmetic.log, mpmath.log, xs) < 1.0


def test_log1p_keeps_its_digits_near_zero():
    small = decades(5, -300.0, -0.01)
    xs = points(5, (-0.999, 3.0)) + decades(6, 0.0, 300.0) + small + [-x for x in small]
    assert worst_ulp(arithmetic.log1p, mpmath.log1p, xs) < 2.0


def test_hazard_to_probability_is_accurate_for_every_hazard():
    xs = points(7, (0.0, 3.0), (3.0, 45.0)) + decades(7, -300.0, 0.0)
    assert worst_ulp(arithmetic.hazard_to_probability, lambda h: -mpmath.expm1(-h), xs) < 2.0


def test_sigmoid_keeps_small_probabilities():
    xs = points(8, (-5.0, 5.0), (-700.0, 40.0))
    assert worst_ulp(arithmetic.sigmoid, lambda x: 1 / (1 + mpmath.exp(-x)), xs) < 2.5


# ------------------------------------------------------------------------- edges

EDGES = [
    ("exp", 0.0, 1.0),
    ("exp", -0.0, 1.0),
    ("exp", TINY, 1.0),
    ("exp", INF, INF),
    ("exp", -INF, 0.0),
    ("exp", 709.782712893385, INF),
    ("exp", HUGE, INF),
    ("exp", -HUGE, 0.0),
    ("exp", NAN, NAN),
    ("expm1", 0.0, 0.0),
    ("expm1", TINY, TINY),
    ("expm1", -TINY, -TINY),
    ("expm1", INF, INF),
    ("expm1", -INF, -1.0),
    ("expm1", HUGE, INF),
    ("expm1", -HUGE, -1.0),
    ("expm1", NAN, NAN),
    ("log", 1.0, 0.0),
    ("log", 0.0, -INF),
    ("log", -0.0, -INF),
    ("log", INF, INF),
    ("log", -INF, NAN),
    ("log", -1.0, NAN),
    ("log", -TINY, NAN),
    ("log", NAN, NAN),
    ("log1p", 0.0, 0.0),
    ("log1p", TINY, TINY),
    ("log1p", -1.0, -INF),
    ("log1p", -2.0, NAN),
    ("log1p", -INF, NAN),
    ("log1p", INF, INF),
    ("log1p", NAN, NAN),
    ("hazard_to_probability", 0.0, 0.0),
    ("hazard_to_probability", -0.0, 0.0),
    ("hazard_to_probability", -1.0, 0.0),
    ("hazard_to_probability", TINY, TINY),
    ("hazard_to_probability", INF, 1.0),
    ("hazard_to_probability", NAN, NAN),
    ("sigmoid", 0.0, 0.5),
    ("sigmoid", INF, 1.0),
    ("sigmoid", -INF, 0.0),
    ("sigmoid", NAN, NAN),
]


@pytest.mark.parametrize(("name", "x", "expected"), EDGES)
def test_edges(name, x, expected):
    result = getattr(arithmetic, name)(x)
    if math.isnan(expected):
        assert math.isnan(result)
    else:
        assert struct.pack("<d", result) == struct.pack("<d", expected)


def test_powers_of_two_are_exact():
    assert [arithmetic.power_of_two(n) for n in range(-1022, 1024)] == [math.ldexp(1.0, n) for n in range(-1022, 1024)]


@given(st.floats(allow_nan=False))
def test_bits_come_back(x):
    bits = arithmetic.bits_of(x)
    assert struct.pack("<q", bits) == struct.pack("<d", x)
    assert struct.pack("<d", arithmetic.float_of(bits)) == struct.pack("<d", x)


# -------------------------------------------------------------------- properties


@given(st.floats(-745.0, 709.0))
def test_log_undoes_exp(x):
    # Below -708 the exponential is denormal and carries fewer digits.
    tolerance = 4.0 * math.ulp(max(abs(x), 1.0)) if x > -708.0 else 0.7
    assert abs(arithmetic.log(arithmetic.exp(x)) - x) <= tolerance


@given(st.floats(-800.0, 800.0), st.floats(0.0, 1.0))
def test_exp_and_sigmoid_increase(x, step):
    assert arithmetic.exp(x) <= arithmetic.exp(x + step) * (1.0 + 4e-16) or step < 1e-14
    assert arithmetic.sigmoid(x) <= arithmetic.sigmoid(x + step) * (1.0 + 1e-15)


@given(st.floats(min_value=0.0, allow_nan=False))
def test_a_probability_lies_between_zero_and_its_hazard(hazard):
    probability = arithmetic.hazard_to_probability(hazard)
    assert 0.0 <= probability <= 1.0
    assert probability <= hazard


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_complementary_odds_add_up(x):
    assert arithmetic.sigmoid(x) + arithmetic.sigmoid(-x) == pytest.approx(1.0, abs=4e-16)


# ----------------------------------------------------------------- the same bits


@kernel
def exp_and_log_of_each(x, exps, logs):
    for i in range(x.size):
        exps[i] = arithmetic.exp(x[i])
        logs[i] = arithmetic.log(x[i])


def test_a_vectorised_loop_gives_the_same_bits():
    x = np.array(points(9, (-750.0, 720.0), (0.0, 3.0)) + [0.0, INF, -INF, NAN, TINY])
    exps = np.empty_like(x)
    logs = np.empty_like(x)
    exp_and_log_of_each(x, exps, logs)
    assert exps.tobytes() == np.array([arithmetic.exp(value) for value in x.tolist()]).tobytes()
    assert np.array_equal(logs, [arithmetic.log(value) for value in x.tolist()], equal_nan=True)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_numpy_numbers_are_welcome_and_nothing_warns(name):
    function = getattr(arithmetic, name)
    with np.errstate(all="raise"):
        for x in (0.0, 1.0, 1e300, 2.0, 800.0, TINY):
            assert function(np.float64(x)) == function(x)
        assert function(3) == function(3.0)


def digest():
    """Return a hash of the bits of every function at points over its whole range."""
    xs = points(10, (-760.0, 720.0), (-3.0, 3.0), each=500) + decades(11, -320.0, 308.0, each=500)
    xs += [0.0, -0.0, TINY, INF, -INF, HUGE]
    bits = hashlib.sha256()
    for name in FUNCTIONS:
        function = getattr(arithmetic, name)
        for x in xs:
            value = function(x)
            # The sign and payload of a nan are not defined by IEEE 754.
            bits.update(struct.pack("<d", value) if value == value else b"nan")
    return bits.hexdigest()


def digest_in_another_process(interpreted):
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PEACESIM_INTERPRETED": interpreted, "PYTHONPATH": path}
    command = [sys.executable, "-W", "error", __file__]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_compiled_and_interpreted_agree_to_the_last_bit():
    assert digest_in_another_process("1") == digest()


if __name__ == "__main__":
    print(digest())
