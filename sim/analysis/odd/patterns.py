"""The patterns that the model is held against, read from the tests that hold it against them.

A test of a mission under ``tests/statistics`` is a pattern in words; one that is marked as an expected failure says in
its reason what the model does instead. Nothing is run here: the tests are.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.analysis.odd.tables import markdown

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "statistics"
LAWS = "conserved"  # tests of conservation are laws, not patterns


class Pattern(NamedTuple):
    """Something known about a mission, in words.

    ``instead`` is what the model does where it does not show it; ``partly`` where that holds for some cases only.
    """

    mission: str
    words: str
    instead: str
    partly: bool

    @property
    def verdict(self) -> str:
        """Whether the model shows it, in words."""
        if not self.instead:
            return "yes"
        return f"{'**in part**' if self.partly else '**no**'}: {self.instead}"


def patterns() -> list[Pattern]:
    """List the patterns of all missions, in the order of the tests."""
    found = []
    for path in sorted(FOLDER.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.ImportFrom) and node.module == "sim.scenario.load" for node in tree.body):
            mission = (ast.get_docstring(tree) or path.stem).split(" against")[0].split(":")[0]
            found += [Pattern(mission, *each) for each in told(tree)]
    return found


def told(tree: ast.Module) -> Iterator[tuple[str, str, bool]]:
    """Find the tests of a file, in words, with why each is expected to fail, and whether in some cases only."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for name, function in functions.items():
        if name.startswith("test_") and LAWS not in name:
            reasons, partly = [], False
            for mark in function.decorator_list:
                mine = list(reasons_in(mark, functions))
                reasons += mine
                partly |= bool(mine) and "parametrize" in ast.unparse(mark)
            yield name.removeprefix("test_").replace("_", " "), "; ".join(reasons), partly


def reasons_in(mark: ast.AST, functions: dict[str, ast.FunctionDef]) -> Iterator[str]:
    """Find the reasons that a mark gives for failing, also where a function of the file makes the mark."""
    for node in ast.walk(mark):
        if isinstance(node, ast.keyword) and node.arg == "reason":
            yield plain(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            for reason in reasons_in(functions[node.func.id], {}):
                yield reason.replace("{}", ", ".join(plain(each) for each in node.args))


def plain(text: ast.expr) -> str:
    """Return a text as far as it is written out, with brackets where values go."""
    if isinstance(text, ast.JoinedStr):
        return "".join(plain(part) if isinstance(part, ast.Constant) else "{}" for part in text.values)
    return str(text.value) if isinstance(text, ast.Constant) else ast.unparse(text)


def patterns_table() -> str:
    """Tabulate the patterns, and what the model does instead where it fails."""
    rows = [[each.mission, each.words, each.verdict] for each in patterns()]
    return markdown(["where and when", "pattern", "within the bounds of its test"], rows)


def patterns_told() -> str:
    """Count the patterns, and those that the model does not show."""
    known = patterns()
    failed = sum(bool(each.instead) for each in known)
    return f"{failed} of {len(known)}"
