"""How the mission was manned, paid and treated, and what it reached."""

import numpy as np

from sim.results.measures.outcome import Outcome, outcome, total
from sim.results.trace import WEEKS_PER_MONTH, WEEKS_PER_YEAR, Trace
from sim.world.kinds import EventKind

WEEKS_PER_BUDGET = 52
NEAR_FULL = 0.9  # share of its peak at which a mission counts as fully deployed


def ratio(part: float, whole: float) -> float:
    """Divide; not a number where there is nothing to divide by."""
    return float(part / whole) if whole > 0.0 else np.nan


def peak_authorised(trace: Trace) -> float:
    """Return the peak of authorised strength, without partners whose units pass to the main mission."""
    missions, calendar = trace.world.missions, trace.world.calendar
    ceiling = np.zeros(trace.weeks)
    for m in range(len(missions.start_week)):
        if m > 0 and missions.rehat[m] == 1:
            continue
        own = np.zeros(trace.weeks)
        for row in np.flatnonzero(calendar.ceiling_mission == m):
            own[calendar.ceiling_week[row] :] = calendar.ceiling[row].sum()
        own[: max(0, missions.start_week[m])] = 0.0
        own[max(0, missions.end_week[m]) :] = 0.0
        ceiling += own
    return float(ceiling.max(initial=0.0))


@outcome("persons", "neutral")
def peak_strength(trace: Trace) -> float:
    """Most peacekeepers in the country in one week."""
    return float(trace["deployed"].max())


@outcome("share", "higher")
def peak_strength_share(trace: Trace) -> float:
    """Peak strength over the peak of authorised strength."""
    return ratio(trace["deployed"].max(), peak_authorised(trace))


@outcome("share", "higher")
def strength_share(trace: Trace) -> float:
    """Share of authorised strength in the country, at most 1, mean over the weeks with a mandate."""
    ceiling = trace["authorised"]
    weeks = ceiling > 0.0
    return float(np.minimum(1.0, trace["deployed"][weeks] / ceiling[weeks]).mean()) if weeks.any() else np.nan


def months_to(share: float, name: str, words: str) -> Outcome:
    """Declare the months from the mission's start until a share of the peak of authorised strength was there.

    Not a number where it never was, and for a mission that stood in the field when the run began.
    """

    def measure(trace: Trace) -> float:
        start_weeks = trace.world.missions.start_week
        start = int(start_weeks[0]) if len(start_weeks) else -1
        wanted = share * peak_authorised(trace)
        if start <= 0 or wanted <= 0.0:
            return np.nan
        there = np.flatnonzero(trace["deployed"][start:] >= wanted)
        return float((there[0] + 1) / WEEKS_PER_MONTH) if len(there) else np.nan

    meaning = f"months from the mission's start until {words} of peak authorised strength was there"
    return Outcome(name, "months", "lower", meaning, measure)


@outcome("person-years", "neutral")
def person_years(trace: Trace) -> float:
    """Years served by peacekeepers."""
    return float(trace["deployed"].sum() / WEEKS_PER_YEAR)


@outcome("per 1,000 person-years", "lower")
def peacekeepers_killed_rate(trace: Trace) -> float:
    """Peacekeepers killed by hostile acts per 1,000 years served."""
    return ratio(1000.0 * trace["peacekeepers_killed"].sum(), person_years(trace))


@outcome("per 1,000 person-years", "lower")
def peacekeeper_deaths_rate(trace: Trace) -> float:
    """Peacekeepers dead of all causes per 1,000 years served."""
    dead = trace["peacekeepers_killed"].sum() + trace["peacekeepers_died"].sum()
    return ratio(1000.0 * dead, person_years(trace))


@outcome("US$", "lower")
def cost_usd(trace: Trace) -> float:
    """Spent by missions on forces, operations and programmes."""
    return float(trace["spent_usd"].sum() + trace["programmes_usd"].sum())


@outcome("US$ per person-year", "lower")
def cost_per_person_year_usd(trace: Trace) -> float:
    """Cost for each year served by a peacekeeper."""
    return ratio(cost_usd(trace), person_years(trace))


def by_budget_year(trace: Trace, series: np.ndarray) -> np.ndarray:
    """Return the sums of a series over years of 52 weeks from the first week with a budget on."""
    weeks = np.flatnonzero(trace["budget_usd"] > 0.0)
    if len(weeks) == 0:
        return np.zeros(0)
    first, last = int(weeks[0]), int(weeks[-1])
    return np.add.reduceat(series[first : last + 1], np.arange(0, last + 1 - first, WEEKS_PER_BUDGET))


