"""The results folder: what is in it, and that it is there whole or not at all."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import ResultsError
from sim.results import store
from sim.results.columns import Finished
from sim.results.folder import RefusedError, drafted, read_manifest
from sim.results.outcomes import OUTCOMES
from sim.results.store import finished, results_folder, save_result
from sim.scenario.load import load_scenario


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "runs" / "valley"


def test_everything_is_there_and_can_be_read_back(result, folder):
    assert result.save(folder) == folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["digest"] == result.scenario.digest()
    assert manifest["seeds"] == [1]
    assert manifest["checksums"] == {"1": result.checksum}
    assert manifest["runs"] == {"done": 1, "failed": 0}
    assert manifest["inputs"]["mission"]["mandate"]["clarity"] == 0.6
    assert manifest["started"] <= manifest["finished"]
    assert {"code", "packages", "platform", "command"} <= manifest.keys()
    assert load_scenario(folder / "scenario.toml").digest() == result.scenario.digest()

    runs = pd.read_parquet(folder / "runs")
    assert list(runs.columns) == ["run", "seed", "status", "error", "checksum", *OUTCOMES]
    assert runs.loc[0, "battle_deaths"] == result.outcomes["battle_deaths"]
    weekly = pd.read_parquet(folder / "weekly")
    assert np.array_equal(weekly.iloc[:, 3:].to_numpy(), result.weekly_array)
    assert str(weekly["date"].iloc[1]) == "2000-01-10"
    events = pd.read_parquet(folder / "events")
    assert list(events["text"]) == [event.text for event in result.told]
    killing = next(number for number, event in enumerate(result.told) if event.kind == "clash")
    assert {item["name"]: item["factor"] for item in events["factors"][killing]} == result.told[killing].factors
    cells = pd.read_parquet(folder / "cells")
    assert len(cells) == 5 * 6
    assert np.array_equal(cells["people"], result.cells.array[:, result.cells.names.index("people"), :].reshape(-1))


def test_nothing_names_the_machine_or_its_user(result, folder):
    result.save(folder)
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    assert "node" not in json.loads(text)["platform"]
    assert str(folder.parent) not in text


def test_many_runs_come_in_parts_in_order(result, folder, monkeypatch):
    monkeypatch.setattr(store, "RUNS_PER_PART", 2)
    rows = [finished(result)._replace(seed=seed) for seed in (3, 4, 5)]
    rows[1] = Finished(4, {}, None, "", "Trouble: of some sort")
    with results_folder(folder, result.scenario, [3, 4, 5]) as writer:
        for row in rows:
            writer.add(row)
    assert sorted(path.name for path in (folder / "runs").iterdir()) == [
        "part-00000.parquet",
        "part-00001.parquet",
    ]
    runs = pd.read_parquet(folder / "runs")
    assert list(runs["run"]) == [0, 1, 2]
    assert list(runs["seed"]) == [3, 4, 5]
    assert list(runs["status"]) == ["done", "failed", "done"]
    assert runs.loc[1, "error"] == "Trouble: of some sort"
    assert runs.loc[1, list(OUTCOMES)].isna().all()
    assert list(pd.read_parquet(folder / "weekly")["run"].unique()) == [0, 2]
    assert read_manifest(folder)["runs"] == {"done": 2, "failed": 1}


def leftovers(folder):
    return [path.name for path in folder.parent.iterdir()] if folder.parent.exists() else []


def write_until(trouble, result, folder):
    with results_folder(folder, result.scenario, [1]) as writer:
        writer.add(finished(result))
        writer.add_story(result)
        raise trouble


@pytest.mark.parametrize("trouble", [RuntimeError, KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("before", ["nothing", "an empty folder", "an older result"])
def test_trouble_in_the_middle_leaves_what_was_before(result, folder, trouble, before):
    if before == "an older result":
        save_result(result, folder)
        old = (folder / "manifest.json").read_bytes()
    elif before == "an empty folder":
        folder.mkdir(parents=True)
    expected = ResultsError if isinstance(trouble, OSError) else trouble
    with pytest.raises(expected):
        write_until(trouble, result, folder)
    if before == "an older result":
        assert (folder / "manifest.json").read_bytes() == old
        assert leftovers(folder) == ["valley"]
    elif before == "an empty folder":
        assert list(folder.iterdir()) == []
    else:
        assert leftovers(folder) == []


def test_trouble_at_the_very_end_puts_the_older_result_back(result, folder, monkeypatch):
    from sim.results import folder as module

    save_result(result, folder)
    rename, seen = module.os.rename, []

    def fail_second(source, target):
        seen.append(target)
        if len(seen) == 2:
            raise OSError(5, "Input/output error")
        rename(source, target)

    monkeypatch.setattr(module.os, "rename", fail_second)
    with pytest.raises(ResultsError, match="Input/output error"):
        save_result(result, folder)
    assert read_manifest(folder) is not None
    assert leftovers(folder) == ["valley"]


def test_an_empty_folder_is_filled_in_place(result, folder):
    folder.mkdir(parents=True)
    inode = folder.stat().st_ino
    save_result(result, folder)
    assert folder.stat().st_ino == inode
    assert read_manifest(folder) is not None
    assert not [path for path in folder.iterdir() if "partial" in path.name]


def test_the_same_run_is_replaced_another_only_by_force(result, folder):
    save_result(result, folder)
    save_result(result, folder)
    with (
        pytest.raises(RefusedError, match=r"another run .*seeds differ.*--force"),
        results_folder(folder, result.scenario, [2]),
    ):
        pass
    changed = result.scenario.override({"mission.mandate.clarity": 0.1})
    with pytest.raises(RefusedError, match="digest differ"), results_folder(folder, changed, [1]):
        pass
    with results_folder(folder, result.scenario, [2], force=True) as writer:
        writer.add(finished(result)._replace(seed=2))
    assert read_manifest(folder)["seeds"] == [2]


@pytest.mark.parametrize("force", [False, True])
def test_other_peoples_files_are_never_touched(result, folder, force):
    folder.mkdir(parents=True)
    (folder / "thesis.tex").write_text("mine", encoding="utf-8")
    with pytest.raises(RefusedError, match="not results"):
        save_result(result, folder, force=force)
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]


def test_what_its_owner_laid_beside_the_results_stays(result, folder):
    save_result(result, folder)
    (folder / "thesis").mkdir()
    (folder / "thesis" / "notes.md").write_text("mine", encoding="utf-8")
    (folder / "report.html").write_text("of the older run", encoding="utf-8")
    save_result(result, folder)
    assert (folder / "thesis" / "notes.md").read_text(encoding="utf-8") == "mine"
    assert not (folder / "report.html").exists()
    assert leftovers(folder) == ["valley"]


def test_a_link_stays_a_link(result, tmp_path):
    link = tmp_path / "latest"
    link.symlink_to("run7", target_is_directory=True)
    save_result(result, link)
    save_result(result, link)
    assert link.is_symlink()
    assert read_manifest(tmp_path / "run7") is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["latest", "run7"]


def test_a_wave_in_a_path_is_nobodys_home(result, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_result(result, Path("~") / "out")
    assert read_manifest(tmp_path / "~" / "out") is not None


def test_a_file_in_the_way_is_refused(result, folder):
    folder.parent.mkdir(parents=True)
    folder.write_text("x", encoding="utf-8")
    with pytest.raises(RefusedError, match="is a file"):
        save_result(result, folder)


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RefusedError, match="cannot be written"), drafted(tmp_path / "file" / "below" / "out"):
        pass
