"""Tiny countries for tests: a few cells, two armed groups, at most one small mission, every number known.

>>> lab = Lab(scenario("AB"))
>>> lab.bands.fighters[0] = 80
>>> lab.run(fight)
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.core.process import Process
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates
from tests.support.calls import Calls

START = "2000-01-03"
LONG_AGO = "1999-01-04"
ARMY, REBELS = 0, 1
HILL, PLAIN = 0, 1
CELL_KM = 20.0
AREA = 0.4  # of a cell, in 1,000 km2


def region(letter: str, **more: Any) -> dict[str, Any]:
    """A region of ten thousand people, half of each group, on open ground with good roads."""
    usual = {
        "name": f"Region {letter}",
        "population": 10_000,
        "identity": {"hill": 0.5, "plain": 0.5},
        "terrain": 0.0,
        "roads": 1.0,
    }
    return usual | more


def army(**more: Any) -> dict[str, Any]:
    """A hundred soldiers of the state in one band, in region A."""
    usual = {
        "id": "army", "name": "Army", "kind": "state", "constituency": ["plain"], "fighters": 100,
        "where": {"A": 1.0}, "band_size": 100, "enemies": ["rebels"], "commitment": 0.0,
    }  # fmt: skip
    return usual | more


def rebels(**more: Any) -> dict[str, Any]:
    """A hundred rebels in one band, in region B."""
    usual = {
        "id": "rebels", "name": "Rebels", "kind": "rebel", "constituency": ["hill"], "fighters": 100,
        "where": {"B": 1.0}, "band_size": 100, "commitment": 0.0,
    }  # fmt: skip
    return usual | more


def mission(
    tasks: dict[str, float] | None = None,
    *,
    military: int = 300,
    police: int = 0,
    observers: int = 0,
    civilians: int = 0,
    rules: str = "enforce",
    clarity: float = 1.0,
    start: str = LONG_AGO,
    deployment: dict[str, Any] | None = None,
    mandate: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A mission in the field whose units always act: clear mandate, perfect leadership, all force allowed."""
    strength = {
        "date": start, "military": military, "police": police, "observers": observers, "civilians": civilians,
    }  # fmt: skip
    orders = {
        "tasks": tasks or {"protection_of_civilians": 1.0},
        "rules_of_engagement": rules,
        "clarity": clarity,
        "authorised": [strength],
    }
    usual = {
        "name": "Mission",
        "start": start,
        "leadership": 1.0,
        "mandate": orders | (mandate or {}),
        "deployment": deployment or {},
    }
    return usual | more


def contributor(name: str = "ghana", pledged: int = 150, **more: Any) -> dict[str, Any]:
    """A contingent of average quality without caveats, which fits in and half knows the place."""
    usual = {
        "id": name, "name": name, "pledged": pledged, "quality": 1.0, "caveats": 0.0, "interoperability": 1.0,
        "proximity": 0.5,
    }  # fmt: skip
    return usual | more


def scenario(rows: str = "AB", *, regions: dict[str, dict[str, Any]] | None = None, **parts: Any) -> Scenario:
    """Make a scenario of a few cells; a region is one cell where its letter is drawn once.

    Parameters
    ----------
    rows
        The map, one character a cell.
    regions
        What differs from `region`, by letter.
    parts
        Any other table of a scenario file.
    """
    letters = sorted({character for character in rows if character.isupper()})
    groups = [army(), rebels(where={letters[-1]: 1.0})]
    data: dict[str, Any] = {
        "scenario": {"id": "tiny", "title": "Tiny", "summary": "For tests.", "start": START, "weeks": 520},
        "map": {"cell_km": CELL_KM, "rows": rows},
        "regions": {letter: region(letter, **(regions or {}).get(letter, {})) for letter in letters},
        "identity_groups": [{"id": "hill", "name": "Hill"}, {"id": "plain", "name": "Plain"}],
        "armed_groups": groups,
    }
    return Scenario.model_validate(data | parts)


class Lab:
    """One world and its rates; tables are attributes, processes are run one by one."""

    def __init__(self, given: Scenario, seed: int = 1) -> None:
        self.scenario = given
        self.world = build_world(given, seed)
        self.rates = build_rates(given.parameters)
        self._call = Calls()

    def __getattr__(self, table: str) -> Any:
        return getattr(self.world, table)

    def run(self, process: Process, weeks: int = 1) -> "Lab":
        """Run one process for some weeks, the clock going on."""
        for number in range(weeks):
            self._call(process, self.world, self.rates)
            if number < weeks - 1:
                self.clock.week[0] += 1
        return self

    def at(self, week: int) -> "Lab":
        """Set the clock."""
        self.clock.week[0] = week
        return self

    def people(self) -> int:
        """Everyone there is, the dead included: what must stay as it was at the start, plus births."""
        living = self.communities.residents.sum() + self.communities.hosted.sum() + self.population.abroad.sum()
        armed = self.bands.fighters.sum() + self.ranks.waiting.sum() + self.ranks.reintegrating.sum()
        dead = self.population.killed[0] + self.population.died[0] + self.population.fighters_killed[0]
        return int(living + armed + dead + self.population.murdered[0])

    def arms(self) -> int:
        """Every small arm there is, was collected or seized, less those from abroad: what must stay as at the start."""
        weapons = self.weapons
        there = weapons.held.sum() + weapons.hidden.sum() + weapons.civil.sum()
        return int(there + weapons.collected.sum() + weapons.seized[0] - weapons.imported[0])


def copies(given: Scenario, n: int) -> Iterator[Lab]:
    """Give the same world under n different lucks."""
    for seed in range(n):
        yield Lab(given, seed)


def spread_of_share(p: float, n: int) -> float:
    """Four standard deviations of the share of n trials of probability p."""
    return 4.0 * math.sqrt(max(p * (1.0 - p), 1e-12) / n)


def frozen(world: Any, *but: str) -> dict[str, np.ndarray]:
    """Copy every column of a world, but for some tables or ``table.column``s."""
    return {
        f"{name}.{column}": np.copy(array)
        for name, table in world._asdict().items()
        for column, array in table._asdict().items()
        if name not in but and f"{name}.{column}" not in but
    }


def assert_same(before: dict[str, np.ndarray], world: Any) -> None:
    """Assert that the columns copied before are unchanged."""
    for key, array in before.items():
        table, column = key.split(".")
        np.testing.assert_array_equal(getattr(getattr(world, table), column), array, err_msg=key)
