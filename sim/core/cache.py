"""Machine code: where it is kept on disk, when it may be used again, and how drivers call it.

This module imports numba; ``sim.core.compile`` imports it when something is compiled.

Stale code is excluded twice. The folder is named by everything that shapes
machine code: every source file of the package, the versions, the processor and
the flags. Inside it, a file is named by what the function and all it refers to
mean (`fingerprint`), which also covers functions outside the package. numba's
own cache looks at one source file per function only, and two programs that
compile at once can cross two of its entries.
"""

import contextlib
import hashlib
import os
import pickle
import platform
import re
import shutil
import sys
import tempfile
import time
import uuid
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import llvmlite
import llvmlite.binding as llvm
import numba
import numpy
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.compiler import CompileResult
from numba.core.errors import NumbaError  # noqa: F401 (for compile.py)
from numba.core.imputils import impl_ret_borrowed, lower_getattr_generic
from numba.core.serialize import dumps
from numba.core.sigutils import normalize_signature
from numba.core.typing import signature as signature_of
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import intrinsic, models, register_model

try:
    import fcntl
except ImportError:  # Windows: programs that start together each compile for themselves
    fcntl = None

KEPT = 4
DAY = 86400.0
_FOREIGN = sys.stdlib_module_names | {"numpy", "numba", "llvmlite", "scipy"}


def boundscheck() -> bool:
    """Whether PEACESIM_BOUNDSCHECK=1 asks for checked indexing."""
    return os.environ.get("PEACESIM_BOUNDSCHECK") == "1"


