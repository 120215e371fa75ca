"""The keyed draws: known answers, distributions, independence of neighbouring keys, and the same bits."""

import hashlib
import itertools
import math
import os
import struct
import subprocess
import sys
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import stats

from sim.core import chance, continuous, counts, philox

ROOT = Path(__file__).resolve().parents[2]
WORD = 2**32 - 1
SEED = 20240229
# The keys are fixed, so each test passes or fails for ever; the limit says how odd the passing luck may be.
ODD = 1e-3

words = st.integers(0, WORD)
weeks = st.integers(0, chance.MAX_WEEK)
seeds = st.integers(0, 2**63 - 1)


def plain(function):
    """Return the Python function behind a kernel, compiled or not."""
    return getattr(function, "py_func", function)


def draws(function, *parameters, n=20000, stream=1):
    """Return n draws for neighbouring entities, spread over four weeks."""
    return np.array([function(*parameters, SEED, i & 3, stream, i >> 2, 0) for i in range(n)])


def assert_counts_follow(sample, distribution):
    """Chi-square test of integers against a distribution, in bins expected to hold at least ten."""
    n = len(sample)
    edges = np.unique(distribution.ppf(np.linspace(0.0, 1.0, 42)[1:-1]))
    probabilities = np.diff(np.concatenate([[0.0], distribution.cdf(edges), [1.0]]))
    counts = np.bincount(np.searchsorted(edges, sample), minlength=len(probabilities))
    while len(counts) > 1 and probabilities[-1] * n < 10.0:
        probabilities = np.append(probabilities[:-2], probabilities[-2:].sum())
        counts = np.append(counts[:-2], counts[-2:].sum())
    if len(counts) > 1:
        expected = n * probabilities / probabilities.sum()
        assert stats.chisquare(counts, expected).pvalue > ODD


# ------------------------------------------------------------------ known answers

# Published with the authors' Random123 library: counter, key, block.
SEVEN_ROUNDS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "5f6fb709 0d893f64 4f121f81 4f730a48"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "5207ddc2 45165e59 4d8ee751 8c52f662"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "4dfccaba 190a87f0 c47362ba b6b5242a"),
]
TEN_ROUNDS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def hexadecimal(text):
    return tuple(int(word, 16) for word in text.split())


@pytest.mark.parametrize(("counter", "key", "block"), SEVEN_ROUNDS)
def test_philox_gives_the_published_blocks(counter, key, block):
    arguments = hexadecimal(counter) + hexadecimal(key)
    assert philox.philox(*arguments) == hexadecimal(block)
    assert plain(philox.philox)(*arguments) == hexadecimal(block)


@pytest.mark.parametrize(("counter", "key", "block"), TEN_ROUNDS)
def test_its_round_is_also_that_of_ten_rounds(monkeypatch, counter, key, block):
    monkeypatch.setattr(philox, "ROUNDS", 10)
    assert plain(philox.philox)(*hexadecimal(counter), *hexadecimal(key)) == hexadecimal(block)


