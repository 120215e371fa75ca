"""The dashboard as a class uses it, in a headless browser."""

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000  # milliseconds: other work may share the machine


def opened(page: Any, url: str) -> Any:
    """Open the dashboard and wait for its first picture."""
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.wait_for_function("window.__player !== undefined")
    return page


def run_shown(page: Any) -> str:
    return page.evaluate("window.__player.id")


def wait_for_another_run(page: Any, before: str) -> None:
    page.wait_for_function("before => window.__player.id !== before", arg=before)


def wait_for_cards(page: Any) -> None:
    page.locator(".card .big").first.wait_for()


def slider(page: Any, label: str) -> Any:
    return page.get_by_role("slider", name=re.compile(f"^{label}"))


def test_it_opens_with_nothing_from_outside_and_no_error(page: Any, server: str) -> None:
    opened(page, server)
    wait_for_cards(page)
    assert page.title() == "Peacekeeping laboratory"
    assert page.outside == []
    assert page.wrong == []
    assert page.locator(".scenario-card").count() == 9
    assert "better" in page.locator(".outcomes").inner_text() or "worse" in page.locator(".outcomes").inner_text()


def test_each_teaching_country_can_be_picked_and_shows_its_card(page: Any, server: str) -> None:
    opened(page, server)
    before = run_shown(page)
    page.locator("[data-scenario=fragile_peace]").click()
    wait_for_another_run(page, before)
    assert "A fragile peace" in page.locator("h1").inner_text()
    page.get_by_role("button", name="About, questions, sources").click()
    page.locator(".about-body li").nth(3).wait_for()
    before = run_shown(page)
    page.locator("[data-scenario=ceasefire_line]").click()
    wait_for_another_run(page, before)
    assert page.wrong == []


def test_a_slider_moves_the_picture_by_keyboard_and_can_be_put_back(
    page: Any, server: str, record_property: Any
) -> None:
    opened(page, server)
    wait_for_cards(page)
    page.wait_for_function("!document.querySelector('.working.on')")
    before = run_shown(page)
    moved = slider(page, "Peacekeepers pledged")
    moved.focus()
    began = time.perf_counter()
    page.keyboard.press("ArrowLeft")
    wait_for_another_run(page, before)
    seconds = time.perf_counter() - began
    record_property("slider_to_picture_seconds", round(seconds, 3))
    print(f"slider to picture: {seconds:.3f} s")
    assert "(90%)" in page.locator(".lever.moved").inner_text()
    page.wait_for_function("location.search.includes('contributors.*.pledged=0.9')")
    page.get_by_role("button", name="Reset all").click()
    page.wait_for_function("!location.search.includes('pledged')")
    page.wait_for_function("id => window.__player.id.slice(0, 16) === id.slice(0, 16)", arg=before)
    assert page.wrong == []


def test_a_link_brings_back_scenario_settings_and_seed(page: Any, server: str) -> None:
    query = "?scenario=fragile_peace&seed=3&mission.mandate.clarity=0.4"
    opened(page, server + "/" + query)
    page.get_by_text("1 changed").first.wait_for()
    page.get_by_role("button", name=re.compile("^Mandate")).click()
    assert "40 %" in page.locator(".lever.moved").inner_text()
    assert page.get_by_label("Seed: the luck of the first future").input_value() == "3"
    wait_for_cards(page)
    digest = run_shown(page)[:16]
    page.reload()
    page.wait_for_function("id => window.__player && window.__player.id.startsWith(id)", arg=digest)
    page.wait_for_function("location.search.includes('seed=3') && location.search.includes('clarity=0.4')")


def test_a_hostile_link_does_no_harm(page: Any, server: str) -> None:
    query = "?scenario=../../etc/passwd&<script>window.hurt=1</script>=1&seed=-5"
    opened(page, server + "/" + query)
    notes = page.locator(".note").all_inner_texts()
    assert len(notes) == 3
    assert page.evaluate("window.hurt") is None
    assert "The ceasefire line" in page.locator("h1").inner_text()


