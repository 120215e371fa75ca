"""What a comparison finds in one outcome: difference, ratio, and what pairing was worth."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.intervals import UNKNOWN, Interval, interval, mean, ratio, ratio_of
from sim.results.outcomes import OUTCOMES


class Effect(NamedTuple):
    """One outcome on both sides, over the pairs in which both can tell.

    Parameters
    ----------
    name
        Of the outcome.
    n
        Pairs in which both sides have a value.
    first, second
        Means over these pairs.
    difference
        Mean of first less second, with its 95 % interval.
    ratio
        Mean of the first over mean of the second, with its 95 % interval; not a number where an outcome goes below
        zero or the second is never above it.
    saved
        Share of the variance of the mean difference that common random numbers took away, against as many unpaired
        runs: 1 - Var(first - second) / (Var(first) + Var(second)), measured on the pairs. Below zero it was lost.
    """

    name: str
    n: int
    first: float
    second: float
    difference: Interval
    ratio: Interval
    saved: float

    @property
    def better(self) -> str:
        """Which side has more of what is wanted: ``first``, ``second``, or nothing where that cannot be told."""
        wanted = OUTCOMES[self.name].better
        if wanted == "neutral" or not self.difference.clear:
            return ""
        return "first" if (self.difference.value > 0.0) == (wanted == "higher") else "second"

    @property
    def row(self) -> dict[str, str | int | float]:
        """It as a row of the table of differences."""
        return {
            "outcome": self.name,
            "unit": OUTCOMES[self.name].unit,
            "n": self.n,
            "first": self.first,
            "second": self.second,
            "difference": self.difference.value,
            "low": self.difference.low,
            "high": self.difference.high,
            "ratio": self.ratio.value,
            "ratio_low": self.ratio.low,
            "ratio_high": self.ratio.high,
            "variance_saved": self.saved,
            "better": self.better,
        }


def effect_of(name: str, first: np.ndarray, second: np.ndarray) -> Effect:
    """Compare one outcome.

    Parameters
    ----------
    name : str
    first, second : array (pairs,)
        Its value on both sides, not a number where a run cannot tell.
    """
    known = ~(np.isnan(first) | np.isnan(second))
    one, other = first[known], second[known]
    if len(one) == 0:
        return Effect(name, 0, np.nan, np.nan, UNKNOWN, UNKNOWN, np.nan)
    levels = float(one.mean()), float(other.mean())
    return Effect(name, len(one), *levels, mean(one - other), ratio(one, other), saved_by_pairs(one, other))


def saved_by_pairs(first: np.ndarray, second: np.ndarray) -> float:
    """Return the share of variance that pairing took away; not a number where nothing varies."""
    if len(first) < 2:
        return np.nan
    apart = first.var(ddof=1) + second.var(ddof=1)
    return float(1.0 - (first - second).var(ddof=1) / apart) if apart > 0.0 else np.nan


def effects_of(
    first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]], names: Sequence[str]
) -> dict[str, Effect]:
    """Compare many outcomes of paired runs."""
    return {
        name: effect_of(name, np.array([run[name] for run in first]), np.array([run[name] for run in second]))
        for name in names
    }


class Price(NamedTuple):
    """What a death averted costs."""

    averted: Interval  # deaths, second less first
    extra_usd: Interval  # cost, first less second
    usd_per_death: Interval  # a value only where deaths are averted beyond chance


def price_of(deaths: Effect, first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]]) -> Price:
    """Return deaths averted by the first side, its extra cost, and one by the other.

    Parameters
    ----------
    deaths : Effect
        The outcome that counts the dead.
    first, second : sequence of mapping
        Outcomes of the paired runs.

    Notes
    -----
    A ratio has no finite interval while its lower part may be zero, so the cost per death averted is given only where
    the interval of deaths averted lies above zero. Money is not discounted.
    """
    lost = deaths.difference
    averted = Interval(-lost.value, -lost.high, -lost.low)
    dead = np.array([two[deaths.name] - one[deaths.name] for one, two in zip(first, second, strict=True)])
    paid = np.array([one["cost_usd"] - two["cost_usd"] for one, two in zip(first, second, strict=True)])
    extra = mean(paid)
    told = averted.low > 0.0
    return Price(averted, extra, interval(ratio_of, paid, dead) if told else UNKNOWN)
