"""Which numbers matter: every parameter at both ends of its plausible range, one at a time, with common luck.

Each parameter is set to the low and then to the high end of its plausible range, everything else as it stands, and both
are run with the same seeds. The difference between the two is the effect of that parameter alone. Beside it, the
expectations of the literature in ``expected.toml`` are tested the same way. Results go to a folder as Parquet, pages to
``docs/``.

    python experiments/screening/screen.py --replicates 30 --out results/screening
    python experiments/screening/screen.py --only expected --replicates 100
    python experiments/screening/screen.py --pages docs        # write the pages from the results there are
"""

import argparse
import multiprocessing
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from sim.engine.replicate import cores, replicates
from sim.scenario.catalogue import parameters
from sim.scenario.load import load_scenario

HERE = Path(__file__).parent
SCENARIOS = ("fragile_peace", "ceasefire_line", "unmil")


class Case(NamedTuple):
    """One side of one comparison."""

    kind: str  # "parameter" or "expected"
    name: str
    side: str  # "low" or "high"
    scenario: str
    changes: tuple[tuple[str, Any], ...]
    without: tuple[str, ...]  # processes that are switched off


def screened(scenario: str, known: set[str]) -> Iterator[Case]:
    """List both ends of every parameter but those known to matter already."""
    for entry in parameters():
        if entry.plausible[0] == entry.plausible[1] or entry.path in known:
            continue
        for side, value in zip(("low", "high"), entry.plausible, strict=True):
            number = int(value) if entry.whole else value
            yield Case("parameter", entry.path, side, scenario, ((entry.path, number),), ())


def expectations() -> list[dict[str, Any]]:
    """Read what the literature says each mechanism does."""
    return tomllib.loads((HERE / "expected.toml").read_text())["expected"]


def expected() -> Iterator[Case]:
    """List both sides of every expectation."""
    for row in expectations():
        for side in ("low", "high"):
            changes = {path: ends[side == "high"] for path, ends in row.get("vary", {}).items()}
            without = tuple(row.get("without", ())) if side == "low" else ()
            fixed = row.get("given", {})
            yield Case("expected", row["name"], side, row["scenario"], tuple((fixed | changes).items()), without)


def run_case(case: Case, n: int) -> pd.DataFrame:
    """Run one side with seeds 1 to n; a row for each run."""
    scenario = load_scenario(case.scenario).override(dict(case.changes))
    if case.without:
        scenario = scenario.model_copy(update={"switched_off": case.without})
    rows = [
        {"seed": run.seed, "checksum": run.checksum, "error": run.error, **run.outcomes}
        for run in replicates(scenario, range(1, n + 1), workers=1)
    ]
    about = {"kind": case.kind, "name": case.name, "side": case.side, "scenario": case.scenario}
    return pd.DataFrame(rows).assign(**about)


def run_all(cases: list[Case], n: int, out: Path) -> None:
    """Run what is not there yet, and keep each part whole."""
    out.mkdir(parents=True, exist_ok=True)
    parts = {case: out / f"{case.kind}-{case.name}-{case.side}-{case.scenario}-{n}.parquet" for case in cases}
    left = [case for case, part in parts.items() if not part.exists()]
    began, done = time.monotonic(), 0
    with ProcessPoolExecutor(cores(), mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = {pool.submit(run_case, case, n): case for case in left}
        for job in as_completed(jobs):
            part = parts[jobs[job]]
            draft = part.with_suffix(".draft")
            job.result().to_parquet(draft)
            draft.rename(part)
            done += 1
            if done % 20 == 0 or done == len(left):
                rest = (time.monotonic() - began) / done * (len(left) - done)
                print(f"{done} of {len(left)} cases, {rest / 60:.0f} minutes left", flush=True)


def main() -> None:
    """Run the screening and write its pages."""
    from pages import effects, matter, read, write_pages

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=30)
    parser.add_argument("--scenarios", nargs="+", default=SCENARIOS)
    parser.add_argument("--only", choices=("parameters", "expected"))
    parser.add_argument("--out", type=Path, default=Path("results/screening"))
    parser.add_argument("--pages", type=Path, help="folder for the pages; nothing is run")
    chosen = parser.parse_args()
    if chosen.pages is None:
        for scenario in () if chosen.only == "expected" else chosen.scenarios:
            # A parameter that surely matters in one country need not be tried in the next.
            runs = read(chosen.out, "parameter")
            known = matter(effects(runs)) if len(runs) else set()
            run_all(list(screened(scenario, known)), chosen.replicates, chosen.out)
        if chosen.only != "parameters":
            run_all(list(expected()), chosen.replicates, chosen.out)
    write_pages(chosen.out, chosen.pages or chosen.out)


if __name__ == "__main__":
    main()
