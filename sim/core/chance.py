"""Random draws addressed by key: no state, no order, the same bits everywhere.

Every draw of the model is imported from here. Keys and their ranges are those of ``sim.core.philox``.
"""

import math

from sim.core.compile import kernel
from sim.core.continuous import exponential, gamma, normal
from sim.core.counts import binomial, poisson
from sim.core.philox import LARGEST_COUNT, MAX_WEEK, block, uniform

__all__ = [
    "MAX_WEEK",
    "bernoulli",
    "binomial",
    "exponential",
    "gamma",
    "normal",
    "pick",
    "poisson",
    "round_randomly",
    "shuffle_key",
    "uniform",
]


@kernel
def shuffle_key(seed, week, stream, entity, k=0):
    """Draw the integer by which to sort entities into a random order.

    Parameters
    ----------
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    int
        Uniform on 0 to 2^63 - 1. Among n entities some two are equal with probability n^2 / 2^64: break
        ties by the entity's number.
    """
    words = block(seed, week, stream, entity, k, 0)
    return (words[0] << 31) | (words[1] >> 1)


@kernel
def bernoulli(p, seed, week, stream, entity, k=0):
    """Draw whether an event of probability p happens.

    Parameters
    ----------
    p : float
        Probability. At 0 and below, and for nan, never; at 1 and above, always.
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    bool
        True where the uniform of this key is below p.
    """
    return uniform(seed, week, stream, entity, k) < float(p)


@kernel
def round_randomly(x, seed, week, stream, entity, k=0):
    """Round to one of the two neighbouring integers, so that the expectation is x.

    Parameters
    ----------
    x : float
        Number to round, at most 2^53. A negative number or nan counts as zero.
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    int
        floor(x) + 1 with probability x - floor(x), else floor(x).
    """
    x = float(x)
    if not x > 0.0:
        return 0
    if x >= LARGEST_COUNT:
        return int(LARGEST_COUNT)
    whole = math.floor(x)
    if uniform(seed, week, stream, entity, k) < x - float(whole):
        return whole + 1
    return whole


@kernel
def pick(weights, count, seed, week, stream, entity, k=0):
    """Draw an index with probability proportional to its weight.

    Parameters
    ----------
    weights : array of float, shape (at least count,)
        Finite weights, in any unit. A weight of zero or less, or nan, is never chosen.
    count : int
        Number of leading weights to choose from: ``weights.size`` for all.
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    int
        0 to count - 1, or -1 if no weight is positive.
    """
    count = int(count)
    total = 0.0
    for i in range(count):
        weight = float(weights[i])
        if weight > 0.0:
            total += weight
    if not total > 0.0:
        return -1
    target = uniform(seed, week, stream, entity, k) * total
    # The same sums in the same order: the last of them is the total, which lies above the target.
    cumulative = 0.0
    last = -1
    for i in range(count):
        weight = float(weights[i])
        if weight > 0.0:
            last = i
            cumulative += weight
            if target < cumulative:
                return i
    return last
