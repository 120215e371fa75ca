"""The results folder of a comparison.

``manifest.json`` says where everything comes from, with both scenarios in full; ``first.toml`` and ``second.toml``
are the scenarios with every default; ``pairs.parquet`` has one row a run (two a pair), ``differences.parquet`` one row
an outcome, ``weekly.parquet`` one row a series, side and week, ``cells.parquet`` one row a cell; ``summary.txt`` says
it in words; ``figures/`` holds the page as PNG and SVG.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from sim.analysis.compare.comparison import Comparison
from sim.analysis.compare.weekly import QUANTILES, SIDES, THEMES
from sim.analysis.intervals import LEVEL, RESAMPLES, SEED
from sim.results.columns import Columns, numbers, run_columns, texts, write_table
from sim.results.folder import MANIFEST, check_folder, drafted, runs_held, write_text
from sim.results.provenance import now, provenance
from sim.scenario.scenario import Scenario
from sim.world.build import build_world

FIGURES = ("comparison.png", "comparison.svg")


def identity_of(first: Scenario, second: Scenario, seeds: Sequence[int]) -> dict[str, Any]:
    """Return what makes two results those of the same comparison, whatever code made them."""
    both = hashlib.sha256(f"{first.digest()} {second.digest()}".encode()).hexdigest()
    return {"scenario": f"{first.id} and {second.id}", "digest": both, "seeds": [int(seed) for seed in seeds]}


class Writer:
    """Fills the draft of a comparison's folder."""

    def __init__(self, folder: Path, draft: Path, manifest: dict[str, Any]) -> None:
        self.folder, self.draft, self.manifest = folder, draft, manifest

    def stop(self, done: int) -> None:
        """Say in the manifest that not all pairs were run.

        Raises
        ------
        KeyboardInterrupt
            If the folder holds as many of these pairs already, or there is none: nothing is written.
        """
        if done == 0 or runs_held(self.folder, self.manifest) >= done:
            raise KeyboardInterrupt
        self.manifest["interrupted"] = True

    def write(self, comparison: Comparison, *, plots: bool = True) -> None:
        """Write everything, the manifest last."""
        draft = self.draft
        write_table(draft / "pairs.parquet", pair_columns(comparison))
        if comparison.good:
            write_table(draft / "differences.parquet", difference_columns(comparison))
            write_table(draft / "weekly.parquet", weekly_columns(comparison))
            if comparison.lives is not None:
                write_table(draft / "cells.parquet", cell_columns(comparison))
            write_text(draft / "summary.txt", comparison.summary())
            if plots:
                (draft / "figures").mkdir()
                page = comparison.plot()
                for name in FIGURES:
                    page.save(draft / "figures" / name)
        comparison.first.save(draft / "first.toml", full=True)
        comparison.second.save(draft / "second.toml", full=True)
        self.manifest |= {
            "finished": now(),
            "runs": {"done": len(comparison.good), "failed": len(comparison.failed)},
            "bootstrap": {"resamples": RESAMPLES, "level": LEVEL, "seed": SEED},
            "checksums": {
                side: {str(pair[k].seed): pair[k].checksum for pair in comparison.runs if not pair[k].error}
                for k, side in enumerate(SIDES[:2])
            },
        }
        write_text(draft / MANIFEST, json.dumps(self.manifest, indent=1, ensure_ascii=False))


@contextmanager
def comparison_folder(
    folder: Path, comparison: Comparison, seeds: Sequence[int], *, command: Sequence[str] = (), force: bool = False
) -> Iterator[Writer]:
    """Give a writer for the folder of a comparison, which is there whole after the ``with`` block or not at all.

    Raises
    ------
    RefusedError
        If the folder holds something else, before anything is run or written.
    ResultsError
        If the disk refuses.
    """
    first, second = comparison.first, comparison.second
    identity = identity_of(first, second, seeds)
    check_folder(folder, identity, force=force)
    with drafted(folder) as draft:
        manifest = provenance(first, seeds, command, now())
        # Both sides are kept in full, so that the folder can be reproduced alone.
        sides = [
            {
                "name": name,
                "scenario": side.id,
                "digest": side.digest(),
                "inputs": side.model_dump(mode="json", by_alias=True),
            }
            for name, side in zip(comparison.names, (first, second), strict=True)
        ]
        del manifest["inputs"]
        manifest |= {"kind": "compare", **identity, "sides": dict(zip(SIDES, sides, strict=False))}
        yield Writer(folder, draft, manifest)


def save_comparison(comparison: Comparison, folder: Path, *, plots: bool = True, force: bool = False) -> Path:
    """Write a comparison as a results folder."""
    with comparison_folder(folder, comparison, comparison.seeds, force=force) as writer:
        writer.write(comparison, plots=plots)
    return folder


def pair_columns(comparison: Comparison) -> Columns:
    """Make two rows a pair: pair, side, seed, status, error, checksum and every outcome."""
    runs = [run for pair in comparison.runs for run in pair]
    columns = run_columns(0, runs)
    del columns["run"]
    n = len(comparison.runs)
    return {"pair": numbers(np.repeat(np.arange(n), 2)), "side": texts([*SIDES[:2]] * n), **columns}


def difference_columns(comparison: Comparison) -> Columns:
    """Make one row an outcome: both means, difference, ratio, intervals, variance saved."""
    rows = [effect.row for effect in comparison.effects.values()]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return {name: texts(each) if isinstance(each[0], str) else numbers(each) for name, each in columns.items()}


def weekly_columns(comparison: Comparison) -> Columns:
    """Make one row a series, side and week: date, mean and quantiles."""
    weeks = comparison.first.weeks
    kinds = [(theme.name, side) for theme in THEMES for side in SIDES]
    fans = [comparison.fans[name][side] for name, side in kinds]
    week = np.tile(np.arange(weeks, dtype=np.int32), len(kinds))
    start = np.datetime64(comparison.first.about.start, "D")
    columns: Columns = {
        "series": texts([name for name, _ in kinds for _ in range(weeks)]),
        "side": texts([side for _, side in kinds for _ in range(weeks)]),
        "week": numbers(week),
        "date": numbers(start + 7 * week),
        "mean": numbers(np.concatenate([fan.mean for fan in fans])),
    }
    for number, share in enumerate(QUANTILES):
        columns[f"q{round(100 * share):02d}"] = numbers(np.concatenate([fan.quantiles[number] for fan in fans]))
    return columns


def cell_columns(comparison: Comparison) -> Columns:
    """Make one row a cell: civilians killed on both sides, averted, and the standard error of that."""
    lives, geography = comparison.lives, build_world(comparison.first, comparison.seeds[0]).geography
    assert lives is not None
    return {
        "cell": numbers(np.arange(len(lives.first))),
        "row": numbers(geography.row),
        "column": numbers(geography.column),
        "killed_first": numbers(lives.first / lives.n),
        "killed_second": numbers(lives.second / lives.n),
        "averted": numbers(lives.averted),
        "standard_error": numbers(lives.standard_error),
    }
