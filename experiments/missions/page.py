"""The page of the recorded missions: tables of simulated against recorded, and the evidence without a mission."""

import math
from typing import Any, NamedTuple

import numpy as np

from experiments.missions import evidence, record
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario

LEAST_COVER = 1.0 / 3.0  # of a period that the run must reach
WAR_AND_PEACE = ("relapse", "settlement")


class Verdict(NamedTuple):
    """How far a figure of the model is from the record."""

    middle: float
    low: float  # of the range of nine futures in ten
    high: float
    inside: bool  # the middle future lies in the recorded range
    reached: bool  # some of the nine futures in ten do
    words: str
    miss: float  # size of the miss of the middle future as a factor, 1 for none


def compared(scenario: Scenario, figure: record.Figure) -> bool:
    """Tell whether a run can be held against a figure."""
    if not figure.comparable:
        return False
    least = 1.0 if figure.start == figure.end or figure.is_state else LEAST_COVER
    return record.covered(scenario, figure) >= least - 1e-9


def due(scenario: Scenario, figure: record.Figure) -> tuple[float, float, float]:
    """Return value, low and high, in proportion to the part of the period that lies in the run."""
    ends = (figure.value, figure.low, figure.high)
    if figure.is_state or figure.outcome in WAR_AND_PEACE:
        return ends
    share = record.covered(scenario, figure)
    return tuple(end * share for end in ends)  # type: ignore[return-value]


def judge(found: np.ndarray, low: float, high: float) -> Verdict:
    """Compare runs with a recorded range.

    The median of the runs is inside the range or not; the range of nine futures in ten (5 % to 95 %) reaches it or not.

    Parameters
    ----------
    found : array (runs,)
    low, high : float
        The recorded range, both ends included.
    """
    middle, first, last = (float(np.quantile(found, share)) for share in (0.5, 0.05, 0.95))
    inside = low <= middle <= high
    reached = first <= high and last >= low
    if inside:
        return Verdict(middle, first, last, True, True, "inside", 1.0)
    end, side = (high, "above") if middle > high else (low, "below")
    if end == 0.0 or middle == 0.0:
        miss = math.inf
        words = f"{side} by {number(abs(middle - end))}"
    else:
        miss = max(middle / end, end / middle)
        words = f"{side}, {number(middle / end)} times the {'high' if side == 'above' else 'low'} end"
        if miss < 1.5:
            words = f"{side} by {abs(middle / end - 1.0):.{0 if miss > 1.02 else 1}%}"
    reach = "; some futures reach it" if reached else ""
    return Verdict(middle, first, last, False, reached, words + reach, miss)


def judge_event(found: np.ndarray, happened: float) -> Verdict:
    """Compare runs in which something happened or not with a record in which it did (1) or did not (0)."""
    share = float((found == happened).mean())
    inside, reached = share >= 0.5, share >= 0.05
    words = f"as recorded in {share:.0%} of futures"
    ends = (float(np.quantile(found, 0.05)), float(np.quantile(found, 0.95)))
    miss = 1.0 if inside else 0.5 / share if share else math.inf
    return Verdict(float(np.median(found)), *ends, inside, reached, words, miss)


def number(x: float) -> str:
    """Write a number with three digits that count."""
    if math.isnan(x):
        return "–"
    if abs(x) >= 1e9:
        return f"{x / 1e9:.3g} bn"
    if abs(x) >= 1e6:
        return f"{x / 1e6:.3g} m"
    if abs(x) >= 1000:
        return f"{float(f'{x:.3g}'):,.0f}"
    return f"{x:.3g}"


def when(figure: record.Figure) -> str:
    """Write a period."""
    if figure.start == figure.end:
        return figure.start.isoformat()
    return f"{figure.start:%Y-%m} to {figure.end:%Y-%m}"


class Row(NamedTuple):
    """One figure with its verdict."""

    figure: record.Figure
    verdict: Verdict | None  # None where it is not compared
    due: tuple[float, float, float]
    cover: float


