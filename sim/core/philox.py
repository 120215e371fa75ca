"""The keyed generator below every draw: Philox4x32-7 and the layout of its counter.

Every draw is a pure function of

    (seed, week, stream, entity, k)

where ``stream`` names the decision being made, ``entity`` who makes it and ``k`` which of its draws this is.
Adding an entity, skipping a process or running cells in parallel therefore changes no other draw, and two
scenarios with the same seed meet the same luck wherever they ask the same question.

Two draws with the same key use the same random number, also when they are of different kinds: give each
decision its own stream, or its own ``k`` within a stream.

Generator
---------
Philox4x32-7 (Salmon et al. 2011): a bijection of a 128-bit counter under a 64-bit key, made of 32-bit
multiplications. Seven rounds are the fewest with which it passes every test of TestU01's BigCrush (Salmon
et al. 2011). Ten are the authors' default, with a margin; but they are too long for the compiler to inline,
which makes a draw several times slower. A simulation is not an adversary, so seven are enough:
``tests/statistics/test_chance.py`` checks that every bit of a key changes half of the block, which six
rounds also pass and five do not.

Layout
------
========  ===============  ==========================================================
word      bits             content
========  ===============  ==========================================================
counter0  0-31             k
counter1  0-31             entity
counter2  0-31             stream
counter3  0-19             week
counter3  20-31            block: which 128 bits of this draw
key0      0-31             seed, low 32 bits
key1      0-31             seed, high 32 bits
========  ===============  ==========================================================

A draw that needs more than one block (a rejection sampler) numbers them in the high bits of the last word.
They belong to its own key, so they can never be the block of another entity, stream, week or k. Philox is a
bijection for each seed: different counters give different blocks.

Ranges: seed 0 to 2^63 - 1, week 0 to 2^20 - 1, stream, entity and k 0 to 2^32 - 1. Larger numbers are
cut to these bits, which would alias other keys; nothing checks for it here.

Arithmetic
----------
A block is four words; integers are cut with masks after each operation, so that signed 64-bit integers
which wrap around and Python's unlimited integers agree. Products of two words may wrap in 64 bits: the
bits which are kept are the same. Real arithmetic comes from ``sim.core.arithmetic`` and the exactly
rounded ``math.sqrt``.

Draws by inversion take one uniform and never decrease when it increases, so that a slightly different
parameter gives a slightly different draw; ``bernoulli`` and ``round_randomly`` go up for small uniforms
instead. Each is exact up to the resolution of its uniform, 2^-53 or 2^-52.

References
----------
Salmon, J. K., Moraes, M. A., Dror, R. O. and Shaw, D. E. (2011), Parallel random numbers: as easy as 1, 2, 3,
SC '11, doi 10.1145/2063384.2063405.
"""

import numpy as np

from sim.core.compile import kernel

ROUNDS = 7
MAX_WEEK = (1 << 20) - 1
MAX_WORD = (1 << 32) - 1

_WORD = 0xFFFFFFFF
_WEEK_BITS = 20
# Blocks a draw may use. A rejection sampler that accepts one time in two would need more with
# probability 2^-4096; the limit makes it certain that every draw ends.
BLOCKS = 1 << 12

# Multipliers and Weyl increments of Philox4x32 (Salmon et al. 2011).
_MULTIPLIER_0 = 0xD2511F53
_MULTIPLIER_1 = 0xCD9E8D57
_WEYL_0 = 0x9E3779B9
_WEYL_1 = 0xBB67AE85

TO_53_BITS = 2.0**-53
_TO_52_BITS = 2.0**-52
LARGEST_53 = (1 << 53) - 1
# Counts are exact doubles up to here.
LARGEST_COUNT = 2.0**53


@kernel
def philox(counter0, counter1, counter2, counter3, key0, key1):
    """Return the Philox4x32-7 block of a counter under a key.

    One round maps the counter (a, b, c, d), with p = 0xD2511F53 a and q = 0xCD9E8D57 c, to

        (high(q) ^ b ^ key0, low(q), high(p) ^ d ^ key1, low(p))

    and adds a Weyl constant to each word of the key (Salmon et al. 2011, doi 10.1145/2063384.2063405).

    Parameters
    ----------
    counter0, counter1, counter2, counter3 : int
        Words of the counter, each 0 to 2^32 - 1.
    key0, key1 : int
        Words of the key, each 0 to 2^32 - 1.

    Returns
    -------
    tuple of int
        Four words, each 0 to 2^32 - 1.
    """
    a, b, c, d = counter0, counter1, counter2, counter3
    for _ in range(ROUNDS):
        p = _MULTIPLIER_0 * a
        q = _MULTIPLIER_1 * c
        a = ((q >> 32) & _WORD) ^ b ^ key0
        b = q & _WORD
        c = ((p >> 32) & _WORD) ^ d ^ key1
        d = p & _WORD
        key0 = (key0 + _WEYL_0) & _WORD
        key1 = (key1 + _WEYL_1) & _WORD
    return a, b, c, d


@kernel
def block(seed, week, stream, entity, k, number):
    """Return block ``number`` (0 to 4095) of the draw with this key: four words."""
    return philox(
        int(k) & _WORD,
        int(entity) & _WORD,
        stream & _WORD,
        (int(week) & MAX_WEEK) | (number << _WEEK_BITS),
        int(seed) & _WORD,
        (int(seed) >> 32) & _WORD,
    )


@kernel
def integer_53(high, low):
    """Return the top 53 bits of two words as an integer."""
    return (high << 21) | (low >> 11)


@kernel
def between_0_and_1(high, low):
    """Return a uniform that is neither 0 nor 1: the midpoints of 2^52 equal intervals."""
    return (float((high << 20) | (low >> 12)) + 0.5) * _TO_52_BITS


@kernel
def uniform(seed, week, stream, entity, k=0):
    """Draw a number in [0, 1) with 53 random bits.

    Parameters
    ----------
    seed, week, stream, entity, k : int
        The key; ranges in the module's docstring.

    Returns
    -------
    float
        A multiple of 2^-53 in [0, 1 - 2^-53].
    """
    words = block(seed, week, stream, entity, k, 0)
    return float(integer_53(words[0], words[1])) * TO_53_BITS


def uniforms(seed, week, stream, entity, k):
    """Give ``uniform`` of many keys at once, the same bits, in plain NumPy: for those who look at a run, not for rules.

    Parameters
    ----------
    seed, week, stream : int
    entity, k : array of int
        Broadcast against each other; 0 to 2^32 - 1.

    Returns
    -------
    array of float
        In [0, 1 - 2^-53].
    """
    plain = getattr(philox, "py_func", philox)
    words = (np.asarray(word, dtype=np.int64) & _WORD for word in (k, entity, int(stream)))
    last = np.int64(int(week) & MAX_WEEK)
    with np.errstate(over="ignore"):  # products wrap around, as they are meant to
        high, low, _, _ = plain(*words, last, int(seed) & _WORD, (int(seed) >> 32) & _WORD)
    return ((high << 21) | (low >> 11)) * TO_53_BITS
