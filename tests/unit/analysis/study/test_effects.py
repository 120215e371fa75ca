"""Effect tables, regression, surfaces, variance and bands on outcomes whose effects are known."""

import numpy as np
import pandas as pd
import pytest
from SALib.sample import sobol as sobol_sample

from sim.analysis.intervals import difference
from sim.analysis.study import Factor, Study
from sim.analysis.study.bands import bands
from sim.analysis.study.effects import effect_table, interaction_table, levels, reference
from sim.analysis.study.regression import counted, fit, regress
from sim.analysis.study.surface import fit_surface
from sim.analysis.study.variance import shares, variance_split
from sim.core.errors import InputError
from tests.support.sweeps import entry, grid_of_runs, write_sweep


def grid():
    points, outcomes = grid_of_runs()
    return Study.of(points, outcomes, kind="grid")


def test_effects_are_those_that_were_put_in():
    table = effect_table(grid(), "civilian_deaths").set_index(["factor", "level"])
    assert table.loc[("clarity", 0.8), "difference"] == pytest.approx(-120.0, abs=5.0)
    assert table.loc[("doctrine", "static"), "difference"] == pytest.approx(40.0, abs=4.0)
    assert table.loc[("off", "patrols"), "difference"] == pytest.approx(60.0, abs=4.0)
    effect = table.loc[("clarity", 0.8)]
    assert effect["low"] < -120.0 + 5.0
    assert effect["high"] > -120.0 - 5.0
    assert effect["matched"] == 48
    assert bool(table.loc[("off", "none"), "reference"])


def test_matching_by_seed_saves_what_the_luck_of_a_seed_costs():
    made = grid()
    effect = effect_table(made, "civilian_deaths").set_index(["factor", "level"]).loc[("off", "patrols")]
    values = made.values("civilian_deaths")
    apart = difference(*(values.loc[values["off"] == level, "value"].to_numpy() for level in ("patrols", "none")))
    assert effect["high"] - effect["low"] < 0.3 * (apart.high - apart.low)


def test_runs_with_luck_of_their_own_are_no_pairs():
    points = pd.DataFrame({"a": np.repeat([1.0, 2.0], 8), "replicate": [*range(8)] * 2, "seed": range(16)})
    rows = effect_table(Study.of(points, {"y": np.arange(16.0)}, kind="grid"), "y")
    assert rows["matched"].tolist() == [0, 0]
    assert rows["difference"].abs().max() == 8.0


def test_the_contrast_is_taken_run_by_run():
    made = grid()
    change = made.values("civilian_deaths", "difference")
    assert change["value"].mean() == pytest.approx(-300.0, abs=3.0)
    assert change["value"].std() < 10.0
    with pytest.raises(InputError, match="no contrast"):
        Study.of(pd.DataFrame({"a": [1.0]}), {"y": [1.0]}).values("y", "difference")


def test_a_range_falls_into_quarters_and_a_log_range_into_ratios():
    values = np.linspace(1.0, 10_000.0, 500)
    factors = [Factor("a", kind="number", low=1.0, high=10_000.0, scale="log")]
    made = Study.of(pd.DataFrame({"a": values}), {"y": values}, factors=factors)
    group = levels(made, "a", made.runs["a"])
    assert list(group.cat.categories) == ["1 to 10", "10 to 100", "100 to 1e+03", "1e+03 to 1e+04"]
    assert group.notna().all()
    table = effect_table(made, "y")
    assert table["matched"].eq(0).all()
    assert table["runs"].sum() == 500


def test_the_reference_is_the_level_that_changes_nothing():
    points = pd.DataFrame({"a": [1.0, 2.0, 3.0, 3.0]})
    assert reference(Study.of(points, {"y": [0.0] * 4}), "a") == 1.0  # each is one row of the design
    base = [Factor("a", kind="number", low=1.0, high=3.0, base=2.0)]
    assert reference(Study.of(points, {"y": [0.0] * 4}, factors=base), "a") == 2.0


def test_interactions_are_means_of_combinations():
    table = interaction_table(grid(), "civilian_deaths", "clarity", "doctrine")
    assert len(table) == 6
    wide = table.pivot(index="first", columns="second", values="mean")
    assert (wide["static"] - wide["hotspot"]).to_numpy() == pytest.approx([40.0] * 3, abs=6.0)


