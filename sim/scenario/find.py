"""Where scenario files are: bundled with the package, in a checkout, or at a path.

What is not about scenarios alone serves the files of experiments too.
"""

import os
from pathlib import Path

from sim.core.errors import Problem, ScenarioError
from sim.scenario.paths import nearest

PACKAGE = Path(__file__).resolve().parents[1]
RECORDED = "recorded"  # folder of what really happened, mission by mission: figures, not scenarios


def folder_in_package(name: str) -> Path:
    """Give a folder of files that come with the package, of a checkout or of an installed package."""
    checkout = PACKAGE.parent
    # An installed package has no pyproject.toml beside it, but may have another package's folder of that name there.
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return PACKAGE / "_bundled" / name


def bundled_folder() -> Path:
    """Give the folder of the scenarios that come with the package."""
    return folder_in_package("scenarios")


def list_scenarios() -> list[str]:
    """Name the bundled scenarios, in alphabetical order."""
    return sorted(_bundled())


def find_scenario(name: str | os.PathLike[str], beside: Path | None = None) -> Path:
    """Find the file that a name or path stands for.

    Parameters
    ----------
    name
        A bundled scenario such as ``unmil``, or a path: anything with a folder or ending in ``.toml``.
    beside
        A file that mentions the name: other files of its folder come first then, and paths start there.

    Raises
    ------
    ScenarioError
        If there is no such scenario, with the nearest name.
    """
    text = os.fspath(name)
    if not text or "\0" in text:
        raise ScenarioError([Problem("is not the name of a scenario or a path", found=repr(text))])
    if looks_like_a_path(text):
        path = Path(text) if beside is None else beside.parent / text
        if not exists(path):
            raise ScenarioError([Problem("there is no such file", file=str(path), hint=_hint(Path(text).stem))])
        return path
    if beside is not None:
        sibling = beside.parent / f"{text}.toml"
        if exists(sibling) and not sibling.samefile(beside):
            return sibling
    found = _bundled().get(text)
    if found is None and beside is None and exists(Path(text)):
        found = Path(text)
    if found is None:
        raise ScenarioError([Problem(f"there is no scenario {text!r}", hint=_hint(text))])
    return found


def shown(path: Path) -> str:
    """Write the path of a file for messages: bundled ones by name, others as they were given."""
    return path.name if path.parent.is_relative_to(bundled_folder()) else str(path)


def _bundled() -> dict[str, Path]:
    return {path.stem: path for path in sorted(bundled_folder().rglob("*.toml")) if path.parent.name != RECORDED}


def exists(path: Path) -> bool:
    """Tell whether there is such a file; one that cannot be asked for is not there."""
    try:
        return path.exists()
    except OSError:  # a name too long, or a folder that may not be entered
        return False


def looks_like_a_path(text: str) -> bool:
    """Tell whether a user means a file rather than something bundled."""
    return text.endswith(".toml") or "/" in text or os.sep in text


def which_there_are(name: str, known: list[str], kind: str) -> str:
    """Give the nearest of the known names, or list them as of a kind."""
    hint = nearest(name, known)
    return f"the {kind} are {hint[16:]}" if hint.startswith("expected one of ") else hint


def _hint(name: str) -> str:
    return which_there_are(name, list_scenarios(), "scenarios")
