"""Reading the results folder of a sweep.

``manifest.json`` says where everything comes from, ``experiment.toml`` and ``scenarios/`` are the study with its
scenarios, ``design.parquet`` has one row a combination of factors, ``runs/part-*.parquet`` one row a run,
``weekly/part-*.parquet`` one row a run and week where they are kept. A part is named by its first and last run and by
the beginning of the SHA-256 of its bytes, so that each part says whether it is whole. A folder can be read while its
sweep is still running.
"""

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.core.errors import ResultsError

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.design import Table

MANIFEST = "manifest.json"
EXPERIMENT = "experiment.toml"
DESIGN = "design.parquet"
RUNS, WEEKLY, SCENARIOS = "runs", "weekly", "scenarios"
PART = re.compile(r"part-(\d+)-(\d+)-([0-9a-f]{16})\.parquet")


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


def read_manifest(path: str | Path) -> dict[str, Any]:
    """Read the manifest of a sweep.

    Raises
    ------
    ResultsError
        If the folder holds no sweep.
    """
    try:
        held = json.loads((Path(path) / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        held = None
    if not isinstance(held, dict) or held.get("kind") != "sweep":
        raise ResultsError(f"{path} is not the results folder of a sweep")
    return held


def read_design(path: str | Path) -> "pd.DataFrame":
    """Read the design: ``row`` and one column a factor."""
    import pandas as pd

    return pd.read_parquet(_checked(Path(path) / DESIGN))


def read_runs(path: str | Path, columns: list[str] | None = None) -> "pd.DataFrame":
    """Read the runs that are there, in the order of their numbers.

    Parameters
    ----------
    path
        The results folder.
    columns
        Which columns; all of them where left out.

    Raises
    ------
    ResultsError
        If two parts hold the same run, or none is there.
    """
    parts = parts_in(Path(path) / RUNS)
    for one, other in pairwise(parts):
        if other.first < one.end:
            raise ResultsError(f"{one.path.name} and {other.path.name} hold the same runs; take one of them away")
    table = _read(parts, columns)
    if table is None:
        raise ResultsError(f"{path} holds no runs yet")
    return table


def read_weekly(path: str | Path, columns: list[str] | None = None) -> "pd.DataFrame | None":
    """Read the weekly series; None where they were not kept."""
    return _read(parts_in(Path(path) / WEEKLY), columns)


def design_of(path: Path) -> "Table":
    """Read a design as a plan takes it: arrays by factor."""
    import pyarrow.parquet as pq

    table = pq.read_table(_checked(path / DESIGN))
    return {
        name: column.to_numpy() if column.type == "double" else np.array(column.to_pylist(), dtype=object)
        for name, column in zip(table.column_names, table.columns, strict=True)
        if name != "row"
    }


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise ResultsError(f"{path} is missing")
    return path


def _read(parts: list[Part], columns: list[str] | None) -> "pd.DataFrame | None":
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not parts:
        return None
    tables = []
    for part in parts:
        try:
            tables.append(pq.read_table(part.path, columns=columns))
        except (OSError, pa.ArrowException):
            message = f"{part.path} is damaged; run the sweep again with --resume, which replaces it"
            raise ResultsError(message) from None
    return pa.concat_tables(tables).to_pandas()
