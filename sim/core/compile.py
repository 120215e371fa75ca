"""Compiling: kernels and chains of processes.

Importing this module is cheap; numba is imported when the first kernel is made.
"""

import hashlib
import linecache
import sys
from functools import lru_cache
from types import ModuleType

import numpy as np

from sim.core.notice import announce, announced, compile_notice
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

# No reference counts: a driver owns nothing.
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
    from sim.core.native import Kernel

    return Kernel(function)


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
        self._driver = None if self.compiled else _load(self.source, _call_python)

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
        places, _kept = self.places(world, rates)
        self._driver(world.clock, on, int(until), targets, places)

    def __reduce__(self):
        return type(self), (self.schedule,)

    def places(self, world, rates):
        """Return what the driver hands to the processes, and what has to be kept while it runs."""
        return self._laid_out([given for step in self.schedule for given in step.arguments(world, rates)])

    def _laid_out(self, arguments):
        if not self.compiled:
            return arguments, None
        from sim.core import reference

        return reference.lay_out(arguments)

    def prepare(self, world, rates):
        """Check, and compile or load what is needed, without running a week."""
        key = (_layout(world), _layout(rates))
        if key not in self._ready:
            check_tables(self.schedule, world, rates)
            self._ready[key] = self._targets(*self._asked(world, rates))
        return self._ready[key]

    def needs_compiling(self, world, rates) -> bool:
        """Whether the first run with such a world has to compile something."""
        if not self.compiled or (_layout(world), _layout(rates)) in self._ready:
            return False
        check_tables(self.schedule, world, rates)
        from sim.core import native

        jobs, driver = self._kinds(*self._asked(world, rates))
        wanted = [*((_native(step), kinds) for step, kinds in jobs), (self._driver, driver)]
        return not all(native.is_ready(function, kinds) for function, kinds in wanted)

    def _asked(self, world, rates):
        """Return what the processes take, and what the driver takes before targets and places."""
        arguments = [step.arguments(world, rates) for step in self.schedule]
        return arguments, (world.clock, np.empty(0, np.bool_), 0)

    def _targets(self, arguments, first):
        """Return what the driver calls: addresses of machine code, or Python functions."""
        if not self.compiled:
            return tuple(_python_target(step) for step in self.schedule)
        from sim.core import cache, helpers, native

        jobs, driver = self._kinds(arguments, first)
        missing = [(step, kinds) for step, kinds in jobs if not native.is_ready(_native(step), kinds)]
        if missing or not native.is_ready(self._driver, driver):
            with announced(), cache.one_at_a_time():
                helpers.share(missing, machine_code)
                self._driver.compile(driver)
        found = [machine_code(step, kinds) for step, kinds in jobs]
        self._driver.compile(driver)
        return np.array(found, dtype=np.int64)

    def _kinds(self, arguments, first):
        """Return each process with the types it is to be compiled for, and those of the driver."""
        from sim.core import native

        if self._driver is None:
            self._driver = _compiled_driver(self.source)
        pairs = zip(self.schedule, arguments, strict=True)
        jobs = [(step, native.kinds_of(values, step.tables)) for step, values in pairs]
        addresses = np.empty(0, np.int64)
        return jobs, native.kinds_of((*first, addresses, addresses))


class _Step(Advance):
    """One process, called from Python with its own arguments."""

    def __init__(self, step):
        super().__init__((step,), step_source(step))

    def __call__(self, *arguments) -> None:
        key = tuple(_layout(value) for value in arguments)
        if key not in self._ready:
            self._ready[key] = self._targets([arguments], ())
        places, _kept = self._laid_out(arguments)
        self._driver(self._ready[key], places)


def compile_step(step):
    """Make a function that runs one process once, taking what the process takes."""
    return _Step(step)


@lru_cache(maxsize=512)
def _native(step):
    """Return the dispatcher that drivers call for this process."""
    from sim.core import native

    return native.jit_inside(step.function)


def _compiled_driver(source):
    from sim.core import native, reference

    return native.jit(_load(source, reference.call), **_DRIVER)


def machine_code(step, kinds) -> int:
    """Compile or load a process for these types and return its address."""
    from sim.core import native

    try:
        return native.address(_native(step), kinds)
    except native.NumbaError as error:
        raise ScheduleError(f"process {step.name!r} cannot be compiled:\n{error}") from error
    except native.ReturnValueError:
        raise ScheduleError(f"process {step.name!r} must return nothing") from None


def _python_target(step):
    return step.function if interpreted() or not step.compiled else step.alone


def _call_python(target, arguments) -> None:
    target(*arguments)


def _load(source, call):
    """Turn generated source into a function, with its text where tracebacks and debuggers look for it."""
    name = f"schedule_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    path = f"<{name}>"
    if not interpreted():
        from sim.core import cache

        path = cache.write(f"{name}.py", source.encode()) or path
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    module = ModuleType(name)
    module.call = call
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
