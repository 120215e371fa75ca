"""A results folder as tables: the one place of the analysis that knows its files."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from sim.core.errors import ResultsError
from sim.results.columns import column_names
from sim.results.folder import MANIFEST

PARTS = "part-*.parquet"


class UnreadableError(ResultsError):
    """A results folder that is not there, not finished or not whole."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest.

    Raises
    ------
    UnreadableError
        If the folder has none, or one that is not a table of JSON.
    """
    path = folder / MANIFEST
    if not folder.exists():
        raise UnreadableError(f"{folder} is not there; give the results folder of a run or a sweep")
    if not path.is_file():
        raise UnreadableError(f"{folder} has no {MANIFEST}, so it is not a results folder, or not a finished one")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise UnreadableError(f"{path} is not JSON: {error}; the folder is damaged") from None
    if not isinstance(found, dict):
        raise UnreadableError(f"{path} should hold a table, found {type(found).__name__}")
    return found


def parts_of(folder: Path, table: str) -> list[Path]:
    """Return the parts of a table of a results folder, in order; none where it was not kept."""
    return sorted((folder / table).glob(PARTS))


def read_parts(folder: Path, table: str, columns: list[str] | None = None) -> pd.DataFrame | None:
    """Read a table that is kept in parts.

    Parameters
    ----------
    folder : Path
    table : str
        ``runs`` or ``weekly``.
    columns : list of str, optional
        Only these, as far as they were kept: the weekly table of a large sweep does not fit into memory whole.

    Returns
    -------
    DataFrame or None
        None where the folder has no such table.

    Raises
    ------
    UnreadableError
        Naming every part that cannot be read.
    """
    frames, bad = [], []
    for path in parts_of(folder, table):
        try:
            kept = None if columns is None else [name for name in column_names(path) if name in columns]
            frames.append(pd.read_parquet(path, columns=kept))
        except (OSError, ValueError, KeyError) as error:
            bad.append(f"{path} cannot be read: {str(error).splitlines()[0]}")
    if bad:
        raise UnreadableError("\n".join([*bad, "run the sweep again with --resume, which makes damaged parts anew"]))
    return pd.concat(frames, ignore_index=True) if frames else None


def read_pairs(folder: Path) -> pd.DataFrame | None:
    """Read the runs of a comparison as those of two arms: its first side is the policy, its second the contrast."""
    path = folder / "pairs.parquet"
    if not path.is_file():
        return None
    try:
        pairs = pd.read_parquet(path)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None
    arms = pairs.pop("side").map({"first": "policy", "second": "contrast"})
    return pairs.rename(columns={"pair": "replicate"}).assign(run=range(len(pairs)), row=0, arm=arms)


def read_design(folder: Path) -> pd.DataFrame | None:
    """Read the design of a sweep, by row; None for a folder of plain runs."""
    path = folder / "design.parquet"
    if not path.is_file():
        return None
    try:
        return pd.read_parquet(path).sort_values("row", ignore_index=True)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None
