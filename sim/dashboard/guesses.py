"""Guesses of a class beside what the futures say."""

from collections.abc import Sequence

import numpy as np

from sim.dashboard.futures import Member
from sim.dashboard.words import figure
from sim.results.outcomes import OUTCOMES

HALF, SOME = 0.5, 0.9  # of the other world: below half is far less, below nine tenths is less
# What a class may be asked, by the outcome that answers it.
QUESTIONS = {
    "civilian_deaths": "With the mission, how many civilians will be killed, compared with the world without it?",
    "battle_deaths": "With the mission, how many fighters will be killed, compared with the world without it?",
    "displaced_end": "With the mission, how many people will be displaced at the end, compared with the world without?",
}
GUESSES = ("Less than half", "Somewhat less", "About the same", "More")


def found(mine: float, other: float) -> str:
    """Return the guess that would have been right, for medians of both worlds."""
    if other == 0.0:
        return GUESSES[2] if mine == 0.0 else GUESSES[3]
    ratio = mine / other
    if ratio > 1.0 / SOME:
        return GUESSES[3]
    return GUESSES[0] if ratio < HALF else GUESSES[1] if ratio < SOME else GUESSES[2]


def answer(outcome: str, members: Sequence[Member], others: Sequence[Member]) -> tuple[str, str]:
    """Return the guess that would have been right, and what the futures say in a sentence.

    Parameters
    ----------
    outcome : str
        Name of an outcome.
    members, others : sequence of Member
        Futures with and without.
    """
    values = np.array([member.outcomes[outcome] for member in members])
    rival = np.array([other.outcomes[outcome] for other in others])
    mine, other = float(np.nanmedian(values)), float(np.nanmedian(rival))
    unit = OUTCOMES[outcome].unit
    right = found(mine, other)
    n = min(len(values), len(rival))
    less = int((values[:n] < rival[:n]).sum())
    return right, (
        f"{right}: {figure(mine, unit)} against {figure(other, unit)} in the other world (the middle of {n} futures), "
        f"less in {less} of {n} pairs."
    )


def judged_guess(outcome: str, guess: str, members: Sequence[Member], others: Sequence[Member]) -> str:
    """Say what the futures say, and whether a guess, one of ``GUESSES``, was right."""
    right, words = answer(outcome, members, others)
    return f"{words} " + ("You guessed that." if right == guess else f"You guessed: {guess.lower()}.")
