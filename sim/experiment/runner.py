"""Running a plan: chunks of some seconds to the workers, their parts to the folder, until all is there."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from typing import Any

from sim.experiment.executors import Crew, was_lost
from sim.experiment.plan import Plan
from sim.experiment.store import Store
from sim.experiment.work import Chunk, Done, dead, work

SECONDS_OF_A_CHUNK = (2.0, 0.3)  # at most; at least, towards the end
Span = tuple[int, int]  # runs from the first to before the second
Progress = Callable[[int, int, int], Any]  # runs done, runs in all, failed


@dataclass
class Runner:
    """Runs what is missing of a plan.

    Parameters
    ----------
    plan
    store
    crew
    seconds
        What one run takes, as a first guess.
    stopped
        Asked now and then; once true, no new chunk is begun.
    progress
        Called with the runs done now, the runs to do, and the failed ones among those done.
    """

    plan: Plan
    store: Store
    crew: Crew
    seconds: float
    stopped: Callable[[], bool] = lambda: False
    progress: Progress | None = None
    done: int = 0
    failed: int = 0
    to_do: int = 0
    _at_work: dict["Future[Done]", Chunk] = field(default_factory=dict)
    _suspects: deque[Chunk] = field(default_factory=deque)

    def run(self, wanted: Iterable[Span]) -> bool:
        """Run what of some spans is not there yet.

        Returns
        -------
        bool
            Whether all of it is there now; false where somebody asked to stop.

        Raises
        ------
        ResultsError
            If the folder cannot be written.
        """
        missing = list(without(wanted, [(part.first, part.end) for part in self.store.parts]))
        self.to_do += sum(end - first for first, end in missing)
        chunks = self._chunks(missing)
        try:
            while True:
                self._hand_out(chunks)
                if not self._at_work:
                    return not self.stopped()
                ready, _ = wait(self._at_work, timeout=0.5, return_when=FIRST_COMPLETED)
                for future in ready:
                    self._take(future)
        finally:
            for future in self._at_work:
                future.cancel()
            self._at_work.clear()

    def _hand_out(self, chunks: Iterator[Chunk]) -> None:
        """Keep every worker at work with one more chunk waiting; no more, so that memory stays flat."""
        if self.stopped():
            for future in list(self._at_work):
                if future.cancel():
                    del self._at_work[future]
            self._suspects.clear()
            return
        if self._suspects:
            # One at a time, so that the one that kills its worker is known.
            if not self._at_work:
                self._submit(self._suspects.popleft())
            return
        while len(self._at_work) < 2 * self.crew.workers:
            chunk = next(chunks, None)
            if chunk is None:
                return
            self._submit(chunk)

    def _submit(self, chunk: Chunk) -> None:
        self._at_work[self.crew.submit(work, chunk)] = chunk

    def _take(self, future: "Future[Done]") -> None:
        """Write what a worker sends, or find out what killed it."""
        chunk = self._at_work.pop(future, None)
        if chunk is None:
            return
        try:
            done = future.result()
        except CancelledError:
            return
        except Exception as error:
            if not was_lost(error):
                raise
            self._bury(chunk, error)
            return
        self._keep(done)

    def _keep(self, done: Done) -> None:
        self.store.keep(done)
        self.done += done.n
        self.failed += done.failed
        # What counts is the time of runs lately, for machines and rows differ.
        self.seconds = 0.7 * self.seconds + 0.3 * done.seconds / done.n
        if self.progress:
            self.progress(self.done, self.to_do, self.failed)

    def _bury(self, chunk: Chunk, error: Exception) -> None:
        """Deal with chunks whose worker is gone: try each alone, halve the guilty one, give up on a single run."""
        alone = not self._at_work
        lost = [chunk]
        for future, other in list(self._at_work.items()):
            # A pool of processes breaks as a whole; those who finished before are kept all the same.
            if future.done() and future.exception() is None:
                self._keep(future.result())
            else:
                lost.append(other)
        self._at_work.clear()
        self.crew.replace()
        if not alone:
            self._suspects.extendleft(reversed(lost))
        elif chunk.n > 1:
            half = chunk.n // 2
            self._suspects.appendleft(part(self.plan, chunk.first + half, chunk.n - half))
            self._suspects.appendleft(part(self.plan, chunk.first, half))
        else:
            self._keep(dead(chunk, f"the worker died: {type(error).__name__}"))

    def _chunks(self, missing: list[Span]) -> Iterator[Chunk]:
        left = sum(end - first for first, end in missing)
        for first, end in missing:
            while first < end:
                # Some seconds each, and smaller towards the end, so that no worker is left waiting for another.
                fair = max(1, left // (3 * self.crew.workers))
                long, short = (max(1, round(span / max(self.seconds, 1e-6))) for span in SECONDS_OF_A_CHUNK)
                n = min(end - first, long, max(fair, short))
                yield part(self.plan, first, n)
                first, left = first + n, left - n


def part(plan: Plan, first: int, n: int) -> Chunk:
    """Cut a chunk out of a plan."""
    rows = range(plan.recipe.run(first).row, plan.recipe.run(first + n - 1).row + 1)
    return Chunk(plan.digest, plan.recipe, first, n, rows.start, tuple(plan.point(row) for row in rows))


def without(wanted: Iterable[Span], there: list[Span]) -> Iterator[Span]:
    """Take spans that are there out of spans that are wanted.

    >>> list(without([(0, 10)], [(2, 4), (4, 5), (9, 12)]))
    [(0, 2), (5, 9)]
    """
    there = joined(there)
    for first, end in wanted:
        at = bisect_right(there, first, key=lambda span: span[1])
        while at < len(there) and there[at][0] < end:
            if there[at][0] > first:
                yield first, there[at][0]
            first = max(first, there[at][1])
            at += 1
        if first < end:
            yield first, end


def joined(spans: Iterable[Span]) -> list[Span]:
    """Put spans that touch or overlap together, in order.

    >>> joined([(4, 6), (0, 2), (2, 4), (8, 9)])
    [(0, 6), (8, 9)]
    """
    whole: list[Span] = []
    for first, end in sorted(spans):
        if whole and first <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((first, end))
    return whole


def shard_of(plan: Plan, shard: tuple[int, int] | None) -> Span:
    """Give the runs of a shard: the i-th of n equal parts, all of them without a shard."""
    if shard is None:
        return 0, plan.n_runs
    number, of = shard
    return plan.n_runs * (number - 1) // of, plan.n_runs * number // of


def blocks(plan: Plan, first: int, end: int) -> Iterator[Span]:
    """Give the replicates from ``first`` to before ``end`` of every row and arm."""
    for block in range(plan.n_blocks):
        start = block * plan.recipe.replicates
        yield start + first, start + end
