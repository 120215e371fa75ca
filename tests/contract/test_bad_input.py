"""Every kind of bad input is refused with file, line and path, without traceback, and nothing is written."""

import contextlib
import importlib.util
import io
import re
import sys
from pathlib import Path

import pytest

from sim.core.errors import ScenarioError
from sim.scenario.load import load_scenario
from tests.cli.bad_scenarios import BAD, VALID, Bad

MIN_KINDS = 50


def written(folder: Path, case: Bad) -> Path:
    path = folder / "bad.toml"
    path.write_bytes(case.content())
    return path


def expected_line(case: Bad, text: str) -> bool:
    """Whether one line of the text says what the table wants, for the right line of the file."""
    place = f"bad.toml:{case.line()}: " if case.at else "bad.toml"
    return any(place in line and case.says in line for line in text.splitlines())


def test_the_table_is_long_and_has_no_doubles() -> None:
    assert len(BAD) >= MIN_KINDS
    assert len({case.name for case in BAD}) == len(BAD)


def test_the_scenario_before_the_mistake_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "valley.toml"
    path.write_text(VALID, encoding="utf-8")
    assert load_scenario(path).id == "valley"


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_loading_says_what_is_wrong_and_where(case: Bad, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(written(tmp_path, case))
    assert expected_line(case, str(caught.value)), f"wanted {case.line()} {case.says!r}, got:\n{caught.value}"


def test_one_problem_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(VALID.replace("clarity = 0.6", '"line\\nbreak \\u001b[31m" = 1'), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert len(str(caught.value).splitlines()) == len(caught.value.problems)
    assert "\x1b" not in str(caught.value)


@pytest.fixture(scope="module")
def command():
    """The command line, where it is there already."""
    if importlib.util.find_spec("sim.cli.__main__") is None:
        pytest.skip("sim.cli has no commands yet")
    return run_cli


def run_cli(*words: str) -> tuple[int, str]:
    """Run ``python -m sim.cli`` with these words, in this process."""
    from sim.cli import main

    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["peacesim", *words])
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                code = main()
            except SystemExit as stop:
                code = stop.code
    return int(code or 0), out.getvalue()


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
@pytest.mark.parametrize("verb", ["check", "run"])
def test_commands_refuse_it(verb: str, case: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command) -> None:
    path = written(tmp_path, case)
    monkeypatch.chdir(tmp_path)
    code, said = command(verb, str(path))
    assert code == 2, said
    assert "Traceback" not in said
    # A terminal may break lines; the words must be there all the same.
    assert flat(case.says) in flat(said)
    assert sorted(tmp_path.iterdir()) == [path], "nothing is written"


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
