"""One class while it lasts: what the instructor has set, and the groups with what each has decided."""

import threading
import time
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sim.core.errors import InputError
from sim.dashboard.choice import NONE, Settings, world_of
from sim.dashboard.classroom.codes import new_key
from sim.dashboard.classroom.names import plain_name, same_name
from sim.dashboard.classroom.roles import ROLES, Role, may_move, owner
from sim.dashboard.classroom.shocks import BY_ID, shock, struck
from sim.dashboard.countries import country
from sim.dashboard.guesses import GUESSES, QUESTIONS
from sim.dashboard.levers import Lever, Value, levers
from sim.scenario.scenario import Scenario

MOST_GROUPS = 40
MOST_DECISIONS = 1_000  # of one group; older ones are forgotten
MOST_SHOCKS = 12


class RefusedError(InputError):
    """Something that a class does not allow, in words for its page."""


@dataclass(frozen=True)
class Decision:
    """One lever moved by a group: when by the clock of the class, by which seat, from what to what in words."""

    minute: float
    role: str
    path: str
    label: str
    before: str
    after: str


@dataclass
class Group:
    """One group: its name, the key that lets its members in, and what it has set."""

    name: str
    key: str
    settings: Settings = field(default_factory=lambda: NONE)
    decisions: list[Decision] = field(default_factory=list)
    seats: dict[str, int] = field(default_factory=dict)  # open pages by role
    guesses: dict[str, str] = field(default_factory=dict)  # by the question


