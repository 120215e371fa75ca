"""The week, process by process: docstrings, parameters, what is read and written, which chance is drawn."""

import inspect
import re
from collections.abc import Iterable

from sim.analysis.odd.tables import markdown
from sim.analysis.odd.touches import touches
from sim.core.process import Process
from sim.engine.run import NEVER_OFF
from sim.engine.step import SCHEDULE
from sim.scenario.catalogue import Entry, parameters
from sim.scenario.slots import plain_number
from sim.world.streams import Stream


def schedule_table() -> str:
    """List the processes of a week in their order."""
    rows = []
    for number, step in enumerate(SCHEDULE, start=1):
        rows.append([str(number), f"[{step.name}](#{anchor(number, step)})", step.summary, chance_of(step) or "none"])
    return markdown(["", "process", "what it does", "chance"], rows)


def submodels() -> str:
    """Write every process of the week, in its order, with its docstring word for word."""
    return "\n\n".join(submodel(number, step) for number, step in enumerate(SCHEDULE, start=1))


def submodel(number: int, step: Process) -> str:
    """Write one process: docstring, what it touches, parameters."""
    touched = touches(step)
    parts = [f"### 7.{number} {step.name}", flowing(step.doc)]
    if step.name in NEVER_OFF:
        parts.append("Bookkeeping: it cannot be switched off.")
    parts.append(f"*Reads* {columns(touched.reads)}. *Writes* {columns(step.writes)}.")
    if touched.shared:
        parts.append(f"*Shared rules*: {', '.join(f'`{each.__name__}`' for each in touched.shared)}.")
    mine = [entry for entry in parameters() if entry.process == step.name]
    if mine:
        parts.append(parameter_table(mine))
    return "\n\n".join(parts)


def flowing(doc: str) -> str:
    """Take line breaks out of equations: Markdown would read a line that begins with a sign as an item of a list."""
    return re.sub(r"``.*?``", lambda code: " ".join(code[0].split()), doc, flags=re.DOTALL)


def anchor(number: int, step: Process) -> str:
    """Return the address of a process within the page."""
    return f"7{number}-{step.name}"


def columns(names: Iterable[str]) -> str:
    """List columns table by table: ``units: cell, headcount; log``."""
    by_table: dict[str, list[str]] = {}
    for name in sorted(names):
        table, _, column = name.partition(".")
        by_table.setdefault(table, []).append(column)
    return "; ".join(f"`{table}`: {', '.join(each)}" if all(each) else f"`{table}`" for table, each in by_table.items())


def chance_of(step: Process) -> str:
    """Name the kinds of chance that a process draws, in the order of their numbers."""
    return ", ".join(name.lower().replace("_", " ") for name in Stream.__members__ if name in touches(step).draws)


def chance_table() -> str:
    """List which process draws which kinds of chance."""
    rows = [[step.name, chance_of(step)] for step in SCHEDULE if chance_of(step)]
    return markdown(["process", "kinds of chance"], rows)


def parameter_table(entries: Iterable[Entry]) -> str:
    """Tabulate parameters with unit, default, plausible range and source."""
    rows = []
    for entry in entries:
        low, high = (plain_number(each) for each in entry.plausible)
        rows.append(
            [
                f"`{entry.name}`",
                entry.meaning,
                entry.unit,
                plain_number(entry.default),
                f"{low} to {high}",
                entry.source,
            ]
        )
    return markdown(["parameter", "meaning", "unit", "default", "plausible", "source"], rows)


def ground_parameters() -> str:
    """Tabulate the parameters that belong to no process."""
    names = {step.name for step in SCHEDULE}
    return parameter_table(entry for entry in parameters() if entry.process not in names)


def shared_rules() -> str:
    """List the rules that processes share, with the first sentence of their docstrings."""
    users: dict[str, list[str]] = {}
    about = {}
    for step in SCHEDULE:
        for rule in touches(step).shared:
            name = f"{rule.__module__.removeprefix('sim.world.')}.{rule.__name__}"
            users.setdefault(name, []).append(step.name)
            about[name] = (inspect.getdoc(rule) or "").split("\n\n")[0]
    return markdown(
        ["rule", "what it does", "used by"], [[f"`{n}`", about[n], ", ".join(users[n])] for n in sorted(users)]
    )
