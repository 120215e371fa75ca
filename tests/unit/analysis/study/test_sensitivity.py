"""Sobol and Morris indices come out right on functions whose indices are known, through a sweep's own folder."""

import numpy as np
import pandas as pd
import pytest
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami, Sobol_G

from sim.analysis.study import Factor, Study
from sim.analysis.study.sensitivity import convergence, morris, sobol, unit_cube
from sim.core.errors import InputError
from sim.experiment import work as working
from sim.experiment.sweep import sweep
from tests.support.studies import small
from tests.support.sweeps import entry, write_sweep

# Ishigami with a = 7, b = 0.1: Saltelli et al. (2000), Sensitivity Analysis, and by hand from its variance.
A, B = 7.0, 0.1
VARIANCE = A**2 / 8.0 + B * np.pi**4 / 5.0 + B**2 * np.pi**8 / 18.0 + 0.5
FIRST = np.array([0.5 * (1.0 + B * np.pi**4 / 5.0) ** 2, A**2 / 8.0, 0.0]) / VARIANCE
SECOND = (8.0 * B**2 * np.pi**8 / 225.0) / VARIANCE
TOTAL = FIRST + np.array([SECOND, 0.0, SECOND])


def design(n, second=True, bounds=(-np.pi, np.pi), k=3):
    problem = {"num_vars": k, "names": [f"x{i}" for i in range(k)], "bounds": [list(bounds)] * k}
    return problem, sobol_sample.sample(problem, n, calc_second_order=second, seed=1)


def as_study(problem, x, y, kind="sobol"):
    low, high = problem["bounds"][0]
    factors = [Factor(name, kind="number", low=low, high=high) for name in problem["names"]]
    return Study.of(pd.DataFrame(x, columns=problem["names"]), {"y": y}, kind=kind, factors=factors)


def test_the_known_values_are_those_of_the_literature():
    assert pytest.approx([0.3139, 0.4424, 0.0], abs=1e-4) == FIRST
    assert pytest.approx(0.2437, abs=1e-4) == SECOND


@pytest.mark.parametrize("second", [True, False])
def test_ishigami_through_a_results_folder(tmp_path, second):
    problem, x = design(1024, second)
    points = pd.DataFrame(x, columns=problem["names"])
    factors = [{**entry(name, points[name]), "low": -np.pi, "high": np.pi} for name in problem["names"]]
    plan = {"n": 1024, "second_order": second}
    folder = tmp_path / "sweep"
    write_sweep(folder, points, {"civilian_deaths": Ishigami.evaluate(x)}, kind="sobol", factors=factors, design=plan)
    found = sobol(Study.open(folder), "civilian_deaths")
    assert found.blocks == 1024
    assert found.indices["first"].to_numpy() == pytest.approx(FIRST, abs=0.03)
    assert found.indices["total"].to_numpy() == pytest.approx(TOTAL, abs=0.03)
    for name, known in (("first", FIRST), ("total", TOTAL)):
        assert (found.indices[f"{name}_low"] <= known).all()
        assert (found.indices[f"{name}_high"] >= known).all()
    assert len(found.pairs) == (3 if second else 0)
    if second:
        pair = found.pairs.set_index(["factor", "other"])["second"]
        assert pair["x0", "x2"] == pytest.approx(SECOND, abs=0.04)
        assert pair["x0", "x1"] == pytest.approx(0.0, abs=0.04)


def test_the_g_function_has_its_known_indices():
    a = np.array([0.0, 1.0, 4.5, 9.0])
    parts = 1.0 / (3.0 * (1.0 + a) ** 2)
    whole = np.prod(1.0 + parts) - 1.0
    first = parts / whole
    total = parts * np.prod(1.0 + parts) / (1.0 + parts) / whole
    problem, x = design(1024, second=False, bounds=(0.0, 1.0), k=4)
    found = sobol(as_study(problem, x, Sobol_G.evaluate(x, a=a)), "y").indices
    assert found["first"].to_numpy() == pytest.approx(first, abs=0.03)
    assert found["total"].to_numpy() == pytest.approx(total, abs=0.03)


def test_indices_converge_as_the_design_grows():
    problem, x = design(512, second=False)
    grown = convergence(as_study(problem, x, Ishigami.evaluate(x)), "y")
    assert sorted(grown["n"].unique()) == [8, 16, 32, 64, 128, 256, 512]
    width = (grown["total_high"] - grown["total_low"]).groupby(grown["n"]).mean()
    assert width[512] < 0.4 * width[32]


def test_chance_is_told_from_factors():
    problem, x = design(64, second=False, bounds=(0.0, 1.0), k=2)
    noise = np.random.default_rng(3).normal(0.0, 1.0, (len(x), 20))
    mean = 4.0 * x[:, 0] + 1.0 * x[:, 1]
    runs = pd.DataFrame(np.repeat(x, 20, axis=0), columns=problem["names"])
    runs["row"], runs["replicate"] = np.repeat(np.arange(len(x)), 20), np.tile(np.arange(20), len(x))
    study = Study.of(
        runs, {"y": (mean[:, None] + noise).ravel()}, kind="sobol", factors=as_study(problem, x, mean).factors
    )
    found = sobol(study, "y")
    assert found.chance == pytest.approx(1.0 / (1.0 + 17.0 / 12.0), abs=0.06)
    assert found.indices["first"].to_numpy() == pytest.approx([16.0 / 17.0, 1.0 / 17.0], abs=0.12)