@outcome("share", "lower")
def funding_gap(trace: Trace) -> float:
    """Part of the missions' yearly budgets that had not come by the end of each year.

    A year's receipts count whatever year's dues they pay. Missions lacked 27.7 % of what was budgeted on average:
    Passmore, Nadeau and Shannon (2022).
    """
    budget = by_budget_year(trace, trace["budget_usd"])
    missing = np.maximum(0.0, budget - by_budget_year(trace, trace["received_usd"]))
    return ratio(missing.sum(), budget.sum())


@outcome("share", "lower")
def arrears_share(trace: Trace) -> float:
    """Unpaid dues over a year's budget, mean over the life of the missions."""
    weeks = trace["budget_usd"] > 0.0
    return ratio(trace["arrears_usd"][weeks].sum(), WEEKS_PER_BUDGET * trace["budget_usd"][weeks].sum())


@outcome("share", "lower")
def dues_unpaid(trace: Trace) -> float:
    """Dues and promises that donors had not paid at the end."""
    donors = trace.world.donors
    promised = donors.promised_usd.sum()
    return ratio(promised - donors.paid_usd.sum(), promised)


@outcome("US$", "lower")
def arrears_peak_usd(trace: Trace) -> float:
    """Most that donors owed at one time."""
    return float(trace["arrears_usd"].max())


def mean_while_deployed(trace: Trace, name: str) -> float:
    """Return the mean of a series over the weeks with peacekeepers in the country."""
    weeks = trace["deployed"] > 0.0
    return float(trace[name][weeks].mean()) if weeks.any() else np.nan


@outcome("share", "higher")
def tempo_deployed(trace: Trace) -> float:
    """Operations that the main mission could pay, mean while peacekeepers were there."""
    return mean_while_deployed(trace, "tempo")


@outcome("index", "higher")
def trust_mission_deployed(trace: Trace) -> float:
    """Trust in the mission, mean while peacekeepers were there."""
    return mean_while_deployed(trace, "trust_mission")


@outcome("share", "higher")
def coverage_full(trace: Trace) -> float:
    """People under the peacekeepers' cover, mean over the weeks at 90 % of peak strength or more."""
    deployed = trace["deployed"]
    weeks = (deployed >= NEAR_FULL * deployed.max()) & (deployed > 0.0)
    return float(trace["coverage"][weeks].mean()) if weeks.any() else np.nan


@outcome("contributors", "lower")
def contributors_left(trace: Trace) -> float:
    """Contributors who left because of their dead, arrears or quarrels over cost."""
    return float(len(trace.noted(EventKind.CONTRIBUTOR_LEAVES).week))


@outcome("share", "higher")
def reintegrated_share(trace: Trace) -> float:
    """Of the disarmed, those settled among the people by the end."""
    return ratio(trace["reintegrated"].sum(), trace["disarmed"].sum())


@outcome("share", "lower")
def reoffended_share(trace: Trace) -> float:
    """Of the disarmed, those who went back to arms."""
    return ratio(trace["reoffended"].sum(), trace["disarmed"].sum())


@outcome("share", "lower")
def gave_up_share(trace: Trace) -> float:
    """Of the disarmed, those who went home without help to settle."""
    return ratio(trace["gave_up"].sum(), trace["disarmed"].sum())


@outcome("weapons per person", "higher")
def weapons_per_disarmed(trace: Trace) -> float:
    """Weapons handed in for each fighter disarmed."""
    return ratio(trace["weapons_collected"].sum(), trace["disarmed"].sum())


@outcome("share", "lower")
def relief_looted_share(trace: Trace) -> float:
    """Share of relief that armed groups took."""
    return ratio(trace["relief_looted_usd"].sum(), trace["relief_usd"].sum())


@outcome("share", "lower")
def relief_doubled_share(trace: Trace) -> float:
    """Share of relief that went to people whom others had reached already."""
    return ratio(trace["relief_doubled_usd"].sum(), trace["relief_usd"].sum())


MISSION = (
    peak_strength,
    peak_strength_share,
    strength_share,
    months_to(0.5, "months_to_half_strength", "half"),
    months_to(0.9, "months_to_90_strength", "90 %"),
    person_years,
    total("attacks_on_mission", "lower"),
    total("peacekeepers_killed", "lower"),
    total("peacekeepers_died", "lower"),
    peacekeepers_killed_rate,
    peacekeeper_deaths_rate,
    cost_usd,
    cost_per_person_year_usd,
    funding_gap,
    arrears_share,
    dues_unpaid,
    arrears_peak_usd,
    tempo_deployed,
    trust_mission_deployed,
    coverage_full,
    total("misconduct", "lower"),
    contributors_left,
    total("disarmed", "higher"),
    total("reintegrated", "higher"),
    reintegrated_share,
    total("reoffended", "lower"),
    reoffended_share,
    gave_up_share,
    total("weapons_collected", "higher"),
    weapons_per_disarmed,
    total("relief_usd", "neutral"),
    relief_looted_share,
    relief_doubled_share,
)
