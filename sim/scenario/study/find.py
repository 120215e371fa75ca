"""Where experiment files are: bundled with the package, in a checkout, or at a path."""

import os
import re
from pathlib import Path

from sim.core.errors import ExperimentError, Problem
from sim.scenario.find import PACKAGE
from sim.scenario.paths import nearest

TABLE = re.compile(r"^\s*\[\s*experiment\s*\]", re.MULTILINE)


def experiments_folder() -> Path:
    """Give the folder of the studies that come with the package."""
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "experiments").is_dir():
        return checkout / "experiments"
    return PACKAGE / "_bundled" / "experiments"


def list_experiments() -> list[str]:
    """Name the bundled studies, in alphabetical order."""
    return sorted(bundled())


def bundled() -> dict[str, Path]:
    """Give the bundled studies by name; other TOML files beside them are not studies."""
    return {path.stem: path for path in sorted(experiments_folder().rglob("*.toml")) if is_experiment(path)}


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
    if text.endswith(".toml") or "/" in text or os.sep in text:
        try:
            if Path(text).exists():
                return Path(text)
        except OSError:  # a name too long, or a folder that may not be entered
            pass
        raise ExperimentError([Problem("there is no such file", file=text, hint=_hint(Path(text).stem))])
    found = bundled().get(text)
    if found is None:
        raise ExperimentError([Problem(f"there is no experiment {text!r}", hint=_hint(text))])
    return found


def _hint(name: str) -> str:
    hint = nearest(name, list_experiments())
    return f"the experiments are {hint[16:]}" if hint.startswith("expected one of ") else hint
