"""``peacesim compare``, ``peacesim run --from-week`` and ``peacesim reproduce``, as a user types them."""

import json
import signal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import sim.engine.replicate  # noqa: F401  (before any test replaces what it imports)
from sim.results.folder import read_manifest
from sim.results.outcomes import OUTCOMES

VALLEY = str(Path(__file__).with_name("valley.toml"))
FEW = ("--weeks", "60", "--replicates", "4", "--no-plots")


# ---------------------------------------------------------------- compare


def test_a_comparison_ends_in_words_and_a_folder(peacesim, tmp_path):
    answer = peacesim("compare", VALLEY, "--without-mission", "--weeks", 60, "--replicates", 4, "--out", "here")
    assert answer.code == 0, answer.err
    for word in ("with mission against without mission", "4 pairs", "Dead", "Lives", "Luck", "Results:  here"):
        assert word in answer.out
    folder = tmp_path / "here"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "cells.parquet", "differences.parquet", "figures/comparison.png", "figures/comparison.svg", "first.toml",
        "manifest.json", "pairs.parquet", "second.toml", "summary.txt", "weekly.parquet",
    ]  # fmt: skip
    manifest = read_manifest(folder)
    assert manifest["kind"] == "compare"
    assert manifest["seeds"] == [1, 2, 3, 4]
    assert manifest["sides"]["second"]["name"] == "without mission"
    assert manifest["runs"] == {"done": 4, "failed": 0}
    assert (folder / "summary.txt").read_text(encoding="utf-8").strip() in answer.out


def test_tables_hold_pairs_and_differences(peacesim, tmp_path):
    assert peacesim("compare", VALLEY, "--without-mission", *FEW, "--out", "here").code == 0
    pairs = pq.read_table(tmp_path / "here" / "pairs.parquet").to_pandas()
    assert list(pairs["side"]) == ["first", "second"] * 4
    assert list(pairs["seed"]) == [1, 1, 2, 2, 3, 3, 4, 4]
    differences = pq.read_table(tmp_path / "here" / "differences.parquet").to_pandas().set_index("outcome")
    assert list(differences.index) == list(OUTCOMES)
    dead = pairs.pivot(index="pair", columns="side", values="civilian_deaths")
    assert differences.loc["civilian_deaths", "difference"] == pytest.approx((dead["first"] - dead["second"]).mean())
    weekly = pq.read_table(tmp_path / "here" / "weekly.parquet").to_pandas()
    assert set(weekly["side"]) == {"first", "second", "difference"}
    assert weekly["week"].max() == 59


def test_options_change_their_own_side(peacesim, tmp_path):
    words = ("--set", "mission.mandate.clarity=0.1", "--set-other", "mission.mandate.clarity=0.9")
    answer = peacesim("compare", VALLEY, *words, "--set-both", "mission.leadership=0.3", *FEW, "--json", "--out", "x")
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    assert [side["name"] for side in found["sides"].values()] == ["clarity 0.1", "clarity 0.9"]
    assert set(found["effects"]) == set(OUTCOMES)
    assert set(found["deaths_averted"]) == {"all", "civilians"}
    sides = read_manifest(tmp_path / "x")["sides"]
    assert [side["inputs"]["mission"]["leadership"] for side in sides.values()] == [0.3, 0.3]


def test_without_takes_from_the_other_side(peacesim):
    answer = peacesim("compare", VALLEY, "--without", "relief", *FEW, "--json")
    assert [side["name"] for side in json.loads(answer.out)["sides"].values()] == ["as it is", "without relief"]


def test_quiet_prints_the_folder_and_the_folder_has_a_name(peacesim):
    out = peacesim("compare", VALLEY, "--without-mission", *FEW, "--seed", 7, "-q").out
    assert out.startswith("results/compare-valley-")
    assert out.endswith("-seed7-x4\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "both sides are the same"),
        (("ceasefire_line",), "runs 104 weeks"),
        (("--set", "mission.mandate.clarty=0.1"), "did you mean"),
        (("--without", "relif"), "relief"),
        (("--without-mission", "--replicates", "0"), "greater than or equal to 1"),
    ],
)
def test_bad_input_writes_nothing(peacesim, tmp_path, words, message):
    answer = peacesim("compare", VALLEY, *words)
    assert answer.code == 2
    assert message in answer.err
    assert list(tmp_path.iterdir()) == []


