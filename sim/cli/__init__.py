"""The ``peacesim`` command: parse, call, print."""

import os
import signal


def main() -> None:
    """Run the command line that Python was started with; leaves by ``SystemExit``."""
    # Before NumPy is imported: no command does linear algebra, and its threads take time to start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from sim.cli import missions, studies  # noqa: F401  (they add their commands)
    from sim.cli.app import app

    try:
        app(prog_name="peacesim")
    except SystemExit as stop:
        if stop.code == 130:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # one more Ctrl-C would only break the tidying up
        raise
