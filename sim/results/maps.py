"""The maps that a run has kept: layers of cells at a stride of weeks."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.world.series import LAYERS

if TYPE_CHECKING:
    from sim.world.tables import World

LAYER_NAMES: tuple[str, ...] = tuple(series.name for series in LAYERS.values())


class Maps:
    """Layers of cells over time.

    Attributes
    ----------
    array : array (frames, layers, cells)
    names : tuple of str
        Names of the layers, in order.
    weeks : array (frames,)
        Week at whose end each frame was drawn.
    row, column : array (cells,)
        Where each cell stands on the map, north first.
    """

    def __init__(self, world: "World") -> None:
        self.array: NDArray[np.float32] = world.record.layers
        self.names = LAYER_NAMES
        self.weeks = np.arange(len(self.array)) * int(world.record.stride[0])
        self.row, self.column = world.geography.row, world.geography.column

    def __len__(self) -> int:
        """Return the number of frames."""
        return len(self.array)

    def values(self, week: int, layer: str) -> NDArray[np.float32]:
        """Return one value a cell, of the last frame drawn up to a week; -1 is the last frame of all."""
        if layer not in self.names:
            raise KeyError(f"{layer!r} is not a layer; the layers are {', '.join(self.names)}")
        if len(self.weeks) == 0:
            raise ValueError("this run kept no maps; run it with stride=1 or more")
        frame = week if week < 0 else int(np.searchsorted(self.weeks, week, side="right")) - 1
        return self.array[frame, self.names.index(layer)]

    def map(self, week: int, layer: str) -> NDArray[np.float32]:
        """Return a layer as rows and columns; not a number where the country is not.

        Parameters
        ----------
        week : int
            The last frame drawn up to it is taken; -1 is the last frame.
        layer : str
            One of ``names``.
        """
        picture = np.full((int(self.row.max()) + 1, int(self.column.max()) + 1), np.nan, dtype=np.float32)
        picture[self.row, self.column] = self.values(week, layer)
        return picture
