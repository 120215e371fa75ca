"""What a process touches, read from its source: columns, rates, kinds of chance, and the rules that it shares.

A process declares the tables that it takes and the columns that it writes. Which columns it reads stands in its
code only, and in that of the kernels that it calls; both are read here as syntax, without running anything.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from types import FunctionType
from typing import NamedTuple

from sim.core.process import Process
from sim.world.tables import World

RULES = "sim.world."  # kernels that several processes share live there


class Touches(NamedTuple):
    """What a process and the kernels below it touch.

    ``reads`` are columns as ``table.column``, ``draws`` names of :class:`sim.world.streams.Stream`, ``shared`` the
    functions of ``sim.world`` that are called.
    """

    reads: frozenset[str]
    rates: frozenset[str]
    draws: frozenset[str]
    shared: tuple[FunctionType, ...]


@cache
def touches(step: Process) -> Touches:
    """Read what a process touches from its source.

    Returns
    -------
    Touches
        A column counts as read where its values are: neither where it is only assigned to, also in place, nor where
        only its length or shape is asked for.
    """
    functions = tuple(reached(step.function, {}).values())
    trees = [ast.parse(textwrap.dedent(inspect.getsource(each))) for each in functions]
    found = {name for tree in trees for name in attributes(tree)}
    return Touches(
        reads=frozenset(f"{table}.{column}" for table, column in found if is_column(table, column)),
        rates=frozenset(name for table, name in found if table == "rates"),
        draws=frozenset(name for table, name in found if table == "Stream"),
        shared=tuple(each for each in functions if each.__module__.startswith(RULES)),
    )


def is_column(table: str, column: str) -> bool:
    """Tell whether a table of the world has a column."""
    kind = World.__annotations__.get(table)
    return column in getattr(kind, "_fields", ())


def reached(function: FunctionType, seen: dict[str, FunctionType]) -> dict[str, FunctionType]:
    """Collect a function and those of processes and of the world that it calls, to any depth."""
    seen[function.__qualname__ + function.__module__] = function
    for name in function.__code__.co_names:
        other = function.__globals__.get(name)
        other = getattr(other, "py_func", other)
        if isinstance(other, FunctionType) and other.__module__.startswith(("sim.processes.", RULES)):
            if other.__qualname__ + other.__module__ not in seen:
                reached(other, seen)
    return seen


def attributes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Find ``name.attribute`` wherever its value is used."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            skipped.add(node.value)
        elif isinstance(node, ast.Attribute) and node.attr == "shape":
            skipped.add(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
            skipped.update(node.args)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node not in skipped:
            yield node.value.id, node.attr


def writes(step: Process, column: str) -> bool:
    """Tell whether a process declares that it may change a column, by itself or with its whole table."""
    return column in step.writes or column.partition(".")[0] in step.writes
