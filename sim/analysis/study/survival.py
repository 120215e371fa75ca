"""Survival statistics for outcomes that the end of a run cuts off."""

import warnings

import numpy as np
import pandas as pd
from scipy.stats import norm

from sim.analysis.intervals import LEVEL, RESAMPLES, generator
from sim.analysis.study.effects import ENOUGH_SEEDS, levels, reference
from sim.analysis.study.regression import ENOUGH_CLUSTERS, terms
from sim.analysis.study.spells import spells
from sim.analysis.study.study import Study
from sim.core.errors import InputError, ResultsError

MOST_ERROR = 20.0  # standard error of a log hazard ratio beyond which there is no estimate
REACH = norm.ppf(0.5 + 0.5 * LEVEL)  # standard errors to the end of an interval
TAILS = (0.5 - 0.5 * LEVEL, 0.5 + 0.5 * LEVEL)


def kaplan_meier(table: pd.DataFrame, by: pd.Series | None = None) -> pd.DataFrame:
    """Estimate survival curves (Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452).

    Parameters
    ----------
    table : DataFrame
        With ``duration`` and ``event``.
    by : Series, optional
        Group of each row; one curve for each.

    Returns
    -------
    DataFrame
        ``group``, ``time``, ``survival``, ``low``, ``high``, ``at_risk``; a step at each time. Intervals are 95 %:
        percentiles over resampled seeds where runs share five or more of them, log-log where each has its own.
    """
    from lifelines import KaplanMeierFitter

    parts = []
    for group, rows in _groups(table, by):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            curve = KaplanMeierFitter(alpha=1.0 - LEVEL).fit(rows["duration"], rows["event"])
        ends = curve.confidence_interval_survival_function_.to_numpy()
        again = curves_again(rows, curve.survival_function_.index.to_numpy(dtype=float))
        if again is not None:
            ends = np.quantile(again, TAILS, axis=0).T
        parts.append(
            pd.DataFrame(
                {
                    "group": group,
                    "time": curve.survival_function_.index,
                    "survival": curve.survival_function_.iloc[:, 0].to_numpy(),
                    "low": ends[:, 0],
                    "high": ends[:, 1],
                    "at_risk": curve.event_table["at_risk"].to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def curves_again(rows: pd.DataFrame, times: np.ndarray, *, alone: bool = False) -> np.ndarray | None:
    """Estimate survival curves of bootstrap samples of whole seeds, for runs of one seed share their luck.

    Parameters
    ----------
    rows : DataFrame
        With ``duration``, ``event`` and ``seed``.
    times : array (times,)
        Of the steps, from 0.
    alone : bool
        Also where each run has its own seed, as for comparing it with the run of that seed in another group.

    Returns
    -------
    array (resamples, times) or None
        None where there are fewer than five seeds, or each run has its own.
    """
    if "seed" not in rows:
        return None
    seeds = pd.factorize(rows["seed"], sort=True)[0]
    n = len(np.unique(seeds))
    if n < ENOUGH_SEEDS or (n == len(rows) and not alone):
        return None
    member = np.equal.outer(np.arange(n), seeds).astype(float)
    duration, event = rows["duration"].to_numpy(dtype=float), rows["event"].to_numpy(dtype=bool)
    at_risk = member @ np.greater_equal.outer(duration, times)
    ended = member @ (np.equal.outer(duration, times) & event[:, None])
    draws = generator().multinomial(n, np.full(n, 1.0 / n), size=RESAMPLES).astype(float)
    risk = draws @ at_risk
    return np.cumprod(1.0 - np.divide(draws @ ended, risk, out=np.zeros_like(risk), where=risk > 0.0), axis=1)


def restricted_means(table: pd.DataFrame, by: pd.Series | None = None, horizon: float | None = None) -> pd.DataFrame:
    """Estimate the mean time up to a horizon, the area under the survival curve.

    Parameters
    ----------
    table : DataFrame
        With ``duration`` and ``event``.
    by : Series, optional
        Group of each row.
    horizon : float, optional
        The shortest of the groups' longest times where left out, so that every curve reaches it.

    Returns
    -------
    DataFrame
        ``group``, ``spells``, ``events``, ``horizon``, ``mean``, ``error``, ``low``, ``high``: 95 %, over
        resampled seeds where runs share five or more of them, else normal.

    References
    ----------
    Klein, J. P. and Moeschberger, M. L. (2003). Survival Analysis, 2nd ed., eq. 4.5.1 and 4.5.2, for mean and variance.
    """
    return _means(table, by, horizon)[0]


def compared_means(table: pd.DataFrame, by: pd.Series, base: object) -> pd.DataFrame:
    """Estimate restricted means by group, each with its difference to that of the group ``base``.

    Returns
    -------
    DataFrame
        Columns of `restricted_means`, and ``reference``, ``difference``, ``difference_low``, ``difference_high``. Where
        the two groups have the same seeds, these are drawn for both together; otherwise the groups are independent.
    """
    out, areas = _means(table, by, None)
    out["reference"] = [group == base for group in out["group"]]
    if not out["reference"].any():
        return out
    middle, error = out.loc[out["reference"], ["mean", "error"]].iloc[0]
    out["difference"] = (out["mean"] - middle).mask(out["reference"])
    reach = (REACH * np.sqrt(out["error"] ** 2 + error**2)).mask(out["reference"])
    out["difference_low"], out["difference_high"] = out["difference"] - reach, out["difference"] + reach
    seeds = {group: set(rows["seed"]) if "seed" in rows else None for group, rows in _groups(table, by)}
    for row, group in out["group"].items():
        if group != base and areas[group] is not None and seeds[group] == seeds[base] and areas[base] is not None:
            # The same draws of the same seeds in both.
            ends = np.quantile(areas[group] - areas[base], TAILS)
            out.loc[row, ["difference_low", "difference_high"]] = ends
    return out


def _means(table: pd.DataFrame, by: pd.Series | None, horizon: float | None):
    """Return the table of `restricted_means`, and by group those of resampled seeds, None where none are drawn."""
    from lifelines import KaplanMeierFitter
    from lifelines.utils import restricted_mean_survival_time

    groups = list(_groups(table, by))
    horizon = min(float(rows["duration"].max()) for _, rows in groups) if horizon is None else float(horizon)
    out, areas = [], {}
    for group, rows in groups:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            curve = KaplanMeierFitter().fit(rows["duration"], rows["event"])
            middle = float(restricted_mean_survival_time(curve, t=horizon))
        error = _error_of_mean(curve, horizon)
        ends = middle - REACH * error, middle + REACH * error
        times = curve.survival_function_.index.to_numpy(dtype=float)
        again, areas[group] = curves_again(rows, times, alone=True), None
        if again is not None:
            areas[group] = found = again @ np.diff(np.append(np.minimum(times, horizon), horizon))
            if rows["seed"].duplicated().any():
                error, ends = float(found.std(ddof=1)), np.quantile(found, TAILS)
        words = {"group": group, "spells": len(rows), "events": int(rows["event"].sum()), "horizon": horizon}
        out.append({**words, "mean": middle, "error": error, "low": ends[0], "high": ends[1]})
    return pd.DataFrame(out), areas


def _error_of_mean(curve, horizon: float) -> float:
    """Return the standard error of a restricted mean: areas beyond each event, by Greenwood's terms."""
    events = curve.event_table
    time, dead, risk = (np.asarray(part, dtype=float) for part in (events.index, events["observed"], events["at_risk"]))
    steps = curve.survival_function_.iloc[:, 0]
    edges = np.append(np.minimum(steps.index.to_numpy(dtype=float), horizon), horizon)
    areas = steps.to_numpy() * np.diff(edges)
    beyond = areas[::-1].cumsum()[::-1]  # under the curve from each step on
    use = (dead > 0.0) & (risk > dead) & (time < horizon)
    return float(np.sqrt(np.sum(beyond[use] ** 2 * dead[use] / (risk[use] * (risk[use] - dead[use])))))


def hazard_ratios(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Fit Cox's proportional hazards to the factors, errors clustered by seed.

    Parameters
    ----------
    study : Study
    table : DataFrame
        Of `spells`.

    Returns
    -------
    DataFrame
        ``term``, ``ratio``, ``low``, ``high`` (95 %), ``p``, and ``p_proportional``: a small one says that the ratio
        changes over time. Numbers are per standard deviation.

    Raises
    ------
    InputError
        If no factor varies or no spell ended.
    ResultsError
        If the likelihood has no maximum, as where all spells of a level ended before any other.

    References
    ----------
    Cox, D. R. (1972). Regression models and life-tables. JRSS B 34(2). Lin, D. Y. and Wei, L. J. (1989), for the
    clustered errors, doi:10.1080/01621459.1989.10478874.
    """
    x = terms(study, table)
    if x.shape[1] == 0:
        raise InputError("no factor varies, so there are no hazards to compare")
    if table["event"].sum() == 0:
        raise InputError("no spell ended, so there are no hazards to compare")
    return cox(table["duration"], table["event"], x, _clusters(table))


def contrast_hazard(table: pd.DataFrame) -> pd.DataFrame:
    """Return the hazard ratio of the policy against the contrast, for spells of both arms; as `hazard_ratios`.

    Raises
    ------
    InputError
        If an arm has no spell or none ended.
    """
    if table["arm"].nunique() < 2 or table["event"].sum() == 0:
        raise InputError("the hazard of one arm against the other needs spells in both, and one that ended")
    x = pd.DataFrame({"policy": (table["arm"] == "policy").astype(float)})
    return cox(table["duration"], table["event"], x, _clusters(table))


def cox(duration: pd.Series, event: pd.Series, x: pd.DataFrame, clusters: pd.Series | None = None) -> pd.DataFrame:
    """Fit Cox's proportional hazards to arrays; columns as in `hazard_ratios`."""
    from lifelines import CoxPHFitter
    from lifelines.exceptions import ConvergenceError
    from lifelines.statistics import proportional_hazard_test

    columns = [f"x{number}" for number in range(x.shape[1])]
    data = pd.DataFrame(x.to_numpy(dtype=np.float64), columns=columns)
    data["duration"], data["event"] = np.asarray(duration, dtype=float), np.asarray(event, dtype=int)
    if clusters is not None:
        data["cluster"] = pd.factorize(np.asarray(clusters))[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = CoxPHFitter(alpha=1.0 - LEVEL).fit(
                data, "duration", "event", cluster_col=None if clusters is None else "cluster"
            )
            test = proportional_hazard_test(model, data, time_transform="rank")
        except ConvergenceError as error:
            raise ResultsError(f"the hazard ratios have no finite estimate: {str(error).splitlines()[0]}") from None
    found = model.summary.loc[columns]
    # Where a term tells the spells that ended from all others, the likelihood climbs for ever.
    lost = ~(found["se(coef)"] < MOST_ERROR).to_numpy()
    if lost.any():
        raise ResultsError(f"the hazard ratio of {list(x)[int(np.argmax(lost))]} has no finite estimate")
    return pd.DataFrame(
        {
            "term": list(x),
            "ratio": found["exp(coef)"].to_numpy(),
            "low": found[f"exp(coef) lower {LEVEL:.0%}"].to_numpy(),
            "high": found[f"exp(coef) upper {LEVEL:.0%}"].to_numpy(),
            "p": found["p"].to_numpy(),
            "p_proportional": np.atleast_1d(test.p_value),
        }
    )


def survival_table(study: Study, name: str, factor: str) -> pd.DataFrame:
    """Return restricted means of the policy by the levels of a factor, each with its difference to the reference level.

    Returns
    -------
    DataFrame
        Columns of `compared_means`.
    """
    table = spells(study, name)
    return compared_means(table, levels(study, factor, table[factor]), reference(study, factor))


def _clusters(table: pd.DataFrame) -> pd.Series | None:
    """Return the seeds where there are enough of them for clustered errors."""
    return table["seed"] if table["seed"].nunique() >= ENOUGH_CLUSTERS else None


def _groups(table: pd.DataFrame, by: pd.Series | None):
    if len(table) == 0:
        raise InputError("no run was at risk")
    if by is None:
        return [("all", table)]
    order = by.cat.categories if hasattr(by, "cat") else sorted(by.unique())
    return [(group, table[(by == group).to_numpy()]) for group in order if (by == group).any()]
