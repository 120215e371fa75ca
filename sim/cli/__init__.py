"""The ``peacesim`` command: parse, call, print."""


def main() -> None:
    """Run the command line that Python was started with; leaves by ``SystemExit``."""
    from sim.cli.app import app

    app(prog_name="peacesim")
