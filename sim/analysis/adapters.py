"""Doors for other programs: the model as a plain function, as a model of the EMA workbench, and results as tables."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import InputError, ResultsError
from sim.engine.replicate import outcomes_of
from sim.experiment.folder import files_of
from sim.results.outcomes import OUTCOMES, check_outcome
from sim.scenario.load import as_scenario
from sim.scenario.paths import nearest
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import polars as pl

TABLES = ("runs", "weekly", "events", "cells", "survey")


class Function:
    """The mean of outcomes over replicates, as a function of settings; can be pickled for other processes.

    Parameters
    ----------
    scenario : Scenario
    names : mapping of str to str
        Dotted path by the name that callers use.
    outcomes : sequence of str
    replicates : int
    seed : int
        The first seed; every call sees the same.
    workers : int, optional
        Runs at the same time.
    """

    def __init__(
        self,
        scenario: Scenario,
        names: Mapping[str, str],
        outcomes: Sequence[str],
        replicates: int,
        seed: int,
        workers: int | None,
    ) -> None:
        for outcome in outcomes:
            check_outcome(outcome)
        if replicates < 1:
            raise InputError(f"replicates are 1 or more, found {replicates}")
        self.scenario, self.names, self.outcomes = scenario, dict(names), tuple(outcomes)
        self.replicates, self.seed, self.workers = replicates, seed, workers

    def at(self, settings: Mapping[str, Any]) -> dict[str, float]:
        """Return the outcomes at some settings, by path; not a number where no replicate could tell.

        Raises
        ------
        ScenarioError
            If the settings make no scenario.
        ResultsError
            If a run fails.
        """
        case = self.scenario.override({path: whole(value) for path, value in settings.items()}, "function")
        found: dict[str, list[float]] = {name: [] for name in self.outcomes}
        for outcomes in outcomes_of(case, range(self.seed, self.seed + self.replicates), self.workers):
            for name in self.outcomes:
                found[name].append(outcomes[name])
        known = {name: [value for value in values if not np.isnan(value)] for name, values in found.items()}
        return {name: float(np.mean(values)) if values else np.nan for name, values in known.items()}

    # The workbench hands on what it samples as keywords of its own choosing.
    def __call__(self, **settings: Any) -> dict[str, float]:
        """Return the outcomes at settings by name."""
        return self.at({self.names[name]: value for name, value in settings.items() if name in self.names})


def whole(value: Any) -> Any:
    """Return a number of NumPy as Python's, and one without a fraction as whole, which both kinds of setting take."""
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_function(
    scenario: Scenario | str | Path,
    paths: Sequence[str],
    outcome: str,
    replicates: int = 10,
    *,
    seed: int | None = None,
    workers: int | None = None,
) -> Callable[[np.ndarray], np.ndarray]:
    """Return the model as a function of a matrix, as SALib and optimisers want it.

    Parameters
    ----------
    scenario : Scenario, str or Path
    paths : sequence of str
        What the columns set.
    outcome : str
        Its mean over replicates is returned.
    replicates : int
    seed : int, optional
        The first seed, the same for every row; the scenario's where left out.
    workers : int, optional

    Returns
    -------
    callable
        From an array (points, paths) to an array (points,).

    Examples
    --------
    >>> from SALib import ProblemSpec  # doctest: +SKIP
    >>> model = as_function("fragile_peace", ["mission.mandate.clarity"], "civilian_deaths")  # doctest: +SKIP
    >>> model(np.array([[0.2], [0.8]]))  # doctest: +SKIP
    """
    scenario = as_scenario(scenario)
    first = scenario.about.seed if seed is None else seed
    function = Function(scenario, {path: path for path in paths}, [outcome], replicates, first, workers)

    def model(points: np.ndarray) -> np.ndarray:
        points = np.atleast_2d(np.asarray(points))
        if points.ndim != 2 or points.shape[1] != len(paths):
            raise InputError(f"expected an array (points, {len(paths)}), found {points.shape}")
        return np.array([function.at(dict(zip(paths, point, strict=True)))[outcome] for point in points])

    return model


