"""Sobol and Morris indices of a finished study, by SALib, with intervals and convergence."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.intervals import LEVEL, SEED
from sim.analysis.study.study import Arm, Study
from sim.core.errors import InputError

RESAMPLES = 1000
FEWEST_BLOCKS = 8  # below which indices are noise
LEVELS = 4  # of a Morris design that does not say


@dataclass(frozen=True)
class Sobol:
    """Variance shares of an outcome.

    Parameters
    ----------
    indices
        One row a factor: ``factor``, ``first``, ``first_low``, ``first_high``, ``total``, ``total_low``,
        ``total_high``; 95 % by SALib's resampling of the design's blocks.
    pairs
        One row a pair: ``factor``, ``other``, ``second``, ``low``, ``high``; empty where the design has none.
    chance
        Share of the variance of single runs that seeds make, 0 where there was one replicate a row.
    blocks, dropped
        Base points used, and those left out because a run of theirs failed or could not tell.
    """

    indices: pd.DataFrame
    pairs: pd.DataFrame
    chance: float
    blocks: int
    dropped: int


@dataclass(frozen=True)
class Blocks:
    """The outcome at the points of a Saltelli design, one row a base point.

    Parameters
    ----------
    values
        Array (blocks, points): A, the mixed points, B; whole blocks only.
    names
    second
        Whether points for the second order are there.
    dropped
        Blocks left out.
    """

    values: np.ndarray
    names: tuple[str, ...]
    second: bool
    dropped: int


def problem(study: Study) -> dict[str, Any]:
    """Return the factors as SALib describes them."""
    bounds = [[item.low, item.high] if item.low < item.high else [0.0, 1.0] for item in study.factors]
    return {"num_vars": len(study.names), "names": list(study.names), "bounds": bounds}


def blocks_of(study: Study, outcome: str, arm: Arm = "policy") -> Blocks:
    """Sort an outcome's row means into the blocks of a Saltelli design.

    Raises
    ------
    InputError
        If the design is no Sobol design, its rows are not a whole number of blocks, or too few blocks are whole.
    """
    check_one_scenario(study)
    if study.kind != "sobol":
        raise InputError(f"Sobol indices need a sobol design, and this study has a {study.kind} design")
    y, k = study.by_row(outcome, arm).to_numpy(dtype=np.float64), len(study.names)
    wide, narrow = 2 * k + 2, k + 2
    second = (study.manifest.get("design") or {}).get("second_order")
    if second is None:
        # Base points come in powers of two, which only one of the two sizes leaves.
        second = len(y) % wide == 0 and (len(y) % narrow > 0 or (len(y) // wide).bit_count() == 1)
    points = wide if second else narrow
    if len(y) % points:
        raise InputError(f"a sobol design of {k} factors has blocks of {narrow} or {wide} rows, found {len(y)} rows")
    table = y.reshape(-1, points)
    whole = ~np.isnan(table).any(axis=1)
    if whole.sum() < FEWEST_BLOCKS:
        raise InputError(f"{int(whole.sum())} blocks of the design are whole; indices need {FEWEST_BLOCKS} at least")
    if np.ptp(table[whole]) == 0.0:
        raise InputError("the outcome is the same in every run, so there is no variance to share out")
    return Blocks(table[whole], study.names, bool(second), int((~whole).sum()))


def sobol(study: Study, outcome: str, arm: Arm = "policy") -> Sobol:
    """Estimate Sobol indices of the mean outcome over replicates.

    Parameters
    ----------
    study : Study
        With a ``sobol`` design, its rows in the design's order.
    outcome : str
    arm : str

    References
    ----------
    Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics Communications
    181(2), doi:10.1016/j.cpc.2009.09.018; the estimators are SALib's.
    """
    blocks = blocks_of(study, outcome, arm)
    indices, pairs = analyse(study, blocks, len(blocks.values))
    return Sobol(indices, pairs, chance_share(study, outcome, arm), len(blocks.values), blocks.dropped)


def analyse(study: Study, blocks: Blocks, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate indices from the first ``n`` blocks."""
    from SALib.analyze import sobol as salib

    y = blocks.values[:n].reshape(-1)
    found = salib.analyze(
        problem(study), y, calc_second_order=blocks.second, num_resamples=RESAMPLES, conf_level=LEVEL, seed=SEED
    )
    indices = pd.DataFrame({"factor": blocks.names})
    for words, name in (("first", "S1"), ("total", "ST")):
        middle, reach = np.asarray(found[name], dtype=float), np.asarray(found[f"{name}_conf"], dtype=float)
        indices[words], indices[f"{words}_low"], indices[f"{words}_high"] = middle, middle - reach, middle + reach
    rows = []
    for j, one in enumerate(blocks.names if blocks.second else ()):
        for k in range(j + 1, len(blocks.names)):
            middle, reach = float(found["S2"][j, k]), float(found["S2_conf"][j, k])
            ends = {"second": middle, "low": middle - reach, "high": middle + reach}
            rows.append({"factor": one, "other": blocks.names[k], **ends})
    return indices, pd.DataFrame(rows, columns=["factor", "other", "second", "low", "high"])


