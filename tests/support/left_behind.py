"""Print how much of a page is still in memory after it was closed: a server, visitors and a look, in one process."""

import gc
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable

from tests.support.visitors import Visitor, free_port, kernels

KINDS = ("Session", "Desk", "Editor", "Player", "ClassroomModel", "VirtualKernelContext", "_RenderContext")


def held() -> Counter[str]:
    """Count what belongs to pages."""
    gc.collect()
    return Counter(type(each).__name__ for each in gc.get_objects() if type(each).__name__ in KINDS)


def main() -> None:
    """Let pages come and go; say what they leave behind beyond the first one."""
    from sim.dashboard.serve import serve

    port = free_port()
    url = f"http://127.0.0.1:{port}"
    words = {"browser": False, "url": url, "futures": 5}
    threading.Thread(target=serve, args=("127.0.0.1", port), kwargs=words, daemon=True).start()
    wait(lambda: ready(url))
    for number in range(int(sys.argv[1])):
        here = Visitor(url, f"scenario=ceasefire_line&seed={number}")
        here.until(lambda here=here: here.picture)
        here.move("Peacekeepers pledged", -1)
        here.until(lambda here=here: "90%" in here.words())
        mesa = Visitor(url, path="/mesa")
        mesa.until(lambda mesa=mesa: "Peacekeeping, as Mesa shows it" in mesa.words() or "Step" in mesa.words())
        here.leave()
        mesa.leave()
    wait(lambda: kernels(url) == 0)
    until = time.monotonic() + 20.0
    while held() and time.monotonic() < until:
        time.sleep(0.5)
    print(dict(held()))
    if "--why" in sys.argv:
        why()


def why() -> None:
    """Print who holds what is left."""
    for each in [each for each in gc.get_objects() if type(each).__name__ in KINDS][:6]:
        print("==", type(each).__name__)
        for holder in gc.get_referrers(each):
            print("    ", type(holder).__name__, repr(holder)[:300])


def ready(url: str) -> bool:
    """Tell whether a server answers."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5.0):
            return True
    except OSError:
        return False


def wait(told: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until something is told."""
    until = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < until
        time.sleep(0.2)


if __name__ == "__main__":
    main()
