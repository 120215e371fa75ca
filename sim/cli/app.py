"""The ``peacesim`` application, and the options that several commands share."""

from typing import Annotated

import typer

from sim.core.seeds import MAX_SEED

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
Seed = Annotated[int | None, typer.Option(min=0, max=MAX_SEED, help="Key of all chance, instead of the scenario's.")]
Weeks = Annotated[int | None, typer.Option(help="Length of the run, instead of the scenario's.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Runs at the same time; one for each core if left out.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the results of another run.")]
NoPlots = Annotated[bool, typer.Option("--no-plots", help="Draw no figure.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


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
