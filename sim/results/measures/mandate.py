"""What the mandate's tasks reached: for each task, how far an indicator of it went from the start to its goal."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.results.measures.outcome import Outcome, outcome
from sim.results.measures.war import elections_accepted, exit_week
from sim.results.trace import WEEKS_PER_YEAR, Trace

YEAR = 52
QUARTER = 13

Reading = Callable[[Trace], float]


class Indicator(NamedTuple):
    """One number by which a task can be judged.

    Parameters
    ----------
    words
        What it counts.
    unit
    goal
        Where the mandate points: 0 or 1.
    before, after
        The number in the year before the first peacekeepers came, and in the last year that they were there.
    """

    words: str
    unit: str
    goal: float
    before: Reading
    after: Reading


def there(trace: Trace) -> tuple[int, int]:
    """Return the first week with peacekeepers in the country, and the week after the last; (-1, -1) without any."""
    weeks = np.flatnonzero(trace["deployed"] > 0.0)
    if len(weeks) == 0:
        return -1, -1
    left = exit_week(trace)
    return int(weeks[0]), left if left >= 0 else trace.weeks


def before(trace: Trace, name: str) -> float:
    """Mean of a series over the year before anyone came, or over the first quarter if they came in it."""
    first, _ = there(trace)
    if first < 0:
        return np.nan
    window = trace[name][max(0, first - YEAR) : first] if first >= QUARTER else trace[name][:QUARTER]
    return float(window.mean())


def after(trace: Trace, name: str) -> float:
    """Mean of a series over the last year in which peacekeepers were there."""
    first, end = there(trace)
    return float(trace[name][max(first, end - YEAR) : end].mean()) if first >= 0 else np.nan


def level(name: str, goal: float, words: str) -> Indicator:
    """Judge by the level of an index or share."""
    return Indicator(words, "index", goal, lambda trace: before(trace, name), lambda trace: after(trace, name))


def yearly(name: str, words: str) -> Indicator:
    """Judge by the events or deaths of a year, of which there should be none."""
    return Indicator(
        words,
        "a year",
        0.0,
        lambda trace: WEEKS_PER_YEAR * before(trace, name),
        lambda trace: WEEKS_PER_YEAR * after(trace, name),
    )


def settled(trace: Trace) -> float:
    """Return former fighters settled among the people, as a share of those meant to disarm, at most 1."""
    meant = sum(group.fighters * group.demobilise for group in trace.scenario.armed_groups)
    _, end = there(trace)
    return min(1.0, float(trace["reintegrated"][: max(0, end)].sum() / meant)) if meant > 0.0 else np.nan


def deaths_per_1000(trace: Trace, first: int, end: int) -> float:
    """Return peacekeepers killed per 1,000 years served in some weeks."""
    served = trace["deployed"][first:end].sum() / WEEKS_PER_YEAR
    return float(1000.0 * trace["peacekeepers_killed"][first:end].sum() / served) if served > 0.0 else np.nan


def first_year_killed(trace: Trace) -> float:
    """Return the rate at which peacekeepers were killed in their first year."""
    first, end = there(trace)
    return deaths_per_1000(trace, first, min(end, first + YEAR)) if first >= 0 else np.nan


def last_year_killed(trace: Trace) -> float:
    """Return the rate at which peacekeepers were killed in their last year."""
    first, end = there(trace)
    return deaths_per_1000(trace, max(first, end - YEAR), end) if first >= 0 else np.nan


def nothing(trace: Trace) -> float:
    """Return where something began that was not there before."""
    return 0.0


POLICE = level("policing", 1.0, "working police and courts")

# One indicator a task; a task of the mandate without a line here is not judged, and a test says so.
INDICATORS: dict[str, Indicator] = {
    "ceasefire_monitoring": yearly("battle_deaths", "fighters killed in clashes"),
    "protection_of_civilians": yearly("civilians_killed", "civilians killed on purpose"),
    "ddr": Indicator("fighters settled, of those meant to disarm", "share", 1.0, nothing, settled),
    "humanitarian_support": level("need", 0.0, "unmet humanitarian need"),
    "human_rights": yearly("civilians_killed_by_state", "civilians killed by state forces"),
    "police_training": POLICE,
    "security_sector_reform": level("trust_state", 1.0, "trust in the state"),
    "rule_of_law": POLICE,
    "state_authority": level("state_control", 1.0, "area under the state"),
    "elections": Indicator("votes that were accepted", "share", 1.0, nothing, elections_accepted),
    "political_process": level("implementation", 1.0, "part of the agreement carried out"),
    "reconciliation": level("cohesion", 1.0, "cohesion between groups"),
    "force_protection": Indicator(
        "peacekeepers killed per 1,000 years served", "rate", 0.0, first_year_killed, last_year_killed
    ),
    "offensive_operations": level("rebel_control", 0.0, "area under other armed groups"),
}


def way(start: float, end: float, goal: float) -> float:
    """Return how much of the way from a start to a goal was gone, at most 1; below 0 if it went the other way.

    Not a number where there was no way to go and none was gone.
    """
    if not (np.isfinite(start) and np.isfinite(end)):
        return np.nan
    room = abs(goal - start)
    if room < 1e-9:
        return np.nan if abs(goal - end) < 1e-9 else -1.0
    return float(np.clip(1.0 - abs(goal - end) / room, -1.0, 1.0))


def tasks(trace: Trace) -> dict[str, float]:
    """Return the tasks of the main mission's mandate with their weights."""
    missions = trace.scenario.missions
    return {str(name): weight for name, weight in missions[0].mandate.tasks.items()} if missions else {}


def attained(trace: Trace, task: str) -> float:
    """Return how much of its way a task of the mandate went; not a number for one not in it, or if nobody came."""
    indicator = INDICATORS.get(task)
    if indicator is None or tasks(trace).get(task, 0.0) <= 0.0 or there(trace)[0] < 0:
        return np.nan
    return way(indicator.before(trace), indicator.after(trace), indicator.goal)


def attainment(task: str) -> Outcome:
    """Declare how much of its way a task went."""
    words = f"way gone by the task {task.replace('_', ' ')}: {INDICATORS[task].words}, from the year before to the last"
    return Outcome(f"attained_{task}", "share", "higher", words, lambda trace: attained(trace, task))


@outcome("share", "higher")
def mandate_attained(trace: Trace) -> float:
    """Way gone by the tasks of the mandate, mean over those that can be judged, by their weights."""
    found = [(weight, attained(trace, task)) for task, weight in tasks(trace).items()]
    judged = [(weight, share) for weight, share in found if not np.isnan(share)]
    total = sum(weight for weight, _ in judged)
    return float(sum(weight * share for weight, share in judged) / total) if total > 0.0 else np.nan


MANDATE = (mandate_attained, *(attainment(task) for task in INDICATORS))
