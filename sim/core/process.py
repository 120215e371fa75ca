"""Processes: plain functions over tables, and the chains made of them.

Nothing in this module needs the compiler, so listing, checking or describing
processes stays quick.
"""

import importlib
import inspect
import os
from dataclasses import dataclass, field
from functools import cached_property
from types import FunctionType
from typing import Any

from sim.core.errors import SimError


class ScheduleError(SimError, TypeError):
    """A process or a chain of processes does not fit the world it is run on."""


def interpreted() -> bool:
    """Whether PEACESIM_INTERPRETED=1 (or numba's own switch) asks for plain Python everywhere."""
    return "1" in (os.environ.get("PEACESIM_INTERPRETED"), os.environ.get("NUMBA_DISABLE_JIT"))


@dataclass(frozen=True, eq=False)
class Process:
    """One step of the week, as a function over named tables of the world.

    Parameters
    ----------
    function : callable
        The plain Python function.
    name : str
        Name in the chain and among the rates.
    tables : tuple of str
        Parameter names in order, ``rates`` (and ``world``) included.
    writes : tuple of str
        What the function may change: ``table.column``, or ``table`` for all of it.
    compiled : bool
        Whether the function is compiled or stays plain Python.
    """

    function: FunctionType
    name: str
    tables: tuple[str, ...]
    writes: tuple[str, ...] = ()
    compiled: bool = True
    doc: str = field(default="", repr=False)

    @property
    def summary(self) -> str:
        """First sentence of the docstring, on one line."""
        text = " ".join(self.doc.split("\n\n")[0].split())
        head, stop, _ = text.partition(". ")
        return head + "." if stop else text

    @cached_property
    def kernel(self) -> Any:
        """The function as other compiled functions can call it (plain if not compiled)."""
        from sim.core.compile import kernel

        return kernel(self.function) if self.compiled else self.function

    @cached_property
    def alone(self) -> Any:
        """The function as Python calls it; shares machine code with the chains it is in."""
        from sim.core.compile import Step

        return Step(self)

    def __call__(self, world, rates=None) -> None:
        """Run this process once, by itself.

        Parameters
        ----------
        world : NamedTuple of tables
        rates : NamedTuple or record, optional
            Holds one record per process name; only read if the function takes ``rates``.
        """
        self.run(*self.arguments(world, rates))

    def run(self, *arguments) -> None:
        """Run this process once, by itself, on what it takes, in the order of ``tables``."""
        function = self.function if interpreted() or not self.compiled else self.alone
        function(*arguments)

    def arguments(self, world, rates) -> list:
        """Pick what the function takes out of ``world`` and ``rates``."""
        picked = []
        for table in self.tables:
            if table == "world":
                picked.append(world)
            elif table == "rates":
                picked.append(_pick(rates, self.name, self, "rates"))
            else:
                picked.append(_pick(world, table, self, "world"))
        return picked

    def __reduce__(self):
        # By reference: the module holds the process under the function's name.
        return _find, (self.function.__module__, self.function.__qualname__)


def process(*, writes=(), compiled=True, name=None):
    """Turn a plain function into a `Process`.

    Parameters
    ----------
    writes : tuple of str
        What the function may change: ``table.column``, or ``table`` for all of it.
    compiled : bool
        False keeps plain Python, which may also take the whole ``world``.
    name : str, optional
        Default is the last part of the module name, so ``sim.processes.clashes``
        gives ``clashes``; in a script or notebook it is the function's own name.

    Returns
    -------
    callable
        The decorator.
    """
    if callable(writes):
        raise ScheduleError("write @process(writes=...), with brackets")

    def decorate(function):
        module = function.__module__.rpartition(".")[2]
        label = name or (function.__name__ if module == "__main__" else module)
        if not label.isidentifier():
            raise ScheduleError(f"process name {label!r} is not a Python name")
        tables = _parameters(function, label, compiled)
        places = (writes,) if isinstance(writes, str) else tuple(writes)
        for place in places:
            if "world" not in tables and place.split(".")[0] not in tables:
                raise ScheduleError(f"process {label!r} writes {place!r} but does not take that table")
        return Process(function, label, tables, places, compiled, inspect.getdoc(function) or "")

    return decorate


def check_schedule(schedule) -> None:
    """Raise `ScheduleError` unless ``schedule`` is a usable chain of processes."""
    known = {}
    for step in schedule:
        if not isinstance(step, Process):
            raise ScheduleError(f"a schedule holds processes made by @process, not {step!r}")
        if known.setdefault(step.name, step) is not step:
            raise ScheduleError(f"two different processes are named {step.name!r}: give one a name=")


def check_tables(schedule, world=None, rates=None) -> None:
    """Raise `ScheduleError` if a process asks for a table, column or rate that is not there.

    Parameters
    ----------
    schedule : sequence of Process
    world : NamedTuple or NamedTuple class, optional
        With an instance the columns of ``writes`` are checked too.
    rates : NamedTuple, record or NamedTuple class, optional
    """
    for step in schedule:
        for table in step.tables:
            if table == "rates":
                if rates is not None:
                    _pick(rates, step.name, step, "rates")
            elif table != "world" and world is not None:
                _pick(world, table, step, "world")
        for place in step.writes if isinstance(world, tuple) else ():
            table, dot, column = place.partition(".")
            columns = _pick(world, table, step, "world")
            if dot:
                _pick(columns, column, step, f"table {table!r}")


def driver_source(schedule) -> str:
    """Write the function that runs whole weeks of ``schedule``.

    The same text runs compiled and as plain Python: only what ``call`` means differs, and whether ``places``
    holds tables and rates or their addresses, process by process in the order of the parameters.
    """
    lines = ["def advance(clock, chain, until):"]
    lines.append("    on, targets, places = chain.on, chain.targets, chain.places")
    lines.append("    while clock.week[0] < until and clock.halt[0] == 0:")
    first = 0
    for i, step in enumerate(schedule):
        lines.append(f"        if on[{i}]:")
        lines.append(f"            call(targets[{i}], {_places(step, first)})  # {step.name}")
        first += len(step.tables)
    lines.append("        clock.week[0] += 1")
    return "\n".join(lines) + "\n"


def _places(step, first) -> str:
    return "(" + "".join(f"places[{first + i}], " for i in range(len(step.tables))) + ")"


def _parameters(function, label, compiled) -> tuple[str, ...]:
    """Read the parameter names, refusing what a chain could not fill in."""
    if not isinstance(function, FunctionType):
        raise ScheduleError(f"process {label!r}: {function!r} is not a plain function")
    names = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not parameter.POSITIONAL_OR_KEYWORD:
            raise ScheduleError(f"process {label!r}: parameter {parameter} is not a plain one")
        if parameter.default is not parameter.empty:
            raise ScheduleError(f"process {label!r}: parameter {parameter.name!r} must have no default")
        names.append(parameter.name)
    if compiled and "world" in names:
        raise ScheduleError(f"process {label!r}: only compiled=False may take the whole world")
    if not names:
        raise ScheduleError(f"process {label!r} takes no table")
    return tuple(names)


def _pick(holder, name, step, where):
    """Return ``holder.name`` or say which process asked for it in vain."""
    # Asking the fields rather than getattr keeps methods such as ``count`` out.
    known = getattr(holder, "_fields", None) or getattr(getattr(holder, "dtype", None), "names", None) or ()
    if name not in known:
        listed = ", ".join(known) or "nothing"
        raise ScheduleError(f"process {step.name!r} asks for {name!r}, but {where} has {listed}")
    return getattr(holder, name)


def _find(module, path) -> Process:
    found = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found
