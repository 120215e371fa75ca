"""One step of a guided tour."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.dashboard.levers import Value


@dataclass(frozen=True)
class Step:
    """One step of a tour.

    Parameters
    ----------
    title, text
        What is shown.
    settings
        Settings that the step is about; None leaves what is set.
    outcome, question
        What is to be guessed; empty for nothing. Until the guess, settings are locked and the other world is hidden.
    notes
        For the instructor.
    week
        Week that the map goes to; -1 leaves it where it is.
    reveal
        What is on record, hidden until it is asked for.
    """

    title: str
    text: str
    settings: Mapping[str, Value] | None = None
    outcome: str = ""
    question: str = ""
    notes: str = ""
    week: int = -1
    reveal: str = ""
