"""What the dashboard promises, one promise after the other, in one page that stays open."""

import io
import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PATIENCE, closed, new_page
from tests.support.pages import (
    downloaded,
    opened,
    run_shown,
    settled,
    slider,
    tab,
    upload,
    wait_for_another_run,
    wait_for_cards,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def command_line(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "sim.cli", *words], capture_output=True, text=True, timeout=120, check=False
    )


def pick(page: Any, name: str) -> None:
    before = run_shown(page)
    page.locator(f"[data-scenario={name}]").click()
    page.locator(f".scenario-card.chosen[data-scenario={name}]").wait_for()
    wait_for_another_run(page, before)


def test_it_opens_with_nothing_from_outside_and_no_error(shared: Any) -> None:
    wait_for_cards(shared)
    assert shared.title() == "Peacekeeping laboratory"
    assert shared.outside == []
    assert shared.wrong == []
    assert shared.locator(".scenario-card").count() == 9
    assert "pairs of futures" in shared.locator(".outcomes").inner_text()


def test_each_bundled_scenario_can_be_picked(shared: Any) -> None:
    from sim.dashboard.countries import country, names

    for name in (*names()[1:], names()[0]):
        pick(shared, name)
        assert shared.locator("h1").inner_text() == country(name).about.title
        assert shared.locator(".teaches").inner_text() == " ".join(country(name).about.teaches.split())
        assert shared.evaluate("new URLSearchParams(location.search).get('scenario')") == name
        digest = country(name).digest()[:16]
        shared.wait_for_function("digest => window.__player.id.startsWith(digest)", arg=digest)
    assert shared.wrong == []


def test_a_slider_moves_the_picture_by_keyboard_and_can_be_put_back(shared: Any, record_property: Any) -> None:
    settled(shared)
    before = run_shown(shared)
    slider(shared, "Peacekeepers pledged").focus()
    began = time.perf_counter()
    shared.keyboard.press("ArrowLeft")
    wait_for_another_run(shared, before)
    record_property("slider_to_picture_seconds", round(time.perf_counter() - began, 3))
    assert "(90%)" in shared.locator(".lever.moved").inner_text()
    shared.wait_for_function("location.search.includes('contributors.*.pledged=0.9')")
    shared.get_by_role("button", name="Reset all").click()
    shared.wait_for_function("!location.search.includes('pledged')")
    shared.wait_for_function("id => window.__player.id.slice(0, 16) === id.slice(0, 16)", arg=before)
    assert shared.wrong == []


def test_what_would_have_changed_an_outcome_is_found_and_can_be_set(chromium_found: Any, server: str) -> None:
    page = opened(new_page(chromium_found), server)
    before = run_shown(page)
    upload(page, "short.toml", b'extends = "ceasefire_line"\n[scenario]\nid = "short"\nweeks = 104\n')
    wait_for_another_run(page, before)
    settled(page)
    page.get_by_role("button", name="Try every setting").click()
    found = page.locator(".moves li")
    found.first.wait_for(timeout=4 * PATIENCE)
    assert 1 <= found.count() <= 5
    assert "Civilians killed: " in found.first.inner_text()
    found.first.get_by_role("button", name="Set it").click()
    page.get_by_text("1 changed").first.wait_for()
    found.first.wait_for(state="detached")
    assert page.wrong == []
    closed(page)


def test_why_explains_a_moment_and_the_tour_asks_before_it_tells(shared: Any) -> None:
    settled(shared)
    tab(shared, "Why?")
    shared.locator(".moment.killing button, .moment.clash button").first.click()
    shared.locator(".factor").first.wait_for()
    assert "In the reference situation" in shared.locator(".reckoned").inner_text()
    tab(shared, "Learn")
    shared.get_by_role("button", name="Next").click()
    assert shared.locator(".answer").count() == 0
    tab(shared, "Outcomes")
    shared.get_by_text("hidden until you have made your guess").wait_for()
    assert shared.locator(".card").count() == 0
    tab(shared, "Learn")
    shared.get_by_role("button", name="Less than half").click()
    shared.locator(".answer").wait_for()
    assert "futures" in shared.locator(".answer").inner_text()
    shared.get_by_role("button", name="‹ Back").click()
    tab(shared, "Outcomes")
    wait_for_cards(shared)


