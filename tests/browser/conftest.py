"""A dashboard of one's own to open in a headless Chromium, and pages that note what goes wrong.

The server is started once for all tests of this folder: starting it takes longer than most tests.
"""

from collections.abc import Iterator
from typing import Any

import pytest

LOCAL = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:", "file:")
PATIENCE = 60_000  # milliseconds: other work may share the machine
FUTURES = "8"


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[str, Any]]:
    """Address and process of a dashboard that belongs to these tests alone."""
    from tests.support.visitors import dashboard

    with dashboard("--futures", FUTURES) as found:
        yield found


@pytest.fixture
def server(chromium_found: Any, served: tuple[str, Any]) -> str:
    """Address of the dashboard; not started where there is no browser."""
    return served[0]


def new_page(chromium_found: Any, **context: Any) -> Any:
    """Open an empty page in a profile of its own; it notes what goes wrong, and requests to elsewhere."""
    opened = chromium_found.new_context(
        **{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **context}
    ).new_page()
    opened.set_default_timeout(PATIENCE)
    opened.wrong = []
    opened.outside = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on("console", lambda message: opened.wrong.append(message.text) if message.type == "error" else None)
    opened.on("requestfailed", lambda request: opened.wrong.append(f"failed: {request.url}"))
    opened.on("request", lambda request: None if request.url.startswith(LOCAL) else opened.outside.append(request.url))
    return opened


def closed(page: Any) -> None:
    """Leave a page as a visitor does, so that the server forgets it, and check that it asked nobody else."""
    if not page.is_closed():
        page.goto("about:blank")
    page.context.close()
    assert page.outside == []


@pytest.fixture
def page(chromium_found: Any) -> Iterator[Any]:
    """A fresh page; any request to elsewhere fails the test."""
    opened = new_page(chromium_found)
    yield opened
    closed(opened)


@pytest.fixture(scope="module")
def shared(chromium_found: Any, served: tuple[str, Any]) -> Iterator[Any]:
    """One open dashboard for the tests of a module that leave it as they found it."""
    from tests.support.pages import opened

    here = opened(new_page(chromium_found), served[0])
    yield here
    closed(here)
