"""Policies that nobody beats: civilian deaths, relapse and cost of a mission over its force, tasks and money.

Searches a teaching country for the Pareto front under a budget, and writes ``front.csv`` (every candidate), and
``front.png``. Whatever stands on the front was picked for its luck as well as its merit: run what is chosen again on
seeds of its own (``peacesim run --seed``). By hand, from the root of the checkout:

    python -m experiments.policy.front --out results/front
    python -m experiments.policy.front --out results/front --quick
"""

import argparse
from pathlib import Path

from sim.analysis.levers import force_levers, funding_levers, task_levers
from sim.analysis.plots.study.curves import plot_front
from sim.analysis.search import GOALS, search_policies
from sim.cli.progress import Progress
from sim.scenario.load import load_scenario

LABELS = ["civilian deaths (persons)", "relapse, or no agreement (share of runs)", "cost (US$)"]


def main() -> None:
    """Search, write and print the front."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="?", default="fragile_peace")
    parser.add_argument("--budget", type=float, default=8e9, help="most that a policy may cost over the run, in US$")
    parser.add_argument("--out", type=Path, default=Path("results/front"))
    parser.add_argument("--quick", action="store_true", help="few candidates, few seeds, three years")
    asked = parser.parse_args()
    scenario = load_scenario(asked.scenario)
    if asked.quick:
        scenario = scenario.override({"weeks": 156})
    levers = [*force_levers(scenario), *task_levers(scenario), *funding_levers(scenario)]
    size = (
        {"replicates": 3, "population": 10, "generations": 4} if asked.quick else {"replicates": 20, "population": 40}
    )
    with Progress("candidates") as progress:
        found = search_policies(scenario, levers, budget_usd=asked.budget, progress=progress, **size)
    asked.out.mkdir(parents=True, exist_ok=True)
    found.table.to_csv(asked.out / "front.csv", index=False)
    title = (
        f"Policies that no other beats (orange): means of {size['replicates']} seeds, at most US$ {asked.budget:,.0f}"
    )
    plot_front(found.table, list(GOALS), LABELS, title).save(asked.out / "front.png")
    print(found.best[[*GOALS, *found.levers]].to_string(index=False, float_format="{:.3g}".format))
    print(f"{found.runs:,} runs, {len(found.table):,} candidates, {len(found.best):,} on the front: {asked.out}")


if __name__ == "__main__":
    main()
