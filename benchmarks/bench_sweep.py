"""A sweep, storage and all, against the bare engine on the same rows: CPU time a run, the parent's memory, checksums.

Sweep and bare engine take turns of a few seconds, each stopped while the other works on as many cores, so that
whatever else the machine does falls on both alike. Workers start and load the compiled week once; what that takes is
measured on a sweep of ten runs, and the share that 10,000 runs would reach is worked out from it.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

from measure import machine, table

ROWS = 10
MANY = 10_000
TURNS = (8.0, 4.0)  # seconds of the sweep, and of the bare engine
SECONDS_BETWEEN_WORDS = 10.0


def study(scenario: str, replicates: int) -> dict[str, Any]:
    """Lay out a study of a whole teaching country: ten rows, full length."""
    return {
        "experiment": {"id": "bench", "title": "A benchmark", "question": "How fast?"},
        "base": {"scenario": scenario, "replicates": replicates},
        "factors": [{"name": "clarity", "path": "mission.mandate.clarity", "range": [0.1, 1.0]}],
        "design": {"kind": "grid", "n": ROWS},
        "outcomes": {"names": ["civilians_killed", "battle_deaths", "relapsed", "cost_usd"]},
    }


def used() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def run_sweep(scenario: str, replicates: int, how: str, workers: int, folder: str) -> None:
    """Run a sweep in this process, which does nothing else, and print what it took."""
    from sim.experiment.sweep import sweep

    said = time.monotonic()

    def progress(done: int, total: int, failed: int) -> None:
        nonlocal said
        if time.monotonic() - said > SECONDS_BETWEEN_WORDS:
            said = time.monotonic()
            print(f"  {how}, {workers}: {done:,} of {total:,} runs, {failed:,} failed", file=sys.stderr, flush=True)

    done = sweep(study(scenario, replicates), folder, executor=how, workers=workers, progress=progress)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sums = hashlib.sha256("".join(done.runs["checksum"]).encode()).hexdigest()
    print(json.dumps({"cpu": used(), "peak_mb": peak, "sums": sums, "runs": done.manifest["runs"]}))


def run_bare(scenario: str, first: int, seen: Any) -> None:
    """Run the engine alone for ever, one run after the other over all rows; keep count of runs and CPU seconds."""
    from sim.engine.run import simulate
    from sim.experiment.study import make_plan

    plan = make_plan(study(scenario, 1))
    rows = [plan.recipe.scenario(plan.point(row), 0) for row in range(ROWS)]
    for row in rows:
        simulate(row, 0)
    began = time.process_time()
    for number in count(first):
        simulate(rows[number % ROWS], number)
        seen[0], seen[1] = seen[0] + 1, time.process_time() - began


def in_turns(command: list[str], scenario: str, workers: int) -> dict[str, Any]:
    """Run a sweep as a program of its own and the bare engine in turns, until the sweep is done."""
    spawn = multiprocessing.get_context("spawn")
    seen = [spawn.Array("d", 2) for _ in range(workers)]
    bare = [
        spawn.Process(target=run_bare, args=(scenario, 1_000_000 * n, at), daemon=True) for n, at in enumerate(seen)
    ]
    for process in bare:
        process.start()
    sweep = None
    try:
        while not all(at[0] for at in seen):
            time.sleep(0.1)
        tell(bare, signal.SIGSTOP)
        bare_began, awake = [tuple(at) for at in seen], [0.0, 0.0]
        sweep = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        while sweep.poll() is None:
            began = time.monotonic()
            try:
                sweep.wait(TURNS[0])
                continue
            except subprocess.TimeoutExpired:
                os.killpg(sweep.pid, signal.SIGSTOP)
            finally:
                awake[0] += time.monotonic() - began
            tell(bare, signal.SIGCONT)
            time.sleep(TURNS[1])
            tell(bare, signal.SIGSTOP)
            awake[1] += TURNS[1]
            os.killpg(sweep.pid, signal.SIGCONT)
        if sweep.returncode:
            raise SystemExit(f"the sweep failed: {' '.join(command)}")
        found: dict[str, Any] = json.loads(sweep.stdout.read()) if sweep.stdout else {}
    finally:
        for process in bare:
            process.kill()
        if sweep is not None and sweep.poll() is None:
            os.killpg(sweep.pid, signal.SIGKILL)
    n, cpu = (sum(now[k] - before[k] for now, before in zip(seen, bare_began, strict=True)) for k in (0, 1))
    return found | {"bare_n": n, "bare_cpu": cpu, "seconds": awake[0], "bare_seconds": awake[1]}


def tell(processes: list[Any], what: signal.Signals) -> None:
    """Send a signal to processes."""
    for process in processes:
        os.kill(process.pid, what)


def command_of(scenario: str, runs: int, how: str, workers: int, place: str) -> list[str]:
    """Give the command line of a sweep of so many runs in a folder of its own."""
    words = [sys.executable, __file__, "--one", scenario, runs // ROWS, how, workers, Path(place) / f"{how}-{runs}"]
    return [str(word) for word in words]


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--one"]:
        run_sweep(sys.argv[2], int(sys.argv[3]), sys.argv[4], int(sys.argv[5]), sys.argv[6])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="fragile_peace", help="a teaching country")
    parser.add_argument("--runs", type=int, default=400, help=f"a multiple of {ROWS}; {MANY:,} are the full measure")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ways", nargs="+", default=["processes"], choices=["processes", "threads", "dask"])
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing is left running
    runs, workers = max(ROWS, chosen.runs // ROWS * ROWS), chosen.workers
    machine()
    rows, checksums = [], set()
    for how in chosen.ways:
        with tempfile.TemporaryDirectory() as place:
            print(f"  {how}, {workers}: starting", file=sys.stderr, flush=True)
            few = subprocess.run(
                command_of(chosen.scenario, ROWS, how, workers, place), stdout=subprocess.PIPE, text=True, check=True
            )
            found = in_turns(command_of(chosen.scenario, runs, how, workers, place), chosen.scenario, workers)
        bare = found["bare_cpu"] / found["bare_n"]
        start = max(0.0, json.loads(few.stdout)["cpu"] - ROWS * bare)
        a_run = (found["cpu"] - start) / runs
        rate = found["bare_n"] / found["bare_seconds"]
        checksums.add(found["sums"])
        rows.append(
            [
                f"{how}, {workers}",
                f"{start:.1f}",
                f"{a_run * 1e3:.1f}",
                f"{bare * 1e3:.1f} ({found['bare_n']:,.0f} runs)",
                f"{bare * runs / found['cpu']:.1%}",
                f"{bare * MANY / (start + a_run * MANY):.1%}",
                f"{found['seconds']:.0f}",
                f"{runs / found['seconds'] / rate:.1%}",
                f"{found['peak_mb']:.0f}",
            ]
        )
    head = [
        "workers",
        "start-up, CPU s",
        "then CPU ms a run",
        "bare engine, CPU ms",
        "share of it",
        f"at {MANY:,} runs",
    ]
    head += ["seconds at work", "share by the clock", "parent's peak MB"]
    table(f"Sweep of {runs:,} runs of {chosen.scenario}, whole, beside the bare engine in turns", head, rows)
    if len(rows) > 1:
        print(f"\nchecksums: {'all the same' if len(checksums) == 1 else 'DIFFERENT'}")
    machine()


if __name__ == "__main__":
    main()
