"""Starting the server: what it needs, where it listens, and that its pages find their files on this machine."""

import re
import socket
from pathlib import Path

import pytest

from sim.core.errors import InputError
from sim.dashboard import serve
from sim.dashboard.serve import ENVIRONMENT, assets_folder, check_installed, check_port


def test_a_port_that_is_taken_is_refused_with_a_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="--port"):
            check_port("127.0.0.1", taken.getsockname()[1])


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(InputError, match=r"cannot listen on 192\.0\.2\.1"):
        check_port("192.0.2.1", 8765)


def test_what_is_missing_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda name: None if name == "solara" else object())
    with pytest.raises(InputError, match=r"solara.*pip install 'peacekeeping-sim\[dashboard\]'"):
        check_installed()


def test_missing_scripts_and_fonts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "assets_folder", lambda: None)
    with pytest.raises(InputError, match="solara-assets"):
        check_installed()


def test_every_file_that_the_page_asks_for_is_installed() -> None:
    """A newer Solara may ask for files of another version: then this fails, not a class without internet."""
    solara = pytest.importorskip("solara")
    folder = assets_folder()
    assert folder is not None
    template = (Path(solara.__file__).parent / "server" / "templates" / "solara.html.j2").read_text(encoding="utf-8")
    asked = {path.replace("{{ipywidget_major_version}}", "8") for path in re.findall(r"{{cdn}}/([^\"']+)", template)}
    needed = {path for path in asked if "vuetify3" not in path and "{{" not in path and not path.endswith("app8.js")}
    assert len(needed) >= 4
    assert [path for path in sorted(needed) if not (folder / path).is_file()] == []


def test_nothing_calls_home_and_no_proxy_asks_other_servers() -> None:
    assert ENVIRONMENT["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "false"
    assert ENVIRONMENT["SOLARA_ASSETS_PROXY"] == "false"
    assert ENVIRONMENT["SOLARA_ASSETS_CDN"].startswith("/")
