"""All agents of a model: made when first asked for, then kept in line with the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.armed import ArmedGroup, Band
from sim.agents.community import Community
from sim.agents.ground import Ground
from sim.agents.mission import Contributor, Mission, Peacekeeper
from sim.agents.money import Donor, Ngo
from sim.world.kinds import BandStatus, UnitStatus

if TYPE_CHECKING:
    from sim.model import PeacekeepingModel

KINDS = (Community, ArmedGroup, Band, Peacekeeper, Contributor, Donor, Ngo, Mission)


class Views:
    """The grid and the agents of a model, by the number of their row.

    Attributes
    ----------
    ground : Ground
    communities, armed_groups, peacekeepers, contributors, donors, ngos, missions : list
    bands : dict of int to Band
        Those in the field, by row.
    """

    def __init__(self, model: PeacekeepingModel) -> None:
        scenario = model.scenario
        dimensions = (len(scenario.rows[0]), len(scenario.rows))
        self.ground = Ground(model.world, dimensions, [each.id for each in scenario.armed_groups], model.random)
        self.communities: list[Community] = []
        self.armed_groups: list[ArmedGroup] = []
        self.bands: dict[int, Band] = {}
        self.peacekeepers: list[Peacekeeper] = []
        self.contributors: list[Contributor] = []
        self.donors: list[Donor] = []
        self.ngos: list[Ngo] = []
        self.missions: list[Mission] = []
        self._band_cells = np.full(len(model.world.bands.cell), -1)
        self._unit_cells = np.full(len(model.world.units.cell), -1)

    def fill(self, model: PeacekeepingModel) -> None:
        """Make the agents."""
        world = model.world
        self.communities += [Community(model, row) for row in range(len(world.geography.row))]
        for community, place in zip(self.communities, self.ground.places, strict=True):
            community.cell = place
        self.armed_groups += [ArmedGroup(model, row) for row in range(len(world.groups.kind))]
        self.peacekeepers += [Peacekeeper(model, row) for row in range(len(world.units.status))]
        self.contributors += [Contributor(model, row) for row in range(len(world.contributors.mission))]
        self.donors += [Donor(model, row) for row in range(len(world.donors.mission))]
        self.ngos += [Ngo(model, row) for row in range(len(world.ngos.weekly_usd))]
        self.missions += [Mission(model, row) for row in range(len(world.missions.stage))]
        self.follow(model)

    def follow(self, model: PeacekeepingModel) -> None:
        """Make agents of new bands, remove those of bands that are gone, and move all to where they stand."""
        bands, units = model.world.bands, model.world.units
        stand = np.where(bands.status != BandStatus.DISPERSED, bands.cell, -1)
        for row in np.flatnonzero(stand != self._band_cells).tolist():
            if stand[row] < 0:
                self.bands.pop(row).remove()
                continue
            if row not in self.bands:
                self.bands[row] = Band(model, row)
            self.bands[row].follow()
        self._band_cells = stand
        stand = np.where(units.status == UnitStatus.DEPLOYED, units.cell, -1)
        for row in np.flatnonzero(stand != self._unit_cells).tolist():
            self.peacekeepers[row].follow()
        self._unit_cells = stand
