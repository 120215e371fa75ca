"""The page of the screening: does each mechanism do what its literature says, and what does each parameter move."""

import math
from collections import Counter
from typing import NamedTuple

import pandas as pd

from experiments.screening.cases import Expectation, expectations, places_of, reasons, screened
from experiments.screening.effects import LEVEL, Effect, adjusted, all_effects, effect, effect_on_spread, moved
from experiments.screening.screen import LOOKED_AT, Store
from sim.scenario.catalogue import Entry
from sim.scenario.mechanisms import MECHANISMS

VERDICTS = ("as expected", "not seen", "**against**", "*no runs*")


class Row(NamedTuple):
    """An expectation and what was seen."""

    expected: Expectation
    seen: Effect
    q: float  # p adjusted for the number of rows
    failed: int

    @property
    def verdict(self) -> str:
        """What is made of it."""
        if not self.seen.pairs:
            return "*no runs*"
        if not self.q < LEVEL:
            return "not seen"
        return "as expected" if self.seen.difference * self.expected.sign > 0 else "**against**"


class Moved(NamedTuple):
    """A parameter, where it was looked at, and what it moved most."""

    entry: Entry
    place: str
    best: pd.Series | None  # a row of `all_effects`; None where no run changed
    sure: int  # outcomes that surely move
    share: float  # of seeds whose runs differ in any bit
    pairs: int
    tried: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """Moves, faint or dead; "no runs" where it was not looked at."""
        if not self.pairs:
            return "no runs"
        return "moves" if self.sure else "faint" if self.share else "dead"


# ------------------------------------------------------------------------------------------------------ what was seen


def seen(store: Store, n: int) -> list[Row]:
    """Compare both sides of every expectation whose runs there are."""
    found = []
    for row in expectations():
        off, on = row.side(False), row.side(True)
        if not (store.has(off, n * row.times) and store.has(on, n * row.times)):
            found.append((row, Effect(*[math.nan] * 7, 0), 0))
            continue
        low, high = (store.runs(side, n * row.times).set_index("seed") for side in (off, on))
        compare = effect_on_spread if row.of == "spread" else effect
        shared = compare(low[row.outcome].to_numpy(), high.loc[low.index, row.outcome].to_numpy())
        found.append((row, shared, int((low.error != "").sum() + (high.error != "").sum())))
    q = adjusted([each.p for _, each, _ in found])
    return [Row(row, each, float(q[i]), failed) for i, (row, each, failed) in enumerate(found)]


def strongest(store: Store, entry: Entry, n: int) -> Moved:
    """Find the place in which a parameter moves something, and what it moves most there."""
    best: Moved | None = None
    tried: list[str] = []
    for place in places_of(entry):
        low, high = place.end(entry, False), place.end(entry, True)
        if not (store.has(low, n) and store.has(high, n)):
            continue
        tried.append(place.name)
        a, b = store.runs(low, n), store.runs(high, n)
        share = moved(a, b)
        table = all_effects(a, b, LOOKED_AT)
        changed = table[table.difference != 0.0]
        sure = changed[changed.sure < LEVEL]
        pick = None
        if len(sure):
            # Where chance plays no part the effect has no size in units of chance.
            finite = sure[sure.ratio.abs() < math.inf]
            pick = (finite if len(finite) else sure).sort_values("ratio", key=abs).iloc[-1]
        elif len(changed):
            pick = changed.sort_values("p").iloc[0]
        here = Moved(entry, place.name, pick, len(sure), share, len(a), ())
        if best is None or (here.sure > 0, here.share) > (best.sure > 0, best.share):
            best = here
        if here.sure:
            break
    return (best or Moved(entry, "", None, 0, 0.0, 0, ()))._replace(tried=tuple(tried))


# ----------------------------------------------------------------------------------------------------------- the page


def write(store: Store, n: int) -> str:
    """Write the page from the runs that there are."""
    rows = seen(store, n)
    parameters = [strongest(store, entry, n) for entry in screened()]
    return "\n".join([*preface(n), *summary(rows), *table_of(rows), *shortcomings(rows), *moving(parameters), ""])


def preface(n: int) -> list[str]:
    """Say what the page is."""
    return [
        "# Screening: does each mechanism do what its literature says, and what does each parameter move?",
        "",
        f"Made by `python -m experiments.screening.screen --replicates {n}`; do not edit. Both sides of every "
        "comparison have the same seeds, so what differs between them is the effect of the one thing that was changed.",
        "",
        "## Mechanisms",
        "",
        "Each mechanism is switched off, and on with its parameters at the end of their plausible range that is "
        "farthest from off; directions were written down from the literature before the model was asked "
        "(`experiments/screening/expected.toml`, where it also stands what is set on both sides so that the mechanism "
        "has something to act on). The difference is on less off, with its paired 95 % t-interval, over "
        f"{n} seeds or a multiple of them. *As expected* or **against**: p below {LEVEL} after adjusting for the "
        "number of rows (Benjamini and Hochberg 1995); *not seen*: neither. In rows marked *spread* the deviation "
        "between futures is compared (Pitman's test), as log ratio.",
        "",
    ]


def by_mechanism(rows: list[Row]) -> dict[str, str]:
    """Return the best verdict of each mechanism; one that is against in any row and nowhere as expected is against."""
    best: dict[str, str] = {}
    for name in MECHANISMS:
        verdicts = {row.verdict for row in rows if row.expected.mechanism == name}
        order = ("as expected", "**against**", "not seen", "*no runs*")
        best[name] = next((each for each in order if each in verdicts), "*no runs*")
    return best