def convergence(study: Study, outcome: str, arm: Arm = "policy") -> pd.DataFrame:
    """Estimate the indices from growing parts of the design: 2, 4, 8 and so on parts of all blocks.

    Returns
    -------
    DataFrame
        Columns of `Sobol.indices`, with ``n``, the base points used.
    """
    blocks = blocks_of(study, outcome, arm)
    sizes, n = [], len(blocks.values)
    while n >= FEWEST_BLOCKS:
        sizes.append(n)
        n //= 2
    known = [size for size in sizes[::-1] if np.ptp(blocks.values[:size]) > 0.0]
    return pd.concat([analyse(study, blocks, size)[0].assign(n=size) for size in known], ignore_index=True)


def chance_share(study: Study, outcome: str, arm: Arm = "policy") -> float:
    """Return the share of the variance of single runs that lies within rows: what seeds alone make."""
    table = study.values(outcome, arm)
    groups = table.groupby("row")["value"]
    freedom = len(table) - groups.ngroups
    total = table["value"].var(ddof=0)
    if freedom <= 0 or not total > 0.0:
        return 0.0
    inside = float(((table["value"] - groups.transform("mean")) ** 2).sum() / freedom)
    return min(1.0, inside / total)


def morris(study: Study, outcome: str, arm: Arm = "policy") -> pd.DataFrame:
    """Estimate elementary effects of a Morris design.

    Parameters
    ----------
    study : Study
        With a ``morris`` design, its rows in the design's order; trajectories with a failed run are left out.
    outcome : str
    arm : str

    Returns
    -------
    DataFrame
        ``factor``, ``mu`` (mean effect of the whole range), ``mu_star`` (mean size) with ``low`` and ``high``
        (95 %), ``sigma`` (spread: interactions and curvature).

    Raises
    ------
    InputError
        If the design is no Morris design or fewer than two trajectories are whole.

    References
    ----------
    Morris, M. (1991). Factorial sampling plans for preliminary computational experiments. Technometrics 33(2),
    doi:10.1080/00401706.1991.10484804. Campolongo, F. et al. (2007), doi:10.1016/j.envsoft.2006.10.004.
    """
    from SALib.analyze import morris as salib

    check_one_scenario(study)
    if study.kind != "morris":
        raise InputError(f"elementary effects need a morris design, and this study has a {study.kind} design")
    y, k = study.by_row(outcome, arm).to_numpy(dtype=np.float64), len(study.names)
    if len(y) % (k + 1):
        raise InputError(f"a morris design of {k} factors has trajectories of {k + 1} rows, found {len(y)} rows")
    x = unit_cube(study)
    whole = ~np.isnan(y.reshape(-1, k + 1)).any(axis=1)
    if whole.sum() < 2:
        raise InputError(f"{int(whole.sum())} trajectories are whole; elementary effects need two at least")
    keep = np.repeat(whole, k + 1)
    plan = study.manifest.get("design") or {}
    found = salib.analyze(
        {**problem(study), "bounds": [[0.0, 1.0]] * k},
        x[keep],
        y[keep],
        num_resamples=RESAMPLES,
        conf_level=LEVEL,
        num_levels=int(plan.get("num_levels") or LEVELS),
        seed=SEED,
    )
    size, reach = (np.asarray(found[name], dtype=float) for name in ("mu_star", "mu_star_conf"))
    ends = {"mu_star": size, "low": size - reach, "high": size + reach}
    effects = {"mu": np.asarray(found["mu"], dtype=float), **ends, "sigma": np.asarray(found["sigma"], dtype=float)}
    return pd.DataFrame({"factor": study.names, **effects})


def check_one_scenario(study: Study) -> None:
    """Refuse an ensemble, which repeats its whole design in each scenario.

    Raises
    ------
    InputError
        Saying how to choose a scenario.
    """
    ensemble = ensemble_of(study)
    if ensemble:
        raise InputError(f"the design is repeated in each scenario; choose one by study.only({ensemble!r}, ...)")


def ensemble_of(study: Study) -> str:
    """Return the name of the axis along which a sampled design is repeated; empty where there is none."""
    first = study.factors[0] if study.factors else None
    listed = study.table("base").get("scenarios")
    return first.name if first and listed and first.kind == "scenario" and first.name == "scenario" else ""


def unit_cube(study: Study) -> np.ndarray:
    """Return the design scaled to 0 to 1 in each factor, words by the place of their level.

    Returns
    -------
    array (rows, factors)
    """
    columns = []
    for item in study.factors:
        column = study.design[item.name]
        if study.numeric(item.name):
            values = column.to_numpy(dtype=np.float64)
            low = item.low if np.isfinite(item.low) else values.min()
            high = item.high if np.isfinite(item.high) else values.max()
            if item.scale == "log" and low > 0.0:
                values, low, high = np.log(values), np.log(low), np.log(high)
        else:
            order = [*item.values, *sorted(set(column) - set(item.values))]
            values, low, high = column.map(order.index).to_numpy(dtype=np.float64), 0.0, len(order) - 1.0
        columns.append((values - low) / (high - low if high > low else 1.0))
    return np.column_stack(columns)
