"""Where a result comes from: inputs, code, packages, machine, command, times."""

import datetime
import hashlib
import importlib.metadata
import platform
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.results.trunk import Trunk
    from sim.scenario.scenario import Scenario

FORMAT = 1
CHECKOUT = Path(__file__).resolve().parents[2]
MODEL = ("core", "scenario", "world", "processes", "engine", "results")  # what decides about results
PACKAGES = ("numpy", "numba", "llvmlite", "pydantic", "pyarrow", "mesa", "scipy")


def now() -> str:
    """Return the time to the second, in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def identity(scenario: "Scenario", seeds: "Sequence[int]", trunk: "Trunk | None" = None) -> dict[str, Any]:
    """Return what makes two results those of the same run, whatever code made them."""
    digest = scenario.digest()
    if trunk is not None:
        digest = hashlib.sha256(f"{digest} {trunk.digest()}".encode()).hexdigest()
    return {"scenario": scenario.id, "digest": digest, "seeds": [int(seed) for seed in seeds]}


def provenance(
    scenario: "Scenario",
    seeds: "Sequence[int]",
    command: "Sequence[str]",
    started: str,
    trunk: "Trunk | None" = None,
) -> dict[str, Any]:
    """Return what a manifest says about a run before its end."""
    return {
        "format": FORMAT,
        "kind": "run",
        **identity(scenario, seeds, trunk),
        "title": scenario.about.title,
        "weeks": scenario.weeks,
        "code": code(),
        "packages": packages(),
        "platform": machine(),
        "command": list(command),
        "started": started,
        "inputs": scenario.model_dump(mode="json", by_alias=True),
        **({"fork": trunk.data()} if trunk else {}),
    }


def code() -> dict[str, Any]:
    """Return version, and commit and state of the checkout where there is one."""
    found: dict[str, Any] = {"version": sim.__version__, "commit": None, "dirty": None, "files": sources()}
    # A package installed into some other project's environment must not report that project's commit.
    if (CHECKOUT / ".git").exists() and (CHECKOUT / "pyproject.toml").is_file():
        commit = _git("rev-parse", "HEAD")
        changes = _git("status", "--porcelain", "--", "sim", "scenarios", "pyproject.toml")
        found["commit"] = commit
        found["dirty"] = None if changes is None else bool(changes)
    return found


def sources() -> dict[str, str]:
    """Return short fingerprints of the source files of the model: the same text gives the same anywhere."""
    package, found = CHECKOUT / "sim", {}
    for part in MODEL:
        for path in sorted((package / part).rglob("*.py")):
            text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
            found[path.relative_to(package).as_posix()] = hashlib.sha256(text.encode()).hexdigest()[:12]
    return found


def packages(more: "Iterable[str]" = ()) -> dict[str, str]:
    """Return the versions of the packages that results may depend on, and of more of them."""
    found = {}
    for name in dict.fromkeys((*PACKAGES, *more)):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, str]:
    """Return what kind of machine this is, and nothing that names it."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "release": platform.release(),
        "processor": platform.machine(),
    }


def _git(*words: str) -> str | None:
    """Ask git about the checkout; None where it cannot tell."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(CHECKOUT), *words], capture_output=True, text=True, check=False, timeout=5
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
