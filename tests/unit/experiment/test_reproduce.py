"""Results folders again: the same to the bit, or the first difference and its likely cause."""

import hashlib
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim import compare, fork, run
from sim.analysis.compare.again import compare_again
from sim.core.errors import ResultsError
from sim.engine.replicate import attempt, replicates
from sim.experiment import reproduce as module
from sim.experiment.causes import changes, unlike_values
from sim.experiment.discrepancy import first_in_tables
from sim.experiment.folder import UnreadableError
from sim.experiment.reproduce import AGAIN, reproduce
from sim.results import provenance
from sim.results.columns import Finished
from sim.results.folder import RefusedError
from sim.results.store import finished, results_folder
from sim.scenario.load import load_scenario
from sim.scenario.recall import recall

KINDS = {**AGAIN, "compare": compare_again}


@pytest.fixture(scope="module")
def valley(root):
    return load_scenario(root / "tests" / "cli" / "valley.toml").override({"weeks": 60})


@pytest.fixture
def folder(valley, tmp_path):
    """Three runs, as the command writes them."""
    with results_folder(tmp_path / "runs", valley, [1, 2, 3]) as writer:
        first = run(valley, seed=1, stride=20)
        writer.add(finished(first))
        writer.add_story(first)
        for item in replicates(valley, [2, 3]):
            writer.add(Finished(item.seed, item.outcomes, item.weekly, item.checksum, item.error))
    return tmp_path / "runs"


def edit_table(path, column, row, value):
    table = pq.read_table(path)
    at = table.column_names.index(column)
    values = table.column(column).to_pylist()
    values[row] = value
    pq.write_table(table.set_column(at, column, pa.array(values, table.schema.field(column).type)), path)


def edit_manifest(folder, change):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_what_a_manifest_keeps_is_the_scenario(valley):
    assert recall(valley.model_dump(mode="json", by_alias=True)).digest() == valley.digest()


def test_runs_come_out_to_the_bit(folder):
    verdict = reproduce(folder, KINDS, workers=2)
    assert verdict.identical
    assert (verdict.kind, verdict.runs, verdict.causes) == ("run", 3, ())


def test_a_saved_result_and_a_fork_come_out_too(valley, tmp_path):
    run(valley, seed=4).save(tmp_path / "one")
    assert reproduce(tmp_path / "one").identical
    fork(valley, 4, 30, {"mission.mandate.clarity": 0.1}, stride=0).save(tmp_path / "fork")
    verdict = reproduce(tmp_path / "fork")
    assert verdict.identical
    again = fork(fork(valley, 4, 20, {"mission.mandate.clarity": 0.1}), None, 40, {"weeks": 70})
    again.save(tmp_path / "twice")
    assert reproduce(tmp_path / "twice").identical


def test_a_comparison_comes_out_to_the_bit(valley, tmp_path):
    compare(valley, valley.without_mission(), replicates=4).save(tmp_path / "pairs", plots=False)
    verdict = reproduce(tmp_path / "pairs", KINDS)
    assert verdict.identical
    assert (verdict.kind, verdict.runs) == ("compare", 8)
    edit_table(tmp_path / "pairs" / "differences.parquet", "low", 6, -1.5)
    edited = pq.read_table(tmp_path / "pairs" / "differences.parquet")["outcome"][6]
    verdict = reproduce(tmp_path / "pairs", KINDS)
    assert verdict.discrepancy.file == "differences.parquet"
    assert verdict.discrepancy.column == "low"
    assert verdict.discrepancy.which == f"outcome {edited}"
    assert "was edited or damaged" in verdict.causes[0]


def test_an_edited_number_is_found(folder):
    edit_table(folder / "weekly" / "part-00000.parquet", "battle_deaths", 70, 999.0)
    verdict = reproduce(folder)
    found = verdict.discrepancy
    assert (found.file, found.row, found.column) == ("weekly/part-00000.parquet", 70, "battle_deaths")
    assert found.which == "run 1, week 10"
    assert found.stored == "999.0"
    assert "999.0 in the folder" in str(found)
    assert verdict.causes == (
        "weekly/part-00000.parquet was edited or damaged: every run has the fingerprint that the manifest gives it",
    )


