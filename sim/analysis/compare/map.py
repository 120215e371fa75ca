"""Where lives were saved: civilians killed in each cell, second side less first, as a mean over pairs."""

import numpy as np


class LivesByCell:
    """Adds up the differences of civilians killed per cell, pair by pair, in memory that does not grow.

    Attributes
    ----------
    n : int
        Pairs so far.
    first, second : array (C,)
        Civilians killed, sums over the pairs.
    """

    def __init__(self, n_cells: int) -> None:
        self.n = 0
        self.first, self.second = np.zeros(n_cells), np.zeros(n_cells)
        self._squares = np.zeros(n_cells)

    def add(self, first: np.ndarray, second: np.ndarray) -> None:
        """Take in one pair."""
        self.n += 1
        self.first += first
        self.second += second
        self._squares += (second - first) ** 2

    @property
    def averted(self) -> np.ndarray:
        """Mean number of civilians whose deaths the first side averts in each cell, (C,); below zero where more die."""
        return (self.second - self.first) / max(self.n, 1)

    @property
    def standard_error(self) -> np.ndarray:
        """Standard error of ``averted``, (C,); not a number for fewer than two pairs."""
        if self.n < 2:
            return np.full(len(self.first), np.nan)
        spread = np.maximum(self._squares - self.n * self.averted**2, 0.0)
        return np.sqrt(spread / (self.n - 1) / self.n)
