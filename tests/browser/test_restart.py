"""A page that was left alone while its server was stopped and started again."""

from typing import Any

import pytest

from tests.browser.conftest import closed, new_page
from tests.support.pages import opened, settled
from tests.support.visitors import free_port, start_dashboard, stop_dashboard

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUERY = "scenario=ceasefire_line&seed=3&mission.mandate.clarity=0.4"


def test_it_says_so_plays_on_and_comes_back_with_its_settings(chromium_found: Any) -> None:
    port = free_port()
    server = start_dashboard(port, "--futures", "5")
    page = new_page(chromium_found)
    try:
        opened(page, f"http://127.0.0.1:{port}/?{QUERY}")
        settled(page)
        stop_dashboard(server)
        bar = page.locator(".connection-lost")
        bar.get_by_text("The server does not answer").wait_for()
        week = page.evaluate("window.__player.week")
        page.get_by_role("button", name="A week on").click()
        page.wait_for_function("week => window.__player.week === week + 1", arg=week)
        server = start_dashboard(port, "--futures", "5")
        bar.get_by_text("reload to go on").wait_for()
        run = page.evaluate("window.__player.id")
        bar.get_by_role("button", name="Reload now").click()
        page.wait_for_function("run => window.__player && window.__player.id === run", arg=run)
        settled(page)
        assert "clarity=0.4" in page.url
        assert not bar.is_visible()
        closed(page)
    finally:
        stop_dashboard(server)
