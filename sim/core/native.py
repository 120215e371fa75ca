"""Functions as numba compiles them: processes for their machine code, kernels for use inside other functions."""

import hashlib
import pickle
import re

import llvmlite.binding as llvm
import numba
from numba.core import types
from numba.core.compiler import CompileResult
from numba.core.errors import NumbaError  # noqa: F401 (for compile.py)
from numba.core.registry import cpu_target
from numba.core.serialize import dumps
from numba.core.sigutils import normalize_signature
from numba.core.typing import signature as signature_of

from sim.core import cache, reference
from sim.core.fingerprint import fingerprint
from sim.core.linked import WholeCompiler, tell_environments
from sim.core.machine import Code
from sim.core.reference import Numbers, Table

# No wrappers: only addresses are wanted, and a wrapper costs as much to compile as the function.
_INSIDE = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
# What prints unpickles as it runs, by numba's own Python: without the compiler it would wait for ever.
_UNPICKLE = "numba_unpickle"
_ALWAYS = {"nogil": True, "error_model": "numpy"}


class ReturnValueError(TypeError):
    """A process whose result nobody would look at."""


def machine_code(function, kinds, **options) -> tuple[int, Code | None]:
    """Compile a function that returns nothing.

    Parameters
    ----------
    function : callable
    kinds : tuple of numba types
        See `kinds_of`.

    Returns
    -------
    address : int
        Where its machine code begins.
    code : Code or None
        What can be kept on disk, None where it is good for this program only.
    """
    dispatcher = numba.njit(**_options(_INSIDE | options), pipeline_class=WholeCompiler)(function)
    dispatcher.compile(kinds)
    result = dispatcher.overloads[kinds]
    if result.signature.return_type is not types.none:
        raise ReturnValueError
    library, symbol = result.library, result.fndesc.llvm_func_name
    # Normally done by the wrapper for Python, which these functions do not have.
    library.codegen.set_env(result.fndesc.env_name, result.environment)
    address = library.get_pointer_to_function(symbol)
    if tell_environments(library) or not _good_elsewhere(result) or result.environment.consts:
        return address, None
    _, _, (content, _) = library.serialize_using_object_code()
    module = llvm.parse_bitcode(library.serialize_using_bitcode()[2])
    named = [part for part in (*module.functions, *module.global_variables) if part.is_declaration]
    needs = sorted(part.name for part in named if not part.name.startswith("llvm."))
    if _UNPICKLE in needs:
        return address, None
    return address, Code(symbol, tuple(needs), content)


def wake() -> None:
    """Have numba tell LLVM of everything that machine code may call."""
    cpu_target.target_context.refresh()


def kinds_of(values) -> tuple:
    """Return numba's types of arguments, for machine code that takes tables by their address."""
    return tuple(by_address(numba.typeof(value)) for value in values)


def by_address(kind):
    """Return the type as which a process takes an argument: tables and records by their address."""
    if isinstance(kind, types.BaseTuple):
        return Table(kind)
    return Numbers(kind) if isinstance(kind, types.Record) else kind


def jit(function, **options):
    """Compile ``function`` on first use, keeping what numba makes of it on disk."""
    options = _options(options)
    dispatcher = numba.njit(**options)(function)
    dispatcher._cache = DiskCache(function, options)
    return dispatcher


def jit_inside(function):
    """Compile a kernel for being called by compiled code only."""
    dispatcher = jit(function, **_INSIDE)
    fold = dispatcher._compiler.fold_argument_types

    def fold_plainly(args, kws):
        layout, kinds = fold(args, kws)
        return layout, tuple(plain(kind) for kind in kinds)

    dispatcher._compiler.fold_argument_types = fold_plainly
    return dispatcher


def _options(special) -> dict:
    return _ALWAYS | {"boundscheck": cache.boundscheck() or None} | special


def type_of(dispatcher):
    """Return the type of a compiled function, which numba asks of a global in a function that it compiles."""
    return types.Dispatcher(dispatcher)


def type_of_call():
    """Return the type of `sim.core.reference.call`."""
    return cpu_target.typing_context.resolve_value_type(reference.call)


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


def _good_elsewhere(result) -> bool:
    """Whether compiled code refers to nothing in this very program's memory."""
    return not result.library.has_dynamic_globals and all(part.can_cache for part in result.lifted)


class DiskCache:
    """What numba's dispatchers expect of a cache, with one checked file per function and types."""

    def __init__(self, function, options):
        self._function = function
        self._options = repr(sorted(options.items()))
        self.cache_path = ""

    def file_name(self, signature) -> str:
        """Name the file for these argument types."""
        arguments, _ = normalize_signature(signature)
        meaning = (fingerprint(self._function), self._options, describe(arguments))
        label = re.sub(r"[^\w.]+", "", f"{self._function.__module__}.{self._function.__qualname__}")[-60:]
        return f"{label}-{hashlib.sha256(repr(meaning).encode()).hexdigest()[:32]}.bin"

    def load_overload(self, signature, target_context):
        """Return the compiled function from disk, or None to have it compiled."""
        content = cache.read_checked(self.file_name(signature))
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
        if not _good_elsewhere(result):
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
        return f"table {describe(kind.kind)}"
    if isinstance(kind, types.BaseNamedTuple):
        owner = kind.instance_class
        parts = zip(kind.fields, kind, strict=True)
        inside = ", ".join(f"{name}: {describe(part)}" for name, part in parts)
        return f"{owner.__module__}.{owner.__qualname__}({inside})"
    if isinstance(kind, (tuple, types.BaseTuple)):
        return f"({', '.join(describe(part) for part in kind)})"
    return str(kind)
