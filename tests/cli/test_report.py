"""``peacesim report`` as a user types it."""

import contextlib
import io
import json
import sys
from typing import NamedTuple

import pandas as pd
import pytest

from sim.cli import main
from tests.support.sweeps import write_sweep


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def peacesim(monkeypatch, tmp_path):
    """Run a command in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["peacesim", *map(str, words)])
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as stop:
            main()
        answer = Answer(int(stop.value.code or 0), out.getvalue(), err.getvalue())
        assert "Traceback" not in answer.out + answer.err
        return answer

    return call


@pytest.fixture
def sweep(tmp_path):
    points = pd.DataFrame({"clarity": [0.2, 0.2, 0.8, 0.8], "row": [0, 0, 1, 1], "replicate": [0, 1, 0, 1]})
    return write_sweep(tmp_path / "sweep", points, {"civilian_deaths": [9.0, 7.0, 5.0, 4.0]})


def test_it_says_where_the_report_is(peacesim, sweep):
    answer = peacesim("report", sweep)
    assert answer.code == 0, answer.err
    assert str(sweep / "report.html") in answer.out
    assert (sweep / "report.html").is_file()


def test_a_script_gets_json(peacesim, sweep):
    answer = peacesim("report", sweep, "--outcome", "civilian_deaths", "--json")
    found = json.loads(answer.out)
    assert found["report"] == str(sweep / "report.html")
    assert found["figures"] > 0
    assert found["tables"] > 0


def test_bad_input_is_said_in_a_line_and_writes_nothing(peacesim, sweep, tmp_path):
    answer = peacesim("report", "nowhere")
    assert (answer.code, answer.out) == (2, "")
    assert "nowhere is not there" in answer.err
    answer = peacesim("report", sweep, "--outcome", "civilian_death")
    assert answer.code == 2
    assert "did you mean 'civilian_deaths'" in answer.err
    assert not (sweep / "report.html").exists()
    assert not (sweep / "figures").exists()
