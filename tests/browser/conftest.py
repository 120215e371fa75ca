"""A dashboard of one's own to open in a headless Chromium, and a page that notes what goes wrong."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

START_SECONDS = 120.0
ROOT = Path(__file__).resolve().parents[2]
LOCAL = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:")


@pytest.fixture(scope="module")
def chromium_found() -> Iterator[Any]:
    from tests.support.browser import chromium

    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def server(chromium_found: Any) -> Iterator[str]:
    """Address of a dashboard that belongs to this module alone; not started where there is no browser."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["-m", "sim.cli", "dashboard", "--port", str(port), "--no-browser", "--futures", "8"]
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(10.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a server says that it is ready."""
    until = time.monotonic() + START_SECONDS
    while True:
        assert process.poll() is None, "the server ended by itself"
        assert time.monotonic() < until, "the server did not start"
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5.0):
                return
        except OSError:
            time.sleep(0.2)


@pytest.fixture
def page(chromium_found: Any) -> Iterator[Any]:
    """A fresh page; any request to elsewhere fails the test."""
    context = chromium_found.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    opened = context.new_page()
    opened.wrong = []
    opened.outside = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on("console", lambda message: opened.wrong.append(message.text) if message.type == "error" else None)
    opened.on("requestfailed", lambda request: opened.wrong.append(f"failed: {request.url}"))
    opened.on("request", lambda request: None if request.url.startswith(LOCAL) else opened.outside.append(request.url))
    yield opened
    context.close()
    assert opened.outside == []
