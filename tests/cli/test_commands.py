"""Commands as a user types them."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import sim.engine.replicate  # noqa: F401  (before any test replaces what it imports)
from sim.results.folder import read_manifest

LISTS = ["scenarios", "parameters", "processes", "mechanisms", "claims", "outcomes", "doctrines", "series"]
VALLEY = str(Path(__file__).with_name("valley.toml"))


def short(*words):
    return ("run", VALLEY, "--weeks", "60", "--no-plots", *words)


# ------------------------------------------------------------------------ run


def test_a_run_ends_in_words_and_a_folder(peacesim, tmp_path):
    answer = peacesim(*short("--seed", 3, "--out", "here"))
    assert answer.code == 0, answer.err
    for word in ("A valley", "seed 3", "War", "Dead", "Fled", "Results:  here"):
        assert word in answer.out
    manifest = read_manifest(tmp_path / "here")
    assert manifest["seeds"] == [3]
    assert manifest["command"][:2] == ["peacesim", "run"]
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == [
        "cells", "evaluation.json", "evaluation.txt", "events", "manifest.json", "runs", "scenario.toml", "survey",
        "weekly",
    ]  # fmt: skip


def test_the_folder_is_named_after_the_run(peacesim, tmp_path):
    assert peacesim("run", VALLEY, "--seed", 3, "--no-plots", "-q").out == "results/valley-seed3\n"
    changed = peacesim(*short("--seed", 3, "-q")).out.strip()
    assert re.fullmatch(r"results/valley-seed3-[0-9a-f]{6}", changed)
    without = peacesim("run", VALLEY, "--without-mission", "--no-plots", "-q").out.strip()
    assert without == "results/valley-seed1-without-mission"
    assert len(list((tmp_path / "results").iterdir())) == 3


def test_json_is_all_that_is_printed(peacesim):
    answer = peacesim(*short("--json"))
    found = json.loads(answer.out)
    assert found["runs"] == {"done": 1, "failed": 0}
    assert found["outcomes"]["battle_deaths"] > 0
    assert found["outcomes"]["relapse_within_10_years"] is None, "unknown is null, never NaN"
    assert found["figure"] is None
    again = json.loads(peacesim(*short("--json")).out)
    assert again["checksum"] == found["checksum"]


def test_replicates_have_ranges_and_all_their_rows(peacesim, tmp_path):
    answer = peacesim(*short("--replicates", 5, "--workers", 2, "--out", "many"))
    assert answer.code == 0
    assert "5 futures, seeds 1 to 5" in answer.out
    assert len(read_manifest(tmp_path / "many")["checksums"]) == 5
    found = json.loads(peacesim(*short("--replicates", 5, "--workers", 1, "--out", "many", "--json")).out)
    deaths = found["outcomes"]["battle_deaths"]
    assert deaths["n"] == 5
    assert deaths["low"] <= deaths["middle"] <= deaths["high"]


def test_settings_change_the_scenario(peacesim, tmp_path):
    peacesim(
        *short(
            "--set",
            "mission.mandate.clarity=0.1",
            "--set",
            "mission.deployment.doctrine=uniform",
            "--out",
            "x",
        )
    )
    inputs = read_manifest(tmp_path / "x")["inputs"]
    assert inputs["mission"]["mandate"]["clarity"] == 0.1
    assert inputs["mission"]["deployment"]["doctrine"] == "uniform"
    assert inputs["scenario"]["weeks"] == 60


def test_without_mission_nobody_comes(peacesim):
    found = json.loads(peacesim(*short("--without-mission", "--json")).out)
    assert found["outcomes"]["peak_strength"] == 0


def test_explanations(peacesim):
    answer = peacesim(*short("--explain"))
    assert "what made them more or less likely" in answer.out
    assert re.search(r" x\d", answer.out)


def test_the_report_of_a_mission(peacesim, tmp_path):
    answer = peacesim(*short("--evaluate", "--out", "x"))
    assert answer.code == 0, answer.err
    for word in ("Evaluation: A valley", "protection of civilians", "Bridging force", "trust the state", "truth"):
        assert word in answer.out
    written = (tmp_path / "x" / "evaluation.txt").read_text(encoding="utf-8")
    assert written.strip() in answer.out
    found = json.loads((tmp_path / "x" / "evaluation.json").read_text(encoding="utf-8"))
    assert {task["task"] for task in found["tasks"]} == {"protection_of_civilians", "ddr"}


def test_switches_of_the_command_line(peacesim, tmp_path):
    folder = peacesim(*short("--without", "ddr", "--without", "caution", "-q")).out.strip()
    assert re.fullmatch(r"results/valley-seed1-[0-9a-f]{6}", folder)
    inputs = read_manifest(tmp_path / folder)["inputs"]
    assert inputs["switched_off"] == ["ddr", "caution"]
    assert inputs["parameters"]["attacks_on_mission"]["caution_per_attack"] == 0.0
    assert "Switched off: ddr" in peacesim("show", VALLEY, "--without", "ddr").out


def test_maps_at_a_stride(peacesim, tmp_path):
    import pandas as pd

    peacesim(*short("--stride", 30, "--out", "maps"))
    assert sorted(pd.read_parquet(tmp_path / "maps" / "cells")["week"].unique()) == [0, 30]
    peacesim(*short("--stride", 0, "--out", "none"))
    assert not (tmp_path / "none" / "cells").exists()


def test_another_run_in_the_folder_needs_force(peacesim):
    assert peacesim(*short("--out", "x")).code == 0
    refused = peacesim(*short("--out", "x", "--seed", 2))
    assert refused.code == 2
    assert "another run" in refused.err
    assert refused.out == ""
    assert peacesim(*short("--out", "x", "--seed", 2, "--force")).code == 0


def test_a_run_that_fails_says_so_and_leaves_nothing(peacesim, tmp_path, monkeypatch):
    from sim.core.errors import InvariantError
    from sim.engine import run

    def fail(*_, **__):
        raise InvariantError("people were lost in week 3")

    monkeypatch.setattr(run, "simulate", fail)
    answer = peacesim(*short())
    assert answer.code == 1
    assert "the run failed: people were lost in week 3" in answer.err
    assert not list(tmp_path.rglob("*.*"))


def test_interrupted_leaves_nothing(peacesim, tmp_path, monkeypatch):
    from sim.engine import run

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "simulate", stop)
    answer = peacesim(*short())
    assert answer.code == 130
    assert "interrupted" in answer.err
    assert not list(tmp_path.rglob("*.*"))


@pytest.fixture
def ctrl_c(monkeypatch):
    """Press Ctrl-C while some seed is run."""
    from sim.engine import replicate

    simulate = replicate.simulate

    def press(seed):
        def pressed(scenario, number, **more):
            if number == seed:
                os.kill(os.getpid(), signal.SIGINT)
            return simulate(scenario, number, **more)

        monkeypatch.setattr(replicate, "simulate", pressed)

    return press


def test_interrupted_replicates_keep_what_is_finished(peacesim, tmp_path, ctrl_c):
    import pandas as pd

    ctrl_c(4)
    answer = peacesim(*short("--replicates", 40, "--workers", 1, "--out", "many"))
    assert answer.code == 130
    manifest = read_manifest(tmp_path / "many")
    done = manifest["runs"]["done"]
    assert manifest["interrupted"] is True
    assert 3 <= done < 40
    assert list(pd.read_parquet(tmp_path / "many" / "runs")["seed"]) == list(range(1, done + 1))
    assert f"{done} futures, seeds 1 to {done}" in answer.out
    rest = f"--seed {done + 1} --replicates {40 - done} and another --out"
    assert f"{done} of 40 runs are done and kept; for the rest: {rest}" in answer.err
    assert list(tmp_path.iterdir()) == [tmp_path / "many"]

    ctrl_c(None)
    assert peacesim(*short("--replicates", 40, "--out", "many")).code == 0, "the same command may run again"
    manifest = read_manifest(tmp_path / "many")
    assert manifest["runs"]["done"] == 40
    assert "interrupted" not in manifest

    ctrl_c(4)
    answer = peacesim(*short("--replicates", 40, "--workers", 1, "--out", "many"))
    assert (answer.code, answer.out) == (130, "")
    assert "nothing was written" in answer.err
    assert read_manifest(tmp_path / "many") == manifest, "more finished work is not given up for less"


def test_a_second_ctrl_c_stops_at_once():
    from sim.cli.leaving import putting_off_ctrl_c

    def press_twice(seconds):
        with putting_off_ctrl_c(seconds) as asked:
            signal.raise_signal(signal.SIGINT)
            assert asked.is_set()
            signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    press_twice(60.0)  # passed on twice
    with pytest.raises(KeyboardInterrupt):
        press_twice(-1.0)
    assert signal.getsignal(signal.SIGINT) is before


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "unmill"), "there is no scenario 'unmill'"),
        (("run", "no/such/file.toml"), "there is no such file"),
        (("run", "unmil", "--set", "mission.mandate.claritty=1"), "claritty"),
        (("run", "unmil", "--set", "mission.mandate.clarity"), "expected path=value"),
        (("run", "unmil", "--set", "mission.mandate.clarity=7"), "clarity"),
        (("run", "unmil", "--weeks", "0"), "scenario.weeks"),
        (("run", "unmil", "--weeks", "many"), "'--weeks'"),
        (("run", "unmil", "--seed", "-1"), "--seed"),
        (("run", "unmil", "--seed", str(2**63 - 1), "--replicates", "2"), "leaves no room"),
        (("run", "unmil", "--replicates", "0"), "--replicates"),
        (("run", "unmil", "--set", "switched_off=['clashs']"), "'clashs' is not a process"),
        (("run", "unmil", "--without", "cuation"), "did you mean 'caution'?"),
        (("run", "unmil", "--without", "observation"), "'observation' is not a process or mechanism"),
        (("show", "unmill"), "there is no scenario"),
        (("check", "nothing.toml"), "there is no such file"),
        (("list", "wishes"), "wishes"),
        (("walk",), "walk"),
    ],
)
def test_bad_input_is_said_and_nothing_is_written(peacesim, tmp_path, words, says):
    answer = peacesim(*words)
    assert answer.code == 2, answer
    assert says.replace(" ", "") in re.sub(r"\s", "", answer.err)
    assert answer.out == ""
    assert list(tmp_path.rglob("*.*")) == []


def test_every_problem_is_a_line(peacesim):
    answer = peacesim("run", "unmil", "--set", "mission.mandate.clarity=7", "--set", "mission.leadership=-1")
    assert len(answer.err.strip().splitlines()) == 2


# ----------------------------------------------------------- check, show, list


def test_check_goes_through_all_files(peacesim, tmp_path):
    (tmp_path / "bad.toml").write_text("[scenario]\nid = 3\n", encoding="utf-8")
    answer = peacesim("check", VALLEY, "bad.toml", "unmil")
    assert answer.code == 2
    assert "bad.toml:2" in answer.err
    assert answer.out.count("in order") == 2
    found = json.loads(peacesim("check", VALLEY, "bad.toml", "--json").out)
    assert [item["ok"] for item in found] == [True, False]
    assert found[1]["problems"][0]["file"] == "bad.toml"


def test_show_draws_the_map_and_names_everybody(peacesim):
    answer = peacesim("show", VALLEY)
    assert answer.code == 0
    for word in (".AAB*", "Ford", "Hill Front", "Ford accord", "Valley Mission", "Member states", "Flood"):
        assert word in answer.out
    assert json.loads(peacesim("show", VALLEY, "--json").out)["scenario"]["id"] == "valley"


def test_show_writes_a_scenario_file(peacesim, tmp_path):
    text = peacesim("show", VALLEY, "--set", "mission.mandate.clarity=0.3", "--toml").out
    (tmp_path / "copy.toml").write_text(text, encoding="utf-8")
    assert peacesim("check", "copy.toml").code == 0
    assert "clarity = 0.3" in text


@pytest.mark.parametrize("what", LISTS)
def test_lists(peacesim, what):
    text, found = peacesim("list", what).out, json.loads(peacesim("list", what, "--json").out)
    assert len(found) >= 3
    for row in found[:3]:
        assert all(str(row[key]) in text for key in list(row)[:-1])


def test_the_processes_are_the_week_in_order(peacesim, root):
    from sim.engine.step import SCHEDULE

    found = json.loads(peacesim("list", "processes", "--json").out)
    assert [row["name"] for row in found] == [step.name for step in SCHEDULE]
    assert all((root / row["file"]).is_file() and row["summary"].endswith(".") for row in found)


def test_every_doctrine_is_explained(peacesim):
    from sim.world.kinds import Doctrine

    found = json.loads(peacesim("list", "doctrines", "--json").out)
    assert [row["name"] for row in found] == [doctrine.name.lower() for doctrine in Doctrine]


@pytest.mark.parametrize("command", ["run", "check", "show", "list"])
def test_every_command_has_help_with_an_example(peacesim, command):
    answer = peacesim(command, "--help")
    assert answer.code == 0
    assert f"Example: peacesim {command}" in answer.out


def test_version(peacesim):
    import sim

    assert peacesim("--version").out == f"peacesim {sim.__version__}\n"


# ------------------------------------------------------------------- start-up


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_cannot_be_written_is_no_traceback(root):
    command = [sys.executable, "-m", "sim.cli", "list", "doctrines"]
    with open("/dev/full", "w", encoding="utf-8") as full:
        answer = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "No space left" in answer.stderr


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(root, words):
    script = (
        "import sys, sim.cli\n"
        f"sys.argv = ['peacesim', *{words!r}]\n"
        "try: sim.cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'numba', 'pandas', 'pyarrow', 'mesa', 'matplotlib', 'rich', 'sim.scenario.load'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or None)"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("plots", "heavy"),
    [("--no-plots", {"matplotlib"}), ("--quiet", {"matplotlib.figure", "matplotlib.axes", "matplotlib.pyplot"})],
)
def test_a_second_run_imports_little(root, tmp_path, plots, heavy):
    """No compiler where the machine code is there already, and of matplotlib only what draws."""
    words = ["peacesim", "run", VALLEY, "--weeks", "60", plots, "--out", str(tmp_path / "x")]
    script = (
        "import sys, sim.cli\n"
        f"sys.argv = {words!r}\n"
        "try: sim.cli.main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        f"sys.exit(' '.join({heavy | {'numba', 'scipy', 'pandas', 'mesa'}!r} & set(sys.modules)) or None)"
    )
    command = [sys.executable, "-c", script]
    subprocess.run(command, cwd=root, capture_output=True, check=False)
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_the_module_is_the_command(root):
    words = [sys.executable, "-m", "sim.cli", "run", "no_such_scenario"]
    answer = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert answer.stderr.startswith("there is no scenario")
