"""What every test shares: where the project is, and settings that make a failure repeatable.

Warnings are errors and the markers are declared in pyproject.toml.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("MPLBACKEND", "Agg")

try:
    from hypothesis import HealthCheck, settings
except ImportError:  # the property tests ask for it themselves
    pass
else:
    # The first example of a test may compile a kernel, which takes seconds: no deadline.
    settings.register_profile(
        "house",
        deadline=None,
        derandomize=True,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.register_profile("explore", parent=settings.get_profile("house"), derandomize=False, max_examples=1000)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def chromium_found() -> Iterator[Any]:
    """A headless Chromium for all tests that want one: its driver cannot be started a second time beside the first."""
    from tests.support.browser import chromium

    with chromium() as found:
        yield found
