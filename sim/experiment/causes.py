"""Why a result may not come out again: what the manifest says about its making, beside what is here now."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import InputError
from sim.results.provenance import code, machine, packages
from sim.scenario.load import load_scenario
from sim.scenario.paths import describe

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
    if then.get("fingerprint") and then["fingerprint"] != here["fingerprint"]:
        yield f"other source files{_edited(then, here)}"
    elif not then.get("fingerprint") and then.get("commit") != here["commit"]:
        yield f"another commit: {_short(then.get('commit'))} then, {_short(here['commit'])} now"
    yield from _unlike("package", manifest.get("packages") or {}, packages())
    yield from _unlike("platform", manifest.get("platform") or {}, machine())


def _edited(then: Mapping[str, Any], here: Mapping[str, Any]) -> str:
    """Say how the sources differ, as far as the commits tell."""
    if then.get("commit") and then.get("commit") != here["commit"]:
        return f": commit {_short(then['commit'])} then, {_short(here['commit'])} now"
    edited = [when for when, state in (("then", then), ("now", here)) if state.get("dirty")]
    return f": files were edited since the commit {' and '.join(edited)}" if edited else ""


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
