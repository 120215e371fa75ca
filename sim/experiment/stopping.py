"""How many replicates are enough: intervals of means, and the replicates that a wanted interval needs."""

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.plan import Plan


def half_width(values: np.ndarray, confidence: float = 0.95) -> float:
    """Give half the width of Student's interval of a mean.

    Parameters
    ----------
    values : (n,) float
        One a replicate; those that are not numbers are left out.
    confidence : float
        Share of such intervals that hold the true mean.

    Returns
    -------
    float
        Infinite for fewer than two values.
    """
    from scipy.special import stdtrit

    values = np.asarray(values, dtype=np.float64)
    values = values[np.isfinite(values)]
    if len(values) < 2:
        return math.inf
    t = stdtrit(len(values) - 1, 0.5 + confidence / 2)
    return float(t * values.std(ddof=1) / math.sqrt(len(values)))


def replicates_needed(values: np.ndarray, wanted: float, confidence: float = 0.95) -> int:
    """Estimate how many replicates give an interval of a wanted half width.

    By Stein's two-stage rule (1945), doi:10.1214/aoms/1177731088: Student's t of the pilot stands for the normal
    quantile, so that a small pilot is not too hopeful.
    """
    from scipy.special import stdtrit

    values = np.asarray(values, dtype=np.float64)
    values = values[np.isfinite(values)]
    if len(values) < 2 or wanted <= 0.0:
        return 0
    t = stdtrit(len(values) - 1, 0.5 + confidence / 2)
    return max(2, math.ceil((t * values.std(ddof=1) / wanted) ** 2))


class Width(NamedTuple):
    """How well a row is known so far."""

    row: int
    replicates: int
    half_width: float


def widths(runs: "pd.DataFrame", outcome: str, confidence: float) -> Iterator[Width]:
    """Give the interval of each row: of the paired difference where there is a contrast, else of the mean."""
    good = runs[runs["status"] == "ok"]
    for row, group in good.groupby("row"):
        arms = group.pivot(index="replicate", columns="arm", values=outcome)
        values = (
            arms["policy"] - arms["contrast"] if {"policy", "contrast"} <= set(arms) else arms.iloc[:, 0]
        ).dropna()
        yield Width(int(str(row)), len(values), half_width(values.to_numpy(), confidence))


def rounds(plan: "Plan") -> Iterable[tuple[int, int]]:
    """Give the replicates of each round: all at once, or some at a time where the design says when to stop."""
    stop, total = plan.experiment.design.stop, plan.recipe.replicates
    first, end = 0, total if stop is None else min(stop.at_least, total)
    while first < end:
        yield first, end
        first, end = end, min(total, end + (stop.step if stop else 0))
