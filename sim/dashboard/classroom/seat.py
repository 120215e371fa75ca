"""The page of one member of a group: the group's world as far as the seat knows it, and only its own settings."""

import threading
from dataclasses import replace

import solara

from sim.core.errors import InputError, ScenarioError
from sim.dashboard.choice import NO_MISSION, NOTHING, Choice
from sim.dashboard.classroom.roles import TABLE, Role
from sim.dashboard.classroom.room import Group, Room
from sim.dashboard.classroom.sight import seen
from sim.dashboard.desk import View
from sim.dashboard.levers import Value
from sim.dashboard.session import Session, office
from sim.dashboard.works import FIRST
from sim.scenario.scenario import Scenario


class Seat(Session):
    """A session whose settings are those of a group in a class, and whose luck is the class's.

    Parameters
    ----------
    room : Room
    group : Group or None
        None for the instructor, who sees the class's own country.
    role : Role
    """

    def __init__(self, room: Room, group: Group | None, role: Role = TABLE) -> None:
        super().__init__("")
        self._asking = threading.RLock()
        self.room, self.group, self.role = room, group, role
        self.said = solara.reactive("")  # why the last move was refused
        self.choice.value = self._choice()
        self._saw_all = self.sees_all

    @property
    def base(self) -> Scenario:
        """The country of the class, with the shocks that have struck."""
        return self.room.base

    @property
    def sees_all(self) -> bool:
        """Whether other futures and the world beside it may be shown."""
        return self.room.revealed

    def _choice(self) -> Choice:
        settings = {} if self.group is None else self.group.settings
        against = NO_MISSION if self.sees_all and self.room.base.missions else NOTHING
        return Choice(name=self.room.name, seed=self.room.seed, settings=settings, against=against)

    def follow(self) -> None:
        """Take over what the class has changed; after a reveal, or its end, nothing of before is shown."""
        if self.sees_all != self._saw_all:
            self._saw_all = self.sees_all
            self.view.value = None
        self.choice.value = self._choice()

    def compute(self, future: int | None = None) -> None:
        """Ask for the pictures; the future shown is that of the class."""
        with self._asking:
            super().compute(self.room.seed)

    def move(self, path: str, value: Value | None) -> None:
        """Move a lever, if the seat may; otherwise say why not."""
        if self.group is None:
            return
        try:
            self.room.move(self.group, self.role, path, value)
            self.said.value = ""
        except (InputError, ScenarioError, ValueError) as error:
            self.said.value = str(error)
        self.choice.value = self._choice()

    def _publish(self, view: View) -> None:
        if self.sees_all:
            super()._publish(view)
            return
        if self.role is not TABLE:
            key = ("seen", self.role.id, view.scenario.digest(), self.room.seed)
            scenario, seed, role = view.scenario, self.room.seed, self.role
            wanted = lambda: not self.room.closed  # noqa: E731
            answer = office.works.ask(key, lambda unwanted: seen(scenario, seed, role, unwanted), wanted, FIRST)
            shown = answer.result()
        else:
            shown = view.shown
        if self.sees_all:  # revealed meanwhile: the whole is on its way
            return
        hidden = {"other": None, "members": (), "others": (), "fan": b"", "fan_other": b"", "rank": -1, "failed": 0}
        super()._publish(replace(view, shown=shown, working=False, **hidden))
        with self._asking:
            if view.choice is self._asked:  # the other futures may not be seen yet: leave the cores to other groups
                self._desk.close()