def test_downloads_hold_what_is_shown(page: Any, server: str, tmp_path: Path) -> None:
    opened(page, server + "/?mission.mandate.clarity=0.4")
    wait_for_cards(page)
    page.get_by_role("tab", name="Files").click()

    def downloaded(name: str) -> bytes:
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path.read_bytes()

    assert tomllib.loads(downloaded("Scenario TOML").decode())["mission"]["mandate"]["clarity"] == 0.4
    assert downloaded("Weekly CSV").startswith(b"week,date,")
    assert tomllib.loads(downloaded("As an experiment").decode())["factors"][0]["values"] == [0.9, 0.4]
    assert downloaded("Figure PNG").startswith(b"\x89PNG")


def test_an_upload_is_shown_and_a_bad_one_is_told_line_by_line(page: Any, server: str) -> None:
    opened(page, server)
    chooser = page.get_by_label("Load a scenario file")

    def upload(name: str, raw: bytes) -> None:
        chooser.set_input_files({"name": name, "mimeType": "text/plain", "buffer": raw})

    upload("bad.toml", b'extends = "ceasefire_line"\n[mission.mandate]\nclarty = 0.4\n')
    page.locator(".problem").wait_for()
    assert (
        "bad.toml:3: mission.mandate: unknown key 'clarty'; did you mean 'clarity'?"
        in page.locator(".problem").inner_text()
    )
    upload("huge.toml", b"#" * 2_000_000)
    page.get_by_text("at most 300 kB").wait_for()
    upload("files.toml", b'extends = "/etc/passwd"\n')
    page.get_by_text("may extend a bundled one only").wait_for()
    title = "<img src=x onerror=window.hurt=1>"
    upload("mine.toml", f'extends = "ceasefire_line"\n[scenario]\nid = "mine"\ntitle = "{title}"\n'.encode())
    page.locator(".scenario-card.chosen[data-scenario=uploaded]").wait_for()
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.wait_for_function("!document.querySelector('.working.on')")
    assert page.evaluate("window.hurt") is None
    assert page.wrong == []


def test_two_pages_do_not_see_each_other(page: Any, chromium_found: Any, server: str) -> None:
    opened(page, server)
    context = chromium_found.new_context()
    other = opened(context.new_page(), server)
    slider(page, "Peacekeepers pledged").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("1 changed").first.wait_for()
    other.wait_for_timeout(500)
    assert other.get_by_text("1 changed").count() == 0
    assert "pledged" not in other.evaluate("location.search")
    assert other.locator("[data-scenario=ceasefire_line].chosen").count() == 1
    context.close()


def test_why_explains_a_moment_and_the_tour_asks_before_it_tells(page: Any, server: str) -> None:
    opened(page, server)
    wait_for_cards(page)
    page.get_by_role("tab", name="Why?").click()
    page.locator(".moment.killing button, .moment.clash button").first.click()
    page.locator(".factor").first.wait_for()
    assert "In the reference situation" in page.locator(".reckoned").inner_text()
    page.get_by_role("tab", name="Learn").click()
    page.get_by_role("button", name="Next").click()
    assert page.locator(".answer").count() == 0
    page.get_by_role("tab", name="Outcomes").click()
    page.get_by_text("hidden until you have made your guess").wait_for()
    assert page.locator(".card").count() == 0
    page.get_by_role("tab", name="Learn").click()
    page.get_by_role("button", name="Less than half").click()
    page.locator(".answer").wait_for()
    assert "futures" in page.locator(".answer").inner_text()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_screen(page: Any, server: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page, server)
    wait_for_cards(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    widest = page.evaluate("Math.max(...[...document.querySelectorAll('canvas')].map(c => c.clientWidth))")
    assert widest > 0.2 * width
