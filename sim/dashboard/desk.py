"""One page's computing: what it wants now, and the pictures that come of it, one after the other.

A change is answered in steps: the run shown, its fan of a first few futures, then as many futures as the load of the
server allows. A newer change ends the older one at the next look: before a job, between jobs, and every 52 weeks
of a run.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sim.core.errors import ScenarioError
from sim.core.seeds import MAX_SEED
from sim.dashboard.choice import AS_BEFORE, NO_MISSION, NOTHING, PINNED, Choice, course_of, refusal
from sim.dashboard.countries import country, too_large
from sim.dashboard.course import Course
from sim.dashboard.futures import Member, Shown, follow, show, typical, weekly_tables
from sim.dashboard.player.encode import encode_fan, run_id
from sim.dashboard.shelf import MEGABYTE, Shelf, give_back
from sim.dashboard.works import FAN, FIRST, MORE, REST_SECONDS, Works
from sim.scenario.scenario import Scenario

PAUSE_SECONDS = 0.06  # a slider on the move sends many values: its first one is answered at once, then the last one
QUIET_SECONDS = 0.25  # after which a move is a first one
FEWEST, FEW, SOME, MANY = 10, 20, 50, 100
KEPT_BYTES = 600 * MEGABYTE
PAST_BYTES = 120 * MEGABYTE  # worlds at the week of a fork; about 40 of a Liberia


@dataclass(frozen=True, eq=False)
class View:
    """What a page shows: always of one setting, never half of it.

    Parameters
    ----------
    choice, course
        What it belongs to.
    shown, other
        The run on the map, and the world beside it with the same luck; None without one.
    members, others
        Futures of both, seed by seed.
    fan, fan_other
        Their messages to the player.
    rank
        Place of the run shown among its futures, 0 the most typical; -1 before there are any.
    working
        Whether more futures are on their way.
    failed
        Futures that ended in an error.
    """

    choice: Choice
    course: Course
    shown: Shown
    other: Shown | None = None
    members: tuple[Member, ...] = ()
    others: tuple[Member, ...] = ()
    fan: bytes = b""
    fan_other: bytes = b""
    rank: int = -1
    working: bool = True
    failed: int = 0

    @property
    def scenario(self) -> Scenario:
        """The scenario shown, with its settings."""
        return self.course.scenario


class Office:
    """What all pages share: threads, finished work, and how many pages are at it."""

    def __init__(
        self,
        limit: int = KEPT_BYTES,
        workers: int | None = None,
        most: int = MANY,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self.most = most
        self.pasts = Shelf(min(limit, PAST_BYTES))
        self.works = Works(Shelf(limit), workers, rest_seconds, self.tidy)
        self._busy = 0
        self._lock = threading.Lock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Count a page as busy inside the ``with`` block."""
        with self._lock:
            self._busy += 1
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1

    def tidy(self) -> None:
        """Forget finished work once nobody has asked for anything for a while; open pages keep what they show."""
        if len(self.works.shelf) or len(self.pasts):
            self.works.shelf.clear()
            self.pasts.clear()
            give_back()

    @property
    def busy(self) -> int:
        """How many pages wait for pictures."""
        return self._busy

    def n_first(self) -> int:
        """Return how many futures a page gets before any page gets more."""
        return min(self.most, FEW if self._busy <= 10 else FEWEST)

    def n_futures(self) -> int:
        """Return how many futures a page may have now: fewer where many pages wait."""
        return min(self.most, MANY if self._busy <= 1 else SOME if self._busy <= 10 else FEW)


