"""Runs, weeks, events and maps as columns of Parquet tables.

Columns are made from buffers rather than by ``pyarrow.array``, which would import pandas if it is installed.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.results.events import Event
from sim.results.maps import Maps
from sim.results.outcomes import OUTCOMES
from sim.world.series import SERIES
from sim.world.tables import Floats

EPOCH = np.datetime64("1970-01-01", "D")
Columns = dict[str, Any]


class Finished(NamedTuple):
    """One run as it is kept: a row of outcomes, its weekly table, or the error that ended it.

    ``weekly`` is None for a failed run, ``error`` is empty for one that went through.
    """

    seed: int
    outcomes: Mapping[str, float]
    weekly: Floats | None
    checksum: str
    error: str = ""


def write_table(path: Path, columns: Columns) -> None:
    """Write columns of equal length to one Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_parquet(path, columns)


def write_parquet(sink: Any, columns: Columns) -> None:
    """Write columns of equal length as Parquet into a file or a buffer."""
    table = pa.Table.from_arrays(list(columns.values()), names=list(columns))
    floats = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    pq.write_table(
        table,
        sink,
        compression="zstd",
        use_dictionary=[name for name in table.column_names if name not in floats],
        use_byte_stream_split=floats or False,
    )


def numbers(values: np.ndarray | Sequence[float]) -> Any:
    """Make a column of numbers or days."""
    array = np.ascontiguousarray(values)
    if array.dtype.kind == "M":
        days = (array.astype("datetime64[D]") - EPOCH).astype(np.int32)
        return pa.Array.from_buffers(pa.date32(), len(days), [None, pa.py_buffer(days)])
    kind = pa.from_numpy_dtype(array.dtype)
    return pa.Array.from_buffers(kind, len(array), [None, pa.py_buffer(array)])


def texts(values: Sequence[str]) -> Any:
    """Make a column of text."""
    encoded = [value.encode("utf-8") for value in values]
    ends = np.zeros(len(encoded) + 1, dtype=np.int32)
    np.cumsum([len(value) for value in encoded], out=ends[1:])
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers)


def factor_lists(values: Sequence[Mapping[str, float]]) -> Any:
    """Make a column of lists of named factors."""
    ends = np.zeros(len(values) + 1, dtype=np.int32)
    np.cumsum([len(value) for value in values], out=ends[1:])
    names = texts([name for value in values for name in value])
    factors = numbers(np.array([factor for value in values for factor in value.values()], dtype=np.float64))
    pairs = pa.StructArray.from_arrays([names, factors], names=["name", "factor"])
    return pa.ListArray.from_arrays(numbers(ends), pairs)


def run_columns(first: int, runs: Sequence[Finished]) -> Columns:
    """Make one row a run: number, seed, status, error, checksum and every outcome."""
    columns: Columns = {
        "run": numbers(np.arange(first, first + len(runs))),
        "seed": numbers(np.array([run.seed for run in runs], dtype=np.int64)),
        "status": texts(["failed" if run.error else "done" for run in runs]),
        "error": texts([run.error for run in runs]),
        "checksum": texts([run.checksum for run in runs]),
    }
    for name in OUTCOMES:
        columns[name] = numbers([float(run.outcomes.get(name, math.nan)) for run in runs])
    return columns


def weekly_columns(first: int, runs: Sequence[Finished], start: np.datetime64) -> Columns:
    """Make one row a run and week: run, week, date and every series."""
    tables = [(first + number, run.weekly) for number, run in enumerate(runs) if run.weekly is not None]
    whole = np.concatenate([table for _, table in tables])
    week = np.concatenate([np.arange(len(table)) for _, table in tables])
    columns: Columns = {
        "run": numbers(np.concatenate([np.full(len(table), number) for number, table in tables])),
        "week": numbers(week.astype(np.int32)),
        "date": numbers(start + 7 * week),
    }
    for number, series in enumerate(SERIES):
        columns[series.name] = numbers(whole[:, number])
    return columns


def event_columns(run: int, events: Sequence[Event]) -> Columns:
    """Make one row an event; its factors are a list of names and multipliers."""
    by_name = dict(zip(Event._fields, zip(*events, strict=True), strict=True))
    columns: Columns = {"run": numbers(np.full(len(events), run))}
    for name, values in by_name.items():
        if name == "date":
            columns[name] = numbers(np.array(values, dtype="datetime64[D]"))
        elif name == "factors":
            columns[name] = factor_lists(values)
        else:
            columns[name] = texts(values) if isinstance(values[0], str) else numbers(np.array(values))
    return columns


def map_columns(run: int, maps: Maps) -> Columns:
    """Make one row a frame and cell: week, cell, its row and column on the map, and every layer."""
    n_frames, _, n_cells = maps.array.shape
    columns: Columns = {
        "run": numbers(np.full(n_frames * n_cells, run)),
        "week": numbers(np.repeat(maps.weeks, n_cells)),
        "cell": numbers(np.tile(np.arange(n_cells), n_frames)),
        "row": numbers(np.tile(maps.row, n_frames)),
        "column": numbers(np.tile(maps.column, n_frames)),
    }
    for number, name in enumerate(maps.names):
        columns[name] = numbers(maps.array[:, number, :].reshape(-1))
    return columns
