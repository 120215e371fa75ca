"""Every mechanism acts in a real case: the page that says so is current, and what it says is so."""

import re
from functools import lru_cache

import pytest

from experiments.missions.choices import CHOICES, Choice
from experiments.missions.mechanisms import MISSIONS, NOWHERE, PAGE, SEEDS, first_difference, mission_of, rows

ROWS = {(row.kind, row.name): row for row in rows()}
TITLES = {"Processes": "process", "Mechanisms": "mechanism", "Choices of a scenario": "choice"}
SLACK_WEEKS = 26  # a new version of the model may show a thing somewhat later


@lru_cache(maxsize=1)
def page() -> dict[tuple[str, str], list[int | None]]:
    """Read the weeks of every line of the page, in the order of the missions."""
    found, kind = {}, ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = TITLES.get(line.removeprefix("## "), "")
        elif kind and (line.startswith("| `")) and (name := re.match(r"\| `([^`]+)`", line)):
            if name[1] != "unmil":
                weeks = [cell.strip() for cell in line.split("|")[2 : 2 + len(MISSIONS)]]
                found[kind, name[1]] = [int(week) if week else None for week in weeks]
    return found


def test_the_page_has_a_line_for_everything_that_can_be_taken_out() -> None:
    assert list(page()) == list(ROWS)


@pytest.mark.parametrize("key", ROWS, ids=" ".join)
def test_it_acts_in_a_real_case_or_the_page_says_why_not(key: tuple[str, str]) -> None:
    weeks = page()[key]
    assert any(week is not None for week in weeks) != (key[1] in NOWHERE)


def test_reasons_are_for_lines_of_the_page() -> None:
    assert set(NOWHERE) <= {name for _, name in ROWS}
    assert all(reason.endswith(".") for reason in NOWHERE.values())


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_a_choice_is_taken_out_whole(choice: Choice) -> None:
    for mission in MISSIONS:
        without = choice.without(mission_of(mission))
        if without is not None:
            assert without != mission_of(mission)
            assert choice.without(without) in (None, without), mission


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in ROWS if key[1] not in NOWHERE], ids=" ".join)
def test_it_still_acts_where_the_page_says(key: tuple[str, str]) -> None:
    """In one of the missions of its line, looked at from the one where it shows first."""
    row = ROWS[key]
    listed = sorted((week, mission) for week, mission in zip(page()[key], MISSIONS, strict=True) if week is not None)
    for week, mission in listed:
        for seed in SEEDS:
            if first_difference(row, mission, 2 * week + SLACK_WEEKS, seed) is not None:
                return
    pytest.fail(f"no more in any of {', '.join(mission for _, mission in listed)}")
