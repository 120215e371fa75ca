"""Sweeps as a user types them, and as they end: Ctrl-C, SIGTERM, kill -9."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from sim.experiment.folder import parts_in, read_runs, require_manifest

STUDY = """
[experiment]
id = "short"
title = "A short study"
question = "Does it run?"

[base]
scenario = "ceasefire_line"
replicates = 10
weeks = 8

[[factors]]
name = "clarity"
path = "mission.mandate.clarity"
values = [0.2, 0.9]

[design]
kind = "grid"

[outcomes]
names = ["civilians_killed", "battle_deaths"]
"""


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "short.toml"
    path.write_text(STUDY)
    return path


@pytest.fixture
def call(peacesim, monkeypatch):
    """Type a command; give its exit code, output and errors. What signals end runs in a process of its own."""
    monkeypatch.setenv("COLUMNS", "100")
    return peacesim


def command(*words):
    return [sys.executable, "-m", "sim.cli", *map(str, words)]


def surroundings(root):
    return os.environ | {"PYTHONPATH": str(root), "COLUMNS": "100"}


def test_a_new_study_is_in_order_and_never_replaces_one(call, tmp_path):
    assert call("new", "experiment", "mine")[0] == 0
    code, out, _ = call("check", "mine.toml")
    assert (code, "6 rows, 600 runs" in out) == (0, True)
    before = (tmp_path / "mine.toml").read_text()
    code, _, err = call("new", "experiment", "mine")
    assert (code, "is there already" in err) == (2, True)
    assert (tmp_path / "mine.toml").read_text() == before
    assert call("new", "scenario", "land")[0] == 0
    assert call("check", "land.toml")[0] == 0
    assert call("new", "country", "isle")[0] == 0
    assert call("check", "isle.toml")[0] == 0
    assert call("run", "isle.toml", "--weeks", "60", "--quiet")[0] == 0
    assert call("new", "experiment", "My Study")[0] == 2


def test_studies_and_rules_are_listed(call):
    code, out, _ = call("list", "experiments", "--json")
    assert code == 0
    assert "exit_timing" in {row["name"] for row in json.loads(out)}
    assert "credible_commitment" in call("list", "rules")[1]


def test_a_wrong_study_is_refused_and_nothing_is_written(call, study, tmp_path):
    study.write_text(STUDY.replace("battle_deaths", "battle_death"))
    for words in (("check", study), ("sweep", study, "--out", "r")):
        code, _, err = call(*words)
        assert code == 2
        assert "short.toml:21: outcomes.names[1]: 'battle_death' is not an outcome" in err
    assert call("sweep", study.with_name("other.toml"))[0] == 2
    assert call("sweep", "no_such_study")[0] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["short.toml"]


DATES = "".join(
    f'[[factors]]\nname = "{name}"\npath = "mission.{name}"\nvalues = [{each}]\n'
    for name, each in {"start": "2000-07-10, 2005-01-03", "end": "2004-01-05, 2008-01-07"}.items()
)


def test_check_tries_the_rows_of_a_study(call, study):
    """Each date is in order by itself; one of the four pairs ends before it starts."""
    study.write_text(STUDY.replace("weeks = 8\n", "").replace("[design]", f"{DATES}[design]"))
    code, _, err = call("check", study)
    assert code == 2
    assert "2 of 8 rows cannot be run" in err
    assert "start = 2005-01-03, end = 2004-01-05" in err


def test_check_tries_rows_from_all_over_a_long_study(call, study):
    """The pair that ends before it starts has the rows 120 to 179."""
    text = STUDY.replace("weeks = 8\n", "").replace("[[factors]]", f"{DATES}[[factors]]")
    text = text.replace("values = [0.2, 0.9]", "range = [0.2, 0.9]").replace('kind = "grid"', 'kind = "grid"\nn = 60')
    study.write_text(text)
    code, _, err = call("check", study)
    assert code == 2
    assert "8 of 50 rows that were tried cannot be run" in err


@pytest.mark.parametrize(
    "words",
    [("--shard", "3"), ("--shard", "4/3"), ("--workers", "0"), ("--scheduler", "nowhere:1"), ("--retry-failed",)],
)
def test_wrong_options_are_refused(words, call, study, tmp_path):
    code, _, err = call("sweep", study, "--out", "r", *words)
    assert code == 2
    assert "Traceback" not in err
    assert not (tmp_path / "r" / "manifest.json").exists()


@pytest.mark.slow
def test_a_dry_run_says_what_it_takes_and_writes_nothing(call, study, tmp_path):
    code, out, _ = call("sweep", study, "--dry-run", "--json")
    assert code == 0
    answer = json.loads(out)
    assert (answer["rows"], answer["runs"]) == (2, 20)
    assert answer["outcomes"][0]["outcome"] == "civilians_killed"
    assert "half width" in call("sweep", study, "--dry-run")[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["short.toml"]


@pytest.mark.slow
def test_a_sweep_its_resume_and_one_row_of_it(call, study, tmp_path):
    code, out, _ = call("sweep", study, "--executor", "threads", "--quick", "--out", "r")
    assert (code, "4 runs done, 0 failed, of 4" in out) == (0, True)
    assert require_manifest(tmp_path / "r")["quick"] is True
    code, _, err = call("sweep", study, "--quick", "--out", "r")
    assert (code, "--resume" in err) == (2, True)
    code, _, err = call("sweep", study, "--out", "r", "--resume")
    assert (code, "another sweep" in err) == (2, True)
    assert call("sweep", study, "--quick", "--out", "r", "--resume")[0] == 0
    code, out, _ = call("open", "r", "1", "--replicate", "1")
    assert (code, "the same as in the sweep, to the bit" in out) == (0, True)
    folder = tmp_path / "r" / "opened" / "run-3"
    assert {path.name for path in folder.iterdir()} >= {"weekly", "cells", "figures", "scenario.toml", "manifest.json"}
    assert call("open", "r", "9")[0] == 2
    code, _, err = call("open", tmp_path, "0")
    assert (code, "is not the results folder of a sweep" in err) == (2, True)


@pytest.mark.slow
def test_a_sweep_is_reproduced_from_its_folder_alone(call, study, tmp_path):
    assert call("sweep", study, "--executor", "threads", "--out", "here")[0] == 0
    study.unlink()
    code, out, _ = call("reproduce", "here", "--json")
    verdict = json.loads(out)
    assert (code, verdict["identical"], verdict["runs"], verdict["causes"]) == (0, True, 20, [])
    part = next((tmp_path / "here" / "runs").glob("part-*.parquet"))
    rows = pq.read_table(part)
    column = rows.column_names.index("civilians_killed")
    changed = rows.set_column(column, "civilians_killed", pc.add(rows["civilians_killed"], 1.0))
    pq.write_table(changed, part)
    code, out, _ = call("reproduce", "here", "--rows", "1")
    assert code != 0
    assert "civilians_killed" in out or "part-" in out


def test_a_second_ctrl_c_tells_that_finished_parts_are_kept(peacesim, study, monkeypatch):
    def pressed_twice(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.experiment.sweep.sweep", pressed_twice)
    code, _, err = peacesim("sweep", study)
    assert (code, "what is done is kept" in err, "nothing was written" in err) == (130, True, False)


def test_a_ctrl_c_that_comes_late_breaks_nothing(root):
    code = (
        "import atexit, os, signal, sim.cli.missions, sim.cli.studies\n"
        "def leave(prog_name): raise SystemExit(130)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sim.cli.app.app = leave\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
        "sim.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], env=surroundings(root), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (130, "")


def test_damage_is_told_once(peacesim, study, tmp_path):
    assert peacesim("sweep", study, "--executor", "threads", "--out", "r")[0] == 0
    part = parts_in(tmp_path / "r" / "runs")[0].path
    part.write_bytes(part.read_bytes()[:50])
    again = ("sweep", study, "--executor", "threads", "--out", "r", "--resume")
    assert "1 damaged part was set aside" in peacesim(*again).err
    assert "damaged" not in peacesim(*again).err


def test_shards_are_merged(call, study, tmp_path):
    for shard in ("1/2", "2/2"):
        assert call("sweep", study, "--executor", "threads", "--shard", shard, "--out", "parts")[0] == 0
    code, out, _ = call("merge", "parts")
    assert (code, "20 runs of 20" in out) == (0, True)
    assert len(read_runs(tmp_path / "parts")) == 20


LONG = STUDY.replace("replicates = 10", "replicates = 60").replace("weeks = 8", "weeks = 260")


@pytest.fixture(scope="module")
def whole(root, tmp_path_factory):
    """Checksums of a sweep that nothing ended, by one worker."""
    place = tmp_path_factory.mktemp("whole")
    (place / "short.toml").write_text(LONG)
    words = command("sweep", "short.toml", "--out", "whole", "--executor", "threads", "--workers", "1")
    subprocess.run(words, cwd=place, env=surroundings(root), check=True, capture_output=True)
    return read_runs(place / "whole")["checksum"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_it_the_rest_can_be_run_and_all_is_there_once(sign, root, study, tmp_path, call, whole):
    study.write_text(LONG)
    process = subprocess.Popen(
        command("sweep", study, "--out", "r", "--workers", "2"),
        cwd=tmp_path, env=surroundings(root), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 120
    while not parts_in(tmp_path / "r" / "runs") and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(sign)
    _, err = process.communicate(timeout=120)
    if sign == signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
    else:
        assert process.returncode == 130, err
        assert "--resume" in err
        assert "Traceback" not in err
        assert require_manifest(tmp_path / "r")["status"] == "interrupted"
    half = read_runs(tmp_path / "r")
    assert 0 < len(half) < 120
    code, _, err = call("sweep", study, "--out", "r", "--resume", "--executor", "threads")
    assert code == 0, err
    runs = read_runs(tmp_path / "r")
    assert list(runs["run"]) == list(range(120))
    assert runs.set_index("run")["checksum"].loc[half["run"]].tolist() == half["checksum"].tolist()
    assert whole.equals(runs["checksum"])


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for the workers under /proc")
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(root, study, tmp_path):
    study.write_text(STUDY.replace("replicates = 10", "replicates = 40").replace("weeks = 8", "weeks = 260"))
    process = subprocess.Popen(
        command("sweep", study, "--out", "r", "--workers", "2"),
        cwd=tmp_path, env=surroundings(root), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until = time.monotonic() + 120
    while not parts_in(tmp_path / "r" / "runs") and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(workers_of(process.pid)[0], signal.SIGKILL)
    _, err = process.communicate(timeout=200)
    assert process.returncode == 0, err
    runs = read_runs(tmp_path / "r")
    assert list(runs["run"]) == list(range(80))
    assert set(runs["status"]) == {"ok"}


def workers_of(parent):
    """List the processes that do the runs of another one."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = path.read_text().split(" (", 1)
            words = path.with_name("cmdline").read_text()
        except OSError:
            continue
        if int(rest.rpartition(") ")[2].split()[1]) == parent and "popen_loky" in words:
            found.append(int(number))
    return found
