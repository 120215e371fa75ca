"""Shapley shares: what each part of a whole adds, on average over all orders in which it could be put together.

Shapley, L. S. (1953). A value for n-person games, doi:10.1515/9781400881970-018.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import factorial

import numpy as np

from sim.analysis.intervals import SEED, generator
from sim.core.errors import InputError

MOST_EXACT = 6  # parts of which all combinations are evaluated, 64 at most
PERMUTATIONS = 16  # orders drawn where there are more, each also walked backwards

Coalition = frozenset[str]
Value = Callable[[Coalition], np.ndarray]


@dataclass(frozen=True)
class Shares:
    """Shapley shares by replicate.

    Parameters
    ----------
    parts
    values
        Array (parts, replicates).
    error
        Array (parts,): standard error of the mean share from drawing orders instead of walking all; 0 if exact.
    whole, none
        Arrays (replicates,): the outcome with all parts and with none.
    combinations
        How many were evaluated.
    """

    parts: tuple[str, ...]
    values: np.ndarray
    error: np.ndarray
    whole: np.ndarray
    none: np.ndarray
    combinations: int


def shapley(parts: Sequence[str], value: Value, permutations: int | None = None, seed: int = SEED) -> Shares:
    """Share out a value over parts.

    Parameters
    ----------
    parts : sequence of str
    value : callable
        Gives the outcome of a combination in each replicate, the same replicates every time.
    permutations : int, optional
        Orders to draw, each walked forwards and backwards; all combinations are evaluated where it is 0, or left out
        with six parts or fewer.
    seed : int
        Of the orders.

    References
    ----------
    Castro, J., Gomez, D. and Tejada, J. (2009). Polynomial calculation of the Shapley value based on sampling.
    Computers and Operations Research 36(5), doi:10.1016/j.cor.2008.04.004; the reversed orders are antithetic
    variates: Mitchell, R. et al. (2022), Sampling permutations for Shapley value estimation, JMLR 23(43).
    """
    parts = tuple(parts)
    if not parts or len(set(parts)) < len(parts):
        raise InputError("parts to share an outcome over must be there and differ")
    known: dict[Coalition, np.ndarray] = {}

    def of(members: Coalition) -> np.ndarray:
        if members not in known:
            known[members] = np.asarray(value(members), dtype=np.float64)
        return known[members]

    none, whole = of(frozenset()), of(frozenset(parts))
    exact = permutations == 0 or (permutations is None and len(parts) <= MOST_EXACT)
    if exact:
        shares, error = _over_all(parts, of), np.zeros(len(parts))
    else:
        shares, error = _over_some(parts, of, permutations or PERMUTATIONS, seed)
    return Shares(parts, shares, error, whole, none, len(known))


def _over_all(parts: tuple[str, ...], of: Value) -> np.ndarray:
    n, shares = len(parts), []
    for part in parts:
        rest = [other for other in parts if other != part]
        share = np.zeros_like(of(frozenset()))
        for members in chain.from_iterable(combinations(rest, size) for size in range(n)):
            weight = factorial(len(members)) * factorial(n - len(members) - 1) / factorial(n)
            share = share + weight * (of(frozenset((*members, part))) - of(frozenset(members)))
        shares.append(share)
    return np.array(shares)


def _over_some(parts: tuple[str, ...], of: Value, permutations: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng, walks = generator(seed), []
    for _ in range(permutations):
        order = rng.permutation(len(parts))
        both = [_walk(parts, of, order), _walk(parts, of, order[::-1])]
        walks.append(np.mean(both, axis=0))
    table = np.array(walks)  # (orders, parts, replicates)
    by_order = np.nanmean(table, axis=2) if table.size else np.zeros(table.shape[:2])
    error = by_order.std(axis=0, ddof=1) / np.sqrt(permutations) if permutations > 1 else np.full(len(parts), np.nan)
    return table.mean(axis=0), error


def _walk(parts: tuple[str, ...], of: Value, order: np.ndarray) -> np.ndarray:
    members: Coalition = frozenset()
    before, added = of(members), np.zeros((len(parts), len(of(members))))
    for number in order:
        members = members | {parts[number]}
        after = of(members)
        added[number] = after - before
        before = after
    return added
