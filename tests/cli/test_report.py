"""``peacesim report`` as a user types it."""

import json

import pandas as pd
import pytest

from tests.support.sweeps import write_sweep


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
