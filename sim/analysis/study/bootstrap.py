"""Intervals by resampling, with a stated seed: the same data give the same interval."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator, default_rng
from scipy import stats

LEVEL = 0.95
RESAMPLES = 2000
SEED = 20_240_101
MANY = 20_000  # values from which the bootstrap of a mean is its normal limit, and a waste of time
MOST_AT_ONCE = 2_000_000  # numbers held while resampling


class Interval(NamedTuple):
    """An estimate with its interval; the ends are not numbers where there is too little to resample."""

    estimate: float
    low: float
    high: float

    def __str__(self) -> str:
        """Write it in brackets."""
        return f"{self.estimate:.4g} ({self.low:.4g} to {self.high:.4g})"


def generator(seed: int = SEED) -> Generator:
    """Return a generator for designs, permutations and resampling of finished runs; never for the model itself."""
    return default_rng(seed)


def resampled(
    samples: Sequence[np.ndarray],
    statistic: Callable[..., Any],
    *,
    paired: bool = False,
    level: float = LEVEL,
    seed: int = SEED,
) -> Interval:
    """Bootstrap a statistic of one or more samples by percentiles.

    Parameters
    ----------
    samples : sequence of array (n,)
        Independent samples, or matched ones with ``paired``.
    statistic : callable
        Takes the samples and ``axis``.
    paired : bool
        Resample matched values together.
    level : float
        Share of the interval.
    seed : int

    Returns
    -------
    Interval
        Without ends for samples of fewer than two.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1).
    """
    samples = tuple(np.asarray(sample, dtype=np.float64) for sample in samples)
    if any(len(sample) == 0 for sample in samples):
        return Interval(np.nan, np.nan, np.nan)
    estimate = float(statistic(*samples, axis=-1))
    if any(len(sample) < 2 for sample in samples) or np.isnan(estimate):
        return Interval(estimate, np.nan, np.nan)
    if all(np.ptp(sample) == 0.0 for sample in samples):
        return Interval(estimate, estimate, estimate)
    if max(len(sample) for sample in samples) > MANY and statistic in (np.mean, _apart):
        error = np.sqrt(sum(sample.var(ddof=1) / len(sample) for sample in samples))
        reach = stats.norm.ppf(0.5 + 0.5 * level) * error
        return Interval(estimate, float(estimate - reach), float(estimate + reach))
    found = stats.bootstrap(
        samples,
        statistic,
        paired=paired,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=max(1, MOST_AT_ONCE // sum(len(sample) for sample in samples)),
        confidence_level=level,
        method="percentile",
        random_state=generator(seed),
    ).confidence_interval
    return Interval(estimate, float(found.low), float(found.high))


def mean(values: np.ndarray, level: float = LEVEL) -> Interval:
    """Bootstrap a mean."""
    return resampled([values], np.mean, level=level)


def difference(values: np.ndarray, others: np.ndarray, level: float = LEVEL) -> Interval:
    """Bootstrap the difference of two independent means."""
    return resampled([values, others], _apart, level=level)


def ratio(values: np.ndarray, others: np.ndarray, level: float = LEVEL) -> Interval:
    """Bootstrap the ratio of two means of matched values; not numbers where the second mean is not above 0."""
    if len(others) == 0 or not np.mean(others) > 0.0 or not (np.asarray(others) >= 0.0).all():
        return Interval(np.nan, np.nan, np.nan)
    return resampled([values, others], _share, paired=True, level=level)


def _share(values: np.ndarray, others: np.ndarray, axis: int) -> Any:
    below = np.mean(others, axis=axis)
    # A resample of nothing but zeros has no ratio; it counts as a very large one.
    return np.mean(values, axis=axis) / np.where(below > 0.0, below, 1e-9)


def _apart(values: np.ndarray, others: np.ndarray, axis: int) -> Any:
    return np.mean(values, axis=axis) - np.mean(others, axis=axis)
