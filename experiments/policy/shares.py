"""Which part of the mission did the work: Shapley shares of an outcome over its tasks or components.

Runs every combination of the parts on the same seeds; writes ``shares.csv`` and ``shares.png``. By hand, from the root
of the checkout:

    python -m experiments.policy.shares fragile_peace --outcome civilian_deaths --by groups --out results/shares
    python -m experiments.policy.shares --quick
"""

import argparse
from pathlib import Path

from sim.analysis.attribution import attribute
from sim.analysis.plots.study.curves import plot_shares
from sim.analysis.report.words import label_of
from sim.cli.progress import Progress
from sim.scenario.load import load_scenario


def main() -> None:
    """Share out, write and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="?", default="fragile_peace")
    parser.add_argument("--outcome", default="civilian_deaths")
    parser.add_argument("--by", choices=("groups", "tasks", "components"), default="groups")
    parser.add_argument("--replicates", type=int, default=50)
    parser.add_argument("--weeks", type=int, default=None)
    parser.add_argument("--out", type=Path, default=Path("results/shares"))
    parser.add_argument("--quick", action="store_true", help="five seeds, three years")
    asked = parser.parse_args()
    scenario = load_scenario(asked.scenario)
    weeks, replicates = (asked.weeks or 156, 5) if asked.quick else (asked.weeks, asked.replicates)
    if weeks:
        scenario = scenario.override({"weeks": weeks})
    with Progress("combinations") as progress:
        table = attribute(scenario, asked.outcome, by=asked.by, replicates=replicates, progress=progress)
    asked.out.mkdir(parents=True, exist_ok=True)
    table.to_csv(asked.out / "shares.csv", index=False)
    title = f"{scenario.id}: which part did the work"
    plot_shares(table, label_of(asked.outcome), title).save(asked.out / "shares.png")
    print(table.to_string(index=False, float_format="{:.3g}".format))


if __name__ == "__main__":
    main()
