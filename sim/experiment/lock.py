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
        if not _taken(file):
            raise RefusedError(f"another sweep is at work in {folder}; wait for it, or divide the runs with --shard")
        yield


def _taken(file: Any) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
