"""How a command ends: 0 done, 1 failed, 2 bad input, 130 interrupted; no traceback for a user's mistake."""

import math
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from sim.core.errors import InputError, ResultsError, SimError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


@contextmanager
def leaving() -> Iterator[None]:
    """Turn what goes wrong inside the ``with`` block into words on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except InputError as error:
        complain(str(error))
        raise typer.Exit(BAD_INPUT) from None
    except ResultsError as error:
        complain(str(error))
        raise typer.Exit(BAD_INPUT if type(error) is not ResultsError else FAILED) from None
    except SimError as error:
        complain(f"the run failed: {error}")
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        complain("interrupted; nothing was written")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        fall_silent()  # the reader has seen enough (``| head``)
        raise typer.Exit(DONE) from None
    except OSError as error:
        if error.filename is not None:
            raise
        fall_silent()
        complain(f"what there is to say cannot be written: {error.strerror or error}")
        raise typer.Exit(FAILED) from None


def fall_silent() -> None:
    """Print nothing on standard output any more, not even what waits there at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def putting_off_ctrl_c(seconds: float = 0.5) -> Iterator[threading.Event]:
    """Give an event that the first Ctrl-C sets, so that the ``with`` block can stop in good order.

    A second one stops it at once, unless it comes within ``seconds``: some programs pass one Ctrl-C on twice.
    """
    asked = threading.Event()
    first = math.inf

    def note(*_: object) -> None:
        nonlocal first
        if time.monotonic() - first > seconds:
            raise KeyboardInterrupt
        first = min(first, time.monotonic())
        asked.set()

    if threading.current_thread() is not threading.main_thread():
        yield asked  # only the main thread hears of Ctrl-C
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def complain(text: str) -> None:
    """Print on standard error."""
    typer.echo(text, err=True)
