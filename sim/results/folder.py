"""A results folder that is there whole or not at all.

Everything is written into a draft beside the folder, or inside it where it exists already and is empty; the
draft takes the folder's place at the end. Whatever goes wrong before, Ctrl-C included, the draft is removed.
"""

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import ResultsError

MANIFEST = "manifest.json"
SAME = ("scenario", "digest", "seeds")
# What goes when results are replaced; whatever else lies beside it is its owner's and stays.
OURS = {
    MANIFEST, "scenario.toml", "runs", "weekly", "events", "cells", "evaluation.txt", "evaluation.json", "survey",
    "figures", "tables", "report.html", "first.toml", "second.toml", "summary.txt", "pairs.parquet",
    "differences.parquet", "weekly.parquet", "cells.parquet",
}  # fmt: skip


class RefusedError(ResultsError):
    """A folder that must not be written to."""


def check_folder(folder: Path, identity: Mapping[str, Any], *, force: bool = False) -> None:
    """Refuse a folder that holds something else.

    Parameters
    ----------
    folder : Path
    identity : mapping
        What makes two results those of the same run; see `sim.results.provenance.identity`.
    force : bool
        Accept the results of another run, which will be replaced; files that are not results are never
        replaced.

    Raises
    ------
    RefusedError
        Saying what the folder holds and what to do.
    """
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise RefusedError(f"{folder} is a file; choose another folder with --out")
        if not any(folder.iterdir()):
            return
    except OSError as error:
        raise RefusedError(f"{folder} cannot be used: {error.strerror}") from None
    held = read_manifest(folder)
    if held is None:
        raise RefusedError(f"{folder} holds files that are not results; choose another folder with --out")
    other = [name for name in SAME if held.get(name) != identity.get(name)]
    if other and not force:
        run = f"scenario {held.get('scenario')}, {_seeds(held.get('seeds'))}"
        raise RefusedError(
            f"{folder} holds the results of another run ({run}; {', '.join(other)} differ); "
            "choose another folder with --out, or replace them with --force"
        )


def _seeds(seeds: Any) -> str:
    if not isinstance(seeds, list) or not seeds:
        return "unknown seeds"
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Read the manifest of a results folder; None where there is none that can be read."""
    try:
        held = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) and "format" in held and "digest" in held else None


def runs_held(folder: Path, identity: Mapping[str, Any]) -> int:
    """Return how many runs of the same kind a folder holds."""
    held = read_manifest(folder)
    if held is None or any(held.get(name) != identity.get(name) for name in SAME):
        return 0
    runs = held.get("runs", {})
    return int(runs.get("done", 0)) + int(runs.get("failed", 0))


def write_text(path: Path, text: str) -> None:
    """Write a text that ends with its line."""
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


@contextlib.contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """Give a draft to write into; at the end of the ``with`` block it becomes the folder.

    Raises
    ------
    ResultsError
        If the disk refuses.
    """
    name = folder
    try:
        # The folder itself and not a link to it, and no "~" in its path: Arrow would take that for somebody's home.
        folder = folder.resolve()
        exists = folder.exists()
        empty = exists and not any(folder.iterdir())
        folder.parent.mkdir(parents=True, exist_ok=True)
        mark = f".partial-{uuid.uuid4().hex[:8]}"
        draft = folder / mark if empty else folder.parent / f".{folder.name}{mark}"
        draft.mkdir()
    except OSError as error:
        raise RefusedError(f"{name} cannot be written: {error.strerror}") from None
    try:
        yield draft
        if empty:
            _move_inside(draft, folder)
        else:
            _take_place(draft, folder)
    except OSError as error:
        raise ResultsError(f"{name} could not be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _move_inside(draft: Path, folder: Path) -> None:
    """Move everything out of the draft into the empty folder around it, the manifest last."""
    moved: list[Path] = []
    try:
        for path in sorted(draft.iterdir(), key=lambda path: (path.name == MANIFEST, path.name)):
            os.rename(path, folder / path.name)
            moved.append(folder / path.name)
    except BaseException:
        for path in moved:
            os.rename(path, draft / path.name)
        raise


def _take_place(draft: Path, folder: Path) -> None:
    """Rename the draft to the folder; an older result steps aside first and comes back if that fails."""
    aside = draft.with_name(f"{draft.name}-old")
    older = folder.exists()
    if older:
        os.rename(folder, aside)
    try:
        os.rename(draft, folder)
    except BaseException:
        if older:
            os.rename(aside, folder)
        raise
    if older:
        for path in aside.iterdir():
            if path.name not in OURS:
                os.rename(path, folder / path.name)
    shutil.rmtree(aside, ignore_errors=True)
