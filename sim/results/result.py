"""What a run gives: weekly table, outcomes, events and maps."""

import importlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.results.because import explanation
from sim.results.checksum import checksum
from sim.results.events import Event, tell
from sim.results.maps import Maps
from sim.results.outcomes import measure
from sim.results.trace import Trace
from sim.results.trunk import Trunk
from sim.world.series import SERIES
from sim.world.tables import Floats, World

if TYPE_CHECKING:
    import pandas as pd

    from sim.results.evaluation.report import Evaluation
    from sim.results.evaluation.survey import Round
    from sim.scenario.scenario import Scenario


class Result:
    """One finished run.

    Everything but the arrays is worked out when it is first asked for.

    Attributes
    ----------
    scenario : Scenario
    seed : int
    world : World
        The world at the end of the run.
    trunk : Trunk or None
        What it was forked from, for a run whose settings changed on the way.
    """

    def __init__(self, scenario: "Scenario", seed: int, world: World, trunk: Trunk | None = None) -> None:
        self.scenario = scenario
        self.seed = seed
        self.world = world
        self.trunk = trunk

    def __repr__(self) -> str:
        """Say which run it is."""
        return f"<Result of {self.scenario.id}, seed {self.seed}, {len(self.weekly_array)} weeks>"

    @property
    def weekly_array(self) -> Floats:
        """Weekly table as an array (weeks, series), columns as in ``sim.world.series.SERIES``."""
        return self.world.record.weekly

    @property
    def dates(self) -> np.ndarray:
        """First day of each week."""
        start = np.datetime64(self.scenario.about.start, "D")
        return start + 7 * np.arange(len(self.weekly_array))

    @cached_property
    def weekly(self) -> "pd.DataFrame":
        """Weekly table: one row a week, one column a series, and its date."""
        import pandas as pd

        table = pd.DataFrame(self.weekly_array, columns=[series.name for series in SERIES])
        table.insert(0, "date", self.dates.astype("datetime64[s]"))
        table.index.name = "week"
        return table

    @cached_property
    def outcomes(self) -> dict[str, float]:
        """Named numbers that sum up the run; `sim.results.outcomes.OUTCOMES` says what each of them means."""
        return measure(self.scenario, self.world)

    @cached_property
    def trace(self) -> Trace:
        """Weekly series by name, events by kind: what outcomes are measured from."""
        return Trace(self.weekly_array, self.world, self.scenario)

    @cached_property
    def survey(self) -> "tuple[Round, ...]":
        """Rounds of a simulated field survey, with its sampling error beside the truth; `scenario.evaluation`."""
        from sim.results.evaluation.rounds import rounds

        return rounds(self)

    @cached_property
    def evaluation(self) -> "Evaluation":
        """End-of-mission report: mandate, peace, partners and survey, as data and, by ``str()``, in plain words."""
        from sim.results.evaluation.report import evaluate

        return evaluate(self)

    @cached_property
    def told(self) -> tuple[Event, ...]:
        """Events in words, in the order in which they happened."""
        return tuple(tell(self.scenario, self.world))

    @cached_property
    def events(self) -> "pd.DataFrame":
        """Events in words as a table, one row an event."""
        import pandas as pd

        table = pd.DataFrame(list(self.told), columns=list(Event._fields))
        table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
        return table

    def explain(self, event: "Event | int") -> str:
        """Say in full why an event happened.

        Parameters
        ----------
        event : Event or int
            One of ``told``, or its number there: the row of ``events``.

        Returns
        -------
        str
            The event, its hazard in the reference situation, every factor that moved it with what 1 stands for,
            and the hazard that was used.
        """
        return explanation(self.told[event] if isinstance(event, int) else event)

    @cached_property
    def cells(self) -> Maps:
        """Maps kept at a stride of weeks."""
        return Maps(self.world)

    @cached_property
    def checksum(self) -> str:
        """Fingerprint of everything that happened: the same scenario, seed and version give the same."""
        return checksum(self.world)

    def summary(self) -> str:
        """Say in plain words what happened."""
        from sim.results.summary import summarise

        return summarise(self.scenario, [self.outcomes], [self.seed])

    def save(self, folder: str | Path, *, force: bool = False) -> Path:
        """Write a results folder.

        Parameters
        ----------
        folder : str or Path
            A new or empty folder, or one that holds an older result of the same run.
        force : bool
            Replace the results of another run too.

        Returns
        -------
        Path
            The folder.
        """
        from sim.results.store import save_result

        return save_result(self, Path(folder), force=force)

    def plot(self, path: str | Path | None = None) -> Any:
        """Draw the summary figure, and save it as PNG or SVG where a path is given; notebooks show it."""
        # By name: plots stand above results, and only this method looks up.
        page: Any = importlib.import_module("sim.analysis.plots").summary_figure(self)
        if path is not None:
            page.save(path)
        return page
