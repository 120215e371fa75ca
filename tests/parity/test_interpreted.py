"""Compiled, plain Python, and compiled with every index checked: the same runs to the bit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parity.checksums import checksums, everywhere

ROOT = Path(__file__).resolve().parents[2]


def printed(*which: str, **environment: str) -> list[str]:
    """Run the short runs, or those everywhere, in an interpreter of their own, under some switches."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.parity.checksums", *which],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.split("\n")[:-1]


def test_compiled_is_interpreted() -> None:
    assert printed(PEACESIM_INTERPRETED="1") == list(checksums())


@pytest.mark.slow
def test_no_index_leaves_its_array() -> None:
    """Compiled with every index checked, which takes its own compilation: every scenario, to its end."""
    assert printed("everywhere", PEACESIM_BOUNDSCHECK="1") == list(everywhere())
