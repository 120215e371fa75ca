"""Effect tables: an outcome at every level of a factor, and how far it lies from the reference level."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.intervals import UNKNOWN, Interval, difference, mean
from sim.analysis.study.study import Arm, Study

MOST_LEVELS = 8  # a number with more values is grouped
GROUPS = 4
ENOUGH_SEEDS = 5  # from which differences are resampled by seed, since runs of a seed share their luck
QUANTILES = (0.1, 0.5, 0.9)


def levels(study: Study, name: str, column: pd.Series) -> pd.Series:
    """Return the level of each run as an ordered category; a number with many values falls into quarters.

    Parameters
    ----------
    study : Study
    name : str
        The factor.
    column : Series
        Its values.
    """
    factor = study.factor(name)
    known = pd.unique(column.dropna())
    if study.numeric(name) and len(known) > MOST_LEVELS:
        # Edges from the range that was sampled, so that all outcomes share them.
        low = factor.low if np.isfinite(factor.low) else float(column.min())
        high = factor.high if np.isfinite(factor.high) else float(column.max())
        low, high = min(low, float(column.min())), max(high, float(column.max()))
        log = factor.scale == "log" and low > 0.0
        edges = np.geomspace(low, high, GROUPS + 1) if log else np.linspace(low, high, GROUPS + 1)
        edges[0], edges[-1] = low, high
        words = [f"{a:.3g} to {b:.3g}" for a, b in pairwise(edges)]
        number = np.clip(np.searchsorted(edges, column, side="right") - 1, 0, GROUPS - 1)
        return pd.Series(pd.Categorical.from_codes(number, words, ordered=True), index=column.index)
    listed = [value for value in factor.values if value in set(known)]
    order = listed if len(listed) == len(known) else sorted(known, key=lambda value: (isinstance(value, str), value))
    return pd.Series(pd.Categorical(column, categories=order, ordered=True), index=column.index)


def reference(study: Study, name: str) -> Any:
    """Return the level that others are compared with: the one that changes nothing, else the most frequent."""
    group = levels(study, name, study.design[name])
    for level in (study.factor(name).base, "none"):
        if level in group.cat.categories:
            return level
    counts = group.value_counts().reindex(group.cat.categories)
    return counts.index[int(np.argmax(counts.to_numpy()))]


def effect_table(study: Study, outcome: str, arm: Arm = "policy") -> pd.DataFrame:
    """Tell an outcome by the levels of each factor.

    Parameters
    ----------
    study : Study
    outcome : str
    arm : str
        Runs of the policy, or their difference to the contrast.

    Returns
    -------
    DataFrame
        One row a factor and level: runs, mean with its interval, quantiles, and the difference to the reference
        level with its interval. A difference is between runs that agree in seed and all other factors where there are
        such pairs (``matched`` says how many), and between the two groups where there are none. Intervals are 95 %,
        resampled over seeds where there are five or more, because runs of one seed share their luck.
    """
    table = study.values(outcome, arm)
    rows = []
    for name in study.names:
        group = levels(study, name, table[name])
        base = reference(study, name)
        for level in group.cat.categories:
            chosen = table[group == level]
            middle = mean(by_seed(chosen))
            low, median, high = chosen["value"].quantile(list(QUANTILES))
            effect, matched = (UNKNOWN, 0)
            if level != base:
                effect, matched = contrast(study, (name,), chosen, table[group == base])
            rows.append(
                {
                    "factor": name,
                    "level": level,
                    "runs": len(chosen),
                    "mean": chosen["value"].mean(),
                    "mean_low": middle.low,
                    "mean_high": middle.high,
                    "q10": low,
                    "median": median,
                    "q90": high,
                    "reference": level == base,
                    "difference": effect.value,
                    "low": effect.low,
                    "high": effect.high,
                    "matched": matched,
                }
            )
    return pd.DataFrame(rows)


def farthest_first(table: pd.DataFrame) -> list[str]:
    """Name the factors of an effect table, the one that moves the outcome farthest first."""
    far = table["difference"].abs().groupby(table["factor"], sort=False).max().fillna(0.0)
    return list(far.sort_values(ascending=False).index)


def contrast(study: Study, names: tuple[str, ...], chosen: pd.DataFrame, base: pd.DataFrame) -> tuple[Interval, int]:
    """Return the mean difference between two sets of runs that differ in some factors, and how many pairs it rests on.

    Pairs agree in seed and in all other factors.
    """
    keys = [other for other in study.names if other not in names]
    keys += ["replicate", "seed"]
    pairs = chosen.merge(base, on=keys, suffixes=("", "_base"))
    # A level that stands for many values has several runs for one of the other, and no pairs.
    if len(pairs) == 0 or chosen.duplicated(keys).any() or base.duplicated(keys).any():
        return difference(by_seed(chosen), by_seed(base)), 0
    pairs["value"] -= pairs["value_base"]
    found = mean(by_seed(pairs))
    return found._replace(value=float(pairs["value"].mean())), len(pairs)


def interaction_table(study: Study, outcome: str, first: str, second: str, arm: Arm = "policy") -> pd.DataFrame:
    """Tell an outcome at every combination of the levels of two factors, and how far it lies from the reference levels.

    Returns
    -------
    DataFrame
        Columns ``first``, ``second``, runs, mean, low, high, and ``change``, ``change_low``, ``change_high`` against
        the combination of both reference levels, from ``matched`` pairs of runs that agree in seed and all other
        factors. Combinations without runs are left out.
    """
    table = study.values(outcome, arm)
    a, b = (levels(study, name, table[name]) for name in (first, second))
    base = table[(a == reference(study, first)) & (b == reference(study, second))]
    rows = []
    for one in a.cat.categories:
        for two in b.cat.categories:
            chosen = table[(a == one) & (b == two)]
            if len(chosen) == 0:
                continue
            found, (change, matched) = mean(by_seed(chosen)), contrast(study, (first, second), chosen, base)
            words = {"first": one, "second": two, "runs": len(chosen), "mean": chosen["value"].mean()}
            words |= {"low": found.low, "high": found.high, "change": change.value}
            rows.append({**words, "change_low": change.low, "change_high": change.high, "matched": matched})
    names = ["first", "second", "runs", "mean", "low", "high", "change", "change_low", "change_high", "matched"]
    return pd.DataFrame(rows, columns=names)


def by_seed(table: pd.DataFrame) -> np.ndarray:
    """Return what is resampled: means by seed where there are enough seeds, values otherwise."""
    if table["seed"].nunique() >= ENOUGH_SEEDS:
        return table.groupby("seed")["value"].mean().to_numpy()
    return table["value"].to_numpy()
