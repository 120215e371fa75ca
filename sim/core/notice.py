"""Telling the user while something is compiled, because the first run takes that much longer."""

import contextlib
import sys
import threading
import time

_listeners: list = []


def announce(callback):
    """Have ``callback(stage, seconds)`` called when compiling starts and is done.

    Parameters
    ----------
    callback : callable
        Gets ``"start", 0.0`` and later ``"done", seconds``, or ``"stopped"`` after an error or Ctrl-C.
        Loading from disk calls nothing.

    Returns
    -------
    callable
        Takes the callback off again.
    """
    _listeners.append(callback)
    return lambda: _listeners.remove(callback)


@contextlib.contextmanager
def announced():
    """Tell the listeners when the ``with`` block begins and ends."""
    listeners, began = tuple(_listeners), time.monotonic()
    for callback in listeners:
        callback("start", 0.0)
    stage = "stopped"
    try:
        yield
        stage = "done"
    finally:
        for callback in listeners:
            callback(stage, time.monotonic() - began)


@contextlib.contextmanager
def compile_notice(stream=None, patience=1.0, *, shown=True):
    """Tell about compiling inside the ``with`` block, if there is any and it takes longer than ``patience``.

    A terminal gets one line that counts seconds; anything else gets one line at the start and one at the end.
    Where it is not ``shown``, nothing is told.
    """
    if not shown:
        yield
        return
    notice = _Notice(sys.stderr if stream is None else stream, patience)
    remove = announce(notice)
    try:
        yield
    finally:
        remove()


class _Notice:
    """Prints while something is compiled, from a thread because compiling occupies the caller."""

    TEXT = "Compiling the model for this machine (half a minute or more, once)..."

    def __init__(self, stream, patience):
        self._stream, self._patience = stream, patience
        self._terminal = bool(getattr(stream, "isatty", bool)())
        self._threads = []
        self._ending = ""

    def __call__(self, stage, seconds):
        if stage == "start":
            over = threading.Event()
            thread = threading.Thread(target=self._tell, args=(over,), daemon=True)
            self._threads.append((over, thread))
            thread.start()
        else:
            over, thread = self._threads.pop()
            self._ending = "Compiled in" if stage == "done" else "Stopped compiling after"
            over.set()
            thread.join()

    def _tell(self, over):
        began = time.monotonic()
        if over.wait(self._patience):
            return
        self._put("" if self._terminal else self.TEXT + "\n")
        while True:
            if self._terminal:
                self._put(f"\r{self.TEXT} {time.monotonic() - began:.0f} s")
            if over.wait(1.0):
                break
        seconds = time.monotonic() - began
        said = f"\r{self.TEXT} {seconds:.0f} s\n" if self._terminal else f"{self._ending} {seconds:.0f} s.\n"
        self._put(said)

    def _put(self, text):
        with contextlib.suppress(OSError, ValueError):  # a closed stream must not stop a run
            self._stream.write(text)
            self._stream.flush()
