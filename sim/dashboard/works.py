"""Computing for many pages at once: one computation per key, the urgent first, nothing that nobody waits for.

A job is run by one of a few threads, as many as there are cores: the compiled model lets go of Python's lock. Pages
that ask for what is being computed already wait for the same job. A job asks now and then whether anybody still
wants its answer, and gives up if not; meanwhile it lets what is more urgent go before it.
"""

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sim.core.cores import cores
from sim.dashboard.shelf import Shelf

# Urgency: the picture somebody looks at, its first futures, further futures, what is looked for in the background.
FIRST, FAN, MORE, LAST = 0, 1, 2, 3
REST_SECONDS = 300.0

Wanted = Callable[[], bool]
Unwanted = Callable[[], bool]


class GivenUpError(Exception):
    """Raised inside a job when nobody wants its answer any more."""


@dataclass(order=True)
class _Job:
    urgency: int
    number: int
    key: Hashable = field(compare=False)
    make: Callable[[Unwanted], tuple[Any, int]] = field(compare=False)
    asked: list[tuple[Wanted, "Future[Any]"]] = field(compare=False, default_factory=list)
    running: bool = field(compare=False, default=False)


class Works:
    """Threads that compute, and a shelf of what they have computed.

    Parameters
    ----------
    shelf : Shelf
    workers : int, optional
        Jobs at the same time; one for each core where left out.
    rest_seconds : float
        How long nothing is asked for before the server is at rest.
    rest : callable
        Called when it is, now and then by each of the threads.
    """

    def __init__(
        self,
        shelf: Shelf,
        workers: int | None = None,
        rest_seconds: float = REST_SECONDS,
        rest: Callable[[], Any] = lambda: None,
    ) -> None:
        self.shelf = shelf
        self.workers = workers or cores()
        self.rest_seconds, self.rest = rest_seconds, rest
        self._asked = time.monotonic()
        self._heap: list[_Job] = []
        self._jobs: dict[Hashable, _Job] = {}
        self._count = itertools.count()
        self._change = threading.Condition()
        self._threads: list[threading.Thread] = []

    @property
    def waiting(self) -> int:
        """How many jobs are being computed or wait."""
        return len(self._jobs)

    def ask(
        self, key: Hashable, make: Callable[[Unwanted], tuple[Any, int]], wanted: Wanted, urgency: int = FIRST
    ) -> "Future[Any]":
        """Ask for the value of a key.

        Parameters
        ----------
        key
            What is to be computed; equal keys have equal values.
        make
            Computes it and gives it with its size in bytes. It gets a function that says whether to give up, and
            raises `GivenUpError` when it does.
        wanted
            Says whether whoever asks still waits.
        urgency
            Lower goes first.

        Returns
        -------
        Future
            Done at once if the value is on the shelf; cancelled if it was given up.
        """
        self._asked = time.monotonic()
        answer: Future[Any] = Future()
        found = self.shelf.get(key)
        if found is not None:
            answer.set_result(found)
            return answer
        with self._change:
            job = self._jobs.get(key)
            if job is None:
                job = _Job(urgency, next(self._count), key, make)
                self._jobs[key] = job
                heapq.heappush(self._heap, job)
            elif urgency < job.urgency and not job.running:
                job.urgency = urgency
                heapq.heapify(self._heap)
            job.asked.append((wanted, answer))
            if len(self._threads) < self.workers:
                thread = threading.Thread(target=self._work, name=f"works-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._change.notify()
        return answer

    def _work(self) -> None:
        while True:
            with self._change:
                while not self._heap:
                    self._change.wait(self.rest_seconds)
                    if time.monotonic() - self._asked >= self.rest_seconds:
                        self.rest()
                job = self._take()
            self._carry_out(job)
            del job  # what it holds of a page would stay until the next one comes

    def _take(self) -> _Job:
        job = heapq.heappop(self._heap)
        job.running = True
        return job

    def _step_aside(self, urgency: int) -> None:
        """Carry out what waits and is more urgent, in the thread of a job that is less so."""
        while self._heap:
            with self._change:
                if not self._heap or self._heap[0].urgency >= urgency:
                    return
                job = self._take()
            self._carry_out(job)

    def _carry_out(self, job: _Job) -> None:
        def unwanted() -> bool:
            return not any(wanted() for wanted, _ in tuple(job.asked))

        def look() -> bool:
            self._step_aside(job.urgency)
            return unwanted()

        value: Any = None
        error: BaseException | None = None
        gave_up = unwanted()
        if not gave_up:
            try:
                value, size = job.make(look)
                self.shelf.put(job.key, value, size)
            except GivenUpError:
                gave_up = True
            except Exception as problem:
                error = problem
        with self._change:
            if gave_up and not unwanted():  # somebody has asked since
                job.running = False
                heapq.heappush(self._heap, job)
                self._change.notify()
                return
            del self._jobs[job.key]
        for _, answer in job.asked:
            if gave_up:
                answer.cancel()
            elif error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(value)