class Room:
    """A class. Any thread may use it.

    Parameters
    ----------
    code : str
        What groups join with.
    instructor : str
        The browser that opened it; its key lets another one in.
    name : str
        Scenario on offer.
    seed : int, optional
        Luck of all groups; the scenario's own where left out.
    roles : tuple of Role
        Seats on offer.

    Attributes
    ----------
    version : int
        Grows with every change; `wait` waits for that.
    paused, revealed, closed : bool
    locked : frozenset of str
        Groups of settings that nobody may move.
    question, asked : str, tuple of str
        What every group is asked to guess now, empty for nothing; and all that was asked, by ``QUESTIONS``.
    """

    def __init__(
        self, code: str, instructor: str, name: str, seed: int | None = None, roles: tuple[Role, ...] = ROLES
    ) -> None:
        self.code, self.instructor, self.key = code, instructor, new_key()
        self.name = name
        self.plain = country(name)
        self.seed = self.plain.about.seed if seed is None else seed
        self.roles = roles
        self.levers: dict[str, Lever] = {lever.path: lever for lever in levers(self.plain)}
        self.base: Scenario = self.plain
        self.paused = self.revealed = self.closed = False
        self.locked: frozenset[str] = frozenset()
        self.question = ""
        self.asked: tuple[str, ...] = ()
        self.shocks: tuple[dict[str, Any], ...] = ()
        self.groups: dict[str, Group] = {}
        self.began = self.used = time.monotonic()
        self.version = 0
        self._change = threading.Condition(threading.RLock())

    def wait(self, version: int, seconds: float) -> int:
        """Wait for a change after a version, at most so long; return the version then."""
        with self._change:
            self._change.wait_for(lambda: self.version != version or self.closed, seconds)
            return self.version

    # ------------------------------------------------------------ the instructor's

    def set_paused(self, on: bool) -> None:
        """Stop or go on: while paused, no group moves anything."""
        with self._change:
            self.paused = on
            self._changed()

    def set_revealed(self, on: bool) -> None:
        """Show all futures and the whole truth to all, or hide them again; a question ends with the answer."""
        with self._change:
            self.revealed = on
            self.question = ""
            self._changed()

    def lock(self, group: str, on: bool) -> None:
        """Lock or free a group of settings: Mandate, Force, Partners, Funding, Society."""
        with self._change:
            self.locked = self.locked | {group} if on else self.locked - {group}
            self._changed()

    def ask(self, question: str) -> None:
        """Ask every group for a guess, or with an empty string for no more.

        Raises
        ------
        RefusedError
            If there is no such question, no mission to ask about, or the answer is on the screens already.
        """
        with self._change:
            if question and (question not in QUESTIONS or not self.plain.missions):
                raise RefusedError("this class has no such question")
            if question and self.revealed:
                raise RefusedError("the futures are revealed: hide them before you ask")
            self.question = question
            if question and question not in self.asked:
                self.asked += (question,)
            self._changed()

    def strike(self, kind: str, week: int, size: float, target: str = "") -> None:
        """Bring a shock into every world.

        Raises
        ------
        RefusedError
            If there is no such kind, or there were too many.
        ScenarioError
            If the country cannot have it.
        """
        with self._change:
            if kind not in BY_ID:
                raise RefusedError("there is no such shock")
            if len(self.shocks) >= MOST_SHOCKS:
                raise RefusedError(f"a class may have at most {MOST_SHOCKS} shocks")
            shocks = (*self.shocks, shock(BY_ID[kind], self.plain, week, size, target))
            self.base = struck(self.plain, shocks)
            self.shocks = shocks
            self._changed()

    def spare(self, number: int) -> None:
        """Take a shock back, by its number."""
        with self._change:
            self.shocks = tuple(each for n, each in enumerate(self.shocks) if n != number)
            self.base = struck(self.plain, self.shocks)
            self._changed()

    def dismiss(self, group: Group) -> None:
        """Send a group away, with its world; its name is free again."""
        with self._change:
            self.groups.pop(group.key, None)
            self._changed()

    def close(self) -> None:
        """End the class."""
        with self._change:
            self.closed = True
            self._changed()

    # ------------------------------------------------------------ the groups'

    def enter(self, name: object, key: str = "") -> Group:
        """Let somebody in: a new group by its name, or one that is there by its key.

        Raises
        ------
        RefusedError
            If there is no name, or it is taken, or the class is full or over.
        """
        with self._change:
            if self.closed:
                raise RefusedError("this class is over")
            if key:
                found = self.groups.get(key)
                if found is None:
                    raise RefusedError("this class has no group with this key; join it again by its code")
                return found
            called = plain_name(name)
            if not called:
                raise RefusedError("a group needs a name")
            if any(same_name(called, each.name) for each in self.groups.values()):
                raise RefusedError("there is a group of this name; its members join by its own link, or take another")
            if len(self.groups) >= MOST_GROUPS:
                raise RefusedError(f"this class is full: it has {MOST_GROUPS} groups")
            group = Group(called, new_key())
            self.groups[group.key] = group
            self._changed()
            return group

    def sit(self, group: Group, role: Role, there: int) -> None:
        """Count a page of a group as open (1) or closed (-1)."""
        with self._change:
            group.seats[role.id] = max(0, group.seats.get(role.id, 0) + there)
            self._changed()

    def why_not(self, role: Role, path: str) -> str:
        """Say why a seat may not move a setting now; empty if it may."""
        lever = self.levers.get(path)
        if lever is None:
            return "This country has no such setting."
        if role not in self.roles:
            return "This class has no such seat."
        if not may_move(role, path):
            return f"Belongs to: {owner(path).title}."
        if self.closed:
            return "The class is over."
        if lever.group in self.locked:
            return "Locked by the instructor."
        return "The class is paused." if self.paused else ""

    def move(self, group: Group, role: Role, path: str, value: Value | None) -> None:
        """Move one lever of a group's world, or put it back with None; write down who did.

        Raises
        ------
        RefusedError
            If the seat may not, or not now.
        ScenarioError
            If the setting contradicts others; nothing is changed then.
        """
        with self._change:
            reason = self.why_not(role, path) if group.key in self.groups else "This group is no longer in the class."
            if reason:
                raise RefusedError(reason)
            lever = self.levers[path]
            if value is not None:
                value = lever.taken("1" if value is True else "0" if value is False else str(value))
            before = group.settings.get(path, lever.start)
            settings = {name: old for name, old in group.settings.items() if name != path}
            if value is not None and value != lever.resting:
                settings[path] = value
            if settings == dict(group.settings):
                return
            world_of(self.base, settings)
            after = settings.get(path, lever.start)
            group.settings = MappingProxyType(settings)
            minute = (time.monotonic() - self.began) / 60.0
            words = lever.written(before), lever.written(after)
            last = group.decisions[-1] if group.decisions else None
            if last and (last.path, last.role) == (path, role.title) and minute - last.minute < 0.25:
                group.decisions.pop()  # a slider on its way is one decision
                words = last.before, words[1]
            if words[0] != words[1]:
                group.decisions.append(Decision(minute, role.title, path, lever.label, *words))
            del group.decisions[:-MOST_DECISIONS]
            self._changed()

    def guess(self, group: Group, question: str, words: str) -> None:
        """Take the guess of a group; a later one of any of its seats replaces it, until the futures are revealed.

        Raises
        ------
        RefusedError
            If that is not asked now, or not among the answers.
        """
        with self._change:
            if self.closed or group.key not in self.groups:
                raise RefusedError("this group is no longer in the class")
            if not question or question != self.question or words not in GUESSES:
                raise RefusedError("this is not asked")
            group.guesses[question] = words
            self._changed()

    def world(self, group: Group | None) -> Scenario:
        """Return the scenario of a group with everything that was set and that struck; None is the class's own."""
        return self.base if group is None else world_of(self.base, group.settings)

    def _changed(self) -> None:
        self.version += 1
        self.used = time.monotonic()
        self._change.notify_all()