def test_the_last_bit_counts(folder):
    path = folder / "weekly" / "part-00000.parquet"
    value = pq.read_table(path).column("fear")[20].as_py()
    edit_table(path, "fear", 20, np.nextafter(value, 1.0))
    verdict = reproduce(folder)
    assert (verdict.discrepancy.row, verdict.discrepancy.column) == (20, "fear")
    assert verdict.discrepancy.stored != verdict.discrepancy.found


def test_a_damaged_and_a_missing_file_are_named(folder):
    (folder / "events" / "part-00000.parquet").write_bytes(b"PAR1 no more")
    assert reproduce(folder).discrepancy.stored == "a damaged file"
    (folder / "events" / "part-00000.parquet").unlink()
    found = reproduce(folder).discrepancy
    assert (found.file, found.stored, found.found) == ("events/part-00000.parquet", "missing", "there")


def test_an_edited_scenario_file_is_named_though_results_hold(folder):
    path = folder / "scenario.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("clarity = 0.6", "clarity = 0.3", 1), encoding="utf-8")
    verdict = reproduce(folder)
    assert verdict.identical
    assert verdict.causes == ("scenario.toml was edited: mission.mandate.clarity is 0.3 there, and was run with 0.6",)


def test_a_manifest_whose_inputs_were_edited_is_told(folder):
    edit_manifest(folder, lambda manifest: manifest["inputs"]["mission"]["mandate"].update(clarity=0.1))
    verdict = reproduce(folder)
    assert not verdict.identical
    assert "scenario.toml was edited" in verdict.causes[0]
    assert "manifest.json was edited: its inputs are not those of its fingerprint" in verdict.causes


def test_other_code_packages_and_machines_are_likely_causes(folder):
    def age(manifest):
        manifest["code"] |= {"version": "0.0.1", "commit": "a" * 40}
        manifest["code"]["files"]["processes/clashes.py"] = "f" * 12
        manifest["packages"]["numba"] = "0.1"
        manifest["platform"]["processor"] = "z80"
        manifest["checksums"]["1"] = "0" * 64

    edit_manifest(folder, age)
    edit_table(folder / "weekly" / "part-00000.parquet", "battle_deaths", 3, 999.0)
    verdict = reproduce(folder)
    assert verdict.discrepancy.row == 3
    version, sources, package, platform = verdict.causes
    assert version.startswith("another version of the model: 0.0.1 then")
    assert sources.startswith("other source files: sim/processes/clashes.py (commit aaaaaaaaaa")
    assert package.startswith("another package: numba 0.1 then")
    assert platform.startswith("another platform: processor z80 then")


def test_source_files_that_differ_are_named(monkeypatch):
    files = {f"world/file{number}.py": "a" for number in range(6)}
    here = {"version": "1", "commit": "b" * 40, "dirty": True, "files": files}
    monkeypatch.setattr("sim.experiment.causes.code", lambda: here)
    then = {**here, "dirty": False, "files": files | {"world/file3.py": "c", "world/gone.py": "d"}}
    (cause,) = changes({"code": then})
    assert cause == (
        "other source files: sim/world/file3.py, sim/world/gone.py (commit bbbbbbbbbb then, bbbbbbbbbb with edits now)"
    )
    (cause,) = changes({"code": {**here, "files": dict.fromkeys(files, "z")}})
    assert "sim/world/file3.py and 2 more" in cause
    assert list(changes({"code": here})) == []
    assert list(changes({"code": {"version": "1", "commit": "c" * 40}})) == [
        "another commit: cccccccccc then, bbbbbbbbbb now"
    ]


