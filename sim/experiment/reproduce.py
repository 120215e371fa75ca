"""Run a results folder again, and say whether it comes out to the bit, or where it parts first, and why it may."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from sim.engine.run import Progress
from sim.experiment.again import Manifest, run_again
from sim.experiment.causes import altered_files, changes, edited_copies, unlike_values
from sim.experiment.discrepancy import Discrepancy, first_discrepancy, first_in_tables, read_parquet, tell
from sim.experiment.folder import RUNS, WEEKLY, files_of, require_manifest
from sim.experiment.rerun import rerun
from sim.results.folder import RefusedError

# Makes a folder of one kind anew: folder, manifest, target, workers, progress.
Again = Callable[[Path, Manifest, Path, int | None, Progress | None], None]

AGAIN: dict[str, Again] = {"run": run_again}
TIMES = ("seconds",)  # columns of a sweep that no second run repeats


class Verdict(NamedTuple):
    """What came of it.

    Parameters
    ----------
    folder
    kind
        ``run``, ``compare`` or ``sweep``.
    runs
        Runs that were made again.
    discrepancy
        The first one; None where everything is the same to the bit.
    causes
        Why that may be, the likeliest first; where nothing differs, what is another and did not matter.
    """

    folder: Path
    kind: str
    runs: int
    discrepancy: Discrepancy | None
    causes: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether every value came out to the bit."""
        return self.discrepancy is None


def reproduce(
    folder: Path,
    again: Mapping[str, Again] = AGAIN,
    *,
    rows: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Run a results folder again and compare every table with it.

    Parameters
    ----------
    folder : Path
        Of ``peacesim run``, ``compare`` or ``sweep``, made by any checkout or machine.
    again : mapping
        What makes a folder of each kind but a sweep anew.
    rows : int, optional
        Of a sweep, run only so many of its runs again, evenly spread.
    workers, progress
        As in ``sim.engine.replicate.replicates``.

    Returns
    -------
    Verdict

    Raises
    ------
    ResultsError
        If the folder holds no results, results of a kind that cannot be run again, or a scenario that this version
        cannot read.
    """
    manifest = require_manifest(folder)
    kind = str(manifest.get("kind", "run"))
    if kind == "sweep":
        return reproduce_sweep(folder, manifest, rows, progress)
    if kind not in again:
        known = ", ".join(sorted({*again, "sweep"}))
        raise RefusedError(f"{folder} holds results of kind {kind!r}; this version can run again: {known}")
    with tempfile.TemporaryDirectory(prefix="peacesim-") as place:
        target = Path(place) / "again"
        again[kind](folder, manifest, target, workers, progress)
        discrepancy = first_discrepancy(folder, target)
        fresh = require_manifest(target)
    runs = sum((fresh.get("runs") or {}).values()) * (2 if kind == "compare" else 1)
    causes = tuple(causes_of(folder, manifest, fresh, discrepancy))
    return Verdict(folder, kind, runs, discrepancy, causes)


def causes_of(folder: Path, manifest: Manifest, fresh: Manifest, discrepancy: Discrepancy | None) -> Iterator[str]:
    """Say why a folder may not come out again, the likeliest cause first."""
    if discrepancy is not None and manifest.get("checksums") == fresh.get("checksums"):
        yield f"{discrepancy.file} was edited or damaged: every run has the fingerprint that the manifest gives it"
        return
    yield from edited_copies(folder, manifest)
    if manifest.get("digest") != fresh.get("digest"):
        yield from _read_otherwise(manifest, fresh)
    found = list(changes(manifest))
    yield from found
    if discrepancy is not None and not found:
        yield "nothing that the manifest records is another: perhaps the processor, or a fault of the model; report it"


def _read_otherwise(manifest: Manifest, fresh: Manifest) -> Iterator[str]:
    """Say what this version makes of the inputs that the manifest does not say, or that was changed in it."""
    for then, now in zip(_inputs(manifest), _inputs(fresh), strict=False):
        for path, was, here in unlike_values(then, now):
            yield f"this version reads the scenario otherwise: {path} is {tell(was)} in the manifest, {tell(here)} now"
            return
    yield "manifest.json was edited: its inputs are not those of its fingerprint"


def _inputs(manifest: Manifest) -> list[Any]:
    sides = manifest.get("sides")
    return [side["inputs"] for side in sides.values()] if sides else [manifest.get("inputs")]


# ------------------------------------------------------------------ sweeps


def reproduce_sweep(
    folder: Path, manifest: Manifest, rows: int | None = None, progress: Progress | None = None
) -> Verdict:
    """Run the runs of a sweep again, one row at a time, and stop at the first that is another.

    Parameters
    ----------
    folder : Path
        With ``runs/part-*.parquet``.
    manifest : mapping
    rows : int, optional
        Only so many runs, evenly spread.
    progress : callable, optional
    """
    stored = runs_of(folder)
    numbers = stored.column("run").to_pylist()
    if rows is not None and rows < len(numbers):
        chosen = sorted({round(k * (len(numbers) - 1) / max(rows - 1, 1)) for k in range(rows)})
    else:
        chosen = list(range(len(numbers)))
    discrepancy, done = None, 0
    for at, row in zip(chosen, rerun(folder, [numbers[at] for at in chosen]), strict=True):
        old = stored.slice(at, 1)
        new = pa.table({name: pa.array([row.get(name)], old.schema.field(name).type) for name in old.column_names})
        discrepancy = first_in_tables("runs", old, new, TIMES)
        done += 1
        if progress:
            progress(done, len(chosen))
        if discrepancy is not None:
            discrepancy = discrepancy._replace(row=at)
            break
    altered = altered_files(folder, manifest)
    if discrepancy is None:
        discrepancy = _unseen(altered)
    causes = [*(f"{name} {what}" for name, what in altered.items()), *changes(manifest)]
    if discrepancy is not None and not causes:
        if discrepancy.column not in ("checksum", "") and _same_fingerprint(stored.slice(at, 1), row):
            causes = ["runs/ was edited or damaged: the run has the fingerprint that its row gives it"]
        else:
            causes = ["nothing that the manifest records is another: perhaps the experiment's files were edited"]
    return Verdict(folder, "sweep", done, discrepancy, tuple(causes))


def _unseen(altered: Mapping[str, str]) -> Discrepancy | None:
    """Return the first part that is not as it was written and that the comparison of runs does not see."""
    for name, what in altered.items():
        if name.startswith(f"{WEEKLY}/") or (name.startswith(f"{RUNS}/") and what == "is missing"):
            return Discrepancy(name, -1, "", "", f"a part that {what}", "the runs that are there are the same")
    return None


def _same_fingerprint(stored: pa.Table, row: Mapping[str, Any]) -> bool:
    held = stored.column("checksum")[0].as_py() if "checksum" in stored.column_names else None
    return bool(held) and held == row.get("checksum")


def runs_of(folder: Path) -> pa.Table:
    """Read all parts of the runs of a sweep, in the order of their numbers.

    Raises
    ------
    RefusedError
        If there are none.
    """
    parts = files_of(folder, RUNS)
    if not parts:
        raise RefusedError(f"{folder} has no runs/part-*.parquet; name the results folder of a sweep")
    return pa.concat_tables([read_parquet(part) for part in parts]).sort_by("run")