def test_another_comparison_is_not_overwritten(peacesim):
    assert peacesim("compare", VALLEY, "--without-mission", *FEW, "--out", "here").code == 0
    other = ("compare", VALLEY, "--without", "relief", *FEW, "--out", "here")
    answer = peacesim(*other)
    assert answer.code == 2
    assert "holds the results of another run" in answer.err
    assert peacesim(*other, "--force").code == 0


def test_ctrl_c_keeps_what_is_done(peacesim, tmp_path, monkeypatch):
    from sim.analysis.compare.comparison import Comparison

    add = Comparison.add

    def interrupting(self, pair):
        add(self, pair)
        if len(self.runs) == 2:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Comparison, "add", interrupting)
    answer = peacesim("compare", VALLEY, "--without-mission", *FEW, "--out", "here")
    assert answer.code == 130
    assert "2 of 4 pairs are done and kept; for the rest: --seed 3 --replicates 2" in answer.err
    manifest = read_manifest(tmp_path / "here")
    assert manifest["interrupted"] is True
    assert manifest["runs"]["done"] == 2
    monkeypatch.undo()


# -------------------------------------------------------------- from week


def test_a_run_can_change_from_a_week_on(peacesim, tmp_path):
    words = ("run", VALLEY, "--weeks", 60, "--no-plots", "--seed", 2)
    assert peacesim(*words, "--out", "plain").code == 0
    answer = peacesim(*words, "--from-week", 30, "--set", "mission.mandate.clarity=0.05", "--out", "fork")
    assert answer.code == 0, answer.err
    assert "Until 2000-07-31 (week 30) as its file says" in answer.out
    tables = [pq.read_table(tmp_path / name / "weekly" / "part-00000.parquet") for name in ("plain", "fork")]
    assert tables[0].slice(0, 30).equals(tables[1].slice(0, 30))
    assert not tables[0].slice(30).equals(tables[1].slice(30))
    assert read_manifest(tmp_path / "fork")["fork"]["week"] == 30


def test_what_is_settled_cannot_change_from_a_week_on(peacesim, tmp_path):
    answer = peacesim("run", VALLEY, "--from-week", 30, "--set", "map.cell_km=5", "--without-mission")
    assert answer.code == 2
    assert "map.cell_km" in answer.err
    assert "mission.end" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_the_folder_says_from_which_week(peacesim):
    words = ("--from-week", 30, "--set", "mission.mandate.clarity=0.05", "--no-plots", "-q", "--weeks", 60)
    assert peacesim("run", VALLEY, *words).out.startswith("results/valley-seed1-from-week-30-")


# -------------------------------------------------------------- reproduce


def test_reproduce_says_bit_identical(peacesim):
    assert peacesim("run", VALLEY, "--weeks", 60, "--replicates", 2, "--no-plots", "--out", "runs").code == 0
    answer = peacesim("reproduce", "runs")
    assert answer.code == 0
    assert answer.out.startswith("Bit-identical: 2 runs made again")
    assert peacesim("reproduce", "runs", "-q").out == "bit-identical\n"
    assert peacesim("compare", VALLEY, "--without-mission", *FEW, "--out", "pairs").code == 0
    assert peacesim("reproduce", "pairs").out.startswith("Bit-identical: 8 runs made again")


def test_reproduce_names_the_first_difference(peacesim, tmp_path):
    assert peacesim("run", VALLEY, "--weeks", 60, "--no-plots", "--out", "runs").code == 0
    manifest = json.loads((tmp_path / "runs" / "manifest.json").read_text(encoding="utf-8"))
    manifest["packages"]["numpy"] = "1.0"
    manifest["inputs"]["mission"]["leadership"] = 0.1
    (tmp_path / "runs" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    answer = peacesim("reproduce", "runs")
    assert answer.code == 1
    assert "Differs: 1 run made again; the first difference:\n  weekly/part-00000.parquet, row " in answer.out
    assert "scenario.toml was edited: mission.leadership" in answer.out
    assert "another package: numpy 1.0 then" in answer.out
    found = json.loads(peacesim("reproduce", "runs", "--json").out)
    assert found["identical"] is False
    assert found["difference"]["file"] == "weekly/part-00000.parquet"


def test_reproduce_refuses_what_is_no_results_folder(peacesim, tmp_path):
    answer = peacesim("reproduce", tmp_path)
    assert answer.code == 2
    assert "has no manifest.json" in answer.err
