"""How the variance of an outcome splits between the model's structure, the policy, both together and chance."""

import numpy as np
import pandas as pd

from sim.analysis.intervals import LEVEL, generator
from sim.analysis.study.sensitivity import sobol
from sim.analysis.study.study import Arm, Study
from sim.core.errors import InputError

SOURCES = ("structure", "policy", "together", "chance")
RESAMPLES = 500


def variance_split(study: Study, outcome: str, arm: Arm = "policy") -> pd.DataFrame:
    """Split the variance of an outcome between structure (rival rules, ablations) and policy (all other factors).

    A full grid is split by a two-way analysis of variance of structure against policy, with the noise that seeds put
    into cell means taken out; a Sobol design by its indices of first and, where it has them, second order.

    Parameters
    ----------
    study : Study
        A grid with replicates, or a ``sobol`` design.
    outcome : str
    arm : str

    Returns
    -------
    DataFrame
        ``source`` (structure, policy, together, chance), ``share``, ``low``, ``high``: 95 %, resampled over seeds for
        a grid and without interval for a Sobol design. Shares sum to one.

    Raises
    ------
    InputError
        If there is no structural factor or no other, or the design is neither of the two.
    """
    structure = tuple(item.name for item in study.factors if item.structural)
    policy = tuple(name for name in study.names if name not in structure)
    if not structure or not policy:
        raise InputError("the split needs a structural factor (an ablation or a rule) and one that is not")
    if study.kind == "sobol":
        return _of_indices(study, outcome, structure, arm)
    table = study.values(outcome, arm)
    if table["value"].nunique() < 2:
        raise InputError("the outcome is the same in every run")
    one, two = (pd.factorize(pd.MultiIndex.from_frame(table[list(names)]))[0] for names in (structure, policy))
    cells = pd.crosstab(one, two)
    if (cells.to_numpy() == 0).any():
        raise InputError("the split needs every structure with every policy (a grid) or a sobol design")
    y, seeds = table["value"].to_numpy(), pd.factorize(table["seed"])[0]
    found = shares(y, one, two, seeds)
    ends = np.full((len(SOURCES), 2), np.nan)
    if seeds.max() >= 2:
        # Whole seeds are drawn, so that cells keep what they share.
        rows_of = [np.flatnonzero(seeds == seed) for seed in range(seeds.max() + 1)]
        draws = generator().integers(0, len(rows_of), size=(RESAMPLES, len(rows_of)))
        again = []
        for draw in draws:
            rows = np.concatenate([rows_of[seed] for seed in draw])
            place = np.repeat(np.arange(len(draw)), [len(rows_of[seed]) for seed in draw])
            again.append(shares(y[rows], one[rows], two[rows], place))
        tail = 0.5 * (1.0 - LEVEL)
        ends = np.nanquantile(np.array(again), (tail, 1.0 - tail), axis=0).T
    return pd.DataFrame({"source": SOURCES, "share": found, "low": ends[:, 0], "high": ends[:, 1]})


def shares(y: np.ndarray, one: np.ndarray, two: np.ndarray, seeds: np.ndarray) -> np.ndarray:
    """Return the shares of two groupings, of both together and of what is left, from the means of their cells.

    ``y = mean + a[one] + b[two] + ab[one, two] + chance``, cells weighted alike. The variance that chance puts into a
    mean of n runs, ``s² / n``, is taken from each part, and no part goes below zero. Where every cell has the same
    seeds, what a seed does in all of them moves no cell against another, and ``s²`` is what is left without it.

    Parameters
    ----------
    y : array (runs,)
    one, two, seeds : array of int (runs,)
        Numbers of the groups and of the seed, from 0.

    Returns
    -------
    array (4,)
    """
    n_one, n_two = int(one.max()) + 1, int(two.max()) + 1
    cell = one * n_two + two
    count = np.bincount(cell, minlength=n_one * n_two).astype(float)
    if (count == 0.0).any():
        return np.full(4, np.nan)
    means = np.bincount(cell, weights=y, minlength=len(count)) / count
    freedom = len(y) - len(count)
    rest = y - means[cell]
    chance = noise = float(np.sum(rest**2) / freedom) if freedom > 0 else 0.0
    n_seeds = int(seeds.max()) + 1
    if n_seeds > 1 and len(y) == len(count) * n_seeds == len(np.unique(cell * n_seeds + seeds)):
        own = rest - (np.bincount(seeds, weights=rest) / len(count))[seeds]
        noise = float(np.sum(own**2) / ((len(count) - 1) * (n_seeds - 1)))
    table, noise = means.reshape(n_one, n_two), noise * float(np.mean(1.0 / count))
    rows, columns = table.mean(axis=1) - table.mean(), table.mean(axis=0) - table.mean()
    rest = table - table.mean() - rows[:, None] - columns[None, :]
    parts = np.array(
        [
            np.mean(rows**2) - noise * (n_one - 1) / (n_one * n_two),
            np.mean(columns**2) - noise * (n_two - 1) / (n_one * n_two),
            np.mean(rest**2) - noise * (n_one - 1) * (n_two - 1) / (n_one * n_two),
            chance,
        ]
    )
    parts = np.maximum(parts, 0.0)
    return parts / parts.sum() if parts.sum() > 0.0 else np.full(4, np.nan)


def _of_indices(study: Study, outcome: str, structure: tuple[str, ...], arm: Arm) -> pd.DataFrame:
    """Add up indices inside the two groups; what they leave counts as together.

    That is what crosses the groups, higher orders and, in a design without the second order, pairs inside a group.
    """
    found = sobol(study, outcome, arm)
    first = found.indices.set_index("factor")["first"].clip(lower=0.0)
    inside = {True: 0.0, False: 0.0}
    for name, value in first.items():
        inside[name in structure] += value
    for _, pair in found.pairs.iterrows():
        if (pair["factor"] in structure) == (pair["other"] in structure):
            inside[pair["factor"] in structure] += max(0.0, pair["second"])
    told = 1.0 - found.chance
    both = min(1.0, inside[True] + inside[False])
    scale = both / (inside[True] + inside[False]) if both > 0.0 else 0.0
    parts = [told * scale * inside[True], told * scale * inside[False], told * (1.0 - both), found.chance]
    return pd.DataFrame({"source": SOURCES, "share": parts, "low": np.nan, "high": np.nan})
