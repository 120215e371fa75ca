"""Finished sweeps made from tables, in the layout of a results folder, without running the model."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.folder import DESIGN, MANIFEST, RUNS, WEEKLY, part_name

PARTS = 3


def write_sweep(folder: Path, points: pd.DataFrame, outcomes: dict[str, np.ndarray], **words) -> Path:
    """Write runs as a sweep folder.

    ``points`` has one row a run: factors, and ``row``, ``arm``, ``replicate`` where they matter. ``words``: ``kind``,
    ``factors`` (entries of the manifest), ``title``, ``question``, ``weekly`` (DataFrame), ``design`` (more of it).
    """
    runs = points.reset_index(drop=True).copy()
    names = [name for name in runs if name not in ("row", "arm", "replicate", "seed")]
    runs["row"] = runs.get("row", pd.Series(range(len(runs))))
    runs["arm"] = runs.get("arm", pd.Series(["policy"] * len(runs)))
    runs["replicate"] = runs.get("replicate", pd.Series([0] * len(runs)))
    runs["seed"] = runs.get("seed", 1 + runs["replicate"])
    runs.insert(0, "run", range(len(runs)))
    for name, values in outcomes.items():
        runs[name] = np.asarray(values, dtype=float)
    runs["status"], runs["error"], runs["checksum"], runs["seconds"] = "ok", "", "0" * 8, 0.01
    for number in words.get("failed", ()):
        runs.loc[number, list(outcomes)] = np.nan
        runs.loc[number, ["status", "error"]] = ["failed", "InvariantError: people lost"]
    (folder / RUNS).mkdir(parents=True)
    for places in np.array_split(np.arange(len(runs)), PARTS):
        if len(places):
            _write_part(folder / RUNS, runs.iloc[places])
    design = runs[["row", *names]].drop_duplicates("row").reset_index(drop=True)
    design.to_parquet(folder / DESIGN, index=False)
    if "weekly" in words:
        (folder / WEEKLY).mkdir()
        _write_part(folder / WEEKLY, words["weekly"])
    manifest = {
        "format": 1,
        "kind": "sweep",
        "id": words.get("id", "stand_in"),
        "title": words.get("title", "A stand-in"),
        "digest": "ab" * 32,
        "experiment": {
            "experiment": {
                "id": words.get("id", "stand_in"),
                "title": words.get("title", "A stand-in"),
                "question": words.get("question", "Does it matter?"),
                "expectation": words.get("expectation", "It does."),
                "claim": "C03",
            },
            "base": {"scenario": "fragile_peace", "replicates": runs["replicate"].nunique(), "weeks": 200, "set": {}},
            "outcomes": {"names": list(outcomes)},
        },
        "design": {
            "kind": words.get("kind", "grid"),
            "rows": len(design),
            "against": "no mission" if "contrast" in set(runs["arm"]) else None,
            "factors": words.get("factors") or [entry(name, runs[name]) for name in names],
            **words.get("design", {}),
        },
        "code": {"version": "0.1.0", "commit": "0123456789abcdef", "dirty": False},
        "checksums": {},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return folder


def _write_part(folder: Path, rows: pd.DataFrame) -> None:
    content = rows.to_parquet(index=False)
    (folder / part_name(int(rows["run"].iloc[0]), int(rows["run"].iloc[-1]) + 1, content)).write_bytes(content)


def entry(name: str, column: pd.Series) -> dict:
    """Describe a factor as a manifest does."""
    values = list(pd.unique(column))
    if pd.api.types.is_numeric_dtype(column):
        ends = {"low": float(column.min()), "high": float(column.max())}
        listed = [float(value) for value in values] if len(values) < 12 else []
        return {"name": name, "path": f"mission.{name}", "kind": "number", **ends, "values": listed, "unit": "share"}
    return {"name": name, "path": f"mission.{name}", "kind": "category", "low": None, "high": None, "values": values}


def grid_of_runs(replicates: int = 12, seed: int = 0) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """A grid of clarity, doctrine and an ablation in two arms, with effects that are known.

    Civilian deaths: 500 - 200 clarity, 40 less under hotspot, 60 more without patrols, 300 more in the contrast.
    """
    rng = np.random.default_rng(seed)
    cells = [(c, d, a) for c in (0.2, 0.5, 0.8) for d in ("hotspot", "static") for a in ("none", "patrols")]
    rows = [
        (row, *cell, arm, r)
        for row, cell in enumerate(cells)
        for arm in ("policy", "contrast")
        for r in range(replicates)
    ]
    points = pd.DataFrame(rows, columns=["row", "clarity", "doctrine", "off", "arm", "replicate"])
    luck = rng.normal(0.0, 40.0, replicates)
    deaths = 500.0 - 200.0 * points["clarity"] - 40.0 * (points["doctrine"] == "hotspot")
    deaths += 60.0 * (points["off"] == "patrols") + 300.0 * (points["arm"] == "contrast")
    deaths += luck[points["replicate"]] + rng.normal(0.0, 5.0, len(points))
    time = rng.exponential(60.0 + 120.0 * points["clarity"])
    outcomes = {
        "civilian_deaths": deaths.to_numpy(),
        "cost_usd": 1e9 * (1.0 + points["clarity"].to_numpy()),
        "weeks_to_relapse": np.minimum(time, 200.0),
        "relapsed": (time < 200.0).astype(float),
        "weeks_to_ceasefire": np.where(time < 120.0, np.round(time) + 1.0, np.nan),
    }
    return points, outcomes
