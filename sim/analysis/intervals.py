"""Intervals by resampling, with a stated seed: the same data give the same interval.

They are bias-corrected and accelerated (BCa), which suits means of skewed counts such as deaths, and percentile
intervals where too few values differ for that. Both runs of a pair are drawn together, so that what the shared luck
does to both stays in.

References
----------
Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association 82(397),
doi:10.1080/01621459.1987.10478410.
"""

import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator, default_rng
from scipy import stats

LEVEL = 0.95
RESAMPLES = 1999
SEED = 20_250_101
MANY = 5_000  # values from which the interval of a mean is its normal limit, and resampling a waste of time
MOST_AT_ONCE = 4_000_000  # numbers held while resampling, so that memory stays flat

Statistic = Callable[..., np.ndarray]


class Interval(NamedTuple):
    """An estimate with its interval; bounds are not a number where they cannot be told."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero, no change in a difference."""
        return self.excludes(0.0)

    def excludes(self, value: float) -> bool:
        """Whether the interval leaves out a value."""
        return bool(self.low > value or self.high < value)


UNKNOWN = Interval(np.nan, np.nan, np.nan)


def generator(seed: int = SEED) -> Generator:
    """Return a generator for permutations and resampling of finished runs; never for the model itself."""
    return default_rng(seed)


def mean(values: np.ndarray) -> Interval:
    """Estimate a mean, or a mean paired difference where the values are differences of pairs."""
    return interval(mean_of, values)


def difference(values: np.ndarray, others: np.ndarray) -> Interval:
    """Estimate the difference of the means of two independent samples."""
    return interval(difference_of, values, others, paired=False)


def ratio(above: np.ndarray, below: np.ndarray) -> Interval:
    """Estimate the ratio of two means of matched amounts; unknown where one is negative or all below are zero."""
    amounts = len(below) > 0 and min(np.min(above), np.min(below)) >= 0.0 and np.max(below) > 0.0
    return interval(ratio_of, above, below) if amounts else UNKNOWN


def mean_of(values: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the mean."""
    return values.mean(axis=axis)


def difference_of(values: np.ndarray, others: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the difference of two means."""
    return values.mean(axis=axis) - others.mean(axis=axis)


def ratio_of(above: np.ndarray, below: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the ratio of two means; not a number where the lower one is zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.asarray(above.mean(axis=axis) / below.mean(axis=axis), dtype=float)
    return np.where(np.isfinite(found), found, np.nan)


def interval(statistic: Statistic, *samples: np.ndarray, paired: bool = True) -> Interval:
    """Estimate a number from samples, with its bootstrap interval.

    Parameters
    ----------
    statistic : callable
        Takes the samples and ``axis``.
    *samples : array (n,)
        None of them unknown; of the same length and order where they are paired.
    paired : bool
        Whether to draw the same places from all samples.

    Returns
    -------
    Interval
        By ``scipy.stats.bootstrap``; the normal limit for means of more than 5,000 values. A point where all
        values of each sample are alike. Without bounds for one value or none, or where some bootstrap samples have
        no value: a ratio to a mean that may be zero.
    """
    samples = tuple(np.asarray(sample, dtype=np.float64) for sample in samples)
    fewest = min(map(len, samples))
    value = float(statistic(*samples)) if fewest else np.nan
    if fewest < 2 or np.isnan(value):
        return Interval(value, np.nan, np.nan)
    if all(np.ptp(sample) == 0.0 for sample in samples):
        return Interval(value, value, value)
    if statistic in (mean_of, difference_of) and max(map(len, samples)) > MANY:
        error = np.sqrt(sum(sample.var(ddof=1) / len(sample) for sample in samples))
        reach = float(stats.norm.ppf(0.5 + 0.5 * LEVEL) * error)
        return Interval(value, value - reach, value + reach)
    bounds = _bounds(statistic, samples, "BCa", paired)
    if not np.isfinite(bounds).all():
        bounds = _bounds(statistic, samples, "percentile", paired)
    return Interval(value, *bounds)


def _bounds(statistic: Statistic, samples: tuple[np.ndarray, ...], method: str, paired: bool) -> tuple[float, float]:
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # Degenerate samples are told by their bounds.
        warnings.simplefilter("ignore", RuntimeWarning)
        found = stats.bootstrap(
            samples,
            statistic,
            n_resamples=RESAMPLES,
            batch=max(1, MOST_AT_ONCE // sum(map(len, samples))),
            vectorized=True,
            paired=paired and len(samples) > 1,
            confidence_level=LEVEL,
            method=method,
            rng=SEED,
        )
    if np.isnan(found.bootstrap_distribution).any():
        return np.nan, np.nan
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
