"""Writing the results folder of a sweep: every file whole or not at all, nothing mixed, nothing twice."""

import contextlib
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.core.errors import ResultsError
from sim.experiment import folder as reading
from sim.experiment.folder import DESIGN, EXPERIMENT, RUNS, SCENARIOS, WEEKLY, Part, part_name, parts_in
from sim.experiment.lock import LOCK, locked
from sim.experiment.origin import origin
from sim.experiment.plan import Plan
from sim.experiment.tables import FAILED, design_bytes
from sim.experiment.work import Done
from sim.results.folder import MANIFEST, RefusedError
from sim.results.provenance import now

DRAFT, PARTIAL, SHARD = ".draft-", ".partial-", "shard-"
BEGINNING = (PARTIAL, DRAFT, LOCK, SHARD)  # what a sweep that was killed at once may leave, and shards


class Store:
    """The results folder of one sweep, held by this program.

    Parameters
    ----------
    folder
    manifest
        What it says now; written anew by `finish`.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.parts: list[Part] = []
        self.damaged: list[str] = []

    def look(self, *, retry: bool = False) -> None:
        """Check every part by its fingerprint; set aside what is damaged, and forget drafts.

        With ``retry``, parts that hold failed runs are forgotten too: a part is some seconds of work.
        """
        for path in self.folder.rglob(f"{DRAFT}*"):
            path.unlink(missing_ok=True)
        needs_weekly = bool(self.manifest["identity"]["series"])
        weeks = {(part.first, part.end): part for part in self._whole(WEEKLY)}
        self.parts = []
        for part in self._whole(RUNS):
            if self.parts and part.first < self.parts[-1].end:
                raise ResultsError(f"{self.parts[-1].path} and {part.path.name} hold the same runs; remove one of them")
            if retry and FAILED in _statuses(part):
                part.path.unlink()
            elif needs_weekly and (part.first, part.end) not in weeks and _statuses(part) != {FAILED}:
                self._set_aside(part)
            else:
                self.parts.append(part)
        held = {(part.first, part.end) for part in self.parts}
        for span, part in weeks.items():
            if span not in held:  # written just before the end came, without the runs that belong to it
                part.path.unlink()

    def _whole(self, kind: str) -> Iterator[Part]:
        for part in parts_in(self.folder / kind):
            if part.is_whole:
                yield part
            else:
                self._set_aside(part)

    def _set_aside(self, part: Part) -> None:
        self.damaged.append(part.path.name)
        part.path.rename(part.path.with_name(f"damaged-{part.path.name}"))

    def keep(self, done: Done) -> None:
        """Write a chunk; its runs are there once the file of runs is.

        Raises
        ------
        ResultsError
            If the disk refuses.
        """
        end = done.first + done.n
        if done.weekly:
            self._write(self.folder / WEEKLY / part_name(done.first, end, done.weekly), done.weekly)
        path = self.folder / RUNS / part_name(done.first, end, done.runs)
        self._write(path, done.runs)
        self.parts.append(Part(path, done.first, end, reading.fingerprint(done.runs)))

    def finish(self, status: str, counts: dict[str, int], more: dict[str, Any]) -> None:
        """Write the manifest with what has been done and the checksum of every file."""
        files = [self.folder / EXPERIMENT, self.folder / DESIGN, *sorted((self.folder / SCENARIOS).glob("*.toml"))]
        sums = {path.relative_to(self.folder).as_posix(): _sha256(path) for path in files}
        parts = [*parts_in(self.folder / RUNS), *parts_in(self.folder / WEEKLY)]
        sums |= {part.path.relative_to(self.folder).as_posix(): _sha256(part.path) for part in parts}
        self.manifest |= {"status": status, "finished": now(), "runs": counts, **more, "checksums": sums}
        self.write_manifest()

    def write_manifest(self) -> None:
        """Write the manifest as it stands."""
        text = json.dumps(self.manifest, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        self._write(self.folder / MANIFEST, text.encode())

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file under another name, see it to the disk, and give it its name."""
        draft = path.with_name(f"{DRAFT}{uuid.uuid4().hex[:12]}")
        try:
            path.parent.mkdir(exist_ok=True)
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise ResultsError(
                f"{path} could not be written: {error.strerror or error}; "
                "what is finished is kept: make room, then run it again with --resume"
            ) from error


