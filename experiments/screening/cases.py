"""What is run: both sides of every expectation, and both ends of every parameter in the places where it can act."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.catalogue import Entry, parameters
from sim.scenario.load import load_scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.scenario import Scenario
from sim.scenario.stars import places as paths_of

HERE = Path(__file__).parent
LEFT_OUT = "left out"  # what files write for a value that is taken away


@dataclass(frozen=True)
class Expectation:
    """One direction that the literature names, as a row of ``expected.toml``; see the remarks there."""

    mechanism: str
    says: str
    scenario: str
    weeks: int
    outcome: str
    sign: int
    source: str
    given: Mapping[str, Any] = field(default_factory=dict)
    vary: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    of: str = "mean"
    times: int = 1

    def side(self, on: bool) -> Scenario:
        """Return the scenario of one side: switched on or off, or the high or low end of what is varied."""
        if self.vary:
            return changed(self.scenario, self.weeks, {**self.given, **{k: ends[on] for k, ends in self.vary.items()}})
        if on:
            return changed(self.scenario, self.weeks, {**far_ends(self.mechanism), **self.given})
        return changed(self.scenario, self.weeks, self.given, self.mechanism)

    @property
    def varied(self) -> list[str]:
        """What differs between the sides, in short."""
        paths = [*self.vary] or [*MECHANISMS[self.mechanism].paths]
        return [path.removeprefix("parameters.") for path in paths]


@dataclass(frozen=True)
class Place:
    """A country and a time in which some parameters can act, as a row of ``places.toml``."""

    scenario: str
    weeks: int
    parameters: tuple[str, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""

    @property
    def general(self) -> bool:
        """Whether it is meant for all parameters."""
        return "*" in self.parameters

    @property
    def name(self) -> str:
        """Scenario, weeks and what is set."""
        given = ", ".join(f"{path.removeprefix('parameters.')} = {value}" for path, value in self.given.items())
        return f"{self.scenario}, {self.weeks} weeks" + (f", {given}" if given else "")

    def end(self, entry: Entry, high: bool) -> Scenario:
        """Return the scenario with a parameter at one end of its plausible range."""
        return changed(self.scenario, self.weeks, {**self.given, entry.path: end_of(entry, high)})


@cache
def expectations() -> tuple[Expectation, ...]:
    """Read what the literature says each mechanism does."""
    rows = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))["expected"]
    return tuple(Expectation(**row) for row in rows)


@cache
def places() -> tuple[Place, ...]:
    """Read where parameters are looked at."""
    rows = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))["place"]
    return tuple(Place(**{**row, "parameters": tuple(row["parameters"])}) for row in rows)


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Read why a mechanism or a parameter does not show what it should."""
    return tomllib.loads((HERE / "reasons.toml").read_text(encoding="utf-8"))


def screened() -> tuple[Entry, ...]:
    """List the parameters that have a plausible range to screen."""
    return tuple(entry for entry in parameters() if entry.plausible[0] != entry.plausible[1])


def places_of(entry: Entry) -> list[Place]:
    """List where a parameter is looked at: its own places first, then those for all."""
    name = entry.path.removeprefix("parameters.")
    mine = [place for place in places() if any(fnmatchcase(name, pattern) for pattern in place.parameters)]
    return sorted(mine, key=lambda place: place.general)


def end_of(entry: Entry, high: bool) -> float | int:
    """Return one end of a parameter's plausible range."""
    value = entry.plausible[high]
    return int(value) if entry.whole else float(value)


def far_ends(mechanism: str) -> dict[str, float | int]:
    """Return a mechanism's parameters at the end of their plausible ranges that is farthest from switched off."""
    ends: dict[str, float | int] = {}
    known = {entry.path: entry for entry in parameters()}
    for path, off in MECHANISMS[mechanism].paths.items():
        if path in known:
            low, high = end_of(known[path], False), end_of(known[path], True)
            ends[path] = high if abs(high - off) >= abs(low - off) else low
    return ends


def changed(name: str, weeks: int, given: Mapping[str, Any], without: str = "") -> Scenario:
    """Load a scenario, cut it, set what is given (stars are spelt out) and switch a mechanism off."""
    scenario = loaded(name)
    data = scenario.data()
    changes: dict[str, Any] = {"weeks": min(weeks, scenario.weeks)}
    for pattern, value in given.items():
        found = [path for path, _ in paths_of(data, pattern)] if "*" in pattern else [pattern]
        changes |= dict.fromkeys(found, None if value == LEFT_OUT else value)
    if without:
        changes["switched_off"] = (*scenario.switched_off, without)
    return scenario.override(changes, origin="screening")


@cache
def loaded(name: str) -> Scenario:
    """Load a bundled scenario once."""
    return load_scenario(name)
