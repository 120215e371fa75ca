"""``peacesim replay`` as a user types it."""

from pathlib import Path

import pytest

from sim.dashboard import replay
from sim.results.folder import read_manifest

VALLEY = str(Path(__file__).with_name("valley.toml"))


def test_a_scenario_becomes_one_file(peacesim, tmp_path):
    code, out, err = peacesim("replay", VALLEY, "--weeks", 30, "--seed", 3, "--futures", 3)
    assert code == 0, err
    files = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [next(name for name in files if name.endswith("-seed3.html"))]
    assert "Replay:" in out
    page = (tmp_path / files[0]).read_text(encoding="utf-8")
    assert all(f'id="data-{name}">eNq' in page or f'id="data-{name}">eA' in page for name in ("run", "other", "fan"))


def test_a_results_folder_is_played_again(peacesim, tmp_path):
    assert peacesim("run", VALLEY, "--weeks", 20, "--seed", 5, "--no-plots", "--out", "here", "-q")[0] == 0
    code, out, _ = peacesim("replay", "here", "--futures", 0, "--out", "a/b.html", "-q")
    assert (code, out) == (0, f"{Path('a/b.html')}\n")
    code, _, err = peacesim("replay", "here", "--seed", 9)
    assert code == 2
    assert "its seeds are 5" in err


def test_a_folder_of_another_kind_is_named(peacesim, tmp_path):
    (tmp_path / "manifest.json").write_text('{"format": 1, "digest": "d", "kind": "sweep"}', encoding="utf-8")
    code, _, err = peacesim("replay", ".")
    assert code == 2
    assert "holds a sweep, not runs of one scenario" in err


def test_a_fork_is_played_with_its_own_past(peacesim, tmp_path, monkeypatch):
    words = ("run", VALLEY, "--weeks", 40, "--from-week", 20, "--set", "mission.mandate.clarity=0.05")
    assert peacesim(*words, "--no-plots", "--out", "fork", "-q")[0] == 0
    seen = []
    monkeypatch.setattr(replay, "write_replay", lambda shown, path, *_, **__: seen.append(shown))
    peacesim("replay", "fork", "--futures", 0, "--alone", "--out", "fork.html", "-q")
    assert read_manifest(tmp_path / "fork")["checksums"] == {str(seen[0].seed): seen[0].checksum}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "nowhere"),
        ([VALLEY, "--out", "."], "is a folder"),
        ([VALLEY, "--out", "run.pdf"], "does not end in .html"),
        (["."], "not a results folder"),
    ],
)
def test_bad_input_writes_nothing(peacesim, tmp_path, words, says):
    code, _, err = peacesim("replay", *words)
    assert code == 2
    assert says in err
    assert list(tmp_path.iterdir()) == []
