"""Missions, their peacekeepers, and the contributors who send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.agents.view import Mover, Named, column
from sim.processes.tasking import briefed
from sim.world.kinds import Ceiling, Component, Doctrine, MissionStage, UnitStatus

if TYPE_CHECKING:
    from sim.agents.community import Community
    from sim.agents.money import Donor


class Mission(Named):
    """An operation with its own command."""

    chapter = "missions"

    stage = column("missions", "stage", "Where it is in its life", kind=MissionStage)
    force = column("missions", "index 0 to 1", "What the rules of engagement allow")
    leadership = column("missions", "index 0 to 1", "Decisiveness and accountability at the top")
    clarity = column("missions", "share", "Units that act when a task is due")
    area = column("missions", "0 or 1, by cell", "Where it may station units")
    coordination = column("missions", "share", "How far contingents see each other's assignments")
    sharing = column("missions", "share", "Reports that reach headquarters")
    assessment = column("missions", "index 0 to 1", "Study of local politics before it deploys")
    technology = column("missions", "index 0 to 1", "Sensing beyond patrols")
    training = column("missions", "index 0 to 1", "Preparation of units")
    doctrine = column("missions", "doctrine", "Rule by which units are sent to cells", kind=Doctrine)
    effort = column("missions", "share by task", "Effort that reaches each task")
    ceiling = column("missions", "persons by kind of ceiling", "Authorised strength")
    threat = column("missions", "incidents per 1,000 km2, by cell", "What headquarters believes")
    warning = column("missions", "index 0 to 1, by cell", "What early warning foresees")
    consent = column("missions", "index 0 to 1", "Consent of the host")
    access = column("missions", "share", "Freedom to land, move and act that the host leaves it")
    impartiality = column("missions", "index 0 to 1", "How even-handed the parties think it")
    scandal = column("missions", "acts", "Misconduct that became known, fading over a year")
    dispute = column("missions", "index 0 to 1", "Quarrel over who pays")
    score = column("mandates", "share", "Benchmarks met by the last report; -1 before the first")
    unity = column("mandates", "index 0 to 1", "Agreement among those who pay")
    recent_dead = column("missions", "persons", "Killed by hostile acts, fading over a year")
    cash_usd = column("accounts", "US$", "Cash", name="cash")
    received_usd = column("accounts", "US$", "Received since the start", name="received")
    spent_usd = column("accounts", "US$", "Spent since the start", name="spent")
    tempo = column("accounts", "share", "Operations that can be paid")
    killed = column("casualties", "persons", "Killed by hostile acts since the start", name="hostile")
    died = column("casualties", "persons", "Dead of illness and accidents since the start", name="other")

    @property
    def units(self) -> list[Peacekeeper]:
        """Its units, at home or in the country."""
        return [unit for unit in self.model.views.peacekeepers if unit.mission_number == self.row]

    @property
    def contributors(self) -> list[Contributor]:
        """Those who give it units."""
        return [each for each in self.model.views.contributors if each.mission_number == self.row]

    @property
    def donors(self) -> list[Donor]:
        """Those who pay it."""
        return [each for each in self.model.views.donors if each.mission_number == self.row]

    @property
    def headcount(self) -> int:
        """People it has in the country [persons]."""
        return sum(unit.headcount for unit in self.units)

    def authorise(self, **strengths: int) -> None:
        """Set authorised strengths: ``military``, ``police``, ``observers``, ``civilians`` [persons]."""
        for kind, people in strengths.items():
            self.ceiling[Ceiling[kind.upper()]] = people


class Contributor(Named):
    """A country or organisation that gives one kind of unit to one mission."""

    chapter = "contributors"

    component = column("contributors", "component", "What it sends", kind=Component)
    lead_weeks = column("contributors", "weeks", "Mean time from call to arrival")
    tour_weeks = column("contributors", "weeks", "Time between rotations")
    quality = column("contributors", "ratio to the average", "Training and equipment")
    proximity = column("contributors", "index 0 to 1", "Closeness to the people in language and custom")
    caveats = column("contributors", "share", "Tasks that its capital forbids")
    interoperability = column("contributors", "index 0 to 1", "Fit of its procedures with the others'")
    casualty_tolerance = column("contributors", "persons", "Dead of a year at which it thinks of leaving")
    recent_dead = column("contributors", "persons", "Killed by hostile acts, fading over a year")
    owed_usd = column("contributors", "US$", "Reimbursement due to it")
    overdue_weeks = column("contributors", "weeks", "How much later than usual it is reimbursed")
    will = column("contributors", "index 0 to 1", "Readiness to send, to act and to stay")
    takes_part = column("contributors", "0 or 1", "Whether it still takes part")
    mission_number = column("contributors", "number of a mission", "Whom it serves", name="mission")

    @property
    def mission(self) -> Mission:
        """The mission it serves."""
        return self.model.views.missions[self.mission_number]

    @property
    def units(self) -> list[Peacekeeper]:
        """Its units, at home or in the country."""
        return [unit for unit in self.model.views.peacekeepers if unit.contributor_number == self.row]

    def leave(self) -> None:
        """Take no further part: its units go home as fast as lift allows."""
        self.takes_part = 0

    def rejoin(self) -> None:
        """Take part again: its units may be called up."""
        self.takes_part = 1


class Peacekeeper(Mover):
    """A unit of a mission: a company, a police unit, a team.

    There is an agent for every unit that is pledged, from the first week to the last; one that is at home is
    not on the map (``active`` is False and ``cell`` is None).
    """

    table, on_map = "units", (UnitStatus.DEPLOYED,)

    component = column("units", "component", "What kind of unit it is", kind=Component)
    size = column("units", "persons", "Full strength")
    headcount = column("units", "persons", "People in the country")
    status = column("units", "status", "Where it is in its life", kind=UnitStatus)
    ready_week = column("units", "week", "When it can leave home")
    arrived_week = column("units", "week", "When it arrived")
    moving_weeks = column("units", "weeks", "Time until it is at work in its cell")
    readiness = column("units", "index 0 to 1", "Readiness")
    knowledge = column("units", "index 0 to 1", "Knowledge of the place, lost at rotation")
    caution = column("units", "index 0 to 1", "After casualties: 0 patrols freely, 1 stays in its base")
    effective = column("units", "person-equivalents", "Strength at work this week")
    training = column("units", "index 0 to 1", "Preparation before it came")
    interoperability = column("units", "index 0 to 1", "Fit of its procedures with the others'")
    mission_number = column("units", "number of a mission", "Whose it is", name="mission")
    contributor_number = column("units", "number of a contributor", "Who sent it", name="contributor")

    @property
    def mission(self) -> Mission:
        """The mission it belongs to."""
        return self.model.views.missions[self.mission_number]

    @property
    def contributor(self) -> Contributor:
        """Who sent it."""
        return self.model.views.contributors[self.contributor_number]

    def patrol_cells(self) -> dict[Community, float]:
        """Return the communities it reaches with the share of its work that falls on each; empty at home."""
        if not self.active:
            return {}
        ground, here = self.model.world.geography, self.cell_number
        cells = ground.reach_cell[ground.reach_start[here] : ground.reach_start[here + 1]].tolist()
        first = ground.weight_start[here]
        weights = ground.patrol_weight[first : first + len(cells)].tolist()
        communities = self.model.views.communities
        shares = {communities[c]: (1.0 - self.caution) * w for c, w in zip(cells, weights, strict=True)}
        shares[communities[here]] += self.caution
        return shares

    def redeploy(self, where: Any) -> None:
        """Move its base to another cell: it travels by road and has to learn the place anew."""
        if not self.active:
            raise ValueError(f"{self!r} is not in the country")
        place, here = self.model.grid.place(where), self.cell_number
        if place.number == here:
            return
        ground = self.model.world.geography
        rows = abs(int(ground.row[place.number] - ground.row[here]))
        columns = abs(int(ground.column[place.number] - ground.column[here]))
        km = float(ground.cell_km[0]) * max(rows, columns)
        self.moving_weeks = 1 + int(km / float(self.model.rates.tasking.road_km_per_week))
        world, rates = self.model.world, self.model.rates.tasking
        self.knowledge = briefed(self.row, world.units, world.contributors, world.missions, rates)
        self.cell = place

    def move_to(self, where: Any) -> None:
        """Move its base, as ``redeploy``."""
        self.redeploy(where)
