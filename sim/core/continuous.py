"""Continuous variables: exponential, normal and gamma draws.

Keys and their ranges are those of ``sim.core.philox``.

References
----------
Marsaglia, G. and Tsang, W. W. (2000), A simple method for generating gamma variables, ACM Transactions on
Mathematical Software 26, 363-372, doi 10.1145/358407.358414.
Wichura, M. J. (1988), Algorithm AS 241: the percentage points of the normal distribution, Applied
Statistics 37, 477-484, doi 10.2307/2347330.
"""

import math

from sim.core.arithmetic import exp, log, log1p
from sim.core.compile import kernel
from sim.core.philox import BLOCKS, LARGEST_53, TO_53_BITS, between_0_and_1, block, integer_53


@kernel
def exponential(seed, week, stream, entity, k=0):
    """Draw an exponential waiting time of mean 1, by inversion: -log(1 - u).

    Parameters
    ----------
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    float
        Above 0 and at most 36.8 (= 53 ln 2).
    """
    words = block(seed, week, stream, entity, k, 0)
    return -log(1.0 - between_0_and_1(words[0], words[1]))


@kernel
def _polynomial(r, c0, c1, c2, c3, c4, c5, c6, c7):
    """Return c0 + c1 r + ... + c7 r^7 by Horner's scheme."""
    return ((((((c7 * r + c6) * r + c5) * r + c4) * r + c3) * r + c2) * r + c1) * r + c0


@kernel
def _normal_quantile(integer):
    """Return the normal quantile at (integer + 1/2) / 2^53, for 0 <= integer < 2^53.

    Rational approximations of Wichura (1988), AS 241 (PPND16), relative error below 1e-15,
    doi 10.2307/2347330. They are given the probability of the nearer tail, which is exact, where
    1 - probability would lose the far tail.
    """
    above = integer > LARGEST_53 >> 1
    tail = (float(LARGEST_53 - integer if above else integer) + 0.5) * TO_53_BITS
    sign = 1.0 if above else -1.0
    distance = 0.5 - tail
    # fmt: off
    if distance <= 0.425:
        r = 0.180625 - distance * distance
        top = _polynomial(
            r, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
            1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
            3.3430575583588128105e4, 2.5090809287301226727e3)
        bottom = _polynomial(
            r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
            5.2264952788528545610e3)
        return sign * (distance * top / bottom)
    r = math.sqrt(-log(tail))
    if r <= 5.0:
        r = r - 1.6
        top = _polynomial(
            r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
            3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
            2.27238449892691845833e-2, 7.74545014278341407640e-4)
        bottom = _polynomial(
            r, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
            1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
            1.05075007164441684324e-9)
        return sign * (top / bottom)
    r = r - 5.0
    top = _polynomial(
        r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7)
    bottom = _polynomial(
        r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
        2.04426310338993978564e-15)
    # fmt: on
    return sign * (top / bottom)


@kernel
def normal(seed, week, stream, entity, k=0):
    """Draw a normal variable of mean 0 and standard deviation 1, by inversion.

    Parameters
    ----------
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    float
        In [-8.3, 8.3], distributed symmetrically about 0.
    """
    words = block(seed, week, stream, entity, k, 0)
    return _normal_quantile(integer_53(words[0], words[1]))


@kernel
def gamma(shape, seed, week, stream, entity, k=0):
    """Draw a gamma variable of scale 1: mean = variance = shape.

    Rejection from the cube of a normal variable, exact for shape >= 1 (Marsaglia and Tsang 2000,
    doi 10.1145/358407.358414): with d = shape - 1/3 and v = (1 + x / sqrt(9 d))^3, x normal, d v is accepted
    if log u < x^2 / 2 + d (1 - v + log v). For shape < 1 the draw is gamma(shape + 1) u^(1/shape).

    Parameters
    ----------
    shape : float
        Shape. At 0 and below, and for nan, the draw is 0.
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    float
        At least 0; a very small shape may underflow to 0.
    """
    shape = float(shape)
    if not shape > 0.0:
        return 0.0
    factor = 1.0
    d = shape - 1.0 / 3.0
    if shape < 1.0:
        d = shape + 2.0 / 3.0
        words = block(seed, week, stream, entity, k, 0)
        factor = exp(log(between_0_and_1(words[0], words[1])) / shape)
    spread = 1.0 / math.sqrt(9.0 * d)
    for number in range(1, BLOCKS):
        words = block(seed, week, stream, entity, k, number)
        x = _normal_quantile(integer_53(words[0], words[1]))
        t = spread * x
        if t <= -1.0:
            continue
        u = between_0_and_1(words[2], words[3])
        square = x * x
        quick = u < 1.0 - 0.0331 * square * square
        # 1 - v + log v in powers of t, because v is close to 1 for a large shape.
        if quick or log(u) < 0.5 * square + d * (3.0 * log1p(t) - t * (3.0 + t * (3.0 + t))):
            root = 1.0 + t
            return factor * (d * (root * root * root))
    return factor * d
