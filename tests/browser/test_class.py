"""A class as it is taught: an instructor and two groups in a headless browser, and the teaching mode of the page."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 90_000  # milliseconds: other work may share the machine
CLARITY = re.compile("^Clarity")


class Room:
    """Pages of one class, each in a browser profile of its own."""

    def __init__(self, browser: Any, server: str) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[Any] = []
        self.wrong: list[str] = []
        self.desk = self.page("/class")
        self.desk.get_by_role("button", name="Open a class").click()
        self.code = self.desk.locator(".code").inner_text()

    def page(self, path: str, **context: Any) -> Any:
        """Open a page of the server."""
        made = self.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
        self.contexts.append(made)
        opened = made.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.on("pageerror", lambda error: self.wrong.append(str(error)))
        opened.on("console", lambda said: said.type == "error" and self.wrong.append(said.text))
        opened.goto(self.server + path)
        return opened

    def join(self, name: str) -> Any:
        """Join as a group; the page then shows its seats."""
        page = self.page("/class")
        page.get_by_label("Code").fill(self.code)
        page.get_by_label("Name of the group").fill(name)
        page.get_by_role("button", name="Join", exact=True).click()
        page.locator(".seat-list").wait_for()
        return page

    def sit(self, page: Any, title: str) -> None:
        """Take a seat and wait for its world."""
        page.get_by_role("button", name=title).click()
        page.wait_for_function("window.__player !== undefined")

    def press(self, name: str) -> None:
        """Press a button of the instructor's."""
        self.desk.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def room(chromium_found: Any, server: str) -> Any:
    made = Room(chromium_found, server)
    yield made
    for context in made.contexts:
        context.close()


def run_shown(page: Any) -> str:
    return page.evaluate("window.__player.id")


def layers_of(page: Any) -> list[str]:
    return [name.strip().lstrip("12345678 \n") for name in page.locator(".pk-layers [role=radio]").all_inner_texts()]


def test_two_groups_play_on_the_same_luck_and_neither_sees_the_other(room: Room, tmp_path: Path) -> None:
    one, other = room.join("One"), room.join("<img src=x onerror=window.hurt=1>\u202e")
    for page in (one, other):
        room.sit(page, "The whole table")
    assert run_shown(one) == run_shown(other), "the same country, the same luck"
    room.desk.get_by_text("Groups (2)").wait_for()
    before = run_shown(one)
    one.get_by_role("slider", name=CLARITY).focus()
    one.keyboard.press("ArrowLeft")
    one.wait_for_function("before => window.__player.id !== before", arg=before)
    room.desk.get_by_text("1 changed, 1 decision").wait_for()
    assert run_shown(other) == before
    assert other.locator(".lever.moved").count() == 0
    assert one.locator(".card .big").count() == 0, "futures are hidden until the reveal"

    # A shock strikes both, and is in what they may download.
    room.press("Strike")
    room.desk.locator(".shocks li").wait_for()
    other.wait_for_function("before => window.__player.id !== before", arg=before)
    other.get_by_text("Disaster").first.wait_for()
    with room.desk.expect_download() as download:
        room.desk.get_by_role("button", name="Scenario TOML").first.click()
    download.value.save_as(tmp_path / "one.toml")
    data = tomllib.loads((tmp_path / "one.toml").read_text(encoding="utf-8"))
    assert data["events"][-1]["kind"] == "disaster"
    assert data["mission"]["mandate"]["clarity"] < 0.9

    # Locked, then paused.
    room.press("Mandate")
    one.get_by_text("Locked: Mandate.").wait_for()
    one.wait_for_function("!document.querySelector('.what-if [role=slider]')")
    room.press("Mandate")
    one.get_by_role("slider", name=CLARITY).wait_for(state="attached")
    room.press("Pause")
    one.get_by_text("has paused the class").wait_for()
    one.wait_for_function("!document.querySelector('.what-if [role=slider]')")
    room.press("Pause")
    one.get_by_role("slider", name=CLARITY).wait_for(state="attached")

    # Revealed, and set side by side.
    room.press("Reveal the ensemble")
    other.get_by_role("tab", name="Outcomes").click()
    other.locator(".card .big").first.wait_for()
    one.get_by_role("button", name="Debrief").click()
    one.get_by_text("made up for teaching").wait_for()
    one.get_by_text("Clarity: 90 % →").wait_for()
    one.wait_for_function("document.querySelectorAll('.figures td.own .middle-figure').length > 3")
    assert one.get_by_role("columnheader", name="<img").count() == 1
    for page in (one, other, room.desk):
        assert page.evaluate("window.hurt") is None

    room.press("End the class…")
    room.press("End it for all")
    other.get_by_text("This class is over").wait_for()
    assert room.wrong == []


