"""One runner in a folder at a time."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.results.folder import RefusedError

LOCK = ".lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for the ``with`` block; the system lets go of it whatever ends the program.

    Raises
    ------
    RefusedError
        If another program holds it.
    """
    path = folder / LOCK
    try:
        file = path.open("a+b")
    except OSError as error:
        raise RefusedError(f"{folder} cannot be written: {error.strerror}") from None
    with file:
        try:
            _take(file)
        except BlockingIOError:
            message = f"another sweep is at work in {folder}; wait for it, or divide the runs with --shard"
            raise RefusedError(message) from None
        except OSError as error:
            raise RefusedError(f"{folder} cannot be locked: {error.strerror}") from None
        yield


def _take(file: Any) -> None:
    """Lock a file, or raise at once."""
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except PermissionError as error:
            raise BlockingIOError(error.errno, error.strerror) from None
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
