"""Where experiment files are: bundled with the package, in a checkout, or at a path."""

import os
import re
from pathlib import Path

from sim.core.errors import ExperimentError, Problem
from sim.scenario.find import exists, folder_in_package, looks_like_a_path, which_there_are

TABLE = re.compile(r"^\s*\[\s*experiment\s*\]", re.MULTILINE)


def list_experiments() -> list[str]:
    """Name the bundled studies, in alphabetical order."""
    return sorted(bundled())


def bundled() -> dict[str, Path]:
    """Give the bundled studies by name; other TOML files beside them are not studies."""
    return {path.stem: path for path in sorted(folder_in_package("experiments").rglob("*.toml")) if is_experiment(path)}


def is_experiment(path: Path) -> bool:
    """Tell whether a file has the table ``[experiment]``, however wrong the rest of it may be."""
    try:
        return TABLE.search(path.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False


def find_experiment(name: str | os.PathLike[str]) -> Path:
    """Find the file that a name or path stands for.

    Raises
    ------
    ExperimentError
        If there is no such study, with the nearest name.
    """
    text = os.fspath(name)
    if not text or "\0" in text:
        raise ExperimentError([Problem("is not the name of an experiment or a path", found=repr(text))])
    if looks_like_a_path(text):
        if exists(Path(text)):
            return Path(text)
        raise ExperimentError([Problem("there is no such file", file=text, hint=_hint(Path(text).stem))])
    found = bundled().get(text)
    if found is None:
        raise ExperimentError([Problem(f"there is no experiment {text!r}", hint=_hint(text))])
    return found


def _hint(name: str) -> str:
    return which_there_are(name, list_experiments(), "experiments")
