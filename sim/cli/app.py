"""The commands and what they take. Everything heavy is imported by the command that needs it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.leaving import leaving

MAX_SEED = 2**63 - 1
NAME = "A bundled scenario (see: peacesim list) or the path of a file."

app = typer.Typer(
    help="An agent-based laboratory for peacekeeping: run missions, read what happened, and why.",
    epilog="Start with: peacesim list, peacesim show unmil, peacesim run unmil --seed 7.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Name = Annotated[str, typer.Argument(metavar="SCENARIO", help=NAME, show_default=False)]
Settings = Annotated[
    list[str],
    typer.Option("--set", metavar="PATH=VALUE", help="Change one value of the scenario; may be repeated."),
]
Without = Annotated[
    list[str],
    typer.Option("--without", metavar="NAME", help="Switch off a process or mechanism; may be repeated."),
]
Weeks = Annotated[int | None, typer.Option(help="Length of the run, instead of the scenario's.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


class Executor(StrEnum):
    """Who does the work of a sweep."""

    PROCESSES = "processes"
    THREADS = "threads"
    DASK = "dask"


def _version(asked: bool) -> None:
    if asked:
        from sim import __version__

        typer.echo(f"peacesim {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """An agent-based laboratory for peacekeeping: run missions, read what happened, and why."""


@app.command(epilog="Example: peacesim run unmil --seed 7 --set mission.mandate.clarity=0.4 --replicates 100")
def run(
    name: Name,
    seed: Annotated[
        int | None, typer.Option(min=0, max=MAX_SEED, help="Key of all chance, instead of the scenario's.")
    ] = None,
    weeks: Weeks = None,
    settings: Settings = [],  # noqa: B006  (typer copies it)
    without: Without = [],  # noqa: B006
    replicates: Annotated[int, typer.Option(min=1, help="Futures, with seeds from the first one up.")] = 1,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Runs at the same time; one for each core if left out.")
    ] = None,
    without_mission: Annotated[
        bool, typer.Option("--without-mission", help="The same country with no mission.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Results folder; results/SCENARIO-seedN if left out.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the results of another run.")] = False,
    stride: Annotated[
        int | None, typer.Option(min=0, help="Weeks between kept maps, 0 for none; a quarter if left out.")
    ] = None,
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Draw no figure.")] = False,
    from_week: Annotated[
        int | None,
        typer.Option("--from-week", min=0, help="Let --set and --without hold from this week on; the past stays."),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what made the worst events likely.")] = False,
    evaluate: Annotated[bool, typer.Option("--evaluate", help="Print the end-of-mission report.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a scenario, say in plain words what happened, and write a results folder."""
    with leaving():
        from sim.cli.run import Order, carry_out

        choice = Order(
            name=name,
            seed=seed,
            weeks=weeks,
            settings=tuple(settings),
            without=tuple(without),
            replicates=replicates,
            workers=workers,
            without_mission=without_mission,
            out=out,
            force=force,
            stride=stride,
            plots=not no_plots,
            explain=explain,
            evaluate=evaluate,
            from_week=from_week,
            quiet=quiet,
            as_json=as_json,
        )
        raise typer.Exit(carry_out(choice))


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
    workers: Annotated[
        int | None, typer.Option(min=1, help="Runs at the same time; one for each core if left out.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Results folder; one in results/ if left out.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the results of another run.")] = False,
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Draw no figure.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
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


