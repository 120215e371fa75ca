"""The ``peacesim`` command: parse, call, print."""

import os


def main() -> None:
    """Run the command line that Python was started with; leaves by ``SystemExit``."""
    # Before NumPy is imported: no command does linear algebra, and its threads take time to start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from sim.cli import missions, studies  # noqa: F401  (they add their commands)
    from sim.cli.app import app

    app(prog_name="peacesim")
