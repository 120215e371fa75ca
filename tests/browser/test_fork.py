"""A policy that changes midway, and the causal diagram, in a headless browser."""

import re
from datetime import datetime
from typing import Any

import pytest

from tests.support.pages import opened, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WEEK = 120


def values(page: Any) -> list[str]:
    """What the charts say of both worlds in the week shown."""
    page.wait_for_timeout(200)
    return page.locator(".pk-chart:has-text('Peacekeepers') .pk-value").all_inner_texts()


def seek(page: Any, week: int) -> None:
    """Walk to a week by keyboard."""
    page.locator(".pk-timeline").focus()
    page.keyboard.press("Home")
    for _ in range(week // 13):
        page.keyboard.press("PageDown")
    for _ in range(week % 13):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("week => window.__player.week === week", arg=week)
    page.wait_for_function("week => location.search.includes(`week=${week}`)", arg=week)


def test_the_policy_changes_from_a_week_and_both_worlds_stand_side_by_side(page: Any, server: str) -> None:
    opened(page, server)
    settled(page)
    ask = page.get_by_role("button", name="Change the policy from this week")
    assert ask.is_disabled(), "the first week is the start itself"
    seek(page, WEEK)
    before = page.evaluate("window.__player.id")
    page.get_by_role("radio", name=re.compile("Displacement")).click()
    ask.click()
    page.get_by_text("until then both worlds are the same").wait_for()
    assert page.evaluate("window.__player.fork") == WEEK
    page.wait_for_function("() => document.querySelectorAll('.pk-map-title')[1].textContent === 'As before'")
    assert page.evaluate("window.__player.layer") == "displacement", "what the reader has chosen stays"
    assert page.evaluate("window.__player.id") == before, "nothing is changed yet: the same run"
    assert page.locator(".since").inner_text().startswith("From 22 April 2002 on.")
    assert page.get_by_role("button", name=re.compile("^Society")).count() == 0

    troops = page.get_by_role("slider", name=re.compile("^Authorised troops"))
    troops.focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("location.search.includes('military=0.2')")
    page.wait_for_function("before => window.__player.id !== before", arg=before)
    settled(page)
    link = page.evaluate("location.search")
    assert f"from_week={WEEK}" in link
    assert "against=as_before" in link
    page.locator(".outcomes").get_by_text("than with the policy as before").first.wait_for()

    seek(page, WEEK - 1)
    deployed = values(page)
    assert deployed[0] == deployed[1], "one past"
    assert "Both worlds" in page.locator(".pk-says").inner_text()
    seek(page, WEEK + 52)
    deployed = values(page)
    assert deployed[0] != deployed[1], "two presents"

    forked = page.evaluate("window.__player.id")
    page.reload()
    page.wait_for_function("id => window.__player && window.__player.id === id", arg=forked)
    assert page.evaluate("window.__player.fork") == WEEK

    page.get_by_role("button", name="Undo", exact=True).click()
    page.wait_for_function("!location.search.includes('from_week')")
    page.wait_for_function("before => window.__player.id.slice(0, 16) === before.slice(0, 16)", arg=before)
    assert page.get_by_role("button", name="Change the policy from this week").is_visible()
    assert page.wrong == []


def test_a_fork_from_a_hostile_link_does_no_harm(page: Any, server: str) -> None:
    opened(page, server + "/?from_week=9e9&before.<script>=1&future=-2&against=as_before")
    page.locator(".note p").nth(3).wait_for()
    assert page.evaluate("window.__player.fork") == 0
    assert page.wrong == []


def test_a_peak_of_a_chart_leads_to_the_events_around_it(page: Any, server: str) -> None:
    opened(page, server)
    settled(page)
    page.get_by_role("tab", name="Why?").click()
    assert page.locator(".near").count() == 0
    deadly = page.locator(".moment.clash .date, .moment.killing .date").last.inner_text()
    chart = page.locator(".pk-chart-canvas").first
    box = chart.bounding_box()
    then = datetime.strptime(deadly, "%d %B %Y")
    years = (then.year + then.month / 12.0 - 2000.0) / 10.0  # from 2000 to 2010
    chart.click(position={"x": 40 + years * (box["width"] - 50), "y": box["height"] / 2})
    page.locator(".near .moment button").first.click()
    page.locator(".event-text").wait_for()
    assert page.wrong == []


def test_an_event_lights_its_links_in_the_causal_diagram(page: Any, server: str) -> None:
    opened(page, server)
    settled(page)
    page.get_by_role("tab", name="Why?").click()
    page.locator(".moment.clash button, .moment.killing button").first.click()
    page.locator(".factor").first.wait_for()
    page.get_by_role("button", name="In the causal diagram").click()
    picture = page.locator(".causal svg")
    picture.wait_for()
    told = page.locator(".causal-words li").all_inner_texts()
    assert told
    for words in told:
        factor = words.rstrip(".").rpartition(": ")[2]
        assert picture.locator("text", has_text=factor).count() >= 1
    assert picture.locator("g[opacity]").count() > 20, "the rest of the model is faint"
    page.locator(".causal").get_by_role("button", name="Close").click()
    picture.wait_for(state="hidden")
    assert page.wrong == []
