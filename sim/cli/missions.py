"""Commands for one mission: run, check, show, play, list, begin. Heavy imports are the command's own."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import NAME, AsJson, Force, Name, NoPlots, Quiet, Seed, Settings, Weeks, Without, Workers, app
from sim.cli.leaving import leaving


class Start(StrEnum):
    """What ``peacesim new`` can begin."""

    SCENARIO = "scenario"
    EXPERIMENT = "experiment"
    COUNTRY = "country"


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


@app.command(epilog="Example: peacesim run unmil --seed 7 --set mission.mandate.clarity=0.4 --replicates 100")
def run(
    name: Name,
    seed: Seed = None,
    weeks: Weeks = None,
    settings: Settings = [],  # noqa: B006  (typer copies it)
    without: Without = [],  # noqa: B006
    replicates: Annotated[int, typer.Option(min=1, help="Futures, with seeds from the first one up.")] = 1,
    workers: Workers = None,
    without_mission: Annotated[
        bool, typer.Option("--without-mission", help="The same country with no mission.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Results folder; results/SCENARIO-seedN if left out.")] = None,
    force: Force = False,
    stride: Annotated[
        int | None, typer.Option(min=0, help="Weeks between kept maps, 0 for none; a quarter if left out.")
    ] = None,
    no_plots: NoPlots = False,
    from_week: Annotated[
        int | None,
        typer.Option("--from-week", min=0, help="Let --set and --without hold from this week on; the past stays."),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what made the worst events likely.")] = False,
    evaluate: Annotated[bool, typer.Option("--evaluate", help="Print the end-of-mission report.")] = False,
    quiet: Quiet = False,
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


@app.command(epilog="Example: peacesim replay unmil --seed 7 --out liberia.html")
def replay(
    name: Annotated[
        str,
        typer.Argument(metavar="SCENARIO|RESULTS", help=f"{NAME[:-1]}, or a results folder.", show_default=False),
    ],
    seed: Seed = None,
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


@app.command("list", epilog="Example: peacesim list processes")
def list_(
    what: Annotated[Topic, typer.Argument(help="What to list.")] = Topic.SCENARIOS,
    as_json: AsJson = False,
) -> None:
    """List scenarios, experiments, parameters, outcomes and more."""
    with leaving():
        from sim.cli.listing import print_list

        print_list(what.value, as_json=as_json)


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
