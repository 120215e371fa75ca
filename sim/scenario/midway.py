"""What of a scenario may change while a run is under way, and what is settled by then."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from sim.core.errors import Problem, ScenarioError
from sim.scenario.paths import Path, describe, show_path, unlike
from sim.scenario.scenario import Scenario

ANY = "*"
START = "describes the start of the run; change it from the start, without --from-week"
DIVIDED = "says how pledges are divided into units, which is settled at the start"
ROOTED = "says whom it serves, which is settled at the start; add an item with an id of its own instead"

# Paths that are settled at the start, and why. What is in none of them may change: parameters, mandates, deployment,
# pledges and qualities of contributors, donors, relief, and what lies ahead on the calendar.
SETTLED: dict[tuple[str, ...], str] = {
    ("scenario", "start"): START,
    ("map",): START,
    ("regions",): START,
    ("places",): START,
    ("identity_groups",): START,
    ("armed_groups",): START,
    ("peace", "stage"): START,
    ("peace", "inclusion"): START,
    ("parameters", "ground"): START,
    ("parameters", "crime", "arms_per_1000_at_start"): START,
    ("parameters", "peace_process", "temper_spread"): START,
    ("contributors", ANY, "unit_size"): DIVIDED,
    ("contributors", ANY, "mission"): ROOTED,
    ("contributors", ANY, "component"): ROOTED,
    ("contributors", ANY, "id"): ROOTED,
    ("donors", ANY, "mission"): ROOTED,
    ("donors", ANY, "id"): ROOTED,
    ("ngos", ANY, "id"): ROOTED,
    ("partners", ANY, "id"): ROOTED,
    ("mission", "id"): ROOTED,
}
GROWING = ("contributors", "donors", "ngos", "partners")  # lists that may grow at their end and not shrink
REMEDY = {
    "contributors": "set its will to 0 to send nobody any more",
    "donors": "set its share to 0",
    "ngos": "set its end",
    "partners": "set its end",
}
DATED = (("peace", "agreements"), ("peace", "elections"), ("events",))


def check_midway(before: Scenario, after: Scenario, week: int) -> None:
    """Refuse changes to what is settled, or over, at the start of a week.

    Parameters
    ----------
    before, after : Scenario
        The scenario of the past, and the one from then on.
    week : int

    Raises
    ------
    ScenarioError
        With everything that cannot change any more, and what can be done instead.
    """
    problems = [*_length(before, after, week), *_values(before, after), *_calendar(before, after, week)]
    if problems:
        raise ScenarioError(problems)


def _length(before: Scenario, after: Scenario, week: int) -> Iterator[Problem]:
    if not 0 <= week <= before.weeks:
        yield Problem(
            f"expected a week from 0 to {before.weeks}, the length of the run", "week", before.id, found=str(week)
        )
    elif after.weeks < max(week, 1):
        yield Problem(
            "ends before the week from which it should differ",
            "scenario.weeks",
            after.id,
            found=str(after.weeks),
            hint=f"give {week} weeks or more",
        )


def _values(before: Scenario, after: Scenario) -> Iterator[Problem]:
    """Find changes of what is settled, lists that shrink, pledges that fall, and missions that vanish or slip in."""
    old, new = before.data(), after.data()
    for pattern, why in SETTLED.items():
        for path, was, now in _pairs(old, new, pattern):
            yield Problem(why, show_path(path), after.id, found=_change(was, now))
    if before.mission is not None and after.mission is None:
        yield Problem(
            "a mission cannot vanish midway; set mission.end to the day on which it is to close", "mission", after.id
        )
        return
    if before.mission is None and after.mission is not None and before.partners:
        yield Problem("the main mission cannot come after its partners; add it as a partner", "mission", after.id)
    for name in GROWING:
        for item in old[name][len(new[name]) :]:
            yield Problem(f"cannot lose {item['id']!r} midway; {REMEDY[name]}", name, after.id)
    for number, (was, now) in enumerate(zip(before.contributors, after.contributors, strict=False)):
        if now.pledged < was.pledged:
            yield Problem(
                "a pledge can only grow midway; lower mission.mandate.authorised, or the contributor's will",
                f"contributors[{number}].pledged",
                after.id,
                found=_change(was.pledged, now.pledged),
            )
    for name in ("military", "formed_police", "police", "observers", "civilians", "enablers"):
        key = f"unit_size_{name}"
        sizes = [getattr(side.parameters.force_generation, key) for side in (before, after)]
        if sizes[0] != sizes[1]:
            yield Problem(DIVIDED, f"parameters.force_generation.{key}", after.id, found=_change(*sizes))


def _pairs(old: Any, new: Any, pattern: Sequence[str], path: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """Give the values under a pattern that are in both and differ, with their paths."""
    if not pattern:
        yield from unlike(old, new, path)
        return
    key, rest = pattern[0], pattern[1:]
    if key == ANY:
        for number, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _pairs(one, other, rest, (*path, number))
    elif old is not None and new is not None:
        yield from _pairs(old[key], new[key], rest, (*path, key))


def _calendar(before: Scenario, after: Scenario, week: int) -> Iterator[Problem]:
    """Find changes of what has happened by a week: agreements, votes, events, decisions, ceilings, starts, ends."""
    for path in DATED:
        old, new = (_at(side, path) for side in (before, after))
        yield from _past(after, ".".join(path), old, new, week)
    known = dict(before.missions_with_paths())
    for where, mission in after.missions_with_paths():
        name = f"partners[{where[1]}]" if len(where) > 1 else "mission"
        was = known.get(where)
        # Headquarters decides at the end of a week for the next one: what is dated in this week is in force.
        decided = () if was is None else was.mandate.decisions
        yield from _past(after, f"{name}.mandate.decisions", decided, mission.mandate.decisions, week + 1)
        opened = was is not None and was.start == mission.start
        if not opened and (after.week_of(mission.start) < week or (was and before.week_of(was.start) < week)):
            yield _over(after, f"{name}.start", mission.start, week)
        ends = mission.end is not None and (was is None or was.end != mission.end)
        if ends and mission.end is not None and after.week_of(mission.end) < week:
            yield _over(after, f"{name}.end", mission.end, week)
        if was is None:
            continue
        now = in_force(after, mission, week)
        for number, row in enumerate(mission.mandate.authorised):
            rows = was.mandate.authorised
            changed = number >= len(rows) or rows[number] != row
            moved = number < len(rows) and rows[number].date != row.date
            if changed and after.week_of(row.date) <= week and (number != now or moved or number >= len(rows)):
                yield _over(after, f"{name}.mandate.authorised[{number}]", row.date, week)


def in_force(scenario: Scenario, mission: Any, week: int) -> int:
    """Return the number of the row of authorised strength that is in force at the start of a week, -1 for none."""
    rows = [(scenario.week_of(row.date), number) for number, row in enumerate(mission.mandate.authorised)]
    return max((row for row in rows if row[0] <= week), default=(0, -1))[1]


def _at(scenario: Scenario, path: tuple[str, ...]) -> Sequence[Any]:
    found: Any = scenario
    for key in path:
        found = getattr(found, key)
    return found


def _past(after: Scenario, name: str, old: Sequence[Any], new: Sequence[Any], week: int) -> Iterator[Problem]:
    """Find dated items before a week that changed, came or went; rows of the past keep their numbers."""
    for number in range(max(len(old), len(new))):
        was = old[number] if number < len(old) else None
        now = new[number] if number < len(new) else None
        dates = [item.date for item in (was, now) if item is not None]
        if was != now and any(after.week_of(date) < week for date in dates):
            yield _over(after, f"{name}[{number}]", min(dates), week)


def _over(after: Scenario, path: str, date: datetime.date, week: int) -> Problem:
    return Problem(
        f"is over by week {week} ({after.date_of(week)}): the past cannot change",
        path,
        after.id,
        found=f"the date {date}",
        hint="change what lies ahead, or take an earlier week",
    )


def _change(was: Any, now: Any) -> str:
    if isinstance(was, dict | list | tuple) or isinstance(now, dict | list | tuple):
        return "another one"
    return f"{describe(now)} instead of {describe(was)}"
