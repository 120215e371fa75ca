"""Factors as axes of a design: what values each takes, its unit, and the level that leaves things alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.scenario.catalogue import entry_at
from sim.scenario.scenario import Scenario
from sim.scenario.study.experiment import Experiment, Factor
from sim.scenario.study.levels import categories, neutral, span
from sim.scenario.study.targets import slot_of

ENSEMBLE = "scenario"  # name of the axis of an ensemble
Value = float | str


@dataclass(frozen=True)
class Axis:
    """One axis of a design.

    Parameters
    ----------
    factor
        What the experiment says.
    kind
        ``number``, ``category``, ``ablation``, ``scenario`` or ``rule``.
    levels
        Its values where they are listed; empty for a range.
    low, high
        Ends of a range; lowest and highest of listed numbers; NaN for categories.
    base
        The level at which it changes nothing.
    unit
        Unit of a number, from the catalogue.
    """

    factor: Factor
    kind: str
    levels: tuple[Value, ...]
    low: float
    high: float
    base: Value
    unit: str

    @property
    def name(self) -> str:
        """Name of its column."""
        return self.factor.name

    @property
    def is_number(self) -> bool:
        """Whether its column holds numbers."""
        return self.kind == "number"

    def steps(self, n: int) -> tuple[Value, ...]:
        """Give its levels; ``n`` of them, ends included, for a range."""
        if self.levels:
            return self.levels
        if n == 1:
            return (float(self.at(np.array([0.5]))[0]),)
        return tuple(float(value) for value in self.at(np.linspace(0.0, 1.0, n)))

    def at(self, share: np.ndarray) -> np.ndarray:
        """Give the values at shares of its length.

        Parameters
        ----------
        share : (n,) float, 0 to 1
            Listed levels each take an equal part.

        Returns
        -------
        (n,) float or object
        """
        if self.levels:
            number = np.minimum((np.asarray(share) * len(self.levels)).astype(np.int64), len(self.levels) - 1)
            return np.array(self.levels, dtype=np.float64 if self.is_number else object)[number]
        if self.factor.scale == "log":
            value = np.exp(np.log(self.low) + share * (np.log(self.high) - np.log(self.low)))
            value = np.clip(value, self.low, self.high)
        else:
            value = self.low + share * (self.high - self.low)
        return np.round(value) if _whole(self.factor) else value

    def described(self) -> dict[str, Any]:
        """Describe it for the manifest."""
        return {
            "name": self.name,
            "path": ", ".join(self.factor.targets),
            "change": self.factor.change,
            "kind": self.kind,
            "low": None if np.isnan(self.low) else self.low,
            "high": None if np.isnan(self.high) else self.high,
            "values": list(self.levels),
            "base": None if isinstance(self.base, float) and np.isnan(self.base) else self.base,
            "unit": self.unit,
            "scale": self.factor.scale,
        }


def axes_of(experiment: Experiment, scenarios: Mapping[str, Scenario]) -> tuple[Axis, ...]:
    """Make the axes of an experiment; that of an ensemble of scenarios comes first."""
    first = next(iter(scenarios.values()))
    factors = experiment.factors
    if experiment.base.scenarios:
        factors = (Factor(name=ENSEMBLE, scenario=experiment.base.scenarios), *factors)
    return tuple(_axis(factor, first) for factor in factors)


def _axis(factor: Factor, scenario: Scenario) -> Axis:
    named, reach = categories(factor), span(factor)
    base = neutral(factor, scenario)
    if reach is not None:
        return Axis(factor, "number", (), float(reach[0]), float(reach[1]), base, _unit(factor))
    if not named:
        numbers = tuple(float(value) for value in factor.values)
        return Axis(factor, "number", numbers, min(numbers), max(numbers), base, _unit(factor))
    kinds = {"ablation": factor.ablate, "scenario": factor.scenario, "rule": factor.rule}
    kind = next((kind for kind, said in kinds.items() if said), "category")
    return Axis(factor, kind, tuple(named), np.nan, np.nan, base, "")


def _unit(factor: Factor) -> str:
    if factor.change == "times":
        return "ratio"
    entry = entry_at(factor.targets[0].replace("missions.*.", "mission."))
    if entry is not None:
        return entry.unit
    slot = slot_of(factor.targets[0])
    return "weeks" if factor.change == "plus" else slot.unit if slot is not None else ""


def _whole(factor: Factor) -> bool:
    slot = slot_of(factor.targets[0])
    return factor.change != "times" and slot is not None and slot.kind is int
