"""Every decision has luck of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_draw_is_taken_twice() -> None:
    """Two decisions under one key would share their luck."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.property.draws"],
        cwd=ROOT,
        env={**os.environ, "PEACESIM_INTERPRETED": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == ""
