"""Machine code on disk and in memory, without the compiler.

A process is compiled once and kept as an object file. Every later start hands that file to LLVM alone: importing numba
and having it read back what it compiled took 1.3 s of a start of 2.7 s.
"""

import builtins
import importlib.machinery
import importlib.util
import pickle
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import llvmlite.binding as llvm

from sim.core import cache

# What machine code may call in C beside Python itself: numba's libraries, and what their functions' names begin with.
HELPERS = (
    ("numba.core.runtime._nrt_python", "NRT_"),
    ("numba._helperlib", "numba_"),
    ("numba._dynfunc", "numba_"),
)

lock = threading.RLock()
_addresses: dict[str, int] = {}
_at_hand: dict[str, "Code"] = {}


class Code(NamedTuple):
    """A compiled function as it is kept on disk."""

    symbol: str
    needs: tuple[str, ...]  # C functions that it calls
    content: bytes  # object file


def is_at_hand(name: str) -> bool:
    """Whether a function, by the name of its file, is in memory or can be loaded from disk."""
    if name in _addresses or name in _at_hand:
        return True
    content = cache.read_checked(name)
    try:
        code = None if content is None else Code(*pickle.loads(content))
    except Exception:  # whatever an unreadable file raises, compiling is the remedy
        return False
    if code is None or not all(reachable(symbol) for symbol in code.needs):
        return False
    _at_hand[name] = code
    return True


def address(name: str) -> int:
    """Return where a function begins, linking it if need be; it must be at hand."""
    if name not in _addresses:
        code = _at_hand.pop(name)
        engine = _engine()
        engine.add_object_file(llvm.ObjectFileRef.from_data(code.content))
        engine.finalize_object()
        _addresses[name] = engine.get_function_address(code.symbol)
    return _addresses[name]


def keep(name: str, start: int, code: Code | None) -> None:
    """Keep a function that was just compiled; on disk too, unless its code is good for this program only."""
    _addresses[name] = start
    if code is not None:
        cache.write_checked(name, pickle.dumps(tuple(code)))


def reachable(symbol: str) -> bool:
    """Whether machine code may use something in C; linking it to what is not there would end the program."""
    _engine()
    return llvm.address_of_symbol(symbol) is not None


@lru_cache(maxsize=1)
def _engine():
    """Return what links machine code, made as numba makes its own, with everything in C that it is told of."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    triple = llvm.get_process_triple()
    machine = llvm.Target.from_triple(triple).create_target_machine(codemodel="jitdefault", jit=True)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(f'target triple = "{triple}"'), machine)
    for name, prefix in HELPERS:
        try:
            offered = _library(name).c_helpers
        except (ImportError, AttributeError, OSError):
            continue  # another make of numba: what needs these helpers waits for numba itself
        for helper, place in offered.items():
            llvm.add_symbol(helper if helper.startswith("_") else prefix + helper, place)
    for kind in vars(builtins).values():
        if isinstance(kind, type) and issubclass(kind, BaseException):
            llvm.add_symbol(f"PyExc_{kind.__name__}", id(kind))
    return engine


def _library(name):
    """Load a library in C that belongs to numba, without the rest of it."""
    if name in sys.modules:
        return sys.modules[name]
    numba = importlib.util.find_spec("numba")
    if numba is None or numba.origin is None:
        raise ImportError(name)
    inside = Path(numba.origin).parent.joinpath(*name.split(".")[1:])
    # Under its own name: should numba be imported later, it finds this very library.
    spec = importlib.util.spec_from_file_location(name, f"{inside}{importlib.machinery.EXTENSION_SUFFIXES[0]}")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    library = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(library)
    return library