def rows_of(name: str, runs: list[Any]) -> list[Row]:
    """Judge every figure of a mission."""
    scenario = load_scenario(name)
    rows = []
    for number_, figure in enumerate(record.figures(name)):
        ends, cover = due(scenario, figure), record.covered(scenario, figure)
        if not compared(scenario, figure):
            rows.append(Row(figure, None, ends, cover))
            continue
        found = np.array([run.figures[number_] for run in runs])
        is_event = figure.outcome in WAR_AND_PEACE
        verdict = judge_event(found, figure.value) if is_event else judge(found, *ends[1:])
        rows.append(Row(figure, verdict, ends, cover))
    return rows


def mission_table(rows: list[Row]) -> list[str]:
    """Write the table of one mission."""
    lines = [
        "| what | when | recorded | range | simulated | 5 % to 95 % | verdict |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    for row in rows:
        figure, verdict = row.figure, row.verdict
        unit = " (US$)" if figure.unit == "US$" else ""
        what = record.QUANTITIES[figure.outcome].words + unit
        if figure.outcome in ("uniformed_share", "troops_share", "police_share"):
            what += f" ({figure.of:,.0f})"
        if verdict is None:
            why = "not compared: see its note" if not figure.comparable else "not compared: outside the run"
            ends = f"{number(figure.value)} | {number(figure.low)} to {number(figure.high)}"
            lines.append(f"| {what} | {when(figure)} | {ends} | | | *{why}* |")
            continue
        part = f" ({row.cover:.0%} of it in the run, in proportion)" if row.cover < 0.97 and not figure.is_state else ""
        if figure.outcome in WAR_AND_PEACE:
            part = f" ({row.cover:.0%} of it in the run)" if row.cover < 0.97 else ""
            ends = f"{'yes' if figure.value else 'no'} |"
            there = f"{'yes' if verdict.middle else 'no'} |"
        else:
            ends = f"{number(row.due[0])} | {number(row.due[1])} to {number(row.due[2])}"
            there = f"{number(verdict.middle)} | {number(verdict.low)} to {number(verdict.high)}"
        words = verdict.words if verdict.inside else f"**{verdict.words}**" if not verdict.reached else verdict.words
        lines.append(f"| {what} | {when(figure)}{part} | {ends} | {there} | {words} |")
    return lines


def plainly(rows: list[Row]) -> list[str]:
    """Name the misses, largest first."""
    missed = [row for row in rows if row.verdict is not None and not row.verdict.reached]
    missed.sort(key=lambda row: -row.verdict.miss)
    lines = []
    for row in missed:
        figure, verdict = row.figure, row.verdict
        what = f"{record.QUANTITIES[figure.outcome].words}, {when(figure)}"
        if figure.outcome in WAR_AND_PEACE:
            lines.append(f"- {what}: recorded {'yes' if figure.value else 'no'}; {verdict.words}")
        else:
            there = f"{number(verdict.middle)} ({number(verdict.low)} to {number(verdict.high)})"
            lines.append(f"- {what}: recorded {number(row.due[1])} to {number(row.due[2])}, simulated {there}")
    return lines


def write(kept: dict[str, Any]) -> str:
    """Write the whole page."""
    n = kept["replicates"]
    tables = {name: rows_of(name, kept["with"][name]) for name in record.MISSIONS}
    lines = [
        "# Seven missions: simulated against recorded",
        "",
        f"Made by `python -m experiments.missions.compare --replicates {n}`; {n} futures of each mission (seeds 1 to "
        f"{n}), every parameter at its default. Recorded figures with their sources and notes are in "
        "`scenarios/recorded/`; nothing of them enters a run, but dates, ceilings and the lead times of contributors "
        "are inputs, so that curves of deployment show that the calendar works and little more. None of these numbers "
        "was fitted.",
        "",
        "*Simulated* is the median of the futures and the range of nine in ten (5 % to 95 %). *Inside*: the "
        "median lies in the recorded range. Otherwise the distance of the median from the nearer end is "
        "given, and whether some of the nine futures in ten reach the range; where none does, the verdict is "
        "**bold**. A figure whose period lies in the run only in part is compared in proportion, from a third"
        " of it on. Figures about peacekeepers count the main mission, or the missions that the record names."
        " *War in the period*: a calendar year with 25 battle-related deaths (fighters, and civilians caught "
        "between them), as far as the year lies in the period; where a war never stopped this is easily met.",
        *([] if not kept["failed"] else ["", f"Runs that failed and are left out: {len(kept['failed'])}."]),
        "",
        "![Simulated bands and recorded ranges of seven missions](missions.png)",
        "",
        "## Count",
        "",
        "| mission | figures compared | median inside | median outside, some futures reach it | missed |",
        "|---|--:|--:|--:|--:|",
    ]
    totals = np.zeros(4, dtype=int)
    for name, rows in tables.items():
        judged = [row.verdict for row in rows if row.verdict is not None]
        inside = sum(verdict.inside for verdict in judged)
        reached = sum(verdict.reached and not verdict.inside for verdict in judged)
        counts = (len(judged), inside, reached, len(judged) - inside - reached)
        totals += counts
        lines.append(f"| {title(name)} | {' | '.join(str(count) for count in counts)} |")
    lines += [f"| **all** | {' | '.join(f'**{count}**' for count in totals)} |", ""]
    for name, rows in tables.items():
        lines += [f"## {title(name)}", "", *mission_table(rows), ""]
        missed = plainly(rows)
        if missed:
            lines += [MISSED, "", *missed, ""]
    lines += evidence_section(kept["without"], n)
    return "\n".join(lines)


MISSED = "Missed (none of nine futures in ten reaches the range), largest first:"


def title(name: str) -> str:
    """Write the name of a scenario as a heading."""
    return f"{name.upper()} (`{name}`)"


# ------------------------------------------------------------------- evidence

OSV, TAIL = "`osv_intermittency`", "`severity_tail`"
LENGTH, RELAPSE = "`episode_length`", "`relapse_base`"
# Estimate, words, published value, its 95 % interval (none where nothing was published to compute one from).
PUBLISHED: tuple[tuple[str, str, str, float, float, float], ...] = (
    (OSV, "osv_zero", "months of conflict without one-sided killing, share", 0.765, 0.672, 0.841),
    (OSV, "osv_median", "killed in months with any, median", 20.0, 13.0, 28.0),
    (OSV, "osv_p95", "killed in a month, 95th percentile of all months", 86.0, 33.0, 200.0),
    (OSV, "osv_p99", "killed in a month, 99th percentile of all months", 500.0, 174.0, 987.0),
    (OSV, "osv_after_some", "killing in a month after a month with it, share", 0.714, 0.628, 0.771),
    (OSV, "osv_after_none", "killing in a month after a month without, share", 0.086, 0.059, 0.125),
    (OSV, "osv_dispersion", "dispersion of the monthly count, negative binomial, constant mean", 28.9, 17.1, 46.6),
    (TAIL, "tail_alpha", "exponent of deaths in an event, threshold by best fit", 2.33, 2.29, 2.37),
    (TAIL, "tail_xmin", "that threshold, deaths", 23.0, math.nan, math.nan),
    (TAIL, "tail_alpha_23", "exponent from 23 deaths on", 2.33, 2.29, 2.37),
    (TAIL, "size_median", "deaths in a lethal event, median", 3.0, math.nan, math.nan),
    (TAIL, "size_p90", "deaths in a lethal event, 90th percentile", 15.0, math.nan, math.nan),
    (TAIL, "size_p99", "deaths in a lethal event, 99th percentile", 88.0, math.nan, math.nan),
    (TAIL, "size_top", "share of all deaths in the deadliest 1 % of events", 0.39, math.nan, math.nan),
    (LENGTH, "episode_median", "length of an episode, median, calendar years", 2.0, 2.0, 2.0),
    (LENGTH, "episode_1", "episodes that end within 1 year", 0.423, 0.373, 0.478),
    (LENGTH, "episode_5", "episodes that end within 5 years", 0.750, 0.700, 0.794),
    (LENGTH, "episode_10", "episodes that end within 10 years", 0.846, 0.802, 0.883),
    (RELAPSE, "relapse_1", "war back within 1 year", 0.259, 0.201, 0.311),
    (RELAPSE, "relapse_2", "war back within 2 years", 0.366, 0.301, 0.420),
    (RELAPSE, "relapse_5", "war back within 5 years", 0.490, 0.417, 0.547),
    (RELAPSE, "relapse_10", "war back within 10 years", 0.570, 0.499, 0.626),
    (RELAPSE, "major_relapse_5", "the same with 1,000 deaths in a year, within 5 years", 0.355, 0.254, 0.440),
)
BY_COUNTRY = (
    ("osv_zero", "months without killing"),
    ("osv_median", "median if any"),
    ("osv_after_some", "after some"),
    ("osv_after_none", "after none"),
    ("tail_alpha", "exponent"),
    ("size_p99", "event, 99th percentile"),
    ("episode_median", "episode, years"),
    ("relapse_5", "back in 5 years"),
)


def evidence_section(without: dict[str, list[evidence.Quiet]], n: int) -> list[str]:
    """Write the table of the evidence without a mission."""
    found = evidence.with_intervals(without)
    lines = [
        "## War without a mission, beside what is published",
        "",
        f"The same countries and the two teaching countries with nobody coming ({n} futures each), put through the "
        "rules of those who published. A first distance and not a pass: these are nine countries drawn from known "
        "cases and not a sample of wars, most begin in the middle of one (an episode is counted from the first day of "
        "the run), some are not like the ones on record at all (a ceasefire line, a city of gangs), and the published "
        "months include those with a mission. Intervals are 95 %: of the record by drawing countries or conflicts "
        "anew; of the model by drawing whole countries anew out of nine, which is wide. *Apart*: the intervals do not "
        "meet, or the published value lies outside the model's where it has none itself.",
        "",
        "Sources: one-sided killing by month, Hultman, Kathman & Shannon 2013, doi:10.1111/ajps.12036, 3,746 months of "
        "26 African countries, re-computed from their published data (with their covariates the dispersion is about "
        "17); sizes of events, UCDP georeferenced events, some 61,000 (Bohorquez et al. 2009, "
        "doi:10.1038/nature08631, find 2.5 over nine insurgencies); episodes and relapses, UCDP/PRIO Armed Conflict "
        "Dataset 1946-2024, 345 episodes begun and 316 spells of peace after one that ended in 1989 or later "
        "(Kaplan-Meier); of the 63 that reached 1,000 deaths in some year, as most wars with a mission did, half "
        "lasted 7 years or longer, and 10, 44 and 59 % ended within 1, 5 and 10. Rules: a year is one of conflict with "
        "25 battle-related deaths between the state and one armed group; one-sided killing counts where its actor "
        "killed 25 in the year, events where their pair or actor crossed 25 in some year; months are those of years of "
        "conflict and two years after; one inactive calendar "
        "year ends an episode; power laws by discrete maximum likelihood, threshold by Kolmogorov-Smirnov.",
        "",
        "| finding | estimate | published | 95 % | simulated | 95 % | |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    for finding, key, words, value, low, high in PUBLISHED:
        here, first, last = found[key]
        ends = "–" if math.isnan(low) else f"{number(low)} to {number(high)}"
        if key == "tail_xmin":
            lines.append(f"| {finding} | {words} | {number(value)} | – | {number(here)} | – | |")
            continue
        lines.append(
            f"| {finding} | {words} | {number(value)} | {ends} | {number(here)} | {number(first)} to {number(last)} | "
            f"{distance(value, low, high, here, first, last)} |"
        )
    lines += [
        "",
        "By country (not the same weights as above, where a country counts by its months, events and spells):",
        "",
        f"| country | {' | '.join(words for _, words in BY_COUNTRY)} |",
        f"|---|{'--:|' * len(BY_COUNTRY)}",
    ]
    for name, runs in without.items():
        mine = evidence.estimates(runs)
        lines.append(f"| `{name}` | {' | '.join(number(mine[key]) for key, _ in BY_COUNTRY)} |")
    return [*lines, ""]


def distance(value: float, low: float, high: float, here: float, first: float, last: float) -> str:
    """Say how far a simulated estimate is from a published one."""
    if math.isnan(here):
        return "nothing to compute it from"
    far = f"{here / value:.2g} times" if value else ""
    if math.isnan(low):
        return f"within the model's interval, {far}" if first <= value <= last else f"**apart**, {far}"
    if last < low or first > high:
        return f"**apart**, {far}"
    return f"{'inside' if low <= here <= high else 'overlaps'}, {far}"
