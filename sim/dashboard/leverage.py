"""What would have changed an outcome: one lever at a time, moved as far as it goes, with the same luck.

Every lever is tried with a few futures. The strongest are then tried again with other futures, and only those count:
the strongest of many by a few futures owe part of it to chance.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from sim.analysis.intervals import Interval, mean
from sim.core.errors import ScenarioError
from sim.dashboard.choice import Choice, course_of, levers_of
from sim.dashboard.course import Course
from sim.dashboard.desk import Office, Order, first_seed
from sim.dashboard.levers import Lever, Value
from sim.dashboard.works import LAST
from sim.scenario.scenario import Scenario

TRIED, CONFIRMED = 4, 20  # futures of every move, and other ones of the strongest
STRONGEST = 5


class Move(NamedTuple):
    """One lever moved, and what that does to an outcome on average over pairs of futures."""

    lever: Lever
    value: Value
    effect: Interval


class Progress(NamedTuple):
    """How many moves have been tried of how many, and the strongest, once they have been tried again."""

    done: int
    total: int
    found: tuple[Move, ...] = ()


def moves(base: Scenario, choice: Choice) -> list[tuple[Lever, Value]]:
    """List every lever with each value to move it to: both ends of a slider, the other options of a choice."""
    listed: list[tuple[Lever, Value]] = []
    for lever in levers_of(base, choice):
        now = choice.settings.get(lever.path, lever.resting)
        ends = (lever.quantised(lever.low), lever.quantised(lever.high)) if lever.slides else (not now,)
        listed += [(lever, value) for value in lever.options or ends if value != now]
    return listed


def strongest(
    office: Office, base: Scenario, choice: Choice, outcome: str, wanted: Callable[[], bool]
) -> Iterator[Progress]:
    """Find the moves that change an outcome most.

    Parameters
    ----------
    office : Office
        Its threads do this after everything else.
    base, choice
        What is set now.
    outcome : str
        Name of an outcome that cards show.
    wanted : callable
        Says whether to go on.

    Raises
    ------
    CancelledError
        If nobody wants it any more.
    """
    first = first_seed(base, choice)
    tries, again = range(first, first + TRIED), range(first + TRIED, first + TRIED + CONFIRMED)
    plain = _outcomes(office, course_of(base, choice), range(first, again.stop), outcome, wanted)

    def effect(course: Course, seeds: range) -> Interval:
        moved = _outcomes(office, course, seeds, outcome, wanted)
        pairs = np.array([moved[seed] - plain[seed] for seed in seeds if seed in moved and seed in plain])
        return mean(pairs[~np.isnan(pairs)])

    listed, tried = moves(base, choice), []
    total = len(listed) + STRONGEST
    for number, (lever, value) in enumerate(listed):
        yield Progress(number, total)
        try:
            course = course_of(base, choice.moved(lever.path, value))
        except ScenarioError:  # it does not go together with what else is set
            continue
        by = effect(course, tries).value
        if by and not np.isnan(by):
            tried.append((abs(by), len(tried), lever, value, course))
    found: list[Move] = []
    for _, _, lever, value, course in sorted(tried, key=lambda each: each[:2], reverse=True)[:STRONGEST]:
        yield Progress(len(listed) + len(found), total)
        found.append(Move(lever, value, effect(course, again)))
    order = sorted(found, key=lambda move: (not move.effect.clear, -abs(move.effect.value)))
    yield Progress(total, total, tuple(order))


def _outcomes(
    office: Office, course: Course, seeds: range, outcome: str, wanted: Callable[[], bool]
) -> dict[int, float]:
    members, _, _ = Order(office, wanted, course, None).members(seeds, LAST)
    return {member.seed: member.outcomes[outcome] for member in members}
