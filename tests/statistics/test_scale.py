"""Halving the side of every cell of a country changes what its people live through by little.

Two years of Liberia without a mission, in cells of 16 and of 8 km, with the same people, forces and calendar. What is
listed here is moved by processes that count people, area and distance; battle deaths and the number of bands are not
listed, because bands still merge and meet by the cell.
"""

import numpy as np
import pytest

from sim.engine.replicate import replicates
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from sim.world.refine import refine
from sim.world.series import SERIES

pytestmark = pytest.mark.slow

RUNS = 40
MOST = 0.10  # relative change of an expectation beside what chance leaves open
SURE = 3.0  # standard errors
SUMS = ("fled", "returned", "recruited", "deserted", "civilians_killed", "murders", "relief_usd", "relief_looted_usd")
MEANS = ("fear", "need", "grievance", "livelihood", "displaced", "refugees", "contested", "state_control")


def sample(scenario: Scenario) -> dict[str, np.ndarray]:
    """Run a scenario many times and give the sum or mean of each series by run."""
    tables = np.array([run.weekly for run in replicates(scenario, range(RUNS))])
    column = {series.name: tables[..., number] for number, series in enumerate(SERIES)}
    return {name: column[name].sum(axis=1) for name in SUMS} | {name: column[name].mean(axis=1) for name in MEANS}


@pytest.fixture(scope="module")
def pair() -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    coarse = load_scenario("unmil").without_mission().override({"weeks": 104})
    return sample(coarse), sample(refine(coarse))


@pytest.mark.parametrize("name", [*SUMS, *MEANS])
def test_the_size_of_cells_hardly_matters(pair: tuple[dict[str, np.ndarray], ...], name: str) -> None:
    coarse, fine = pair[0][name], pair[1][name]
    error = np.sqrt((coarse.var() + fine.var()) / RUNS)
    assert coarse.mean() > 0.0
    assert abs(fine.mean() - coarse.mean()) < MOST * coarse.mean() + SURE * error
