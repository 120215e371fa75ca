"""Outcome cards: the middle future, the range of nine in ten, and the difference to the other world in plain words.

A difference is told only where chance does not explain it: where the interval of its mean over pairs of futures leaves
out zero, and where it is large enough to be written.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.intervals import Interval, mean
from sim.dashboard.futures import TOLD, Member
from sim.dashboard.words import figure
from sim.results.measures.outcome import Better
from sim.results.outcomes import OUTCOMES

LOW, HIGH = 0.05, 0.95  # nine in ten, as in the fan

LABELS = (
    "Civilians killed", "Fighters killed", "Displaced at the end", "Years of war", "Trust in the state at the end",
    "Peacekeepers killed", "Cost of the missions",
)  # fmt: skip
SHOWN: tuple[tuple[str, str], ...] = tuple(zip(TOLD, LABELS, strict=True))
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
        What this world has less or more than the other on average, with its interval; empty without another.
    verdict
        In how many pairs of futures it is better, or that it is not told from chance; empty where it makes no sense.
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
    effect = mean(difference)
    words = f"{compared(effect, unit)} {beside}"
    verdict, tone = judged(difference, effect, unit, outcome.better)
    return Card(name, label, outcome.meaning, card.middle, span, words, verdict, tone)


def compared(effect: Interval, unit: str) -> str:
    """Say how far apart two worlds are on average, up to the name of the other world.

    Parameters
    ----------
    effect : Interval
        Mean over pairs of futures of this world less the other one.
    unit : str
    """
    less, more = SAID.get(unit, ("lower", "higher"))

    def said(value: float) -> str:
        return f"{figure(abs(value), unit)} {less if value < 0.0 else more}"

    if all(_written_as_nothing(each, unit) for each in effect) or _too_small(effect, unit):
        return "the same as"
    if math.isnan(effect.low):
        return "too few futures to be told from chance, other than"
    if not effect.clear:
        return f"not told from chance: {said(effect.low)} to {said(effect.high)} on average than"
    near, far = (figure(abs(end), unit) for end in sorted((effect.low, effect.high), key=abs))
    return f"{said(effect.value)} on average (95% interval: {near} to {far}) than"


def judged(difference: np.ndarray, effect: Interval, unit: str, better: Better) -> tuple[str, str]:
    """Say in how many pairs the world is better, and in what tone: open where the mean is not told from chance.

    Parameters
    ----------
    difference : array (n,)
        This world less the other one, pair by pair; pairs whose difference is written as zero are alike.
    effect : Interval
        Its mean.
    unit : str
    better : str
        Whether ``lower`` or ``higher`` is better, or it is ``neutral``.
    """
    if better == "neutral":
        return "", ""
    n, good_side = len(difference), -1.0 if better == "lower" else 1.0
    sides = [0.0 if _written_as_nothing(each, unit) else good_side * each for each in difference.tolist()]
    good, bad = sum(side > 0.0 for side in sides), sum(side < 0.0 for side in sides)
    if good == bad == 0:
        return f"the same in all {n} pairs of futures", "open"
    alike = f", the same in {n - good - bad}" if good + bad < n else ""
    if not effect.clear or _too_small(effect, unit):
        return f"better in {good}, worse in {bad}{alike} of {n} pairs of futures", "open"
    if effect.value * good_side > 0.0:
        return f"better in {good}{alike} of {n} pairs of futures", "better"
    return f"worse in {bad}{alike} of {n} pairs of futures", "worse"


def _too_small(effect: Interval, unit: str) -> bool:
    """Tell whether a mean difference is told from chance, and yet too small to be written."""
    return effect.clear and _written_as_nothing(effect.value, unit)


def _written_as_nothing(value: float, unit: str) -> bool:
    return figure(abs(value), unit) == figure(0.0, unit)
