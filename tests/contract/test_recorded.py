"""Every file of recorded figures belongs to a mission and can be read by a machine."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.find import RECORDED, bundled_folder
from sim.scenario.load import list_scenarios

FILES = sorted((bundled_folder() / RECORDED).glob("*.toml"))
KEYS = {"outcome", "period", "value", "low", "high", "unit", "source", "note"}


def figures(file: Path) -> list[dict[str, Any]]:
    """Read the figures of a file."""
    with file.open("rb") as stream:
        return tomllib.load(stream)["figure"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_recorded_belongs_to_a_scenario(file: Path) -> None:
    assert file.stem in list_scenarios()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_figure_has_a_range_a_period_and_a_source(file: Path) -> None:
    assert figures(file)
    for figure in figures(file):
        assert set(figure) == KEYS, figure
        assert figure["low"] <= figure["value"] <= figure["high"], figure
        start, end = figure["period"]
        assert isinstance(start, datetime.date), figure
        assert start <= end, figure
        assert all(figure[key].strip() for key in ("outcome", "unit", "source", "note")), figure


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_figure_is_found_by_outcome_and_period(file: Path) -> None:
    found = [(figure["outcome"], *figure["period"]) for figure in figures(file)]
    assert len(found) == len(set(found))
