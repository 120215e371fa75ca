"""Names mean nothing to a bit; the order of groups and the directions of the map, nothing on average."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.engine.run import simulate
from sim.scenario.scenario import Scenario
from sim.world.tables import World
from tests.support.countries import valley
from tests.support.runs import differences

RUNS = 250
NEVER = 4.5  # standard errors; the seeds are fixed, so this either holds or does not


def renamed(thing: Any, names: dict[str, str]) -> Any:
    """Replace names wherever they stand, as keys or values."""
    if isinstance(thing, dict):
        return {names.get(key, key): renamed(value, names) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [renamed(item, names) for item in thing]
    return names.get(thing, thing) if isinstance(thing, str) else thing


@pytest.mark.parametrize("seed", range(3))
def test_other_names_change_nothing(seed: int) -> None:
    names = {
        "A": "X",
        "B": "A",
        "C": "Z",
        "a": "1",
        "b": "a",
        "c": "2",
        "d": "3",
        "hill": "plain",
        "plain": "hill",
        "army": "one",
        "front": "army",
        "sons": "two",
        "main": "m",
        "bridge": "main",
        "all": "none",
        "first": "second",
        "second": "first",
        "bread": "roses",
    }
    data = renamed(valley().data(), names)
    letters = {ord(old): new for old, new in names.items() if len(old) == 1}
    data["map"]["rows"] = data["map"]["rows"].translate(letters)
    other = Scenario.model_validate(data)
    assert other.armed_groups[1].id == "army"
    assert differences(simulate(other, seed), simulate(valley(), seed)) == []


# ---------------------------------------------------------------- on average


def turned(data: dict[str, Any]) -> dict[str, Any]:
    """List armed groups and identity groups the other way round."""
    return data | {name: list(reversed(data[name])) for name in ("armed_groups", "identity_groups")}


def shifted(data: dict[str, Any]) -> dict[str, Any]:
    """Let every armed group take the place of the one before it."""
    return data | {"armed_groups": [*data["armed_groups"][1:], data["armed_groups"][0]]}


def mirrored(data: dict[str, Any]) -> dict[str, Any]:
    """Swap west and east."""
    rows = "\n".join(row[::-1] for row in data["map"]["rows"].split("\n"))
    return data | {"map": data["map"] | {"rows": rows}}


def upside_down(data: dict[str, Any]) -> dict[str, Any]:
    """Swap north and south."""
    rows = "\n".join(reversed(data["map"]["rows"].split("\n")))
    return data | {"map": data["map"] | {"rows": rows}}


def figures(scenario: Scenario, world: World) -> dict[str, float]:
    """What became of each group, by its id."""
    found: dict[str, float] = {
        "civilians killed": world.population.killed[0],
        "fear": world.communities.fear.mean(),
        "implementation": world.peace.implementation[0],
        "trust": world.communities.trust_mission.mean(),
        "clashes": world.peace.violations[0],
    }
    for a, group in enumerate(scenario.armed_groups):
        for name in ("killed", "recruited", "deserted", "disarmed"):
            found[f"{name} of {group.id}"] = getattr(world.ranks, name)[a]
        found[f"fighters of {group.id}"] = world.groups.fighters[a]
        found[f"commitment of {group.id}"] = world.groups.commitment[a]
        found[f"killed by {group.id}"] = world.violence.killed_by[a]
        found[f"control of {group.id}"] = world.communities.control[a, :].sum()
    for g, identity in enumerate(scenario.identity_groups):
        displaced = world.communities.hosted[g, :].sum() + world.population.abroad[g]
        found[f"displaced of {identity.id}"] = displaced
        found[f"grievance of {identity.id}"] = world.communities.grievance[g, :].mean()
        found[f"residents of {identity.id}"] = world.communities.residents[g, :].sum()
    return found


def sample(change: Callable[[dict[str, Any]], dict[str, Any]], first_seed: int) -> dict[str, np.ndarray]:
    """Run a changed valley many times."""
    scenario = Scenario.model_validate(change(valley(78).data()))
    rows = [figures(scenario, simulate(scenario, first_seed + seed)) for seed in range(RUNS)]
    return {name: np.array([row[name] for row in rows], dtype=np.float64) for name in rows[0]}


@pytest.fixture(scope="module")
def usual() -> dict[str, np.ndarray]:
    return sample(lambda data: data, 0)


@pytest.mark.parametrize("change", [turned, shifted, mirrored, upside_down])
def test_order_and_direction_mean_nothing_on_average(
    usual: dict[str, np.ndarray], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    other = sample(change, 10_000)
    apart = {}
    for name, here in usual.items():
        there = other[name]
        error = np.sqrt((here.var() + there.var()) / RUNS)
        gap = abs(here.mean() - there.mean())
        if gap > NEVER * error and gap > 1e-9:
            apart[name] = f"{here.mean():.4g} against {there.mean():.4g}, {gap / max(error, 1e-12):.1f} errors"
    assert apart == {}
