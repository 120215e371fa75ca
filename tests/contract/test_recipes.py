"""The recipes of docs/extending.md, each followed word for word in a copy of the project."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "extending.md").read_text()
CHAPTERS = {name: text for name, text in re.findall(r"^## (An? [^\n]+)\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S)}
RECIPES = ("A process", "An agent type", "A doctrine", "An outcome", "A scenario", "A study")
STEP = re.compile(
    r"^Write `(?P<new>[^`]+)`:\n\n```\w+\n(?P<content>.*?)^```$"
    r"|^In `(?P<file>[^`]+)`, (?P<where>after|before) `(?P<anchor>[^\n]+)`, add:\n\n```\w+\n(?P<lines>.*?)^```$"
    r"|^In `(?P<other>[^`]+)`, replace `(?P<old>[^`]+)` by `(?P<by>[^`]+)`\.$"
    r"|^Run:\n\n```sh\n(?P<commands>.*?)^```$",
    re.M | re.S,
)


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_followed_word_for_word_works(recipe, tmp_path):
    place = tmp_path / "copy"
    for part in ("sim", "scenarios", "tests", "docs"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / part, place / part)
    steps = list(STEP.finditer(CHAPTERS[recipe]))
    assert len(steps) == len(re.findall(r"^```\w+$", CHAPTERS[recipe], re.M)) + CHAPTERS[recipe].count(", replace `")
    assert steps[-1]["commands"]
    for step in steps:
        follow(step, place)


def follow(step, place: Path) -> None:
    """Do one step of a recipe."""
    if step["new"]:
        (place / step["new"]).write_text(step["content"])
    elif step["file"]:
        insert(place / step["file"], step["where"], step["anchor"], step["lines"])
    elif step["other"]:
        text = (place / step["other"]).read_text()
        assert text.count(step["old"]) == 1, step["old"]
        (place / step["other"]).write_text(text.replace(step["old"], step["by"]))
    else:
        for command in step["commands"].splitlines():
            run(command, place)


def insert(file: Path, where: str, anchor: str, lines: str) -> None:
    """Put lines next to the one line that holds the anchor and nothing else."""
    text = file.read_text().splitlines(keepends=True)
    found = [n for n, line in enumerate(text) if line.strip() == anchor]
    assert len(found) == 1, f"{file.name}: {anchor!r} stands there {len(found)} times"
    text.insert(found[0] + (where == "after"), lines)
    file.write_text("".join(text))


def run(command: str, place: Path) -> None:
    """Run a command line of a recipe in the copy."""
    words = shlex.split(command)
    words = [sys.executable, "-m", "sim.cli", *words[1:]] if words[0] == "peacesim" else [sys.executable, *words[1:]]
    done = subprocess.run(
        words, cwd=place, env=os.environ | {"PYTHONPATH": str(place)}, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
