"""Refusals of the validator in plain words: what was expected, what was found, the nearest name."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from sim.scenario.paths import Complaint, Path, describe, nearest, show_path
from sim.scenario.slots import Slot, plain_number, slot_at

# Names of things that happen because of what agents do, which people may try to put on the calendar.
OUTCOMES = (
    "ambush", "assassination", "atrocity", "attack", "battle", "bombing", "casualties", "ceasefire_violation",
    "clash", "collapse", "conflict", "death", "defection", "desertion", "displacement", "disarmament",
    "ethnic_cleansing", "exodus", "fighting", "flight", "genocide", "insurgency", "kidnapping",
    "killing", "looting", "massacre", "misconduct", "murder", "mutiny", "offensive", "one_sided_violence", "pogrom",
    "protest", "raid", "rebellion", "recruitment", "relapse", "return", "riot", "siege", "spoiler", "terrorism",
    "uprising", "victory", "violation", "violence", "war",
)  # fmt: skip
# Names of what may be dated, elsewhere in the file; whether it holds is for the model to find.
ELSEWHERE = {
    "accord": "[[peace.agreements]]", "agreement": "[[peace.agreements]]", "ceasefire": "[[peace.agreements]]",
    "peace_agreement": "[[peace.agreements]]", "truce": "[[peace.agreements]]",
    "election": "[[peace.elections]]", "referendum": "[[peace.elections]]", "vote": "[[peace.elections]]",
    "deployment": "[[mission.mandate.authorised]]", "drawdown": "[[mission.mandate.authorised]]",
    "mandate_change": "[[mission.mandate.authorised]]", "reinforcement": "[[mission.mandate.authorised]]",
    "exit": "mission.end", "withdrawal": "mission.end",
}  # fmt: skip
NOUNS = {
    "tasks": "a task",
    "type": "a type of mission",
    "stage": "a stage of the peace process",
    "rules_of_engagement": "a level of the rules of engagement",
    "mechanism": "a funding mechanism",
}

Detail = Mapping[str, Any]


def refusals(error: ValidationError) -> list[Any]:
    """List what a validator refused; entries that are refused themselves do not make their list too short."""
    return [
        detail
        for detail in error.errors(include_url=False)
        if detail["type"] != "too_short" or len(detail["input"]) < detail["ctx"]["min_length"]
    ]


def explain(root: type[BaseModel], detail: Detail) -> Complaint:
    """Turn one refusal of the validator into a complaint."""
    path: Path = tuple(detail["loc"])
    kind: str = detail["type"]
    if path and path[-1] == "[key]":
        return _wrong_key(root, path[:-2], str(path[-2]), detail)
    slot = slot_at(root, path)
    special = EXPLAIN.get(kind)
    if special is not None:
        return special(root, path, slot, detail)
    if slot is not None and kind.endswith(("_type", "_parsing", "_from_float", "_inexact", "_size")):
        return _wrong_type(path, slot, detail["input"])
    message = str(detail["msg"])
    return Complaint(path, message[:1].lower() + message[1:], found=describe(detail["input"]))


def _wrong_type(path: Path, slot: Slot, found: Any) -> Complaint:
    hint, key = "", str(path[-1]) if path else ""
    if isinstance(found, str) and slot.kind in (int, float):
        hint = _number_in(found, slot.kind)
    elif slot.words == "a list" and isinstance(found, Mapping) and holds_tables(slot):
        hint = f"write [[{key}]] with two brackets"
    elif slot.words == "a table" and isinstance(found, list | tuple):
        tables = all(isinstance(each, Mapping) for each in found)
        hint = f"write [{key}] with one bracket, once" if tables else f"write {key} = {{ name = value, ... }}"
    return Complaint(path, f"expected {slot.words}", found=describe(found), hint=hint)


def _number_in(text: str, kind: type) -> str:
    """Say how a number that was given as text is written; nothing where it is none."""
    plain, hint = text, "write it without quotes"
    if "," in text:
        plain, hint = (
            (text.replace(",", ""), "write it without commas")
            if kind is int
            else (text.replace(",", "."), "write it with a point")
        )
    try:
        float(plain)
    except ValueError:
        return ""
    return hint


def holds_tables(slot: Slot) -> bool:
    """Whether a list holds tables."""
    inside = get_args(slot.kind)
    return bool(inside) and isinstance(inside[0], type) and issubclass(inside[0], BaseModel)


def _unknown(root: type[BaseModel], path: Path, slot: Slot | None, detail: Detail) -> Complaint:
    key = str(path[-1])
    table = slot_at(root, path[:-1])
    known = table.keys if table else ()
    if len(path) <= 2 and not near(key, known) and near(key, OUTCOMES):
        return Complaint(path[:-1], scripted(key), hint="only what comes from outside is dated: [[events]]", key=key)
    hint = nearest(key, known)
    inside = [name for name in known if (part := slot_at(root, (*path[:-1], name))) and key in part.keys]
    if len(inside) == 1:
        hint = f"it belongs under [{show_path((*path[:-1], inside[0]))}]"
    return Complaint(path[:-1], f"unknown key {describe(key)}", hint=hint, key=key)


def scripted(name: str) -> str:
    """Say why an outcome cannot be put on a date."""
    return f"{describe(name)} can't be scheduled: violence and relapse are outcomes of the model"


def near(word: str, words: Iterable[str]) -> bool:
    """Whether a word is one of some words, or nearly."""
    return nearest_of(word, words) != ""


def nearest_of(word: str, words: Iterable[str]) -> str:
    """Give the word that is meant, in the plural or misspelt; empty where there is none."""
    found = get_close_matches(word.lower().removesuffix("s"), list(words), n=1, cutoff=0.75)
    return found[0] if found else ""


def _missing(root: type[BaseModel], path: Path, slot: Slot | None, detail: Detail) -> Complaint:
    if slot is None or slot.words in ("a table", "a list"):
        return Complaint(path[:-1], f"the table [{path[-1]}] is missing")
    meaning = f": {slot.meaning}" if slot.meaning else ""
    return Complaint(path[:-1], f"the key '{path[-1]}' is missing; expected {slot.words}{meaning}")


def _range(root: type[BaseModel], path: Path, slot: Slot | None, detail: Detail) -> Complaint:
    words = slot.range_words if slot else ""
    return Complaint(path, f"must be {words}" if words else str(detail["msg"]), found=describe(detail["input"]))


def _not_finite(root: type[BaseModel], path: Path, slot: Slot | None, detail: Detail) -> Complaint:
    return Complaint(path, "must be a finite number", found=describe(detail["input"]))


def _choice(root: type[BaseModel], path: Path, slot: Slot | None, detail: Detail) -> Complaint:
    found = detail["input"]
    valid = [str(each) for each in get_args(slot.kind)] if slot else []
    if not isinstance(found, str):
        return Complaint(path, f"expected one of {', '.join(valid)}", found=describe(found))
    if path[:1] == ("events",) and path[-1] == "kind" and not near(found, valid):
        if near(found, ELSEWHERE):
            where = ELSEWHERE[nearest_of(found, ELSEWHERE)]
            return Complaint(path, f"{describe(found)} is not an event from outside", hint=f"put it under {where}")
        if near(found, OUTCOMES):
            return Complaint(path, scripted(found), hint=f"an event is one of {', '.join(sorted(valid))}")
    noun = NOUNS.get(str(path[-1]), f"a {str(path[-1]).replace('_', ' ')}")
    return Complaint(path, f"{describe(found)} is not {noun}", hint=nearest(found, valid))


def _wrong_key(root: type[BaseModel], path: Path, key: str, detail: Detail) -> Complaint:
    slot = slot_at(root, path)
    if detail["type"] == "literal_error" and slot is not None:
        valid = get_args(get_args(slot.kind)[0])
        noun = NOUNS.get(str(path[-1]), "a valid key")
        return Complaint(path, f"{describe(key)} is not {noun}", hint=nearest(key, valid), key=key)
    return Complaint(path, f"{describe(key)} is not a single letter or digit of the map", key=key)


def _pattern(root: type[BaseModel], path: Path, slot: Slot | None, detail: Detail) -> Complaint:
    message = "must be 1 to 40 lower-case letters, digits and underscores, and begin with a letter"
    return Complaint(path, message, found=describe(detail["input"]))


def _size(root: type[BaseModel], path: Path, slot: Slot | None, detail: Detail) -> Complaint:
    limits = detail.get("ctx", {})
    low = limits.get("min_length")
    bound = f"at least {low}" if low is not None else f"at most {plain_number(limits['max_length'])}"
    what = "characters" if detail["type"].startswith("string") else "entries"
    what = what.replace("characters", "character").replace("entries", "entry") if bound.endswith(" 1") else what
    return Complaint(path, f"must have {bound} {what}", found=describe(detail["input"]))


Explainer = Callable[[type[BaseModel], Path, Slot | None, Detail], Complaint]
EXPLAIN: dict[str, Explainer] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "finite_number": _not_finite,
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _size,
    "string_too_long": _size,
    "too_short": _size,
    "too_long": _size,
}
