"""Spells: times that the end of a run may cut off, and how they are read from outcomes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.study.study import Arm, Study
from sim.core.errors import InputError, ScenarioError
from sim.scenario.paths import nearest


@dataclass(frozen=True)
class Spell:
    """How a spell is read from the outcomes of a run.

    Parameters
    ----------
    meaning
    time
        Outcome with its length.
    event
        Outcome that is 1 where the spell ended and 0 where the end of the run cut it off. Where empty, a time that
        is not a number was cut off at the end of the run.
    held
        The event outcome says instead that the spell was still going.
    unit
    """

    meaning: str
    time: str
    event: str = ""
    held: bool = False
    unit: str = "weeks"

    @property
    def columns(self) -> tuple[str, ...]:
        """Outcomes that it needs."""
        return (self.time, self.event) if self.event else (self.time,)


SPELLS: dict[str, Spell] = {
    "ceasefire": Spell("time to the first ceasefire or agreement", "weeks_to_ceasefire"),
    "agreement": Spell("time to the first agreement", "weeks_to_agreement"),
    "relapse": Spell("peace from the first agreement to 25 battle deaths in a year", "weeks_to_relapse", "relapsed"),
    "mass_violence": Spell(
        "time to 1,000 civilians killed on purpose in a year", "weeks_to_mass_violence", "mass_violence"
    ),
    "relapse_after_exit": Spell(
        "peace from the mission's exit to 25 battle deaths in a year",
        "peace_years_after_exit",
        "peace_held_after_exit",
        held=True,
        unit="years",
    ),
    "exit": Spell("time until the last peacekeeper had left", "weeks_to_exit"),
}


def spells_of(study: Study) -> list[str]:
    """Return the spells that the outcomes of a study allow."""
    return [name for name, spell in SPELLS.items() if set(spell.columns) <= set(study.outcomes)]


def spells(study: Study, name: str, arm: Arm = "policy", end: float | None = None) -> pd.DataFrame:
    """Return one row a run at risk: ``duration``, ``event``, seed, row and factors.

    Runs in which the spell never began (no agreement that could break, no exit) are not at risk and left out, as are
    those in which it was over when the run began.

    Parameters
    ----------
    study : Study
    name : str
        One of `SPELLS`.
    arm : str
        ``policy`` or ``contrast``.
    end : float, optional
        Length of the runs in weeks, for spells without an event outcome; from the manifest where left out.

    Raises
    ------
    InputError
        If there is no such spell, the study kept too few outcomes for it, or its length is not known.
    """
    if name not in SPELLS:
        raise InputError(f"{name!r} is not a spell; {nearest(name, SPELLS) or 'there are ' + ', '.join(SPELLS)}")
    spell = SPELLS[name]
    missing = [column for column in spell.columns if column not in study.outcomes]
    if missing:
        raise InputError(f"spell {name!r} needs the outcomes {', '.join(missing)}, which this study did not keep")
    runs = study.runs[study.runs["arm"] == arm]
    table = runs[["row", "replicate", "seed", *study.names]].copy()
    time = runs[spell.time].astype(np.float64)
    if spell.event:
        happened = runs[spell.event].astype(np.float64)
        table["duration"], table["event"] = time, (1.0 - happened if spell.held else happened)
    else:
        length = weeks_of(study, runs) if end is None else pd.Series(float(end), index=runs.index)
        table["duration"] = time.fillna(length)
        table["event"] = time.notna().astype(np.float64)
    table = table[(table["duration"] > 0.0) & table["event"].notna()].reset_index(drop=True)
    return table.astype({"event": np.int64})


def both_arms(study: Study, name: str, end: float | None = None) -> pd.DataFrame:
    """Return the spells of both arms, with a column ``arm``."""
    arms = ("policy", "contrast")
    return pd.concat([spells(study, name, arm, end).assign(arm=arm) for arm in arms], ignore_index=True)


def weeks_of(study: Study, runs: pd.DataFrame) -> pd.Series:
    """Return the length of each run in weeks: a factor, what the manifest says, or that of the scenarios kept.

    Raises
    ------
    InputError
        If none of them does.
    """
    for item in study.factors:
        if item.path in ("weeks", "scenario.weeks"):
            return runs[item.name].astype(np.float64)
    base = study.table("base")
    weeks = study.manifest.get("weeks") or base.get("weeks")
    if weeks is None:
        lengths = _lengths(study)
        for item in study.factors:
            if item.kind == "scenario" and set(runs[item.name]) <= set(lengths):
                return runs[item.name].map(lengths).astype(np.float64)
        weeks = next(iter(lengths.values())) if len(set(lengths.values())) == 1 else None
    if weeks is None:
        raise InputError("the length of the runs is not in the manifest; give it as end=")
    return pd.Series(float(weeks), index=runs.index)


def _lengths(study: Study) -> dict[str, int]:
    """Return the weeks of the scenarios that a sweep keeps in its folder, by name."""
    from sim.scenario.load import load_scenario

    lengths = {}
    for path in sorted((study.folder / "scenarios").glob("*.toml")) if study.folder else ():
        try:
            lengths[path.stem] = load_scenario(str(path)).weeks
        except ScenarioError:
            continue
    return lengths
