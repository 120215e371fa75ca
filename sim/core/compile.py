"""Compiling: kernels, chains of processes, and telling the user while it takes long.

Importing this module is cheap; numba is imported when the first kernel is made.
"""

import contextlib
import hashlib
import linecache
import sys
import threading
import time
from functools import lru_cache
from types import ModuleType

import numpy as np

from sim.core.process import (
    Process,
    ScheduleError,
    check_schedule,
    check_tables,
    driver_source,
    interpreted,
    process,
    step_source,
)

__all__ = [
    "Advance",
    "Process",
    "ScheduleError",
    "announce",
    "compile_notice",
    "compile_schedule",
    "interpreted",
    "kernel",
    "process",
]

# No wrappers: only drivers call these, and a wrapper costs as much to compile as the function.
_PROCESS = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
# No reference counts: a driver owns nothing, and counting 150 arrays takes longer than a process.
_DRIVER = {"_nrt": False, "no_cfunc_wrapper": True}


def kernel(function):
    """Compile a function for use by processes and other kernels.

    Parameters
    ----------
    function : callable
        A plain function within what numba compiles.

    Returns
    -------
    callable
        The compiled function, or ``function`` itself when PEACESIM_INTERPRETED=1.
    """
    if interpreted():
        return function
    from sim.core import cache

    return cache.jit(function)


def compile_schedule(schedule, world=None, rates=None) -> "Advance":
    """Make one function of a chain of processes.

    Parameters
    ----------
    schedule : sequence of Process
    world, rates : optional
        Instances or NamedTuple classes to check names against now rather than on the first run.

    Returns
    -------
    Advance
        ``advance(world, rates, on, until)``. Nothing is compiled before its first run.
    """
    check_schedule(schedule)
    check_tables(schedule, world, rates)
    return Advance(tuple(schedule))


class Advance:
    """Whole weeks of a chain of processes.

    Attributes
    ----------
    schedule : tuple of Process
    source : str
        The generated function.
    compiled : bool
        False if it runs as a Python loop: interpreted, or with a plain Python process in it.
    """

    def __init__(self, schedule, source=None):
        self.schedule = schedule
        self.source = driver_source(schedule) if source is None else source
        self.compiled = not interpreted() and all(step.compiled for step in schedule)
        self._ready = {}
        self._driver = None if self.compiled else _load(self.source, lambda table: table, _call_python)

    def __call__(self, world, rates, on, until) -> None:
        """Run until week ``until`` or until ``world.clock.halt[0]`` is set.

        Parameters
        ----------
        world : NamedTuple of NamedTuples of arrays
        rates : NamedTuple of numpy.record, or one numpy.record of records
        on : array of bool
            Which processes run, in the order of the schedule.
        until : int
            The week to stop before.
        """
        on = np.array(on, dtype=np.bool_)  # a copy: any other kind of array would be another type to compile
        if on.shape != (len(self.schedule),):
            raise ValueError(f"on has shape {on.shape} for {len(self.schedule)} processes")
        targets = self.prepare(world, rates)
        self._driver(world, rates, on, int(until), targets)

    def __reduce__(self):
        return type(self), (self.schedule,)

    def prepare(self, world, rates):
        """Check, and compile or load what is needed, without running a week."""
        key = (_layout(world), _layout(rates))
        if key not in self._ready:
            check_tables(self.schedule, world, rates)
            arguments = [step.arguments(world, rates) for step in self.schedule]
            whole = (world, rates, np.empty(0, np.bool_), 0)
            self._ready[key] = self._targets(arguments, whole)
        return self._ready[key]

    def needs_compiling(self, world, rates) -> bool:
        """Whether the first run with such a world has to compile something."""
        if not self.compiled or (_layout(world), _layout(rates)) in self._ready:
            return False
        check_tables(self.schedule, world, rates)
        arguments = [step.arguments(world, rates) for step in self.schedule]
        return bool(self._missing(*self._kinds(arguments, (world, rates, np.empty(0, np.bool_), 0))))

    def _targets(self, arguments, whole):
        """Return what the driver calls: addresses of machine code, or Python functions."""
        if not self.compiled:
            return tuple(_python_target(step) for step in self.schedule)
        from sim.core import cache

        parts, driver = self._kinds(arguments, whole)
        missing = self._missing(parts, driver)
        with contextlib.ExitStack() as stack:
            if missing:
                stack.enter_context(_announced())
                stack.enter_context(cache.one_at_a_time())
            found = [_machine_code(step, kinds) for step, kinds in zip(self.schedule, parts, strict=True)]
            self._driver.compile(driver)
        return np.array(found, dtype=np.int64)

    def _kinds(self, arguments, whole):
        """Return the types the processes and the driver are to be compiled for."""
        from sim.core import cache

        if self._driver is None:
            self._driver = _compiled_driver(self.source)
        pairs = zip(self.schedule, arguments, strict=True)
        parts = [cache.kinds_of(values, step.tables) for step, values in pairs]
        return parts, cache.kinds_of((*whole, np.empty(0, np.int64)))

    def _missing(self, parts, driver) -> list:
        """List the functions that are neither in memory nor on disk for these types."""
        wanted = [(_native(step), kinds) for step, kinds in zip(self.schedule, parts, strict=True)]
        wanted.append((self._driver, driver))
        return [f for f, kinds in wanted if kinds not in f.overloads and not f._cache.holds(kinds)]


