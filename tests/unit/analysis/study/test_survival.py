"""Survival statistics against published and hand-worked values."""

import numpy as np
import pandas as pd
import pytest
from lifelines.datasets import load_rossi

from sim.analysis.study import Study
from sim.analysis.study.spells import both_arms, spells, spells_of
from sim.analysis.study.survival import (
    compared_means,
    contrast_hazard,
    cox,
    curves_again,
    hazard_ratios,
    kaplan_meier,
    restricted_means,
    survival_table,
)
from sim.core.errors import InputError, ResultsError
from tests.support.sweeps import grid_of_runs

# Remission of leukaemia under 6-MP, in weeks (Freireich et al. 1963), as worked in every textbook of survival.
TIMES = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
KNOWN = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def leukaemia():
    return pd.DataFrame({"duration": np.array(TIMES, float), "event": ENDED})


def test_kaplan_meier_gives_the_textbook_curve():
    curve = kaplan_meier(leukaemia()).set_index("time")
    for week, share in KNOWN.items():
        assert curve.loc[week, "survival"] == pytest.approx(share, abs=5e-4)
    assert curve.loc[10, "at_risk"] == 15
    assert (curve["low"] <= curve["survival"]).all()
    assert (curve["high"] >= curve["survival"]).all()


def test_restricted_mean_is_the_area_under_the_curve():
    # Steps by hand from the textbook's shares; its error from Klein and Moeschberger's formula.
    edges = [0, 6, 7, 10, 13, 16, 22, 23, 35]
    shares = [1.0, 18 / 21, 18 / 21 * 16 / 17]
    for dead, risk in ((1, 15), (1, 12), (1, 11), (1, 7), (1, 6)):
        shares.append(shares[-1] * (risk - dead) / risk)
    areas = np.array(shares) * np.diff(edges)
    beyond = areas[::-1].cumsum()[::-1][1:]
    risk, dead = np.array([21, 17, 15, 12, 11, 7, 6]), np.array([3, 1, 1, 1, 1, 1, 1])
    error = np.sqrt(np.sum(beyond**2 * dead / (risk * (risk - dead))))
    found = restricted_means(leukaemia()).iloc[0]
    assert found["mean"] == pytest.approx(areas.sum(), abs=1e-9)
    assert found["mean"] == pytest.approx(23.29, abs=0.01)
    assert found["error"] == pytest.approx(error, abs=1e-9)
    assert (found["spells"], found["events"], found["horizon"]) == (21, 9, 35.0)


def test_without_censoring_it_is_the_plain_mean():
    table = pd.DataFrame({"duration": [2.0, 4.0, 6.0, 8.0], "event": 1})
    assert restricted_means(table, horizon=8.0)["mean"].iloc[0] == pytest.approx(5.0)
    assert restricted_means(table, horizon=5.0)["mean"].iloc[0] == pytest.approx(np.mean([2, 4, 5, 5]))


def test_cox_gives_the_published_ratios_of_the_recidivism_data():
    """Allison (1995), Survival Analysis Using SAS, output 5.1: coefficients -0.379, -0.057, ... 0.091."""
    data = load_rossi()
    names = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
    found = cox(data["week"], data["arrest"], data[names]).set_index("term")
    published = [-0.379, -0.057, 0.314, -0.150, -0.434, -0.085, 0.091]
    assert np.log(found["ratio"].to_numpy()) == pytest.approx(published, abs=1e-3)
    assert found.loc["fin", "p"] == pytest.approx(0.047, abs=1e-3)
    assert found.loc["age", "p_proportional"] < 0.01


def test_perfect_separation_is_said_and_not_shown():
    x = pd.DataFrame({"late": [0.0] * 20 + [1.0] * 20})
    with pytest.raises(ResultsError, match="no finite estimate"):
        cox(pd.Series([1.0] * 40), pd.Series([1] * 20 + [0] * 20), x)


def study():
    points, outcomes = grid_of_runs(replicates=12)
    return Study.of(points, outcomes, kind="grid")


