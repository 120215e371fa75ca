"""Commands for studies: compare, sweep and what is done with their results. Heavy imports are the command's own."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import AsJson, Force, Name, NoPlots, Quiet, Settings, Weeks, Workers, app
from sim.cli.leaving import leaving
from sim.core.seeds import MAX_SEED


class Executor(StrEnum):
    """Who does the work of a sweep."""

    PROCESSES = "processes"
    THREADS = "threads"
    DASK = "dask"


@app.command(epilog="Example: peacesim compare unmil --without-mission --replicates 200")
def compare(
    first: Name,
    second: Annotated[
        str | None, typer.Argument(metavar="OTHER", help="What to compare with; the same where left out.")
    ] = None,
    settings: Settings = [],  # noqa: B006  (typer copies it)
    settings_other: Annotated[
        list[str], typer.Option("--set-other", metavar="PATH=VALUE", help="Change one value of the other side.")
    ] = [],  # noqa: B006
    settings_both: Annotated[
        list[str], typer.Option("--set-both", metavar="PATH=VALUE", help="Change one value of both sides.")
    ] = [],  # noqa: B006
    without: Annotated[
        list[str],
        typer.Option("--without", metavar="NAME", help="Switch off a process or mechanism on the other side."),
    ] = [],  # noqa: B006
    without_mission: Annotated[
        bool, typer.Option("--without-mission", help="The other side is the same country with no mission.")
    ] = False,
    replicates: Annotated[int, typer.Option(min=1, help="Pairs, with seeds from the first one up.")] = 200,
    seed: Annotated[
        int | None, typer.Option(min=0, max=MAX_SEED, help="Seed of the first pair, instead of the scenario's.")
    ] = None,
    weeks: Weeks = None,
    workers: Workers = None,
    out: Annotated[Path | None, typer.Option(help="Results folder; one in results/ if left out.")] = None,
    force: Force = False,
    no_plots: NoPlots = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Run two scenarios with the same random numbers and say what differs beyond chance.

    Differences are the scenario less the other side: --set changes the scenario, which is then compared with what its
    file says; --without and --without-mission take something away from the other side.
    """
    with leaving():
        from sim.cli.compare import Order, carry_out

        choice = Order(
            first=first,
            second=second,
            settings=tuple(settings),
            settings_other=tuple(settings_other),
            settings_both=tuple(settings_both),
            without=tuple(without),
            without_mission=without_mission,
            replicates=replicates,
            seed=seed,
            weeks=weeks,
            workers=workers,
            out=out,
            force=force,
            plots=not no_plots,
            quiet=quiet,
            as_json=as_json,
        )
        raise typer.Exit(carry_out(choice))


@app.command(epilog="Example: peacesim sweep clear_mandate --quick")
def sweep(
    experiment: Annotated[
        str,
        typer.Argument(metavar="EXPERIMENT", help="A bundled study (see: peacesim list experiments) or a file."),
    ],
    workers: Workers = None,
    executor: Annotated[Executor, typer.Option(help="Who does the work.")] = Executor.PROCESSES,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler; for dask, a local cluster if left out.")
    ] = None,
    shard: Annotated[str, typer.Option(metavar="I/N", help="Run the i-th of n parts, for array jobs.")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the results folder stopped.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="With --resume, run failed runs again; else they count as done.")
    ] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer rows and replicates.")] = False,
    out: Annotated[Path | None, typer.Option(help="Results folder; results/ID if left out.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take and how exact it would be; write nothing.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Run an experiment: every row of its design, all replicates, on all cores or a cluster."""
    with leaving():
        from sim.cli.sweep import Order, carry_out

        order = Order(
            experiment,
            out,
            workers,
            executor.value,
            scheduler,
            shard,
            resume,
            retry_failed,
            quick,
            dry_run,
            quiet=quiet,
            as_json=as_json,
        )
        raise typer.Exit(carry_out(order))


@app.command(epilog="Example: peacesim merge results/clear_mandate")
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Shards, or a folder that holds them.")],
    out: Annotated[
        Path | None, typer.Option(help="Results folder of the whole; FOLDER if it holds the shards.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Put the shards of a sweep together."""
    with leaving():
        from sim.cli.sweep import merge_folders

        raise typer.Exit(merge_folders(folders, out, quiet=quiet))


@app.command("open", epilog="Example: peacesim open results/clear_mandate 5 --replicate 3")
def open_(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="Results folder of a sweep.")],
    row: Annotated[int | None, typer.Argument(metavar="[ROW]", help="A row of its design.")] = None,
    arm: Annotated[str, typer.Option(help="policy or contrast.")] = "policy",
    replicate: Annotated[int, typer.Option(min=0, help="Which replicate of the row.")] = 0,
    run: Annotated[int | None, typer.Option(min=0, help="A run by its number, instead of a row.")] = None,
    out: Annotated[Path | None, typer.Option(help="Results folder; inside RESULTS if left out.")] = None,
    force: Force = False,
    no_plots: NoPlots = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Open one row of a sweep again: that very run in full, with weekly table, events, maps and figure."""
    with leaving():
        from sim.cli.reopen import open_row

        code = open_row(
            results,
            row,
            arm=arm,
            replicate=replicate,
            run=run,
            out=out,
            force=force,
            plots=not no_plots,
            quiet=quiet,
            as_json=as_json,
        )
        raise typer.Exit(code)


@app.command(epilog="Example: peacesim report results/unmil-seed1-x100")
def report(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="The results folder of a run or a sweep.")],
    outcomes: Annotated[
        list[str], typer.Option("--outcome", metavar="NAME", help="Outcome that gets figures; may be repeated.")
    ] = [],  # noqa: B006  (typer copies it)
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the report is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write figures, tables and one page that tells a study, into its results folder."""
    with leaving():
        from sim.cli.report import make_report

        raise typer.Exit(make_report(results, tuple(outcomes), quiet=quiet, as_json=as_json))


@app.command(epilog="Example: peacesim reproduce results/unmil-seed7")
def reproduce(
    folder: Annotated[Path, typer.Argument(metavar="RESULTS", help="A results folder.", show_default=False)],
    rows: Annotated[
        int | None, typer.Option(min=1, help="Of a sweep, run only so many runs again, evenly spread.")
    ] = None,
    workers: Workers = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print one or two words.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a results folder again: bit-identical, or what differs first and why it may.

    Folders made elsewhere will do: the manifest says what was run. Figures and reports are drawn from the tables and
    are not compared. The exit code is 0 if every value is the same, 1 if not.
    """
    with leaving():
        from sim.cli.reproduce import carry_out

        raise typer.Exit(carry_out(folder, rows=rows, workers=workers, quiet=quiet, as_json=as_json))
