"""TOML file in, experiment and its scenarios out; or every problem at once, each with file, line and path."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.core.errors import ExperimentError, Problem, ScenarioError
from sim.scenario.explain import explain, refusals
from sim.scenario.find import find_scenario, looks_like_a_path, shown
from sim.scenario.load import load_scenario, parse, read_text
from sim.scenario.paths import Complaint
from sim.scenario.scenario import MAX_COMPLAINTS, Scenario
from sim.scenario.study.checks import check_experiment
from sim.scenario.study.experiment import Experiment
from sim.scenario.study.find import find_experiment
from sim.scenario.study.levels import moved, trials, what_was_wrong, with_base
from sim.scenario.validate import Locate, tuples

NOWHERE = ("", None)


@dataclass(frozen=True)
class Study:
    """An experiment and the scenarios that it is about.

    Parameters
    ----------
    experiment
    scenarios
        As they were read, by the names under which results list them.
    """

    experiment: Experiment
    scenarios: Mapping[str, Scenario]


def read_experiment(
    name: str | os.PathLike[str], outcomes: Collection[str] = (), series: Collection[str] = ()
) -> Study:
    """Read and check an experiment and its scenarios.

    Parameters
    ----------
    name
        A bundled study or the path of a file.
    outcomes, series
        Names of the catalogue of outcomes and of the weekly series.

    Raises
    ------
    ExperimentError
        With everything that is wrong.
    """
    path = find_experiment(name)
    try:
        data, marks = parse(read_text(path), shown(path))
    except ScenarioError as error:
        raise ExperimentError(_of_a_study(error.problems)) from None
    return checked(data, outcomes, series, beside=path, locate=marks.locate)


def titles(name: str) -> tuple[str, str]:
    """Read only the claims and the title of an experiment.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    path = find_experiment(name)
    about = parse(read_text(path), shown(path))[0].get("experiment", {})
    claim = about.get("claim", "")
    return (claim if isinstance(claim, str) else " ".join(map(str, claim))), str(about.get("title", ""))


def _of_a_study(problems: Collection[Problem]) -> list[Problem]:
    """Call the file by what it was meant to be."""
    return [
        Problem(each.message.replace("a scenario file", "an experiment file"), each.path, each.file, each.line,
                each.found, each.hint)
        for each in problems
    ]  # fmt: skip


def checked(
    data: Mapping[str, Any],
    outcomes: Collection[str] = (),
    series: Collection[str] = (),
    *,
    beside: Path | None = None,
    locate: Locate = lambda path: NOWHERE,
) -> Study:
    """Check an experiment given as plain data.

    Parameters
    ----------
    data
        Tables and lists under the keys of an experiment file.
    outcomes, series
        As for `read_experiment`.
    beside
        The file that it comes from: paths of scenarios start there.
    locate
        Tells file and line of a path.

    Raises
    ------
    ExperimentError
        With everything that is wrong.
    """
    complaints: list[Complaint] = []
    try:
        experiment = Experiment.model_validate(tuples(dict(data)), strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        details = refusals(error)[:MAX_COMPLAINTS]
        raise refusal([explain(Experiment, detail) for detail in details], data, locate) from None
    complaints = list(check_experiment(experiment, outcomes, series))
    scenarios, missing = _scenarios(experiment, beside)
    complaints += missing
    if not complaints:
        complaints = list(_tried(experiment, scenarios))
    if complaints:
        raise refusal(complaints[:MAX_COMPLAINTS], data, locate)
    return Study(experiment, scenarios)


def refusal(complaints: list[Complaint], data: Any, locate: Locate) -> ExperimentError:
    """Turn complaints into the error that lists them in the order of their lines."""
    problems = [each.problem(data, *locate(each.place)) for each in complaints]
    return ExperimentError(dict.fromkeys(sorted(problems, key=lambda each: each.line or 0)))


def label_of(name: str) -> str:
    """Give the name under which results list a scenario: that of its file."""
    return Path(name).stem if looks_like_a_path(name) else name


def _scenarios(experiment: Experiment, beside: Path | None) -> tuple[dict[str, Scenario], list[Complaint]]:
    """Load the scenarios; what is wrong with one is said where the experiment names it."""
    found: dict[str, Scenario] = {}
    complaints: list[Complaint] = []
    for place, name in _named(experiment):
        label = label_of(name)
        if label in found:
            complaints.append(Complaint(place, "another scenario has this name already", found=repr(label)))
            continue
        try:
            found[label] = load_scenario(find_scenario(name, beside))
        except ScenarioError as error:
            complaints += [Complaint(place, str(problem)) for problem in error.problems[:5]]
    return found, complaints


def _named(experiment: Experiment) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if experiment.base.scenario:
        yield ("base", "scenario"), experiment.base.scenario
    for number, name in enumerate(experiment.base.scenarios):
        yield ("base", "scenarios", number), name
    for which, factor in enumerate(experiment.factors):
        for number, name in enumerate(factor.scenario):
            if name != experiment.base.scenario:
                yield ("factors", which, "scenario", number), name


def _tried(experiment: Experiment, scenarios: Mapping[str, Scenario]) -> Iterator[Complaint]:
    """Try the changes of the base, then every level of every factor, on every scenario."""
    for name, scenario in scenarios.items():
        where = "" if len(scenarios) == 1 else f"in {name}: "
        try:
            base = with_base(experiment, scenario)
        except ScenarioError as error:
            for problem in error.problems[:5]:
                said = what_was_wrong(problem, "")
                yield Complaint(("base",), f"{where}{said}", found=problem.found, hint=problem.hint, key="set")
            continue
        for number, factor in enumerate(experiment.factors):
            for place, level in trials(factor):
                try:
                    moved(base, [(factor, level)])
                except ScenarioError as error:
                    for problem in error.problems[:2]:
                        said = what_was_wrong(problem, level)
                        there = ("factors", number, *place)
                        yield Complaint(there, f"{where}{said}", found=problem.found, hint=problem.hint)