def test_the_fingerprints_of_the_sources_follow_their_text(monkeypatch, tmp_path):
    (tmp_path / "sim" / "world").mkdir(parents=True)
    file = tmp_path / "sim" / "world" / "one.py"
    file.write_bytes(b"a = 1\n")
    monkeypatch.setattr(provenance, "CHECKOUT", tmp_path)
    before = provenance.sources()
    assert list(before) == ["world/one.py"]
    file.write_bytes(b"a = 1\r\n")
    assert provenance.sources() == before, "line ends of another system are no edit"
    file.write_bytes(b"a = 2\n")
    assert provenance.sources() != before


def test_nothing_recorded_differs_is_said(folder):
    edit_manifest(folder, lambda manifest: manifest["checksums"].update({"1": "0" * 64}))
    edit_table(folder / "weekly" / "part-00000.parquet", "battle_deaths", 3, 999.0)
    (cause,) = reproduce(folder).causes
    assert cause.startswith("nothing that the manifest records is another")


def test_inputs_of_another_version_are_refused_in_words(folder):
    edit_manifest(folder, lambda manifest: manifest["inputs"]["mission"].update(moon_base=True))
    with pytest.raises(ResultsError, match=r"cannot read what was run: manifest\.json: inputs.*moon_base"):
        reproduce(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda manifest: manifest.pop("seeds"), "does not say which seeds"),
        (lambda manifest: manifest.update(runs={}), "does not say which seeds"),
        (lambda manifest: manifest.update(kind="dream"), "results of kind 'dream'"),
        (lambda manifest: manifest.update(fork={"week": 3}), "does not say what the runs were forked from"),
    ],
)
def test_a_manifest_that_lacks_something_is_refused(folder, change, message):
    edit_manifest(folder, change)
    with pytest.raises(ResultsError, match=message):
        reproduce(folder)


def test_what_is_no_results_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableError, match="is not there"):
        reproduce(tmp_path / "nowhere")
    with pytest.raises(UnreadableError, match=r"has no manifest\.json"):
        reproduce(tmp_path)
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"manifest\.json is not JSON"):
        reproduce(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnreadableError, match="is not a results folder"):
        reproduce(tmp_path / "file")


def test_an_interrupted_folder_is_run_as_far_as_it_went(valley, tmp_path):
    with results_folder(tmp_path / "half", valley, [1, 2, 3, 4]) as writer:
        for item in replicates(valley, [1, 2]):
            writer.add(Finished(item.seed, item.outcomes, item.weekly, item.checksum, item.error))
        writer.stop()
    verdict = reproduce(tmp_path / "half")
    assert verdict.runs == 2
    assert verdict.discrepancy is None or verdict.discrepancy.file.startswith(("events", "cells", "survey", "eval"))


def test_all_nan_are_alike_and_zeros_are_not():
    one = pa.table({"x": [np.nan, 0.0, 1.0]})
    other = pa.table({"x": [-np.nan, -0.0, 1.0]})
    found = first_in_tables("t", one, other)
    assert (found.row, found.stored, found.found) == (1, "0.0", "-0.0")


def test_a_value_is_named_before_its_fingerprint():
    one = pa.table({"checksum": ["a", "b"], "y": [1, 2]})
    other = pa.table({"checksum": ["a", "c"], "y": [1, 3]})
    assert first_in_tables("t", one, other).column == "y"


def test_columns_and_rows_that_are_missing_are_named():
    one = pa.table({"x": [1, 2], "y": [1, 2]})
    assert first_in_tables("t", one, one.drop_columns("y")).column == "y"
    assert first_in_tables("t", one, one.slice(0, 1)).stored == "2 rows"
    assert first_in_tables("t", one, one) is None


def test_unlike_values_have_their_paths():
    one, other = {"a": [1, {"b": 2}], "c": 3}, {"a": [1, {"b": 4}], "c": 3}
    assert list(unlike_values(one, other)) == [("a[1].b", 2, 4)]


# ----------------------------------------------------------------- sweeps


