"""What happened, in plain words: one future as it was, several with the range that holds eight of ten."""

import datetime
import math
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.results.sentences import count
from sim.results.spread import spreads

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

WIDTH = 100  # longest line, in characters
LABEL_WIDTH = 10
Write = Callable[[float], str]


def summarise(scenario: "Scenario", runs: Sequence[Mapping[str, float]], seeds: Sequence[int]) -> str:
    """Tell what happened to the war, who died, who fled, what it cost and whether peace held.

    Parameters
    ----------
    scenario : Scenario
    runs : sequence of mapping
        Outcomes of each run, at least one.
    seeds : sequence of int
        Their seeds.
    """
    end = scenario.date_of(scenario.weeks)
    which = f"seed {seeds[0]}" if len(seeds) == 1 else f"{len(runs)} futures, seeds {seeds[0]} to {seeds[-1]}"
    lines = [scenario.title, f"{scenario.about.start} to {end}, {count(scenario.weeks, 'week')}; {which}", ""]
    if len(runs) > 1:
        lines[1] += "; the middle one, and in brackets the range of eight in ten"
    tale = Tale(scenario, runs)
    for label, tell in SECTIONS:
        sentences = " ".join(tell(tale))
        if sentences:
            lines += folded(f"{label:<{LABEL_WIDTH}}{sentences}", " " * LABEL_WIDTH)
    return "\n".join(lines)


