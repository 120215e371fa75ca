"""What tests do with an open dashboard."""

import re
from pathlib import Path
from typing import Any


def opened(page: Any, url: str) -> Any:
    """Open the dashboard and wait for its first picture."""
    page.goto(url)
    page.wait_for_function("window.__player !== undefined")
    return page


def run_shown(page: Any) -> str:
    """Return the name of the run on the map."""
    return str(page.evaluate("window.__player.id"))


def wait_for_another_run(page: Any, before: str) -> None:
    """Wait until the map shows another run."""
    page.wait_for_function("before => window.__player && window.__player.id !== before", arg=before)


def wait_for_cards(page: Any) -> None:
    """Wait for the outcome cards."""
    page.locator(".card .big").first.wait_for()


def settled(page: Any) -> None:
    """Wait until something is shown and no work goes on."""
    idle = "document.querySelector('.working') && !document.querySelector('.working.on')"
    page.wait_for_function(f"window.__player && {idle}")


def slider(page: Any, label: str) -> Any:
    """Find a slider of the what-if panel."""
    return page.get_by_role("slider", name=re.compile(f"^{label}"))


def tab(page: Any, name: str) -> None:
    """Choose what stands beside the map."""
    page.get_by_role("tab", name=name).click()


def downloaded(page: Any, name: str, folder: Path) -> Path:
    """Press a download button and return the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def upload(page: Any, name: str, raw: bytes) -> None:
    """Give a file to the file chooser."""
    file = {"name": name, "mimeType": "text/plain", "buffer": raw}
    page.get_by_label("Load a scenario file").set_input_files(file)
