"""Published regularities of civil war, computed in runs without a mission by the rules of those who published them.

Months of conflict (Hultman, Kathman & Shannon 2013): those of calendar years with an armed conflict and of the two
years after one, as the span of each country in their published data shows. An armed conflict is a year with 25
battle-related deaths between the state and one armed group (UCDP); one-sided killing counts where its actor killed 25
in the year. An episode ends with one calendar year below that.
"""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import gammaln, zeta

from experiments.missions.record import WAR_DEATHS, calendar_years
from sim.scenario.scenario import Scenario
from sim.world.kinds import EventKind
from sim.world.tables import World

MAJOR_WAR_DEATHS = 1000.0  # in a calendar year (UCDP: war)
YEARS_AFTER = 2  # that still belong to the months of conflict
WHOLE_YEAR = 51  # weeks of a last calendar year that is not cut off
PUBLISHED_XMIN = 23
FEWEST_IN_TAIL = 50


class Quiet(NamedTuple):
    """One run without a mission, as far as the evidence reads it."""

    killed: np.ndarray  # (months,) civilians killed on purpose, by actors over the threshold
    in_conflict: np.ndarray  # (months,) whether the month belongs to a conflict or its aftermath
    active: np.ndarray  # (years,) armed conflict
    major: np.ndarray  # (years,) war
    sizes: np.ndarray  # (largest + 1,) number of lethal events by deaths


def reduce_run(scenario: Scenario, world: World) -> Quiet:
    """Reduce a finished run to what the evidence reads."""
    log, n = world.log, int(world.log.count[0])
    kind, week = log.kind[:n], log.week[:n]
    dead = log.size[:n] + np.where(kind == EventKind.CLASH, log.size_other[:n], 0.0)
    clash, killing = kind == EventKind.CLASH, kind == EventKind.KILLING
    is_state = np.array([group.kind == "state" for group in scenario.armed_groups])
    years = calendar_years(scenario, scenario.weeks)
    days = np.datetime64(scenario.about.start, "D") + 7 * np.arange(scenario.weeks)
    months = days.astype("datetime64[M]").astype(np.int64)
    return reduce_events(
        Events(week[clash], log.actor[:n][clash], log.other[:n][clash], dead[clash]),
        Events(week[killing], log.actor[:n][killing], log.actor[:n][killing], dead[killing]),
        is_state,
        years,
        months,
    )


class Events(NamedTuple):
    """Events of one kind: week, armed group, the other armed group or the same, deaths."""

    week: np.ndarray
    actor: np.ndarray
    other: np.ndarray
    dead: np.ndarray


def reduce_events(
    clashes: Events, killings: Events, is_state: np.ndarray, years: np.ndarray, months: np.ndarray
) -> Quiet:
    """Apply the thresholds.

    Parameters
    ----------
    clashes, killings : Events
    is_state : array (armed groups,) of bool
    years, months : array (weeks,) of int
        Calendar year, and calendar month counted from any day on, of each week.
    """
    year, month = years - years[0], months - months[0]
    n_years, n_months, n_groups = int(year[-1]) + 1, int(month[-1]) + 1, len(is_state)
    by_dyad = np.zeros((n_groups, n_groups, n_years))
    a, b = np.minimum(clashes.actor, clashes.other), np.maximum(clashes.actor, clashes.other)
    np.add.at(by_dyad, (a, b, year[clashes.week]), clashes.dead)
    state_based = by_dyad * (is_state[:, None] ^ is_state[None, :])[..., None]
    by_actor = np.zeros((n_groups, n_years))
    np.add.at(by_actor, (killings.actor, year[killings.week]), killings.dead)

    counts = by_actor[killings.actor, year[killings.week]] >= WAR_DEATHS
    killed = np.bincount(month[killings.week[counts]], weights=killings.dead[counts], minlength=n_months)
    active = (state_based >= WAR_DEATHS).any(axis=(0, 1))
    major = active & (state_based.sum(axis=(0, 1)) >= MAJOR_WAR_DEATHS)
    near = np.array([active[max(0, y - YEARS_AFTER) : y + 1].any() for y in range(n_years)])
    # Events belong to the record where their dyad or actor crossed the threshold in some year.
    known = (by_dyad >= WAR_DEATHS).any(axis=2)[a, b]
    known_actor = (by_actor >= WAR_DEATHS).any(axis=1)[killings.actor]
    sizes = np.concatenate([clashes.dead[known], killings.dead[known_actor]]).astype(np.int64)
    # A last year that the run cuts off says nothing about a year's threshold.
    whole = n_years if (year == n_years - 1).sum() >= WHOLE_YEAR else n_years - 1
    year_of_month = np.zeros(n_months, dtype=np.int64)
    year_of_month[month] = year
    inside = (near[year_of_month]) & (year_of_month < whole)
    return Quiet(killed, inside, active[:whole], major[:whole], np.bincount(sizes[sizes > 0]))


