"""Differences between two sides that share their luck: with intervals, and with many looks taken into account."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

LEVEL = 0.05
FEWEST = 4  # pairs below which spreads are not compared


class Effect(NamedTuple):
    """The difference of one outcome between two sides, high (or on) less low (or off).

    ``ratio`` is the difference over the spread between futures of one side, infinite where chance plays no part.
    """

    low: float
    high: float
    difference: float
    lower: float
    upper: float
    p: float
    ratio: float
    pairs: int


NOTHING = Effect(*[math.nan] * 7, 0)


def effect(low: np.ndarray, high: np.ndarray) -> Effect:
    """Compare the means of two sides by the paired t-interval.

    Parameters
    ----------
    low, high : array (pairs,)
        Runs with the same seeds, in the same order; pairs of which one is not a number are left out.
    """
    low, high = whole_pairs(low, high)
    n = len(low)
    if n < 2:
        return NOTHING
    gap = high - low
    mean, error = float(gap.mean()), float(gap.std(ddof=1)) / math.sqrt(n)
    spread = math.sqrt((low.var(ddof=1) + high.var(ddof=1)) / 2.0)
    # Rounding leaves specks in sums of equal numbers.
    if error <= 1e-12 * abs(mean):
        p = 0.0 if mean else 1.0
    else:
        p = float(2.0 * stats.t.sf(abs(mean) / error, n - 1))
    margin = float(stats.t.ppf(1.0 - LEVEL / 2.0, n - 1)) * error
    ratio = mean / spread if spread > 1e-12 * abs(mean) else (math.copysign(math.inf, mean) if mean else 0.0)
    return Effect(float(low.mean()), float(high.mean()), mean, mean - margin, mean + margin, p, ratio, n)


def effect_on_spread(low: np.ndarray, high: np.ndarray) -> Effect:
    """Compare the spreads of two sides (Pitman 1939, doi:10.1093/biomet/31.1-2.9): as ``effect``, of log deviations.

    Sum and difference of pairs with equal variances do not correlate; the interval is that of the ratio of
    deviations, in logarithms.
    """
    low, high = whole_pairs(low, high)
    n = len(low)
    if n < FEWEST:
        return NOTHING
    a, b = float(low.std(ddof=1)), float(high.std(ddof=1))
    if a == 0.0 and b == 0.0:
        return Effect(0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, n)
    if a == 0.0 or b == 0.0:
        sign = math.inf if a == 0.0 else -math.inf
        return Effect(a, b, sign, sign, sign, 0.0, sign, n)
    r = float(np.corrcoef(low, high)[0, 1])
    gap = math.log(b / a)
    c = float(stats.t.ppf(1.0 - LEVEL / 2.0, n - 2)) ** 2 * 2.0 * (1.0 - r * r) / (n - 2)
    k = 1.0 + c
    margin = 0.5 * math.log(k + math.sqrt(k * k - 1.0))
    s = (math.exp(2.0 * gap) - 1.0) / math.sqrt((math.exp(2.0 * gap) + 1.0) ** 2 - 4.0 * r * r * math.exp(2.0 * gap))
    t = s * math.sqrt((n - 2) / (1.0 - s * s)) if abs(s) < 1.0 else math.inf
    p = float(2.0 * stats.t.sf(abs(t), n - 2))
    return Effect(a, b, gap, gap - margin, gap + margin, p, gap, n)


def whole_pairs(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep the pairs in which both are numbers."""
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    known = np.isfinite(low) & np.isfinite(high)
    return low[known], high[known]


def all_effects(low: pd.DataFrame, high: pd.DataFrame, outcomes: list[str]) -> pd.DataFrame:
    """Compare every outcome of two sides; ``sure`` is p times the number of outcomes looked at (Bonferroni), at most 1.

    Outcomes of which fewer than half of the pairs are numbers are left out.
    """
    low, high = low.set_index("seed"), high.set_index("seed")
    shared = low.index.intersection(high.index)
    rows = []
    for outcome in outcomes:
        found = effect(low.loc[shared, outcome].to_numpy(), high.loc[shared, outcome].to_numpy())
        if found.pairs >= max(2, len(shared) / 2):
            rows.append((outcome, *found))
    table = pd.DataFrame(rows, columns=["outcome", *Effect._fields])
    table["sure"] = np.minimum(1.0, table.p * len(table))
    return table


def moved(low: pd.DataFrame, high: pd.DataFrame) -> float:
    """Return the share of seeds whose two runs differ in any bit."""
    pairs = low.set_index("seed").checksum.to_frame("low").join(high.set_index("seed").checksum.rename("high"))
    return float((pairs.low != pairs.high).mean())


def adjusted(p: list[float]) -> np.ndarray:
    """Adjust for the number of rows (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x)."""
    values = np.array(p, dtype=float)
    known = np.isfinite(values)
    out = np.full(len(values), np.nan)
    if known.any():
        out[known] = stats.false_discovery_control(values[known])
    return out
