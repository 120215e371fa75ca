"""A scenario that is another one with changes: what ``extends = "unmil"`` means."""

from typing import Any

from sim.scenario.inputs import About
from sim.scenario.positions import Marks

# Shares of one whole: a new division replaces the old one instead of mixing with it.
DIVISIONS = ("identity", "where")

Document = tuple[dict[str, Any], Marks]


def extended(base: Document, variant: Document) -> Document:
    """Lay the tables of a variant over those of its base.

    Tables merge key by key; lists of tables with ids merge item by item, new ids at the end; any other value
    replaces the old one, and so do tables of shares that divide a whole.
    """
    data, marks = dict(base[0]), Marks(variant[1].file, variant[1].line, dict(base[1].parts))
    for key, value in variant[0].items():
        said = variant[1].parts.get(key, variant[1])
        if key in data:
            before = base[1].parts.get(key, base[1])
            data[key], marks.parts[key] = _merged(key, (data[key], before), (value, said))
        else:
            data[key], marks.parts[key] = value, said
    return data, marks


def shortened(base: dict[str, Any], data: dict[str, Any]) -> None:
    """Let a variant that ends earlier keep the calendar of its base: a short run is the beginning of the long one."""
    before, after = (
        each["scenario"].get("weeks", About.model_fields["weeks"].default)
        if isinstance(each.get("scenario"), dict)
        else None
        for each in (base, data)
    )
    if "planned_weeks" not in data and type(before) is type(after) is int and after < before:
        data["planned_weeks"] = before


def _merged(key: str, old: tuple[Any, Marks], new: tuple[Any, Marks]) -> tuple[Any, Marks]:
    if isinstance(old[0], dict) and isinstance(new[0], dict) and key not in DIVISIONS:
        return extended(old, new)
    if _by_id(old[0]) and _by_id(new[0]):
        return _items(old, new)
    return new


def _by_id(value: Any) -> bool:
    """Whether a value is a list of tables that each have an id of their own."""
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        return False
    ids = [item.get("id") for item in value]
    return all(isinstance(name, str) for name in ids) and len(set(ids)) == len(ids)


def _items(old: tuple[Any, Marks], new: tuple[Any, Marks]) -> tuple[list[Any], Marks]:
    items = list(old[0])
    marks = Marks(new[1].file, new[1].line, dict(old[1].parts), is_array=True)
    numbers = {item["id"]: number for number, item in enumerate(items)}
    for number, item in enumerate(new[0]):
        said = new[1].parts.get(number, new[1])
        known = numbers.get(item["id"])
        if known is None:
            marks.parts[len(items)] = said
            items.append(item)
        else:
            before = old[1].parts.get(known, old[1])
            items[known], marks.parts[known] = extended((items[known], before), (item, said))
    return items, marks
