"""Run again what a results folder of runs says, into a folder of its own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.core.errors import InputError, ResultsError, SimError
from sim.engine.fork import run_on
from sim.engine.replicate import replicates
from sim.engine.run import Progress
from sim.experiment.discrepancy import read_parquet
from sim.results.columns import Finished
from sim.results.result import Result
from sim.results.store import finished, results_folder
from sim.results.trunk import Trunk
from sim.scenario.recall import recall
from sim.scenario.scenario import Scenario

Manifest = Mapping[str, Any]


def scenario_of(inputs: Any) -> Scenario:
    """Read a scenario that a manifest holds.

    Raises
    ------
    ResultsError
        If this version does not understand it.
    """
    try:
        return recall(inputs)
    except InputError as error:
        first = str(error).splitlines()[0]
        raise ResultsError(f"this version of the model cannot read what was run: {first}") from None


def seeds_done(manifest: Manifest) -> Sequence[int]:
    """Return the seeds that were run: not all of them where Ctrl-C came first.

    Raises
    ------
    ResultsError
        If the manifest does not say.
    """
    try:
        runs = manifest["runs"]
        seeds = [int(seed) for seed in manifest["seeds"][: int(runs["done"]) + int(runs["failed"])]]
    except (KeyError, TypeError, ValueError):
        seeds = []
    if not seeds:
        raise ResultsError("manifest.json does not say which seeds were run")
    return seeds


def trunk_of(manifest: Manifest) -> Trunk | None:
    """Return what the runs were forked from.

    Raises
    ------
    ResultsError
        If the manifest does not say it, or this version does not understand it.
    """
    try:
        return Trunk.of(manifest.get("fork"))
    except InputError as error:
        first = str(error).splitlines()[0]
        raise ResultsError(f"this version of the model cannot read what the runs were forked from: {first}") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ResultsError("manifest.json does not say what the runs were forked from") from None


def stride_of(folder: Path) -> int:
    """Return the weeks between the maps that a folder holds, 0 for none."""
    files = sorted((folder / "cells").glob("*.parquet"))
    if not files:
        return 0
    weeks = sorted(set(read_parquet(files[0]).column("week").to_pylist()))
    return int(weeks[1] - weeks[0]) if len(weeks) > 1 else 10_000


def run_again(
    folder: Path, manifest: Manifest, target: Path, workers: int | None = None, progress: Progress | None = None
) -> None:
    """Make the folder of ``peacesim run`` anew.

    Parameters
    ----------
    folder : Path
        As it is.
    manifest : mapping
        Its manifest, which alone says what to run.
    target : Path
        Where the new one goes.
    workers, progress
        As in ``sim.engine.replicate.replicates``.
    """
    scenario, seeds = scenario_of(manifest.get("inputs")), seeds_done(manifest)
    trunk, stride = trunk_of(manifest), stride_of(folder)
    with results_folder(target, scenario, seeds, trunk=trunk) as writer:
        first = _first(scenario, seeds[0], stride, trunk)
        writer.add(finished(first) if isinstance(first, Result) else first)
        if isinstance(first, Result):
            writer.add_story(first)
        for item in replicates(scenario, seeds[1:], workers, progress=progress, trunk=trunk):
            writer.add(Finished(item.seed, item.outcomes, item.weekly, item.checksum, item.error))


def _first(scenario: Scenario, seed: int, stride: int, trunk: Trunk | None) -> Result | Finished:
    try:
        return run_on(scenario, seed, trunk, stride=stride)
    except SimError as error:
        return Finished(seed, {}, None, "", f"{type(error).__name__}: {error}")
