"""Counts: Poisson and binomial draws.

Keys and their ranges are those of ``sim.core.philox``.

References
----------
Hormann, W. (1993), The transformed rejection method for generating Poisson random variables, Insurance:
Mathematics and Economics 12, 39-45, doi 10.1016/0167-6687(93)90997-4.
Hormann, W. (1993), The generation of binomial random variates, Journal of Statistical Computation and
Simulation 46, 101-110, doi 10.1080/00949659308811496.
Loader, C. (2000), Fast and accurate computation of binomial probabilities, Bell Laboratories.
"""

import math

import numpy as np

from sim.core.arithmetic import exp, log, log1p
from sim.core.compile import kernel
from sim.core.philox import BLOCKS, LARGEST_COUNT, TO_53_BITS, between_0_and_1, block, uniform

# Below this mean, inversion by sequential search; from it on, transformed rejection, which needs 10.
_SEARCH_MEAN = 10.0
# A probability that no uniform can resolve: ends a search which rounding has carried past the last term.
_NEGLIGIBLE = 2.0**-60
# Counts stay exact doubles well beyond this mean.
_LARGEST_MEAN = 2.0**52

_LOG_TWO_PI = 1.8378770664093454836

# log k! - ((k + 1/2) log k - k + log(2 pi) / 2) for k = 1 to 15; from 16 on the Stirling series is exact.
_STIRLING_ERRORS = np.array(
    [
        0.0,
        0.08106146679532726,
        0.0413406959554093,
        0.02767792568499834,
        0.020790672103765093,
        0.016644691189821193,
        0.013876128823070748,
        0.01189670994589177,
        0.010411265261972096,
        0.009255462182712733,
        0.00833056343336287,
        0.007573675487951841,
        0.00694284010720953,
        0.006408994188004207,
        0.0059513701127588475,
        0.005554733551962801,
    ]
)


@kernel
def _stirling_error(k):
    """Return log k! - ((k + 1/2) log k - k + log(2 pi) / 2) for an integer k >= 1, to 1e-16 absolute."""
    if k < 16:
        return float(_STIRLING_ERRORS[k])
    inverse = 1.0 / float(k)
    square = inverse * inverse
    series = 1.0 / 1680.0 - square / 1188.0
    series = 1.0 / 1260.0 - square * series
    series = 1.0 / 360.0 - square * series
    return inverse * (1.0 / 12.0 - square * series)


@kernel
def _deviance(x, mean):
    """Return x log(x / mean) + mean - x for x, mean > 0 (Loader 2000).

    Near the mean the terms cancel; there, with v = (x - mean) / (x + mean),
    (x - mean) v + 2 x (v^3 / 3 + v^5 / 5 + ...).
    """
    difference = x - mean
    v = difference / (x + mean)
    if abs(v) >= 0.1:
        return x * log(x / mean) - difference
    v2 = v * v
    series = 1.0 / 17.0 + v2 / 19.0
    series = 1.0 / 15.0 + v2 * series
    series = 1.0 / 13.0 + v2 * series
    series = 1.0 / 11.0 + v2 * series
    series = 1.0 / 9.0 + v2 * series
    series = 1.0 / 7.0 + v2 * series
    series = 1.0 / 5.0 + v2 * series
    series = 1.0 / 3.0 + v2 * series
    return difference * v + 2.0 * x * v * v2 * series


@kernel
def _log_poisson(k, mean):
    """Return the logarithm of the Poisson probability of k >= 0 (Loader 2000), mean > 0."""
    if k == 0:
        return -mean
    x = float(k)
    return -_stirling_error(k) - _deviance(x, mean) - 0.5 * (_LOG_TWO_PI + log(x))


@kernel
def _log_binomial_ratio(k, mode, n, p):
    """Return log(P(k) / P(mode)) for binomial probabilities (Loader 2000), 0 <= k <= n, 0 < mode < n."""
    trials = float(n)
    mean = trials * p
    absent = trials * (1.0 - p)
    x = float(mode)
    y = trials - x
    at_mode = _stirling_error(mode) + _stirling_error(n - mode) + _deviance(x, mean) + _deviance(y, absent)
    if k == 0 or k == n:
        at_edge = trials * (log1p(-p) if k == 0 else log(p))
        return at_edge + at_mode - _stirling_error(n) + 0.5 * (_LOG_TWO_PI + log(x * (y / trials)))
    i = float(k)
    j = trials - i
    at_k = _stirling_error(k) + _stirling_error(n - k) + _deviance(i, mean) + _deviance(j, absent)
    return at_mode - at_k + 0.5 * log((x * y) / (i * j))


@kernel
def _poisson_hat(mean):
    """Return (a, b, 1 / alpha, squeeze) of Hormann's algorithm PTRS, for mean >= 10."""
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    return a, b, 1.1239 + 1.1328 / (b - 3.4), 0.9277 - 3.6224 / (b - 2.0)


@kernel
def _binomial_hat(n, p):
    """Return (a, b, alpha, squeeze) of Hormann's algorithm BTRS, for n p >= 10 and p <= 1/2."""
    deviation = math.sqrt(float(n) * p * (1.0 - p))
    b = 1.15 + 2.53 * deviation
    a = -0.0873 + 0.0248 * b + 0.01 * p
    return a, b, (2.83 + 5.1 / b) * deviation, 0.92 - 4.2 / b