def as_ema_model(
    scenario: Scenario | str | Path,
    *,
    uncertainties: Mapping[str, Sequence[Any]] | None = None,
    levers: Mapping[str, Sequence[Any]] | None = None,
    outcomes: Sequence[str] = ("civilian_deaths", "cost_usd"),
    replicates: int = 10,
    seed: int | None = None,
) -> Any:
    """Return the model as a ``Model`` of the EMA workbench.

    Parameters
    ----------
    scenario : Scenario, str or Path
    uncertainties, levers : mapping of str to sequence
        By dotted path: low and high end of a number, or a list of words to choose from. Two whole numbers make a
        whole number.
    outcomes : sequence of str
        Means over replicates; minimised or maximised as the catalogue says is better.
    replicates : int
    seed : int, optional

    Returns
    -------
    ema_workbench.Model
        Its parameters are named as the paths, with underscores for all that is no letter or digit.

    Raises
    ------
    InputError
        If the workbench is not installed.

    References
    ----------
    Kwakkel, J. (2017). The Exploratory Modeling Workbench. Environmental Modelling and Software 96,
    doi:10.1016/j.envsoft.2017.06.054.
    """
    try:
        import ema_workbench as ema
    except ImportError:
        raise InputError("this adapter needs the EMA workbench: pip install ema_workbench") from None
    scenario = as_scenario(scenario)
    uncertainties, levers = dict(uncertainties or {}), dict(levers or {})
    names = {identifier(path): path for path in (*uncertainties, *levers)}
    if len(names) < len(uncertainties) + len(levers):
        raise InputError("two paths have the same name, or one is both an uncertainty and a lever")
    first = scenario.about.seed if seed is None else seed
    function = Function(scenario, names, outcomes, replicates, first, 1)
    model = ema.Model(re.sub(r"[^0-9a-zA-Z]", "", scenario.id), function=function)
    model.uncertainties = [_parameter(ema, path, span) for path, span in uncertainties.items()]
    model.levers = [_parameter(ema, path, span) for path, span in levers.items()]
    kind = ema.ScalarOutcome
    sides = {"lower": kind.MINIMIZE, "higher": kind.MAXIMIZE, "neutral": kind.INFO}
    model.outcomes = [kind(name, kind=sides[OUTCOMES[name].better]) for name in outcomes]
    return model


def identifier(path: str) -> str:
    """Return a path as the name of a variable."""
    return re.sub(r"\W", "_", path)


def _parameter(ema: Any, path: str, span: Sequence[Any]) -> Any:
    if any(isinstance(value, str | bool) for value in span):
        return ema.CategoricalParameter(identifier(path), list(span))
    if len(span) != 2:
        raise InputError(f"{path}: expected the low and the high end of a number, found {list(span)}")
    if all(isinstance(value, int) for value in span):
        return ema.IntegerParameter(identifier(path), *span)
    return ema.RealParameter(identifier(path), *span)


def as_polars(folder: str | Path, table: str = "runs") -> "pl.LazyFrame":
    """Open a table of a results folder with polars, read only as far as it is asked for.

    Parameters
    ----------
    folder : str or Path
    table : str
        ``runs``, ``weekly``, ``events``, ``cells`` or ``survey``.

    Raises
    ------
    InputError
        If polars is not installed or there is no such table.
    ResultsError
        If the folder has none.
    """
    try:
        import polars as pl
    except ImportError:
        raise InputError("this needs polars: pip install polars") from None
    return pl.scan_parquet([str(path) for path in _parts(folder, table)])


def as_duckdb(folder: str | Path) -> Any:
    """Open a results folder with DuckDB: a connection in memory with a view of every table.

    Raises
    ------
    InputError
        If DuckDB is not installed.
    ResultsError
        If the folder has no runs.

    Examples
    --------
    >>> as_duckdb("results/clear_mandate").sql("select clarity, avg(civilian_deaths) from runs group by 1")
    ... # doctest: +SKIP
    """
    try:
        import duckdb
    except ImportError:
        raise InputError("this needs DuckDB: pip install duckdb") from None
    found = {table: files_of(folder, table) for table in TABLES}
    _parts(folder, "runs")
    database = duckdb.connect()
    for table, parts in found.items():
        if parts:
            database.read_parquet([str(path) for path in parts]).create_view(table)
    return database


def _parts(folder: str | Path, table: str) -> list[Path]:
    if table not in TABLES:
        raise InputError(f"{table!r} is not a table; {nearest(table, TABLES) or 'there are ' + ', '.join(TABLES)}")
    parts = files_of(folder, table)
    if not parts:
        raise ResultsError(f"{folder} has no {table}")
    return parts