def test_a_failed_run_costs_its_block_alone():
    problem, x = design(64, second=False)
    y = Ishigami.evaluate(x)
    y[7] = np.nan
    found = sobol(as_study(problem, x, y), "y")
    assert (found.blocks, found.dropped) == (63, 1)
    whole = sobol(as_study(problem, x[5:], Ishigami.evaluate(x)[5:]), "y")
    assert whole.blocks == 63


def test_designs_that_do_not_fit_are_refused():
    problem, x = design(64, second=False)
    y = Ishigami.evaluate(x)
    with pytest.raises(InputError, match="sobol design, and this study has a grid design"):
        sobol(as_study(problem, x, y, kind="grid"), "y")
    with pytest.raises(InputError, match="blocks of 5 or 8 rows, found 319"):
        sobol(as_study(problem, x[1:], y[1:]), "y")
    with pytest.raises(InputError, match="same in every run"):
        sobol(as_study(problem, x, np.ones(len(x))), "y")
    with pytest.raises(InputError, match="7 blocks of the design are whole"):
        sobol(as_study(problem, x[:35], y[:35]), "y")


def test_elementary_effects_of_a_linear_function_are_its_slopes():
    problem = {"num_vars": 3, "names": ["x0", "x1", "x2"], "bounds": [[0.0, 2.0]] * 3}
    x = morris_sample.sample(problem, 12, seed=1)
    found = morris(as_study(problem, x, 3.0 * x[:, 0] - 2.0 * x[:, 1], kind="morris"), "y")
    assert found["mu"].to_numpy() == pytest.approx([6.0, -4.0, 0.0], abs=1e-9)
    assert found["mu_star"].to_numpy() == pytest.approx([6.0, 4.0, 0.0], abs=1e-9)
    assert found["sigma"].to_numpy() == pytest.approx(0.0, abs=1e-9)


def test_a_product_shows_as_spread():
    problem = {"num_vars": 2, "names": ["x0", "x1"], "bounds": [[0.0, 1.0]] * 2}
    x = morris_sample.sample(problem, 40, seed=1)
    found = morris(as_study(problem, x, x[:, 0] * x[:, 1], kind="morris"), "y")
    assert (found["sigma"] > 0.2).all()
    assert found["mu_star"].to_numpy() == pytest.approx(0.5, abs=0.15)


def test_words_and_logs_have_their_place_in_the_unit_cube():
    points = pd.DataFrame({"a": [1.0, 10.0, 100.0], "b": ["low", "mid", "high"]})
    factors = [
        Factor("a", low=1.0, high=100.0, scale="log"),
        Factor("b", kind="category", values=("low", "mid", "high")),
    ]
    study = Study.of(points, {"y": [1.0, 2.0, 3.0]}, factors=factors)
    assert unit_cube(study) == pytest.approx(np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]]))


@pytest.fixture
def swept(tmp_path, monkeypatch):
    """Sweep a plain function of three shares: all of a sweep but the engine, from a study's tables to its folder."""
    paths = {"x0": "mission.mandate.clarity", "x1": "mission.mandate.sanctions", "x2": "mission.leadership"}

    def carry_out(function, **design):
        def known(scenario, seed, recipe):
            mission = scenario.mission
            shares = np.array([mission.mandate.clarity, mission.mandate.sanctions, mission.leadership])
            return working.Answer({"civilian_deaths": float(function(shares))}, None, "00", "", 0.001)

        monkeypatch.setattr(working, "attempt", known)
        monkeypatch.setattr("sim.experiment.sweep.warm_up", lambda recipe: 0.01)
        told = small(
            base={"replicates": 1},
            factors=[{"name": name, "path": path, "range": [0.0, 1.0]} for name, path in paths.items()],
            design=None,
            contrast=None,
            outcomes={"names": ["civilian_deaths"]},
        )
        sweep(told | {"design": design}, tmp_path / "sweep", executor="threads", workers=2)
        study = Study.open(tmp_path / "sweep")
        assert study.missing == 0
        assert len(study.runs) > 100
        return study

    return carry_out


@pytest.mark.slow
def test_ishigami_through_a_sweep(swept):
    study = swept(lambda x: Ishigami.evaluate(np.pi * (2.0 * x[None] - 1.0))[0], kind="sobol", n=256, seed=3)
    found = sobol(study, "civilian_deaths").indices
    assert found["factor"].tolist() == ["x0", "x1", "x2"]
    for name, known in (("first", FIRST), ("total", TOTAL)):
        assert found[name].to_numpy() == pytest.approx(known, abs=0.1)
        assert (found[f"{name}_low"] <= known).all()
        assert (found[f"{name}_high"] >= known).all()


def test_effects_of_a_plane_through_a_sweep_are_its_slopes(swept):
    found = morris(swept(lambda x: 3.0 * x[0] - 2.0 * x[1], kind="morris", n=30, seed=3), "civilian_deaths")
    assert found.set_index("factor")["mu"].to_dict() == pytest.approx({"x0": 3.0, "x1": -2.0, "x2": 0.0})
    assert found["sigma"].to_numpy() == pytest.approx(0.0, abs=1e-9)
