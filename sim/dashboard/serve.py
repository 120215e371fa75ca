"""Start the dashboard's server: everything from this machine, nothing from outside.

Solara's pages want their scripts, styles and fonts from a public server, or from a proxy that asks that server for
whatever it does not hold. Here neither is used: they are plain files of the installed ``solara-assets``.
"""

import contextlib
import importlib.metadata
import importlib.util
import os
import socket
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import InputError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

WANTED = ("solara", "ipyvuetify", "anywidget", "uvicorn")
OWN_ASSETS = Path(__file__).parent / "assets"  # what Solara puts into every page besides its own
MARK = "requirejs@2.3.6/require.js"  # a file of solara-assets by which the others are found
APP = "sim.dashboard.app"
LARGEST_MESSAGE = 1_000_000  # bytes from a browser in one message; an upload is sent as text, a third longer
PATIENCE_SECONDS = 60.0

NO_SUCH_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Peacekeeping laboratory: no such page</title>
<body style="font: 16px/1.5 sans-serif; margin: 3rem auto; max-width: 34rem; padding: 0 1rem; color: #1c2733">
<h1 style="font-size: 1.4rem">There is no page at this address.</h1>
<p><a href="/">The laboratory</a> is at the address without anything behind it, <a href="/class">classes</a> at /class,
and <a href="/notes">notes for instructors</a> at /notes.</p>
"""

# Read by Solara when it is imported: no telemetry, no banner, no icons that nobody uses, no proxy to other servers.
ENVIRONMENT = {
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_ASSETS_PROXY": "false",
    "SOLARA_ASSETS_CDN": "/static/assets",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_TITLE": "Peacekeeping laboratory",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
    "SOLARA_CHECK_HOOKS": "off",
}


def check_installed() -> None:
    """Refuse to start without the packages of the dashboard.

    Raises
    ------
    InputError
        With what is missing and how to install it.
    """
    missing = [name for name in WANTED if importlib.util.find_spec(name) is None]
    if missing or assets_folder() is None:
        what = ", ".join(missing) or "solara-assets"
        raise InputError(
            f"the dashboard needs packages that are not installed ({what}); "
            "install them with: pip install 'peacekeeping-sim[dashboard]'"
        )


def assets_folder() -> Path | None:
    """Find the folder of scripts, styles and fonts that ``solara-assets`` has installed."""
    try:
        files = importlib.metadata.files("solara-assets") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.as_posix().endswith(MARK):
            folder = Path(os.fspath(file.locate())).resolve().parents[1]
            return folder if folder.is_dir() else None
    return None


def check_port(host: str, port: int) -> None:
    """Refuse a port that cannot be had.

    Raises
    ------
    InputError
        If another program listens there, or the address is not of this machine.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        free = "choose another with --port" if error.errno != 99 else "--host must be an address of this machine"
        raise InputError(f"cannot listen on {host}:{port}: {error.strerror or error}; {free}") from None


def serve(host: str, port: int, *, browser: bool, url: str, futures: int) -> None:
    """Serve the dashboard until Ctrl-C.

    Parameters
    ----------
    host, port
        Where to listen.
    browser : bool
        Open the page in this machine's browser once it is there.
    url : str
        Address of the page to open.
    futures : int
        Most futures of a fan.
    """
    os.environ.update(ENVIRONMENT)
    # Without https Solara falls back to a cookie for this site only, which is right here, and says so at length.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none", category=UserWarning)
    os.environ["SOLARA_APP"] = APP
    import uvicorn
    from solara.server import settings
    from solara.server.starlette import app

    from sim.dashboard.session import office

    office.most = futures
    settings.assets.extra_locations = [str(OWN_ASSETS), str(assets_folder())]
    app.add_exception_handler(404, say_no_such_page)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="error",
        access_log=False,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,  # what is large is packed already; the rest is not worth the time of a core
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    if browser:
        threading.Thread(target=_open_when_ready, args=(server, url), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):  # the usual end, not an accident
        server.run()


async def say_no_such_page(request: "Request", error: Exception) -> "Response":
    """Answer a request for what is not there with a page that leads back."""
    from starlette.responses import HTMLResponse

    return HTMLResponse(NO_SUCH_PAGE, status_code=404)


def has_screen() -> bool:
    """Tell whether somebody sits at this machine, rather than at the other end of a connection."""
    if "SSH_CONNECTION" in os.environ:
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_when_ready(server: "object", url: str) -> None:
    import webbrowser

    until = time.monotonic() + PATIENCE_SECONDS
    while not getattr(server, "started", False) and time.monotonic() < until:
        time.sleep(0.1)
    webbrowser.open(url)