def test_scrubbing_moves_maps_and_address(shared: Any) -> None:
    weeks = shared.evaluate("document.querySelector('.pk-timeline').getAttribute('aria-valuemax')")
    shared.locator(".pk-timeline").scroll_into_view_if_needed()
    box = shared.locator(".pk-timeline").bounding_box()
    y = box["y"] + box["height"] * 0.7
    shared.mouse.move(box["x"] + 5, y)
    shared.mouse.down()
    seen = set()
    for part in range(1, 9):
        shared.mouse.move(box["x"] + box["width"] * part / 9.0, y)
        shared.wait_for_timeout(50)
        seen.add(shared.evaluate("window.__player.week"))
    shared.mouse.up()
    assert len(seen) == 8
    week = shared.evaluate("window.__player.week")
    assert 0.8 * float(weeks) < week < float(weeks)
    shared.wait_for_function("week => new URLSearchParams(location.search).get('week') === String(week)", arg=week)
    drawn = shared.evaluate("[...document.querySelectorAll('.pk-map')].map((map) => map.dataset.week)")
    assert set(drawn) == {str(week)}


def test_comparing_with_nothing_another_scenario_and_no_mission(shared: Any) -> None:
    def against(words: str) -> None:
        shared.get_by_label("Compare with").first.click(force=True)
        shared.get_by_role("option", name=words).first.click()

    against("nothing")
    shared.wait_for_function("document.querySelectorAll('canvas.pk-map').length === 1 || !window.__player.other")
    against("A fragile peace")
    shared.wait_for_function("location.search.includes('against=fragile_peace')")
    shared.get_by_text("than in A fragile peace").first.wait_for()
    against("no mission")
    shared.get_by_text("than without the mission").first.wait_for()
    assert "against" not in shared.evaluate("location.search")
    assert shared.wrong == []


def test_a_link_carries_everything_to_another_page(shared: Any, chromium_found: Any, server: str) -> None:
    query = "scenario=ceasefire_line&seed=4&against=nothing&week=30&mission.mandate.clarity=0.4"
    here = opened(new_page(chromium_found), f"{server}/?{query}")
    settled(here)
    other = opened(new_page(chromium_found), here.url)
    settled(other)
    other.reload()
    settled(other)
    assert run_shown(other) == run_shown(here)
    assert other.evaluate("window.__player.week") == 30
    assert sorted(other.url.split("?")[1].split("&")) == sorted(query.split("&"))
    closed(other)
    closed(here)


def test_downloads_open_where_they_should(shared: Any, chromium_found: Any, tmp_path: Path) -> None:
    import pandas as pd
    from matplotlib.image import imread

    before = run_shown(shared)
    slider(shared, "Peacekeepers pledged").focus()
    shared.keyboard.press("ArrowLeft")
    wait_for_another_run(shared, before)
    wait_for_cards(shared)
    settled(shared)
    seed = run_shown(shared).rpartition("-")[2]
    tab(shared, "Files")
    scenario = downloaded(shared, "Scenario TOML", tmp_path)
    assert tomllib.loads(scenario.read_text())["scenario"]["id"] == "ceasefire_line"
    out = tmp_path / "out"
    told = command_line("run", str(scenario), "--seed", seed, "--no-plots", "--json", "--out", str(out))
    assert told.returncode == 0, told.stderr

    from sim.dashboard.choice import Choice, world_of
    from sim.dashboard.countries import country
    from sim.engine.run import run

    same = run(world_of(country("ceasefire_line"), Choice().moved("contributors.*.pledged", 0.9).settings), int(seed))
    assert json.loads(told.stdout)["checksum"] == same.checksum

    table = pd.read_csv(io.BytesIO(downloaded(shared, "Weekly CSV", tmp_path).read_bytes()))
    assert len(table) == len(same.weekly)
    assert table["battle_deaths"].to_list() == pytest.approx(same.weekly["battle_deaths"].to_list(), rel=1e-5)
    assert (table["displaced_q05"] <= table["displaced_q95"]).all()

    picture = imread(io.BytesIO(downloaded(shared, "Figure PNG", tmp_path).read_bytes()))
    assert picture.shape[0] > 300
    assert picture.std() > 0.05

    experiment = downloaded(shared, "As an experiment", tmp_path)
    assert command_line("check", str(experiment)).returncode == 0

    replay = downloaded(shared, "Replay HTML", tmp_path)
    alone = new_page(chromium_found, offline=True)
    alone.requests = []
    alone.on("request", lambda request: alone.requests.append(request.url))
    alone.goto(replay.as_uri())
    for _ in range(200):  # the page forbids scripts from elsewhere, also those that wait for it
        if alone.evaluate("Boolean(window.__player && window.__player.fan)"):
            break
        alone.wait_for_timeout(100)
    assert alone.evaluate("window.__player.id") == run_shown(shared)
    alone.keyboard.press("Space")
    alone.wait_for_timeout(1500)
    assert alone.evaluate("window.__player.week") > 0
    assert [url for url in alone.requests if not url.startswith(("data:", "blob:", replay.as_uri()))] == []
    assert alone.wrong == []
    closed(alone)


