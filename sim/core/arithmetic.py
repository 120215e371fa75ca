"""Elementary functions with the same bits everywhere.

A C library's ``exp`` and ``log`` differ in the last bit between platforms, between versions and between
their scalar and vector forms. One such bit, compared with a random number, can turn one history of a
simulated country into another. The functions here are built from operations that IEEE 754 defines to the
last bit (add, subtract, multiply, divide, compare) and from integer operations on the bits of a double,
so that compiled code, plain CPython and different processors agree exactly. They must never be compiled
with ``fastmath``, which may reorder them. IEEE 754 defines the square root exactly: use ``math.sqrt``.

Every function takes one real number and returns one float; none raises and none warns. The main path has
no branches, only selections, so that a loop over an array vectorises. Largest errors, in units in the last
place (ulp), measured against 50-digit arithmetic in ``tests/statistics/test_arithmetic.py``:

===========================  =======  ===========================================
function                     ulp      result outside the ordinary
===========================  =======  ===========================================
``exp``                      < 1      overflows to inf, underflows gradually to 0
``log``                      < 1      log(0) = -inf, log(negative) = nan
``expm1``                    < 2      -1 at -inf, inf at inf
``log1p``                    < 2      log1p(-1) = -inf, nan below -1
``hazard_to_probability``    < 2      0 for a hazard of 0 or less, 1 at inf
``sigmoid``                  < 2.5    0 at -inf, 1 at inf
===========================  =======  ===========================================

A nan goes in and comes out.

References
----------
IEEE (2019), IEEE Standard for Floating-Point Arithmetic, IEEE 754-2019, doi 10.1109/IEEESTD.2019.8766229.
Cody, W. J. and Waite, W. (1980), Software Manual for the Elementary Functions, Prentice-Hall.
Muller, J.-M. (2016), Elementary Functions: Algorithms and Implementation, 3rd ed., Birkhauser,
doi 10.1007/978-1-4899-7983-4.
"""

import numpy as np

from sim.core.compile import kernel

_INF = float("inf")
_NAN = float("nan")

# ln 2 in two pieces (Cody and Waite 1980): the first has 21 trailing zero bits, so that its product with a
# binary exponent (at most 11 bits) is exact.
_LN2_HIGH = float.fromhex("0x1.62e42feep-1")
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
_LOG2_E = float.fromhex("0x1.71547652b82fep+0")

# Adding 1.5 * 2^52 leaves no room for a fraction: the sum is rounded to an integer, which can be read from
# the low bits of the sum. This costs one addition and, unlike a conversion, vectorises on every processor.
_SHIFT = 1.5 * 2.0**52
_SHIFT_BITS = 0x4338000000000000

_EXPONENT_BIAS = 1023
_MANTISSA_BITS = 52
_MANTISSA_MASK = 0x000FFFFFFFFFFFFF
_SMALLEST_NORMAL = 2.0**-1022
_TWO_54 = 2.0**54

# Beyond these arguments exp is inf or rounds to zero; between them the binary exponent stays in range.
_EXP_HIGHEST = 710.0
_EXP_LOWEST = -746.0
# Below this argument expm1 rounds to -1.
_EXPM1_LOWEST = -40.0
# Up to this distance from zero expm1 rounds to its argument.
_EXPM1_LINEAR = 2.0**-54

# Taylor coefficients 1/j! of exp. With |r| <= ln(2)/2 the first term left out is below 2^-57 of the sum.
_C2, _C3, _C4, _C5 = 1.0 / 2.0, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0
_C6, _C7, _C8, _C9 = 1.0 / 720.0, 1.0 / 5040.0, 1.0 / 40320.0, 1.0 / 362880.0
_C10, _C11, _C12, _C13 = 1.0 / 3628800.0, 1.0 / 39916800.0, 1.0 / 479001600.0, 1.0 / 6227020800.0

# Bits of sqrt(1/2), cut to 20 bits of mantissa: the mantissa of log's argument is taken from
# [sqrt(1/2), sqrt(2)), where the logarithm is smallest.
_ROOT_HALF_BITS = 0x3FE6A09E00000000
_ONE_BITS = 0x3FF0000000000000

