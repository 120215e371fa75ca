"""Visitors of a dashboard without a browser: each one speaks to the server as its page would, over a web socket.

What is left out is drawing; what arrives is the same to the byte, and so is the work of the server.
"""

import http.cookiejar
import itertools
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
PATIENCE = 60.0


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_dashboard(port: int, *words: str) -> "subprocess.Popen[bytes]":
    """Start a dashboard as a process of its own, and wait until it is ready."""
    command = [sys.executable, "-m", "sim.cli", "dashboard", "--port", str(port), "--no-browser", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + START_SECONDS
    while True:
        assert process.poll() is None, "the server ended by itself"
        assert time.monotonic() < until, "the server did not start"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5.0):
                return process
        except OSError:
            time.sleep(0.1)


def stop_dashboard(process: "subprocess.Popen[bytes]") -> None:
    """End a dashboard that was started here."""
    process.terminate()
    try:
        process.wait(10.0)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def dashboard(*words: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Serve a dashboard inside the ``with`` block: its address and its process."""
    port = free_port()
    process = start_dashboard(port, *words)
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        stop_dashboard(process)


def memory_mb(process: "subprocess.Popen[bytes]") -> float:
    """Return the memory of a process that is really in use, in MB."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024.0
    raise ValueError("the process has ended")


def kernels(url: str) -> int:
    """Return how many pages a dashboard holds."""
    with urllib.request.urlopen(f"{url}/resourcez", timeout=30.0) as answer:
        return int(json.load(answer)["kernels"]["total"])


class Visitor:
    """One page, opened at once.

    Parameters
    ----------
    url : str
        Address of the dashboard.
    query : str
        What stands after the question mark of its link.
    path : str
        Page of the dashboard.

    Attributes
    ----------
    models : dict
        State of every widget of the page, by its id.
    """

    def __init__(self, url: str, query: str = "", path: str = "/") -> None:
        from websockets.sync.client import connect

        self.url, self.path = url, path + (f"?{query}" if query else "")
        jar = http.cookiejar.CookieJar()
        self._web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self._web.open(url + self.path, timeout=PATIENCE).read()
        self._kernel, self._page = str(uuid.uuid4()), str(uuid.uuid4())
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
        address = f"{url.replace('http', 'ws', 1)}/jupyter/api/kernels/{self._kernel}/channels?session_id={self._page}"
        self._closing = ExitStack()
        self._socket = self._closing.enter_context(
            connect(address, max_size=None, additional_headers={"Cookie": cookies}, open_timeout=PATIENCE)
        )
        self.models: dict[str, dict[str, Any]] = {}
        self.root = ""
        self.received = 0
        self._change = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()
        control = uuid.uuid4().hex
        self._send("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        arguments = {"path": self.path, "appName": None, "dark": False, "themes": None}
        self._send("comm_msg", {"comm_id": control, "data": {"method": "run", "args": arguments}})

    def until(self, told: Callable[[], Any], seconds: float = PATIENCE) -> float:
        """Wait until something is told, and return for how long."""
        began = time.perf_counter()
        with self._change:
            if not self._change.wait_for(told, seconds):
                raise TimeoutError(f"{self.path}: nothing came in {seconds} s; it says {self.words()!r:.800}")
        return time.perf_counter() - began

    def one(self, *traits: str) -> dict[str, Any]:
        """Return the state of the widget that has some traits, empty as long as there is none."""
        with self._change:
            found = [state for state in self.models.values() if all(name in state for name in traits)]
        return found[-1] if found else {}

    def name_of(self, *traits: str) -> str:
        """Return the id of the first widget that has some traits."""
        with self._change:
            return next(name for name, state in self.models.items() if set(traits) <= set(state))

    @property
    def picture(self) -> bytes:
        """The run on the map, as it was sent; empty as long as there is none."""
        return bytes(self.one("run", "fan").get("run", b""))

    @property
    def futures(self) -> int:
        """How many futures the fan of its charts has, 0 for none."""
        from sim.dashboard.player.pack import unpack

        fan = bytes(self.one("run", "fan").get("fan", b""))
        return int(unpack(fan)[0]["runs"]) if fan else 0

    @property
    def link(self) -> str:
        """What the page writes into its address."""
        return str(self.one("query", "upload").get("query", ""))

    def words(self) -> str:
        """Return all text of the page."""
        with self._change:
            texts = [child for state in self.models.values() for child in state.get("children") or ()]
        return "\n".join(text for text in texts if isinstance(text, str) and not text.startswith("IPY_MODEL_"))

    def move(self, label: str, steps: int) -> None:
        """Move a slider by some of its steps, as arrow keys do."""
        with self._change:
            models = list(self.models.items())
        for name, state in models:
            if str((state.get("attributes") or {}).get("aria-label", "")).startswith(label):
                value = state["v_model"] + steps * state["step"]
                state["v_model"] = value
                self.set(name, {"v_model": value})
                return
        raise ValueError(f"there is no slider {label!r}")

    def set(self, name: str, state: dict[str, Any]) -> None:
        """Set traits of a widget from the side of the browser."""
        self._send("comm_msg", {"comm_id": name, "data": {"method": "update", "state": state, "buffer_paths": []}})

    def upload(self, file: str, raw: bytes) -> None:
        """Send a file as the file chooser does."""
        import base64

        name = self.name_of("query", "upload")
        sent = {"name": file, "size": len(raw), "text": base64.b64encode(raw).decode(), "at": time.time_ns()}
        self.set(name, {"upload": sent})

    def leave(self) -> None:
        """Close the page as a browser does."""
        request = urllib.request.Request(
            f"{self.url}/_solara/api/close/{self._kernel}?session_id={self._page}", data=b"", method="POST"
        )
        self._web.open(request, timeout=PATIENCE).read()
        self._closing.close()

    def vanish(self) -> None:
        """Lose the connection without a word."""
        self._closing.close()

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": self._page, "version": "5.3"}
        header["date"] = "2000-01-01T00:00:00Z"
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        self._socket.send(json.dumps({**message, "buffers": []}))

    def _listen(self) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            for raw in self._socket:
                self._take(raw)
        except ConnectionClosed:
            pass
        with self._change:
            self._change.notify_all()

    def _take(self, raw: str | bytes) -> None:
        buffers: Sequence[bytes] = ()
        if isinstance(raw, bytes):
            count = struct.unpack("!i", raw[:4])[0]
            starts = [*struct.unpack(f"!{count}I", raw[4 : 4 * (count + 1)]), len(raw)]
            parts = [raw[begin:end] for begin, end in itertools.pairwise(starts)]
            message, buffers = json.loads(parts[0]), parts[1:]
        else:
            message = json.loads(raw)
        kind, content = message["header"]["msg_type"], message["content"]
        with self._change:
            self.received += len(raw)
            if kind == "comm_close":
                self.models.pop(content["comm_id"], None)
            elif kind in ("comm_open", "comm_msg"):
                data = content["data"]
                state = data.get("state", {})
                for path, buffer in zip(data.get("buffer_paths", ()), buffers, strict=True):
                    if len(path) == 1:
                        state[path[0]] = buffer
                if data.get("method") == "finished":
                    self.root = data["widget_id"]
                if state:
                    self.models.setdefault(content["comm_id"], {}).update(state)
            self._change.notify_all()
