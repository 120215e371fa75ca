"""Communities: the people of one cell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mesa.discrete_space import FixedAgent

from sim.agents.view import View, column
from sim.world.whereabouts import NOBODY

if TYPE_CHECKING:
    from sim.agents.armed import ArmedGroup, Band
    from sim.agents.mission import Peacekeeper


class Community(View, FixedAgent):
    """The people of a cell, who stay where they are as a community and move as numbers."""

    residents = column("communities", "persons by identity group", "People at home")
    hosted = column("communities", "persons by identity group", "Displaced people staying here")
    empty_homes = column("communities", "persons by identity group", "People from here who fled")
    foreigners = column("communities", "persons", "Refugees from other countries")
    trust_mission = column("communities", "index 0 to 1", "Trust in the mission")
    trust_state = column("communities", "index 0 to 1", "Trust in the state")
    fear = column("communities", "index 0 to 1", "Fear of violence")
    grievance = column("communities", "index 0 to 1 by identity group", "Sense of injustice")
    cohesion = column("communities", "index 0 to 1", "Cohesion between identity groups")
    livelihood = column("communities", "index 0 to 1", "How well households earn a living")
    police = column("communities", "index 0 to 1", "Working police and courts")
    services = column("communities", "index 0 to 1", "Working administration, schools, clinics")
    need = column("communities", "index 0 to 1", "Unmet humanitarian need")
    reached = column("communities", "share", "Those in need whom relief organisations reach")
    adrift = column("communities", "persons", "Former fighters here who got no help to settle")
    private_arms = column("weapons", "weapons", "Small arms in private hands", name="civil")
    control = column("communities", "share by armed group", "Control; the rest is held by nobody")
    people = column("population", "persons", "People present at the start of the week", name="here")
    violence = column("violence", "deaths per 1,000 people", "Violence of recent weeks, fading", name="memory")
    contested = column("violence", "index 0 to 1", "0 one ruler, 1 evenly contested")
    protection = column("presence", "index 0 to 1", "Deterrence of killing by peacekeepers")
    interposition = column("presence", "index 0 to 1", "Hindrance to battle by peacekeepers")
    monitoring = column("presence", "index 0 to 1", "Chance that acts are seen and attributed")
    covered = column("presence", "share", "Part of its load that the peacekeepers can bear")
    terrain = column("geography", "index 0 to 1", "Difficulty of the ground")
    roads = column("geography", "index 0 to 1", "Road access")
    entry_km = column("geography", "km", "Distance to the nearest entry point")

    @property
    def index(self) -> Any:
        """The index of its numbers in a column: cells come last, after identity or armed groups."""
        return (..., self.row)

    @property
    def region(self) -> str:
        """Name of its region."""
        regions = list(self.model.scenario.regions.values())
        return regions[self.model.world.geography.region[self.row]].name

    @property
    def name(self) -> str:
        """Name of the town here, or of the region."""
        geography, scenario = self.model.world.geography, self.model.scenario
        letter = scenario.rows[geography.row[self.row]][geography.column[self.row]]
        return scenario.places[letter].name if letter in scenario.places else self.region

    @property
    def people_by_group(self) -> dict[str, int]:
        """Residents and displaced people together, by id of their identity group [persons]."""
        both = (self.residents + self.hosted).tolist()
        return {group.id: n for group, n in zip(self.model.scenario.identity_groups, both, strict=True)}

    @property
    def ruler(self) -> ArmedGroup | None:
        """The armed group with the largest share of control, None where all have less than a fifth."""
        best = max(range(len(self.control)), key=self.control.__getitem__, default=None)
        return None if best is None or self.control[best] <= NOBODY else self.model.views.armed_groups[best]

    @property
    def neighbours(self) -> list[Community]:
        """The up to eight communities around it."""
        around = self.model.world.geography.neighbours[self.row].tolist()
        return [self.model.views.communities[number] for number in around if number >= 0]

    @property
    def bands(self) -> list[Band]:
        """The bands that stand here."""
        return [band for band in self.model.views.bands.values() if band.cell_number == self.row]

    @property
    def peacekeepers(self) -> list[Peacekeeper]:
        """The units based here."""
        return [unit for unit in self.model.views.peacekeepers if unit.cell_number == self.row]

    def distance_km(self, other: Community) -> float:
        """Return the distance to another community, centre to centre [km]."""
        ground = self.model.world.geography
        rows = int(ground.row[self.row] - ground.row[other.row])
        columns = int(ground.column[self.row] - ground.column[other.row])
        return float(ground.cell_km[0]) * math.hypot(rows, columns)
