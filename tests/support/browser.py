"""A headless Chromium for tests of pages; without one they are skipped with a reason.

``PEACESIM_CHROMIUM`` names another program than the ``chromium`` on the path; with ``PEACESIM_REQUIRE_BROWSER=1`` a
missing browser is a failure, so that these tests cannot vanish unseen.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OWN = ("file:", "data:", "blob:", "about:")


def missing(reason: str) -> None:
    """Skip, or fail where a browser is required."""
    reason = f"browser test not run: {reason}"
    if os.environ.get("PEACESIM_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def chromium() -> Iterator[Any]:
    """Start a browser for some tests."""
    path = os.environ.get("PEACESIM_CHROMIUM") or shutil.which("chromium")
    if not path:
        missing("no Chromium on the path (apt-get install chromium, or set PEACESIM_CHROMIUM)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the Python package playwright is not installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page, and what it asked for or complained of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(OWN) or self.outside.append(asked.url))

    def until(self, script: str, seconds: float = 20.0) -> None:
        """Wait until a script is true; pages that forbid ``eval`` cannot be waited on by the driver."""
        for _ in range(int(seconds * 20)):
            if self.page.evaluate(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}; the page said {self.complaints}")


@contextmanager
def watched_page(browser: Any, **context: Any) -> Iterator[Watched]:
    """Open an empty page in a profile of its own."""
    profile = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
    try:
        yield Watched(profile.new_page())
    finally:
        profile.close()
