"""How many random numbers and exponentials a run needs, and how long they alone would take.

Run as a program it counts them, in plain Python, where every call can be seen.
"""

import os
import subprocess
import sys

from country import country


def count(weeks: int) -> tuple[int, int]:
    """Return draws and exponentials of a run of so many weeks, counted by a program of its own."""
    environment = {**os.environ, "PEACESIM_INTERPRETED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, __file__, str(weeks)]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise SystemExit(f"the interpreted run failed: {answer.stderr.strip().splitlines()[-1]:.200}")
    draws, exponentials = answer.stdout.split()
    return int(draws), int(exponentials)


def counting(function, counts: dict[str, int], name: str):
    """Wrap a function so that calls from outside its own kind are counted."""

    def counted(*arguments):
        if counts["inside"]:
            return function(*arguments)
        counts[name] += 1
        counts["inside"] = 1
        try:
            return function(*arguments)
        finally:
            counts["inside"] = 0

    return counted


def main(weeks: int) -> None:
    """Count in this program, before anything has taken hold of the functions."""
    from sim.core import arithmetic, philox

    counts = {"draws": 0, "exponentials": 0, "inside": 0}
    for name in ("exp", "log", "expm1", "log1p", "hazard_to_probability", "sigmoid"):
        setattr(arithmetic, name, counting(getattr(arithmetic, name), counts, "exponentials"))
    philox.block = counting(philox.block, counts, "draws")
    from sim.engine.run import simulate

    simulate(country(weeks=weeks), 1)
    print(counts["draws"], counts["exponentials"])


def floor(draws: int, exponentials: int) -> float:
    """Draw and raise so often, and do nothing else; compiled."""
    from sim.core.arithmetic import exp
    from sim.core.chance import uniform
    from sim.core.compile import kernel

    global _floor
    if _floor is None:

        def loop(n_draws, n_exponentials):
            total = 0.0
            for i in range(n_draws):
                total += uniform(1, 2, 3, i, 0)
            for i in range(n_exponentials):
                total += exp(-1e-6 * i)
            return total

        _floor = kernel(loop)
    return _floor(draws, exponentials)


_floor = None

if __name__ == "__main__":
    main(int(sys.argv[1]))
