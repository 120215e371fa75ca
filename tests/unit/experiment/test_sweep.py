"""Sweeps: nothing lost, nothing mixed, nothing counted twice, whoever works and whatever happens."""

import errno
import json
import os

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import ExperimentError, ResultsError
from sim.experiment import runner as running
from sim.experiment import store as writing
from sim.experiment import work as working
from sim.experiment.folder import parts_in, read_design, read_runs, read_table, require_manifest
from sim.experiment.lock import locked
from sim.experiment.merge import merge
from sim.experiment.reopen import reopen
from sim.experiment.runner import Runner, joined, shard_of, without
from sim.experiment.store import opened
from sim.experiment.study import make_plan, plan_of
from sim.experiment.sweep import sweep
from sim.results.folder import RefusedError
from tests.support.studies import Deadly, small

ABOUT = {"quick": False, "shard": None}


def run_small(folder, **options):
    return sweep(small(), folder, executor="threads", workers=2, **options)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A finished sweep, for comparison."""
    return run_small(tmp_path_factory.mktemp("whole") / "sweep")


@pytest.fixture
def copy(whole, tmp_path):
    """A copy of it, to be spoilt."""
    import shutil

    return shutil.copytree(whole.folder, tmp_path / "copy")


def same(one, other):
    """Whether two tables of runs are equal but for the time that they took."""
    return one.drop(columns="seconds").equals(other.drop(columns="seconds"))


def stop_after(n):
    """Ask to stop once n chunks are there."""
    count = iter(range(10_000))
    return lambda: next(count) >= n


# ------------------------------------------------------------------ what is there


def test_a_sweep_has_a_row_for_every_run(whole):
    runs = whole.runs
    assert list(runs["run"]) == list(range(24))
    assert list(runs.columns) == [
        "run", "row", "arm", "replicate", "seed", "clarity", "doctrine", "civilians_killed", "battle_deaths",
        "fear_end", "status", "error", "checksum", "seconds",
    ]  # fmt: skip
    assert set(runs["status"]) == {"ok"}
    assert set(runs["arm"]) == {"policy", "contrast"}
    assert runs["run"].dtype == runs["seed"].dtype == np.int64
    design = read_design(whole.folder)
    assert list(design.columns) == ["row", "clarity", "doctrine"]
    assert runs.loc[runs["row"] == 3, "doctrine"].eq(design.loc[3, "doctrine"]).all()
    assert whole.weekly is None
    assert whole.is_finished


def test_the_manifest_says_where_it_comes_from(whole):
    manifest = require_manifest(whole.folder)
    assert manifest["kind"] == "sweep"
    assert manifest["runs"] == {"planned": 24, "done": 24, "failed": 0}
    assert manifest["design"]["factors"][0]["name"] == "clarity"
    assert manifest["experiment"]["base"]["weeks"] == 4
    assert {"code", "packages", "platform", "digest", "started", "finished"} <= manifest.keys()
    assert set(manifest["checksums"]) == {
        path.relative_to(whole.folder).as_posix() for path in whole.folder.rglob("*.*")
        if path.is_file() and not path.name.startswith((".", "manifest"))
    }  # fmt: skip


def test_the_folder_stands_alone(whole):
    plan = plan_of(whole.folder)
    assert plan.digest == whole.manifest["digest"]
    assert plan.n_runs == 24


def test_a_mission_that_is_nowhere_gives_the_same_contrast_in_every_row(whole):
    runs = whole.runs
    contrast = runs[runs["arm"] == "contrast"]
    assert contrast.groupby("replicate")["checksum"].nunique().eq(1).all()
    assert contrast["checksum"].nunique() == 3


def test_what_workers_remember_is_what_they_would_make_anew(monkeypatch, whole, tmp_path):
    for memory, most in ((working._remembered, "MEMORY"), (working._scenarios, "SCENARIOS")):
        monkeypatch.setattr(working, most, 0)
        memory.clear()
    assert same(run_small(tmp_path / "a").runs, whole.runs)


def test_what_is_remembered_is_of_the_same_outcomes(whole, tmp_path):
    # Threads, and the workers of a cluster, serve one sweep after another.
    run_small(tmp_path / "before")
    names = ["battle_deaths", "civilians_killed", "murders"]
    other = sweep(small(outcomes={"names": names}), tmp_path / "other", executor="threads", workers=1).runs
    assert other[names].notna().all().all()
    assert other["battle_deaths"].equals(whole.runs["battle_deaths"])


def test_a_contrast_that_failed_is_not_remembered(whole, tmp_path, monkeypatch):
    def short_of_memory(scenario, seed):
        raise MemoryError("no room")

    working._remembered.clear()
    with monkeypatch.context() as patch:
        patch.setattr(working, "simulate", short_of_memory)
        assert set(run_small(tmp_path / "a").runs["status"]) == {"failed"}
    assert same(run_small(tmp_path / "a", resume=True, retry_failed=True).runs, whole.runs)


# ------------------------------------------------------------------ whoever works


def test_one_thread_and_two_give_the_same(whole, tmp_path):
    assert same(sweep(small(), tmp_path / "a", executor="threads", workers=1).runs, whole.runs)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_processes_give_the_same(workers, whole, tmp_path):
    assert same(sweep(small(), tmp_path / "a", workers=workers).runs, whole.runs)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_local_cluster_gives_the_same(whole, tmp_path):
    pytest.importorskip("distributed")
    assert same(sweep(small(), tmp_path / "a", executor="dask", workers=2).runs, whole.runs)


def test_shards_make_the_whole(whole, tmp_path):
    for number in (1, 2, 3):
        run_small(tmp_path / "parts", shard=(number, 3))
    merged = merge([tmp_path / "parts"], tmp_path / "whole")
    assert merged.is_finished
    assert same(merged.runs, whole.runs)
    again = merge([tmp_path / "parts"], tmp_path / "whole")
    assert same(again.runs, whole.runs)
    inside = merge([tmp_path / "parts"])
    assert inside.folder == tmp_path / "parts"
    assert same(inside.runs, whole.runs)


def test_a_missing_shard_is_told_and_can_be_made_up_for(whole, tmp_path):
    for number in (1, 3):
        run_small(tmp_path / "parts", shard=(number, 3))
    merged = merge([tmp_path / "parts"], tmp_path / "whole")
    assert not merged.is_finished
    assert merged.manifest["runs"] == {"planned": 24, "done": 16, "failed": 0}
    assert same(run_small(tmp_path / "whole", resume=True).runs, whole.runs)


def test_shards_of_different_sweeps_are_not_mixed(tmp_path):
    run_small(tmp_path / "a", shard=(1, 2))
    sweep(small(base={"seed": 9}), tmp_path / "b", executor="threads", shard=(2, 2))
    with pytest.raises(ResultsError, match="another sweep"):
        merge([tmp_path / "a", tmp_path / "b"], tmp_path / "whole")


@pytest.mark.parametrize("shard", [(0, 3), (4, 3)])
def test_a_shard_that_there_is_not_is_refused(shard, tmp_path):
    with pytest.raises(ExperimentError, match="a shard is a number"):
        run_small(tmp_path / "a", shard=shard)
    assert not (tmp_path / "a").exists()


# ------------------------------------------------------------------ stops and resumes


def test_a_sweep_that_is_stopped_goes_on_where_it_was(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "SECONDS_OF_A_CHUNK", (0.0, 0.0))  # a run a chunk, however fast the machine
    stopped = run_small(tmp_path / "a", stopped=stop_after(3))
    assert stopped.manifest["status"] == "interrupted"
    before = {part.path.name for part in parts_in(tmp_path / "a" / "runs")}
    done = run_small(tmp_path / "a", resume=True)
    assert done.is_finished
    assert before <= {part.path.name for part in parts_in(tmp_path / "a" / "runs")}
    assert same(done.runs, whole.runs)


def test_resuming_repeats_nothing(copy, monkeypatch):
    monkeypatch.setattr(working, "simulate", None)
    assert run_small(copy, resume=True).is_finished


def test_resume_begins_where_nothing_is(whole, tmp_path):
    assert same(run_small(tmp_path / "new" / "a", resume=True).runs, whole.runs)


def test_a_folder_is_not_gone_on_with_unasked(copy):
    with pytest.raises(RefusedError, match="holds this sweep already, finished; go on with --resume"):
        run_small(copy)


def test_a_changed_experiment_does_not_get_into_the_folder(copy):
    with pytest.raises(RefusedError, match=r"holds another sweep .*seed differ"):
        sweep(small(base={"seed": 6}), copy, executor="threads", resume=True)


@pytest.mark.parametrize("name", ["notes.txt", "manifest.json"])
def test_what_is_not_a_sweep_is_left_alone(name, tmp_path):
    (tmp_path / name).write_text("{}")
    with pytest.raises(RefusedError, match="not a sweep"):
        run_small(tmp_path, resume=True)
    assert sorted(os.listdir(tmp_path)) == sorted([".lock", name])


def test_two_runners_in_one_folder_are_refused(copy):
    with locked(copy), pytest.raises(RefusedError, match="another sweep is at work"):
        run_small(copy, resume=True)


def test_a_damaged_part_is_set_aside_and_its_runs_run_again(copy, whole):
    part = parts_in(copy / "runs")[0].path
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)
    mended = run_small(copy, resume=True)
    assert mended.manifest["damaged"] == [part.name]
    assert (copy / "runs" / f"damaged-{part.name}").exists()
    assert same(mended.runs, whole.runs)


def test_a_part_that_was_cut_short_cannot_be_read_and_is_run_again(copy, whole):
    part = parts_in(copy / "runs")[-1].path
    part.write_bytes(part.read_bytes()[:50])
    with pytest.raises(ResultsError, match="--resume"):
        read_runs(copy)
    assert same(run_small(copy, resume=True).runs, whole.runs)


def test_a_killed_beginning_is_begun_again(whole, tmp_path):
    folder = tmp_path / "a"
    (folder / ".partial-1234" / "scenarios").mkdir(parents=True)
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "ceasefire_line.toml").write_text("half")
    assert same(run_small(folder).runs, whole.runs)
    assert not list(folder.glob(".partial*"))


def test_drafts_of_a_killed_sweep_are_cleared_away(copy):
    (copy / "runs" / ".draft-1234").write_bytes(b"half a part")
    run_small(copy, resume=True)
    assert not list(copy.rglob(".draft*"))


def test_parts_that_hold_the_same_runs_are_never_counted_twice(copy):
    part = parts_in(copy / "runs")[0]
    content = part.path.read_bytes() + b" "
    (copy / "runs" / writing.part_name(part.first, part.end, content)).write_bytes(content)
    with pytest.raises(ResultsError, match="hold the same runs"):
        read_runs(copy)


def test_a_full_disk_keeps_what_is_done(whole, tmp_path, monkeypatch):
    replace, parts = os.replace, []

    def full(source, target):
        if "runs/part-" in str(target):
            if len(parts) == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            parts.append(target)
        replace(source, target)

    monkeypatch.setattr(running, "SECONDS_OF_A_CHUNK", (0.0, 0.0))  # a run a chunk
    monkeypatch.setattr(writing.os, "replace", full)
    with pytest.raises(ResultsError, match=r"No space left on device.*--resume"):
        run_small(tmp_path / "a")
    assert not list((tmp_path / "a").rglob(".draft*"))
    monkeypatch.undo()
    assert len(parts_in(tmp_path / "a" / "runs")) == 2
    assert same(run_small(tmp_path / "a", resume=True).runs, whole.runs)


def test_another_model_may_go_on_only_where_it_gives_the_same_runs(copy, monkeypatch):
    parts_in(copy / "runs")[0].path.unlink()
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["code"]["model"] = "another"
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert run_small(copy, resume=True).is_finished
    from sim.experiment import sweep as sweeping

    (copy / "manifest.json").write_text(json.dumps(manifest))
    monkeypatch.setattr(sweeping, "differing", lambda plan, number, stored: "checksum a, stored b")
    with pytest.raises(ResultsError, match="begun by another version"):
        run_small(copy, resume=True)


# ------------------------------------------------------------------ runs and workers that fail


def test_a_run_that_fails_is_a_row_with_its_error(tmp_path, monkeypatch):
    simulate = working.simulate

    def failing(scenario, seed):
        if seed == 6 and scenario.mission:
            raise ValueError("the sky fell\nin two lines")
        return simulate(scenario, seed)

    monkeypatch.setattr(working, "simulate", failing)
    runs = run_small(tmp_path / "a").runs
    failed = runs[runs["status"] == "failed"]
    assert list(failed["seed"]) == [6] * 4
    assert set(failed["error"]) == {"ValueError: the sky fell | in two lines"}
    assert failed["civilians_killed"].isna().all()
    assert failed["clarity"].notna().all()
    assert require_manifest(tmp_path / "a")["runs"] == {"planned": 24, "done": 20, "failed": 4}


def test_failed_runs_are_run_again_where_that_is_asked_for(tmp_path, monkeypatch, whole):
    simulate, folder = working.simulate, tmp_path / "a"

    def failing(scenario, seed):
        if seed == 6 and scenario.mission:
            raise MemoryError("no room")
        return simulate(scenario, seed)

    monkeypatch.setattr(working, "simulate", failing)
    run_small(folder)
    assert run_small(folder, resume=True).manifest["runs"]["failed"] == 4
    monkeypatch.setattr(working, "simulate", simulate)
    assert run_small(folder, resume=True).manifest["runs"]["failed"] == 4, "failed runs count as done"
    again = run_small(folder, resume=True, retry_failed=True)
    assert again.manifest["runs"] == {"planned": 24, "done": 24, "failed": 0}
    assert same(again.runs, whole.runs)


def test_a_row_whose_levels_contradict_each_other_fails_and_the_rest_goes_on(tmp_path):
    factors = [
        {"name": "start", "path": "mission.start", "change": "plus", "values": [0, 10]},
        {"name": "dates", "path": "mission.mandate.authorised.*.date", "change": "plus", "values": [0, 10]},
    ]
    study = small(factors=factors)
    with pytest.raises(ExperimentError, match="the first row must be in force"):
        sweep(study, tmp_path / "a", executor="threads")
    # Each level alone is in order here; only together do they ask for more than the whole.
    shares = [
        {"name": name, "path": f"donors.{name}.share", "values": [0.2, 0.7]} for name in ("members", "late_payer")
    ]
    study = small(factors=shares, base={"set": {"donors.*.share": 0.3}})
    runs = sweep(study, tmp_path / "b", executor="threads").runs
    failed = runs[runs["status"] == "failed"]
    assert set(failed["row"]) == {3}
    assert len(failed) == 6
    assert failed["error"].str.contains("may sum to at most 1").all()


def carried_out(crew, folder):
    plan = make_plan(small())
    with opened(folder, plan, resume=False, about=ABOUT) as store:
        Runner(plan, store, crew, seconds=0.5).run([shard_of(plan, None)])
    return read_runs(folder)


def test_a_worker_that_dies_once_loses_nothing(whole, tmp_path):
    assert same(carried_out(Deadly(once=(7,)), tmp_path / "a"), whole.runs)


def test_a_run_that_kills_its_worker_is_found_and_the_rest_goes_on(whole, tmp_path):
    crew = Deadly(deadly=(7,))
    runs = carried_out(crew, tmp_path / "a")
    assert list(runs.loc[runs["status"] == "failed", "run"]) == [7]
    assert "the worker died" in runs.loc[7, "error"]
    assert same(runs.drop(index=7), whole.runs.drop(index=7))
    worked = [number for first, n in crew.worked for number in range(first, first + n)]
    assert sorted(worked) == [number for number in range(24) if number != 7]


# ------------------------------------------------------------------ weekly series, stopping, opening again


def test_weekly_series_come_with_their_runs(tmp_path):
    study = small(outcomes={"weekly": True, "series": ["battle_deaths", "deployed"]})
    sweep(study, tmp_path / "a", executor="threads")
    weekly = read_table(tmp_path / "a", "weekly")
    assert list(weekly.columns) == ["run", "week", "battle_deaths", "deployed"]
    assert len(weekly) == 24 * 4
    assert weekly["battle_deaths"].dtype == np.float32
    total = weekly.groupby("run")["battle_deaths"].sum()
    assert np.allclose(total, read_runs(tmp_path / "a")["battle_deaths"])
    before = weekly.copy()
    parts_in(tmp_path / "a" / "weekly")[0].path.unlink()
    sweep(study, tmp_path / "a", executor="threads", resume=True)
    pd.testing.assert_frame_equal(read_table(tmp_path / "a", "weekly"), before)


def test_a_sweep_stops_when_it_is_narrow_enough(tmp_path):
    stop = {"outcome": "fear_end", "half_width": 1e9, "at_least": 2, "step": 2}
    study = small(base={"replicates": 9}, design={"kind": "grid", "stop": stop})
    done = sweep(study, tmp_path / "a", executor="threads")
    assert done.is_finished
    assert set(done.runs["replicate"]) == {0, 1}
    assert done.manifest["stopped"]["replicates"] == 2
    stop["half_width"] = 1e-9
    study = small(base={"replicates": 5}, design={"kind": "grid", "stop": stop}, contrast=None)
    assert set(sweep(study, tmp_path / "b", executor="threads").runs["replicate"]) == set(range(5))


def test_a_row_opens_as_that_very_run(whole):
    opened_again = reopen(whole.folder, 2, arm="contrast", replicate=1)
    assert opened_again.is_same
    assert opened_again.run.number == 16
    assert opened_again.result.outcomes["battle_deaths"] == whole.runs.loc[16, "battle_deaths"]
    assert len(opened_again.result.weekly) == 4
    assert reopen(whole.folder, run=16).result.checksum == opened_again.result.checksum


@pytest.mark.parametrize("which", [{"row": 4}, {"row": 0, "replicate": 3}, {"row": 0, "arm": "x"}, {"run": 24}, {}])
def test_a_row_that_there_is_not_is_refused(which, whole):
    with pytest.raises(ExperimentError, match="there is no"):
        reopen(whole.folder, **which)


def test_spans_are_taken_from_spans():
    assert joined([(4, 6), (0, 2), (2, 4), (8, 9)]) == [(0, 6), (8, 9)]
    assert list(without([(0, 10), (20, 30)], [(2, 5), (9, 22), (30, 40)])) == [(0, 2), (5, 9), (22, 30)]
    assert list(without([(0, 3)], [])) == [(0, 3)]
    assert list(without([(0, 3)], [(0, 3)])) == []
