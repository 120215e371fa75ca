"""Who does the work: processes on this machine, threads, or a Dask cluster; all take jobs and give futures.

Processes are those of joblib, each with the compiled model from the cache on disk. Threads share one process, for the
compiled week lets go of Python's lock. Dask is an existing scheduler by its address, or a local cluster where there is
no address.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Any

from sim.core.cores import cores
from sim.core.errors import ExperimentError

KINDS = ("processes", "threads", "dask")
SECONDS_BETWEEN_LOOKS = 1.0
# No variable of numba's: the cache of compiled code is keyed by those, and each worker would compile anew.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Crew:
    """Workers that take jobs, and can be replaced when they die.

    Parameters
    ----------
    kind
        ``processes``, ``threads`` or ``dask``.
    workers
        How many; one for each core where left out, or all of an existing cluster.
    scheduler
        Address of a Dask scheduler.

    Raises
    ------
    ExperimentError
        If there is no such kind, or an address without Dask.
    """

    def __init__(self, kind: str = "processes", workers: int | None = None, scheduler: str | None = None) -> None:
        if kind not in KINDS:
            raise ExperimentError(f"{kind!r} is not a kind of executor; expected one of {', '.join(KINDS)}")
        if scheduler and kind != "dask":
            raise ExperimentError("a scheduler's address is for the dask executor")
        self.kind = kind
        self.scheduler = scheduler
        self.workers = workers or cores()
        self._executor: Executor | None = None
        self._cluster = contextlib.ExitStack()
        if kind == "dask":
            self._connect(workers)

    def submit(self, job: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Hand in a job."""
        if self._executor is not None:
            return self._executor.submit(job, *arguments)
        self._executor = self._start()
        with deaf_to_ctrl_c():  # the first job starts the workers
            return self._executor.submit(job, *arguments)

    def replace(self) -> None:
        """Take new workers where the old ones are gone."""
        if self.kind == "processes":
            self.close()

    def close(self) -> None:
        """Let the workers go; jobs that are still at work are dropped."""
        executor, self._executor = self._executor, None
        if executor is not None and self.kind == "processes":
            executor.shutdown(wait=True, kill_workers=True)  # type: ignore[call-arg]
        elif executor is not None and self.kind == "threads":
            executor.shutdown(wait=True, cancel_futures=True)
        if self.kind == "dask":
            self._cluster.close()

    def _start(self) -> Executor:
        if self.kind == "threads":
            return ThreadPoolExecutor(self.workers)
        from joblib.externals.loky import ProcessPoolExecutor

        return ProcessPoolExecutor(self.workers, timeout=None, initializer=follow_the_parent, env=ONE_THREAD)

    def _connect(self, workers: int | None) -> None:
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            message = "the dask executor needs dask and distributed: pip install 'peacekeeping-sim[cluster]'"
            raise ExperimentError(message) from None
        if self.scheduler is None:
            cluster = LocalCluster(n_workers=self.workers, threads_per_worker=1, dashboard_address=None)
            self._cluster.callback(cluster.close)
            client = Client(cluster)
            client.run(ignore_ctrl_c)
        else:
            try:
                client = Client(self.scheduler, timeout=10)
            except (OSError, ValueError) as error:
                raise ExperimentError(f"no Dask scheduler answers at {self.scheduler}: {error}") from None
            self.workers = workers or max(1, sum(client.nthreads().values()))
        self._cluster.callback(client.close)
        self._executor = client.get_executor(pure=False, retries=2)


@contextlib.contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Start processes inside the ``with`` block that no Ctrl-C reaches, not even as they begin."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what a signal does
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # which they inherit
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def was_lost(error: BaseException | None) -> bool:
    """Whether a job failed because its worker died, and not by itself."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ in ("KilledWorker", "CommClosedError")


def follow_the_parent() -> None:
    """Keep a worker from dying of the Ctrl-C that is meant for its parent, and from living on without it."""
    ignore_ctrl_c()
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()


def ignore_ctrl_c() -> None:
    """Leave Ctrl-C to the parent; the terminal sends it to its workers too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave_with(parent: int) -> None:
    """End this process once its parent is gone: an orphan has another parent."""
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os._exit(1)
