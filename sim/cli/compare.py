"""``peacesim compare``: two scenarios in the same futures, what differs, and a results folder."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.choose import choose
from sim.cli.leaving import DONE, FAILED, INTERRUPTED, complain, putting_off_ctrl_c
from sim.cli.progress import Progress
from sim.cli.talk import Talk, command_line
from sim.core.errors import InputError
from sim.results.plain import plain

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Order(Talk):
    """What the command line asks for; the fields are its options."""

    first: str
    second: str | None
    settings: tuple[str, ...]
    settings_other: tuple[str, ...]
    settings_both: tuple[str, ...]
    without: tuple[str, ...]
    without_mission: bool
    replicates: int
    seed: int | None
    weeks: int | None
    workers: int | None
    out: Path | None
    force: bool
    plots: bool


def carry_out(order: Order) -> int:
    """Run the pairs, print, write; return the exit code."""
    first, second = sides_of(order)

    from sim.analysis.compare.comparison import Comparison, seeds_of
    from sim.analysis.compare.store import comparison_folder

    comparison = Comparison(first, second)
    seeds = seeds_of(first, order.replicates, order.seed)
    folder = order.out or default_folder(first, second, seeds)
    with comparison_folder(folder, comparison, seeds, command=command_line(), force=order.force) as writer:
        run_all(comparison, seeds, order)
        left = len(seeds) - len(comparison.runs)
        if left:
            writer.stop(len(comparison.runs))
        if order.talks:
            typer.echo("bootstrap of intervals and figures ...", err=True)
        writer.write(comparison, plots=order.plots)
    figure = folder / "figures" / "comparison.png" if order.plots and comparison.good else None
    if order.as_json:
        typer.echo(json.dumps(answer(comparison, folder, figure), indent=1, ensure_ascii=False))
    elif order.quiet:
        typer.echo(folder)
    else:
        tell(comparison, folder, figure)
    for pair in comparison.failed[:3]:
        complain(f"seed {pair[0].seed} failed: {pair[0].error or pair[1].error}")
    if left:
        more = f"--seed {seeds[len(comparison.runs)]} --replicates {left}"
        complain(f"interrupted: {len(comparison.runs)} of {len(seeds)} pairs are done and kept; for the rest: {more}")
        return INTERRUPTED
    return FAILED if comparison.failed else DONE


def sides_of(order: Order) -> "tuple[Scenario, Scenario]":
    """Return both scenarios, each with its own changes.

    Raises
    ------
    InputError
        If both are the same.
    """
    both = order.settings_both
    first = choose(order.first, (*both, *order.settings), order.weeks)
    second = choose(
        order.second or order.first,
        (*both, *order.settings_other),
        order.weeks,
        without=order.without,
        without_mission=order.without_mission,
    )
    if first.digest() == second.digest():
        raise InputError(
            "both sides are the same; name a second scenario, or change one side with --set, --set-other, "
            "--without or --without-mission"
        )
    return first, second


def default_folder(first: "Scenario", second: "Scenario", seeds: Sequence[int]) -> Path:
    """Name a folder for a comparison, with a few letters of both fingerprints."""
    name = first.id if first.id == second.id else f"{first.id}-{second.id}"
    marks = f"{first.digest()[:4]}{second.digest()[:4]}"
    return Path("results") / f"compare-{name}-{marks}-seed{seeds[0]}-x{len(seeds)}"


def run_all(comparison: "Comparison", seeds: Sequence[int], order: Order) -> None:
    """Run the pairs until all are done or Ctrl-C is pressed."""
    from sim.analysis.compare.pairs import run_pairs
    from sim.core.notice import compile_notice
    from sim.engine.replicate import prepare

    with compile_notice(shown=order.talks):
        prepare(comparison.first, seeds[0])  # so that the clock below does not count the compiler's time
        with putting_off_ctrl_c() as asked, Progress("runs", shown=order.talks) as progress:
            for pair in run_pairs(comparison.first, comparison.second, seeds, order.workers, progress):
                comparison.add(pair)
                if asked.is_set():
                    break


def tell(comparison: "Comparison", folder: Path, figure: Path | None) -> None:
    """Print the summary and where everything is."""
    if comparison.good:
        typer.echo(f"{comparison.summary()}\n")
    if figure is not None:
        typer.echo(f"Figure:   {figure}")
    typer.echo(f"Results:  {folder}")


def answer(comparison: "Comparison", folder: Path, figure: Path | None) -> dict[str, Any]:
    """Return what ``--json`` prints; a number that is not known is null."""
    found: dict[str, Any] = {
        "sides": {
            side: {"name": name, "scenario": scenario.id, "digest": scenario.digest()}
            for side, name, scenario in zip(
                ("first", "second"), comparison.names, (comparison.first, comparison.second), strict=True
            )
        },
        "seeds": comparison.seeds,
        "pairs": {"done": len(comparison.good), "failed": len(comparison.failed)},
    }
    if comparison.good:
        found["effects"] = {
            name: {
                "n": effect.n,
                "first": effect.first,
                "second": effect.second,
                "difference": effect.difference._asdict(),
                "ratio": effect.ratio._asdict(),
                "variance_saved": effect.saved,
                "better": effect.better,
            }
            for name, effect in comparison.effects.items()
        }
        found["deaths_averted"] = {
            name: {part: value._asdict() for part, value in price._asdict().items()}
            for name, price in (("all", comparison.price), ("civilians", comparison.price_civilian))
        }
    found |= {"results": str(folder), "figure": str(figure) if figure else None}
    return plain(found)
