"""Designs: which combinations of the factors are run.

A design is drawn in the unit cube and stretched over the axes, so that every kind takes numbers, categories,
ablations and rival rules alike. Latin hypercube: McKay, Beckman & Conover (1979), doi:10.1080/00401706.1979.10489755.
Sobol and Saltelli: Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018. Morris: Morris (1991),
doi:10.1080/00401706.1991.10484804.
"""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.experiment.axes import ENSEMBLE, Axis, Value
from sim.scenario.study.experiment import SAMPLED, Design
from sim.scenario.study.levels import is_number, label

Table = dict[str, np.ndarray]


def design_table(design: Design, axes: Sequence[Axis]) -> Table:
    """Lay out a design: one column a factor, one row a combination.

    Parameters
    ----------
    design
        What the experiment says.
    axes
        The factors. An ensemble of scenarios, the first axis, repeats the whole design in each of them.

    Returns
    -------
    dict of (rows,) arrays
        float64 for numbers, object (text) for categories.
    """
    ensemble = [axis for axis in axes if axis.name == ENSEMBLE and axis.kind == "scenario"]
    rest = [axis for axis in axes if axis not in ensemble]
    table = _sampled(design, rest) if design.kind in SAMPLED else _listed(design, rest)
    if not ensemble:
        return table
    n_rows, labels = len(next(iter(table.values()))), ensemble[0].levels
    whole: Table = {ENSEMBLE: np.repeat(np.array(labels, dtype=object), n_rows)}
    return whole | {name: np.tile(column, len(labels)) for name, column in table.items()}


def unit_sample(kind: str, n: int, dimensions: int, seed: int, *, second_order: bool, num_levels: int) -> np.ndarray:
    """Draw a sample of the unit cube.

    Parameters
    ----------
    kind
        ``latin-hypercube``, ``sobol`` or ``morris``.
    n
        Points; base points of Sobol, from which come n (d + 2) rows, or n (2 d + 2) with second order; trajectories of
        Morris, with n (d + 1) rows.
    dimensions
        Number of factors, d.
    seed
        Seed of the sample.
    second_order
        For Sobol: with the points for interactions of pairs.
    num_levels
        For Morris: levels of each factor.

    Returns
    -------
    (rows, d) float, 0 to 1
        In the order that SALib's analysis expects.
    """
    if kind == "latin-hypercube":
        from scipy.stats import qmc

        return qmc.LatinHypercube(dimensions, seed=np.random.default_rng(seed)).random(n)
    problem = {
        "num_vars": dimensions,
        "names": [f"x{number}" for number in range(dimensions)],
        "bounds": [[0.0, 1.0]] * dimensions,
    }
    if kind == "sobol":
        from SALib.sample import sobol

        return sobol.sample(problem, n, calc_second_order=second_order, seed=seed)
    from SALib.sample import morris

    return morris.sample(problem, n, num_levels=num_levels, seed=seed)


def _sampled(design: Design, axes: Sequence[Axis]) -> Table:
    share = unit_sample(
        design.kind,
        design.n or 1,
        len(axes),
        design.seed,
        second_order=design.second_order,
        num_levels=design.num_levels,
    )
    return {axis.name: axis.at(share[:, number]) for number, axis in enumerate(axes)}


def _listed(design: Design, axes: Sequence[Axis]) -> Table:
    if design.kind == "grid":
        rows: Any = itertools.product(*(axis.steps(design.n or 1) for axis in axes))
    elif design.kind == "list":
        rows = [tuple(_value(point[axis.name], axis) for axis in axes) for point in design.points]
    else:
        rows = _one_at_a_time(design, axes)
    columns = list(zip(*rows, strict=True))
    return {
        axis.name: np.array(column, dtype=np.float64 if axis.is_number else object)
        for axis, column in zip(axes, columns, strict=True)
    }


def _one_at_a_time(design: Design, axes: Sequence[Axis]) -> list[tuple[Value, ...]]:
    """Everything as it is, then each factor at each of its levels, alone."""
    base = tuple(axis.base for axis in axes)
    rows = [base]
    for number, axis in enumerate(axes):
        for level in axis.steps(design.n or 2):
            if level != axis.base:
                rows.append((*base[:number], level, *base[number + 1 :]))
    return rows


def _value(value: Any, axis: Axis) -> Value:
    return float(value) if axis.is_number and is_number(value) else label(value)