def test_a_bad_file_is_refused_in_the_words_of_the_command_line(shared: Any, tmp_path: Path) -> None:
    raw = b'extends = "ceasefire_line"\n[mission.mandate]\nclarty = 0.4\n[[armed_groups]]\nid = "army"\nfighters = -5\n'
    file = tmp_path / "bad.toml"
    file.write_bytes(raw)
    told = command_line("check", str(file))
    assert told.returncode == 2
    upload(shared, "bad.toml", raw)
    shared.locator(".problem").wait_for()
    lines = shared.locator(".problem").inner_text().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert line in (told.stdout + told.stderr).replace(f"{file}", "bad.toml")
    for broken in (b"x = [", b"\xff\xfe\0", b"", b"a = 1\na = 2\n"):
        before = shared.locator(".problem").inner_text()
        upload(shared, "bad.toml", broken)
        shared.wait_for_function("before => document.querySelector('.problem').innerText !== before", arg=before)
    good = b'extends = "ceasefire_line"\n[scenario]\nid = "mine"\nweeks = 60\n'
    before = run_shown(shared)
    upload(shared, "mine.toml", good)
    wait_for_another_run(shared, before)
    assert shared.locator(".problem").count() == 0
    before = run_shown(shared)
    upload(shared, "mine.toml", good.replace(b"60", b"70"))
    wait_for_another_run(shared, before)
    assert shared.wrong == []


def test_everything_by_keyboard(chromium_found: Any, server: str) -> None:
    """Every button, slider, tab and field is a stop of the Tab key, and the whole way works without a mouse."""
    page = opened(new_page(chromium_found), server)
    wait_for_cards(page)
    settled(page)
    page.evaluate(
        """() => {
          const kinds = "button, input:not([type=hidden]), select, textarea, a[href], [role=tab], [role=slider]";
          window.wanted = [...document.querySelectorAll(kinds)].filter((each) => {
            const radio = each.getAttribute("role") === "radio" && each.getAttribute("aria-checked") !== "true";
            return each.checkVisibility() && !each.disabled && !radio && each.tabIndex >= 0;
          });
          window.found = new Set();
          document.addEventListener("focusin", (event) => window.found.add(event.target));
        }"""
    )
    n = page.evaluate("window.wanted.length")
    assert n > 40
    for _ in range(2 * n):
        page.keyboard.press("Tab")
        if page.evaluate("window.wanted.every((each) => window.found.has(each) || !each.isConnected)"):
            break
    missed = page.evaluate("window.wanted.filter((e) => !window.found.has(e) && e.isConnected).map((e) => e.outerHTML)")
    assert missed == []

    before = run_shown(page)
    slider(page, "Peacekeepers pledged").focus()
    page.keyboard.press("ArrowRight")
    wait_for_another_run(page, before)
    page.get_by_role("tab", name="Why?").focus()
    page.keyboard.press("Enter")
    page.locator(".moment button").first.focus()
    page.keyboard.press("Enter")
    page.locator(".event-text").wait_for()
    page.locator(".pk-timeline").press("End")
    page.wait_for_function("window.__player.week > 500")
    before = run_shown(page)
    page.locator("[data-scenario=fragile_peace]").focus()
    page.keyboard.press("Enter")
    wait_for_another_run(page, before)
    assert page.wrong == []
    closed(page)
