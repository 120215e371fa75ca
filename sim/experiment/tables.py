"""Runs, weeks and designs as Parquet, in memory: what a worker sends home is what is written."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from sim.experiment.axes import Value
from sim.experiment.design import Table
from sim.results.columns import Columns, numbers, texts, write_parquet

if TYPE_CHECKING:
    from sim.experiment.plan import Recipe, Run

OK, FAILED = "ok", "failed"


class Row(NamedTuple):
    """One run as it is kept."""

    run: "Run"
    point: tuple[Value, ...]
    outcomes: dict[str, float]
    checksum: str
    error: str
    seconds: float


def parquet_bytes(columns: Columns) -> bytes:
    """Write columns of equal length as one Parquet file in memory."""
    sink = pa.BufferOutputStream()
    write_parquet(sink, columns)
    return sink.getvalue().to_pybytes()


def run_bytes(rows: Sequence[Row], recipe: "Recipe") -> bytes:
    """Write one row a run: where it stands in the design, factors, outcomes, status, error, checksum, seconds."""
    runs = [row.run for row in rows]
    columns: Columns = {
        "run": _whole([run.number for run in runs]),
        "row": _whole([run.row for run in runs]),
        "arm": texts([recipe.arms[run.arm] for run in runs]),
        "replicate": _whole([run.replicate for run in runs]),
        "seed": _whole([run.seed for run in runs]),
    }
    for number, axis in enumerate(recipe.axes):
        values: list[Any] = [row.point[number] for row in rows]
        columns[axis.name] = numbers(np.array(values, dtype=np.float64)) if axis.is_number else texts(values)
    for name in recipe.outcomes:
        columns[name] = numbers(np.array([row.outcomes.get(name, math.nan) for row in rows], dtype=np.float64))
    columns["status"] = texts([FAILED if row.error else OK for row in rows])
    columns["error"] = texts([row.error for row in rows])
    columns["checksum"] = texts([row.checksum for row in rows])
    columns["seconds"] = numbers(np.array([row.seconds for row in rows], dtype=np.float64))
    return parquet_bytes(columns)


def weekly_bytes(tables: Sequence[tuple[int, np.ndarray]], series: Sequence[str]) -> bytes:
    """Write one row a run and week: run, week and the series kept.

    Parameters
    ----------
    tables : sequence of (int, (weeks, series) float32)
        Number of a run and its weekly table.
    series : sequence of str
        Names of its columns.
    """
    whole = np.concatenate([table for _, table in tables])
    columns: Columns = {
        "run": numbers(np.concatenate([np.full(len(table), run, dtype=np.int64) for run, table in tables])),
        "week": numbers(np.concatenate([np.arange(len(table), dtype=np.int64) for _, table in tables])),
    }
    for number, name in enumerate(series):
        columns[name] = numbers(np.ascontiguousarray(whole[:, number]))
    return parquet_bytes(columns)


def design_bytes(design: Table) -> bytes:
    """Write one row a combination: its number and one column a factor."""
    n_rows = len(next(iter(design.values())))
    columns: Columns = {"row": _whole(range(n_rows))}
    for name, column in design.items():
        columns[name] = texts(list(column)) if column.dtype == object else numbers(column)
    return parquet_bytes(columns)


def _whole(values: Sequence[int]) -> Any:
    return numbers(np.array(list(values), dtype=np.int64))
