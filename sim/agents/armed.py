"""Armed groups and their bands."""

from __future__ import annotations

from typing import Any

from sim.agents.view import Mover, Named, column
from sim.world.kinds import BandStatus, GroupKind, Posture


class ArmedGroup(Named):
    """An actor that can use force, the state's forces included."""

    chapter = "armed_groups"

    kind = column("groups", "kind", "What it is", kind=GroupKind)
    constituency = column("groups", "0 or 1 by identity group", "Whom it recruits from and spares")
    posture = column("groups", "posture", "What it is bent on this month", kind=Posture)
    fighters = column("groups", "persons", "Fighters in bands, counted once a week")
    weapons = column("weapons", "weapons", "Small arms in its bands", name="held")
    hidden_weapons = column("weapons", "weapons", "Small arms in caches of its former fighters", name="hidden")
    support = column("groups", "share", "Arms and money from abroad")
    abusiveness = column("groups", "ratio to a typical group", "Readiness to kill civilians")
    cohesion = column("groups", "index 0 to 1", "Obedience of its bands to its leaders")
    commitment = column("groups", "index 0 to 1", "Will to a negotiated peace")
    spoils = column("groups", "index 0 to 1", "What it gains from war and would lose in peace")
    weariness = column("groups", "index 0 to 1", "Weariness of war")
    recent_dead = column("groups", "persons", "Own dead, fading over about half a year")
    recent_wrongs = column("groups", "events", "Violations suffered from fellow signatories, fading")
    signatory = column("groups", "0 or 1", "Whether it has signed an agreement")
    share = column("groups", "share", "Part in power that what it signed promises it")
    reform = column("groups", "share", "Part of a state's forces trained and under civilian control")
    restraint = column("groups", "share", "Part of its abusiveness that reports abroad hold back")
    appeal = column("groups", "any, by cell", "How much it wants to be in a cell")
    recruited = column("ranks", "persons", "Recruits since the start")
    deserted = column("ranks", "persons", "Deserters since the start")
    killed = column("ranks", "persons", "Own dead since the start")
    disarmed = column("ranks", "persons", "Disarmed since the start")
    civilians_killed = column("violence", "persons", "Civilians it has killed since the start", name="killed_by")

    @property
    def bands(self) -> list[Band]:
        """Its bands in the field."""
        return [band for band in self.model.views.bands.values() if band.group_number == self.row]

    @property
    def enemies(self) -> list[ArmedGroup]:
        """Those it fights, whether or not a truce holds them back."""
        return self._those(self.model.world.groups.enemies[self.row])

    @property
    def truces(self) -> list[ArmedGroup]:
        """Those it has a truce with."""
        return self._those(self.model.world.groups.truce[self.row])

    def send_all_to(self, where: Any) -> None:
        """Give all its bands one target, until it plans again at the next turn of its month."""
        for band in self.bands:
            band.march_to(where)

    def make_truce(self, other: ArmedGroup) -> None:
        """Put a truce with another group in force."""
        self._truce(other, 1.0)

    def end_truce(self, other: ArmedGroup) -> None:
        """Take up arms against another group again."""
        self._truce(other, 0.0)

    def _those(self, marks: Any) -> list[ArmedGroup]:
        return [self.model.views.armed_groups[row] for row in marks.nonzero()[0]]

    def _truce(self, other: ArmedGroup, value: float) -> None:
        truce = self.model.world.groups.truce
        truce[self.row, other.row] = truce[other.row, self.row] = value


class Band(Mover):
    """A mobile band of an armed group.

    There is an agent for every row that stands for a band in the field. When a band dissolves its agent is
    removed at the end of the week; its row may later hold a new band, seen by a new agent.
    """

    table, on_map = "bands", (BandStatus.ACTIVE, BandStatus.HIDDEN)

    status = column("bands", "status", "State of the band", kind=BandStatus)
    fighters = column("bands", "persons", "Fighters")
    morale = column("bands", "index 0 to 1", "Morale")
    losses = column("bands", "persons", "Own dead, fading over weeks")
    target_number = column("bands", "number of a cell", "Where it is going", name="target")
    group_number = column("bands", "number of a group", "Whose it is", name="group")

    @property
    def group(self) -> ArmedGroup:
        """The armed group it belongs to."""
        return self.model.views.armed_groups[self.group_number]

    def move_to(self, where: Any) -> None:
        """Stand in a cell at once, and stay there until the group plans again.

        Other bands meet it there from the next week's march on.
        """
        place = self.model.grid.place(where)
        self.cell = place
        self.target_number = place.number

    def march_to(self, where: Any) -> None:
        """Take a cell as target, to be marched to week by week until the group plans again."""
        self.target_number = self.model.grid.place(where).number
