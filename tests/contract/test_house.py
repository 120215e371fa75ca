"""Rules of the house that no other tool checks."""

import ast
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sim"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("numba", "mesa", "pandas", "matplotlib", "pyarrow", "scipy")
MAX_LINES = 300

# Designs of whole studies may use numpy's generators: they are not draws of the model.
MAY_USE_NUMPY_RANDOM = (
    "sim/analysis/intervals.py",
    "sim/experiment/design.py",
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def syntax_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def project_files() -> list[Path]:
    """Files under version control or about to be; without git, every file that is not hidden or produced."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        produced = {"results", "build", "dist", "__pycache__"}
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(part.startswith(".venv") or part in produced for part in path.relative_to(ROOT).parts)
        ]
    return sorted(path for path in paths if path.is_file())


def project_texts() -> list[tuple[str, str]]:
    """Name and text of every file of the project that is text."""
    texts = []
    for path in project_files():
        try:
            texts.append((relative(path), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


# ------------------------------------------------------------------ imports


@pytest.mark.parametrize("module", ["sim", "sim.cli"])
def test_importing_stays_light(module: str) -> None:
    """`--help` must answer at once: nothing heavy is imported before it is needed."""
    loaded = "{name.partition('.')[0] for name in sys.modules}"
    script = f"import sys, {module}; print(*sorted({set(HEAVY)!r} & {loaded}))"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []


def test_public_names_are_listed_and_unknown_ones_refused() -> None:
    import sim

    assert set(sim.__all__) <= set(dir(sim))
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = sim.no_such_name


def banned_random(tree: ast.Module) -> list[int]:
    """Lines that reach for a global random generator, whatever name it is imported under."""
    numpy_names = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.partition(".")[0] == "numpy"
    }
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            bad = any(alias.name == "random" or alias.name.startswith("numpy.random") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            bad = node.level == 0 and (
                source in ("random", "secrets")
                or source.startswith("numpy.random")
                or (source == "numpy" and any(alias.name == "random" for alias in node.names))
            )
        elif isinstance(node, ast.Attribute):
            bad = node.attr == "random" and isinstance(node.value, ast.Name) and node.value.id in numpy_names
        else:
            bad = False
        if bad:
            lines.append(node.lineno)
    return lines


def test_chance_comes_from_keyed_draws_only() -> None:
    found = [
        f"{relative(path)}:{line}"
        for path in MODULES
        if relative(path) not in MAY_USE_NUMPY_RANDOM
        for line in banned_random(syntax_tree(path))
    ]
    assert found == [], "numpy.random and random are banned in sim/: use sim.core.chance"


@pytest.mark.parametrize(
    "code",
    [
        "import random",
        "from random import choice",
        "import numpy.random",
        "import numpy as np\nnp.random.seed(1)",
        "import numpy as xp\nx = xp.random.default_rng()",
        "from numpy import random",
        "from numpy.random import default_rng",
    ],
)
def test_the_ban_on_random_sees_every_spelling(code: str) -> None:
    assert banned_random(ast.parse(code)) != []


# --------------------------------------------------------------- files


def test_files_stay_short() -> None:
    modules = [*MODULES, *PACKAGE.rglob("*.js")]
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}, "split by meaning"


# A bracketed letter in each, so that this file does not find itself.
FORBIDDEN_TEXT = {
    "a path of one machine": re.compile(
        r"(?<![\w.$}])/(?:w[o]rk|r[o][o]t|h[o]me/[a-z]\w*|U[s]ers/[A-Za-z]\w*)/[\w.]"
        r"|[A-Z]:\\U[s]ers\\|/o[p]t/(?:pypi|wheels)|/t[m]p/bash_jobs"
    ),
    "a download address": re.compile(
        r"files\.p[y]thonhosted|p[y]pi\.org/simple|--(?:extra-)?i[n]dex-url|--f[i]nd-links|f[i]le:///"
        r"|g[i]t\+https?://"
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN_TEXT)
def test_no_file_holds(what: str) -> None:
    pattern = FORBIDDEN_TEXT[what]
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in project_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "see /" + "work/main/sim"),
        ("a path of one machine", "cd /" + "home/ada/peace"),
        ("a download address", "pip install --" + "index-url x"),
        ("a download address", "fi" + "le:///somewhere"),
    ],
)
def test_forbidden_text_is_seen(what: str, text: str) -> None:
    assert FORBIDDEN_TEXT[what].search(text)


def test_the_version_stands_in_one_place() -> None:
    import sim

    literal = re.compile(r"^\s*(?:__version__|version)\s*[:=]\s*[\"']?\d", re.MULTILINE)
    candidates = [*MODULES, ROOT / "pyproject.toml", ROOT / "CITATION.cff"]
    holders = [relative(path) for path in candidates if literal.search(path.read_text(encoding="utf-8"))]
    assert holders == ["sim/__init__.py"]
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:[a-z]+\d+)?", sim.__version__)


def test_the_installed_version_is_this_one() -> None:
    import sim

    try:
        installed = importlib.metadata.version("peacekeeping-sim")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("the package is not installed, only on the path")
    assert installed == sim.__version__, "installed before the version changed: run `make dev` after touching pyproject"


# ----------------------------------------------------------- docstrings


def undocumented(tree: ast.Module) -> list[str]:
    """What a module shows without a docstring: itself, functions, classes and their methods."""
    names = [] if ast.get_docstring(tree) else ["the module"]
    if not tree.body:
        return []
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree.body:
        if not isinstance(node, definitions) or node.name.startswith("_"):
            continue
        inner = node.body if isinstance(node, ast.ClassDef) else []
        for member in [node, *(child for child in inner if isinstance(child, definitions))]:
            if not member.name.startswith("_") and not ast.get_docstring(member):
                names.append(f"{member.name} (line {member.lineno})")
    return names


def test_everything_public_has_a_docstring() -> None:
    found = {relative(path): names for path in MODULES if (names := undocumented(syntax_tree(path)))}
    assert found == {}