@contextlib.contextmanager
def opened(
    folder: Path,
    plan: Plan,
    *,
    resume: bool,
    about: dict[str, Any],
    command: Sequence[str] = (),
    retry: bool = False,
) -> Iterator[Store]:
    """Hold a results folder for a sweep, new or resumed.

    Parameters
    ----------
    folder
        New, empty, or begun by the same sweep.
    plan
    resume
        Whether to go on where a folder of the same sweep stopped.
    about
        More for a new manifest: shard, quick.
    command
        The command line.
    retry
        Whether failed runs are to be run again.

    Raises
    ------
    RefusedError
        If the folder holds something else, is finished or begun without ``resume``, or another program is in it.
    """
    try:
        fresh = _is_free(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(f"{folder} cannot be used: {error.strerror}") from None
    with locked(folder):
        # Another runner may have begun between the look above and the lock.
        fresh = fresh and _is_free(folder)
        if fresh:
            manifest = {**origin(plan, command), **about, "status": "running"}
            _begin(folder, plan, manifest)
        else:
            manifest = _held(folder, plan, about, resume=resume)
        store = Store(folder, manifest)
        store.look(retry=retry)
        yield store


def _is_free(folder: Path) -> bool:
    """Whether nothing is there but what a sweep that was killed at its beginning leaves."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        raise RefusedError(f"{folder} is a file; choose another folder with --out")
    names = [path.name for path in folder.iterdir()]
    rest = {name for name in names if not name.startswith(BEGINNING)}
    # While a draft is there, the files beside it have come out of it.
    begun = any(name.startswith(PARTIAL) for name in names)
    return not rest or (begun and rest <= {EXPERIMENT, DESIGN, SCENARIOS, RUNS})


def _begin(folder: Path, plan: Plan, manifest: dict[str, Any]) -> None:
    """Write the study, its design and a first manifest, which comes last and makes it a results folder."""
    older = list(folder.glob(f"{PARTIAL}*"))
    draft = folder / f"{PARTIAL}{uuid.uuid4().hex[:8]}"
    try:
        (draft / SCENARIOS).mkdir(parents=True)
        for name, scenario in plan.scenarios.items():
            scenario.save(draft / SCENARIOS / f"{name}.toml", full=True)
        (draft / EXPERIMENT).write_text(standing_alone(plan), encoding="utf-8", newline="\n")
        (draft / DESIGN).write_bytes(design_bytes(plan.design))
        Store(draft, manifest).write_manifest()
        (folder / RUNS).mkdir(exist_ok=True)
        if (folder / SCENARIOS).exists():
            shutil.rmtree(folder / SCENARIOS)
        for path in sorted(draft.iterdir(), key=lambda path: path.name == MANIFEST):
            os.replace(path, folder / path.name)
        for path in older:
            shutil.rmtree(path, ignore_errors=True)
    except OSError as error:
        raise ResultsError(f"{folder} could not be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def standing_alone(plan: Plan) -> str:
    """Write the experiment so that it runs on the scenarios saved beside it."""
    from sim.scenario.study.load import label_of

    def here(name: str) -> str:
        return f"{SCENARIOS}/{label_of(name)}.toml"

    experiment = plan.experiment
    base = experiment.base
    changed = {
        "scenario": here(base.scenario) if base.scenario else "",
        "scenarios": tuple(map(here, base.scenarios)),
    }
    factors = tuple(
        factor.model_copy(update={"scenario": tuple(map(here, factor.scenario))}) for factor in experiment.factors
    )
    whole = experiment.model_copy(update={"base": base.model_copy(update=changed), "factors": factors})
    return whole.to_toml()


def _held(folder: Path, plan: Plan, about: dict[str, Any], *, resume: bool) -> dict[str, Any]:
    try:
        manifest = reading.read_sweep(folder)
    except ResultsError:
        raise RefusedError(f"{folder} holds files that are not a sweep; choose another folder with --out") from None
    if manifest.get("digest") != plan.digest:
        held, asked = manifest.get("identity", {}), plan.identity
        other = ", ".join(name for name in asked if held.get(name) != asked[name]) or "its digest"
        raise RefusedError(
            f"{folder} holds another sweep ({manifest.get('id')}: {other} differ); choose another folder with --out"
        )
    for name, value in about.items():
        if name == "shard" and manifest.get(name) != value:
            raise RefusedError(f"{folder} holds another shard of this sweep, {manifest.get(name)}")
    if not resume:
        said = "finished" if manifest.get("status") == "finished" else "begun"
        raise RefusedError(
            f"{folder} holds this sweep already, {said}; go on with --resume, or choose another folder with --out"
        )
    return manifest


def _statuses(part: Part) -> set[str]:
    """Return how the runs of a part ended; where all have failed, it has no weeks."""
    import pyarrow.parquet as pq

    return set(pq.read_table(part.path, columns=["status"]).column("status").to_pylist())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
