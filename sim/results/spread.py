"""One outcome over several runs: its middle, and the range that holds most of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


class Spread(NamedTuple):
    """Quantiles and mean of the runs that could tell; not a number where none could."""

    n: int
    mean: float
    low: float
    middle: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """Sum up the values of an outcome, leaving out those that are not a number."""
    array = np.asarray(values, dtype=np.float64)
    known = array[~np.isnan(array)]
    if len(known) == 0:
        return Spread(0, np.nan, np.nan, np.nan, np.nan)
    low, middle, high = np.quantile(known, (LOW, MIDDLE, HIGH)).tolist()
    return Spread(len(known), float(known.mean()), low, middle, high)


def spreads(runs: Sequence[Mapping[str, float]]) -> dict[str, Spread]:
    """Sum up every outcome over several runs."""
    return {name: spread([run[name] for run in runs]) for name in (runs[0] if runs else ())}
