"""The plan of a sweep: row, arm and replicate of every run, and from there its scenario and seed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim.core.seeds import MAX_SEED
from sim.experiment.axes import Axis, Value, axes_of
from sim.experiment.design import Table, design_table
from sim.results.outcomes import OUTCOMES
from sim.scenario.scenario import Scenario
from sim.scenario.study.experiment import Experiment
from sim.scenario.study.levels import moved, with_base
from sim.scenario.study.load import Study
from sim.world.series import SERIES


class Run(NamedTuple):
    """One run of a sweep."""

    number: int
    row: int
    arm: int
    replicate: int
    seed: int


@dataclass(frozen=True)
class Recipe:
    """All that a worker needs to make the scenario of a row, but for the row itself."""

    scenarios: Mapping[str, Scenario]  # with the changes of [base]
    axes: tuple[Axis, ...]
    arms: tuple[str, ...]
    against: str
    replicates: int
    seed: int
    common_luck: bool
    outcomes: tuple[str, ...]
    series: tuple[str, ...]  # weekly series to keep

    def run(self, number: int) -> Run:
        """Say which row, arm and replicate a run is, and its seed."""
        block, replicate = divmod(number, self.replicates)
        row, arm = divmod(block, len(self.arms))
        return Run(number, row, arm, replicate, self.seed + replicate if self.common_luck else self._own(number))

    def _own(self, number: int) -> int:
        """Draw the seed of a run that shares its luck with no other."""
        key = hashlib.sha256(f"{self.seed}:{number}".encode()).digest()
        return int.from_bytes(key[:8], "little") % (MAX_SEED + 1)

    def scenario(self, point: Sequence[Value], arm: int) -> Scenario:
        """Make the scenario of a row.

        Parameters
        ----------
        point
            Level of each axis.
        arm
            0 for the policy, 1 for the contrast.

        Raises
        ------
        ScenarioError
            If the levels contradict each other.
        """
        which = [value for axis, value in zip(self.axes, point, strict=True) if axis.kind == "scenario"]
        base = self.scenarios[str(which[0])] if which else next(iter(self.scenarios.values()))
        if arm and self.against == "baseline":
            return base
        pairs = ((axis.factor, value) for axis, value in zip(self.axes, point, strict=True))
        scenario = moved(base, pairs)
        return scenario.without_mission() if arm else scenario


class Plan:
    """A study, laid out.

    Parameters
    ----------
    study
        An experiment and its scenarios, as they were read.
    design
        Its design where that is known already, as from a results folder; drawn anew where left out.
    """

    def __init__(self, study: Study, design: Table | None = None) -> None:
        self.experiment: Experiment = study.experiment
        self.scenarios = study.scenarios
        experiment = study.experiment
        changed = {name: with_base(experiment, scenario) for name, scenario in study.scenarios.items()}
        self.axes = axes_of(experiment, changed)
        self.design = design_table(experiment.design, self.axes) if design is None else design
        names = [series.name for series in SERIES]
        self.recipe = Recipe(
            scenarios=changed,
            axes=self.axes,
            arms=experiment.arms,
            against=experiment.contrast.against if experiment.contrast else "",
            replicates=experiment.base.replicates,
            seed=experiment.base.seed,
            common_luck=experiment.base.common_random_numbers,
            outcomes=experiment.outcomes.names or tuple(OUTCOMES),
            series=(experiment.outcomes.series or tuple(names)) if experiment.outcomes.weekly else (),
        )

    @property
    def n_rows(self) -> int:
        """Rows of the design."""
        return len(next(iter(self.design.values())))

    @property
    def n_blocks(self) -> int:
        """Rows times arms: blocks of runs that differ in nothing but the seed."""
        return self.n_rows * len(self.recipe.arms)

    @property
    def n_runs(self) -> int:
        """Runs that it may take at most."""
        return self.n_blocks * self.recipe.replicates

    def point(self, row: int) -> tuple[Value, ...]:
        """Give the level of each axis in a row."""
        return tuple(column[row] if column.dtype == object else float(column[row]) for column in self.design.values())

    def number(self, row: int, arm: int, replicate: int) -> int:
        """Give the number of a run."""
        return (row * len(self.recipe.arms) + arm) * self.recipe.replicates + replicate

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What must not change while a folder is filled, part by part."""
        recipe = self.recipe
        return {
            "scenarios": {name: scenario.digest() for name, scenario in recipe.scenarios.items()},
            "factors": [axis.described() for axis in self.axes],
            "levels": {axis.name: _hash(axis.factor.model_dump(mode="json")) for axis in self.axes},
            "design": _digest(self.design),
            "replicates": recipe.replicates,
            "seed": recipe.seed,
            "common_random_numbers": recipe.common_luck,
            "arms": [*recipe.arms, recipe.against],
            "outcomes": list(recipe.outcomes),
            "series": list(recipe.series),
        }

    @cached_property
    def digest(self) -> str:
        """Fingerprint of the identity: SHA-256 of its canonical JSON."""
        return _hash(self.identity)


def _hash(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _digest(table: Table) -> str:
    digest = hashlib.sha256()
    for name, column in table.items():
        digest.update(f"{name} {len(column)} ".encode())
        if column.dtype == object:
            digest.update("\0".join(map(str, column)).encode())
        else:
            digest.update(np.ascontiguousarray(column, dtype="<f8").tobytes())
    return digest.hexdigest()
