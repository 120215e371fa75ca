"""What a comparison found, in plain words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.analysis.compare.effects import Effect
from sim.analysis.compare.sides import put
from sim.analysis.intervals import Interval
from sim.results.outcomes import OUTCOMES
from sim.results.summary import LABEL_WIDTH, Write, folded, percent, tenth, usd, whole

if TYPE_CHECKING:
    from sim.analysis.compare.comparison import Comparison

ENOUGH = 30  # pairs below which intervals are said to be rough


def tell(comparison: "Comparison") -> str:
    """Tell what the first side does to the war, the dead, the displaced and the money, beside the second."""
    seeds, n = comparison.seeds, len(comparison.good)
    lines = [
        f"{comparison.first.title}: {comparison.names[0]} against {comparison.names[1]}",
        f"{n:,} pairs of runs with the same luck, seeds {seeds[0]} to {seeds[-1]}; means, and in brackets "
        "95 % intervals",
        "",
    ]
    for label, sentences in SECTIONS:
        text = " ".join(sentences(comparison)) if n else ""
        if text:
            lines += folded(f"{label:<{LABEL_WIDTH}}{text}", " " * LABEL_WIDTH)
    return "\n".join(lines)


def between(found: Interval, write: Write) -> str:
    """Write a number with its interval."""
    if found.low == found.high:
        return write(found.value)
    return f"{write(found.value)} ({write(found.low)} to {write(found.high)})"


def change(comparison: "Comparison", name: str, what: str, write: Write = whole) -> str:
    """Say by how much an outcome differs, or that it does not beyond chance."""
    gap = points if write is percent else write
    effect, (one, other) = comparison.effects[name], map(put, comparison.names)
    if effect.n == 0:
        return f"{what}: no pair can tell."
    found = effect.difference
    levels = f"{write(effect.first)} {one}, {write(effect.second)} {other}"
    if found.low == found.high == 0.0:
        return f"{what}: {write(effect.first)} on both sides, the same in every pair."
    if not found.clear:
        chance = f"{signed(found.low, gap)} to {signed(found.high, gap)}"
        return f"{what}: {levels}; no difference that stands out from chance ({chance})."
    amount = Interval(abs(found.value), *sorted((abs(found.low), abs(found.high))))
    way = "fewer" if found.value < 0.0 else "more"
    if way == "fewer" and OUTCOMES[name].unit in ("US$", "share", "index", "0 or 1"):
        way = "less"
    share = "" if write is percent else share_of(effect)
    return f"{what}: {levels}; {between(amount, gap)} {way}{share}."


def points(value: float) -> str:
    """Write a difference of shares in percentage points."""
    return f"{100.0 * value:.0f} points"


def signed(value: float, write: Write) -> str:
    """Write a number with a sign; one that rounds to zero without."""
    text = write(abs(value))
    return text if text == write(0.0) else f"{'-' if value < 0.0 else '+'}{text}"


def share_of(effect: Effect) -> str:
    """Say a clear difference as a share of the second side."""
    ratio = effect.ratio
    if not (ratio.excludes(1.0) and ratio.value < 2.0):
        return ""
    change = Interval(abs(ratio.value - 1.0), *sorted((abs(ratio.low - 1.0), abs(ratio.high - 1.0))))
    return f", {between(change, percent)}" if percent(change.value) != percent(0.0) else ""


def _war(comparison: "Comparison") -> Iterator[str]:
    yield change(comparison, "conflict_years_25", "Years with 25 battle deaths or more", tenth)
    yield change(comparison, "relapsed", "Agreements after which war came back", percent)


def _dead(comparison: "Comparison") -> Iterator[str]:
    yield change(comparison, "battle_deaths", "Fighters killed")
    yield change(comparison, "civilian_deaths", "Civilians killed")


def _fled(comparison: "Comparison") -> Iterator[str]:
    yield change(comparison, "displaced_person_years", "Years lived in displacement")


def _cost(comparison: "Comparison") -> Iterator[str]:
    if comparison.effects["cost_usd"].first == comparison.effects["cost_usd"].second == 0.0:
        return
    yield change(comparison, "cost_usd", "Missions cost", usd)


def _lives(comparison: "Comparison") -> Iterator[str]:
    price = comparison.price
    if price.averted.low > 0.0:
        yield f"Deaths averted {put(comparison.names[0])}, fighters included: {between(price.averted, whole)}."
        if price.extra_usd.low > 0.0 and price.usd_per_death.value > 0.0:
            yield f"Each cost {between(price.usd_per_death, usd)}."
        elif price.extra_usd.high <= 0.0:
            yield "It cost no more."
    elif price.averted.high < 0.0:
        more = Interval(-price.averted.value, -price.averted.high, -price.averted.low)
        yield f"More die {put(comparison.names[0])}: {between(more, whole)} deaths, fighters included."
    else:
        yield "Whether deaths are averted cannot be told from chance, and so a cost per death averted is not given."


def _luck(comparison: "Comparison") -> Iterator[str]:
    saved = comparison.effects["conflict_deaths"].saved
    if saved == saved:
        if saved > 0.0:
            worth = f"{1.0 / (1.0 - saved):,.1f}" if saved < 0.9999 else "more than 10,000"
            yield f"Sharing luck took away {percent(saved)} of the variance in deaths:"
            yield f"one pair is worth {worth} unpaired."
        else:
            yield "Sharing luck did not narrow the interval of deaths: the two sides part ways early."
    if len(comparison.good) < ENOUGH:
        yield f"With {len(comparison.good)} pairs the intervals are rough."


SECTIONS = (
    ("War", _war),
    ("Dead", _dead),
    ("Fled", _fled),
    ("Cost", _cost),
    ("Lives", _lives),
    ("Luck", _luck),
)
