"""Files of machine code: where they are kept on disk, and when they may be used again.

Stale code is excluded twice. The folder is named by what shapes the machine code of every function: the
sources of ``sim.core``, the versions, the processor and the flags. Inside it, a file is named by what its
function means, with all that the function refers to (``sim.core.fingerprint``). numba's own cache looks at
one source file per function only, and two programs that compile at once can cross two of its entries.

Nothing here imports numba: machine code that is on disk runs without it.
"""

import contextlib
import hashlib
import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
import time
import uuid
from functools import lru_cache
from pathlib import Path

import llvmlite
import llvmlite.binding as llvm
import numpy

try:
    import fcntl
except ImportError:  # Windows: programs that start together each compile for themselves
    fcntl = None

KEPT = 4
DAY = 86400.0
PATIENCE_SECONDS = 600.0  # with another program that compiles


def boundscheck() -> bool:
    """Whether PEACESIM_BOUNDSCHECK=1 asks for checked indexing."""
    return os.environ.get("PEACESIM_BOUNDSCHECK") == "1"


def sources_digest(package: Path) -> str:
    """Hash the names and contents of all Python sources below ``package``."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(package).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _build() -> tuple[str, ...]:
    """Everything but the flags and the function's own meaning that shapes machine code; read once.

    Only this package's own sources are hashed as text: what a compiled function means, and all it refers to,
    is in its fingerprint, so an edit to one process compiles that process again and no other.
    """
    return (
        sources_digest(Path(__file__).resolve().parent),
        sys.version,
        platform.machine(),
        importlib.metadata.version("numba"),
        numpy.__version__,
        llvmlite.__version__,
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
        *sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_")),
    )


def folder() -> Path | None:
    """Return the folder for machine code of this build, or None if nothing is writable."""
    key = hashlib.sha256(repr((_build(), boundscheck())).encode()).hexdigest()[:24]
    return _open_folder(os.environ.get("PEACESIM_CACHE_DIR", ""), key)


@lru_cache(maxsize=8)
def _open_folder(wanted: str, key: str) -> Path | None:
    for base in _bases(wanted):
        path = base / f"code-{key}"
        try:
            # 0700 because loading machine code means trusting whoever wrote it.
            base.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.mkdir(exist_ok=True, mode=0o700)
            if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
                continue
            (path / "used").touch()
            tempfile.TemporaryFile(dir=path).close()
        except OSError:
            continue
        prune(base, keep=path)
        return path
    return None


def _bases(wanted: str):
    """Yield the places to try, best first."""
    if wanted:
        yield Path(wanted).expanduser()
    with contextlib.suppress(RuntimeError):  # no home folder
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
            yield Path(local) / "peacesim" / "cache"
        elif sys.platform == "darwin":
            yield Path.home() / "Library" / "Caches" / "peacesim"
        else:
            yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "peacesim"
    user = os.getuid() if hasattr(os, "getuid") else "user"
    with contextlib.suppress(OSError):  # not even a folder for temporary files
        yield Path(tempfile.gettempdir()) / f"peacesim-{user}"


def prune(base: Path, keep: Path) -> None:
    """Delete old folders of machine code: all but the last few, and none used within a day."""
    ages = []
    for path in base.glob("code-*"):
        with contextlib.suppress(OSError):
            ages.append((time.time() - (path / "used").stat().st_mtime, path))
    for age, path in sorted(ages)[KEPT:]:
        if age > DAY and path != keep:
            # Renamed first: another program sees the whole folder or none of it.
            doomed = base / f"old-{uuid.uuid4().hex}"
            with contextlib.suppress(OSError):
                path.rename(doomed)
                shutil.rmtree(doomed, ignore_errors=True)


@contextlib.contextmanager
def one_at_a_time():
    """Let one program compile while others wait for its result; give up waiting after a while."""
    place = folder()
    if place is None or fcntl is None:
        yield
        return
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            handle = stack.enter_context(open(place / "lock", "a"))
            deadline = time.monotonic() + PATIENCE_SECONDS
            while time.monotonic() < deadline:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    time.sleep(0.1)
        yield


def write(name: str, content: bytes) -> str:
    """Put a file into the folder, whole or not at all, and return its path; a full disk is no error."""
    place = folder()
    if place is None:
        return ""
    waiting = place / f"{name}.{uuid.uuid4().hex[:12]}.tmp"
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        waiting.write_bytes(content)
        os.replace(waiting, place / name)
    except OSError:
        with contextlib.suppress(OSError):
            waiting.unlink()
        return ""
    return str(place / name)


def write_checked(name: str, content: bytes) -> None:
    """Put a file into the folder behind a checksum, for `read_checked`."""
    write(name, hashlib.sha256(content).digest() + content)


def read_checked(name: str) -> bytes | None:
    """Read what `write_checked` wrote; None if missing, cut short or damaged."""
    place = folder()
    if place is None:
        return None
    try:
        content = (place / name).read_bytes()
    except OSError:
        return None
    return content[32:] if hashlib.sha256(content[32:]).digest() == content[:32] else None
