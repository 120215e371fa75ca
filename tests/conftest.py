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
BROWSER = "tests/browser/"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let workers take the files of slow tests first: one that comes last leaves the other workers idle."""
    if hasattr(config, "workerinput"):  # of pytest-xdist
        slow = {item.path for item in items if any(item.iter_markers("slow")) or any(item.iter_markers("browser"))}
        items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file together, and all that share one dashboard, in the order above."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)

    config.option.loadscopereorder = False
    return Together(config, log)


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
