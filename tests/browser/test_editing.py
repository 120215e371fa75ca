"""A scenario changed in the page: its text, its map, and what comes of it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.pages import downloaded, run_shown, settled, wait_for_another_run

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_text_and_map_are_edited_checked_used_and_taken_away(shared: Any, tmp_path: Path) -> None:
    shared.get_by_role("button", name="Edit", exact=True).click()
    text = shared.get_by_label("Scenario as TOML")
    text.wait_for()
    written = text.input_value()
    assert written.startswith("#")

    text.fill(written.replace("weeks   = 520", "weks    = 520"))
    problem = shared.locator("button.editor-problem")
    problem.wait_for()
    assert problem.inner_text() == "scenario.toml:17: scenario: unknown key 'weks'; did you mean 'weeks'?"
    problem.click()
    assert shared.evaluate("getSelection().toString()").startswith("weks")

    text.fill(written.replace("weeks   = 520", "weeks   = 100"))
    shared.locator(".editor-problems", has_text="In order.").wait_for()
    canvas = shared.locator("canvas.editor-map")
    canvas.focus()
    for key in (*["ArrowDown"] * 8, *["ArrowRight"] * 5, "B", "Space"):
        shared.keyboard.press(key)
    rows = tomllib.loads(text.input_value())["map"]["rows"].split()
    before = tomllib.loads(written)["map"]["rows"].split()
    changed = [(y, x) for y, row in enumerate(rows) for x, letter in enumerate(row) if letter != before[y][x]]
    assert changed == [(8, 5)]
    assert rows[8][5] == "B"
    shared.get_by_role("button", name="Undo painting").click()
    assert tomllib.loads(text.input_value())["map"]["rows"].split() == before
    box = canvas.bounding_box()
    shared.mouse.click(box["x"] + 5.5 * 16, box["y"] + 8.5 * 16)
    assert tomllib.loads(text.input_value())["map"]["rows"].split() == rows

    shown = run_shown(shared)
    shared.get_by_role("button", name="Use it").click()
    shared.locator(".editor-problems", has_text="In use").wait_for()
    wait_for_another_run(shared, shown)
    settled(shared)
    assert shared.evaluate("document.querySelector('.pk-timeline').getAttribute('aria-valuemax')") == "99"
    file = downloaded(shared, "Download TOML", tmp_path)
    assert file.name == "ceasefire_line.toml"

    from sim.scenario.load import load_scenario

    assert run_shown(shared).startswith(load_scenario(file).digest()[:16])
    assert shared.wrong == []
