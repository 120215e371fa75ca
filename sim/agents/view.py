"""What all agents share: an agent is a view of one row of the world and keeps no state of its own."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

import mesa
from mesa.discrete_space import CellAgent

if TYPE_CHECKING:
    from sim.agents.ground import Place
    from sim.model import PeacekeepingModel


class column:  # noqa: N801 - used like a field
    """One column of a table, as an attribute that reads and writes the agent's row.

    A number comes as int or float. A column with several numbers a row comes as a NumPy view, so that
    ``community.residents[0] += 5`` changes the world.

    Parameters
    ----------
    table : str
        Name of the table in the world.
    unit, meaning : str
        For the docstring.
    name : str, optional
        Name of the column; the attribute's own where left out.
    kind : type of IntEnum, optional
        What the numbers stand for.
    """

    def __init__(
        self, table: str, unit: str, meaning: str, *, name: str = "", kind: type[IntEnum] | None = None
    ) -> None:
        self.table, self.name, self.kind = table, name, kind
        self.__doc__ = f"{meaning} [{unit}]"

    def __set_name__(self, owner: type, attribute: str) -> None:
        self.name = self.name or attribute

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        value = getattr(getattr(agent.model.world, self.table), self.name)[agent.index]
        if value.ndim:
            return value
        return value.item() if self.kind is None else self.kind(value)

    def __set__(self, agent: Any, value: Any) -> None:
        if self.table == "geography":
            raise AttributeError(f"{self.name} cannot be set: models of one scenario share the ground")
        getattr(getattr(agent.model.world, self.table), self.name)[agent.index] = value


class View(mesa.Agent):
    """A view of one row: attributes read and write the world that the compiled weeks work on.

    Attributes
    ----------
    row : int
        Number of the row in its tables.
    """

    model: PeacekeepingModel

    def __init__(self, model: PeacekeepingModel, row: int) -> None:
        super().__init__(model)
        self.row = int(row)

    @property
    def index(self) -> Any:
        """The index of its numbers in a column."""
        return self.row

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"


class Named(View):
    """A view of a row that the scenario describes under an id and a name."""

    chapter: str
    """Name of the list in the scenario."""

    @property
    def entry(self) -> Any:
        """What the scenario says about it."""
        return getattr(self.model.scenario, self.chapter)[self.row]

    @property
    def id(self) -> str:
        """Its id in the scenario file."""
        return self.entry.id

    @property
    def name(self) -> str:
        """Its name in the scenario file."""
        return self.entry.name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Mover(View, CellAgent):
    """A view of a row that stands in a cell and may move.

    The array says where it stands; Mesa's lists of agents by cell follow after every week.
    """

    table: str
    """Name of its table, which has columns ``cell`` and ``status``."""
    on_map: tuple[int, ...]
    """Values of ``status`` in which it stands somewhere."""

    @property
    def active(self) -> bool:
        """Whether it is on the map."""
        return int(getattr(self.model.world, self.table).status[self.row]) in self.on_map

    @property
    def cell(self) -> Place | None:
        """The cell it stands in, None when it is not on the map."""
        if not self.active:
            return None
        return self.model.grid.places[getattr(self.model.world, self.table).cell[self.row]]

    @cell.setter
    def cell(self, place: Place | None) -> None:
        """Put it in a cell."""
        if place is not None:
            getattr(self.model.world, self.table).cell[self.row] = place.number
        self._stand(place)

    @property
    def cell_number(self) -> int:
        """The number of its cell, as in the tables; -1 when it is not on the map."""
        return int(getattr(self.model.world, self.table).cell[self.row]) if self.active else -1

    def follow(self) -> None:
        """Bring Mesa's lists of agents by cell in line with the arrays."""
        self._stand(self.cell)

    def _stand(self, place: Place | None) -> None:
        before = self._mesa_cell
        if place is before:
            return
        if before is not None:
            before.remove_agent(self)
        self._mesa_cell = place
        if place is not None:
            place.add_agent(self)
