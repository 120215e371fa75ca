"""What a compiled function means: a hash of its code and of everything it refers to, to any depth.

Constants, enumerations, helper functions and the columns of tables are all followed by value, so that an edit
to any of them, in this package or in a user's own, compiles what depends on it again and nothing else.
"""

import contextlib
import hashlib
import sys
from types import CodeType, FunctionType, ModuleType

_FOREIGN = sys.stdlib_module_names | {"numpy", "numba", "llvmlite", "scipy"}


def fingerprint(function) -> str:
    """Hash what a function means: its code and everything it refers to, to any depth."""
    digest = hashlib.sha256()
    _feed(function, digest.update, {})
    return digest.hexdigest()


def extent(function) -> int:
    """Return how much there is to compile: bytes of meaning, enough to sort by."""
    sizes = []
    _feed(function, lambda part: sizes.append(len(part)), {})
    return sum(sizes)


def _feed(value, update, seen) -> None:
    value = getattr(value, "py_func", value)
    if isinstance(value, FunctionType):
        known = len(seen)
        update(f"function {seen.setdefault(value, known)}".encode())
        if seen[value] == known and (value.__module__ or "").split(".")[0] not in _FOREIGN:
            _feed_function(value, update, seen)
    elif isinstance(value, type):
        members = getattr(value, "__members__", {})
        fields = getattr(value, "_fields", ())
        update(f"class {value.__module__}.{value.__qualname__} {fields} ".encode())
        update(repr([(name, getattr(member, "value", member)) for name, member in members.items()]).encode())
    elif isinstance(value, tuple):
        update(f"tuple {len(value)}".encode())
        for item in value:
            _feed(item, update, seen)
    elif hasattr(value, "tobytes"):
        update(f"{type(value)} {value.dtype} {getattr(value, 'shape', ())}".encode() + value.tobytes())
    elif isinstance(value, (bool, int, float, complex, str, bytes, type(None))):
        update(f"{type(value).__name__} {value!r}".encode())
    else:
        update(f"{type(value)} {getattr(value, '__name__', '')}".encode())


def _feed_function(function, update, seen) -> None:
    names: set[str] = set()
    _feed_code(function.__code__, update, names, seen)
    _feed(function.__defaults__ or (), update, seen)
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # a cell that is still empty
            _feed(cell.cell_contents, update, seen)
    _feed_names(vars_of=function.__globals__, names=names, update=update, seen=seen, modules=set())


def _feed_names(vars_of, names, update, seen, modules) -> None:
    for name in sorted(names & vars_of.keys()):
        value = vars_of[name]
        update(f"name {name} ".encode())
        if not isinstance(value, ModuleType):
            _feed(value, update, seen)
        elif value.__name__.split(".")[0] not in _FOREIGN and value not in modules:
            _feed_names(vars(value), names, update, seen, modules | {value})


def _feed_code(code: CodeType, update, names, seen) -> None:
    names.update(code.co_names)
    update(repr((code.co_code, code.co_names, code.co_varnames, code.co_freevars)).encode())
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            _feed_code(constant, update, names, seen)
        elif isinstance(constant, frozenset):
            update(repr(sorted(map(repr, constant))).encode())
        else:
            _feed(constant, update, seen)
