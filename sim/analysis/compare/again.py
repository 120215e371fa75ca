"""Make the folder of a comparison anew, from what its manifest says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.analysis.compare.comparison import Comparison, fill
from sim.analysis.compare.pairs import run_pairs
from sim.analysis.compare.store import comparison_folder
from sim.core.errors import ResultsError
from sim.engine.run import Progress
from sim.experiment.again import scenario_of, seeds_done


def compare_again(
    folder: Path,
    manifest: Mapping[str, Any],
    target: Path,
    workers: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Run both sides again and write the folder into ``target``, without figures.

    Parameters
    ----------
    folder : Path
        As it is.
    manifest : mapping
        Its manifest, which alone says what to run.
    target : Path
    workers, progress
        As in ``compare``.

    Raises
    ------
    ResultsError
        If this version cannot read one of the scenarios.
    """
    sides = manifest.get("sides") or {}
    if not {"first", "second"} <= sides.keys():
        raise ResultsError(f"{folder} does not say what was compared")
    first, second = (scenario_of(sides[side]["inputs"]) for side in ("first", "second"))
    comparison = Comparison(first, second, (sides["first"]["name"], sides["second"]["name"]))
    seeds = seeds_done(manifest)
    with comparison_folder(target, comparison, seeds) as writer:
        fill(comparison, run_pairs(first, second, seeds, workers, progress))
        writer.write(comparison, plots=False)
