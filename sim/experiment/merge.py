"""Several shards of one sweep, put together into one results folder."""

import os
from collections.abc import Sequence
from pathlib import Path

from sim.core.errors import ExperimentError, ResultsError
from sim.experiment import folder as reading
from sim.experiment.folder import RUNS, WEEKLY, Part, parts_in
from sim.experiment.plan import Plan
from sim.experiment.runner import joined, without
from sim.experiment.store import Store, opened
from sim.experiment.study import plan_of
from sim.experiment.sweep import Sweep, counts
from sim.experiment.work import Done
from sim.results.folder import MANIFEST


def merge(folders: Sequence[str | os.PathLike[str]], out: str | os.PathLike[str] | None = None) -> Sweep:
    """Copy the runs of shards into one folder.

    Parameters
    ----------
    folders : sequence of path
        Results folders of the same sweep, or folders that hold its shards.
    out : path, optional
        The whole; new, or begun by an earlier merge; the folder that holds the shards where left out. A sweep with
        ``resume`` runs what is still missing.

    Returns
    -------
    Sweep
        Finished, or ``interrupted`` where runs are missing.

    Raises
    ------
    ExperimentError, ResultsError
        If the folders hold different sweeps, or the same run with different results.
    """
    if out is None:
        if len(folders) != 1:
            raise ExperimentError("say with --out where the whole is to go")
        out = folders[0]
    shards = [shard for folder in folders for shard in shards_in(Path(folder), Path(out))]
    if not shards:
        raise ExperimentError(f"there is no sweep in {', '.join(map(str, folders))}")
    plan = plan_of(shards[0])
    manifests = [reading.read_sweep(shard) for shard in shards]
    for shard, manifest in zip(shards, manifests, strict=True):
        if manifest.get("digest") != plan.digest:
            raise ResultsError(f"{shard} holds another sweep than {shards[0]}")
        if manifest.get("code", {}).get("model") != manifests[0].get("code", {}).get("model"):
            raise ResultsError(f"{shard} was run by another version of the model than {shards[0]}")
    about = {"quick": manifests[0].get("quick", False), "shard": None}
    with opened(Path(out), plan, resume=True, about=about, command=()) as store:
        for shard in shards:
            _take(shard, store, plan)
        left = list(without([(0, plan.n_runs)], joined((part.first, part.end) for part in store.parts)))
        ended = all(manifest.get("status") == "finished" for manifest in manifests)
        enough = not left or (ended and plan.experiment.design.stop is not None)
        status = "finished" if enough else "interrupted"
        store.finish(status, counts(plan, store, None), {"shards": len(shards)})
    return Sweep(Path(out))


def shards_in(folder: Path, out: Path) -> list[Path]:
    """List the results folders that a path stands for: itself, or the shards inside it."""
    inside = sorted(path.parent for path in folder.glob("shard-*/manifest.json"))
    if inside:
        return inside
    return [folder] if (folder / MANIFEST).is_file() and folder.resolve() != out.resolve() else []


def _take(shard: Path, store: Store, plan: Plan) -> None:
    """Copy the parts of a shard that are not there yet."""
    weekly = {(part.first, part.end): part for part in parts_in(shard / WEEKLY)}
    for part in parts_in(shard / RUNS):
        if not part.is_whole:
            raise ResultsError(f"{part.path} is damaged; run that shard again with --resume")
        there = [other for other in store.parts if other.first < part.end and part.first < other.end]
        if any(other.fingerprint == part.fingerprint for other in there):
            continue
        if there:
            _agree(part, there)
            continue
        weeks = weekly.get((part.first, part.end))
        content = weeks.path.read_bytes() if weeks is not None and weeks.is_whole else b""
        if plan.recipe.series and not content:
            raise ResultsError(f"{part.path} has no weekly series beside it; run that shard again with --resume")
        n = part.end - part.first
        store.keep(Done(part.first, n, 0, 0.0, part.path.read_bytes(), content))


def _agree(part: Part, there: list[Part]) -> None:
    """See that runs which two shards hold are the same runs, and all of them are there.

    Raises
    ------
    ResultsError
        If they differ.
    """
    import pyarrow.parquet as pq

    def sums(path: Path) -> dict[int, str]:
        table = pq.read_table(path, columns=["run", "checksum"])
        return dict(zip(table.column("run").to_pylist(), table.column("checksum").to_pylist(), strict=True))

    held: dict[int, str] = {}
    for other in there:
        held |= sums(other.path)
    for run, checksum in sums(part.path).items():
        if held.get(run) != checksum:
            what = "is in only one of two overlapping parts" if run not in held else "came out different"
            raise ResultsError(f"run {run} of {part.path} {what}; run the shards anew, each in a folder of its own")
