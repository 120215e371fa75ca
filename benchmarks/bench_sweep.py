"""A sweep, storage and all, against the bare engine: CPU time a run, memory of the parent, and equal checksums."""

import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measure import machine, options, table

ROWS = 10


def study(replicates: int) -> dict[str, Any]:
    """Lay out a study of a teaching country: ten rows, full length."""
    return {
        "experiment": {"id": "bench", "title": "A benchmark", "question": "How fast?"},
        "base": {"scenario": "ceasefire_line", "replicates": replicates},
        "factors": [{"name": "clarity", "path": "mission.mandate.clarity", "range": [0.1, 1.0]}],
        "design": {"kind": "grid", "n": ROWS},
        "outcomes": {"names": ["civilians_killed", "battle_deaths", "relapsed", "cost_usd"]},
    }


def used() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def run_sweep(replicates: int, how: str, workers: int, folder: str) -> None:
    """Run a sweep in this process, which does nothing else, and print what it took."""
    from sim.experiment.sweep import sweep

    began, cpu = time.perf_counter(), used()
    done = sweep(study(replicates), folder, executor=how, workers=workers)
    seconds, cpu = time.perf_counter() - began, used() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sums = hashlib.sha256("".join(done.runs["checksum"]).encode()).hexdigest()
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "sums": sums, "runs": done.manifest["runs"]}))


def bare(n: int) -> dict[str, float]:
    """Run the engine alone, one run after the other."""
    from sim.engine.run import simulate
    from sim.scenario.load import load_scenario

    scenario = load_scenario("ceasefire_line")
    simulate(scenario, 0)
    began, cpu = time.perf_counter(), time.process_time()
    for seed in range(1, n + 1):
        simulate(scenario, seed)
    return {"seconds": (time.perf_counter() - began) / n, "cpu": (time.process_time() - cpu) / n}


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--one"]:
        run_sweep(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5])
        return
    chosen = options(__doc__)
    machine()
    runs = 400 if chosen.quick else 10_000 if chosen.large else 2_000
    ways = [("processes", 2), ("threads", 2)] + [("processes", 1), ("dask", 2)] * (not chosen.quick)
    rows, checksums = [], set()
    for how, workers in ways:
        before = bare(100)
        with tempfile.TemporaryDirectory() as place:
            words = [
                sys.executable,
                __file__,
                "--one",
                str(runs // ROWS),
                how,
                str(workers),
                str(Path(place) / "sweep"),
            ]
            answer = subprocess.run(words, capture_output=True, text=True, check=True)
        found = json.loads(answer.stdout)
        after = bare(100)
        engine = {key: statistics.mean((before[key], after[key])) for key in before}
        checksums.add(found["sums"])
        rows.append(
            [
                f"{how}, {workers}",
                f"{found['cpu'] / runs * 1e3:.1f}",
                f"{engine['cpu'] * 1e3:.1f}",
                f"{engine['cpu'] * runs / found['cpu']:.1%}",
                f"{found['seconds']:.0f}",
                f"{engine['seconds'] * runs / workers / found['seconds']:.1%}",
                f"{found['peak_mb']:.0f}",
            ]
        )
    table(
        f"Sweep of {runs:,} runs of ceasefire_line, 520 weeks; the bare engine measured before and after each",
        ["workers", "CPU ms a run", "bare engine", "share of it", "seconds", "share by the clock", "parent's peak MB"],
        rows,
    )
    print(f"\nchecksums: {'all the same' if len(checksums) == 1 else 'DIFFERENT'}")
    machine()


if __name__ == "__main__":
    main()
