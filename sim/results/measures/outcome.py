"""What an outcome is, and how to declare one: by a function, or as sum, mean or end of a weekly series."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.results.trace import Trace
from sim.world.series import SERIES, Series

Better = Literal["lower", "higher", "neutral"]
Measure = Callable[[Trace], float]

SERIES_BY_NAME: dict[str, Series] = {series.name: series for series in SERIES}


@dataclass(frozen=True)
class Outcome:
    """One named number that sums up a run.

    Parameters
    ----------
    name, unit, meaning
    better
        Whether lower or higher is better, or neither.
    measure
        Computes it from a trace; not a number where the run cannot tell.
    """

    name: str
    unit: str
    better: Better
    meaning: str
    measure: Measure

    def __call__(self, trace: Trace) -> float:
        """Compute it for a run."""
        return float(self.measure(trace))


def outcome(unit: str, better: Better) -> Callable[[Measure], Outcome]:
    """Turn a function of a trace into an outcome of its name; its docstring says the meaning."""

    def declare(measure: Measure) -> Outcome:
        meaning = (measure.__doc__ or "").partition("\n")[0].rstrip(".")
        return Outcome(measure.__name__, unit, better, meaning[:1].lower() + meaning[1:], measure)

    return declare


def total(name: str, better: Better) -> Outcome:
    """Declare the sum of a series over the run, under its name."""
    series = SERIES_BY_NAME[name]
    meaning = series.meaning.removesuffix(" this week")
    return Outcome(name, series.unit, better, meaning, lambda trace: trace[name].sum())


def mean(name: str, better: Better) -> Outcome:
    """Declare the mean of a series over the run, as ``name_mean``."""
    series = SERIES_BY_NAME[name]
    meaning = f"{series.meaning}, mean over the run"
    return Outcome(f"{name}_mean", series.unit, better, meaning, lambda trace: trace[name].mean())


def at_end(name: str, better: Better) -> Outcome:
    """Declare a series at the end of the run, as ``name_end``."""
    series = SERIES_BY_NAME[name]
    meaning = f"{series.meaning}, at the end"
    return Outcome(f"{name}_end", series.unit, better, meaning, lambda trace: trace[name][-1])
