"""How a command ends: 0 done, 1 failed, 2 bad input, 130 interrupted; no traceback for a user's mistake."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from sim.core.errors import InputError, ResultsError, SimError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


@contextmanager
def leaving() -> Iterator[None]:
    """Turn what goes wrong inside the ``with`` block into words on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except InputError as error:
        complain(str(error))
        raise typer.Exit(BAD_INPUT) from None
    except ResultsError as error:
        complain(str(error))
        raise typer.Exit(BAD_INPUT if type(error) is not ResultsError else FAILED) from None
    except SimError as error:
        complain(f"the run failed: {error}")
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        complain("interrupted; nothing was written")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # The reader has seen enough (``| head``); nothing may be printed any more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None


def complain(text: str) -> None:
    """Print on standard error."""
    typer.echo(text, err=True)
