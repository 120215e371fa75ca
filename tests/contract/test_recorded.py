"""The recorded figures of missions: every file has the same keys, and speaks of a bundled scenario."""

import datetime
import tomllib
from pathlib import Path

import pytest

from sim.scenario.find import bundled_folder
from sim.scenario.load import list_scenarios, load_scenario

FILES = sorted((bundled_folder() / "recorded").glob("*.toml"))
KEYS = {"outcome", "period", "value", "low", "high", "unit", "source", "note"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_figures_are_whole_and_in_their_own_range(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(data) == {"figure"}
    for figure in data["figure"]:
        assert set(figure) == KEYS
        assert figure["low"] <= figure["value"] <= figure["high"]
        assert all(isinstance(figure[key], str) and figure[key] for key in ("outcome", "unit", "source", "note"))
        first, last = figure["period"]
        assert isinstance(first, datetime.date)
        assert first <= last


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_figure_for_each_outcome_and_period(path: Path) -> None:
    figures = tomllib.loads(path.read_text(encoding="utf-8"))["figure"]
    assert len({(figure["outcome"], *figure["period"]) for figure in figures}) == len(figures)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_recorded_mission_is_a_bundled_scenario_and_not_taken_for_one(path: Path) -> None:
    assert path.stem in list_scenarios()
    assert load_scenario(path.stem).mission is not None