@app.command(epilog="Example: peacesim reproduce results/unmil-seed7")
def reproduce(
    folder: Annotated[Path, typer.Argument(metavar="RESULTS", help="A results folder.", show_default=False)],
    rows: Annotated[
        int | None, typer.Option(min=1, help="Of a sweep, run only so many runs again, evenly spread.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Runs at the same time; one for each core if left out.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print one or two words.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a results folder again: bit-identical, or what differs first and why it may.

    Folders made elsewhere will do: the manifest says what was run. The exit code is 0 if every value is the same,
    1 if not.
    """
    with leaving():
        from sim.cli.reproduce import carry_out

        raise typer.Exit(carry_out(folder, rows=rows, workers=workers, quiet=quiet, as_json=as_json))


@app.command(epilog="Example: peacesim check mycountry.toml")
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=NAME, show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Check scenarios and experiments without running anything; every problem is one line."""
    with leaving():
        from sim.cli.check import check_files

        raise typer.Exit(check_files(files, as_json=as_json))


@app.command(epilog="Example: peacesim show unmil --set mission.mandate.clarity=0.4")
def show(
    name: Name,
    settings: Settings = [],  # noqa: B006  (typer copies it)
    without: Without = [],  # noqa: B006
    as_toml: Annotated[bool, typer.Option("--toml", help="Print it as a scenario file with every default.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a scenario: its map, its people, its armed groups, its mission."""
    with leaving():
        from sim.cli.show import show_scenario

        show_scenario(name, tuple(settings), tuple(without), as_toml=as_toml, as_json=as_json)


@app.command(epilog="Example: peacesim sweep clear_mandate --quick")
def sweep(
    experiment: Annotated[
        str,
        typer.Argument(metavar="EXPERIMENT", help="A bundled study (see: peacesim list experiments) or a file."),
    ],
    workers: Annotated[
        int | None, typer.Option(min=1, help="Runs at the same time; one for each core if left out.")
    ] = None,
    executor: Annotated[Executor, typer.Option(help="Who does the work.")] = Executor.PROCESSES,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler; for dask, a local cluster if left out.")
    ] = None,
    shard: Annotated[str, typer.Option(metavar="I/N", help="Run the i-th of n parts, for array jobs.")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the results folder stopped.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer rows and replicates.")] = False,
    out: Annotated[Path | None, typer.Option(help="Results folder; results/ID if left out.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take and how exact it would be; write nothing.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run an experiment: every row of its design, all replicates, on all cores or a cluster."""
    with leaving():
        from sim.cli.sweep import Order, carry_out

        order = Order(
            experiment, out, workers, executor.value, scheduler, shard, resume, quick, dry_run, quiet, as_json
        )
        raise typer.Exit(carry_out(order))


@app.command(epilog="Example: peacesim merge results/clear_mandate")
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Shards, or a folder that holds them.")],
    out: Annotated[
        Path | None, typer.Option(help="Results folder of the whole; FOLDER if it holds the shards.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
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
    force: Annotated[bool, typer.Option("--force", help="Replace the results of another run.")] = False,
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Draw no figure.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
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


class Start(StrEnum):
    """What ``peacesim new`` can begin."""

    SCENARIO = "scenario"
    EXPERIMENT = "experiment"


@app.command(epilog="Example: peacesim new experiment exit_timing")
def new(
    what: Annotated[Start, typer.Argument(help="What to begin.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its id; the file is NAME.toml.")],
    out: Annotated[Path | None, typer.Option(help="The file; NAME.toml if left out.")] = None,
) -> None:
    """Write a commented file to start from; it never replaces one."""
    with leaving():
        from sim.cli.new import begin

        raise typer.Exit(begin(what.value, name, out))


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


@app.command(epilog="Example: peacesim replay unmil --seed 7 --out liberia.html")
def replay(
    name: Annotated[
        str,
        typer.Argument(metavar="SCENARIO|RESULTS", help=f"{NAME[:-1]}, or a results folder.", show_default=False),
    ],
    seed: Annotated[
        int | None, typer.Option(min=0, max=MAX_SEED, help="Key of all chance, instead of the scenario's.")
    ] = None,
    weeks: Weeks = None,
    settings: Settings = [],  # noqa: B006  (typer copies it)
    out: Annotated[Path | None, typer.Option(help="The file; results/SCENARIO-seedN.html if left out.")] = None,
    without_mission: Annotated[
        bool, typer.Option("--without-mission", help="The same country with no mission, by itself.")
    ] = False,
    alone: Annotated[
        bool, typer.Option("--alone", help="Leave out the world without the mission that stands beside it.")
    ] = False,
    futures: Annotated[int, typer.Option(min=0, max=1000, help="Futures in the fan of the charts, 0 for none.")] = 20,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the file is.")] = False,
) -> None:
    """Write one HTML file that plays a run with map, charts and events in any browser, without a server."""
    with leaving():
        from sim.cli.replay import ReplayOrder, make_replay

        order = ReplayOrder(name, seed, weeks, tuple(settings), out, without_mission, alone, futures, quiet)
        raise typer.Exit(make_replay(order))


class Topic(StrEnum):
    """What ``peacesim list`` can list."""

    SCENARIOS = "scenarios"
    EXPERIMENTS = "experiments"
    RULES = "rules"
    PARAMETERS = "parameters"
    PROCESSES = "processes"
    MECHANISMS = "mechanisms"
    CLAIMS = "claims"
    OUTCOMES = "outcomes"
    DOCTRINES = "doctrines"
    SERIES = "series"


@app.command("list", epilog="Example: peacesim list processes")
def list_(
    what: Annotated[Topic, typer.Argument(help="What to list.")] = Topic.SCENARIOS,
    as_json: AsJson = False,
) -> None:
    """List scenarios, experiments, parameters, outcomes and more."""
    with leaving():
        from sim.cli.listing import print_list

        print_list(what.value, as_json=as_json)


@app.command(epilog="Example: peacesim dashboard unmil --port 8765")
def dashboard(
    name: Annotated[str | None, typer.Argument(metavar="[SCENARIO]", help=NAME, show_default=False)] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets others in.")] = "127.0.0.1",
    futures: Annotated[int, typer.Option(min=5, max=100, help="Most futures of a fan; fewer where many wait.")] = 100,
    browser: Annotated[
        bool | None, typer.Option("--browser/--no-browser", help="Open it in this machine's browser, or do not.")
    ] = None,
) -> None:
    """Serve the dashboard: maps, what-if, comparison, in a browser."""
    with leaving():
        from sim.cli.dashboard import serve_dashboard

        serve_dashboard(name, host=host, port=port, futures=futures, browser=browser)
