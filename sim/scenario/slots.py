"""What belongs at a path of a scenario: type, range and unit, read from the classes."""

import datetime
import types
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.paths import Path

WORDS = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "text in quotes",
    datetime.date: "a date such as 2003-10-01, without quotes",
}


@dataclass(frozen=True)
class Slot:
    """One place in a scenario that a value can stand in."""

    kind: Any
    info: FieldInfo | None = None

    @property
    def unit(self) -> str:
        """Its unit, where it is a quantity."""
        extra = self.info.json_schema_extra if self.info else None
        return str(extra.get("unit", "")) if isinstance(extra, dict) else ""

    @property
    def meaning(self) -> str:
        """What it stands for."""
        return (self.info.description if self.info else None) or ""

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Lowest and highest value accepted; None where a side is open."""
        low = high = None
        for mark in self.info.metadata if self.info else ():
            low = mark.ge if isinstance(mark, annotated_types.Ge) else low
            high = mark.le if isinstance(mark, annotated_types.Le) else high
        return low, high  # type: ignore[return-value]

    @property
    def words(self) -> str:
        """What is expected there, in words."""
        if self.kind in WORDS:
            plain = self.unit in ("", "1", "share", "by kind")
            return WORDS[self.kind] + ("" if plain else f" ({self.unit})")
        if get_origin(self.kind) is Literal:
            return "one of " + ", ".join(map(str, get_args(self.kind)))
        return "a list" if get_origin(self.kind) is tuple else "a table"

    @property
    def bounds(self) -> str:
        """Its limits in words."""
        low, high = self.limits
        if low is not None and high is not None:
            return f"between {plain_number(low)} and {plain_number(high)}"
        if low is not None:
            return f"at least {plain_number(low)}"
        return f"at most {plain_number(high)}" if high is not None else ""

    @property
    def range_words(self) -> str:
        """Its limits in words, with the unit."""
        return f"{self.bounds} ({self.unit})" if self.unit not in ("", "1", "by kind") else self.bounds

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the table that belongs there, where the classes fix them."""
        if isinstance(self.kind, type) and issubclass(self.kind, BaseModel):
            return tuple(info.alias or name for name, info in self.kind.model_fields.items())
        return ()


def plain_number(value: float) -> str:
    """Write a limit as a person would: 100,000 and not 1e+05."""
    if isinstance(value, float) and not (value.is_integer() and abs(value) < 1e15):
        return f"{value:g}"
    return f"{int(value):,}"


def slot_at(root: type[BaseModel], path: Path) -> Slot | None:
    """Follow a path through the classes; None where they have no such place."""
    slot = Slot(root)
    for key in path:
        step = _step(slot.kind, key)
        if step is None:
            return None
        slot = step
    return slot


def _step(kind: Any, key: str | int) -> Slot | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            if key == (info.alias or name):
                return Slot(bare(info.annotation), info)
        return None
    origin, inside = get_origin(kind), get_args(kind)
    if origin is dict:
        return Slot(bare(inside[1]))
    if origin is tuple:
        return Slot(bare(inside[0]))
    return None


def bare(kind: Any) -> Any:
    """Take the wrapping off a type: ``float | None`` is a float, an annotated text is text."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(each for each in get_args(kind) if each is not type(None))
        else:
            return kind
