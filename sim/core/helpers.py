"""Compiling on several cores: other Python programs that fill the same folder of machine code.

numba compiles one function at a time in one program, so a second core takes a second program. Each takes
the next function that none has claimed, the largest first, and this program later reads from disk what the
others made. Nothing depends on them: what a helper failed to make, for whatever reason, is compiled here.
"""

import contextlib
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from sim.core import cache
from sim.core.cores import cores
from sim.core.fingerprint import extent, fingerprint

# A helper takes half a second of CPU to start: not for the few processes of an edit or a test.
WORTH_IT = 6
# Each program may compile once more the kernels that processes share; not measured on more than two cores.
MOST = 3

_START = "import sys; sys.path[:] = sys.argv[2:]; from sim.core.helpers import work; work(sys.argv[1])"


def share(jobs, make) -> None:
    """Call ``make(step, kinds, name)`` for each job that no helper takes; return when all have been dealt with.

    Parameters
    ----------
    jobs : list of (Process, tuple of numba types, str)
    make : callable
    """
    jobs = sorted(jobs, key=lambda job: -extent(job[0].function))
    count = min(cores() - 1, MOST)
    with contextlib.ExitStack() as stack:
        place = None
        if len(jobs) >= WORTH_IT and count > 0 and cache.folder() and not getattr(sys, "frozen", False):
            with contextlib.suppress(OSError):
                place = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=cache.folder())))
                stack.enter_context(_running(count, jobs, place))
        for number, job in enumerate(jobs):
            if place is None or claim(place, number):
                make(*job)


def claim(place, number) -> bool:
    """Whether this program is the first to ask for this job."""
    try:
        (place / str(number)).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@contextlib.contextmanager
def _running(count, jobs, place):
    """Run helpers until they find no more jobs; stop them at once if this program is stopped."""
    helpers = []
    try:
        (place / "jobs").write_bytes(pickle.dumps([_packed(job) for job in jobs]))
        command = [sys.executable, "-c", _START, str(place), *map(str, sys.path)]
        quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        with contextlib.suppress(OSError, ValueError):  # no programs may be started here
            for _ in range(count):
                helpers.append(subprocess.Popen(command, **quiet))
        yield
        for helper in helpers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                helper.wait(timeout=120)
    finally:
        for helper in helpers:
            helper.kill()
            helper.wait()


def _packed(job) -> bytes:
    """Return a job and what its function means as bytes, empty if another program could not find the function."""
    try:
        return pickle.dumps((job, fingerprint(job[0].function)))
    except (pickle.PicklingError, AttributeError, TypeError):
        return b""


def work(place) -> None:
    """Compile what is not claimed yet; what a helper runs."""
    place = Path(place)
    packed = pickle.loads((place / "jobs").read_bytes())
    from sim.core.compile import compile_process

    for number, content in enumerate(packed):
        with contextlib.suppress(Exception):  # it is compiled, or reported, by the program that asked
            job, meaning = pickle.loads(content)
            # Files may have been edited since the program that asked has read them.
            if fingerprint(job[0].function) == meaning and claim(place, number):
                compile_process(*job)
