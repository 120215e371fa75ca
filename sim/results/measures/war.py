"""Whether the war ended, and whether peace held."""

import numpy as np

from sim.results.measures.outcome import Outcome, at_end, outcome, total
from sim.results.trace import WEEKS_PER_YEAR, Trace, over_a_year
from sim.world.kinds import EventKind, Stage

WAR_DEATHS = 25.0  # battle deaths that make an armed conflict, within a year (UCDP)
MAJOR_WAR_DEATHS = 1000.0  # battle deaths that make a war, within a year (UCDP)


def under_way_from(trace: Trace, stage: Stage) -> int:
    """Return the first week that begins with the peace process at a stage or beyond, -1 for never."""
    if stage <= trace.start_stage < Stage.RELAPSE:
        return 0
    steps = trace.noted(EventKind.STAGE)
    weeks = steps.week[(steps.other >= stage) & (steps.other < Stage.RELAPSE)]
    # Signatures come at the end of a week, after its fighting.
    return int(weeks[0]) + 1 if len(weeks) else -1


def came(stage: Stage, words: str) -> tuple[Outcome, Outcome]:
    """Declare how long the peace process took to a stage or one beyond, and whether it got there."""

    def weeks_to(trace: Trace) -> float:
        week = under_way_from(trace, stage)
        return float(week) if week >= 0 else np.nan

    def reached(trace: Trace) -> float:
        return 1.0 if under_way_from(trace, stage) >= 0 else 0.0

    name = stage.name.lower()
    return (
        Outcome(f"weeks_to_{name}", "weeks", "lower", f"weeks until the first {words} was in force", weeks_to),
        Outcome(f"{name}_reached", "0 or 1", "higher", f"whether {words_an(words)} came into force", reached),
    )


def words_an(words: str) -> str:
    """Put the article before a noun."""
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


@outcome("events", "lower")
def collapses(trace: Trace) -> float:
    """Times that a ceasefire or agreement fell because a large party walked out."""
    return float((trace.noted(EventKind.COLLAPSE).size_other > 0.0).sum())


def peace_from(trace: Trace, start: int) -> tuple[float, bool]:
    """Return the weeks from a week on until conflict was back or the run ended, and whether it was back.

    It is back in the week in which battle deaths reach 25 within the last 52 weeks, counted from ``start``.
    """
    dead = trace["battle_deaths"][start:]
    bad = np.flatnonzero(over_a_year(dead) >= WAR_DEATHS)
    return (float(bad[0] + 1), True) if len(bad) else (float(len(dead)), False)


def spell_from(trace: Trace, start: int) -> tuple[float, float]:
    """Return weeks of peace from a week on and 1 if conflict was back, 0 if not; not numbers for week -1."""
    weeks, back = peace_from(trace, start) if start >= 0 else (np.nan, np.nan)
    return float(weeks), float(back)


def agreed_spell(trace: Trace) -> tuple[float, float]:
    """Return the spell of peace that began with the first agreement."""
    return spell_from(trace, under_way_from(trace, Stage.AGREEMENT))


def later_spell(trace: Trace) -> tuple[float, float]:
    """Return the spell of peace that began when the last peacekeeper had left."""
    return spell_from(trace, exit_week(trace))


@outcome("weeks", "higher")
def weeks_to_relapse(trace: Trace) -> float:
    """Weeks from the first agreement to 25 battle deaths within 52 weeks, or to the end of the run."""
    return agreed_spell(trace)[0]


@outcome("0 or 1", "lower")
def relapsed(trace: Trace) -> float:
    """Whether that spell ended in a relapse; 0 where the end of the run cut it off."""
    return agreed_spell(trace)[1]


def relapse_within(years: int) -> Outcome:
    """Declare whether conflict was back so many years after the first agreement; unknown if the run ended."""
    horizon = round(years * WEEKS_PER_YEAR)

    def measure(trace: Trace) -> float:
        weeks, back = agreed_spell(trace)
        if back == 1.0:
            return 1.0 if weeks <= horizon else 0.0
        return 0.0 if weeks >= horizon else np.nan

    plural = "s" if years > 1 else ""
    meaning = f"whether conflict was back within {years} year{plural} of the first agreement"
    return Outcome(f"relapse_within_{years}_year{plural}", "0 or 1", "lower", meaning, measure)