# ------------------------------------------------------------------ episodes and relapse


def episodes(active: np.ndarray) -> tuple[list[tuple[int, bool]], list[tuple[int, bool]]]:
    """Return the lengths of episodes and of the peace between them, in years, each with whether it ended.

    An episode is a row of active years; one inactive year ends it. A spell of peace begins with the first inactive
    year after an episode and ends with the next active one.

    Examples
    --------
    >>> episodes(np.array([True, True, False, True, False]))
    ([(2, True), (1, True)], [(1, True), (1, False)])
    """
    if len(active) == 0:
        return [], []
    wars: list[tuple[int, bool]] = []
    peaces: list[tuple[int, bool]] = []
    turns = [0, *(np.flatnonzero(np.diff(active)) + 1), len(active)]
    for first, last in pairwise(turns):
        spell = (int(last - first), bool(last < len(active)))
        if active[first]:
            wars.append(spell)
        elif first:  # what was before the first war is no peace after one
            peaces.append(spell)
    return wars, peaces


def share_ended(spells: list[tuple[int, bool]], years: int) -> float:
    """Return the share of spells that ended within some years (Kaplan-Meier); not a number without spells."""
    if not spells:
        return math.nan
    length, ended = np.array([spell[0] for spell in spells]), np.array([spell[1] for spell in spells])
    left = 1.0
    for year in range(1, years + 1):
        at_risk = (length >= year).sum()
        if at_risk == 0:
            # Beyond the longest spell nothing is known.
            return math.nan if left > 0.0 else 1.0
        left *= 1.0 - ((length == year) & ended).sum() / at_risk
    return float(1.0 - left)


def median_length(spells: list[tuple[int, bool]]) -> float:
    """Return the first year by which half of the spells have ended; not a number where they have not."""
    for year in range(1, max((spell[0] for spell in spells), default=0) + 1):
        if share_ended(spells, year) >= 0.5:
            return float(year)
    return math.nan


# ------------------------------------------------------------------ sizes of events


def exponent(counts: np.ndarray, xmin: int) -> float:
    """Return the exponent of a discrete power law from ``xmin`` on (maximum likelihood; Clauset et al. 2009).

    Parameters
    ----------
    counts : array (largest + 1,)
        Number of events by size.
    xmin : int
        Smallest size of the tail, 1 or more.

    References
    ----------
    Clauset, Shalizi & Newman 2009, SIAM Review 51:661-703, doi:10.1137/070710111.
    """
    size = np.arange(xmin, len(counts))
    tail = counts[xmin:]
    n, logs = tail.sum(), (tail * np.log(size)).sum()
    if n == 0 or (tail > 0).sum() < 2:
        return math.nan
    found = minimize_scalar(lambda a: n * math.log(zeta(a, xmin)) + a * logs, bounds=(1.05, 12.0), method="bounded")
    return float(found.x)


def distance(counts: np.ndarray, xmin: int, alpha: float) -> float:
    """Return the largest distance between the tail and its power law (Kolmogorov-Smirnov)."""
    size, tail = np.arange(xmin, len(counts)), counts[xmin:]
    below = np.cumsum(tail) / tail.sum()
    law = 1.0 - zeta(alpha, size + 1) / zeta(alpha, xmin)
    return float(np.abs(below - law).max())


def power_law(counts: np.ndarray) -> tuple[float, int]:
    """Return exponent and threshold, the threshold being where the law fits best; not a number with few events."""
    best = (math.inf, math.nan, 0)
    for xmin in range(1, len(counts)):
        if counts[xmin:].sum() < FEWEST_IN_TAIL:
            break
        if counts[xmin] == 0:
            continue
        alpha = exponent(counts, xmin)
        if not math.isnan(alpha):
            best = min(best, (distance(counts, xmin, alpha), alpha, xmin))
    return best[1], best[2]


def quantile_of_counts(counts: np.ndarray, share: float) -> float:
    """Return the smallest size that has at least a share of the events at or below it."""
    return float(np.searchsorted(np.cumsum(counts), share * counts.sum()))


def deaths_in_top(counts: np.ndarray, share: float = 0.01) -> float:
    """Return the share of deaths that falls to the deadliest share of events."""
    size = np.arange(len(counts))
    above = np.cumsum(counts[::-1])[::-1] - counts  # events deadlier than this size
    taken = np.clip(share * counts.sum() - above, 0.0, counts)
    return float((taken * size).sum() / (counts * size).sum())


# ------------------------------------------------------------------ months of killing


