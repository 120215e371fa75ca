"""Every number that a user may set, read from the classes: for documents, editors, sliders and sweeps.

``python -m sim.scenario.catalogue --write docs`` writes the generated documents, ``--check docs`` compares.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sim.scenario.scenario import Scenario
from sim.scenario.slots import Slot, bare


@dataclass(frozen=True)
class Entry:
    """One number that a user may set.

    Parameters
    ----------
    path
        Dotted path; ``*`` stands for an id or letter, as in ``contributors.*.pledged``.
    name
        Its last part.
    meaning, unit, default, valid, plausible, role, symbol, source
        As in `sim.scenario.quantity.quantity`; ``default`` is None where there is none.
    whole
        Whether it is a whole number.
    """

    path: str
    name: str
    meaning: str
    unit: str
    default: float | int | None
    valid: tuple[float | None, float | None]
    plausible: tuple[float | None, float | None]
    role: str
    symbol: str
    source: str
    whole: bool

    @property
    def process(self) -> str:
        """Process that a parameter belongs to; empty for an input."""
        parts = self.path.split(".")
        return parts[1] if parts[0] == "parameters" else ""

    @property
    def source_kind(self) -> str:
        """First word of the source: data, literature, calibrated, assumption or scenario."""
        return self.source.partition(":")[0].split()[0]


def quantities() -> tuple[Entry, ...]:
    """List every number of a scenario, in the order of the file."""
    return tuple(_entries(Scenario, ""))


def parameters() -> tuple[Entry, ...]:
    """List the parameters of the model, process by process."""
    return tuple(entry for entry in quantities() if entry.path.startswith("parameters."))


def inputs() -> tuple[Entry, ...]:
    """List the numbers that describe a case: country, conflict and missions."""
    return tuple(entry for entry in quantities() if not entry.path.startswith("parameters."))


def entry_at(path: str) -> Entry | None:
    """Find the number at a dotted path: ``contributors.ghana.pledged`` is ``contributors.*.pledged``."""
    parts = path.replace("[", ".").replace("]", "").split(".")
    for entry in quantities():
        pattern = entry.path.split(".")
        if len(pattern) == len(parts) and all(a in ("*", b) for a, b in zip(pattern, parts, strict=True)):
            return entry
    return None


def _entries(model: type[BaseModel], prefix: str) -> Iterator[Entry]:
    for name, info in model.model_fields.items():
        path = f"{prefix}{info.alias or name}"
        kind = bare(info.annotation)
        if get_origin(kind) is tuple:
            path, kind = f"{path}.*", bare(get_args(kind)[0])
        elif get_origin(kind) is dict:
            path, kind = f"{path}.*", bare(get_args(kind)[1])
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _entries(kind, f"{path}.")
        elif isinstance(info.json_schema_extra, dict) and "unit" in info.json_schema_extra:
            yield _entry(path, info)


def _entry(path: str, info: FieldInfo) -> Entry:
    said: dict[str, Any] = dict(info.json_schema_extra) if isinstance(info.json_schema_extra, dict) else {}
    plausible = said["plausible"]
    return Entry(
        path=path,
        name=path.rpartition(".")[2],
        meaning=info.description or "",
        unit=said["unit"],
        default=None if info.default is PydanticUndefined else info.default,
        valid=Slot(bare(info.annotation), info).limits,
        plausible=(plausible[0], plausible[1]),
        role=said["role"],
        symbol=said["symbol"],
        source=said["source"],
        whole=bare(info.annotation) is int,
    )


def main(words: list[str] | None = None) -> int:
    """Write the generated documents into a folder, or say which of them are out of date."""
    from sim.scenario.documents import documents

    return keep(documents(), "sim.scenario.catalogue", words)


def keep(documents: Mapping[str, str], module: str, words: list[str] | None = None) -> int:
    """Write documents into a folder, or say which of them are out of date there.

    Parameters
    ----------
    documents
        Text by file name.
    module
        What wrote them, as ``python -m`` knows it.
    words
        ``--write FOLDER`` or ``--check FOLDER``; those of the command line where left out.

    Returns
    -------
    int
        1 if a document is missing or differs, else 0.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=main.__doc__)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--write", metavar="FOLDER", type=Path)
    action.add_argument("--check", metavar="FOLDER", type=Path)
    asked = parser.parse_args(words)
    stale = []
    for name, text in documents.items():
        path = (asked.write or asked.check) / name
        if asked.write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path))
    if stale:
        print(f"out of date: {', '.join(stale)}; run python -m {module} --write {asked.check}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
