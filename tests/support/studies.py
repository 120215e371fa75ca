"""Small studies, and crews of workers that behave or misbehave as a test wants."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any


def small(**changes: Any) -> dict[str, Any]:
    """Give the tables of a study of 4 rows, two arms and 3 replicates, each run four weeks long."""
    tables: dict[str, Any] = {
        "experiment": {"id": "small", "title": "A small study", "question": "Does it run?"},
        "base": {"scenario": "ceasefire_line", "replicates": 3, "seed": 5, "weeks": 4},
        "factors": [
            {"name": "clarity", "path": "mission.mandate.clarity", "values": [0.2, 0.9]},
            {"name": "doctrine", "path": "mission.deployment.doctrine", "values": ["hotspot", "uniform"]},
        ],
        "design": {"kind": "grid"},
        "contrast": {"against": "no mission"},
        "outcomes": {"names": ["civilians_killed", "battle_deaths", "fear_end"]},
    }
    for table, values in changes.items():
        if values is None:
            del tables[table]
        else:
            tables[table] = tables.get(table, {}) | values if isinstance(values, dict) else values
    return tables


class Deadly:
    """A crew of one that works at once, and dies of chunks that hold certain runs.

    Parameters
    ----------
    deadly
        Runs that kill the worker each time.
    once
        Runs that kill it the first time only.
    """

    def __init__(self, deadly: tuple[int, ...] = (), once: tuple[int, ...] = ()) -> None:
        self.deadly, self.once = set(deadly), set(once)
        self.workers = 1
        self.worked: list[tuple[int, int]] = []

    def submit(self, job: Any, chunk: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        inside = set(range(chunk.first, chunk.first + chunk.n))
        if inside & (self.deadly | self.once):
            self.once -= inside
            future.set_exception(BrokenProcessPool("killed"))
        else:
            self.worked.append((chunk.first, chunk.n))
            future.set_result(job(chunk))
        return future

    def replace(self) -> None:
        """Nothing to replace."""
