"""Quantile bands of weekly series over the runs of a study."""

import pandas as pd

from sim.analysis.study.effects import levels
from sim.analysis.study.study import Study
from sim.core.errors import InputError
from sim.results.trace import COLUMN_OF
from sim.scenario.paths import nearest

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def bands(study: Study, series: str, by: str = "") -> pd.DataFrame:
    """Tell a weekly series by quantiles over runs.

    Parameters
    ----------
    study : Study
        Opened from a folder that kept its weekly tables.
    series : str
    by : str
        Factor whose levels get a band each, or ``arm``; one band over all runs where empty.

    Returns
    -------
    DataFrame
        ``group``, ``week``, ``runs`` and one column a quantile: 0.05, 0.25, 0.5, 0.75, 0.95.

    Raises
    ------
    InputError
        If there is no such series, or weekly tables were not kept.
    """
    if series not in COLUMN_OF:
        raise InputError(
            f"{series!r} is not a weekly series; {nearest(series, COLUMN_OF) or 'see: peacesim list series'}"
        )
    weekly = study.weekly([series])
    if weekly is None or "run" not in study.runs:
        raise InputError("this study kept no weekly tables; say weekly = true under [outcomes]")
    if series not in weekly:
        raise InputError(f"this study did not keep the series {series!r}; name it under series in [outcomes]")
    runs = study.runs if by == "arm" else study.runs[study.runs["arm"] == "policy"]
    group = runs["arm"] if by == "arm" else levels(study, by, runs[by]).astype(str) if by else "all"
    table = weekly.merge(pd.DataFrame({"run": runs["run"], "group": group}), on="run")
    cells = table.groupby(["group", "week"], observed=True, sort=False)[series]
    out = cells.quantile(list(QUANTILES)).unstack()
    out.columns = [float(share) for share in out.columns]
    return out.assign(runs=cells.size()).reset_index().sort_values(["group", "week"], ignore_index=True)