def test_members_of_a_group_share_a_world_and_each_seat_sees_its_part(room: Room) -> None:
    commander = room.join("Table")
    link = commander.url
    assert "key=" in link
    room.sit(commander, "Force commander")
    assert layers_of(commander) == ["Control", "Known incidents", "Presence"]
    assert commander.get_by_role("slider", name=CLARITY).count() == 0
    head = room.page(link.removeprefix(room.server) + "&role=head_of_mission")
    head.wait_for_function("window.__player !== undefined")
    head.get_by_text("What you report to the Council").wait_for()
    armed = room.page(link.removeprefix(room.server) + "&role=armed_group")
    armed.wait_for_function("window.__player !== undefined")
    assert layers_of(armed) == ["Control", "Presence"]
    armed.get_by_text("You are Northern Guard.").wait_for()
    assert armed.get_by_text("What you report").count() == 0
    before = run_shown(commander)
    head.get_by_role("slider", name=CLARITY).focus()
    head.keyboard.press("ArrowLeft")
    commander.wait_for_function("before => window.__player.id !== before", arg=before)
    commander.get_by_role("tab", name="Decisions").click()
    commander.get_by_text("Clarity: 90 % →").wait_for()
    room.desk.get_by_text("Force commander, Head of mission, Armed group").wait_for()
    room.press("Reveal the ensemble")
    commander.wait_for_function("document.querySelectorAll('.pk-layers [role=radio]').length > 6")
    assert layers_of(commander)[1] == "Violence"
    assert room.wrong == []


def test_guesses_of_a_class_are_collected_on_one_screen_and_judged_by_the_reveal(room: Room) -> None:
    one, other = room.join("One"), room.join("Other")
    room.sit(one, "Head of mission")
    room.sit(other, "The whole table")
    assert one.get_by_role("region", name="The instructor asks").count() == 0
    room.press("Civilians killed")
    one.get_by_role("button", name="Less than half").click()
    other.get_by_role("button", name="More", exact=True).click()
    room.desk.get_by_text("2 of 2 groups have guessed").wait_for()
    assert room.desk.locator(".tally .answer").count() == 0, "the answer comes with the reveal"
    room.press("Reveal the ensemble")
    room.desk.locator(".tally .answer").wait_for()
    assert room.desk.locator(".tally dt.right").count() == 1
    one.get_by_role("button", name="Less than half").wait_for(state="detached")
    one.get_by_role("button", name="Debrief").click()
    one.locator(".tally .answer").wait_for()
    assert "One" in one.locator(".tally dd").first.inner_text()
    assert room.wrong == []


def test_a_class_with_roles_only_offers_no_whole_table(room: Room) -> None:
    page = room.page("/class")
    page.get_by_role("button", name="Roles only").click()
    page.wait_for_function("!document.body.innerText.includes('The whole table')")
    page.get_by_role("button", name="Open a class").click()
    room.code = page.locator(".code").inner_text()
    group = room.join("Players")
    assert group.locator(".seat-list li").count() == 5
    assert group.get_by_role("button", name="The whole table").count() == 0


