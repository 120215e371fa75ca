"""Outcome cards: the middle future, the range of nine in ten, and the difference to the other world in plain words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.dashboard.futures import Member
from sim.dashboard.words import figure
from sim.results.measures.outcome import Better
from sim.results.outcomes import OUTCOMES

LOW, HIGH = 0.05, 0.95  # nine in ten, as in the fan
UNDECIDED = 0.15  # of all futures: as near as this to half and half, nothing can be told

SHOWN: tuple[tuple[str, str], ...] = (
    ("civilian_deaths", "Civilians killed"),
    ("battle_deaths", "Fighters killed"),
    ("displaced_end", "Displaced at the end"),
    ("conflict_years_25", "Years of war"),
    ("trust_state_end", "Trust in the state at the end"),
    ("peacekeepers_killed", "Peacekeepers killed"),
    ("cost_usd", "Cost of the missions"),
)
SAID = {  # less, more
    "persons": ("fewer", "more"),
    "calendar years": ("fewer", "more"),
    "US$": ("less", "more"),
}
OF_MISSIONS = ("cost_usd", "peacekeepers_killed")  # a world without peacekeepers has none: no comparison
UNITS = {"calendar years": "persons"}  # as a bare count: the card's title says of what


@dataclass(frozen=True)
class Card:
    """One outcome over the futures.

    Parameters
    ----------
    name, label, meaning
        Of the outcome.
    middle, span
        Median and range of nine in ten, in words.
    difference
        What the other world has less or more, empty without one.
    verdict
        In how many pairs of futures it is better, or that it cannot be told; empty where it makes no sense.
    tone
        ``better``, ``worse``, ``open`` or empty.
    """

    name: str
    label: str
    meaning: str
    middle: str
    span: str
    difference: str = ""
    verdict: str = ""
    tone: str = ""


def cards(members: Sequence[Member], others: Sequence[Member] = (), beside: str = "") -> list[Card]:
    """Sum up futures, and compare them pair by pair with those of the other world.

    Parameters
    ----------
    members, others : sequence of Member
        Pairs have the same seed.
    beside : str
        Name of the other world, as in "than without the mission".
    """
    made = []
    for name, label in SHOWN:
        values = np.array([member.outcomes[name] for member in members])
        others_values = np.array([other.outcomes[name] for other in others])
        if np.isnan(values).all() or not (values.any() or others_values.any()):
            continue
        made.append(_card(name, label, values, others_values, beside))
    return made


def _card(name: str, label: str, values: np.ndarray, others: np.ndarray, beside: str) -> Card:
    outcome = OUTCOMES[name]
    unit = UNITS.get(outcome.unit, outcome.unit)
    low, middle, high = np.nanquantile(values, (LOW, 0.5, HIGH)).tolist()
    span = f"nine in ten futures: {figure(low, unit)} to {figure(high, unit)}"
    card = Card(name, label, outcome.meaning, figure(middle, unit), span)
    if len(others) != len(values) or (not others.any() and name in OF_MISSIONS):
        return card
    difference = values - others
    difference = difference[~np.isnan(difference)]
    if len(difference) == 0:
        return card
    less, more = SAID.get(outcome.unit, ("lower", "higher"))
    words = compared(difference, unit, less, more)
    verdict, tone = judged(difference, outcome.better)
    return Card(name, label, outcome.meaning, card.middle, span, f"{words} than {beside}", verdict, tone)


def compared(difference: np.ndarray, unit: str, less: str, more: str) -> str:
    """Say how far apart two worlds are: the median difference, and the range of nine in ten."""
    low, middle, high = np.quantile(difference, (LOW, 0.5, HIGH)).tolist()

    def one(value: float) -> str:
        return f"{figure(abs(value), unit)} {less if value < 0.0 else more}"

    if low == high == 0.0:
        return "no different"
    if low < 0.0 < high:
        return f"{one(middle)} (from {one(low)} to {one(high)})"
    near, far = sorted((abs(low), abs(high)))
    return f"{one(middle)} ({figure(near, unit)} to {figure(far, unit)})"


def judged(difference: np.ndarray, better: Better) -> tuple[str, str]:
    """Say in how many pairs the world is better, and in what tone."""
    n = len(difference)
    if better == "neutral":
        return "", ""
    good = int(((difference < 0.0) if better == "lower" else (difference > 0.0)).sum())
    bad = int((difference != 0.0).sum()) - good
    if good == bad == 0:
        return f"the same in all {n} pairs", "open"
    if abs(good - bad) < 2.0 * UNDECIDED * n or math.isclose(good, bad):
        return f"cannot be told: better in {good}, worse in {bad} of {n} pairs", "open"
    if good > bad:
        return f"better in {good} of {n} pairs of futures", "better"
    return f"worse in {bad} of {n} pairs of futures", "worse"
