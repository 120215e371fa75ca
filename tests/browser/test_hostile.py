"""What somebody who means harm may send: it is refused or shown as text, and the others do not notice."""

import contextlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import closed, new_page
from tests.support.pages import downloaded, opened, run_shown, settled, tab, upload, wait_for_another_run
from tests.support.visitors import Visitor, memory_mb

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPT = "<img src=x onerror=window.hurt=1></script><script>window.hurt=2</script>"
TEXTS = ("title", "summary", "teaches")


def hostile() -> bytes:
    """Return a scenario whose every text is a script."""
    from sim.dashboard.countries import country
    from sim.scenario.write import toml_text

    data = tomllib.loads(country("ceasefire_line").to_toml())
    data["scenario"].update(dict.fromkeys(TEXTS, SCRIPT), id="mine", weeks=80, questions=[SCRIPT], sources=[SCRIPT])
    named = [*data["regions"].values(), *data["places"].values()]
    for kind in ("identity_groups", "armed_groups", "contributors", "donors", "ngos", "partners"):
        named += data.get(kind) or []
    for number, each in enumerate(named):
        if "name" in each:
            each["name"] = f"{number}{SCRIPT}"[:78]
    if data.get("mission"):
        data["mission"]["name"] = SCRIPT[:78]
    return toml_text(data).encode()


@pytest.mark.parametrize("address", ["/clas", "/<script>"])
def test_an_unknown_address_leads_back_to_the_laboratory(page: Any, server: str, address: str) -> None:
    answer = page.goto(server + address)
    assert answer.status == 404
    assert "script" not in answer.text()
    page.get_by_role("link", name="The laboratory").click()
    page.wait_for_function("window.__player !== undefined")


def test_scripts_in_every_text_are_only_ever_text(chromium_found: Any, server: str, tmp_path: Path) -> None:
    page = opened(new_page(chromium_found), server)
    before = run_shown(page)
    upload(page, f"{SCRIPT}../../evil.toml", hostile())
    wait_for_another_run(page, before)
    settled(page)
    page.get_by_role("heading", level=1, name=SCRIPT).wait_for()
    page.get_by_role("button", name="About, questions, sources").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator(".editor-pen").first.wait_for()
    for name in ("Why?", "Learn", "Outcomes", "Files"):
        tab(page, name)
        page.wait_for_timeout(100)
    page.locator("canvas.pk-map").first.click()
    assert page.evaluate("window.hurt") is None
    assert page.locator("img[src=x]").count() == 0
    replay = downloaded(page, "Replay HTML", tmp_path)
    assert replay.parent == tmp_path
    assert page.wrong == []
    closed(page)
    alone = new_page(chromium_found, offline=True)
    alone.goto(replay.as_uri())
    alone.wait_for_timeout(1000)
    assert alone.evaluate("window.hurt") is None
    assert alone.wrong == []
    closed(alone)


def test_links_are_read_as_text_and_name_no_files(chromium_found: Any, server: str) -> None:
    query = "scenario=..%2F..%2Fetc%2Fpasswd&against=%2Fetc%2Fpasswd&seed=1e999&week=-1"
    query += f"&{SCRIPT}={SCRIPT}&mission.leadership=1e308&mission.mandate.clarity=nan&__class__=x"
    page = opened(new_page(chromium_found), f"{server}/?{query}")
    assert page.locator(".note p").count() >= 7
    assert page.evaluate("window.hurt") is None
    assert page.locator(".scenario-card.chosen").get_attribute("data-scenario") == "ceasefire_line"
    page.get_by_role("button", name="Dismiss").click()
    page.locator(".note").wait_for(state="detached")
    assert page.wrong == []
    closed(page)


def test_a_gigabyte_is_not_even_read(shared: Any, served: tuple[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    with file.open("wb") as stream:
        stream.truncate(10**9)
    before = memory_mb(served[1])
    shared.get_by_label("Load a scenario file").set_input_files(file)
    shared.locator(".problem", has_text="at most 300 kB").wait_for()
    assert memory_mb(served[1]) < before + 50.0


def test_files_that_would_fill_the_machine_are_refused_at_once(shared: Any) -> None:
    bombs = {
        "army": b'[[armed_groups]]\nid = "army"\nband_size = 1\n',
        "map": b'[map]\nrows = """\n' + b"A" * 500 + (b"\n" + b"A" * 500) * 550 + b'"""\n',
        "deep": b"a = " + b"[" * 100_000 + b"]" * 100_000,
        "digits": b"[scenario]\nseed = " + b"9" * 100_000,
        "weeks": b"[scenario]\nweeks = 999999999\n",
        "keys": b"".join(b"k%d = 1\n" % number for number in range(20_000)),
    }
    told = ("bands of fighters", "cells", "nested", "digits", "between 1 and", "unknown key")
    for (name, raw), words in zip(bombs.items(), told, strict=True):
        upload(shared, f"{name}.toml", b'extends = "ceasefire_line"\n' + raw)
        shared.locator(".problem", has_text=f"{name}.toml").wait_for()
        assert words in shared.locator(".problem").inner_text()
    assert shared.wrong == []


@pytest.fixture
def visitor(served: tuple[str, Any]) -> Iterator[Visitor]:
    found = Visitor(served[0], "scenario=ceasefire_line")
    found.until(lambda: found.picture)
    yield found
    found.vanish()


def test_what_no_browser_would_send_is_dropped(served: tuple[str, Any], visitor: Visitor) -> None:
    from websockets.exceptions import ConnectionClosed

    bystander = Visitor(served[0], "scenario=ceasefire_line&seed=2")
    bystander.until(lambda: bystander.picture)
    player = visitor.name_of("fan")
    address = visitor.name_of("upload")
    for state in ({"week": 10**30}, {"week": -5}, {"week": "x"}, {"selected_event": 10**12}, {"run": "x"}, {"no": 1}):
        visitor.set(player, state)
    for sent in ({"name": 1}, {"text": 5, "size": "x"}, {"text": "%%%", "size": -1}, [], "x", {"text": "A" * 500_000}):
        visitor.set(address, {"upload": sent})
    with contextlib.suppress(ConnectionClosed):  # the server may have enough of this page, of no other
        for content in ({"comm_id": "nobody", "data": {}}, {"comm_id": player, "data": {"method": "update"}}, {}):
            visitor._send("comm_msg", content)
    before = bystander.picture
    bystander.move("Peacekeepers pledged", -1)
    bystander.until(lambda: bystander.picture != before)
    bystander.leave()


def test_a_message_that_is_too_long_ends_only_its_own_page(served: tuple[str, Any], visitor: Visitor) -> None:
    from websockets.exceptions import ConnectionClosed

    before = memory_mb(served[1])
    long = json.dumps({"x": "y" * 20_000_000})
    with pytest.raises(ConnectionClosed):
        [visitor._socket.send(long) for _ in range(3)]
    assert memory_mb(served[1]) < before + 50.0
    again = Visitor(served[0], "scenario=ceasefire_line")
    again.until(lambda: again.picture)
    again.leave()


@pytest.mark.parametrize(
    "path", ["/..%2f..%2fetc%2fpasswd", "/static/assets/..%2f..%2f..%2f..%2fetc%2fpasswd", "//etc"]
)
def test_no_file_of_the_machine_is_served(served: tuple[str, Any], path: str) -> None:
    import http.client

    host = served[0].removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=30.0)
    connection.request("GET", path)
    assert b"root:" not in connection.getresponse().read()
    connection.close()