def folded(text: str, indent: str) -> list[str]:
    """Fold a text into lines, the later ones indented; a figure stays with its unit."""
    whole_figures = re.sub(r"(?<=\d) (?=%|[mb]illion)|(?<=US\$) ", "\N{NO-BREAK SPACE}", text)
    lines = textwrap.wrap(whole_figures, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


class Tale:
    """The figures of one or several runs, as parts of sentences."""

    def __init__(self, scenario: "Scenario", runs: Sequence[Mapping[str, float]]) -> None:
        self.scenario = scenario
        self.runs = runs
        self.spreads = spreads(runs)

    @property
    def single(self) -> bool:
        """Whether it is the tale of one run."""
        return len(self.runs) == 1

    def some(self, name: str) -> bool:
        """Whether an outcome is above zero in any run."""
        return any(run[name] > 0.0 for run in self.runs)

    def figure(self, name: str, write: Write) -> str:
        """Write an outcome, with its range where there are several runs."""
        found = self.spreads[name]
        if found.n == 0:
            return "unknown"
        low, middle, high = write(found.low), write(found.middle), write(found.high)
        return middle if self.single or low == high else f"{middle} ({low} to {high})"

    def count(self, name: str, one: str, many: str) -> str:
        """Write a number of things with the words that go with one of them or with many."""
        figure = self.figure(name, whole)
        return f"{figure} {one if figure == '1' else many}"

    def times(self, name: str) -> int:
        """Count the runs in which a yes-or-no outcome is yes."""
        return sum(run[name] == 1.0 for run in self.runs)

    def verdict(self, times: int, of: int, yes: str, no: str, many: str) -> str:
        """Say what one future was like, or of how many futures it is true: ``many`` has ``{times}`` and ``{of}``."""
        if self.single:
            return yes if times else no
        return many.format(times=times, of=of)

    def day(self, weeks: float) -> str:
        """Write the month in which a number of weeks is over."""
        return (self.scenario.about.start + datetime.timedelta(weeks=weeks)).strftime("%B %Y")


def whole(value: float) -> str:
    """Write a whole number."""
    return f"{value:,.0f}"


def tenth(value: float) -> str:
    """Write a number with one decimal."""
    return f"{value:,.1f}"


def percent(value: float) -> str:
    """Write a share as a percentage."""
    return f"{100.0 * value:.0f} %"


def usd(value: float) -> str:
    """Write money in the unit that fits it, no more exact than three figures below a million."""
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return f"US$ {value / size:,.1f}{word}"
    return f"US$ {float(f'{value:.3g}'):,.0f}"


def _war(tale: Tale) -> Iterator[str]:
    years = tale.figure("conflict_years_25", whole)
    yield f"Years with 25 battle deaths or more: {years}."
    came, n = tale.times("ceasefire_reached"), len(tale.runs)
    if came == 0:
        yield "No ceasefire came."
    else:
        where = "" if tale.single else f" in {came} of {n} futures"
        first = tale.spreads["weeks_to_ceasefire"].middle
        if first > 0.0:
            weeks = tale.count("weeks_to_ceasefire", "week", "weeks")
            yield f"A ceasefire came{where} after {weeks}, in {tale.day(first)}."
    if tale.some("collapses"):
        yield f"Ceasefires or agreements that fell: {tale.figure('collapses', whole)}."
    agreed = tale.times("agreement_reached")
    if agreed == 0:
        yield "No agreement was reached."
        return
    yield tale.verdict(
        tale.times("relapsed"),
        agreed,
        f"War was back after {tale.count('weeks_to_relapse', 'week', 'weeks')} of agreement.",
        "War did not come back.",
        "War came back in {times} of the {of} futures that saw an agreement.",
    )


def _dead(tale: Tale) -> Iterator[str]:
    fighters = tale.count("battle_deaths", "fighter", "fighters")
    yield f"{fighters} and {tale.count('civilian_deaths', 'civilian', 'civilians')} were killed."
    if tale.some("civilians_killed"):
        on_purpose = tale.count("civilians_killed", "of the civilians was", "of the civilians were")
        state = tale.figure("killed_by_state_share", percent)
        yield f"{on_purpose} killed on purpose, {state} of them by state forces."
    if tale.some("disaster_deaths"):
        yield f"Disasters and epidemics killed {tale.figure('disaster_deaths', whole)}."
    if tale.some("person_years"):
        killed = tale.count("peacekeepers_killed", "peacekeeper was", "peacekeepers were")
        yield f"{killed} killed, {tale.figure('peacekeepers_died', whole)} died of illness and accidents."


def _fled(tale: Tale) -> Iterator[str]:
    if not tale.some("displaced_peak"):
        yield "Nobody was displaced."
        return
    peak, end = tale.count("displaced_peak", "person was", "people were"), tale.figure("displaced_end", whole)
    yield f"At the worst {peak} displaced, inside and abroad; at the end {end}."
    if tale.some("returned_share"):
        yield f"{tale.figure('returned_share', percent)} of those concerned went home."


def _mission(tale: Tale) -> Iterator[str]:
    if not tale.some("person_years"):
        yield "No peacekeepers came."
        return
    peak = tale.count("peak_strength", "peacekeeper", "peacekeepers")
    yield f"{peak} at the peak, {tale.figure('peak_strength_share', percent)} of the authorised."
    if not math.isnan(tale.spreads["months_to_90_strength"].middle):
        yield f"90 % were there after {tale.figure('months_to_90_strength', tenth)} months."
    if tale.some("disarmed"):
        settled, back = tale.figure("reintegrated_share", percent), tale.figure("reoffended_share", percent)
        disarmed = tale.count("disarmed", "fighter was", "fighters were")
        yield f"{disarmed} disarmed; {settled} settled, {back} went back to arms."


def _cost(tale: Tale) -> Iterator[str]:
    if not tale.some("cost_usd"):
        return
    each = tale.figure("cost_per_person_year_usd", usd)
    yield f"{tale.figure('cost_usd', usd)}, {each} for each year served."
    if tale.spreads["funding_gap"].n:
        gap, unpaid = tale.figure("funding_gap", percent), tale.figure("dues_unpaid", percent)
        yield f"At the end of a budget year {gap} of it had not come, at the end of the run {unpaid} of all dues."


def _after(tale: Tale) -> Iterator[str]:
    if not tale.some("person_years"):
        return
    left = tale.spreads["weeks_to_exit"]
    if left.n == 0:
        yield "Peacekeepers were still there at the end of the run."
        return
    yield f"The last peacekeeper left in {tale.day(left.middle)}."
    years = tale.figure("peace_years_after_exit", tenth)
    yield tale.verdict(
        tale.times("peace_held_after_exit"),
        left.n,
        f"Peace held for the {years} years until the end of the run.",
        f"There was war {years} years later.",
        "Peace held until the end of the run in {times} of {of} futures.",
    )


SECTIONS: tuple[tuple[str, Callable[[Tale], Iterator[str]]], ...] = (
    ("War", _war),
    ("Dead", _dead),
    ("Fled", _fled),
    ("Mission", _mission),
    ("Cost", _cost),
    ("After", _after),
)
