"""Compiled, plain Python, and compiled with every index checked: the same runs to the bit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engine.run import simulate
from sim.results.checksum import checksum
from tests.parity.checksums import checksums, everywhere
from tests.support.countries import valley

ROOT = Path(__file__).resolve().parents[2]


def printed(*which: str, program: str = "checksums", **environment: str) -> list[str]:
    """Run the short runs, or others, in an interpreter of their own, under some switches."""
    answer = subprocess.run(
        [sys.executable, "-m", f"tests.parity.{program}", *which],
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


@pytest.mark.slow
def test_no_index_counts_from_the_end() -> None:
    """Checked compilation lets -1 pass; here nothing does, nor a division by zero."""
    expected = checksum(simulate(valley(), 1, stride=10))
    assert printed("156", program="from_the_end", PEACESIM_INTERPRETED="1") == [expected]