def test_who_is_at_risk_and_who_is_cut_off():
    points = pd.DataFrame({"clarity": [0.1, 0.2, 0.3, 0.4]})
    found = {
        "weeks_to_ceasefire": [0.0, 30.0, np.nan, 80.0],  # in force at the start, came, never, came
        "weeks_to_relapse": [50.0, 70.0, np.nan, 20.0],
        "relapsed": [1.0, 0.0, np.nan, 1.0],  # back, cut off, no agreement that could break, back
        "peace_years_after_exit": [np.nan, 2.0, 3.0, 1.0],
        "peace_held_after_exit": [np.nan, 1.0, 0.0, 1.0],
    }
    made = Study.of(points, found)
    assert spells_of(made) == ["ceasefire", "relapse", "relapse_after_exit"]
    first = spells(made, "ceasefire", end=100.0)
    assert first[["duration", "event"]].to_numpy().tolist() == [[30.0, 1], [100.0, 0], [80.0, 1]]
    assert spells(made, "relapse")[["duration", "event"]].to_numpy().tolist() == [[50.0, 1], [70.0, 0], [20.0, 1]]
    assert spells(made, "relapse_after_exit")["event"].tolist() == [0, 1, 0]
    with pytest.raises(InputError, match="length of the runs is not in the manifest"):
        spells(made, "ceasefire")
    with pytest.raises(InputError, match="did you mean 'relapse'"):
        spells(made, "relapsee")
    with pytest.raises(InputError, match="needs the outcomes weeks_to_exit"):
        spells(made, "exit", end=100.0)


def test_groups_and_hazards_of_a_study():
    made = study()
    table = survival_table(made, "relapse", "clarity")
    assert list(table["group"]) == [0.2, 0.5, 0.8]
    assert table["reference"].sum() == 1
    assert table.loc[table["reference"], "difference"].isna().all()
    ratios = hazard_ratios(made, spells(made, "relapse")).set_index("term")
    assert ratios.loc["clarity", "ratio"] < 1.0
    assert set(ratios.index) == {"clarity", "doctrine = static", "off = patrols"}


def test_the_arms_of_a_study_without_an_effect_have_a_ratio_near_one():
    ratio = contrast_hazard(both_arms(study(), "relapse")).iloc[0]
    assert ratio["low"] < 1.0 < ratio["high"]
    assert 0.7 < ratio["ratio"] < 1.4


def test_nobody_at_risk_is_refused():
    made = Study.of(pd.DataFrame({"a": [1.0]}), {"weeks_to_relapse": [np.nan], "relapsed": [np.nan]})
    with pytest.raises(InputError, match="no run was at risk"):
        kaplan_meier(spells(made, "relapse"))


def test_runs_that_repeat_each_other_make_no_curve_surer():
    alone = leukaemia().reset_index(drop=True)
    alone["seed"] = np.arange(len(alone))
    often = pd.concat([alone] * 10, ignore_index=True)
    assert curves_again(alone, np.array([0.0, 6.0])) is None, "each run has its own seed"
    one, ten = kaplan_meier(alone), kaplan_meier(often)
    assert ten["survival"].to_numpy() == pytest.approx(one["survival"].to_numpy())
    at = int(np.argmin(np.abs(one["survival"] - 0.7)))
    width, before = (float(table["high"][at] - table["low"][at]) for table in (ten, one))
    assert width == pytest.approx(before, rel=0.25)
    mean, again = (restricted_means(table).iloc[0] for table in (alone, often))
    assert again["mean"] == pytest.approx(mean["mean"])
    assert again["error"] == pytest.approx(mean["error"], rel=0.15)
    assert again["low"] < again["mean"] < again["high"]


@pytest.mark.parametrize("copies", [1, 4])
def test_restricted_means_are_compared_seed_by_seed(copies):
    rng = np.random.default_rng(3)
    luck = rng.exponential(20.0, 24)
    one = pd.DataFrame({"duration": np.tile(luck, copies), "event": 1, "seed": np.tile(np.arange(24), copies)})
    later = one.assign(duration=one["duration"] + 2.0)[::-1]  # seeds in another order
    both = pd.concat([one, later], ignore_index=True)
    group = pd.Series(np.repeat(["a", "b"], len(one)))
    row = compared_means(both, group, "a").iloc[1]
    assert row["difference"] == pytest.approx(2.0, abs=0.5), "the horizon cuts the last of them"
    assert row["difference_high"] - row["difference_low"] < 1.0, "the same luck in both"
    apart = both.assign(seed=np.arange(len(both)) if copies == 1 else both["seed"] + 100 * (group == "b"))
    row = compared_means(apart, group, "a").iloc[1]
    assert row["difference_high"] - row["difference_low"] > 10.0, "luck of their own"
