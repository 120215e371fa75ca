"""What was found, at the head of a report: the largest effect of each factor on each outcome, with its interval."""

import numpy as np
import pandas as pd

from sim.analysis.intervals import Interval
from sim.analysis.report.parts import Grid, Section
from sim.analysis.report.words import against, arm_of, label_of, written
from sim.analysis.study.effects import effect_table, reference
from sim.analysis.study.study import Study

COLUMNS = ("outcome", "factor", "from", "to", "change", "low", "high", "reading")
UNTOLD = "not told from chance"
UNMOVED = "the same in every pair"


def findings_section(study: Study, outcomes: list[str]) -> Section:
    """Tell, for every outcome and factor, the level that lies farthest from the reference level, and how far."""
    section = Section("What was found")
    if study.kind in ("sobol", "morris", "runs"):
        return section  # their indices answer another question than a level against another
    rows = [row for outcome in outcomes for row in rows_of(study, outcome)]
    if not rows:
        return section
    clear = sum(row["reading"] in ("more", "less") for row in rows)
    # A factor may do as much to the contrast: with weaker institutions, fewer murders by the mission and more in all.
    what = f"in each outcome less that of its run with {against(study)} " if study.paired else ""
    caption = (
        "The level of each factor that lies farthest from the reference level, and the mean change "
        f"{what}between runs that agree in seed and all other factors, with 95 % intervals resampled over seeds. Of "
        f"{len(rows)} intervals {clear} leave out zero; about {0.05 * len(rows):.2g} would if nothing had any effect. "
        "Being the farthest of several levels makes an effect look somewhat larger than it is."
    )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    section.grids.append(Grid("findings", "What each factor changes", caption, frame))
    return section


def rows_of(study: Study, outcome: str) -> list[dict[str, object]]:
    """Return the largest effect of each factor on an outcome, as rows of the table."""
    table = effect_table(study, outcome, arm_of(study, outcome))
    rows: list[dict[str, object]] = []
    for name in study.names:
        others = table[(table["factor"] == name) & ~table["reference"] & table["difference"].notna()]
        if others.empty:
            continue
        far = others.loc[others["difference"].abs().idxmax()]
        change = Interval(float(far["difference"]), float(far["low"]), float(far["high"]))
        rows.append(
            {
                "outcome": label_of(outcome),
                "factor": study.factor(name).label,
                "from": written(reference(study, name)),
                "to": written(far["level"]),
                "change": change.value,
                "low": change.low,
                "high": change.high,
                "reading": reading(change),
            }
        )
    return rows


def reading(change: Interval) -> str:
    """Say in a word what an interval says."""
    if np.isnan(change.low):
        return "too few runs"
    if change.low == change.high == 0.0:
        return UNMOVED
    if not change.clear:
        return UNTOLD
    return "more" if change.value > 0.0 else "less"