def summary(rows: list[Row]) -> list[str]:
    """Count verdicts."""
    of_rows, of_mechanisms = Counter(row.verdict for row in rows), Counter(by_mechanism(rows).values())
    failed = sum(row.failed for row in rows)
    unknown = sum(row.expected.source.startswith("no study known") for row in rows)
    return [
        "| | rows | mechanisms, by their best row |",
        "|---|--:|--:|",
        *(f"| {verdict} | {of_rows[verdict]} | {of_mechanisms[verdict]} |" for verdict in VERDICTS),
        f"| all | {len(rows)} | {len(MECHANISMS)} |",
        "",
        f"{unknown} rows rest on no study of the direction or the size: they test that the mechanism works as "
        f"described. Runs that failed: {failed}.",
        "",
    ]


def table_of(rows: list[Row]) -> list[str]:
    """Write the table of expectations."""
    lines = [
        "| mechanism | claims | what should be seen | varied | where | outcome | expected | off | on | difference "
        "(95 %) | runs | verdict | literature |",
        "|---|---|---|---|---|---|---|--:|--:|--:|--:|---|---|",
    ]
    for row in rows:
        want, got = row.expected, row.seen
        varied = ", ".join(f"`{path}`" for path in want.varied)
        outcome = f"`{want.outcome}`" + (", *spread*" if want.of == "spread" else "")
        numbers = "| | | "
        if got.pairs:
            numbers = f"{number(got.low)} | {number(got.high)} | {interval(got)} "
        lines.append(
            f"| `{want.mechanism}` | {' '.join(MECHANISMS[want.mechanism].claims)} | {want.says} | {varied} | "
            f"`{want.scenario}`, {want.weeks} weeks | {outcome} | {'rises' if want.sign > 0 else 'falls'} | {numbers}"
            f"| {got.pairs or ''} | {row.verdict} | {want.source} |"
        )
    return [*lines, ""]


def shortcomings(rows: list[Row]) -> list[str]:
    """List the rows that are not as expected, by mechanism, with why."""
    best, why = by_mechanism(rows), reasons()["mechanisms"]
    lines = []
    for name, verdict in best.items():
        mine = [row for row in rows if row.expected.mechanism == name]
        odd = [row for row in mine if row.verdict in ("not seen", "**against**")]
        if not odd:
            continue
        what = ", ".join(f"{row.verdict} in `{row.expected.scenario}`, `{row.expected.outcome}`" for row in odd)
        rest = "; as expected in another row" if verdict == "as expected" else ""
        lines.append(f"- `{name}` ({MECHANISMS[name].meaning}): {what}{rest}. {why.get(name, 'No reason found yet')}.")
    return ["### Rows that are not as expected, and why", "", *(lines or ["None."]), ""]


def moving(found: list[Moved]) -> list[str]:
    """Write the tables of parameters: what moves, and what does not."""
    counts = Counter(each.verdict for each in found)
    lines = [
        "## Parameters",
        "",
        "Every parameter at the low and at the high end of its plausible range, all else as it stands, in one place "
        "after another (`experiments/screening/places.toml`) until some outcome surely moves: p below "
        f"{LEVEL} times one over the number of outcomes looked at, {len(LOOKED_AT)} at most, weekly means among them. "
        "Shown is what moves most in units of the spread between futures (standard deviation of one side; *certain* "
        "where chance plays no part), and how many outcomes surely move. *Faint*: runs differ and nothing surely "
        "moves; the outcome shown is the surest. **Dead**: no bit of any run differs, in any place.",
        "",
        f"Of {len(found)} parameters {counts['moves']} move something, {counts['faint']} are faint and "
        f"{counts['dead']} dead" + (f"; {counts['no runs']} have no runs." if counts["no runs"] else "."),
        "",
        "| parameter | from | to | where | outcome | low | high | difference (95 %) | in spreads | sure | |",
        "|---|--:|--:|---|---|--:|--:|--:|--:|--:|---|",
        *(line_of(each) for each in found),
        "",
        "### Parameters that move nothing surely, and why",
        "",
        "The reasons here and above are read from the rules; they were not put to a test of their own.",
        "",
    ]
    why = reasons()["parameters"]
    quiet = [each for each in found if each.verdict in ("faint", "dead")]
    for each in quiet:
        name = each.entry.path.removeprefix("parameters.")
        mark = "**dead**" if each.verdict == "dead" else each.verdict
        lines.append(f"- `{name}`, {mark} ({'; '.join(each.tried)}): {why.get(name, 'no reason found yet.')}")
    return lines if quiet else [*lines, "None."]


def line_of(each: Moved) -> str:
    """Write a parameter's row."""
    low, high = each.entry.plausible
    head = f"| `{each.entry.path.removeprefix('parameters.')}` | {number(low)} | {number(high)} | {each.place} "
    if each.best is None:
        mark = "**dead**" if each.verdict == "dead" else f"*{each.verdict}*"
        return f"{head}| | | | | | 0 | {mark} |"
    best = each.best
    ratio = "*certain*" if math.isinf(best.ratio) else number(best.ratio)
    return (
        f"{head}| `{best.outcome}` | {number(best.low)} | {number(best.high)} | {interval(best)} | {ratio} "
        f"| {each.sure} | {'' if each.verdict == 'moves' else '*faint*'} |"
    )


def interval(found: Effect | pd.Series) -> str:
    """Write a difference with its interval."""
    return f"{number(found.difference)} ({number(found.lower)} to {number(found.upper)})"


def number(x: float | None) -> str:
    """Write a number with three digits that count."""
    if x is None or math.isnan(x):
        return ""
    if math.isinf(x):
        return "∞" if x > 0 else "-∞"
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.3g}"
