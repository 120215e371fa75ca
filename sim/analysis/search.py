"""Policy search: the Pareto front of several outcomes over what a mission may be, under a budget, by NSGA-II.

Deb, K. et al. (2002). A fast and elitist multiobjective genetic algorithm: NSGA-II. IEEE Transactions on Evolutionary
Computation 6(2), doi:10.1109/4235.996017; the implementation is pymoo's. Every candidate is run on the same seeds, so
that candidates differ by policy and not by luck.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.intervals import mean
from sim.analysis.levers import Lever, changed_by, value_at
from sim.core.errors import InputError, ResultsError
from sim.engine.replicate import outcomes_of
from sim.engine.run import Progress
from sim.results.outcomes import OUTCOMES, check_outcome
from sim.scenario.scenario import Scenario

GOALS = ("civilian_deaths", "relapsed", "cost_usd")
# What a run counts as that cannot tell: no agreement that could last is no success.
UNKNOWN = {"relapsed": 1.0, "peace_held_after_exit": 0.0}


@dataclass(frozen=True)
class Front:
    """What a search found.

    Parameters
    ----------
    table
        One row a candidate that was run: levers, mean of each goal with ``_low`` and ``_high`` (95 %, resampled over
        seeds), ``feasible`` (within the budget), ``front`` (nobody feasible is better in all goals).
    goals, levers
        Names of the columns.
    runs
        Model runs that it took.
    """

    table: pd.DataFrame
    goals: tuple[str, ...]
    levers: tuple[str, ...]
    runs: int

    @property
    def best(self) -> pd.DataFrame:
        """The front alone, by the first goal."""
        return self.table[self.table["front"]].sort_values(self.goals[0], ignore_index=True)


def search_policies(
    scenario: Scenario,
    levers: Sequence[Lever],
    *,
    goals: Sequence[str] = GOALS,
    budget_usd: float | None = None,
    replicates: int = 8,
    seed: int | None = None,
    population: int = 24,
    generations: int = 10,
    search_seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Front:
    """Search for policies that nobody beats in every goal.

    Parameters
    ----------
    scenario : Scenario
    levers : sequence of Lever
    goals : sequence of str
        Outcomes; each is made as small or as large as the catalogue says is better.
    budget_usd : float, optional
        Most that a policy may cost, mean over seeds.
    replicates : int
        Seeds that every candidate is run on.
    seed : int, optional
        The first of them; the scenario's where left out.
    population, generations : int
        Of the genetic algorithm; their product bounds the candidates.
    search_seed : int
        Of the algorithm.
    workers : int, optional
        Runs at the same time.
    progress : callable, optional
        Called with the candidates met and those in all.

    Raises
    ------
    InputError
        If pymoo is not installed, there are fewer than two goals, a goal has no better side, there is no lever, or a
        lever leads nowhere.
    ResultsError
        If a run fails.
    """
    problem = _Problem(scenario, tuple(levers), tuple(goals), budget_usd, replicates, seed, workers)
    total = population * generations

    def evaluate(shares: np.ndarray) -> tuple[np.ndarray, float]:
        answer = problem.candidate(shares)
        if progress:
            progress(min(problem.met, total), total)
        return answer

    _run_nsga2(evaluate, len(levers), len(goals), population, generations, search_seed)
    table = problem.table()
    table["front"] = pareto(problem.minimised(table), table["feasible"].to_numpy())
    return Front(table, tuple(goals), tuple(lever.name for lever in levers), problem.runs)


class _Problem:
    """Candidates of a search: made, run once each, and remembered."""

    def __init__(
        self,
        scenario: Scenario,
        levers: tuple[Lever, ...],
        goals: tuple[str, ...],
        budget_usd: float | None,
        replicates: int,
        seed: int | None,
        workers: int | None,
    ) -> None:
        _check(levers, goals, budget_usd)
        self.scenario, self.levers, self.goals, self.workers = scenario, levers, goals, workers
        self.budget_usd = budget_usd
        first = scenario.about.seed if seed is None else seed
        self.seeds = range(first, first + replicates)
        self.base = {path: value_at(scenario.data(), path) for lever in levers if lever.times for path in lever.paths}
        self.known: dict[tuple[Any, ...], dict[str, Any]] = {}
        self.met = self.runs = 0
        changed_by(scenario, levers, tuple(lever.at(0.5) for lever in levers), self.base)

    def candidate(self, shares: np.ndarray) -> tuple[np.ndarray, float]:
        """Return the goals of a candidate, each to be made small, and how far it is above the budget, relative."""
        self.met += 1
        values = tuple(lever.at(share) for lever, share in zip(self.levers, shares, strict=True))
        if values not in self.known:
            self.known[values] = self._row(values)
        row = self.known[values]
        return np.array([row[goal] * better(goal) for goal in self.goals]), row["over"]

    def _row(self, values: tuple[Any, ...]) -> dict[str, Any]:
        case = changed_by(self.scenario, self.levers, values, self.base)
        names = dict.fromkeys((*self.goals, "cost_usd"))
        found: dict[str, list[float]] = {name: [] for name in names}
        for outcomes in outcomes_of(case, self.seeds, self.workers):
            self.runs += 1
            for name in names:
                value = outcomes[name]
                found[name].append(UNKNOWN.get(name, np.nan) if np.isnan(value) else value)
        row: dict[str, Any] = dict(zip((lever.name for lever in self.levers), values, strict=True))
        for name in names:
            known = np.array([value for value in found[name] if not np.isnan(value)])
            if len(known) == 0:
                raise ResultsError(f"{name} is unknown in every run of a candidate, so it cannot be a goal")
            row[name], row[f"{name}_low"], row[f"{name}_high"] = mean(known)
        row["over"] = row["cost_usd"] / self.budget_usd - 1.0 if self.budget_usd else -1.0
        return row | {"feasible": row["over"] <= 0.0}

    def table(self) -> pd.DataFrame:
        """Return one row a candidate."""
        return pd.DataFrame(list(self.known.values())).drop(columns="over")

    def minimised(self, table: pd.DataFrame) -> np.ndarray:
        """Return the goals of all candidates, each to be made small."""
        return np.column_stack([table[goal].to_numpy(dtype=float) * better(goal) for goal in self.goals])


def better(goal: str) -> float:
    """Return 1 for an outcome of which less is better, -1 for one of which more is."""
    return -1.0 if OUTCOMES[goal].better == "higher" else 1.0


def pareto(goals: np.ndarray, feasible: np.ndarray) -> np.ndarray:
    """Return which candidates nobody feasible is at least equal to in all goals and better in one.

    Parameters
    ----------
    goals : array (candidates, goals)
        Each to be made small.
    feasible : array of bool (candidates,)
    """
    front = feasible.copy()
    for k in np.flatnonzero(feasible):
        rivals = goals[feasible]
        front[k] = not ((rivals <= goals[k]).all(axis=1) & (rivals < goals[k]).any(axis=1)).any()
    return front


def _check(levers: tuple[Lever, ...], goals: tuple[str, ...], budget_usd: float | None) -> None:
    if not levers:
        raise InputError("a search needs a lever")
    if len({lever.name for lever in levers}) < len(levers):
        raise InputError("two levers have the same name")
    if len(goals) < 2:
        raise InputError("a front needs two goals or more; for one, sort the rows of a sweep")
    for goal in goals:
        check_outcome(goal)
        if OUTCOMES[goal].better == "neutral":
            raise InputError(f"{goal!r} is neither better low nor better high, so it cannot be a goal")
    if budget_usd is not None and not budget_usd > 0.0:
        raise InputError(f"a budget is above 0, found {budget_usd:g}")


def _run_nsga2(evaluate: Callable, n_levers: int, n_goals: int, population: int, generations: int, seed: int) -> None:
    """Let pymoo search the unit cube; what it met stays with ``evaluate``."""
    try:
        from pymoo.algorithms.moo.nsga2 import NSGA2
        from pymoo.core.problem import ElementwiseProblem
        from pymoo.optimize import minimize
    except ImportError:
        raise InputError("policy search needs pymoo: pip install 'peacekeeping-sim[search]'") from None

    class Cube(ElementwiseProblem):
        def _evaluate(self, x: np.ndarray, out: dict, *args: Any, **kwargs: Any) -> None:
            out["F"], out["G"] = evaluate(x)

    cube = Cube(n_var=n_levers, n_obj=n_goals, n_ieq_constr=1, xl=0.0, xu=1.0)
    minimize(cube, NSGA2(pop_size=population), ("n_gen", generations), seed=seed, verbose=False)
