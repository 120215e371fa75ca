"""The envelope of a message to the player: a header in JSON and arrays, deflated together.

After inflating: four bytes ``PKP1``, the length of the header as a little-endian 32-bit number, the header in UTF-8,
zeros up to a multiple of 8, then the arrays, each begun at a multiple of 8. The header's ``arrays`` say for each one
its type, shape, where it begins, and whether it is given as differences along an axis. Differences wrap around.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

MAGIC = b"PKP1"
ALIGN = 8
FAST = 1  # deflate level: the higher ones save a tenth and take three times as long
TYPES = {"uint8": "<u1", "uint16": "<u2", "float32": "<f4"}


def pack(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray], along: Mapping[str, int]) -> bytes:
    """Put a header and arrays into one message.

    Parameters
    ----------
    header : mapping
        Anything JSON can say, without not-a-numbers.
    arrays : mapping of str to array
        Of type uint8, uint16 or float32.
    along : mapping of str to int
        Axes along which whole numbers are sent as differences, by name; others are sent as they are.

    Returns
    -------
    bytes
        For `unpack` here and ``unpack`` in ``static/unpack.js``.
    """
    places: dict[str, Any] = {}
    parts: list[bytes] = []
    at = 0
    for name, array in arrays.items():
        kind = str(array.dtype)
        if kind not in TYPES:
            raise TypeError(f"{name} is of type {kind}, not one of {', '.join(TYPES)}")
        sent = array
        if name in along and array.size > 0:
            sent = differences(array, along[name])
        raw = np.ascontiguousarray(sent, dtype=TYPES[kind]).tobytes()
        places[name] = {"type": kind, "shape": list(array.shape), "at": at, "along": along.get(name, -1)}
        parts.append(raw + b"\0" * (-len(raw) % ALIGN))
        at += len(parts[-1])
    words = json.dumps({**header, "arrays": places}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = words.encode("utf-8", errors="replace")
    head = MAGIC + len(text).to_bytes(4, "little") + text
    # Differences are mostly runs of zeros: looking for nothing else is faster, and a fifth smaller too.
    deflate = zlib.compressobj(FAST, strategy=zlib.Z_RLE)
    return deflate.compress(b"".join([head, b"\0" * (-len(head) % ALIGN), *parts])) + deflate.flush()


def differences(array: np.ndarray, axis: int) -> np.ndarray:
    """Return each value less the one before it along an axis, the first ones as they are; they wrap around."""
    found = array.copy()
    later = (slice(None),) * axis + (slice(1, None),)
    found[later] -= array[(slice(None),) * axis + (slice(None, -1),)]
    return found


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Take a message apart again: its header and its arrays.

    Raises
    ------
    ValueError
        If it is not such a message.
    """
    raw = zlib.decompress(message)
    if raw[:4] != MAGIC:
        raise ValueError("not a message for the player")
    length = int.from_bytes(raw[4:8], "little")
    header = json.loads(raw[8 : 8 + length].decode("utf-8"))
    start = 8 + length
    start += -start % ALIGN
    arrays = {}
    for name, place in header.pop("arrays").items():
        count = int(np.prod(place["shape"], dtype=np.int64))
        array = np.frombuffer(raw, TYPES[place["type"]], count, start + place["at"]).reshape(place["shape"])
        if place["along"] >= 0 and array.size > 0:
            array = np.add.accumulate(array, axis=place["along"], dtype=array.dtype)
        arrays[name] = array
    return header, arrays