def test_a_change_between_matched_runs_is_surer_than_a_mean_that_luck_moves():
    table = interaction_table(grid(), "civilian_deaths", "clarity", "off")
    here = table[(table["first"] == 0.2) & (table["second"] == "none")].iloc[0]
    assert (here["change"], here["change_low"], here["change_high"]) == (0.0, 0.0, 0.0)
    there = table[(table["first"] == 0.8) & (table["second"] == "patrols")].iloc[0]
    assert there["change"] == pytest.approx(-120.0 + 60.0, abs=5.0)
    assert there["matched"] == 24
    assert there["change_high"] - there["change_low"] < 0.3 * (there["high"] - there["low"])


def test_standardised_effects_are_those_of_the_formula():
    rng = np.random.default_rng(2)
    x = rng.uniform(0.0, 1.0, (4000, 2))
    y = 3.0 * x[:, 0] + 1.0 * x[:, 1] + rng.normal(0.0, 0.5, 4000)
    made = Study.of(pd.DataFrame(x, columns=["a", "b"]).assign(seed=np.arange(4000)), {"y": y})
    found = regress(made, "y")
    spread = np.sqrt((9.0 + 1.0) / 12.0 + 0.25)
    known = np.array([3.0, 1.0]) / np.sqrt(12.0) / spread
    assert found.table["estimate"].to_numpy() == pytest.approx(known, abs=0.02)
    assert found.fit == pytest.approx(1.0 - 0.25 / spread**2, abs=0.02)
    assert ((found.table["low"] < known) & (known < found.table["high"])).all()


@pytest.mark.parametrize("family", ["poisson", "negative binomial"])
def test_rate_ratios_of_counts_are_found(family):
    rng = np.random.default_rng(4)
    x = pd.DataFrame({"a": rng.normal(0.0, 1.0, 3000), "b": 1000.0 * rng.normal(0.0, 1.0, 3000)})
    rate = np.exp(1.0 + 0.4 * x["a"] - 0.0003 * x["b"])
    y = rng.poisson(rate if family == "poisson" else rate * rng.gamma(2.0, 0.5, 3000))
    found = fit(y, x, family, np.arange(3000))
    assert np.log(found.table["estimate"].to_numpy()) == pytest.approx([0.4, -0.0003], rel=0.12)
    if family == "negative binomial":
        assert found.dispersion == pytest.approx(0.5, abs=0.06)


def test_runs_of_one_seed_are_one_cluster():
    rng = np.random.default_rng(5)
    luck = np.repeat(rng.normal(0.0, 1.0, 20), 50)
    x = pd.DataFrame({"a": np.repeat(rng.normal(0.0, 1.0, 20), 50)})
    y = luck + rng.normal(0.0, 0.1, 1000)
    clustered = fit(y, x, "least squares", np.repeat(np.arange(20), 50))
    apart = fit(y, x, "least squares", np.arange(1000))
    assert clustered.clusters == 20
    width = [float((found.table["high"] - found.table["low"]).iloc[0]) for found in (clustered, apart)]
    assert width[0] > 3.0 * width[1]


def test_regressions_that_cannot_be_are_refused():
    flat = Study.of(pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0]}), {"y": [1.0] * 4, "z": [-1.0, 2.0, 3.0, 5.0]})
    with pytest.raises(InputError, match="same in every run"):
        regress(flat, "y")
    with pytest.raises(InputError, match="is for counts, found -1"):
        regress(flat, "z", "poisson")
    with pytest.raises(InputError, match="no factor varies"):
        regress(Study.of(pd.DataFrame({"a": [1.0] * 4}), {"y": [1.0, 2.0, 3.0, 4.0]}), "y")
    assert counted("civilians_killed")
    assert not counted("cost_usd")


def test_variance_splits_as_it_was_made():
    one, two = (part.ravel() for part in np.meshgrid(np.arange(3), np.arange(4), indexing="ij"))
    a, b = np.array([-1.0, 0.0, 1.0]), np.array([-2.0, -1.0, 1.0, 2.0])
    noise = np.random.default_rng(6).normal(0.0, 1.0, (12, 400))
    y = (a[one] + b[two])[:, None] + noise
    wide = [np.repeat(part, 400) for part in (one, two)]
    found = shares(y.ravel(), *wide, np.tile(np.arange(400), 12))
    known = np.array([np.mean(a**2), np.mean(b**2), 0.0, 1.0])
    assert found == pytest.approx(known / known.sum(), abs=0.02)
    assert found.sum() == pytest.approx(1.0)