class Desk:
    """Serves one page.

    Parameters
    ----------
    office : Office
        Shared by all pages.
    publish : callable
        Gets each `View` as it is ready.
    complain : callable
        Gets words when a setting is refused or a run fails.
    """

    def __init__(self, office: Office, publish: Callable[[View], Any], complain: Callable[[str], Any]) -> None:
        self.office = office
        self.publish = publish
        self.complain = complain
        self._ticket = 0
        self._moved = -QUIET_SECONDS  # when something was asked for last
        self._seed: int | None = None  # of the run shown

    def close(self) -> None:
        """Stop all work for this page."""
        self._ticket += 1

    def want(self, choice: Choice, base: Scenario, *, future: int | None = None) -> threading.Thread:
        """Ask for the pictures of a choice; whatever was asked before is dropped.

        Parameters
        ----------
        choice : Choice
        base : Scenario
            The scenario it names.
        future : int, optional
            Seed of the future to show; otherwise the one shown so far while it is typical, else the most typical.
        """
        self._ticket += 1
        now = time.monotonic()
        pause, self._moved = PAUSE_SECONDS if now - self._moved < QUIET_SECONDS else 0.0, now
        words = (self._ticket, choice, base, future, pause)
        thread = threading.Thread(target=self._serve, args=words, daemon=True)
        thread.start()
        return thread

    def _serve(self, ticket: int, choice: Choice, base: Scenario, future: int | None, pause: float) -> None:
        time.sleep(pause)
        if self._ticket != ticket:
            return
        try:
            with self.office.at_work():
                for view in self._views(ticket, choice, base, future):
                    if self._ticket != ticket:
                        return
                    self._seed = view.shown.result.seed
                    self.publish(view)
        except CancelledError:
            return
        except ScenarioError as error:
            self._tell(ticket, f"These settings do not go together: {refusal(error)}")
        except Exception as error:
            self._tell(ticket, f"The run failed: {type(error).__name__}: {error}")

    def _tell(self, ticket: int, words: str) -> None:
        if self._ticket == ticket:
            self.complain(words)

    def _views(self, ticket: int, choice: Choice, base: Scenario, future: int | None) -> Iterator[View]:
        course = course_of(base, choice)
        problems = too_large(course.scenario)
        if problems:
            raise ScenarioError("; ".join(problems))
        rival = rival_of(choice, base, course)
        first = first_seed(base, choice)
        seeds = range(first, first + MANY)
        future = choice.future if future is None else future
        seed = future if future is not None else self._seed
        seed = first if seed is None or seed not in seeds else seed
        order = Order(self.office, lambda: self._ticket == ticket, course, rival)
        view = View(choice, course, *order.pictures(seed))
        n = self.office.n_first()
        if not order.ready(seeds[:n]):  # otherwise the page is drawn once, complete
            yield view
        while True:
            members, others, failed = order.members(seeds[:n], MORE if view.members else FAN)
            if members:
                by_rank = typical(members)
                ranks = {members[number].seed: rank for rank, number in enumerate(by_rank)}
                stays = future is not None or choice.from_week  # a fork goes on in the future that was watched
                if not stays and ranks.get(seed, n) > len(members) // 2:
                    seed = members[by_rank[0]].seed
                    view = replace(view, **dict(zip(("shown", "other"), order.pictures(seed), strict=True)))
                view = replace(view, members=members, others=others, rank=ranks.get(seed, -1), failed=failed)
                view = replace(view, fan=order.fan(course, members, view.shown))
                if rival is not None and view.other is not None and others:
                    view = replace(view, fan_other=order.fan(rival, others, view.other))
            more = self.office.n_futures() if n <= FEW else n
            yield replace(view, working=more > n)
            if more <= n:
                return
            n = more


def first_seed(base: Scenario, choice: Choice) -> int:
    """Return the seed from which the futures of a choice are counted."""
    return min(base.about.seed if choice.seed is None else choice.seed, MAX_SEED - MANY)


def rival_of(choice: Choice, base: Scenario, course: Course) -> Course | None:
    """Return what a choice compares its own world with, None for none."""
    if choice.against == NOTHING:
        return None
    past = course.trunk.scenario if course.trunk else course.scenario
    if choice.against == AS_BEFORE:
        return Course(past)
    if choice.against == NO_MISSION:
        return Course(past.without_mission()) if past.missions else None
    if choice.against == PINNED:
        return course_of(base, replace(choice, settings=choice.pinned))
    return Course(country(choice.against))


class Order:
    """One change of a page, as jobs."""

    def __init__(self, office: Office, wanted: Callable[[], bool], course: Course, rival: Course | None) -> None:
        self.works, self.pasts = office.works, office.pasts
        self.wanted = wanted
        self.course, self.rival = course, rival
        self._names = {id(each): each.name() for each in (course, rival) if each is not None}

    def pictures(self, seed: int) -> tuple[Shown, Shown | None]:
        """Return both runs in full; they are computed side by side."""
        mine = self._ask("run", self.course, seed, show, FIRST)
        other = None if self.rival is None else self._ask("run", self.rival, seed, show, FIRST)
        return mine.result(), None if other is None else other.result()

    def ready(self, seeds: Sequence[int]) -> bool:
        """Tell whether futures of both worlds have been computed already."""
        shelf = self.works.shelf
        return all(shelf.get(("row", name, seed)) is not None for name in self._names.values() for seed in seeds)

    def members(self, seeds: Sequence[int], urgency: int) -> tuple[tuple[Member, ...], tuple[Member, ...], int]:
        """Return futures of both worlds, and how many failed."""
        both = [each for each in (self.course, self.rival) if each is not None]
        asked = [[self._ask("row", each, seed, follow, urgency) for each in both] for seed in seeds]
        rows: list[list[Member]] = []
        for pair in asked:
            try:
                rows.append([answer.result() for answer in pair])
            except CancelledError:
                raise
            except Exception:  # a failed future is counted, and the others go on
                continue
        mine = tuple(row[0] for row in rows)
        return mine, tuple(row[1] for row in rows) if self.rival is not None else (), len(seeds) - len(rows)

    def fan(self, course: Course, members: tuple[Member, ...], shown: Shown) -> bytes:
        """Return the fan's message, packed once for all pages."""
        seeds = (members[0].seed, members[-1].seed, len(members))
        key = ("fan", self._names[id(course)], seeds, run_id(shown.result))
        found = self.works.shelf.get(key)
        if found is None:
            found = encode_fan(weekly_tables(members), run_id(shown.result))
            self.works.shelf.put(key, found, len(found))
        return found

    def _ask(self, what: str, course: Course, seed: int, make: Any, urgency: int) -> "Future[Any]":
        key = (what, self._names[id(course)], seed)
        return self.works.ask(key, lambda unwanted: make(course, seed, unwanted, self.pasts), self.wanted, urgency)