# Taylor coefficients 2 / (2j + 1) of log((1 + s) / (1 - s)) / s - 2 in s^2. With |s| <= 0.1716 the first
# term left out is below 2^-60 of the sum.
_L1 = 2.0 / 3.0
_L2 = 2.0 / 5.0
_L3 = 2.0 / 7.0
_L4 = 2.0 / 9.0
_L5 = 2.0 / 11.0
_L6 = 2.0 / 13.0
_L7 = 2.0 / 15.0
_L8 = 2.0 / 17.0
_L9 = 2.0 / 19.0
_L10 = 2.0 / 21.0


@kernel
def bits_of(x):
    """Return the 64 bits of the double ``x`` as a signed integer."""
    return int(np.float64(x).view(np.int64))


@kernel
def float_of(bits):
    """Return the double whose 64 bits are the signed integer ``bits``."""
    return float(np.int64(bits).view(np.float64))


@kernel
def power_of_two(n):
    """Return 2^n exactly, for an integer -1022 <= n <= 1023."""
    return float_of((n + _EXPONENT_BIAS) << _MANTISSA_BITS)


@kernel
def _reduce(x):
    """Return the integer n nearest to x / ln 2, r = x - n ln 2 rounded, and what rounding r left over."""
    shifted = x * _LOG2_E + _SHIFT
    n = bits_of(shifted) - _SHIFT_BITS
    whole = shifted - _SHIFT
    exact = x - whole * _LN2_HIGH
    low = whole * _LN2_LOW
    r = exact - low
    return n, r, (exact - r) - low


@kernel
def _exp_tail(r, correction):
    """Return exp(r + correction) - 1 for r in [-0.35, 0.35] and a correction of at most one ulp of r."""
    r2 = r * r
    r4 = r2 * r2
    low = (_C2 + r * _C3) + r2 * (_C4 + r * _C5)
    middle = (_C6 + r * _C7) + r2 * (_C8 + r * _C9)
    high = (_C10 + r * _C11) + r2 * (_C12 + r * _C13)
    return r + (r2 * (low + r4 * (middle + r4 * high)) + correction)


@kernel
def exp(x):
    """Return e^x.

    With n the integer nearest to x / ln 2 and r = x - n ln 2,

        exp(x) = 2^n exp(r),    |r| <= ln(2) / 2,

    where exp(r) is its Taylor polynomial of degree 13 (Cody and Waite 1980; Muller 2016, ch. 11).
    Error below 1 ulp. Above 709.78 the result is inf; below -708.4 it is denormal, below -745.13 zero.

    Parameters
    ----------
    x : float
        Any double, also infinite or nan.

    Returns
    -------
    float
        In [0, inf]; nan for nan.
    """
    x = float(x)
    # Written so that nan, too, is replaced by a number here; it comes back in the last line.
    bounded = x if x < _EXP_HIGHEST else _EXP_HIGHEST
    bounded = bounded if bounded > _EXP_LOWEST else _EXP_LOWEST
    n, r, correction = _reduce(bounded)
    value = 1.0 + _exp_tail(r, correction)
    # Two exact factors: 2^n itself may be too large or too small for a double when the result is not.
    half = n >> 1
    value = value * power_of_two(half) * power_of_two(n - half)
    return x if x != x else value


@kernel
def expm1(x):
    """Return e^x - 1 without cancellation near zero.

    As in ``exp``, and then expm1(x) = 2^n expm1(r) + (2^n - 1). Error below 2 ulp.

    Parameters
    ----------
    x : float
        Any double.

    Returns
    -------
    float
        In [-1, inf].
    """
    x = float(x)
    bounded = x if x < _EXP_HIGHEST else _EXP_HIGHEST
    bounded = bounded if bounded > _EXPM1_LOWEST else _EXPM1_LOWEST
    n, r, correction = _reduce(bounded)
    # Half the result, doubled at the end: 2^1024 is not a double.
    scale = power_of_two(n - 1)
    value = 2.0 * (scale * _exp_tail(r, correction) + (scale - 0.5))
    # Near zero e^x - 1 is x to the last bit; nan comes back here too.
    return value if abs(x) > _EXPM1_LINEAR else x


