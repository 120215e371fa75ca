"""Regression of an outcome on the factors of a study."""

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from sim.analysis.study.effects import levels, reference
from sim.analysis.study.study import Arm, Study
from sim.core.errors import InputError, ResultsError
from sim.results.outcomes import OUTCOMES

Family = Literal["least squares", "poisson", "negative binomial"]
COUNTED = ("persons", "events", "episodes", "calendar years", "contributors")
ENOUGH_CLUSTERS = 10


@dataclass(frozen=True)
class Regression:
    """A fitted regression.

    Parameters
    ----------
    table
        One row a term: ``term``, ``estimate``, ``low``, ``high`` (95 %), ``p``. For least squares the estimate is the
        change of the outcome, in its standard deviations, for one standard deviation of a number or for a level
        against the reference; for counts it is a rate ratio for the same.
    runs, clusters
        Runs used; seeds they are clustered by, 0 where there are too few and the errors are only robust to
        unequal variance.
    fit
        Share of variance told (least squares), or McFadden's pseudo R squared.
    dispersion
        NB2 alpha; not a number for other families.
    """

    table: pd.DataFrame
    runs: int
    clusters: int
    fit: float
    dispersion: float = np.nan


def terms(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a regression: numbers by their standard deviation, words as levels against the first.

    Returns
    -------
    DataFrame (runs, terms)
        Without a constant; factors that do not vary are left out.
    """
    columns: dict[str, np.ndarray] = {}
    for name in study.names:
        column = table[name]
        if column.nunique() < 2:
            continue
        if study.numeric(name):
            values = column.to_numpy(dtype=np.float64)
            if study.factor(name).scale == "log" and (values > 0.0).all():
                values = np.log(values)
            columns[name] = (values - values.mean()) / values.std()
            continue
        group, base = levels(study, name, column), reference(study, name)
        for level in group.cat.categories:
            if level != base:
                columns[f"{name} = {level}"] = (group == level).to_numpy(dtype=np.float64)
    return pd.DataFrame(columns, index=table.index)


def regress(study: Study, outcome: str, family: Family = "least squares", arm: Arm = "policy") -> Regression:
    """Regress an outcome on the factors, standard errors clustered by seed.

    Parameters
    ----------
    study : Study
    outcome : str
    family : str
        ``poisson`` and ``negative binomial`` (NB2) are for counts, which `counted` knows.
    arm : str

    Raises
    ------
    InputError
        If the outcome or every factor is constant, a count is negative, or there are fewer runs than terms.
    ResultsError
        If the likelihood has no maximum that can be found.
    """
    table = study.values(outcome, arm)
    return fit(table["value"].to_numpy(), terms(study, table), family, table["seed"].to_numpy())


def fit(y: np.ndarray, x: pd.DataFrame, family: Family, groups: np.ndarray, *, standardise: bool = True) -> Regression:
    """Fit a regression to arrays.

    Parameters
    ----------
    y : array (runs,)
    x : DataFrame (runs, terms)
        Without a constant.
    family : str
    groups : array (runs,)
        Clusters; runs that share their luck.
    standardise : bool
        Give a least-squares outcome in its standard deviations.
    """
    import statsmodels.api as sm

    y = np.asarray(y, dtype=np.float64)
    if x.shape[1] == 0:
        raise InputError("no factor varies, so there is nothing to regress on")
    if len(y) <= x.shape[1] + 1:
        raise InputError(f"{len(y)} runs are too few for {x.shape[1]} terms and a constant")
    if np.ptp(y) == 0.0:
        raise InputError("the outcome is the same in every run")
    if family != "least squares" and y.min() < 0.0:
        raise InputError(f"{family} is for counts, found {y.min():g}")
    clusters = len(np.unique(groups))
    # Few clusters make the clustered matrix worse than none: Cameron and Miller (2015), J. Human Resources 50(2).
    clustered = clusters >= max(ENOUGH_CLUSTERS, x.shape[1] + 1)
    errors = (
        {"cov_type": "cluster", "cov_kwds": {"groups": pd.factorize(groups)[0]}} if clustered else {"cov_type": "HC1"}
    )
    # Fitted on columns of one size, so that the maximum is found whatever the units.
    size = x.std(ddof=0).replace(0.0, 1.0)
    full = sm.add_constant(x / size, has_constant="add")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if family == "least squares":
            scaled = (y - y.mean()) / y.std() if standardise else y
            found = sm.OLS(scaled, full).fit(**errors)
        elif family == "poisson":
            found = sm.Poisson(y, full).fit(disp=0, maxiter=200, **errors)
        else:
            start = np.append(*_near_maximum(y, full))
            found = sm.NegativeBinomial(y, full).fit(start_params=start, disp=0, maxiter=200, method="bfgs", **errors)
        # Worked out only now, with warnings of its own.
        share = found.rsquared if family == "least squares" else found.prsquared
        pvalues = found.pvalues
    ends = found.conf_int().set_axis(["low", "high"], axis=1)
    out = pd.DataFrame({"estimate": found.params, **ends})
    if not np.isfinite(out.to_numpy()).all():
        raise ResultsError(f"the {family} regression has no finite maximum; a level may have no counts at all")
    out = out.loc[list(x)].div(size, axis=0)
    if family != "least squares":
        out = np.exp(out)
    out["p"] = pvalues
    alpha = float(found.params["alpha"]) if family == "negative binomial" else np.nan
    return Regression(out.rename_axis("term").reset_index(), len(y), clusters if clustered else 0, float(share), alpha)


def _near_maximum(y: np.ndarray, full: pd.DataFrame) -> tuple[np.ndarray, float]:
    """Return coefficients and dispersion of NB2 by profile likelihood, which finds the hill where Newton does not."""
    import statsmodels.api as sm
    from scipy.optimize import minimize_scalar

    flat = np.append(np.log(y.mean()), np.zeros(full.shape[1] - 1))

    def fitted(log_alpha: float):
        family = sm.families.NegativeBinomial(alpha=float(np.exp(log_alpha)))
        return sm.GLM(y, full, family=family).fit(start_params=flat, maxiter=300)

    best = minimize_scalar(lambda log_alpha: -fitted(log_alpha).llf, bounds=(-7.0, 6.0), method="bounded")
    return fitted(best.x).params.to_numpy(), float(np.exp(best.x))


def counted(outcome: str) -> bool:
    """Whether an outcome of the catalogue is a count, for which rates are compared."""
    return outcome in OUTCOMES and OUTCOMES[outcome].unit in COUNTED
