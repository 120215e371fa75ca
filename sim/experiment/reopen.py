"""From a row of a sweep back to its world: that very run again, in full."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.core.errors import ExperimentError
from sim.experiment.folder import read_runs
from sim.experiment.plan import Plan, Run
from sim.experiment.study import plan_of
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from sim.results.result import Result


class Reopened(NamedTuple):
    """A run of a sweep, run again.

    ``stored`` is the checksum in the sweep, empty where that run failed or has not been run.
    """

    run: Run
    arm: str
    result: "Result"
    stored: str
    status: str

    @property
    def is_same(self) -> bool:
        """Whether it came out as it did in the sweep, to the bit."""
        return bool(self.stored) and self.result.checksum == self.stored


def reopen(
    folder: str | Path, row: int | None = None, *, arm: str = "policy", replicate: int = 0, run: int | None = None
) -> Reopened:
    """Run one row of a sweep again, with maps and events.

    Parameters
    ----------
    folder
        A results folder.
    row
        A row of the design.
    arm, replicate
        Which of the runs of that row.
    run
        The number of a run instead, as in the table of runs.

    Raises
    ------
    ExperimentError
        If there is no such run.
    ResultsError
        If the folder is not a sweep.
    """
    from sim.engine.run import run as run_once

    folder = Path(folder)
    plan = plan_of(folder)
    which = plan.recipe.run(_number(plan, row, arm, replicate, run))
    runs = read_runs(folder, ["run", "checksum", "status"])
    found = runs[runs["run"] == which.number]
    stored, status = ("", "missing") if found.empty else (str(found["checksum"].iloc[0]), str(found["status"].iloc[0]))
    result = run_once(scenario_of(plan, which), which.seed)
    return Reopened(which, plan.recipe.arms[which.arm], result, stored, status)


def scenario_of(plan: Plan, run: Run) -> Scenario:
    """Make the scenario of a run.

    Raises
    ------
    ScenarioError
        If the levels of its row contradict each other.
    """
    return plan.recipe.scenario(plan.point(run.row), run.arm)


def differing(plan: Plan, number: int, stored: str) -> str:
    """Run a run again; say how it differs from its checksum, nothing where it does not."""
    from sim.engine.run import simulate
    from sim.results.checksum import checksum

    run = plan.recipe.run(number)
    try:
        again = checksum(simulate(scenario_of(plan, run), run.seed))
    except Exception as error:
        return f"it fails: {error}"
    return "" if again == stored else f"checksum {again[:12]}, stored {stored[:12]}"


def _number(plan: Plan, row: int | None, arm: str, replicate: int, run: int | None) -> int:
    arms = plan.recipe.arms
    if run is not None:
        if not 0 <= run < plan.n_runs:
            raise ExperimentError(f"there is no run {run}; they are numbered 0 to {plan.n_runs - 1}")
        return run
    if row is None or not 0 <= row < plan.n_rows:
        raise ExperimentError(f"there is no row {row}; they are numbered 0 to {plan.n_rows - 1}")
    if arm not in arms:
        raise ExperimentError(f"there is no arm {arm!r}; expected {' or '.join(arms)}")
    if not 0 <= replicate < plan.recipe.replicates:
        last = plan.recipe.replicates - 1
        raise ExperimentError(f"there is no replicate {replicate}; they are numbered 0 to {last}")
    return plan.number(row, arms.index(arm), replicate)
