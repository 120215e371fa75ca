"""Colours and type that all figures share, and names and numbers made short for them.

Colours keep apart under the three common kinds of colour-blindness; lines that share a hue differ in dash.
"""

import math

import numpy as np

from sim.analysis.plots.page import Page
from sim.world.kinds import Stage

ORANGE, BLUE, GREY, GREEN = "#b84a00", "#0072b2", "#4d5966", "#00705a"
INK, SOFT, FAINT, PAPER = "#1d262e", "#52606c", "#d9dee2", "#ffffff"
SEA, ABROAD, NOBODY, COAST = "#eaf1f5", "#dddddb", "#faf8f2", "#6b747c"
STATES = ("#a9cbe8", "#7fa9d6", "#c5d8ec")
ARMED = ("#ee9c5a", "#f6dc74", "#a8795c", "#7fc4b4", "#dba3c2", "#8f7fb9", "#c9c46f")
OTHERS = "#a5a5a0"
DEATHS, RING, HELMETS = "#9c0824", "#23282d", "#0a3d91"
BLOOD = DEATHS + "b8"  # as marks on a map, through which the ground is seen
NORMAL, LARGE = 10.0, 16.0

STAGES: dict[Stage, tuple[str, str]] = {
    Stage.WAR: ("war", "#7f2704"),
    Stage.TALKS: ("talks", "#d94801"),
    Stage.CEASEFIRE: ("ceasefire", "#fd9a4e"),
    Stage.AGREEMENT: ("agreement", "#fdd9b0"),
    Stage.TRANSITION: ("transition", "#c9ddf0"),
    Stage.POST_ELECTION: ("post-election", "#6baed6"),
    Stage.PEACE: ("peace", "#08519c"),
    Stage.RELAPSE: ("relapse", "#3f0a45"),
}


def entitle(page: Page, x: float, y: float, title: str, after: str) -> None:
    """Write a bold title, with a few lighter words after it, on a ground that hides what runs behind."""
    page.write(x, y, title, INK, NORMAL, "bold", behind=PAPER)
    if after:
        page.write(x + page.width(title, NORMAL, "bold") + 0.08, y, after, SOFT, behind=PAPER)


def shorten(words: str, most: int = 24) -> str:
    """Return a name up to a colon, comma or bracket, cut between words where it is still long."""
    plain = " ".join(words.split())
    for mark in (":", " (", ", "):
        head = plain.split(mark)[0]
        plain = head if len(head) >= 3 else plain
    for mark in (" of ", " in ", " after ", " from ", " for ", " to "):
        head = plain.split(mark)[0]
        plain = head if len(plain) > most and len(head) >= most // 3 else plain
    if len(plain) <= most:
        return plain
    cut = plain[: most - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at >= most // 2 else cut).rstrip(" -–'’") + "…"


def short_name(identifier: str, name: str, most: int = 24) -> str:
    """Return a name that fits: the name, the id as an acronym where that is short, or the name cut."""
    plain = shorten(name, 10_000)
    if len(plain) <= most:
        return plain
    return identifier.upper() if len(identifier) <= 7 and "_" not in identifier else shorten(plain, most)


def round_down(value: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten not above a value; 1 where that is not positive."""
    if not value > 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(k * power for k in (5.0, 2.0, 1.0) if k * power <= value * (1.0 + 1e-9))


def brief(value: float) -> str:
    """Write a number in few characters: 950, 12k, 1.5M, 2bn."""
    for size, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def rounded(value: float) -> str:
    """Write a count in full, rounded to three figures: 950, 12,300, 1,540,000."""
    return f"{float(f'{value:.3g}'):,.0f}"


def spread(wanted: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Return positions near the wanted ones, a gap apart and inside the bounds where there is room."""
    order = np.argsort(wanted, kind="stable")
    placed = wanted[order].astype(float)
    for k in range(len(placed)):
        placed[k] = max(placed[k], low if k == 0 else placed[k - 1] + gap)
    for k in reversed(range(len(placed))):
        placed[k] = min(placed[k], high if k == len(placed) - 1 else placed[k + 1] - gap)
    out = np.empty_like(placed)
    out[order] = placed
    return out