@kernel
def log(x):
    """Return the natural logarithm of x.

    With x = 2^n m, sqrt(1/2) <= m < sqrt(2), f = m - 1 and s = f / (2 + f),

        log(x) = n ln 2 + log((1 + s) / (1 - s)) = n ln 2 + 2 s + s R(s^2),

    where R is a Taylor polynomial of degree 10. The sum is arranged around f, which is exact:
    2 s = f - s f, and s f = f^2 / 2 - s f^2 / 2 (Muller 2016, ch. 11). Error below 1 ulp.

    Parameters
    ----------
    x : float
        Any double, also denormal, infinite or nan.

    Returns
    -------
    float
        In [-744.44, 709.79] for a positive number; -inf for zero, nan for a negative number.
    """
    x = float(x)
    ordinary = (x > 0.0) & (x < _INF)
    positive = x if ordinary else 1.0
    denormal = positive < _SMALLEST_NORMAL
    normal = positive * _TWO_54 if denormal else positive
    bits = bits_of(normal) + (_ONE_BITS - _ROOT_HALF_BITS)
    n = (bits >> _MANTISSA_BITS) - _EXPONENT_BIAS
    m = float_of((bits & _MANTISSA_MASK) + _ROOT_HALF_BITS)
    exponent = float(n) - (54.0 if denormal else 0.0)
    f = m - 1.0
    s = f / (2.0 + f)
    s2 = s * s
    s4 = s2 * s2
    s8 = s4 * s4
    first = (_L1 + s2 * _L2) + s4 * (_L3 + s2 * _L4)
    second = (_L5 + s2 * _L6) + s4 * (_L7 + s2 * _L8)
    remainder = s2 * (first + s8 * (second + s8 * (_L9 + s2 * _L10)))
    half_square = 0.5 * f * f
    fraction = half_square - (s * (half_square + remainder) + exponent * _LN2_LOW)
    value = exponent * _LN2_HIGH - (fraction - f)
    special = x if x > 0.0 else (-_INF if x == 0.0 else _NAN)
    return value if ordinary else special


@kernel
def log1p(x):
    """Return log(1 + x) without cancellation near zero.

    The rounding error e of u = 1 + x is known exactly, and log(1 + x) = log(u) + e / u + O(e^2).
    Error below 2 ulp.

    Parameters
    ----------
    x : float
        Any double, also infinite or nan.

    Returns
    -------
    float
        -inf for -1, nan below -1.
    """
    x = float(x)
    u = 1.0 + x
    ordinary = (u > 0.0) & (u < _INF)
    divisor = u if ordinary else 1.0
    error = 1.0 - (u - x) if x > 1.0 else x - (u - 1.0)
    return log(u) + (error / divisor if ordinary else 0.0)


@kernel
def hazard_to_probability(hazard):
    """Return the probability of at least one event, 1 - exp(-hazard).

    Accurate for small hazards too, where the probability is the hazard to first order.

    Parameters
    ----------
    hazard : float
        Expected number of events in the period (rate times time), >= 0. A negative hazard counts as zero.

    Returns
    -------
    float
        In [0, 1]; nan for nan.
    """
    hazard = float(hazard)
    return 0.0 if hazard <= 0.0 else -expm1(-hazard)


@kernel
def sigmoid(x):
    """Return the logistic function 1 / (1 + exp(-x)).

    Written in exp(-abs(x)), which cannot overflow: small probabilities keep their precision.

    Parameters
    ----------
    x : float
        Log-odds; any double.

    Returns
    -------
    float
        In [0, 1].
    """
    x = float(x)
    odds = exp(-abs(x))
    return (1.0 if x >= 0.0 else odds) / (1.0 + odds)
