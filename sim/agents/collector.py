"""The weekly table of a run as a data collector of Mesa's."""

from typing import Any

import mesa
import numpy as np

from sim.world.series import SERIES
from sim.world.tables import World

NAMES = tuple(series.name for series in SERIES)


class WeeklyCollector(mesa.DataCollector):
    """A data collector whose series are columns of the record that the engine keeps anyway.

    So the weekly series cost nothing to collect and are complete at any time. Reporters of one's own are
    collected beside them:

    >>> model.datacollector = WeeklyCollector(model.world, model_reporters={...})  # doctest: +SKIP

    Parameters
    ----------
    world : World
    model_reporters : dict, optional
        More reporters; a name of a weekly series is refused.
    **more
        As for ``mesa.DataCollector``: ``agent_reporters``, ``agenttype_reporters``, ``tables``.
    """

    def __init__(self, world: World, model_reporters: dict[str, Any] | None = None, **more: Any) -> None:
        taken = sorted({*NAMES} & {*(model_reporters or {})})
        if taken:
            raise ValueError(f"there is a weekly series of that name already: {', '.join(taken)}")
        self._weekly, self._week = world.record.weekly, world.clock.week
        self._own_vars: dict[str, list] = {}
        super().__init__(model_reporters, **more)
        self._own_reporters = self.model_reporters
        self.model_reporters = {name: LastValue(self, name) for name in NAMES} | self._own_reporters

    @property
    def model_vars(self) -> dict[str, Any]:
        """Values of every series by week."""
        weeks = int(self._week[0])
        return {name: self._weekly[:weeks, k] for k, name in enumerate(NAMES)} | self._own_vars

    @model_vars.setter
    def model_vars(self, values: dict[str, list]) -> None:
        """Replace the values of reporters of one's own."""
        self._own_vars = values

    def _new_model_reporter(self, name: str, reporter: Any) -> None:
        self.model_reporters[name] = reporter
        self._own_vars[name] = []

    def collect(self, model: mesa.Model) -> None:
        """Collect what the record does not hold."""
        every = self.model_reporters
        self.model_reporters = {name: each for name, each in every.items() if name not in NAMES}
        try:
            super().collect(model)
        finally:
            self.model_reporters = every


class LastValue:
    """A reporter: the value of a series in the last week that is over."""

    def __init__(self, collector: WeeklyCollector, name: str) -> None:
        self._weekly, self._week, self._column = collector._weekly, collector._week, NAMES.index(name)

    def __call__(self, model: mesa.Model | None = None) -> float:
        """Return the value, NaN before the first week."""
        week = int(self._week[0])
        return float(self._weekly[week - 1, self._column]) if week else float(np.nan)
