"""Commands as a user types them, in this process."""

import contextlib
import io
import signal
import sys
from typing import NamedTuple

import pytest

import sim.engine.replicate  # noqa: F401  (before any test replaces what it imports)
from sim.cli import main


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def peacesim(monkeypatch, tmp_path):
    """Run a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["peacesim", *map(str, words)])
        out, err, on_ctrl_c = io.StringIO(), io.StringIO(), signal.getsignal(signal.SIGINT)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as stop:
            main()
        signal.signal(signal.SIGINT, on_ctrl_c)  # an interrupted command leaves it ignored
        answer = Answer(int(stop.value.code or 0), out.getvalue(), err.getvalue())
        assert "Traceback" not in answer.out + answer.err
        return answer

    return call