def test_the_desk_belongs_to_who_opened_it_and_survives_a_reload(room: Room) -> None:
    code = room.code.replace(" ", "")
    room.desk.reload()
    room.desk.locator(".code").wait_for()
    stranger = room.page(f"/class?code={code}")
    stranger.get_by_role("button", name="Join", exact=True).wait_for()
    assert stranger.locator(".code").count() == 0
    assert stranger.get_by_role("button", name="Pause").count() == 0
    wrong = room.page(f"/class?code={code}&desk=guess")
    wrong.get_by_role("button", name="Join", exact=True).wait_for()
    assert wrong.locator(".code").count() == 0


@pytest.mark.parametrize("query", ["code=BBBBBB&key=x&role=table", "code=%3Cscript%3E", "code=" + "B" * 400])
def test_a_class_that_is_not_there_says_why(page: Any, server: str, query: str) -> None:
    """As after a restart of the server: the link is good, the class is gone."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server}/class?{query}")
    page.get_by_text("when the server is started again").wait_for()
    page.get_by_role("button", name="Join", exact=True).wait_for()
    assert page.wrong == []


def test_a_tour_locks_settings_hides_the_answer_and_tells_the_record_when_asked(page: Any, server: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(server + "/?scenario=ceasefire_line")
    page.locator(".card .big").first.wait_for()
    page.get_by_role("tab", name="Learn").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Locked until you have made your guess").wait_for()
    page.wait_for_function("!document.querySelector('.what-if [role=slider]')")
    page.wait_for_function("window.__player.view !== 'side' || document.querySelectorAll('.pk-map').length < 2")
    page.get_by_role("button", name="About the same").click()
    page.locator(".answer").wait_for()
    page.locator(".what-if [role=slider]").first.wait_for(state="attached")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Two sides, one line").wait_for()
    page.wait_for_function("window.__player.week === 26")
    assert page.get_by_role("button", name="What is on record?").count() == 0
    assert page.wrong == []


@pytest.mark.parametrize("name", ["ceasefire_line", "unamir"])
def test_notes_can_be_printed(page: Any, server: str, name: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server}/notes?scenario={name}")
    page.get_by_role("heading", name="A lesson of 80 minutes").wait_for()
    assert page.locator("canvas").count() == 0
    assert (page.get_by_text("On record:").count() > 0) == (name == "unamir")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    pages = len(re.findall(rb"/Type /Page[^s]", page.pdf()))
    assert 2 <= pages <= 9
    assert page.wrong == []


def test_large_type_is_two_fifths_larger(page: Any, server: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(server)
    page.locator(".card .big").first.wait_for()
    script = "selector => document.querySelector(selector).getBoundingClientRect().height"
    size = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
    places = (".left .group-head", ".right .tab", ".about h1")
    before = [page.evaluate(script, place) for place in places] + [page.evaluate(size, ".pk-root")]
    page.get_by_role("button", name="Large type").first.click()
    page.wait_for_function("document.querySelector('.pk-root.pk-big')")
    grown = "([selector, small]) => document.querySelector(selector).getBoundingClientRect().height > 1.36 * small"
    for place, small in zip(places, before, strict=False):  # what is drawn may come after the class
        page.wait_for_function(grown, arg=[place, small])
    after = [page.evaluate(script, place) for place in places] + [page.evaluate(size, ".pk-root")]
    for small, large in zip(before, after, strict=True):
        assert large == pytest.approx(1.4 * small, rel=0.03)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (390, 844)])
def test_a_group_can_play_on_a_small_screen(room: Room, width: int, height: int) -> None:
    page = room.page("/class", viewport={"width": width, "height": height})
    page.get_by_label("Code").fill(room.code)
    page.get_by_label("Name of the group").fill("Small")
    page.get_by_role("button", name="Join", exact=True).click()
    page.locator(".seat-list").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    room.sit(page, "Donors and contributors")
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
