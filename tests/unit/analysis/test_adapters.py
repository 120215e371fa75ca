"""The model as a function and as a model of the EMA workbench; results as tables of other programs."""

import pickle
import sys

import numpy as np
import pytest

from sim.analysis.adapters import as_duckdb, as_ema_model, as_function, as_polars
from sim.core.errors import InputError, ResultsError
from sim.engine.replicate import replicates
from sim.scenario.load import load_scenario
from tests.support.sweeps import grid_of_runs, write_sweep

CLARITY, PLEDGED = "mission.mandate.clarity", "contributors.neighbour.pledged"


def mission():
    return load_scenario("fragile_peace").override({"weeks": 26})


def test_a_matrix_goes_in_and_means_come_out():
    scenario = mission()
    model = as_function(scenario, [CLARITY, PLEDGED], "civilian_deaths", 3, seed=5, workers=1)
    found = model(np.array([[0.2, 500.0], [0.9, 4000.0]]))
    case = scenario.override({CLARITY: 0.9, PLEDGED: 4000})
    known = np.mean([run.outcomes["civilian_deaths"] for run in replicates(case, range(5, 8), 1)])
    assert found.shape == (2,)
    assert found[1] == known
    assert model(np.array([0.2, 500.0]))[0] == found[0]


def test_settings_that_fit_no_scenario_are_refused():
    with pytest.raises(InputError, match="did you mean 'civilian_deaths'"):
        as_function(mission(), [CLARITY], "civilian_death")
    model = as_function(mission(), [CLARITY], "civilian_deaths", 1)
    with pytest.raises(InputError, match=r"expected an array \(points, 1\)"):
        model(np.zeros((2, 3)))
    with pytest.raises(InputError, match="clarity"):
        model(np.array([[1.5]]))


@pytest.mark.slow  # the workbench alone takes seconds to import
@pytest.mark.filterwarnings("ignore:ipyparallel not installed")
def test_the_workbench_runs_the_model():
    ema = pytest.importorskip("ema_workbench", reason="the EMA workbench is not installed")
    model = as_ema_model(
        mission(),
        uncertainties={"donors.members.reliability": (0.3, 1.0)},
        levers={PLEDGED: (500, 4000), "mission.deployment.doctrine": ["hotspot", "population"]},
        outcomes=("civilian_deaths", "trust_state_end", "peak_strength"),
        replicates=1,
    )
    kinds = {item.name: item.kind for item in model.outcomes}
    lower, higher, neither = ema.ScalarOutcome.MINIMIZE, ema.ScalarOutcome.MAXIMIZE, ema.ScalarOutcome.INFO
    assert kinds == {"civilian_deaths": lower, "trust_state_end": higher, "peak_strength": neither}
    cases, outcomes = ema.perform_experiments(model, scenarios=2, policies=2)
    assert {"donors_members_reliability", "contributors_neighbour_pledged", "mission_deployment_doctrine"} <= set(cases)
    assert len(cases) >= 4
    assert (cases["contributors_neighbour_pledged"] == cases["contributors_neighbour_pledged"].astype(int)).all()
    again = pickle.loads(pickle.dumps(model.function))
    names = ["donors_members_reliability", "contributors_neighbour_pledged", "mission_deployment_doctrine"]
    for row in range(len(cases)):
        found = again(**{name: cases[name].iloc[row] for name in names})
        assert found == {name: values[row] for name, values in outcomes.items()}


def test_without_the_workbench_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "ema_workbench", None)
    with pytest.raises(InputError, match="pip install ema_workbench"):
        as_ema_model(mission())


@pytest.fixture
def folder(tmp_path):
    return write_sweep(tmp_path / "sweep", *grid_of_runs(2))


def test_polars_reads_the_runs(folder):
    polars = pytest.importorskip("polars")
    table = as_polars(folder).group_by("doctrine").agg(polars.col("civilian_deaths").mean()).collect()
    assert sorted(table["doctrine"]) == ["hotspot", "static"]
    with pytest.raises(ResultsError, match="has no weekly"):
        as_polars(folder, "weekly")
    with pytest.raises(InputError, match="did you mean 'runs'"):
        as_polars(folder, "run")


def test_duckdb_reads_the_runs(folder):
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    assert as_duckdb(folder).sql("select count(*) from runs").fetchall() == [(48,)]


def test_without_duckdb_it_says_so(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError, match="pip install duckdb"):
        as_duckdb(folder)
