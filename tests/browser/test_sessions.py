"""Many pages at once, without a browser: each has its own world, all are answered, and what is closed is forgotten."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.visitors import Visitor, kernels, memory_mb

pytestmark = pytest.mark.slow
N = 12
ROOT = Path(__file__).resolve().parents[2]


def test_all_are_answered_and_none_sees_another(served: tuple[str, Any], record_property: Any) -> None:
    url, process = served
    before, memory = kernels(url), memory_mb(process)
    links = [f"scenario=ceasefire_line&mission.leadership={0.05 * (1 + number):g}" for number in range(N)]
    with ThreadPoolExecutor(N) as threads:
        pages = list(threads.map(lambda link: Visitor(url, link), links))
        waited = list(threads.map(lambda page: page.until(lambda: page.picture), pages))
        assert N <= kernels(url) <= before + N  # pages of earlier tests may be gone only now
        assert [page.link for page in pages] == links
        assert len({page.picture for page in pages}) == N

        def move(number: int) -> float:
            page, was = pages[number], pages[number].picture
            page.move("Peacekeepers pledged", -1 - number % 9)
            return page.until(lambda: page.picture != was)

        half = range(0, N, 2)
        still = [pages[number].picture for number in range(1, N, 2)]
        waited += list(threads.map(move, half))
        for number, page in enumerate(pages):
            moved = f"contributors.*.pledged={1.0 - 0.1 * (1 + number % 9):g}&" if number in half else ""
            scenario, _, rest = links[number].partition("&")
            wanted = f"{scenario}&{moved}{rest}"
            page.until(lambda page=page, wanted=wanted: page.link == wanted)  # the picture comes before the words
        # The run on the map may have given way to a more typical one, never to another page's.
        assert len({page.picture for page in pages}) == N
        assert len(still) == N - N // 2
        record_property("slowest_answer_seconds", round(max(waited), 2))
        record_property("megabytes_a_page", round((memory_mb(process) - memory) / N, 1))
        list(threads.map(Visitor.leave, pages))
    assert kernels(url) <= before


def test_a_closed_page_leaves_nothing_behind() -> None:
    """The server's last page may stay until the next one comes; more than one would be a leak."""
    command = [sys.executable, "-m", "tests.support.left_behind", "4"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    left = eval(told.stdout.strip().splitlines()[-1])
    assert left.get("Session", 0) <= 1
    assert left.get("VirtualKernelContext", 0) <= 1
    assert left.get("ClassroomModel", 0) <= 1
