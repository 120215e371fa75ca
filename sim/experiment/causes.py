"""Why a result may not come out again: what the manifest says about its making, beside what is here now."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import InputError
from sim.results.provenance import code, machine, packages
from sim.scenario.load import load_scenario
from sim.scenario.paths import describe

MOST_FILES = 4  # that are named

# Files of the folder that repeat a scenario, with where the manifest keeps it.
COPIES = {
    "scenario.toml": ("inputs",),
    "first.toml": ("sides", "first", "inputs"),
    "second.toml": ("sides", "second", "inputs"),
}


def changes(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Say what is not as it was when the folder was made: code, packages, machine.

    Parameters
    ----------
    manifest : mapping
        As in ``manifest.json``.
    """
    then, here = manifest.get("code") or {}, code()
    if then.get("version") != here["version"]:
        yield f"another version of the model: {then.get('version')} then, {here['version']} now"
    if not then.get("files"):
        if then.get("commit") != here["commit"]:
            yield f"another commit: {_short(then.get('commit'))} then, {_short(here['commit'])} now"
    elif then["files"] != here["files"]:
        yield f"other source files: {_files(then['files'], here['files'])}{_commits(then, here)}"
    then_packages = manifest.get("packages") or {}
    yield from _unlike("package", then_packages, packages(then_packages))
    yield from _unlike("platform", manifest.get("platform") or {}, machine())


def _files(then: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Name the source files that are not the same, the first few of many."""
    names = [name for name in sorted({*then, *here}) if then.get(name) != here.get(name)]
    more = f" and {len(names) - MOST_FILES} more" if len(names) > MOST_FILES else ""
    return ", ".join(f"sim/{name}" for name in names[:MOST_FILES]) + more


def _commits(then: Mapping[str, Any], here: Mapping[str, Any]) -> str:
    """Say which commits they belong to, and whether there were edits beside them."""
    sides = [
        f"{_short(state.get('commit'))}{' with edits' if state.get('dirty') else ''} {when}"
        for when, state in (("then", then), ("now", here))
    ]
    return f" (commit {', '.join(sides)})"


def _short(commit: Any) -> str:
    return str(commit)[:10] if commit else "none"


def _unlike(what: str, then: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    for name in then:
        if name == "release":  # of the operating system: it does no arithmetic
            continue
        if then[name] != here.get(name):
            yield f"another {what}: {name} {then[name]} then, {here.get(name, 'none')} now"


def edited_copies(folder: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Say which scenario files of the folder are not what was run."""
    for name, keys in COPIES.items():
        wanted: Any = manifest
        for key in keys:
            wanted = (wanted or {}).get(key)
        if wanted is None or not (folder / name).exists():
            continue
        try:
            held = load_scenario(folder / name).model_dump(mode="json", by_alias=True)
        except InputError as error:
            yield f"{name} was edited and is no scenario any more: {str(error).splitlines()[0]}"
            continue
        for path, was, now in unlike_values(wanted, held):
            yield f"{name} was edited: {path} is {describe(now)} there, and was run with {describe(was)}"
            break


def altered_files(folder: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Say which files of a sweep are not those whose checksums its manifest holds.

    Returns
    -------
    dict of str to str
        By the path inside the folder: ``is missing``, or ``was edited or damaged``.
    """
    found = {}
    for name, wanted in (manifest.get("checksums") or {}).items():
        try:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted:
                found[name] = "was edited or damaged"
        except OSError:
            found[name] = "is missing"
    return found


def unlike_values(one: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Give the paths in which two nested tables differ, with both values."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*one, *other]):
            if one.get(key) != other.get(key):
                yield from unlike_values(one.get(key), other.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from unlike_values(a, b, f"{path}[{number}]")
    elif one != other:
        yield path, one, other