@kernel
def _search_poisson(mean, u):
    """Return the smallest k with P(X <= k) > u, 0 < mean < 10."""
    # exp(-mean) >= 1 - mean: mostly saves the exponential when the mean is small.
    if u < 1.0 - mean:
        return 0
    probability = exp(-mean)
    k = 0
    while u >= probability:
        u -= probability
        k += 1
        probability *= mean / float(k)
        if probability < _NEGLIGIBLE and float(k) > mean:
            break
    return k


@kernel
def _search_binomial(n, p, u):
    """Return the smallest k with P(X <= k) > u, n >= 1, 0 < p <= 1/2, n p < 10."""
    trials = float(n)
    mean = trials * p
    # (1 - p)^n >= 1 - n p (Bernoulli's inequality).
    if u < 1.0 - mean:
        return 0
    probability = exp(trials * log1p(-p))
    odds = p / (1.0 - p)
    k = 0
    while u >= probability and k < n:
        u -= probability
        k += 1
        probability *= odds * (float(n - k + 1) / float(k))
        if probability < _NEGLIGIBLE and float(k) > mean:
            break
    return k


@kernel
def poisson(mean, seed, week, stream, entity, k=0):
    """Draw a Poisson count.

    Below a mean of 10 by inversion of one uniform; above by transformed rejection with squeeze, PTRS
    (Hormann 1993, doi 10.1016/0167-6687(93)90997-4), with probabilities after Loader (2000). Both are exact.

    Parameters
    ----------
    mean : float
        Expected count. At 0 and below, and for nan, the draw is 0; above 2^52 the mean is 2^52.
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    int
        At least 0.
    """
    mean = float(mean)
    if not mean > 0.0:
        return 0
    if mean < _SEARCH_MEAN:
        return _search_poisson(mean, uniform(seed, week, stream, entity, k))
    mean = min(mean, _LARGEST_MEAN)
    a, b, inverse_alpha, squeeze = _poisson_hat(mean)
    for number in range(BLOCKS):
        words = block(seed, week, stream, entity, k, number)
        u = between_0_and_1(words[0], words[1]) - 0.5
        v = between_0_and_1(words[2], words[3])
        rim = 0.5 - abs(u)
        candidate = (2.0 * a / rim + b) * u + mean + 0.43
        if rim >= 0.07 and v <= squeeze:
            return math.floor(candidate)
        if candidate < 0.0 or candidate > LARGEST_COUNT or (rim < 0.013 and v > rim):
            continue
        count = math.floor(candidate)
        if log(v * inverse_alpha / (a / (rim * rim) + b)) <= _log_poisson(count, mean):
            return count
    return math.floor(mean)


@kernel
def _reject_binomial(n, p, seed, week, stream, entity, k):
    """Draw a binomial count by transformed rejection, n p >= 10, p <= 1/2 (algorithm BTRS)."""
    trials = float(n)
    mean = trials * p
    mode = math.floor((trials + 1.0) * p)
    a, b, alpha, squeeze = _binomial_hat(n, p)
    for number in range(BLOCKS):
        words = block(seed, week, stream, entity, k, number)
        u = between_0_and_1(words[0], words[1]) - 0.5
        v = between_0_and_1(words[2], words[3])
        rim = 0.5 - abs(u)
        candidate = (2.0 * a / rim + b) * u + mean + 0.5
        if candidate < 0.0 or candidate >= trials + 1.0:
            continue
        count = math.floor(candidate)
        if rim >= 0.07 and v <= squeeze:
            return count
        if log(v * alpha / (a / (rim * rim) + b)) <= _log_binomial_ratio(count, mode, n, p):
            return count
    return mode


@kernel
def binomial(n, p, seed, week, stream, entity, k=0):
    """Draw how many of n independent events of probability p happen.

    Below an expectation of 10 (of events, or for p > 1/2 of their absence) by inversion of one uniform;
    above by transformed rejection with squeeze, BTRS (Hormann 1993, doi 10.1080/00949659308811496), with
    probabilities after Loader (2000). Both are exact.

    Parameters
    ----------
    n : int
        Number of trials, at most 2^53. At 0 and below the draw is 0.
    p : float
        Probability. At 0 and below, and for nan, the draw is 0; at 1 and above it is n.
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    int
        0 to n.
    """
    n = int(n)
    p = float(p)
    if n <= 0 or not p > 0.0:
        return 0
    if p >= 1.0:
        return n
    mirrored = p > 0.5
    rarer = 1.0 - p if mirrored else p
    if float(n) * rarer < _SEARCH_MEAN:
        u = uniform(seed, week, stream, entity, k)
        # The mirror image on the same lattice of uniforms keeps the draw increasing in u and in p.
        count = _search_binomial(n, rarer, 1.0 - u - TO_53_BITS if mirrored else u)
    else:
        count = min(_reject_binomial(n, rarer, seed, week, stream, entity, k), n)
    return n - count if mirrored else count