@pytest.fixture
def sweep(valley, tmp_path, monkeypatch):
    """A sweep's folder in the layout of the contract, of four rows in two parts, whose rows can be run again."""
    clarities = [0.1, 0.3, 0.6, 0.9]

    def rerun(folder, numbers):
        for number in numbers:
            item = attempt(valley.override({"mission.mandate.clarity": clarities[number]}), 1)
            yield {
                "run": number, "row": number, "arm": "policy", "replicate": 0, "seed": 1,
                "clarity": clarities[number], "civilian_deaths": item.outcomes["civilian_deaths"],
                "status": "ok", "error": "", "checksum": item.checksum, "seconds": 0.1,
            }  # fmt: skip

    folder = tmp_path / "sweep"
    (folder / "runs").mkdir(parents=True)
    rows = [{**row, "seconds": 9.9} for row in rerun(folder, range(4))]
    pq.write_table(pa.Table.from_pylist(rows[2:]), folder / "runs" / "part-00000.parquet")
    pq.write_table(pa.Table.from_pylist(rows[:2]), folder / "runs" / "part-00001.parquet")
    manifest = {"format": 1, "kind": "sweep", "digest": "d", "code": provenance.code()}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(module, "rerun", rerun)
    return folder


def test_a_sweep_is_run_again_row_by_row(sweep):
    seen = []
    verdict = reproduce(sweep, progress=lambda done, total: seen.append((done, total)))
    assert verdict.identical
    assert (verdict.kind, verdict.runs) == ("sweep", 4)
    assert seen[-1] == (4, 4)
    assert reproduce(sweep, rows=2).runs == 2


def test_the_first_row_of_a_sweep_that_differs_is_named(sweep):
    edit_table(sweep / "runs" / "part-00000.parquet", "civilian_deaths", 0, 12345.0)
    verdict = reproduce(sweep)
    assert (verdict.discrepancy.row, verdict.discrepancy.column) == (2, "civilian_deaths")
    assert verdict.causes == ("runs/ was edited or damaged: the run has the fingerprint that its row gives it",)
    assert reproduce(sweep, rows=2).identical, "only the first and the last row"


def checksummed(folder):
    """Write the checksums of a sweep's files into its manifest."""
    (folder / "experiment.toml").write_text("weeks = 4", encoding="utf-8")
    (folder / "weekly").mkdir()
    (folder / "weekly" / "part-00000.parquet").write_bytes(b"weeks")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = [path for path in folder.rglob("*.*") if path.is_file() and path.name != "manifest.json"]
    sums = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "manifest.json").write_text(json.dumps(manifest | {"checksums": sums}), encoding="utf-8")
    assert reproduce(folder).identical
    assert reproduce(folder).causes == ()


def test_an_edited_study_is_named_though_its_runs_hold(sweep):
    checksummed(sweep)
    (sweep / "experiment.toml").write_text("weeks = 5", encoding="utf-8")
    verdict = reproduce(sweep)
    assert verdict.identical
    assert verdict.causes == ("experiment.toml was edited or damaged",)


def test_an_altered_part_is_no_reproduction(sweep):
    checksummed(sweep)
    (sweep / "weekly" / "part-00000.parquet").write_bytes(b"other weeks")
    verdict = reproduce(sweep)
    assert verdict.discrepancy.file == "weekly/part-00000.parquet"
    (sweep / "weekly" / "part-00000.parquet").write_bytes(b"weeks")
    (sweep / "runs" / "part-00001.parquet").unlink()
    verdict = reproduce(sweep)
    assert verdict.discrepancy.file == "runs/part-00001.parquet"
    assert verdict.causes == ("runs/part-00001.parquet is missing",)


def test_a_sweep_without_rows_is_refused(sweep):
    for part in (sweep / "runs").iterdir():
        part.unlink()
    with pytest.raises(RefusedError, match="runs/part"):
        module.reproduce(sweep)
