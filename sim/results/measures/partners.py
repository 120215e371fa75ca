"""How those who came worked together, and what held when they had gone."""

import numpy as np

from sim.results.measures.mission import mean_while_deployed, ratio
from sim.results.measures.outcome import outcome
from sim.results.measures.war import exit_week
from sim.results.trace import Trace
from sim.world.kinds import EventKind

QUARTER = 13


@outcome("share", "lower")
def duplication_deployed(trace: Trace) -> float:
    """Armed patrols that went where another contributor patrolled more, mean while peacekeepers were there."""
    return mean_while_deployed(trace, "duplication")


@outcome("events", "neutral")
def handovers(trace: Trace) -> float:
    """Missions whose units passed to another."""
    return float(len(trace.noted(EventKind.REHAT).week))


def dip(trace: Trace, week: int) -> float:
    """Return the part of the strength of a week that was missing at the worst moment of the quarter after it."""
    strength = trace["deployed"][week]
    rest = trace["deployed"][week + 1 : week + 1 + QUARTER]
    return max(0.0, 1.0 - ratio(rest.min(), strength)) if len(rest) and strength > 0.0 else np.nan


@outcome("share", "lower")
def handover_dip(trace: Trace) -> float:
    """Strength missing at the worst moment of the quarter after a hand-over, mean over hand-overs."""
    dips = np.array([dip(trace, int(week)) for week in trace.noted(EventKind.REHAT).week])
    known = dips[~np.isnan(dips)]
    return float(known.mean()) if len(known) else np.nan


@outcome("ratio", "higher")
def institutions_kept(trace: Trace) -> float:
    """Working police and services at the end, over those at the mission's exit."""
    week = exit_week(trace)
    if week < 0:
        return np.nan
    both = trace["policing"] + trace["services"]
    return ratio(both[-1], both[week - 1])


@outcome("ratio", "higher")
def state_control_kept(trace: Trace) -> float:
    """Area under the state at the end, over that at the mission's exit."""
    week = exit_week(trace)
    return ratio(trace["state_control"][-1], trace["state_control"][week - 1]) if week >= 0 else np.nan


PARTNERS = (duplication_deployed, handovers, handover_dip, institutions_kept, state_control_kept)