def test_structure_and_policy_of_a_grid(tmp_path):
    points, outcomes = grid_of_runs()
    factors = [entry(name, points[name]) for name in ("clarity", "doctrine", "off")]
    factors[2] |= {"kind": "ablation", "base": "none"}
    study = Study.open(write_sweep(tmp_path / "s", points, outcomes, factors=factors))
    split = variance_split(study, "civilian_deaths").set_index("source")["share"]
    structure, policy = 30.0**2, (200.0**2 * 0.06 + 20.0**2)
    assert split["structure"] / split["policy"] == pytest.approx(structure / policy, rel=0.1)
    assert split["together"] < 0.01
    with pytest.raises(InputError, match="needs a structural factor"):
        variance_split(grid(), "civilian_deaths")


def test_a_surface_says_how_well_it_foretells():
    x = np.random.default_rng(7).uniform(0.0, 1.0, (150, 2))
    smooth = np.sin(3.0 * x[:, 0]) + x[:, 1] ** 2
    points = pd.DataFrame(x, columns=["a", "b"])
    good = fit_surface(Study.of(points, {"y": smooth}), "y")
    assert good.skill > 0.99
    assert good(np.array([[0.5, 0.5]]))[0] == pytest.approx(np.sin(1.5) + 0.25, abs=0.02)
    noise = np.random.default_rng(8).normal(0.0, 1.0, 150)
    bad = fit_surface(Study.of(points, {"y": noise}), "y")
    assert bad.skill < 0.2
    assert bad.error == pytest.approx(1.0, abs=0.2)
    with pytest.raises(InputError, match="10 distinct points, found 4"):
        fit_surface(Study.of(points[:4], {"y": smooth[:4]}), "y")


def test_bands_are_quantiles_of_the_runs_of_a_group(tmp_path):
    points = pd.DataFrame({"a": np.repeat([0.0, 1.0], 20), "row": np.repeat([0, 1], 20), "replicate": [*range(20)] * 2})
    weekly = pd.DataFrame({"run": np.repeat(np.arange(40), 3), "week": np.tile(np.arange(3), 40)})
    weekly["battle_deaths"] = (weekly["run"] % 20 + 100.0 * (weekly["run"] // 20)).astype(np.float32)
    study = Study.open(write_sweep(tmp_path / "s", points, {"battle_deaths": np.arange(40)}, weekly=weekly))
    table = bands(study, "battle_deaths", "a")
    assert len(table) == 6
    last = table[table["group"] == "1.0"].iloc[-1]
    assert (last["runs"], last[0.5]) == (20, 109.5)
    assert last[0.05] == pytest.approx(100.95, abs=1e-4)
    with pytest.raises(InputError, match="did you mean 'battle_deaths'"):
        bands(study, "battle_death")
    with pytest.raises(InputError, match="did not keep the series 'deployed'"):
        bands(study, "deployed")


def test_structure_and_policy_of_a_sobol_design():
    problem = {"num_vars": 3, "names": ["off", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    x = sobol_sample.sample(problem, 256, calc_second_order=True, seed=1)
    factors = [
        Factor("off", kind="rule", low=0.0, high=1.0),
        Factor("b", low=0.0, high=1.0),
        Factor("c", low=0.0, high=1.0),
    ]
    y = 2.0 * (x[:, 0] - 0.5) + (x[:, 1] - 0.5) + 6.0 * (x[:, 0] - 0.5) * (x[:, 1] - 0.5)
    study = Study.of(pd.DataFrame(x, columns=problem["names"]), {"y": y}, kind="sobol", factors=factors)
    split = variance_split(study, "y").set_index("source")["share"]
    parts = np.array([4.0 / 12.0, 1.0 / 12.0, 36.0 / 144.0])
    known = parts / parts.sum()
    assert split[["structure", "policy", "together"]].to_numpy() == pytest.approx(known, abs=0.05)
    assert split["chance"] == 0.0