def exit_week(trace: Trace) -> int:
    """Return the first week after the last peacekeeper left; -1 where there were none or some are there."""
    there = np.flatnonzero(trace["deployed"] > 0.0)
    if len(there) == 0 or there[-1] + 1 >= trace.weeks:
        return -1
    return int(there[-1]) + 1


@outcome("weeks", "neutral")
def weeks_to_exit(trace: Trace) -> float:
    """Weeks until the last peacekeeper had left."""
    week = exit_week(trace)
    return float(week) if week >= 0 else np.nan


@outcome("years", "higher")
def peace_years_after_exit(trace: Trace) -> float:
    """Years from that exit to 25 battle deaths within 52 weeks, or to the end of the run."""
    return later_spell(trace)[0] / WEEKS_PER_YEAR


@outcome("0 or 1", "higher")
def peace_held_after_exit(trace: Trace) -> float:
    """Whether the run ended before conflict was back."""
    return 1.0 - later_spell(trace)[1]


def conflict_years(deaths: float) -> Outcome:
    """Declare the number of calendar years with at least so many battle deaths."""
    return Outcome(
        f"conflict_years_{deaths:.0f}",
        "calendar years",
        "lower",
        f"calendar years with {deaths:,.0f} battle deaths or more",
        lambda trace: (trace.sum_by_year("battle_deaths") >= deaths).sum(),
    )


def episodes(trace: Trace) -> np.ndarray:
    """Return the lengths in calendar years of episodes: rows of years with 25 battle deaths or more."""
    active = np.concatenate([[0], trace.sum_by_year("battle_deaths") >= WAR_DEATHS, [0]])
    edges = np.diff(active.astype(np.int64))
    return (np.flatnonzero(edges < 0) - np.flatnonzero(edges > 0)).astype(np.float64)


@outcome("calendar years", "lower")
def conflict_episode_longest(trace: Trace) -> float:
    """Longest row of years with 25 battle deaths or more."""
    return float(episodes(trace).max(initial=0.0))


@outcome("calendar years", "lower")
def conflict_episode_mean(trace: Trace) -> float:
    """Mean length of a row of years with 25 battle deaths or more."""
    lengths = episodes(trace)
    return float(lengths.mean()) if len(lengths) else np.nan


@outcome("events", "neutral")
def elections_held(trace: Trace) -> float:
    """National votes held."""
    return float(len(trace.noted(EventKind.ELECTION).week))


@outcome("index", "higher")
def election_quality(trace: Trace) -> float:
    """Mean quality of the votes held."""
    quality = trace.noted(EventKind.ELECTION).size
    return float(quality.mean()) if len(quality) else np.nan


@outcome("share", "higher")
def elections_accepted(trace: Trace) -> float:
    """Share of votes good enough to be accepted."""
    swing = trace.noted(EventKind.ELECTION).size_other
    return float((swing >= 0.0).mean()) if len(swing) else np.nan


WAR = (
    *came(Stage.CEASEFIRE, "ceasefire or agreement"),
    *came(Stage.AGREEMENT, "agreement"),
    collapses,
    total("violations", "lower"),
    weeks_to_relapse,
    relapsed,
    relapse_within(1),
    relapse_within(2),
    relapse_within(5),
    relapse_within(10),
    weeks_to_exit,
    peace_years_after_exit,
    peace_held_after_exit,
    conflict_years(WAR_DEATHS),
    conflict_years(MAJOR_WAR_DEATHS),
    conflict_episode_longest,
    conflict_episode_mean,
    at_end("implementation", "higher"),
    at_end("commitment", "higher"),
    at_end("fighters", "lower"),
    elections_held,
    election_quality,
    elections_accepted,
)
