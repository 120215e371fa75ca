"""Calling machine code from Python: how arguments lie in memory, and what went wrong.

A function takes tables and records by address, and integers. It answers as numba's functions answer each other:
``int function(void *result, struct problem **problem, ...)``, with 0 where nothing went wrong.
"""

import ctypes
import functools
import hashlib
import pickle
import re

import numpy as np

from sim.core import cache
from sim.core.fingerprint import fingerprint


def layout(value):
    """Describe how a value lies in memory, so that machine code is never given another one.

    Parameters
    ----------
    value : NamedTuple of arrays, numpy.record, array or int

    Returns
    -------
    hashable
        The same for what one piece of machine code can take, in every program: its ``repr`` names files.
    """
    if isinstance(value, tuple):
        kind = type(value)
        return (kind.__module__, kind.__qualname__, getattr(kind, "_fields", ()), *map(layout, value))
    if isinstance(value, np.ndarray):
        return _layout_of_array(value.dtype, value.ndim, value.flags.num)
    return getattr(value, "dtype", None) or type(value)


@functools.cache
def _layout_of_array(dtype, ndim, flags):
    order = "C" if flags & 1 else "F" if flags & 2 else "A"
    return dtype, ndim, order, bool(flags & 0x100), bool(flags & 0x400)


def file_name(step, arguments) -> str:
    """Name the machine code of a process that takes such arguments."""
    function = step.function
    meaning = (fingerprint(function), cache.boundscheck(), tuple(map(layout, arguments)))
    label = re.sub(r"[^\w.]+", "", f"{function.__module__}.{function.__qualname__}")[-60:]
    return f"{label}-{hashlib.sha256(repr(meaning).encode()).hexdigest()[:32]}.bin"


def lay_out(arguments) -> tuple[np.ndarray, np.ndarray]:
    """Write tables and records down as compiled code reads them.

    Parameters
    ----------
    arguments : list of NamedTuple of arrays or numpy.record
        Tables and records of rates; the same one may come several times.

    Returns
    -------
    places : array of int
        One address for each argument.
    words : array of int
        What the addresses of tables lead to: keep it for as long as they are used.
    """
    words: list[int] = []
    starts = {}
    for table in arguments:
        if isinstance(table, tuple) and id(table) not in starts:
            starts[id(table)] = len(words)
            for column in table:
                # The fields of numba's arrays in their order; without the first two nobody counts references.
                words += (0, 0, column.size, column.itemsize, _address_of(column), *column.shape, *column.strides)
    kept = np.array(words, dtype=np.int64)
    base = kept.ctypes.data
    places = [
        base + 8 * starts[id(given)] if isinstance(given, tuple) else _address_of(np.frombuffer(given, np.uint8))
        for given in arguments
    ]
    return np.array(places, dtype=np.int64), kept


def _address_of(array) -> int:
    try:
        return ctypes.addressof(ctypes.c_char.from_buffer(array))  # a third of the time that the next line takes
    except (TypeError, ValueError):  # read-only, empty or in pieces
        return array.ctypes.data


def call(address: int, arguments) -> None:
    """Call machine code; other threads run meanwhile.

    Parameters
    ----------
    address : int
        Where it begins.
    arguments : sequence of NamedTuple of arrays, numpy.record or int
    """
    places, _kept = lay_out([given for given in arguments if not isinstance(given, int)])
    found = iter(places.tolist())
    words = [given if isinstance(given, int) else next(found) for given in arguments]
    result, problem = ctypes.c_void_p(), ctypes.POINTER(_Problem)()
    kinds = (ctypes.c_void_p, ctypes.c_void_p, *(ctypes.c_int64 for _ in words))
    function = ctypes.CFUNCTYPE(ctypes.c_int32, *kinds)(address)
    if function(ctypes.addressof(result), ctypes.addressof(problem), *words) != 0:
        raise _error(problem)


class _Problem(ctypes.Structure):
    """What a function leaves behind that raised an exception."""

    _fields_ = (
        ("pickled", ctypes.c_void_p),
        ("length", ctypes.c_int32),
        ("values", ctypes.c_void_p),
        ("unwrap", ctypes.c_void_p),
        ("n_values", ctypes.c_int32),  # among the exception's, those that were worked out on the way
    )


def _error(problem) -> Exception:
    """Return the exception that machine code raised, with the place in a note."""
    if not problem:
        return RuntimeError("machine code failed without saying why")
    found = problem.contents
    kind, values, place = pickle.loads(ctypes.string_at(found.pickled, found.length))
    if found.n_values:
        # To get them out again takes more of numba than there is when code was loaded from disk.
        values = ("with numbers that only interpreted code tells (PEACESIM_INTERPRETED=1)",)
    error = kind(*(values or ()))
    if place:
        error.add_note(f"in {place[0]}, {place[1]}:{place[2]}")
    return error
