"""From the name of an experiment to its plan."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import ExperimentError
from sim.experiment.plan import Plan
from sim.results.outcomes import OUTCOMES
from sim.scenario.study.load import Study, checked, read_experiment
from sim.world.series import SERIES

SERIES_NAMES = tuple(series.name for series in SERIES)


def load_study(experiment: str | os.PathLike[str] | Mapping[str, Any]) -> Study:
    """Read and check an experiment with its scenarios.

    Parameters
    ----------
    experiment
        A bundled study, the path of a file, or the tables of one as a dictionary.

    Raises
    ------
    ExperimentError
        With everything that is wrong.
    """
    if isinstance(experiment, Mapping):
        return checked(experiment, OUTCOMES, SERIES_NAMES)
    return read_experiment(experiment, OUTCOMES, SERIES_NAMES)


def make_plan(experiment: str | os.PathLike[str] | Mapping[str, Any] | Study, *, quick: bool = False) -> Plan:
    """Lay out an experiment, or the smaller one that ``--quick`` runs."""
    study = experiment if isinstance(experiment, Study) else load_study(experiment)
    return Plan(Study(study.experiment.smaller(), study.scenarios) if quick else study)


def plan_of(folder: Path) -> Plan:
    """Lay out the experiment that a results folder holds, with the design that was run.

    Raises
    ------
    ExperimentError, ResultsError
        If the folder does not hold one that can be read.
    """
    from sim.experiment.folder import EXPERIMENT, design_of

    if not (folder / EXPERIMENT).is_file():
        raise ExperimentError(f"{folder} is not the results folder of a sweep")
    study = read_experiment(folder / EXPERIMENT, OUTCOMES, SERIES_NAMES)
    return Plan(study, design_of(folder))