class _Step(Advance):
    """One process, called from Python with its own arguments."""

    def __init__(self, step):
        super().__init__((step,), step_source(step))

    def __call__(self, *arguments) -> None:
        key = tuple(_layout(value) for value in arguments)
        if key not in self._ready:
            self._ready[key] = self._targets([arguments], arguments)
        self._driver(*arguments, self._ready[key])


def compile_step(step):
    """Make a function that runs one process once, taking what the process takes."""
    return _Step(step)


@lru_cache(maxsize=512)
def _native(step):
    """Return the dispatcher that drivers call for this process."""
    from sim.core import cache

    return cache.jit(step.function, **_PROCESS)


def _compiled_driver(source):
    from sim.core import cache

    return cache.jit(_load(source, cache.refer, cache.call), **_DRIVER)


def _machine_code(step, kinds) -> int:
    """Compile or load a process for these types and return its address."""
    from sim.core import cache

    try:
        return cache.address(_native(step), kinds)
    except cache.NumbaError as error:
        raise ScheduleError(f"process {step.name!r} cannot be compiled:\n{error}") from error
    except cache.ReturnValueError:
        raise ScheduleError(f"process {step.name!r} must return nothing") from None


def _python_target(step):
    return step.function if interpreted() or not step.compiled else step.alone


def _call_python(target, arguments) -> None:
    target(*arguments)


def _load(source, refer, call):
    """Turn generated source into a function, with its text where tracebacks and debuggers look for it."""
    name = f"schedule_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    path = f"<{name}>"
    if not interpreted():
        from sim.core import cache

        path = cache.write(f"{name}.py", source.encode()) or path
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    module = ModuleType(name)
    module.refer, module.call = refer, call
    # Machine code read from disk looks its module up by name.
    sys.modules[name] = module
    exec(compile(source, path, "exec"), vars(module))
    return module.advance


def _layout(value):
    """Describe the memory layout of arguments, so that machine code is never given another one."""
    if isinstance(value, tuple):
        return (type(value), *map(_layout, value))
    if isinstance(value, np.ndarray):
        flags = value.flags
        order = flags.c_contiguous, flags.f_contiguous
        return value.dtype, value.ndim, order, flags.aligned, flags.writeable
    return getattr(value, "dtype", None) or type(value)


_listeners: list = []


def announce(callback):
    """Have ``callback(stage, seconds)`` called when compiling starts and is done.

    Parameters
    ----------
    callback : callable
        Gets ``"start", 0.0`` and later ``"done", seconds``. Loading from disk calls nothing.

    Returns
    -------
    callable
        Takes the callback off again.
    """
    _listeners.append(callback)
    return lambda: _listeners.remove(callback)


@contextlib.contextmanager
def _announced():
    listeners, began = tuple(_listeners), time.monotonic()
    for callback in listeners:
        callback("start", 0.0)
    try:
        yield
    finally:
        for callback in listeners:
            callback("done", time.monotonic() - began)


@contextlib.contextmanager
def compile_notice(stream=None, patience=1.0):
    """Tell about compiling inside the ``with`` block, if there is any and it takes longer than ``patience``.

    A terminal gets one line that counts seconds; anything else gets one line at the start and one at the end.
    """
    notice = _Notice(sys.stderr if stream is None else stream, patience)
    remove = announce(notice)
    try:
        yield
    finally:
        remove()


class _Notice:
    """Prints while something is compiled, from a thread because compiling occupies the caller."""

    TEXT = "Compiling the model for this machine (about a minute, once)..."

    def __init__(self, stream, patience):
        self._stream, self._patience = stream, patience
        self._terminal = bool(getattr(stream, "isatty", bool)())
        self._threads = []

    def __call__(self, stage, seconds):
        if stage == "start":
            over = threading.Event()
            thread = threading.Thread(target=self._tell, args=(over,), daemon=True)
            self._threads.append((over, thread))
            thread.start()
        else:
            over, thread = self._threads.pop()
            over.set()
            thread.join()

    def _tell(self, over):
        began = time.monotonic()
        if over.wait(self._patience):
            return
        self._put("" if self._terminal else self.TEXT + "\n")
        while True:
            if self._terminal:
                self._put(f"\r{self.TEXT} {time.monotonic() - began:.0f} s")
            if over.wait(1.0):
                break
        seconds = time.monotonic() - began
        self._put(f"\r{self.TEXT} {seconds:.0f} s\n" if self._terminal else f"Compiled in {seconds:.0f} s.\n")

    def _put(self, text):
        with contextlib.suppress(OSError, ValueError):  # a closed stream must not stop a run
            self._stream.write(text)
            self._stream.flush()
