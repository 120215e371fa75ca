"""The first difference between two folders of results, to the bit."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.core.errors import ResultsError

# What happened week by week says most about where two runs part; sums and fingerprints say least.
ORDER = ("weekly/", "events/", "cells/", "survey/", "runs/", "pairs", "weekly", "cells", "differences")
KEYS = ("run", "pair", "side", "seed", "series", "week", "cell", "outcome")  # columns that say which row it is
LAST = ("checksum",)  # columns that differ whenever another one does
TEXTS = ("summary.txt", "evaluation.txt")


class Discrepancy(NamedTuple):
    """Where two results part first.

    Parameters
    ----------
    file
        Path inside the folder.
    row
        Number of the row, from 0, or of the line of a text; -1 for the file as a whole.
    which
        What the row is of: ``run 0, week 17``.
    column
        Name of the column; empty for a text or a whole file.
    stored, found
        The value in the folder and that of the new run, in words.
    """

    file: str
    row: int
    which: str
    column: str
    stored: str
    found: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = self.file if self.row < 0 else f"{self.file}, row {self.row}"
        place += f" ({self.which})" if self.which else ""
        column = f", column {self.column}" if self.column else ""
        return f"{place}{column}: {self.stored} in the folder, {self.found} now"


def first_discrepancy(stored: Path, found: Path) -> Discrepancy | None:
    """Compare all tables and texts of two folders; figures and times are left out.

    Parameters
    ----------
    stored, found : Path
        The folder as it is, and one made anew.

    Returns
    -------
    Discrepancy or None
        None where every value is the same, to the bit.

    Raises
    ------
    ResultsError
        If a table cannot be read.
    """
    for name in tables_and_texts(stored, found):
        old, new = stored / name, found / name
        if not (old.exists() and new.exists()):
            return Discrepancy(name, -1, "", "", *("there" if path.exists() else "missing" for path in (old, new)))
        different = _in_tables(name, old, new) if name.endswith(".parquet") else _in_texts(name, old, new)
        if different is not None:
            return different
    return None


def tables_and_texts(*folders: Path) -> list[str]:
    """Name the tables and texts of some folders, those first that say most."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix == ".parquet" or path.name in TEXTS
    }

    def rank(name: str) -> tuple[int, str]:
        return next((k for k, start in enumerate(ORDER) if name.startswith(start)), len(ORDER)), name

    return sorted(names, key=rank)


def read_parquet(path: Path) -> pa.Table:
    """Read one Parquet file.

    Raises
    ------
    ResultsError
        If it is damaged or cannot be read.
    """
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise ResultsError(f"{path} cannot be read: {error}") from None


def _in_tables(name: str, stored: Path, found: Path) -> Discrepancy | None:
    try:
        old = read_parquet(stored)
    except ResultsError:
        return Discrepancy(name, -1, "", "", "a damaged file", "a table")
    return first_in_tables(name, old, read_parquet(found))


def first_in_tables(name: str, old: pa.Table, new: pa.Table, ignored: Sequence[str] = ()) -> Discrepancy | None:
    """Return the first row, and the first column in it, in which two tables differ."""
    for column in dict.fromkeys([*old.column_names, *new.column_names]):
        sides = ["there" if column in table.column_names else "missing" for table in (old, new)]
        if column not in ignored and sides[0] != sides[1]:
            return Discrepancy(name, -1, "", column, *sides)
    n = min(len(old), len(new))
    best: tuple[int, bool, str] | None = None
    for column in old.column_names:
        if column in ignored:
            continue
        row = _first_unlike(old.column(column).slice(0, n), new.column(column).slice(0, n))
        if row >= 0 and (best is None or (row, column in LAST) < best[:2]):
            best = row, column in LAST, column
    if best is not None:
        row, _, column = best
        which = ", ".join(f"{key} {old.column(key)[row].as_py()}" for key in KEYS if key in old.column_names)
        values = (tell(table.column(column)[row].as_py()) for table in (old, new))
        return Discrepancy(name, row, which, column, *values)
    if len(old) != len(new):
        return Discrepancy(name, -1, "", "", f"{len(old):,} rows", f"{len(new):,} rows")
    return None


def _first_unlike(old: pa.ChunkedArray, new: pa.ChunkedArray) -> int:
    """Return the first row in which two columns differ in any bit, -1 for none; all NaN are alike."""
    if old.type != new.type:
        return 0
    if pa.types.is_floating(old.type):
        one, other = (np.ascontiguousarray(column.to_numpy()) for column in (old, new))
        whole = np.int64 if one.dtype.itemsize == 8 else np.int32
        unlike = (one.view(whole) != other.view(whole)) & ~(np.isnan(one) & np.isnan(other))
    elif pa.types.is_integer(old.type):
        unlike = old.to_numpy() != new.to_numpy()
    elif old.equals(new):
        return -1
    else:
        return next((k for k, (a, b) in enumerate(zip(old, new, strict=True)) if a.as_py() != b.as_py()), -1)
    rows = np.flatnonzero(unlike)
    return int(rows[0]) if len(rows) else -1


def _in_texts(name: str, stored: Path, found: Path) -> Discrepancy | None:
    old, new = (path.read_text(encoding="utf-8", errors="replace").splitlines() for path in (stored, found))
    for number, (a, b) in enumerate(zip(old, new, strict=False)):
        if a != b:
            return Discrepancy(name, number, "", "", tell(a), tell(b))
    if len(old) != len(new):
        return Discrepancy(name, -1, "", "", f"{len(old):,} lines", f"{len(new):,} lines")
    return None


def tell(value: Any) -> str:
    """Write a value so that two that differ look different."""
    return value.strip() or "nothing" if isinstance(value, str) else repr(value)
