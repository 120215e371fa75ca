"""What the dashboard takes when a class uses it: answers of thirty pages at once, memory, and one page by itself.

The visitors speak to the server as browsers do, over web sockets, and draw nothing.
"""

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import machine, options, table, wall_seconds

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sim.dashboard.countries import country
from sim.engine.run import simulate
from tests.support.visitors import Visitor, dashboard, kernels, memory_mb

PATIENCE = 300.0
LEVER = "Peacekeepers pledged"
FEW = 10  # futures that every page gets before any page gets more, where many wait


def seconds(found: list[float]) -> list[str]:
    """Write median, the 95th percentile and the most of some times."""
    ordered = sorted(found)
    return [f"{value:.2f}" for value in (statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1])]


def alone(name: str, rounds: int) -> None:
    """One page: from a slider to its picture, to 20 and to 100 futures, as multiples of a run of the engine alone."""
    scenario = country(name)
    simulate(scenario, 1)
    with dashboard() as (url, _):
        page = Visitor(url, f"scenario={name}")
        page.until(lambda: page.futures == 100, PATIENCE)
        bare, picture, few, many = [], [], [], []
        for number in range(rounds):
            bare.append(wall_seconds(lambda number=number: simulate(scenario, 1_000 + number)))
            before, began = page.picture, time.perf_counter()
            page.move(LEVER, -1)  # never to where it was: that is kept
            page.until(lambda before=before: page.picture != before, PATIENCE)
            picture.append(time.perf_counter() - began)
            page.until(lambda: page.futures >= 20, PATIENCE)
            few.append(time.perf_counter() - began)
            page.until(lambda: page.futures == 100, PATIENCE)
            many.append(time.perf_counter() - began)
        page.leave()
    run = statistics.median(bare)
    rows = [
        [what, *seconds(found), f"{statistics.median(found) / run:.1f}"]
        for what, found in (
            ("engine alone, one run", bare),
            ("slider to picture, with the world beside it", picture),
            ("slider to 20 futures of both worlds", few),
            ("slider to 100 futures of both worlds", many),
        )
    ]
    table(f"One page, {name}, seconds", ["", "median", "95 %", "most", "runs of the engine"], rows)


def together(name: str, n: int, rounds: int) -> None:
    """Many pages at once, all of other settings with the same luck; then they close, and the next ones come."""
    times, sizes = [], []
    with dashboard() as (url, process), ThreadPoolExecutor(n) as threads:
        first = Visitor(url, f"scenario={name}")
        first.until(lambda: first.picture, PATIENCE)
        first.leave()
        for number in range(rounds):
            before = memory_mb(process)
            began = time.perf_counter()
            links = [f"scenario={name}&{settings(k)}" for k in range(n)]
            pages = list(threads.map(lambda link: Visitor(url, link), links))
            opened = [page.until(lambda page=page: page.picture, PATIENCE) for page in pages]
            opening = time.perf_counter() - began
            [page.until(lambda page=page: page.futures >= FEW, PATIENCE) for page in pages]
            idle = memory_mb(process)
            moved = list(threads.map(lambda pair: answered(*pair), zip(pages, range(n), strict=True)))
            for page, link in zip(pages, links, strict=True):
                kept = [part for part in page.link.split("&") if "pledged" not in part]
                assert "&".join(kept) == link, "a page has the settings of another"
            assert len({page.picture for page in pages}) == n, "a page has the picture of another"
            busy = memory_mb(process)
            received = statistics.median(page.received for page in pages) / 1e6
            list(threads.map(Visitor.leave, pages))
            while kernels(url):
                time.sleep(0.1)
            time.sleep(1.0)
            closed = memory_mb(process)
            times.append([number + 1, f"{opening:.2f}", f"{max(opened):.2f}", *seconds([m[0] for m in moved])])
            times[-1] += seconds([m[1] for m in moved])
            sizes.append(
                [number + 1, *(f"{x:.0f}" for x in (before, idle, busy, closed)), f"{(idle - before) / n:.1f}"]
            )
            sizes[-1].append(f"{received:.1f}")
    heads = ["round", "until all show a picture", "slowest of them", "slider to picture: median", "95 %", "most"]
    heads += [f"to {FEW} futures: median", "95 %", "most"]
    table(f"{n} pages at once, {name}, all different, seconds", heads, times)
    heads = ["round", "before", "all open", "all moved", "all closed", "MB a page at first", "MB sent to a page"]
    table("Memory of the server, MB", heads, sizes)


def settings(number: int) -> str:
    """Return settings that no other page has."""
    clarity, leadership = 0.2 * (1 + number // 10), 0.05 * (1 + number % 10)
    return f"mission.leadership={leadership:g}&mission.mandate.clarity={clarity:g}"


def answered(page: Visitor, number: int) -> tuple[float, float]:
    """Move a slider; return the seconds to the picture and to the fan."""
    before = page.picture
    page.move(LEVER, -1 - number % 5)
    picture = page.until(lambda: page.picture != before, PATIENCE)
    fan = picture + page.until(lambda: page.futures >= FEW, PATIENCE)
    page.until(lambda: f"({100 - 10 * (1 + number % 5)}%)" in page.words(), PATIENCE)  # else it has another's setting
    return picture, fan


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__)
    machine()
    alone("ceasefire_line", 1 if chosen.quick else 8)
    if not chosen.quick:
        alone("unmil", 5)
    together("ceasefire_line", 5 if chosen.quick else 30, 1 if chosen.quick else 3)


if __name__ == "__main__":
    main()
