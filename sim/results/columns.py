"""Arrays as Parquet tables: the only module, with the store, that knows about pyarrow."""

from collections.abc import Sequence
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


class Finished(NamedTuple):
    """One run as it is kept: a row of outcomes, its weekly table, or the error that ended it.

    ``weekly`` is None for a failed run, ``error`` is empty for one that went through.
    """

    seed: int
    outcomes: dict[str, float]
    weekly: Floats | None
    checksum: str
    error: str = ""


def write_table(path: Path, columns: dict[str, Any]) -> None:
    """Write columns of equal length to one Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table(columns)
    floats = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    pq.write_table(
        table,
        path,
        compression="zstd",
        use_dictionary=[name for name in table.column_names if name not in floats],
        use_byte_stream_split=floats or False,
    )


def run_columns(first: int, runs: Sequence[Finished]) -> dict[str, Any]:
    """Make one row a run: number, seed, status, error, checksum and every outcome."""
    columns: dict[str, Any] = {
        "run": np.arange(first, first + len(runs)),
        "seed": np.array([run.seed for run in runs], dtype=np.int64),
        "status": ["failed" if run.error else "done" for run in runs],
        "error": [run.error for run in runs],
        "checksum": [run.checksum for run in runs],
    }
    for name in OUTCOMES:
        columns[name] = np.array([run.outcomes.get(name, np.nan) for run in runs], dtype=np.float64)
    return columns


def weekly_columns(first: int, runs: Sequence[Finished], start: np.datetime64) -> dict[str, Any]:
    """Make one row a run and week: run, week, date and every series."""
    tables = [(first + number, run.weekly) for number, run in enumerate(runs) if run.weekly is not None]
    whole = np.concatenate([table for _, table in tables])
    week = np.concatenate([np.arange(len(table)) for _, table in tables])
    columns: dict[str, Any] = {
        "run": np.concatenate([np.full(len(table), number) for number, table in tables]),
        "week": week.astype(np.int32),
        "date": pa.array((start + 7 * week).astype("datetime64[D]")),
    }
    for number, series in enumerate(SERIES):
        columns[series.name] = np.ascontiguousarray(whole[:, number])
    return columns


def event_columns(run: int, events: Sequence[Event]) -> dict[str, Any]:
    """Make one row an event; its factors are a list of names and multipliers."""
    columns: dict[str, Any] = {"run": np.full(len(events), run)}
    for name, values in zip(Event._fields, zip(*events, strict=True), strict=True):
        columns[name] = list(values)
    columns["date"] = pa.array(np.array(columns["date"], dtype="datetime64[D]"))
    factor = pa.struct([("name", pa.string()), ("factor", pa.float64())])
    rows = [[{"name": name, "factor": value} for name, value in item.items()] for item in columns["factors"]]
    columns["factors"] = pa.array(rows, type=pa.list_(factor))
    return columns


def map_columns(run: int, maps: Maps) -> dict[str, Any]:
    """Make one row a frame and cell: week, cell, its row and column on the map, and every layer."""
    n_frames, _, n_cells = maps.array.shape
    columns: dict[str, Any] = {
        "run": np.full(n_frames * n_cells, run),
        "week": np.repeat(maps.weeks, n_cells),
        "cell": np.tile(np.arange(n_cells), n_frames),
        "row": np.tile(maps.row, n_frames),
        "column": np.tile(maps.column, n_frames),
    }
    for number, name in enumerate(maps.names):
        columns[name] = np.ascontiguousarray(maps.array[:, number, :]).reshape(-1)
    return columns