@given(seeds, weeks, words, words, words, st.integers(0, 4095))
@example(2**63 - 1, 2**20 - 1, WORD, WORD, WORD, 4095)
def test_the_key_is_laid_out_as_documented(seed, week, stream, entity, k, number):
    counter = (k, entity, stream, number * 2**20 + week)
    block = plain(philox.philox)(*counter, seed % 2**32, seed // 2**32)
    assert philox.block(seed, week, stream, entity, k, number) == block
    if number == 0:
        expected = (block[0] * 2**21 + block[1] // 2**11) / 2**53
        assert chance.uniform(seed, week, stream, entity, k) == expected
        assert chance.shuffle_key(seed, week, stream, entity, k) == block[0] * 2**31 + block[1] // 2


def test_the_first_k_is_zero():
    assert chance.uniform(5, 4, 3, 2) == chance.uniform(5, 4, 3, 2, 0)
    assert chance.poisson(3.0, 5, 4, 3, 2) == chance.poisson(3.0, 5, 4, 3, 2, 0)


# ---------------------------------------------------- independence of the keys


def test_no_block_belongs_to_two_keys():
    ends = (0, 1, 2, WORD)
    keys = itertools.product((0, 1, chance.MAX_WEEK), ends, ends, ends, (0, 1, 2, 4095))
    blocks = [philox.block(SEED, *key) for key in keys]
    assert len(set(blocks)) == len(blocks) == 3 * 4 * 4 * 4 * 4


AXES = [("seed", 0, 63), ("week", 1, 20), ("stream", 2, 32), ("entity", 3, 32), ("k", 4, 32)]


@pytest.mark.parametrize(("name", "position", "width"), AXES)
def test_every_bit_of_the_key_turns_over_half_of_the_block(name, position, width):
    """Strict avalanche: flipping one bit of a small, ordered key flips each bit of the block with p = 1/2."""
    repeats = 150
    flips = np.zeros((width, 128))
    for i in range(repeats):
        key = [SEED, i % 10, i % 7, i, i % 3]
        before = philox.block(*key, 0)
        for bit in range(width):
            changed = key.copy()
            changed[position] ^= 1 << bit
            after = philox.block(*changed, 0)
            difference = b"".join(struct.pack(">I", a ^ b) for a, b in zip(before, after, strict=True))
            flips[bit] += np.unpackbits(np.frombuffer(difference, np.uint8))
    for totals, trials in ((flips.sum(1), 128 * repeats), (flips.sum(0), width * repeats)):
        z = (totals - trials / 2.0) / math.sqrt(trials / 4.0)
        assert np.abs(z).max() < 4.5
    # All cells together: the spread, too, must be that of fair coins.
    assert stats.chi2.sf(((flips - repeats / 2.0) ** 2).sum() / (repeats / 4.0), flips.size) > ODD


@pytest.mark.parametrize(("name", "position", "width"), AXES)
@pytest.mark.parametrize("step", [1, 2, 256])
def test_neighbouring_keys_are_independent(name, position, width, step):
    n = 8000
    key = [SEED, 3, 2, 1, 0]
    sample = np.empty((n, 2))
    for i in range(n):
        for j in range(2):
            key[position] = i + j * step
            sample[i, j] = chance.uniform(*key)
    assert abs(np.corrcoef(sample.T)[0, 1]) < 4.0 / math.sqrt(n)
    cells = np.histogram2d(sample[:, 0], sample[:, 1], bins=16, range=[(0, 1), (0, 1)])[0]
    # Overlapping pairs make the statistic a little wider than chi-square; the limit allows for it.
    assert stats.chi2.sf(stats.chisquare(cells.ravel()).statistic, 255) > ODD / 10.0
    assert stats.kstest(sample[:, 0], "uniform").pvalue > ODD


# ---------------------------------------------------------------------- uniforms


def test_uniform_never_reaches_one():
    assert philox.integer_53(WORD, WORD) * 2.0**-53 == 1.0 - 2.0**-53
    assert philox.integer_53(0, 0) == 0
    assert philox.between_0_and_1(0, 0) == 2.0**-53
    assert philox.between_0_and_1(WORD, WORD) == 1.0 - 2.0**-53


def test_the_low_bits_of_a_uniform_are_random():
    sample = (draws(chance.uniform) * 2.0**53).astype(np.int64)
    ones = np.array([((sample >> bit) & 1).sum() for bit in range(53)])
    assert np.abs(ones - 10000).max() / math.sqrt(5000) < 4.0


@pytest.mark.parametrize("p", [0.003, 0.3, 0.5, 0.97])
def test_bernoulli_happens_as_often_as_it_should(p):
    assert stats.binomtest(int(draws(chance.bernoulli, p).sum()), 20000, p).pvalue > ODD


@given(st.floats(), seeds, weeks, words)
def test_bernoulli_at_and_beyond_its_limits(p, seed, week, entity):
    happened = chance.bernoulli(p, seed, week, 0, entity, 0)
    assert happened == (chance.uniform(seed, week, 0, entity, 0) < p)
    if not p > 0.0:
        assert not happened
    if p >= 1.0:
        assert happened


@pytest.mark.parametrize("x", [0.001, 0.25, 3.9, 1e6 + 0.5])
def test_random_rounding_is_unbiased(x):
    ups = draws(chance.round_randomly, x) - math.floor(x)
    assert set(ups) <= {0, 1}
    assert stats.binomtest(int(ups.sum()), 20000, x - math.floor(x)).pvalue > ODD


@given(st.integers(0, 2**53), words)
def test_random_rounding_leaves_integers_alone(x, entity):
    assert chance.round_randomly(float(x), 1, 2, 3, entity, 0) == x


@pytest.mark.parametrize(("x", "expected"), [(-3.5, 0), (math.nan, 0), (-math.inf, 0), (math.inf, 2**53)])
def test_random_rounding_of_what_is_no_count(x, expected):
    assert chance.round_randomly(x, 1, 2, 3, 4, 0) == expected


def test_a_shuffle_has_no_preference():
    orders = [
        tuple(np.argsort([chance.shuffle_key(SEED, week, 1, entity, 0) for entity in range(4)])) for week in range(4800)
    ]
    counts = np.unique(orders, axis=0, return_counts=True)[1]
    assert len(counts) == 24
    assert stats.chisquare(counts).pvalue > ODD


WEIGHTS = np.array([0.0, 3.0, 1e-3, 0.0, 5.0, 0.5, -2.0, math.nan, 2.0, 0.0])


def test_pick_chooses_in_proportion():
    sample = [chance.pick(WEIGHTS, WEIGHTS.size, SEED, 0, 1, i, 0) for i in range(20000)]
    counts = np.bincount(sample, minlength=WEIGHTS.size)
    allowed = WEIGHTS > 0.0
    assert counts[~allowed].sum() == 0
    assert stats.chisquare(counts[allowed], 20000 * WEIGHTS[allowed] / WEIGHTS[allowed].sum()).pvalue > ODD


def test_pick_looks_only_at_the_first_weights():
    assert {chance.pick(WEIGHTS, 3, 1, 0, 1, i, 0) for i in range(200)} == {1}
    assert chance.pick(WEIGHTS, 0, 1, 2, 3, 4, 0) == -1
    assert chance.pick(WEIGHTS, 1, 1, 2, 3, 4, 0) == -1
    assert chance.pick(np.zeros(5), 5, 1, 2, 3, 4, 0) == -1


@given(st.lists(st.one_of(st.just(0.0), st.floats(0.0, 1e300)), max_size=12), words)
@example([5e-324] * 3 + [0.0], 7)
@example([0.0, 1e300, 5e-324], 7)
def test_pick_never_chooses_a_zero(weights, entity):
    index = chance.pick(np.array(weights, dtype=float), len(weights), 1, 2, 3, entity, 0)
    if any(weights):
        assert weights[index] > 0.0
    else:
        assert index == -1


# ----------------------------------------------------------- continuous variables


def test_uniform_exponential_and_normal_distributions():
    assert stats.kstest(draws(chance.uniform), "uniform").pvalue > ODD
    assert stats.kstest(draws(chance.exponential), "expon").pvalue > ODD
    assert stats.kstest(draws(chance.normal), "norm").pvalue > ODD


def test_normal_quantile_against_high_precision():
    ends = [0, 1, 2, 1000, 2**30, 2**52 - 1, 2**52, 2**53 - 2, 2**53 - 1]
    middle = np.random.default_rng(1).integers(0, 2**53, 300).tolist()
    tails = [int(2.0**power) for power in np.linspace(1.0, 51.0, 100)]
    with mpmath.workprec(200):
        for integer in ends + middle + tails:
            z = mpmath.mpf(continuous._normal_quantile(integer))
            probability = (mpmath.mpf(integer) + 0.5) / 2**53
            # One step of Newton's method from z: its length is the error of z.
            error = (mpmath.ncdf(z) - probability) / mpmath.npdf(z)
            assert abs(error) < 1e-15 * abs(z) + 1e-30


@given(st.integers(0, 2**53 - 1))
def test_normal_quantile_is_odd(integer):
    assert continuous._normal_quantile(integer) == -continuous._normal_quantile(2**53 - 1 - integer)


@pytest.mark.parametrize("shape", [0.03, 0.5, 0.999, 1.0, 1.5, 10.0, 1e4, 1e9])
def test_gamma_distribution(shape):
    sample = draws(chance.gamma, shape, n=10000)
    assert stats.kstest(sample, stats.gamma(shape).cdf).pvalue > ODD


@pytest.mark.parametrize(("shape", "expected"), [(0.0, 0.0), (-1.0, 0.0), (math.nan, 0.0), (math.inf, math.inf)])
def test_gamma_of_what_is_no_shape(shape, expected):
    assert chance.gamma(shape, 1, 2, 3, 4, 0) == expected


def test_gamma_of_a_tiny_shape_may_underflow():
    assert chance.gamma(1e-300, 1, 2, 3, 4, 0) == 0.0


# ------------------------------------------------------------------------- counts


@pytest.mark.parametrize("mean", [0.003, 0.2, 1.0, 4.0, 9.999999, 10.0, 10.5, 14.0, 60.0, 1000.0, 1e5])
def test_poisson_distribution(mean):
    assert_counts_follow(draws(chance.poisson, mean), stats.poisson(mean))


@pytest.mark.parametrize("mean", [1e8, 1e12, 2.0**52])
def test_poisson_of_a_huge_mean_is_normal(mean):
    z = (draws(chance.poisson, mean, n=10000) - mean) / math.sqrt(mean)
    assert stats.kstest(z, "norm").pvalue > ODD


BINOMIALS = [
    (1, 0.3),
    (2, 0.5),
    (10, 0.05),
    (10, 0.95),
    (19, 0.5),
    (20, 0.49999),
    (20, 0.5),
    (20, 0.50001),
    (1000, 0.009999),
    (1000, 0.01),
    (1000, 0.99),
    (1000, 0.990001),
    (100, 0.3),
    (100, 0.7),
    (10**6, 1e-6),
    (10**6, 0.4),
    (10**9, 2e-8),
]


@pytest.mark.parametrize(("n", "p"), BINOMIALS)
def test_binomial_distribution(n, p):
    assert_counts_follow(draws(chance.binomial, n, p), stats.binom(n, p))


@pytest.mark.parametrize("p", [1e-9, 0.3, 0.8])
def test_binomial_of_a_huge_number_is_normal(p):
    n = 2**53
    z = (draws(chance.binomial, n, p, n=10000) - n * p) / math.sqrt(n * p * (1.0 - p))
    assert stats.kstest(z, "norm").pvalue > ODD


@given(st.integers(-3, 200), st.floats(), words)
@example(0, 0.5, 0)
@example(2**53, 1.0 - 2.0**-53, 0)
@example(2**53, 0.5, 0)
@example(5, math.nan, 0)
@example(5, 5e-324, 0)
def test_binomial_stays_between_zero_and_n(n, p, entity):
    count = chance.binomial(n, p, 1, 2, 3, entity, 0)
    assert 0 <= count <= max(n, 0)
    if not p > 0.0:
        assert count == 0
    if p >= 1.0:
        assert count == max(n, 0)


@given(st.integers(1, 10**6), st.floats(0.0, 1.0), words)
def test_binomial_stays_in_range_at_every_size(n, p, entity):
    assert 0 <= chance.binomial(n, p, 1, 2, 3, entity, 0) <= n


@given(st.floats(), words)
@example(math.inf, 0)
@example(math.nan, 0)
@example(-0.0, 0)
@example(2.0**52, 0)
def test_poisson_is_a_count(mean, entity):
    count = chance.poisson(mean, 1, 2, 3, entity, 0)
    assert count == int(count) >= 0
    if not mean > 0.0:
        assert count == 0


@given(st.floats(0.0, 9.99), st.floats(0.0, 9.99), words)
def test_a_larger_mean_never_gives_fewer_events(one, other, entity):
    assume(one <= other)
    assert chance.poisson(one, 1, 2, 3, entity, 0) <= chance.poisson(other, 1, 2, 3, entity, 0)


@given(st.integers(1, 19), st.floats(0.0, 1.0), st.floats(0.0, 1.0), words)
def test_a_larger_probability_never_gives_fewer_events(n, one, other, entity):
    assume(one <= other)
    assert chance.binomial(n, one, 1, 2, 3, entity, 0) <= chance.binomial(n, other, 1, 2, 3, entity, 0)


def test_the_search_inverts_the_distribution_function():
    for u in np.linspace(0.0, 1.0, 400, endpoint=False):
        for mean in (1e-3, 0.7, 3.0, 9.99):
            below = stats.poisson.cdf(counts._search_poisson(mean, u) + np.array([-1, 0]), mean)
            assert below[0] <= u * (1 + 1e-12) + 1e-15
            assert u < below[1] + 1e-14
        for n, p in ((1, 0.5), (30, 0.2), (10**6, 9e-6)):
            below = stats.binom.cdf(counts._search_binomial(n, p, u) + np.array([-1, 0]), n, p)
            assert below[0] <= u * (1 + 1e-12) + 1e-15
            assert u < below[1] + 1e-13


def test_the_search_ends_at_the_largest_uniform():
    top = 1.0 - 2.0**-53
    # Nothing beyond the last count is as likely as 1e-20.
    for mean, last in ((1e-300, 0), (1e-17, 0), (1e-3, 6), (1.0, 22), (5.0, 40), (9.999, 56)):
        assert counts._search_poisson(mean, top) <= last
        assert counts._search_binomial(10**6, mean / 10**6, top) <= last
    assert counts._search_binomial(3, 0.5, top) == 3


def exact_stirling_error(k):
    k = mpmath.mpf(k)
    return mpmath.loggamma(k + 1) - ((k + 0.5) * mpmath.log(k) - k + mpmath.log(2 * mpmath.pi) / 2)


def test_log_probabilities_against_high_precision():
    with mpmath.workdps(50):
        for k in [*range(1, 40), 1000, 10**9]:
            assert abs(counts._stirling_error(k) - exact_stirling_error(k)) < 2e-16
        for mean in (10.0, 33.3, 1e4, 1e9):
            for z in (-3.0, -1.0, -0.1, 0.0, 0.5, 2.0, 6.0):
                k = max(0, round(mean + z * math.sqrt(mean)))
                m = mpmath.mpf(mean)
                exact = k * mpmath.log(m) - m - mpmath.loggamma(k + 1)
                assert abs(counts._log_poisson(k, mean) - exact) < 1e-13
        for n, p in ((20, 0.5), (1000, 0.01), (10**9, 0.3)):
            mode = math.floor((n + 1) * p)
            deviation = math.sqrt(n * p * (1 - p))
            odds = mpmath.log(mpmath.mpf(p) / (1 - mpmath.mpf(p)))
            chosen = [min(n, max(0, round(n * p + z * deviation))) for z in (-3.0, -1.0, 0.0, 0.7, 4.0)]
            for k in [*chosen, 0, n]:
                ways = mpmath.log(mpmath.binomial(n, k)) - mpmath.log(mpmath.binomial(n, mode))
                exact = ways + (k - mode) * odds
                ratio = counts._log_binomial_ratio(k, mode, n, p)
                assert abs(ratio - exact) < 1e-11 + 4e-16 * abs(exact)


def accepted_shares(a, b, scale, centre, log_ratio, largest):
    """Return, over the width of a hat, the distance from its rim and the share of candidates accepted."""
    pairs = []
    for u in np.concatenate([np.linspace(-0.4999, 0.4999, 1501), [-0.4999999, 0.4999999]]).tolist():
        rim = 0.5 - abs(u)
        candidate = math.floor((2.0 * a / rim + b) * u + centre)
        inside = 0 <= candidate <= largest
        share = math.exp(log_ratio(candidate)) * (a / (rim * rim) + b) / scale if inside else 0.0
        pairs.append((rim, share))
    return pairs


@pytest.mark.parametrize("mean", [10.0, 10.3, 12.7, 25.0, 100.0, 1234.5, 1e6])
def test_the_poisson_hat_covers_the_distribution(mean):
    a, b, inverse_alpha, squeeze = counts._poisson_hat(mean)

    def log_ratio(k):
        return counts._log_poisson(k, mean)

    shares = accepted_shares(a, b, inverse_alpha, mean + 0.43, log_ratio, 2**53)
    assert all(share <= 1.0 for _, share in shares)
    # The two shortcuts: candidates accepted, and rejected, without computing their probability.
    assert all(share >= squeeze for rim, share in shares if rim >= 0.07)
    assert all(share <= rim for rim, share in shares if rim < 0.013)


@pytest.mark.parametrize(("n", "p"), [(20, 0.5), (21, 0.4762), (100, 0.1), (1000, 0.01), (1000, 0.5), (10**6, 0.3)])
def test_the_binomial_hat_covers_the_distribution(n, p):
    a, b, alpha, squeeze = counts._binomial_hat(n, p)
    mode = math.floor((n + 1) * p)

    def log_ratio(k):
        return counts._log_binomial_ratio(k, mode, n, p)

    shares = accepted_shares(a, b, alpha, n * p + 0.5, log_ratio, n)
    assert all(share <= 1.0 for _, share in shares)
    assert all(share >= squeeze for rim, share in shares if rim >= 0.07)


# ------------------------------------------------------------------ the same bits

PARAMETERS = {
    "uniform": [()],
    "shuffle_key": [()],
    "exponential": [()],
    "normal": [()],
    "bernoulli": [(0.4,)],
    "round_randomly": [(7.3,)],
    "poisson": [(0.01,), (3.0,), (9.99,), (10.0,), (77.7,), (1e9,), (2.0**52,)],
    "gamma": [(0.2,), (1.0,), (8.5,), (1e7,)],
    "binomial": [(7, 0.3), (7, 0.8), (300, 0.02), (300, 0.4), (300, 0.9), (2**53, 0.6)],
    "pick": [(WEIGHTS, WEIGHTS.size)],
}
KEYS = [(SEED + i, i % 53, i % 11, i, i % 3) for i in range(120)]
KEYS += [(2**63 - 1, chance.MAX_WEEK, WORD, WORD, WORD), (0, 0, 0, 0, 0)]
# On every platform and for every version: a change here is a change of every result of the model.
DIGEST = "bc395744a9a131033e3fb18472d46717e78593ca918ecc1a412e7055c69d29e0"


def digest():
    """Return a hash of the bits of draws of every kind."""
    bits = hashlib.sha256()
    for name, choices in PARAMETERS.items():
        for parameters in choices:
            for key in KEYS:
                bits.update(struct.pack("<d", float(getattr(chance, name)(*parameters, *key))))
    return bits.hexdigest()


def digest_in_another_process(interpreted):
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PEACESIM_INTERPRETED": interpreted, "PYTHONPATH": path}
    command = [sys.executable, "-W", "error", __file__]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_the_bits_are_those_of_every_platform():
    assert digest() == DIGEST


def test_compiled_and_interpreted_agree_to_the_last_bit():
    assert digest_in_another_process("1") == DIGEST


@pytest.mark.parametrize("integer", [np.int64, np.uint64, np.uint32, np.int32])
def test_numpy_integers_are_the_same_key(integer):
    key = (2**31 - 1, 2**20 - 1, 2**31 - 2, 2**31 - 1, 2**31 - 3)
    with np.errstate(all="raise"):
        assert chance.uniform(*map(integer, key)) == chance.uniform(*key)
        assert plain(chance.uniform)(*map(integer, key)) == chance.uniform(*key)


def test_numpy_floats_are_the_same_parameters():
    with np.errstate(all="raise"):
        for mean in (0.3, 12.0, 1e15):
            assert chance.poisson(np.float64(mean), *KEYS[5]) == chance.poisson(mean, *KEYS[5])
            assert chance.gamma(np.float64(mean), *KEYS[5]) == chance.gamma(mean, *KEYS[5])
        assert chance.binomial(np.int64(300), np.float64(0.7), *KEYS[5]) == chance.binomial(300, 0.7, *KEYS[5])


if __name__ == "__main__":
    print(digest())
