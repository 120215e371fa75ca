"""``peacesim check``: validate scenarios and experiments, run nothing."""

import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.cli.leaving import BAD_INPUT, DONE, complain
from sim.core.errors import ExperimentError, InputError
from sim.results.sentences import count
from sim.scenario.find import looks_like_a_path
from sim.scenario.load import list_scenarios, load_scenario
from sim.scenario.study.find import is_experiment, list_experiments

if TYPE_CHECKING:
    from sim.experiment.plan import Plan

MOST_ROWS = 50  # of a study that are tried; each takes some hundredths of a second


def check_files(files: Sequence[str], *, as_json: bool) -> int:
    """Check files and return the exit code."""
    answers = []
    for file in files:
        try:
            name, said = looked_at(file)
        except InputError as error:
            answers.append({"file": file, "ok": False, "problems": [asdict(each) for each in error.problems]})
            if not as_json:
                complain(str(error))
        else:
            answers.append({"file": file, "ok": True, "id": name, "problems": []})
            if not as_json:
                typer.echo(f"{file}: in order ({said})")
    if as_json:
        typer.echo(json.dumps(answers, indent=1))
    return DONE if all(answer["ok"] for answer in answers) else BAD_INPUT


def looked_at(file: str) -> tuple[str, str]:
    """Load a scenario or an experiment; give its id and a few words about it.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    if not is_study(file):
        scenario = load_scenario(file)
        return scenario.id, f"{scenario.title}, {count(scenario.weeks, 'week')}"
    from sim.experiment.study import make_plan

    plan = make_plan(file)
    try_rows(plan)
    title = " ".join(plan.experiment.about.title.split())
    return plan.experiment.id, f"{title}, {plan.n_rows:,} rows, {plan.n_runs:,} runs"


def try_rows(plan: "Plan") -> None:
    """Make the scenarios of the rows of a study, of a long one some from all over it.

    Raises
    ------
    ExperimentError
        If the levels of some contradict each other, with one of them: their runs would fail.
    """
    n = plan.n_rows
    tried = min(n, MOST_ROWS)
    # A step that has no divisor in common with the number of rows sees all levels of every factor of a grid.
    step = next(step for step in itertools.count(n // tried) if math.gcd(step, n) == 1)
    wrong: list[tuple[int, str]] = []
    for row in sorted(k * step % n for k in range(tried)):
        try:
            plan.recipe.scenario(plan.point(row), 0)
        except InputError as error:
            wrong.append((row, str(error)))
    if wrong:
        row, why = wrong[0]
        levels = ", ".join(f"{axis.name} = {value}" for axis, value in zip(plan.axes, plan.point(row), strict=True))
        among = count(tried, "row") + (" that were tried" if tried < n else "")
        what = f"{len(wrong)} of {among} cannot be run, row {row} first"
        raise ExperimentError(f"{plan.experiment.id}: {what} ({levels}): {why}")


def is_study(name: str) -> bool:
    """Whether a name or path is that of an experiment; a scenario's name comes first."""
    if looks_like_a_path(name):
        return Path(name).is_file() and is_experiment(Path(name))
    return name in list_experiments() and name not in list_scenarios()
