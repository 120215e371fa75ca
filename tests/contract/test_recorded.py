"""The recorded figures of missions: one vocabulary, the same keys, and a bundled scenario for each file."""

import datetime
import tomllib
from pathlib import Path

import pytest

from experiments.missions import record
from sim.scenario.find import bundled_folder
from sim.scenario.load import list_scenarios, load_scenario

FILES = sorted((bundled_folder() / "recorded").glob("*.toml"))
KEYS = {"outcome", "period", "value", "low", "high", "unit", "source", "note"}
MAY_HAVE = {"of", "missions", "comparable"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_figures_are_whole_and_in_their_own_range(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(data) == {"figure"}
    for figure in data["figure"]:
        assert set(figure) - MAY_HAVE == KEYS
        assert figure["low"] <= figure["value"] <= figure["high"]
        assert all(isinstance(figure[key], str) and figure[key] for key in ("outcome", "unit", "source", "note"))
        first, last = figure["period"]
        assert isinstance(first, datetime.date)
        assert first <= last


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_outcomes_and_units_are_the_same_in_every_file(path: Path) -> None:
    for figure in record.figures(path.stem):
        assert figure.outcome in record.QUANTITIES
        assert figure.unit == record.QUANTITIES[figure.outcome].unit
        is_share = figure.outcome in ("uniformed_share", "troops_share", "police_share")
        assert (figure.of > 1.0) == is_share, "a share says what it is a share of"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_missions_that_are_named_are_in_the_scenario(path: Path) -> None:
    known = {mission.id for mission in load_scenario(path.stem).missions}
    for figure in record.figures(path.stem):
        assert set(figure.missions) <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_figure_for_each_outcome_and_period(path: Path) -> None:
    figures = tomllib.loads(path.read_text(encoding="utf-8"))["figure"]
    assert len({(figure["outcome"], *figure["period"]) for figure in figures}) == len(figures)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_recorded_mission_is_a_bundled_scenario_and_not_taken_for_one(path: Path) -> None:
    assert path.stem in list_scenarios()
    assert load_scenario(path.stem).mission is not None
    assert path.stem in record.MISSIONS
