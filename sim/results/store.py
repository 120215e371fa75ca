"""The results folder: what is in it, and in which file.

``manifest.json`` says where everything comes from, ``scenario.toml`` is the scenario with every default,
``runs/`` has one row a run, ``weekly/`` one row a run and week; ``events/`` and ``cells/`` tell the first run
in full, ``evaluation.txt`` and ``evaluation.json`` are its end-of-mission report, ``survey/`` has one row a
respondent of its field survey; ``figures/`` holds pictures. Parquet files open with pandas, polars, DuckDB and R.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.results.checksum import checksum_of
from sim.results.columns import Finished, event_columns, map_columns, run_columns, weekly_columns, write_table
from sim.results.evaluation.rounds import answer_columns
from sim.results.folder import MANIFEST, check_folder, drafted, runs_held, write_text
from sim.results.provenance import identity, now, provenance

if TYPE_CHECKING:
    from sim.results.result import Result
    from sim.results.trunk import Trunk
    from sim.scenario.scenario import Scenario

RUNS_PER_PART = 50


class Writer:
    """Fills the draft of a results folder, a part of the runs at a time."""

    def __init__(self, folder: Path, draft: Path, scenario: "Scenario", manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.draft = draft
        self.scenario = scenario
        self.manifest = manifest
        self._waiting: list[Finished] = []
        self._parts = 0
        self._checksums: dict[str, str] = {}
        self._errors = 0

    def add(self, run: Finished) -> None:
        """Keep one run; runs come in the order of their seeds."""
        self._waiting.append(run)
        if run.error:
            self._errors += 1
        else:
            self._checksums[str(run.seed)] = run.checksum
        if len(self._waiting) >= RUNS_PER_PART:
            self._write_part()

    def add_story(self, result: "Result") -> None:
        """Keep the events, maps, report and survey of the first run."""
        if result.told:
            write_table(self.draft / "events" / "part-00000.parquet", event_columns(0, result.told))
        if len(result.cells):
            write_table(self.draft / "cells" / "part-00000.parquet", map_columns(0, result.cells))
            self.manifest["maps_checksum"] = checksum_of(result.cells.array)
        write_text(self.draft / "evaluation.txt", str(result.evaluation))
        write_text(self.draft / "evaluation.json", json.dumps(result.evaluation.data(), indent=1, ensure_ascii=False))
        answers = answer_columns(result)
        if answers:
            write_table(self.draft / "survey" / "part-00000.parquet", answers)

    def figure_path(self, name: str) -> Path:
        """Return where a figure goes."""
        folder = self.draft / "figures"
        folder.mkdir(exist_ok=True)
        return folder / name

    def stop(self) -> None:
        """Say in the manifest that not all seeds were run.

        Raises
        ------
        KeyboardInterrupt
            If the folder holds as many of these runs already: they are not given up for fewer.
        """
        if runs_held(self.folder, self.manifest) >= len(self._checksums) + self._errors:
            raise KeyboardInterrupt
        self.manifest["interrupted"] = True

    def finish(self) -> None:
        """Write what is left, then the manifest."""
        if self._waiting:
            self._write_part()
        self.scenario.save(self.draft / "scenario.toml", full=True)
        self.manifest |= {
            "finished": now(),
            "runs": {"done": len(self._checksums), "failed": self._errors},
            "checksums": self._checksums,
        }
        write_text(self.draft / MANIFEST, json.dumps(self.manifest, indent=1, ensure_ascii=False))

    def _write_part(self) -> None:
        runs, first, name = self._waiting, self._parts * RUNS_PER_PART, f"part-{self._parts:05d}.parquet"
        write_table(self.draft / "runs" / name, run_columns(first, runs))
        if any(run.weekly is not None for run in runs):
            start = np.datetime64(self.scenario.about.start, "D")
            write_table(self.draft / "weekly" / name, weekly_columns(first, runs, start))
        self._waiting = []
        self._parts += 1


@contextmanager
def results_folder(
    folder: Path,
    scenario: "Scenario",
    seeds: Sequence[int],
    *,
    command: Sequence[str] = (),
    force: bool = False,
    trunk: "Trunk | None" = None,
) -> Iterator[Writer]:
    """Give a writer for a results folder, which is there whole after the ``with`` block or not at all.

    Parameters
    ----------
    folder : Path
        New, empty, or with an older result of the same run.
    scenario : Scenario
    seeds : sequence of int
    command : sequence of str
        The command line, for the manifest.
    force : bool
        Replace the results of another run.
    trunk : Trunk, optional
        What the runs were forked from.

    Raises
    ------
    RefusedError
        If the folder holds something else, before anything is run or written.
    ResultsError
        If the disk refuses.
    """
    check_folder(folder, identity(scenario, seeds, trunk), force=force)
    with drafted(folder) as draft:
        writer = Writer(folder, draft, scenario, provenance(scenario, seeds, command, now(), trunk))
        yield writer
        writer.finish()


def finished(result: "Result") -> Finished:
    """Return what is kept of a result beside its events and maps."""
    return Finished(result.seed, result.outcomes, result.weekly_array, result.checksum)


def save_result(result: "Result", folder: Path, *, force: bool = False) -> Path:
    """Write one run as a results folder."""
    with results_folder(folder, result.scenario, [result.seed], force=force, trunk=result.trunk) as writer:
        writer.add(finished(result))
        writer.add_story(result)
    return folder