def sources_digest(package: Path) -> str:
    """Hash the names and contents of all Python sources below ``package``."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(package).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _build() -> tuple[str, ...]:
    """Everything but the flags and the function's own meaning that shapes machine code; read once.

    Only this package's own sources are hashed as text: what a compiled function means, and all it refers to, is in
    its fingerprint, so an edit to one process compiles that process again and no other.
    """
    return (
        sources_digest(Path(__file__).resolve().parent),
        sys.version,
        platform.machine(),
        *(module.__version__ for module in (numba, numpy, llvmlite)),
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
        *sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_")),
    )


def folder() -> Path | None:
    """Return the folder for machine code of this build, or None if nothing is writable."""
    key = hashlib.sha256(repr((_build(), boundscheck())).encode()).hexdigest()[:24]
    return _open_folder(os.environ.get("PEACESIM_CACHE_DIR", ""), key)


@lru_cache(maxsize=8)
def _open_folder(wanted: str, key: str) -> Path | None:
    for base in _bases(wanted):
        path = base / f"code-{key}"
        try:
            # 0700 because loading machine code means trusting whoever wrote it.
            base.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.mkdir(exist_ok=True, mode=0o700)
            if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
                continue
            (path / "used").touch()
            tempfile.TemporaryFile(dir=path).close()
        except OSError:
            continue
        prune(base, keep=path)
        return path
    return None


def _bases(wanted: str):
    """Yield the places to try, best first."""
    if wanted:
        yield Path(wanted).expanduser()
    with contextlib.suppress(RuntimeError):  # no home folder
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
            yield Path(local) / "peacesim" / "cache"
        elif sys.platform == "darwin":
            yield Path.home() / "Library" / "Caches" / "peacesim"
        else:
            yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "peacesim"
    user = os.getuid() if hasattr(os, "getuid") else "user"
    with contextlib.suppress(OSError):  # not even a folder for temporary files
        yield Path(tempfile.gettempdir()) / f"peacesim-{user}"


def prune(base: Path, keep: Path) -> None:
    """Delete old folders of machine code: all but the last few, and none used within a day."""
    ages = []
    for path in base.glob("code-*"):
        with contextlib.suppress(OSError):
            ages.append((time.time() - (path / "used").stat().st_mtime, path))
    for age, path in sorted(ages)[KEPT:]:
        if age > DAY and path != keep:
            # Renamed first: another program sees the whole folder or none of it.
            doomed = base / f"old-{uuid.uuid4().hex}"
            with contextlib.suppress(OSError):
                path.rename(doomed)
                shutil.rmtree(doomed, ignore_errors=True)


@contextlib.contextmanager
def one_at_a_time(seconds=600.0):
    """Let one program compile while others wait for its result; give up waiting after a while."""
    place = folder()
    if place is None or fcntl is None:
        yield
        return
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            handle = stack.enter_context(open(place / "lock", "a"))
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    time.sleep(0.1)
        yield


def write(name: str, content: bytes) -> str:
    """Put a file into the folder, whole or not at all, and return its path; a full disk is no error."""
    place = folder()
    if place is None:
        return ""
    waiting = place / f"{name}.{uuid.uuid4().hex[:12]}.tmp"
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        waiting.write_bytes(content)
        os.replace(waiting, place / name)
    except OSError:
        with contextlib.suppress(OSError):
            waiting.unlink()
        return ""
    return str(place / name)


def write_checked(name: str, content: bytes) -> None:
    """Put a file into the folder behind a checksum, for `read_checked`."""
    write(name, hashlib.sha256(content).digest() + content)


def read_checked(name: str) -> bytes | None:
    """Read what `write_checked` wrote; None if missing, cut short or damaged."""
    place = folder()
    if place is None:
        return None
    try:
        content = (place / name).read_bytes()
    except OSError:
        return None
    return content[32:] if hashlib.sha256(content[32:]).digest() == content[:32] else None


def fingerprint(function) -> str:
    """Hash what a function means: its code and everything it refers to, to any depth."""
    digest = hashlib.sha256()
    _feed(function, digest.update, {})
    return digest.hexdigest()


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


# What follows meets numba itself.


def jit(function, **options):
    """Compile ``function`` on first use, keeping the machine code on disk."""
    options |= {"nogil": True, "error_model": "numpy", "boundscheck": boundscheck() or None}
    dispatcher = numba.njit(**options)(function)
    dispatcher._cache = DiskCache(function, options)
    return dispatcher


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

    def holds(self, signature) -> bool:
        """Whether usable machine code for these types is on disk."""
        return read_checked(self.file_name(signature)) is not None

    def load_overload(self, signature, target_context):
        """Return the compiled function from disk, or None to have it compiled."""
        content = read_checked(self.file_name(signature))
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
        write_checked(self.file_name(signature), dumps(result._replace(type_annotation="")._reduce()))

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


class Table(types.Type):
    """A named tuple of arrays handed on by its address rather than array by array."""

    def __init__(self, rows):
        self.rows = rows
        super().__init__(f"Table({rows})")

    @property
    def key(self):
        """What makes two of these types equal."""
        return self.rows


register_model(Table)(models.OpaqueModel)


@infer_getattr
class _TableColumns(AttributeTemplate):
    key = Table

    def generic_resolve(self, table, name):
        if name in table.rows.fields:
            return table.rows[table.rows.fields.index(name)]
        return None


@lower_getattr_generic(Table)
def _column(context, builder, table, address, name):
    """Read one column: an array without an owner, so that nothing counts references to it."""
    index = table.rows.fields.index(name)
    kind = table.rows[index]
    start = builder.bitcast(address, context.get_value_type(table.rows).as_pointer())
    place = cgutils.gep_inbounds(builder, start, 0, index)
    if not isinstance(kind, types.Array):
        return impl_ret_borrowed(context, builder, kind, builder.load(place))
    layout = context.get_value_type(kind)
    # The arrays behind a table never change while a process runs; saying so lets loops
    # keep their addresses in registers although the loop writes to other arrays.
    fixed = builder.module.add_metadata([])
    value = ir.Constant(layout, ir.Undefined)
    for i, part in enumerate(context.data_model_manager[kind]._fields):
        if part in ("meminfo", "parent"):
            value = builder.insert_value(value, ir.Constant(layout.elements[i], None), i)
            continue
        inner = range(getattr(layout.elements[i], "count", 0))
        for path in [(i, k) for k in inner] or [(i,)]:
            leaf = builder.load(cgutils.gep_inbounds(builder, place, 0, *path))
            leaf.set_metadata("invariant.load", fixed)
            value = builder.insert_value(value, leaf, path)
    return value


@intrinsic
def refer(typing_context, rows):
    """Give the address of a table; only to be handed to `call`."""

    def generate(context, builder, signature, arguments):
        place = cgutils.alloca_once_value(builder, arguments[0])
        return builder.bitcast(place, cgutils.voidptr_t)

    return Table(rows)(rows), generate


@intrinsic
def call(typing_context, target, arguments):
    """Call machine code by its address, so that a driver does not compile it once more."""

    def generate(context, builder, signature, values):
        kinds = signature.args[1].types
        convention = context.call_conv
        pointer = convention.get_function_type(types.none, kinds).as_pointer()
        code = builder.inttoptr(values[0], pointer)
        given = cgutils.unpack_tuple(builder, values[1])
        status, _ = convention.call_function(builder, code, types.none, kinds, given)
        with cgutils.if_unlikely(builder, status.is_error):
            convention.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return types.none(target, arguments), generate
