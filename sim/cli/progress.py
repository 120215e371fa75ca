"""Progress of anything over two seconds: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from types import TracebackType
from typing import Any, Self, TextIO

PATIENCE_SECONDS = 2.0
SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Shows how far something is, with rate and time left; quiet while it is quick.

    Parameters
    ----------
    what : str
        What is counted, in the plural: "weeks", "runs".
    shown : bool
        False never shows anything.
    stream : text stream, optional
        Standard error where left out.
    """

    def __init__(self, what: str, *, shown: bool = True, stream: TextIO | None = None) -> None:
        self.what = what
        self.shown = shown
        self.stream = sys.stderr if stream is None else stream
        self.began = time.monotonic()
        self._bar: Any = None
        self._task: Any = None
        self._last_line = 0.0

    def __enter__(self) -> Self:
        """Start the clock."""
        self.began = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Say how much is done."""
        passed = time.monotonic() - self.began
        if not self.shown or passed < PATIENCE_SECONDS:
            return
        if self.stream.isatty():
            self._draw(done, total, done / passed)
        elif passed - self._last_line >= SECONDS_BETWEEN_LINES or self._last_line == 0.0:
            self._last_line = passed
            self.stream.write(f"{self.line(done, total, passed)}\n")
            self.stream.flush()

    def line(self, done: int, total: int, passed: float) -> str:
        """Write one plain line."""
        rate = done / passed
        left = (total - done) / rate if rate > 0.0 else 0.0
        return f"{done:,} of {total:,} {self.what}, {rate:,.1f} a second, {left:,.0f} s left"

    def _draw(self, done: int, total: int, rate: float) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.description}"),
                TimeRemainingColumn(),
            )
            self._bar = Bar(*columns, console=Console(file=self.stream), transient=True)
            self._task = self._bar.add_task(self.what, total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total, description=f"{self.what}, {rate:,.1f} a second")
