"""Results folders are read whole, and what is wrong with them is said."""

import json

import numpy as np
import pandas as pd
import pytest

from sim.analysis.study import Study
from sim.core.errors import InputError, ResultsError
from sim.engine.run import run
from sim.experiment.folder import files_of
from tests.support.sweeps import grid_of_runs, write_sweep


@pytest.fixture
def folder(tmp_path):
    return write_sweep(tmp_path / "sweep", *grid_of_runs(3), failed=[4])


def test_a_sweep_is_read_with_its_factors_and_without_its_failures(folder):
    study = Study.open(folder)
    assert study.kind == "grid"
    assert study.names == ("clarity", "doctrine", "off")
    assert study.outcomes == ("civilian_deaths", "cost_usd", "weeks_to_relapse", "relapsed", "weeks_to_ceasefire")
    assert (len(study.runs), len(study.failed), len(study.design)) == (71, 1, 12)
    assert study.paired
    assert study.factor("clarity").label == "clarity (share)"
    assert study.by_row("civilian_deaths").index.tolist() == list(range(12))
    assert "InvariantError" in study.failed["error"].iloc[0]


def test_a_sweep_that_is_not_finished_says_what_is_missing(tmp_path):
    plan = {"arms": ["policy", "contrast"], "replicates": 5}
    study = Study.open(write_sweep(tmp_path / "s", *grid_of_runs(3), design=plan))
    assert study.missing == 12 * 2 * 2
    assert Study.open(write_sweep(tmp_path / "t", *grid_of_runs(3))).missing == 0


def test_a_part_of_a_study_has_one_level(folder):
    part = Study.open(folder).only("doctrine", "static")
    assert part.names == ("clarity", "off")
    assert len(part.design) == 6


def test_unknown_names_are_answered_with_the_nearest(folder):
    study = Study.open(folder)
    with pytest.raises(InputError, match="did you mean 'civilian_deaths'"):
        study.values("civilian_death")
    with pytest.raises(InputError, match="did you mean 'clarity'"):
        study.factor("clarty")


def test_what_is_no_results_folder_is_refused(tmp_path, folder):
    with pytest.raises(ResultsError, match="is not there"):
        Study.open(tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ResultsError, match=r"has no manifest\.json"):
        Study.open(tmp_path / "empty")
    (folder / "manifest.json").write_text("[1, 2", encoding="utf-8")
    with pytest.raises(ResultsError, match="is not JSON"):
        Study.open(folder)


def test_damaged_parts_are_named(folder):
    for path in files_of(folder, "runs")[:2]:
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ResultsError) as refused:
        Study.open(folder)
    assert str(refused.value).count("cannot be read") == 2
    assert "--resume" in str(refused.value)


def test_a_run_that_is_there_twice_is_refused(folder):
    path = files_of(folder, "runs")[0]
    path.with_name("part-0000000000-0000000001-00000000000000ff.parquet").write_bytes(path.read_bytes())
    with pytest.raises(ResultsError, match="hold the same runs"):
        Study.open(folder)


def test_a_manifest_without_runs_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({"kind": "sweep"}), encoding="utf-8")
    with pytest.raises(ResultsError, match="a manifest and no runs"):
        Study.open(tmp_path)


def test_the_folder_of_a_plain_run_is_a_study_of_one_point(tmp_path):
    result = run("ceasefire_line", seed=3)
    study = Study.open(result.save(tmp_path / "run"))
    assert (study.kind, study.names, len(study.runs)) == ("runs", (), 1)
    assert study.values("civilian_deaths")["value"].iloc[0] == result.outcomes["civilian_deaths"]
    assert len(study.weekly(["battle_deaths"])) == len(result.weekly_array)


def test_equal_points_are_replicates():
    study = Study.of(pd.DataFrame({"a": [1.0, 1.0, 2.0, 2.0]}), {"y": [1.0, 3.0, 5.0, np.nan]})
    assert study.by_row("y").tolist() == [2.0, 5.0]
    assert study.runs["seed"].tolist() == [0, 1, 0, 1]


def test_a_comparison_is_a_study_of_two_arms(tmp_path):
    outcomes = {"civilian_deaths": [10.0, 30.0, 12.0, 33.0], "relapsed": [0.0, 1.0, 0.0, 1.0]}
    pairs = pd.DataFrame({"pair": [0, 0, 1, 1], "side": ["first", "second"] * 2, "seed": [1, 1, 2, 2]})
    pairs = pairs.assign(status="done", error="", checksum="00", **outcomes)
    pairs.to_parquet(tmp_path / "pairs.parquet", index=False)
    (tmp_path / "manifest.json").write_text(json.dumps({"kind": "compare", "scenario": "a and b"}), encoding="utf-8")
    study = Study.open(tmp_path)
    assert study.paired
    assert study.outcomes == ("civilian_deaths", "relapsed")
    assert study.values("civilian_deaths", "difference")["value"].tolist() == [-20.0, -21.0]
