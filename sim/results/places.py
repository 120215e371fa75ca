"""Names for cells, as a reader of a map would say them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.drawing import is_place

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.world.tables import Geography

COMPASS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")


@dataclass(frozen=True)
class PlaceNames:
    """Names of all cells.

    Parameters
    ----------
    places
        "Voinjama", or "30 km north of Voinjama"; the region's name where the map has no place.
    regions
        Name of the region of each cell.
    """

    places: tuple[str, ...]
    regions: tuple[str, ...]

    def where(self, cell: int) -> str:
        """Say where a cell is, region included; nothing for -1, the whole country."""
        if cell < 0:
            return ""
        place, region = self.places[cell], self.regions[cell]
        if place == region:
            return f"in {region}"
        return f"{place} ({region})" if place[0].isdigit() else f"at {place} ({region})"


def name_places(scenario: "Scenario", geography: "Geography") -> PlaceNames:
    """Name every cell by the nearest place, with distance and direction from it."""
    rows = scenario.rows
    letters = [rows[r][c] for r, c in zip(geography.row, geography.column, strict=True)]
    titles = [region.name for region in scenario.regions.values()]
    regions = tuple(titles[number] for number in geography.region)
    towns = [number for number, letter in enumerate(letters) if is_place(letter)]
    if not towns:
        return PlaceNames(regions, regions)
    north = -(geography.row[:, None] - geography.row[towns][None, :]).astype(np.float64)
    east = (geography.column[:, None] - geography.column[towns][None, :]).astype(np.float64)
    distance = np.sqrt(north * north + east * east)
    nearest = np.argmin(distance, axis=1)
    names = []
    for cell, town in enumerate(nearest):
        name = scenario.places[letters[towns[town]]].name
        km = float(distance[cell, town] * geography.cell_km[0])
        names.append(name if km == 0.0 else f"{km:.0f} km {compass(north[cell, town], east[cell, town])} of {name}")
    return PlaceNames(tuple(names), regions)


def compass(north: float, east: float) -> str:
    """Name the direction of a step, out of eight."""
    return COMPASS[round(float(np.arctan2(north, east)) / (np.pi / 4.0)) % 8]
