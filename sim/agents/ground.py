"""The map as a Mesa grid: cells of land, and property layers over the world's own arrays."""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from typing import Any

import numpy as np
from mesa.discrete_space import Cell, OrthogonalMooreGrid, PropertyLayer
from mesa.discrete_space.cell_collection import CellCollection

from sim.world.tables import Geography, World

# Name of the layer: table and column.
LAYERS = {
    "people": ("population", "here"),
    "foreigners": ("communities", "foreigners"),
    "fear": ("communities", "fear"),
    "trust_mission": ("communities", "trust_mission"),
    "trust_state": ("communities", "trust_state"),
    "cohesion": ("communities", "cohesion"),
    "livelihood": ("communities", "livelihood"),
    "police": ("communities", "police"),
    "services": ("communities", "services"),
    "need": ("communities", "need"),
    "violence": ("violence", "memory"),
    "contested": ("violence", "contested"),
    "troops": ("presence", "troops"),
    "mission_police": ("presence", "police"),
    "observers": ("presence", "observers"),
    "civilian_staff": ("presence", "civilians"),
    "protection": ("presence", "protection"),
    "interposition": ("presence", "interposition"),
    "monitoring": ("presence", "monitoring"),
    "covered": ("presence", "covered"),
    "terrain": ("geography", "terrain"),
    "roads": ("geography", "roads"),
    "resources": ("geography", "resources"),
}


class Place(Cell):
    """A cell of land. ``place.fear`` and the other layers read and write the world.

    Mesa keeps the neighbourhoods of all cells of all models in a cache that is never emptied; a place works
    its own out again.
    """

    number: int
    """Its number in the world's tables."""

    _neighborhood = Cell._neighborhood.__wrapped__

    def get_neighborhood(self, radius: int = 1, include_center: bool = False) -> CellCollection:
        """Return the cells of land at most ``radius`` steps away."""
        return CellCollection(self._neighborhood(radius, include_center), random=self.random)

    def _clear_cache(self) -> None:
        self.__dict__.pop("neighborhood", None)


class PlaceColumn:
    """A layer as an attribute of a place."""

    def __init__(self, column: np.ndarray) -> None:
        self.column = column

    def __get__(self, place: Place | None, owner: type) -> Any:
        return self if place is None else self.column[place.number].item()

    def __set__(self, place: Place, value: Any) -> None:
        self.column[place.number] = value


class WorldLayer(PropertyLayer):
    """A column of the world laid out as the map, ``data[x, y]`` with x to the east and y to the north.

    Where the map is a rectangle full of land, ``data`` shares memory with the world and may be written.
    Otherwise it is worked out at every look, NaN where there is no land, and may not be written item by item:
    use ``set_cells``, ``modify_cells`` or the attribute of a place, which always reach the world.
    """

    def __init__(self, name: str, column: np.ndarray, geography: Geography, dimensions: tuple[int, int]):
        self.name, self.dimensions, self.column = name, dimensions, column
        width, height = dimensions
        self.places = (geography.column, height - 1 - geography.row)
        full = len(column) == width * height
        self.shared = column.reshape(height, width)[::-1].T if full else None

    @property
    def _mesa_data(self) -> np.ndarray:
        if self.shared is not None:
            return self.shared
        found = np.full(self.dimensions, np.nan)
        found[self.places] = self.column
        found.flags.writeable = False
        return found

    def set_cells(self, value: Any, condition: Callable | None = None) -> None:
        """Set all cells, or those whose value meets a condition."""
        np.copyto(self.column, self._on_land(value), where=self._where(condition))

    def modify_cells(self, operation: Callable, value: Any = None, condition: Callable | None = None) -> None:
        """Change all cells, or those whose value meets a condition, by a function or a NumPy ufunc."""
        given = (self.column,) if value is None else (self.column, self._on_land(value))
        changed = (operation if isinstance(operation, np.ufunc) else np.vectorize(operation))(*given)
        np.copyto(self.column, changed, where=self._where(condition), casting="unsafe")

    def _on_land(self, value: Any) -> np.ndarray:
        return np.broadcast_to(value, self.dimensions)[self.places]

    def _where(self, condition: Callable | None) -> Any:
        return True if condition is None else np.vectorize(condition, otypes=[bool])(self.column)


class Ground(OrthogonalMooreGrid):
    """The map as a grid of Mesa's, with cells of land only, each connected to up to eight neighbours.

    Coordinates are (x, y), x to the east and y to the north, from (0, 0) in the south-west corner.

    Attributes
    ----------
    places : list of Place
        The cells by their number in the world's tables.
    """

    def __init__(self, world: World, dimensions: tuple[int, int], armed: list[str], random: Any) -> None:
        self._geography = world.geography
        self.places: list[Place] = []
        super().__init__(dimensions, torus=False, random=random, cell_klass=Place)
        # Mesa registers the class of every grid for pickling and never takes it out.
        copyreg.dispatch_table.pop(self.cell_klass, None)
        for name, (table, column) in LAYERS.items():
            array = getattr(getattr(world, table), column)
            if table == "geography":  # shared by the models of a scenario
                array = array.view()
                array.flags.writeable = False
            self._lay(name, array)
        for number, name in enumerate(armed):
            self._lay(f"control_{name}", world.communities.control[number])

    def place(self, where: Any) -> Place:
        """Return the cell that a number, a coordinate, a place or an agent stands for."""
        if isinstance(where, Place):
            return where
        if isinstance(where, tuple):
            return self._cells[where]
        found = getattr(where, "cell", None)
        return self.places[where] if found is None else found

    def clear(self) -> None:
        """Let go of the world, and of agents and neighbours of all cells."""
        for name in [name for name in self._mesa_property_layers if name != "empty"]:
            self.remove_property_layer(name)
        for place in self.places:
            place.__dict__.pop("neighborhood", None)
            place.connections.clear()
            place._agents.clear()

    def _lay(self, name: str, column: np.ndarray) -> None:
        self.add_property_layer(WorldLayer(name, column, self._geography, self.dimensions))
        setattr(self.cell_klass, name, PlaceColumn(column))

    def _connect_cells_2d(self) -> None:
        geography, top = self._geography, self.dimensions[1] - 1
        spots = [(int(c), int(top - r)) for r, c in zip(geography.row, geography.column, strict=True)]
        self._cells = {spot: self._cells[spot] for spot in spots}
        self.places[:] = self._cells.values()
        for number, place in enumerate(self.places):
            place.number = number
        for place, around in zip(self.places, geography.neighbours.tolist(), strict=True):
            for other in around:
                if other >= 0:
                    (x, y), (u, v) = place.coordinate, spots[other]
                    place.connections[u - x, v - y] = self.places[other]
