"""Bootstrap intervals of paired runs.

Pairs are drawn again with replacement, both runs of a pair together, so that what the shared luck does to both stays
in. Intervals are bias-corrected and accelerated (BCa; Efron 1987, 10.1080/01621459.1987.10478410), which suits means
of skewed counts such as deaths; where too few pairs differ for that, they are percentile intervals.
"""

import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

LEVEL = 0.95
RESAMPLES = 1999
SEED = 20_250_101  # of the bootstrap: the same pairs give the same interval
BATCH_NUMBERS = 4_000_000  # numbers drawn at once, so that memory stays flat

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


def mean_of(values: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the mean."""
    return values.mean(axis=axis)


def ratio_of(above: np.ndarray, below: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the ratio of two means; not a number where the lower one is zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.asarray(above.mean(axis=axis) / below.mean(axis=axis), dtype=float)
    return np.where(np.isfinite(ratio), ratio, np.nan)


def interval(statistic: Statistic, *samples: np.ndarray, resamples: int = RESAMPLES, level: float = LEVEL) -> Interval:
    """Estimate a number from paired samples, with its bootstrap interval.

    Parameters
    ----------
    statistic : callable
        Takes the samples and ``axis``: ``mean_of`` or ``ratio_of``.
    *samples : array (n,)
        One number a pair each, in the same order, none of them unknown.
    resamples : int
        Bootstrap samples.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        BCa by ``scipy.stats.bootstrap`` with a set seed; percentile where BCa is degenerate. A point where all pairs
        are alike. Without bounds for one pair or none, or where some bootstrap samples have no value: a
        ratio to a mean that may be zero.
    """
    n = len(samples[0])
    value = float(statistic(*samples)) if n else np.nan
    if n < 2 or np.isnan(value):
        return Interval(value, np.nan, np.nan)
    if all(np.ptp(sample) == 0.0 for sample in samples):
        return Interval(value, value, value)
    found = _bounds(statistic, samples, "BCa", resamples, level)
    if not np.isfinite(found).all():
        found = _bounds(statistic, samples, "percentile", resamples, level)
    return Interval(value, *found)


def _bounds(
    statistic: Statistic, samples: tuple[np.ndarray, ...], method: str, resamples: int, level: float
) -> tuple[float, float]:
    from scipy.stats import bootstrap

    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # Degenerate samples are told by their bounds.
        warnings.simplefilter("ignore", RuntimeWarning)
        found = bootstrap(
            samples,
            statistic,
            n_resamples=resamples,
            batch=max(1, BATCH_NUMBERS // len(samples[0])),
            vectorized=True,
            paired=len(samples) > 1,
            confidence_level=level,
            method=method,
            rng=SEED,
        )
    if np.isnan(found.bootstrap_distribution).any():
        return np.nan, np.nan
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
