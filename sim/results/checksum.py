"""A fingerprint of everything that a run did, the same on every machine."""

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from sim.world.tables import World

# What a viewer asked to be kept does not change what happened.
SKIPPED = ("layers", "stride", "unit_track", "band_track")


def checksum(world: "World") -> str:
    """Hash the weekly table, the events and the final world.

    The kept maps and positions are left out, so that a run has the same checksum whatever their stride.
    """
    digest = hashlib.sha256()
    n_events = int(world.log.count[0])
    for table in world._fields:
        for name, column in getattr(world, table)._asdict().items():
            if name in SKIPPED:
                continue
            # The log has spare rows; how many depends on how often it was lengthened.
            used = column[:n_events] if table == "log" and name != "count" else column
            _add(digest, f"{table}.{name}", used)
    return digest.hexdigest()


def checksum_of(array: np.ndarray) -> str:
    """Hash one array with its shape."""
    digest = hashlib.sha256()
    _add(digest, "", array)
    return digest.hexdigest()


def _add(digest: Any, name: str, array: np.ndarray) -> None:
    plain = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    digest.update(f"{name} {plain.dtype.str} {plain.shape}\n".encode())
    digest.update(plain.data)
