"""Compiling: kernels and chains of processes.

Importing this module is cheap, and so is running what was compiled before: numba is imported when something has to
be compiled.
"""

import hashlib
import linecache
from collections.abc import Sequence
from functools import cached_property, update_wrapper
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from sim.core.notice import announced
from sim.core.process import (
    Process,
    ScheduleError,
    check_schedule,
    check_tables,
    driver_source,
    interpreted,
    process,
)

__all__ = [
    "Advance",
    "Process",
    "ScheduleError",
    "compile_schedule",
    "interpreted",
    "kernel",
    "process",
]


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
    return function if interpreted() else Kernel(function)


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
        from sim.core import native

        return native.jit(self.py_func)

    @cached_property
    def _inside(self):
        from sim.core import native

        return native.jit_inside(self.py_func)

    @property
    def _numba_type_(self):
        """What numba asks of a global in a function that it compiles."""
        from sim.core import native

        return native.type_of(self._inside)


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


class Chain(NamedTuple):
    """What a driver works through, week by week."""

    on: Any  # which processes run, in the order of the schedule
    targets: Any  # where their machine code begins, or the processes themselves
    places: Any  # where the arguments of all of them are, one after the other, or the arguments themselves


class Advance:
    """Whole weeks of a chain of processes.

    Attributes
    ----------
    schedule : tuple of Process
    source : str
        The function that runs weeks, the driver.
    compiled : bool
        False if it runs as a Python loop: interpreted, or with a plain Python process in it.
    """

    def __init__(self, schedule):
        self.schedule = schedule
        self.source = driver_source(schedule)
        self.compiled = not interpreted() and all(step.compiled for step in schedule)
        self._driver = Process(_load(self.source), "week", ("clock", "chain", "until"))
        self._ready = {}
        self._asks = [
            (table == "rates", step.name if table == "rates" else table) for step in schedule for table in step.tables
        ]

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
        targets, driver = self.prepare(world, rates)
        # Their names were checked above.
        arguments = [world if name == "world" else getattr(rates if own else world, name) for own, name in self._asks]
        if driver is None:
            self._driver.function(world.clock, Chain(on, targets, arguments), until)
            return
        from sim.core import calling

        places, _kept = calling.lay_out(arguments)
        calling.call(driver, (world.clock, Chain(on, targets, places), int(until)))

    def __reduce__(self):
        return type(self), (self.schedule,)

    def prepare(self, world, rates):
        """Check, and compile or load what is needed, without running a week.

        Returns
        -------
        targets : array of int, or tuple of functions
            Where the machine code of each process begins.
        driver : int or None
            Where that of the driver begins; None where the driver is plain Python.
        """
        if not self.compiled:
            return tuple(step.run for step in self.schedule), None
        from sim.core import calling

        key = calling.layout(world), calling.layout(rates)
        if key not in self._ready:
            *targets, driver = addresses(*self._asked(world, rates))
            self._ready[key] = np.array(targets, dtype=np.int64), driver
        return self._ready[key]

    def needs_compiling(self, world, rates) -> bool:
        """Whether the first run with such a world has to compile something."""
        if not self.compiled:
            return False
        from sim.core import calling, machine

        steps, arguments = self._asked(world, rates)
        return not all(machine.is_at_hand(name) for name in map(calling.file_name, steps, arguments))

    def _asked(self, world, rates):
        """Return the processes and the driver, and what each of them takes."""
        check_tables(self.schedule, world, rates)
        chain = Chain(np.empty(0, np.bool_), np.empty(0, np.int64), np.empty(0, np.int64))
        arguments = [step.arguments(world, rates) for step in self.schedule]
        return (*self.schedule, self._driver), [*arguments, (world.clock, chain, 0)]


class Step:
    """One process, called from Python with its own arguments."""

    def __init__(self, step):
        self._step = step
        self._ready = {}

    def __call__(self, *arguments) -> None:
        from sim.core import calling

        key = calling.layout(arguments)
        if key not in self._ready:
            self._ready[key] = addresses([self._step], [arguments])[0]
        calling.call(self._ready[key], arguments)


def addresses(steps: Sequence[Process], arguments: Sequence) -> list[int]:
    """Return where the machine code of processes begins, loaded from disk or compiled for such arguments."""
    from sim.core import calling, machine

    with machine.lock:
        names = [calling.file_name(step, given) for step, given in zip(steps, arguments, strict=True)]
        if not all([machine.is_at_hand(name) for name in names]):
            _compile(steps, arguments, names)
        return [machine.address(name) for name in names]


def _compile(steps, arguments, names) -> None:
    """Compile what is not at hand, here and in helpers."""
    from sim.core import cache, helpers, machine, native

    native.wake()  # some of it may only have waited for numba
    jobs = [
        (step, native.kinds_of(given), name)
        for step, given, name in zip(steps, arguments, names, strict=True)
        if not machine.is_at_hand(name)
    ]
    if jobs:
        with announced(), cache.one_at_a_time():
            helpers.share(jobs, compile_process)
            for job in jobs:
                compile_process(*job)


def compile_process(step, kinds, name) -> None:
    """Compile a process for some types and keep it under a name, unless it is at hand.

    Raises
    ------
    ScheduleError
        If it cannot be compiled, or returns something.
    """
    from sim.core import machine, native

    if machine.is_at_hand(name):
        return
    try:
        machine.keep(name, *native.machine_code(step.function, kinds))
    except native.NumbaError as error:
        raise ScheduleError(f"process {step.name!r} cannot be compiled:\n{error}") from error
    except native.ReturnValueError:
        raise ScheduleError(f"process {step.name!r} must return nothing") from None


class _Call:
    """What ``call`` means in a driver: a call of a Python function, or of an address in machine code."""

    def __call__(self, target, arguments) -> None:
        target(*arguments)

    @property
    def _numba_type_(self):
        from sim.core import native

        return native.type_of_call()


def _load(source):
    """Turn generated source into a function, with its text where tracebacks and debuggers look for it."""
    name = f"schedule_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    path = f"<{name}>"
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    module = ModuleType(name)
    vars(module)["call"] = _Call()
    exec(compile(source, path, "exec"), vars(module))
    return module.advance
