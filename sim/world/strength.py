"""Authorised, planned and deployed strengths of missions."""

from sim.core.compile import kernel
from sim.world.kinds import UnitStatus


@kernel
def authorised(m, missions):
    """Return a mission's ceilings together."""
    people = 0
    for kind in range(missions.ceiling.shape[1]):
        people += missions.ceiling[m, kind]
    return people


@kernel
def deployed_people(m, units):
    """Return the full strength of a mission's units in the country."""
    people = 0
    for u in range(len(units.status)):
        if units.mission[u] == m and units.status[u] == UnitStatus.DEPLOYED:
            people += units.size[u]
    return people


@kernel
def planned(m, kind, week, calendar):
    """Return the strength that the dates foresee for a mission by now."""
    people = 0
    for w in range(len(calendar.ceiling_week)):
        if calendar.ceiling_mission[w] == m and calendar.ceiling_week[w] <= week:
            people = calendar.ceiling[w, kind]
    return people


@kernel
def highest(m, week, calendar):
    """Return the highest strength that the dates have foreseen for a mission up to now."""
    most = 0
    for w in range(len(calendar.ceiling_week)):
        if calendar.ceiling_mission[w] == m and calendar.ceiling_week[w] <= week:
            total = 0
            for kind in range(calendar.ceiling.shape[1]):
                total += calendar.ceiling[w, kind]
            most = max(most, total)
    return most