def dispersion(x: np.ndarray) -> float:
    """Return the dispersion alpha of a negative binomial with a constant mean (variance: mean + alpha mean^2)."""
    mean = x.mean()
    if mean == 0.0:
        return math.nan
    values, n = np.unique(x, return_counts=True)

    def loss(log_alpha: float) -> float:
        k = math.exp(-log_alpha)
        each = gammaln(values + k) - gammaln(k) - gammaln(values + 1.0)
        each += k * math.log(k / (k + mean)) + values * math.log(mean / (k + mean))
        return -float((n * each).sum())

    return math.exp(minimize_scalar(loss, bounds=(-4.0, 8.0), method="bounded").x)


def again(runs: list[Quiet], after: bool) -> float:
    """Return the share of months with killing among those after a month with (or without) it."""
    hits = total = 0
    for run in runs:
        rows = np.flatnonzero(run.in_conflict[1:]) + 1
        rows = rows[(run.killed[rows - 1] > 0.0) == after]
        hits, total = hits + (run.killed[rows] > 0.0).sum(), total + len(rows)
    return hits / total if total else math.nan


# ------------------------------------------------------------------ everything


def estimates(runs: list[Quiet], xmin: int | None = None) -> dict[str, float]:
    """Return every estimate from some runs; with ``xmin`` the tail begins there, else where it fits best."""
    months = np.concatenate([run.killed[run.in_conflict] for run in runs])
    some = months[months > 0.0]
    known, lethal = len(months) > 0, len(some) > 0
    nan = math.nan
    found = {
        "osv_zero": float((months == 0.0).mean()) if known else nan,
        "osv_median": float(np.median(some)) if lethal else nan,
        "osv_p95": float(np.quantile(months, 0.95)) if known else nan,
        "osv_p99": float(np.quantile(months, 0.99)) if known else nan,
        "osv_after_some": again(runs, True),
        "osv_after_none": again(runs, False),
        "osv_dispersion": dispersion(months) if lethal else nan,
    }
    counts = np.zeros(max(len(run.sizes) for run in runs) or 1)
    for run in runs:
        counts[: len(run.sizes)] += run.sizes
    found |= dict.fromkeys(("tail_alpha", "tail_xmin", "tail_alpha_23", "size_median", "size_p90", "size_p99"), nan)
    found["size_top"] = nan
    if counts.sum():
        alpha, threshold = power_law(counts) if xmin is None else (exponent(counts, xmin), xmin)
        in_tail = counts[PUBLISHED_XMIN:].sum() >= FEWEST_IN_TAIL
        found |= {
            "tail_alpha": alpha,
            "tail_xmin": float(threshold),
            "tail_alpha_23": exponent(counts, PUBLISHED_XMIN) if in_tail else nan,
            "size_median": quantile_of_counts(counts, 0.5),
            "size_p90": quantile_of_counts(counts, 0.9),
            "size_p99": quantile_of_counts(counts, 0.99),
            "size_top": deaths_in_top(counts),
        }
    wars, peaces = spells_of(runs, "active")
    found["episode_median"] = median_length(wars)
    found |= {f"episode_{years}": share_ended(wars, years) for years in (1, 5, 10)}
    found |= {f"relapse_{years}": share_ended(peaces, years) for years in (1, 2, 5, 10)}
    found["major_relapse_5"] = share_ended(spells_of(runs, "major")[1], 5)
    return found


def spells_of(runs: list[Quiet], which: str) -> tuple[list[tuple[int, bool]], list[tuple[int, bool]]]:
    """Return the episodes and the spells of peace of some runs."""
    wars: list[tuple[int, bool]] = []
    peaces: list[tuple[int, bool]] = []
    for run in runs:
        more_wars, more_peaces = episodes(getattr(run, which))
        wars += more_wars
        peaces += more_peaces
    return wars, peaces


def with_intervals(runs: dict[str, list[Quiet]], draws: int = 200) -> dict[str, tuple[float, float, float]]:
    """Return every estimate with its 95 % interval, drawing whole countries anew (they are few: it is wide)."""
    pooled = estimates([run for name in runs for run in runs[name]])
    rng, names = np.random.default_rng(1), list(runs)
    xmin = int(pooled["tail_xmin"]) if pooled["tail_xmin"] > 0 else 1
    drawn = [
        estimates([run for number in rng.integers(0, len(names), len(names)) for run in runs[names[number]]], xmin)
        for _ in range(draws)
    ]
    ends = {
        key: np.nanquantile(column, (0.025, 0.975)) if np.isfinite(column).any() else (math.nan, math.nan)
        for key in pooled
        for column in [np.array([each[key] for each in drawn])]
    }
    return {key: (pooled[key], float(ends[key][0]), float(ends[key][1])) for key in pooled}
