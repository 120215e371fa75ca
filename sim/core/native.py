"""Functions as numba compiles them, each kept in one checked file per combination of argument types."""

import hashlib
import pickle
import re
from functools import cached_property, update_wrapper

import numba
from numba.core import types
from numba.core.compiler import CompileResult
from numba.core.errors import NumbaError  # noqa: F401 (for compile.py)
from numba.core.serialize import dumps
from numba.core.sigutils import normalize_signature
from numba.core.typing import signature as signature_of

from sim.core import cache
from sim.core.fingerprint import fingerprint
from sim.core.reference import Table

# No wrappers: only compiled code calls these, and a wrapper costs as much to compile as the function.
_INSIDE = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def jit(function, **options):
    """Compile ``function`` on first use, keeping the machine code on disk."""
    options |= {"nogil": True, "error_model": "numpy", "boundscheck": cache.boundscheck() or None}
    dispatcher = numba.njit(**options)(function)
    dispatcher._cache = DiskCache(function, options)
    return dispatcher


def jit_inside(function):
    """Compile ``function`` for being called by compiled code only."""
    return jit(function, **_INSIDE)


class Kernel:
    """A function that compiled code calls, and Python too.

    The two are compiled apart, each when it is first called: few kernels are called from Python, and
    without unpacking Python's arguments, here and in processes, all compiling took 36 s of CPU and not 42.
    """

    def __init__(self, function):
        update_wrapper(self, function)
        self.py_func = function

    def __call__(self, *args, **kwargs):
        """Call the function from Python."""
        return self._outside(*args, **kwargs)

    def __reduce__(self):
        return self.__qualname__  # by reference, as functions are

    @cached_property
    def _outside(self):
        return jit(self.py_func)

    @property
    def _numba_type_(self):
        """What numba asks of a global in a function that it compiles."""
        return types.Dispatcher(self._inside)

    @cached_property
    def _inside(self):
        dispatcher = jit_inside(self.py_func)
        fold = dispatcher._compiler.fold_argument_types

        def fold_plainly(args, kws):
            layout, kinds = fold(args, kws)
            return layout, tuple(plain(kind) for kind in kinds)

        dispatcher._compiler.fold_argument_types = fold_plainly
        return dispatcher


def plain(kind):
    """Return the type that a kernel takes an argument as: one for all integers, one for all floats.

    Otherwise a kernel is compiled anew for each mix of enumeration members, narrow integers and arguments
    left to their defaults: 29 of 155 compilations.
    """
    if isinstance(kind, types.Omitted) and isinstance(kind.value, (bool, int, float)):
        kind = numba.typeof(kind.value)
    kind = types.unliteral(kind)
    if isinstance(kind, (types.Integer, types.IntEnumMember)):
        return types.int64
    return types.float64 if isinstance(kind, types.Float) else kind


def kinds_of(values, names=None) -> tuple:
    """Return numba's types of arguments; those named as tables become references."""
    if names is None:
        return tuple(numba.typeof(value) for value in values)
    kinds = zip(kinds_of(values), names, strict=True)
    return tuple(kind if name == "rates" else Table(kind) for kind, name in kinds)


class ReturnValueError(TypeError):
    """A process whose result nobody would look at."""


def address(dispatcher, kinds) -> int:
    """Compile or load a function for these types and return where its machine code begins."""
    dispatcher.compile(kinds)
    result = dispatcher.overloads[kinds]
    if result.signature.return_type is not types.none:
        raise ReturnValueError
    # Normally done by the wrapper for Python, which functions called by address do not have.
    result.library.codegen.set_env(result.fndesc.env_name, result.environment)
    return result.library.get_pointer_to_function(result.fndesc.llvm_func_name)


def is_ready(dispatcher, kinds) -> bool:
    """Whether a function for these types is in memory or on disk."""
    return kinds in dispatcher.overloads or dispatcher._cache.holds(kinds)


class DiskCache:
    """What numba's dispatchers expect of a cache, with one checked file per function and types."""

    def __init__(self, function, options):
        self._function = function
        self._options = repr(sorted(options.items()))
        self.cache_path = ""
        self._at_hand = {}

    def file_name(self, signature) -> str:
        """Name the file for these argument types."""
        arguments, _ = normalize_signature(signature)
        meaning = (fingerprint(self._function), self._options, describe(arguments))
        label = re.sub(r"[^\w.]+", "", f"{self._function.__module__}.{self._function.__qualname__}")[-60:]
        return f"{label}-{hashlib.sha256(repr(meaning).encode()).hexdigest()[:32]}.bin"

    def holds(self, signature) -> bool:
        """Whether usable machine code for these types is on disk."""
        content = cache.read_checked(self.file_name(signature))
        if content is not None:
            self._at_hand[signature] = content  # loaded next: saves 0.04 s of a start
        return content is not None

    def load_overload(self, signature, target_context):
        """Return the compiled function from disk, or None to have it compiled."""
        content = self._at_hand.pop(signature, None) or cache.read_checked(self.file_name(signature))
        if content is None:
            return None
        target_context.refresh()
        try:
            found = CompileResult._rebuild(target_context, *pickle.loads(content))
        except Exception:  # whatever an unreadable file raises, compiling is the remedy
            return None
        # Classes made on the fly come back as copies; the file's name already says they match.
        arguments, _ = normalize_signature(signature)
        found.fndesc.argtypes = arguments
        return found._replace(signature=signature_of(found.signature.return_type, *arguments))

    def save_overload(self, signature, result) -> None:
        """Keep a compiled function, unless it refers to this very program's memory."""
        if result.library.has_dynamic_globals or any(not part.can_cache for part in result.lifted):
            return
        # The annotated listing repeats every type on every line and nothing here reads it.
        content = dumps(result._replace(type_annotation="")._reduce())
        cache.write_checked(self.file_name(signature), content)

    def enable(self) -> None:
        """Do nothing; the cache is always on."""

    def disable(self) -> None:
        """Do nothing; the cache is always on."""

    def flush(self) -> None:
        """Do nothing; old folders are pruned."""


def describe(kind) -> str:
    """Spell a type out, with the field names that numba's own names of tuples leave out."""
    if isinstance(kind, Table):
        return f"table {describe(kind.rows)}"
    if isinstance(kind, types.BaseNamedTuple):
        owner = kind.instance_class
        parts = zip(kind.fields, kind, strict=True)
        inside = ", ".join(f"{name}: {describe(part)}" for name, part in parts)
        return f"{owner.__module__}.{owner.__qualname__}({inside})"
    if isinstance(kind, (tuple, types.BaseTuple)):
        return f"({', '.join(describe(part) for part in kind)})"
    return str(kind)
