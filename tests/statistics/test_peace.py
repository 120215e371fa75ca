"""What keeps a peace, over many futures of the teaching countries; and that the size of cells is no such thing.

What is asserted are directions, with their intervals, and orders of magnitude. Nothing here is a fit.
"""

import math

import numpy as np
import pytest

from sim.engine.replicate import replicates
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from sim.world.series import SERIES

pytestmark = pytest.mark.slow

RUNS = 60
COLUMN = {series.name: number for number, series in enumerate(SERIES)}


def futures(scenario: Scenario, runs: int = RUNS) -> list:
    """Run a scenario under the same seeds as every other."""
    found = list(replicates(scenario, range(runs)))
    assert [run.error for run in found] == [""] * runs
    return found


def outcomes(runs: list, name: str) -> np.ndarray:
    return np.array([run.outcomes[name] for run in runs])


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of a mean."""
    half = 1.96 * values.std(ddof=1) / math.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def years_of_quiet(runs: list, start: int) -> np.ndarray:
    """Years from a week to the first 52 weeks with 25 battle deaths, or to the end."""
    found = []
    for run in runs:
        dead = np.cumsum(run.weekly[start + 1 :, COLUMN["battle_deaths"]])
        before = np.concatenate([np.zeros(52), dead[:-52]])
        bad = np.flatnonzero(dead - before >= 25.0)
        found.append((bad[0] if len(bad) else len(dead)) / 52.0)
    return np.array(found)


def test_a_watched_truce_lasts_longer() -> None:
    """Fortna (2008): five-year survival of truces 0.27 alone, 0.57 with peacekeepers; small numbers, wide margins."""
    scenario = load_scenario("ceasefire_line")
    signed = scenario.week_of(scenario.peace.agreements[0].date)
    watched, alone = (years_of_quiet(futures(each), signed) for each in (scenario, scenario.without_mission()))
    assert interval(watched - alone)[0] > 0.0
    assert 0.05 < (alone > 5.0).mean() < 0.5
    assert 0.2 < (watched > 5.0).mean() < 0.8


def test_a_share_in_power_holds_an_agreement_together() -> None:
    scenario = load_scenario("fragile_peace").without_mission()
    much, little = (
        outcomes(futures(scenario.override({"peace.agreements.0.inclusion": share})), "collapses")
        for share in (0.9, 0.1)
    )
    assert interval(much - little)[1] < 0.0


def test_who_gains_from_war_stays_outside_longer() -> None:
    """The spoiler of the fragile peace, with and without its mines."""
    scenario = load_scenario("fragile_peace").without_mission()
    greedy, poor = (
        np.array([run.weekly[:156, COLUMN["commitment"]].mean() for run in futures(each, 40)])
        for each in (scenario, scenario.override({"armed_groups.kilgar_brigade.spoils": 0.1}))
    )
    assert interval(poor - greedy)[0] > 0.0


def test_reformed_forces_kill_fewer_civilians() -> None:
    scenario = load_scenario("fragile_peace")
    untrained = scenario.model_copy(update={"switched_off": ("security_reform",)})
    with_it, without = (futures(each, 160) for each in (scenario, untrained))
    for name, sign in (("civilians_killed_by_state", -1.0), ("commitment_end", 1.0)):
        assert interval(sign * (outcomes(with_it, name) - outcomes(without, name)))[0] > 0.0, name


def finer(scenario: Scenario) -> Scenario:
    """The same country in cells of half the size; a place keeps one of its four cells."""
    rows = []
    for row in scenario.rows:
        home = [scenario.places[x].region if x in scenario.places else x for x in row]
        rows.append("".join(x + h for x, h in zip(row, home, strict=True)))
        rows.append("".join(h + h for h in home))
    data = scenario.data()
    data["map"] = {"cell_km": scenario.map.cell_km / 2.0, "rows": "\n".join(rows)}
    return Scenario.model_validate(data)


def test_the_size_of_cells_changes_a_war_little() -> None:
    """Battle deaths of two years, without a mission, in cells of 15 and of 7.5 km."""
    scenario = load_scenario("fragile_peace").without_mission().override({"weeks": 104})
    coarse, fine = (
        np.array([run.weekly[:, COLUMN["battle_deaths"]].sum() for run in futures(each, 40)])
        for each in (scenario, finer(scenario))
    )
    assert 0.6 < fine.mean() / coarse.mean() < 1.6
