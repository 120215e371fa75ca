"""Reading results folders: those of sweeps, and what those of plain runs and comparisons share with them.

``manifest.json`` says where everything comes from, ``experiment.toml`` and ``scenarios/`` are the study with its
scenarios, ``design.parquet`` has one row a combination of factors, ``runs/part-*.parquet`` one row a run,
``weekly/part-*.parquet`` one row a run and week where they are kept. A part is named by its first and last run and by
the beginning of the SHA-256 of its bytes, so that each part says whether it is whole. A folder can be read while its
sweep is still running.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.core.errors import ResultsError
from sim.results.folder import MANIFEST

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.design import Table

EXPERIMENT = "experiment.toml"
DESIGN = "design.parquet"
RUNS, WEEKLY, SCENARIOS = "runs", "weekly", "scenarios"
PART = re.compile(r"part-(\d+)-(\d+)-([0-9a-f]{16})\.parquet")


class UnreadableError(ResultsError):
    """A results folder that is not there, not finished or not whole."""


class Part(NamedTuple):
    """One file of consecutive runs, from ``first`` to before ``end``."""

    path: Path
    first: int
    end: int
    fingerprint: str

    @property
    def is_whole(self) -> bool:
        """Whether its bytes are those that were written."""
        try:
            return fingerprint(self.path.read_bytes()) == self.fingerprint
        except OSError:
            return False


def fingerprint(content: bytes) -> str:
    """Give the part of a SHA-256 that names a file."""
    return hashlib.sha256(content).hexdigest()[:16]


def part_name(first: int, end: int, content: bytes) -> str:
    """Name a part."""
    return f"part-{first:010d}-{end - 1:010d}-{fingerprint(content)}.parquet"


def parts_in(folder: Path) -> list[Part]:
    """List the parts in ``runs`` or ``weekly``, in the order of their runs."""
    found = []
    for path in folder.glob("part-*.parquet"):
        match = PART.fullmatch(path.name)
        if match:
            found.append(Part(path, int(match[1]), int(match[2]) + 1, match[3]))
    return sorted(found, key=lambda part: (part.first, part.end, part.fingerprint))


def require_manifest(path: str | Path) -> dict[str, Any]:
    """Read the manifest of a results folder of any kind, which must be there.

    Raises
    ------
    UnreadableError
        If the folder has none, or one that is not a table of JSON.
    """
    path = Path(path) / MANIFEST
    if not path.parent.exists():
        raise UnreadableError(f"{path.parent} is not there; give the results folder of a run, a comparison or a sweep")
    if not path.is_file():
        raise UnreadableError(f"{path.parent} has no {MANIFEST}, so it is not a results folder, or not a finished one")
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise UnreadableError(f"{path} is not JSON: {error}; the folder is damaged") from None
    if not isinstance(held, dict):
        raise UnreadableError(f"{path} should hold a table, found {type(held).__name__}")
    return held


def read_sweep(path: str | Path) -> dict[str, Any]:
    """Read the manifest of a sweep.

    Raises
    ------
    UnreadableError
        If the folder holds no sweep.
    """
    held = require_manifest(path)
    if held.get("kind") != "sweep":
        raise UnreadableError(f"{path} is not the results folder of a sweep")
    return held


def read_design(path: str | Path) -> "pd.DataFrame":
    """Read the design: ``row`` and one column a factor, in the order of the rows."""
    table: pd.DataFrame = _read([_checked(Path(path) / DESIGN)], None).to_pandas()
    return table.sort_values("row", ignore_index=True)


def read_runs(path: str | Path, columns: Sequence[str] | None = None) -> "pd.DataFrame":
    """Read the runs that are there, in the order of their numbers; see `read_table`."""
    table = read_table(path, RUNS, columns)
    if table is None:
        raise UnreadableError(f"{path} holds no runs yet")
    return table


def read_table(path: str | Path, name: str, columns: Sequence[str] | None = None) -> "pd.DataFrame | None":
    """Read a table that is kept in parts.

    Parameters
    ----------
    path
        The results folder.
    name
        ``runs``, ``weekly`` or another.
    columns
        Only these, as far as they were kept: the weekly table of a large sweep does not fit into memory whole.

    Returns
    -------
    DataFrame or None
        None where the folder has no such table.

    Raises
    ------
    UnreadableError
        Naming every part that cannot be read, or two that hold the same runs.
    """
    for one, other in pairwise(parts_in(Path(path) / name)):
        if other.first < one.end:
            raise UnreadableError(f"{one.path.name} and {other.path.name} hold the same runs; take one of them away")
    parts = files_of(path, name)
    return _read(parts, columns).to_pandas() if parts else None


def files_of(path: str | Path, name: str) -> list[Path]:
    """List the files of a table, in order; none where it was not kept."""
    return sorted((Path(path) / name).glob("part-*.parquet"))


def design_of(path: Path) -> "Table":
    """Read a design as a plan takes it: arrays by factor."""
    table = _read([_checked(path / DESIGN)], None)
    return {
        name: column.to_numpy() if column.type == "double" else np.array(column.to_pylist(), dtype=object)
        for name, column in zip(table.column_names, table.columns, strict=True)
        if name != "row"
    }


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise UnreadableError(f"{path} is missing")
    return path


def _read(paths: list[Path], columns: Sequence[str] | None) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables, bad = [], []
    for path in paths:
        try:
            kept = None if columns is None else [name for name in pq.read_schema(path).names if name in columns]
            tables.append(pq.read_table(path, columns=kept))
        except (OSError, pa.ArrowException) as error:
            bad.append(f"{path} cannot be read: {str(error).splitlines()[0]}")
    if bad:
        raise UnreadableError("\n".join([*bad, "run the sweep again with --resume, which makes damaged parts anew"]))
    return pa.concat_tables(tables)
