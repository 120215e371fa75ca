"""Dates of a scenario: which week they fall in, and what can be wrong with them."""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario.inputs import Mission
from sim.scenario.paths import Complaint, Path

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

FIRST_YEAR, LAST_YEAR = 1800, 2200


def week_of(date: datetime.date, start: datetime.date) -> int:
    """Give the week that a day falls in; week 0 begins on the day ``start``."""
    return (date - start).days // 7


def date_of(week: int, start: datetime.date) -> datetime.date:
    """Give the first day of a week."""
    return start + datetime.timedelta(weeks=week)


def check_calendar(scenario: "Scenario") -> Iterator[Complaint]:
    """Find dates that contradict each other or the span of the run."""
    start = scenario.about.start
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        message = f"must lie in the years {FIRST_YEAR} to {LAST_YEAR}"
        yield Complaint(("scenario", "start"), message, found=start.isoformat())
        return
    span = max(scenario.about.weeks, scenario.planned_weeks or 0)
    end = date_of(span, start)
    for path, mission in scenario.missions_with_paths():
        yield from _mission(path, mission, start, end)
    for number, agreement in enumerate(scenario.peace.agreements):
        yield from _until(("peace", "agreements", number, "date"), agreement.date, end)
    for number, election in enumerate(scenario.peace.elections):
        yield from _until(("peace", "elections", number, "date"), election.date, end)
    for number, event in enumerate(scenario.events):
        yield from _within(("events", number, "date"), event.date, start, end)
    for number, ngo in enumerate(scenario.ngos):
        if ngo.start is not None and ngo.end is not None and ngo.end <= ngo.start:
            yield Complaint(("ngos", number, "end"), f"must be after its start, {ngo.start}", found=str(ngo.end))


def _mission(path: Path, mission: Mission, start: datetime.date, end: datetime.date) -> Iterator[Complaint]:
    if mission.start >= end:
        yield Complaint((*path, "start"), f"must be before the run ends, {end}", found=str(mission.start))
    if mission.end is not None and mission.end <= mission.start:
        yield Complaint((*path, "end"), f"must be after its start, {mission.start}", found=str(mission.end))
    elif mission.end is not None and mission.end <= start:
        yield Complaint((*path, "end"), f"must be after the run begins, {start}", found=str(mission.end))
    rows = mission.mandate.authorised
    where: Path = (*path, "mandate", "authorised")
    if rows[0].date > mission.start:
        message = f"the first row must be in force when the mission starts, {mission.start}"
        yield Complaint((*where, 0, "date"), message, found=str(rows[0].date))
    for number in range(1, len(rows)):
        if rows[number].date <= rows[number - 1].date:
            message = f"must be after the row before it, {rows[number - 1].date}"
            yield Complaint((*where, number, "date"), message, found=str(rows[number].date))
    yield from _decisions(path, mission)


def _decisions(path: Path, mission: Mission) -> Iterator[Complaint]:
    orders, where = mission.mandate.decisions, (*path, "mandate", "decisions")
    for number, order in enumerate(orders):
        if number and order.date <= orders[number - 1].date:
            message = f"must be after the decision before it, {orders[number - 1].date}"
            yield Complaint((*where, number, "date"), message, found=str(order.date))
        if order.end is not None and order.end < order.date:
            message = f"must not be before the decision, {order.date}"
            yield Complaint((*where, number, "end"), message, found=str(order.end))
    if mission.mandate.exit == "relief" and (mission.end is None or path == ("mission",)):
        message = (
            "the main mission has nobody to relieve it" if path == ("mission",) else "needs an 'end' of the mission"
        )
        yield Complaint((*path, "mandate", "exit"), message, found="relief")


def _until(path: Path, date: datetime.date, end: datetime.date) -> Iterator[Complaint]:
    if date >= end:
        yield Complaint(path, f"must be before the run ends, {end}", found=str(date))


def _within(path: Path, date: datetime.date, start: datetime.date, end: datetime.date) -> Iterator[Complaint]:
    if not start <= date < end:
        yield Complaint(path, f"must be within the run, from {start} to before {end}", found=str(date))
