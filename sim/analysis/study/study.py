"""A finished study: its manifest, design and runs, and which columns are factors and which outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from sim.analysis.study.pairs import read_pairs
from sim.core.errors import InputError, ResultsError
from sim.experiment.folder import DESIGN, RUNS, WEEKLY, read_design, read_table, require_manifest
from sim.scenario.paths import nearest

Arm = Literal["policy", "contrast", "difference"]
KEEPING = ("run", "row", "arm", "replicate", "seed", "status", "error", "checksum", "seconds")
FINE = ("ok", "done")  # status of a run that went through, in a sweep and in a folder of runs


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies.

    Parameters
    ----------
    name
        Its column in the design.
    path, kind, unit
        As in the manifest; ``kind`` is ``number``, ``category``, ``ablation``, ``rule`` or ``scenario``.
    low, high
        Range that was sampled, in units of the factor; not numbers for a factor of words.
    values
        Levels in the order of the file; empty for a range.
    scale
        ``linear`` or ``log``.
    base
        Level at which it changes nothing, None where there is none.
    """

    name: str
    path: str = ""
    kind: str = ""
    low: float = np.nan
    high: float = np.nan
    values: tuple[Any, ...] = ()
    unit: str = ""
    scale: str = "linear"
    base: Any = None

    @property
    def structural(self) -> bool:
        """Whether it changes the model's rules rather than a number: an ablation or a rival rule."""
        return self.kind in ("ablation", "rule") or self.path == "switched_off"

    @property
    def label(self) -> str:
        """Name with unit, for axes and tables."""
        words = self.name.replace("_", " ")
        return f"{words} ({self.unit})" if self.unit else words

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "Factor":
        """Make one from an entry of the manifest."""
        low, high = (np.nan if entry.get(end) is None else float(entry[end]) for end in ("low", "high"))
        words = {name: str(entry.get(name) or "") for name in ("name", "path", "kind", "unit")}
        values, scale = tuple(entry.get("values") or ()), entry.get("scale") or "linear"
        return cls(**words, low=low, high=high, values=values, scale=scale, base=entry.get("base"))


