"""What can go wrong in words that a user can act on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what a user wrote, and where it stands.

    Parameters
    ----------
    message
        What is wrong or what was expected, without a full stop.
    path
        Dotted path inside the input, such as ``mission.mandate.clarity``.
    file, line
        Where it was written; ``line`` counts from 1, and is None where nothing was written in a file.
    found
        What stands there now, as a user would recognise it.
    hint
        The nearest valid name, or another way out.
    """

    message: str
    path: str = ""
    file: str = ""
    line: int | None = None
    found: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Say it in one line: ``file:line: path: message, found ...; hint``."""
        place = f"{self.file}:{self.line}" if self.file and self.line is not None else self.file
        what = f"{self.message}, found {self.found}" if self.found else self.message
        if self.hint:
            what = f"{what}; {self.hint}"
        return one_line(": ".join(part for part in (place, self.path, what) if part))


def one_line(text: str) -> str:
    """Escape line breaks and other control characters, so that one problem stays one line of a terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


class SimError(Exception):
    """Anything that this package reports to a user without a traceback."""


class InputError(SimError):
    """Input that was refused, with everything that is wrong about it.

    Parameters
    ----------
    problems
        The problems, in the order in which they are printed; or one message.
    """

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        found = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__(found)  # the only argument, so that the error survives pickling between processes
        self.problems = found

    def __str__(self) -> str:
        """Give one line per problem."""
        return "\n".join(str(problem) for problem in self.problems)


class ScenarioError(InputError):
    """A scenario, or a change to one, that was refused."""


class ExperimentError(InputError):
    """An experiment that was refused."""


class InvariantError(SimError):
    """A law of the model that a run broke: people lost, negative cash, a share above one."""


class ResultsError(SimError):
    """A results folder that cannot be read, written or trusted."""
