"""Seven recorded missions: what the model makes of them, beside what was counted.

Runs every mission of ``scenarios/recorded`` as it was and without anybody coming, and the two teaching countries
without their mission; computes each recorded figure in each run, and the published regularities of war in the runs
without a mission; writes ``missions.md`` and ``missions.png``. By hand, from the root of the checkout:

    python -m experiments.missions.compare --replicates 100 --out results/missions --pages docs
    python -m experiments.missions.compare --out results/missions --pages docs --no-runs   # only the page again
"""

import argparse
import multiprocessing
import pickle
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.missions import evidence, page, picture, record
from sim.engine.replicate import cores, prepare
from sim.scenario.load import load_scenario

TEACHING = ("fragile_peace", "ceasefire_line")
SEEDS_AT_A_TIME = 10
CURVES = ("displaced", "refugees")
RESULTS = "missions.pickle"


class Block(NamedTuple):
    """Some runs of one country, with its mission or without."""

    scenario: str
    with_mission: bool
    seeds: tuple[int, ...]


class Seen(NamedTuple):
    """What is kept of one run with its mission."""

    figures: np.ndarray  # (figures,) not a number where the run does not reach
    looks: np.ndarray  # (stops, missions, record.LOOKS)
    people: np.ndarray  # (stops, CURVES)
    deaths: np.ndarray  # (calendar years,)


def blocks(n: int) -> list[Block]:
    """List the work, longest first."""
    seeds = [tuple(range(first, min(first + SEEDS_AT_A_TIME, n + 1))) for first in range(1, n + 1, SEEDS_AT_A_TIME)]
    sides = [(name, True) for name in record.MISSIONS] + [(name, False) for name in (*record.MISSIONS, *TEACHING)]
    return [Block(name, side, part) for name, side in sides for part in seeds]


def run_block(block: Block) -> list[Any]:
    """Run a block; what is kept of each run, in the order of the seeds, or the error in words."""
    scenario = load_scenario(block.scenario)
    if not block.with_mission:
        scenario = scenario.without_mission()
    wanted = record.figures(block.scenario) if block.with_mission else []
    weeks = record.stops(scenario, wanted) if block.with_mission else [scenario.weeks]
    prepare(scenario, block.seeds[0])
    kept: list[Any] = []
    for seed in block.seeds:
        try:
            run = record.run(scenario, seed, weeks)
            kept.append(keep(run, wanted, weeks) if wanted else evidence.reduce_run(scenario, run.world))
        except Exception as error:  # one run that fails must not cost the others
            kept.append(f"{block.scenario}, seed {seed}: {type(error).__name__}: {error}")
    return kept


def keep(run: record.Run, wanted: list[record.Figure], weeks: list[int]) -> Seen:
    """Compute the figures of a run, and what the picture draws."""
    found = [
        record.QUANTITIES[figure.outcome].measure(run, figure) if page.compared(run.scenario, figure) else np.nan
        for figure in wanted
    ]
    years = record.calendar_years(run.scenario, len(run.weekly))
    dead = sum(run.weekly[:, record.COLUMN[name]] for name in record.DEATHS)
    ends = np.array(weeks) - 1
    people = np.column_stack([run.weekly[ends, record.COLUMN[name]] for name in CURVES])
    return Seen(
        np.array(found),
        np.array([run.looks[week] for week in weeks]),
        people,
        np.bincount(years - years[0], weights=dead),
    )


def run_all(n: int) -> dict[str, Any]:
    """Run everything over all cores."""
    left = blocks(n)
    kept: dict[tuple[str, bool], dict[int, Any]] = defaultdict(dict)
    began = time.monotonic()
    with ProcessPoolExecutor(cores(), mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = {pool.submit(run_block, block): block for block in left}
        for done, job in enumerate(as_completed(jobs), 1):
            block = jobs[job]
            kept[block.scenario, block.with_mission].update(zip(block.seeds, job.result(), strict=True))
            if done % 10 == 0 or done == len(left):
                rest = (time.monotonic() - began) / done * (len(left) - done)
                print(f"{done} of {len(left)} blocks of runs, {rest / 60:.1f} minutes left", flush=True)
    failed = [run for runs in kept.values() for run in runs.values() if isinstance(run, str)]
    print(*failed, sep="\n", end="\n" if failed else "")
    whole = {
        key: [runs[seed] for seed in sorted(runs) if not isinstance(runs[seed], str)] for key, runs in kept.items()
    }
    return {
        "replicates": n,
        "failed": failed,
        "with": {name: whole[name, True] for name in record.MISSIONS},
        "without": {name: whole[name, False] for name in (*record.MISSIONS, *TEACHING)},
    }


def main() -> None:
    """Run, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=100)
    parser.add_argument("--out", type=Path, default=Path("results/missions"))
    parser.add_argument("--pages", type=Path, help="folder for the page and the picture; --out where left out")
    parser.add_argument("--no-runs", action="store_true", help="take the runs that are in --out")
    chosen = parser.parse_args()
    results, pages = chosen.out / RESULTS, chosen.pages or chosen.out
    if chosen.no_runs:
        kept = pickle.loads(results.read_bytes())
    else:
        kept = run_all(chosen.replicates)
        chosen.out.mkdir(parents=True, exist_ok=True)
        results.write_bytes(pickle.dumps(kept))
    pages.mkdir(parents=True, exist_ok=True)
    (pages / "missions.md").write_text(page.write(kept), encoding="utf-8")
    picture.draw(kept, pages / "missions.png")


if __name__ == "__main__":
    main()
