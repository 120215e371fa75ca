"""Mesa's own page in a browser: it works without internet, and two visitors have two models."""

from typing import Any

import pytest

from tests.browser.conftest import closed, new_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def mesa(chromium_found: Any, server: str) -> Any:
    page = new_page(chromium_found)
    page.goto(f"{server}/mesa")
    page.get_by_role("button", name="Step").wait_for()
    page.wait_for_function("document.querySelectorAll('img').length >= 4")
    return page


def test_it_steps_and_two_visitors_have_two_models(chromium_found: Any, server: str) -> None:
    pytest.importorskip("networkx")
    pytest.importorskip("altair")
    one, other = mesa(chromium_found, server), mesa(chromium_found, server)
    for week in (1, 2):
        one.get_by_role("button", name="Step").click()
        one.get_by_text(f"Step: {week}").wait_for()
    other.get_by_role("button", name="Step").click()
    other.get_by_text("Step: 1").wait_for()
    assert one.get_by_text("Step: 2").count() == 1
    one.get_by_role("button", name="Reset").click()
    one.get_by_text("Step: 0").wait_for()
    assert other.get_by_text("Step: 1").count() == 1
    for page in (one, other):
        assert page.wrong == []
        closed(page)