@dataclass(frozen=True)
class Study:
    """Design and runs of a finished study.

    Parameters
    ----------
    design
        One row a point: ``row``, then one column a factor.
    runs
        One row a run: ``row``, ``arm``, ``replicate``, ``seed``, factors and outcomes, failed runs left out.
    factors
    kind
        Kind of the design: ``grid``, ``sobol``, ``morris`` and so on; ``runs`` for a folder of plain runs.
    manifest
    folder
        Where it was read from, None where it was made from tables.
    failed
        The failed runs, with their errors.
    """

    design: pd.DataFrame
    runs: pd.DataFrame
    factors: tuple[Factor, ...]
    kind: str = "list"
    manifest: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    failed: pd.DataFrame = field(default_factory=pd.DataFrame)

    @classmethod
    def open(cls, folder: str | Path) -> "Study":
        """Read a results folder.

        That of ``run`` is a design of one point with its replicates, that of ``compare`` one point with two arms.

        Raises
        ------
        ResultsError
            If the folder is not there or damaged.
        """
        folder = Path(folder)
        manifest = require_manifest(folder)
        runs = read_pairs(folder) if manifest.get("kind") == "compare" else read_table(folder, RUNS)
        if runs is None:
            raise ResultsError(f"{folder} has a manifest and no runs")
        plan = manifest.get("design") or {}
        factors = tuple(Factor.of(entry) for entry in plan.get("factors", ()))
        if "row" not in runs:
            runs = runs.assign(row=0, arm="policy", replicate=np.arange(len(runs)))
        if (folder / DESIGN).is_file():
            design = read_design(folder)
        else:
            design = runs[["row", *(item.name for item in factors)]].drop_duplicates("row", ignore_index=True)
        missing = [item.name for item in factors if item.name not in runs]
        if missing:
            runs = runs.merge(design[["row", *missing]], on="row", how="left")
        runs = runs.sort_values("run", ignore_index=True)
        good = runs["status"].isin(FINE)
        kept, failed = runs[good].reset_index(drop=True), runs[~good].reset_index(drop=True)
        return cls(design, kept, factors, plan.get("kind", "runs"), manifest, folder, failed)

    @classmethod
    def of(
        cls,
        points: pd.DataFrame,
        outcomes: Mapping[str, Sequence[float]] | pd.DataFrame,
        *,
        kind: str = "list",
        factors: Sequence[Factor] = (),
    ) -> "Study":
        """Make one from points and what came out at them.

        Parameters
        ----------
        points : DataFrame (runs,)
            One column a factor; may have ``replicate``, ``seed`` and ``arm``. Equal points are replicates.
        outcomes : mapping of name to array (runs,)
        kind : str
            Kind of the design: the Sobol and Morris estimators need rows in the order of their designs.
        factors : sequence of Factor, optional
            Made from the columns where left out.
        """
        names = [name for name in points if name not in KEEPING]
        factors = tuple(factors) or tuple(_guess(name, points[name]) for name in names)
        runs = points.reset_index(drop=True).copy()
        if "row" not in runs:
            # Sampled designs may hold a point twice, and their order matters.
            same = kind in ("sobol", "morris") or not names
            runs["row"] = np.arange(len(runs)) if same else runs.groupby(names, sort=False).ngroup()
        if "arm" not in runs:
            runs["arm"] = "policy"
        if "replicate" not in runs:
            runs["replicate"] = runs.groupby(["row", "arm"]).cumcount()
        if "seed" not in runs:
            runs["seed"] = runs["replicate"]
        for name, values in outcomes.items():
            runs[name] = np.asarray(values, dtype=np.float64)
        design = runs[["row", *names]].drop_duplicates("row", ignore_index=True)
        return cls(design, runs, factors, kind)

    def table(self, name: str) -> dict[str, Any]:
        """Return a table of the experiment file, such as ``base``; empty where there is none."""
        return (self.manifest.get("experiment") or {}).get(name) or {}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the factors."""
        return tuple(item.name for item in self.factors)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of the outcomes, in the order of the table."""
        return tuple(name for name in self.runs if name not in KEEPING and name not in self.names)

    @property
    def paired(self) -> bool:
        """Whether every point was also run in another arm, to compare with."""
        return bool((self.runs["arm"] == "contrast").any())

    @property
    def missing(self) -> int:
        """Runs of the design that are not there yet; 0 where a rule stops replicates early."""
        plan = self.manifest.get("design") or {}
        if self.table("design").get("stop"):
            return 0
        planned = int(plan.get("rows") or 0) * len(plan.get("arms") or ()) * int(plan.get("replicates") or 0)
        return max(0, planned - len(self.runs) - len(self.failed))

    def only(self, name: str, level: Any) -> "Study":
        """Return the part of the study in which a factor has one level; the factor is then none any more."""
        self.factor(name)
        rest = tuple(item for item in self.factors if item.name != name)
        design, runs = (table[table[name] == level].reset_index(drop=True) for table in (self.design, self.runs))
        return replace(self, design=design, runs=runs.drop(columns=name), factors=rest)

    def factor(self, name: str) -> Factor:
        """Return a factor by name.

        Raises
        ------
        InputError
            With the nearest name.
        """
        for item in self.factors:
            if item.name == name:
                return item
        raise InputError(f"{name!r} is not a factor of this study; {nearest(name, self.names) or _known(self.names)}")

    def numeric(self, name: str) -> bool:
        """Whether a factor is a number."""
        return pd.api.types.is_numeric_dtype(self.runs[name]) and not pd.api.types.is_bool_dtype(self.runs[name])

    def values(self, outcome: str, arm: Arm = "policy") -> pd.DataFrame:
        """Return one outcome of each run as ``value``, with row, replicate, seed and factors; unknown ones left out.

        Parameters
        ----------
        outcome : str
        arm : str
            ``difference`` is the policy's run less the contrast's of the same row and seed.

        Raises
        ------
        InputError
            If there is no such outcome, or no contrast.
        """
        if outcome not in self.outcomes:
            hint = nearest(outcome, self.outcomes) or _known(self.outcomes)
            raise InputError(f"{outcome!r} is not an outcome of this study; {hint}")
        if arm != "policy" and not self.paired:
            raise InputError("this study has no contrast to compare with")
        keep = ["row", "replicate", "seed", *self.names]
        table = self.runs.loc[self.runs["arm"] == ("contrast" if arm == "contrast" else "policy"), [*keep, outcome]]
        table = table.rename(columns={outcome: "value"}).astype({"value": np.float64})
        if arm == "difference":
            other = self.runs.loc[self.runs["arm"] == "contrast", ["row", "replicate", outcome]]
            table = table.merge(other.rename(columns={outcome: "other"}), on=["row", "replicate"])
            table["value"] -= table.pop("other")
        return table.dropna(subset="value").reset_index(drop=True)

    def by_row(self, outcome: str, arm: Arm = "policy") -> pd.Series:
        """Return the mean over replicates at each row of the design, not a number where no run could tell."""
        means = self.values(outcome, arm).groupby("row")["value"].mean()
        return means.reindex(self.design["row"])

    def weekly(self, series: Sequence[str]) -> pd.DataFrame | None:
        """Read weekly series of the runs: run, week and the series; None where they were not kept."""
        return None if self.folder is None else read_table(self.folder, WEEKLY, ["run", "week", *series])


def _guess(name: str, column: pd.Series) -> Factor:
    levels = tuple(pd.unique(column))
    if not pd.api.types.is_numeric_dtype(column):
        return Factor(name, kind="category", values=levels)
    return Factor(name, kind="number", low=float(column.min()), high=float(column.max()), values=levels[:20])


def _known(names: Sequence[str]) -> str:
    return f"it has {', '.join(names[:12]) or 'none'}"
