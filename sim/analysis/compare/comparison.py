"""Two scenarios in the same futures: run them in pairs, and say what differs."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.compare.effects import Effect, Price, effects_of, price_of
from sim.analysis.compare.map import LivesByCell
from sim.analysis.compare.pairs import Pair, run_pairs
from sim.analysis.compare.sides import check_sides, labels, same_country
from sim.analysis.compare.weekly import QUANTILES, SIDES, THEMES, Fan, fans_of, themes_of
from sim.core.errors import InputError
from sim.core.seeds import MAX_SEED, whole_seed
from sim.engine.run import Progress
from sim.results.columns import Finished
from sim.results.outcomes import OUTCOMES
from sim.scenario.load import as_scenario
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


class Comparison:
    """What two scenarios have done in the same futures.

    Everything is worked out from the pairs when it is first asked for; of a pair only outcomes, checksums and a few
    weekly series stay in memory.

    Attributes
    ----------
    first, second : Scenario
    names : tuple of str
        What the sides are called.
    runs : list of (Finished, Finished)
        Both runs of each pair, without their weekly tables, in the order of the seeds.
    lives : LivesByCell or None
        Civilians killed per cell; None where the two are not the same country.
    """

    def __init__(self, first: Scenario, second: Scenario, names: tuple[str, str] | None = None) -> None:
        check_sides(first, second)
        self.first, self.second = first, second
        self.names = names or labels(first, second)
        self.runs: list[tuple[Finished, Finished]] = []
        self.lives: LivesByCell | None = None
        self._weekly: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])

    def add(self, pair: Pair) -> None:
        """Take in a pair, in the order of the seeds."""
        one, other = (Finished(x.seed, x.outcomes, None, x.checksum, x.error) for x in (pair.first, pair.second))
        self.runs.append((one, other))
        if pair.error:
            return
        for kept, run in zip(self._weekly, (pair.first, pair.second), strict=True):
            kept.append(themes_of(run.weekly))
        if same_country(self.first, self.second):
            if self.lives is None:
                self.lives = LivesByCell(len(pair.first.kept))
            self.lives.add(pair.first.kept, pair.second.kept)

    def __repr__(self) -> str:
        """Say what is compared."""
        return f"<Comparison of {self.names[0]} and {self.names[1]}, {len(self.good)} pairs>"

    @property
    def seeds(self) -> list[int]:
        """Seeds of all pairs, failed ones included."""
        return [one.seed for one, _ in self.runs]

    @property
    def good(self) -> list[tuple[Finished, Finished]]:
        """Pairs of which both runs went through."""
        return [pair for pair in self.runs if not (pair[0].error or pair[1].error)]

    @property
    def failed(self) -> list[tuple[Finished, Finished]]:
        """Pairs of which a run did not."""
        return [pair for pair in self.runs if pair[0].error or pair[1].error]

    @cached_property
    def effects(self) -> dict[str, Effect]:
        """Every outcome on both sides, with difference, ratio and intervals.

        Each interval stands for itself: of a hundred outcomes that do not differ, about five seem to.
        """
        return effects_of(
            [one.outcomes for one, _ in self.good], [two.outcomes for _, two in self.good], list(OUTCOMES)
        )

    @cached_property
    def price(self) -> Price:
        """Deaths averted by the first side, fighters, civilians and peacekeepers together, and what one cost."""
        return self._price("conflict_deaths")

    @cached_property
    def price_civilian(self) -> Price:
        """The same for civilians killed by armed groups."""
        return self._price("civilian_deaths")

    def _price(self, name: str) -> Price:
        return price_of(
            self.effects[name], [one.outcomes for one, _ in self.good], [two.outcomes for _, two in self.good]
        )

    @cached_property
    def fans(self) -> dict[str, dict[str, Fan]]:
        """Fans of the main weekly series by name and side: ``first``, ``second`` and ``difference``."""
        return fans_of(np.array(self._weekly[0]), np.array(self._weekly[1])) if self.good else {}

    @cached_property
    def differences(self) -> "pd.DataFrame":
        """Effects as a table, one row an outcome."""
        import pandas as pd

        return pd.DataFrame([effect.row for effect in self.effects.values()]).set_index("outcome")

    @cached_property
    def weekly(self) -> "pd.DataFrame":
        """Fans as a table: series, side, week, mean and quantiles."""
        import pandas as pd

        parts = []
        for theme in THEMES:
            for side in SIDES:
                fan = self.fans[theme.name][side]
                columns = {f"q{round(100 * q):02d}": row for q, row in zip(QUANTILES, fan.quantiles, strict=True)}
                table = pd.DataFrame({"series": theme.name, "side": side, "mean": fan.mean, **columns})
                table.insert(2, "week", np.arange(len(table)))
                parts.append(table)
        return pd.concat(parts, ignore_index=True)

    def summary(self) -> str:
        """Say in plain words what differs and what cannot be told apart from chance."""
        from sim.analysis.compare.words import tell

        return tell(self)

    def plot(self, path: str | Path | None = None) -> Any:
        """Draw the comparison on one page, and save it as PNG or SVG where a path is given; notebooks show it."""
        from sim.analysis.plots.comparison import comparison_figure

        page = comparison_figure(self)
        if path is not None:
            page.save(path)
        return page

    def save(self, folder: str | Path, *, plots: bool = True, force: bool = False) -> Path:
        """Write a results folder with tables, figures and manifest; see ``sim.analysis.compare.store``."""
        from sim.analysis.compare.store import save_comparison

        return save_comparison(self, Path(folder), plots=plots, force=force)


def compare(
    first: Scenario | str | Path,
    second: Scenario | str | Path,
    replicates: int = 200,
    *,
    seed: int | None = None,
    names: tuple[str, str] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run two scenarios in the same futures and compare every outcome.

    Parameters
    ----------
    first, second : Scenario, str or Path
        Scenarios, names of bundled ones, or paths to files; of the same length in weeks. Differences are the first
        less the second.
    replicates : int
        Pairs. Both runs of a pair have the same seed: common random numbers.
    seed : int, optional
        Of the first pair, the next ones count up; that of the first scenario where left out.
    names : tuple of str, optional
        What to call the sides; found from their differences where left out.
    workers : int, optional
        Runs at the same time; one for each core where left out. It changes nothing else.
    progress : callable, optional
        Called after each run with the runs done and the runs in all.

    Returns
    -------
    Comparison
        Differences and ratios of every outcome with bootstrap intervals of 95 % (BCa over pairs), fans of weekly
        series, lives saved by cell, deaths averted and cost per death averted.

    Raises
    ------
    InputError
        If there are no pairs to run, or the two have different lengths.

    Examples
    --------
    >>> from sim import compare, load_scenario
    >>> liberia = load_scenario("unmil")
    >>> effect = compare(liberia, liberia.without_mission(), replicates=200)  # doctest: +SKIP
    >>> print(effect.summary())  # doctest: +SKIP
    """
    one, other = as_scenario(first), as_scenario(second)
    found = Comparison(one, other, names)
    fill(found, run_pairs(one, other, seeds_of(one, replicates, seed), workers, progress))
    return found


def seeds_of(scenario: Scenario, replicates: int, seed: int | None = None) -> Sequence[int]:
    """Return the seeds of the pairs: as many as replicates, from the first one up.

    Raises
    ------
    InputError
        If there is none, or no room for them.
    """
    first = scenario.about.seed if seed is None else whole_seed(seed)
    if replicates < 1:
        raise InputError(f"a comparison needs at least one pair, found replicates = {replicates}")
    if first + replicates - 1 > MAX_SEED:
        raise InputError(f"seed {first} leaves no room for {replicates} pairs below 2**63")
    return range(first, first + replicates)


def fill(comparison: Comparison, pairs: Iterable[Pair]) -> None:
    """Take in pairs as they come."""
    for pair in pairs:
        comparison.add(pair)
