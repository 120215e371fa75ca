"""Figures as people read them."""

import math
from datetime import date

from sim.results.summary import percent, usd


def figure(value: float, unit: str) -> str:
    """Write a value with its unit, no more exact than it is meant."""
    if math.isnan(value):
        return "unknown"
    if unit == "share":
        return percent(value)
    if unit.startswith("US$"):
        return usd(value) + unit.removeprefix("US$").replace("per year", "a year")
    if unit == "index":
        return f"{value:.2f}"
    if unit == "ratio":
        return f"{value:.2g} times"
    if unit in ("persons", "events", "contributors", "bands"):
        return rounded(value)
    if unit == "1":
        return f"{value:g}"
    return f"{rounded(value)} {unit}"


def rounded(value: float) -> str:
    """Write a count: whole below a thousand, three figures above."""
    size = abs(value)
    if size >= 1e6:
        return f"{value / 1e6:,.2f} million"
    if size >= 1e3:
        digits = max(0, int(math.log10(size)) - 2)
        return f"{round(value / 10**digits) * 10**digits:,.0f}"
    return f"{value:,.0f}" if size >= 10.0 else f"{value:.1f}".removesuffix(".0")


def day(when: date | str) -> str:
    """Write a date as the player does: 28 April 2003."""
    when = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{when.day} {when:%B} {when.year}"


def plain(name: str) -> str:
    """Write a name of the code as words: ``defend_mandate`` is "Defend mandate"."""
    words = name.replace("_", " ").replace("usd per year", "").strip()
    return words[:1].upper() + words[1:]


def short(title: str) -> str:
    """Shorten a title for a card: what stands before the bracket."""
    return title.partition(" (")[0]
