"""Which numbers matter, and does each mechanism do what its literature says: one at a time, with common luck.

Every mechanism is switched off and on again where it has something to bite on, and the outcome that its literature
names is compared (``expected.toml``). Every parameter is set to the low and to the high end of its plausible range,
everything else as it stands, in one country after another until some outcome surely moves (``places.toml``). Both
sides have the same seeds, so their difference is the effect and not luck. By hand, from the root of the checkout:

    python -m experiments.screening.screen --replicates 30 --out results/screening --pages docs
    python -m experiments.screening.screen --out results/screening --pages docs --no-runs   # only the page again

Runs are kept in ``--out``, a file for each scenario, under a name made of what was run and of the model's code; a
screening that was stopped goes on where it was, and one after a change of the model starts anew.
"""

import argparse
import hashlib
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import sim
from experiments.screening.cases import Expectation, Place, expectations, places_of, screened
from experiments.screening.effects import LEVEL, all_effects
from sim.core.cores import cores
from sim.engine.replicate import replicates
from sim.results.outcomes import OUTCOMES
from sim.scenario.catalogue import Entry
from sim.scenario.scenario import Scenario
from sim.world.series import SERIES

MODEL = ("agents", "core", "engine", "processes", "results", "world")  # folders whose code decides what a run is
WEEKLY = tuple(f"weekly.{series.name}" for series in SERIES)
LOOKED_AT = [*OUTCOMES, *WEEKLY]


class Store:
    """Runs on disk, one file for each scenario that was run.

    Parameters
    ----------
    folder : Path
    workers : int
        Runs at the same time.
    """

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder, self.workers = folder, workers
        folder.mkdir(parents=True, exist_ok=True)

    def runs(self, scenario: Scenario, n: int) -> pd.DataFrame:
        """Return runs of a scenario with seeds 1 to n, a row each, from disk or else run now."""
        path = self.path(scenario, n)
        if path.exists():
            return pd.read_parquet(path)
        runs = run(scenario, n, self.workers)
        draft = path.with_suffix(".draft")
        runs.to_parquet(draft)
        draft.rename(path)
        return runs

    def has(self, scenario: Scenario, n: int) -> bool:
        """Tell whether runs are on disk."""
        return self.path(scenario, n).exists()

    def path(self, scenario: Scenario, n: int) -> Path:
        """Return where runs of a scenario are kept."""
        return self.folder / f"{scenario.id}-{scenario.digest()[:20]}-{code()}-{n}.parquet"


@cache
def code() -> str:
    """Return a few letters that change with the code of the model."""
    digest, root = hashlib.sha256(), Path(sim.__file__).parent
    for folder in MODEL:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def run(scenario: Scenario, n: int, workers: int) -> pd.DataFrame:
    """Run a scenario with seeds 1 to n; a run that fails has its error in words and no outcomes."""
    rows = []
    for each in replicates(scenario, range(1, n + 1), workers=workers):
        means = np.full(len(WEEKLY), np.nan) if each.weekly is None else each.weekly.mean(axis=0)
        outcomes = {name: each.outcomes.get(name, np.nan) for name in OUTCOMES}
        row = {"seed": each.seed, "checksum": each.checksum, "error": each.error}
        rows.append(row | outcomes | dict(zip(WEEKLY, means, strict=True)))
    return pd.DataFrame(rows)


class Clock:
    """Says now and then how far a list of work is."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done, self.began, self.said = what, total, 0, time.monotonic(), 0.0

    def tick(self) -> None:
        """Count one more piece of work."""
        self.done += 1
        now = time.monotonic() - self.began
        if now - self.said > 15.0 or self.done == self.total:
            self.said = now
            left = now / self.done * (self.total - self.done)
            print(f"{self.what}: {self.done} of {self.total}, {left / 60:.1f} minutes left", flush=True)


def run_expectations(store: Store, rows: Iterable[Expectation], n: int) -> None:
    """Run both sides of every expectation that is not on disk yet."""
    sides = {}
    for row in rows:
        for on in (False, True):
            scenario = row.side(on)
            sides[scenario.digest(), n * row.times] = scenario
    left = [(scenario, times) for (_, times), scenario in sides.items() if not store.has(scenario, times)]
    clock = Clock("expectations", len(left))
    for scenario, times in left:
        store.runs(scenario, times)
        clock.tick()


def moves(store: Store, entry: Entry, place: Place, n: int) -> bool:
    """Tell whether some outcome surely moves between the ends of a parameter in a place."""
    low, high = (store.runs(place.end(entry, side), n) for side in (False, True))
    return bool((all_effects(low, high, LOOKED_AT).sure < LEVEL).any())


def run_parameters(store: Store, entries: Iterable[Entry], n: int) -> None:
    """Run both ends of every parameter, place after place until something surely moves."""
    left, turn = list(entries), 0
    while left:
        tried = [(entry, places_of(entry)[turn]) for entry in left if turn < len(places_of(entry))]
        clock = Clock(f"parameters, place {turn + 1}", len(tried))
        still = []
        for entry, place in tried:
            if not moves(store, entry, place, n):
                still.append(entry)
            clock.tick()
        left, turn = still, turn + 1


def main() -> None:
    """Run what is not there yet, and write the page."""
    from experiments.screening.pages import write

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replicates", type=int, default=30)
    parser.add_argument("--only", choices=("parameters", "expected"))
    parser.add_argument("--workers", type=int, default=cores(), help="runs at the same time")
    parser.add_argument("--out", type=Path, default=Path("results/screening"))
    parser.add_argument("--pages", type=Path, help="folder for the page; --out where left out")
    parser.add_argument("--no-runs", action="store_true", help="take the runs that are in --out")
    chosen = parser.parse_args()
    store = Store(chosen.out, chosen.workers)
    if not chosen.no_runs:
        if chosen.only != "parameters":
            run_expectations(store, expectations(), chosen.replicates)
        if chosen.only != "expected":
            run_parameters(store, screened(), chosen.replicates)
    pages = chosen.pages or chosen.out
    pages.mkdir(parents=True, exist_ok=True)
    (pages / "screening.md").write_text(write(store, chosen.replicates), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
