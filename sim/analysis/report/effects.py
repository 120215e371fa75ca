"""Sections on effects: levels, interactions, regression, and the split of variance."""

from itertools import combinations

import pandas as pd

from sim.analysis.intervals import mean, ratio
from sim.analysis.plots.study.effects import plot_effects, plot_interaction, plot_tornado
from sim.analysis.plots.study.indices import plot_split
from sim.analysis.report.parts import Grid, Picture, Section
from sim.analysis.report.words import against, arm_of, capital, file_name, label_of, labels_of, told, written
from sim.analysis.study.effects import effect_table, farthest_first, interaction_table, levels, reference
from sim.analysis.study.regression import counted, regress
from sim.analysis.study.study import Arm, Study
from sim.analysis.study.variance import variance_split
from sim.core.errors import InputError, ResultsError

MOST_PAIRS = 3
RESAMPLED = "Intervals are 95 %, resampled over seeds where there are five or more, else over runs."


def contrast_section(study: Study, outcomes: list[str]) -> Section:
    """Tell what the policy changed against the contrast, over all rows."""
    section = Section("Against the contrast")
    if not study.paired:
        return section
    rows = []
    for outcome in outcomes:
        table = study.values(outcome, "difference")
        if len(table) == 0:
            continue
        keys = ["row", "replicate"]
        both = study.values(outcome).merge(study.values(outcome, "contrast")[[*keys, "value"]], on=keys)
        both = both.groupby("seed")[["value_x", "value_y"]].mean()
        found = mean((both["value_x"] - both["value_y"]).to_numpy())
        times = ratio(both["value_x"].to_numpy(), both["value_y"].to_numpy())
        row = {"outcome": label_of(outcome), "pairs": len(table), "difference": found.value}
        row |= {"low": found.low, "high": found.high}
        rows.append(row | {"ratio": times.value, "ratio_low": times.low, "ratio_high": times.high})
    other = against(study)
    base = study.table("base")
    luck = "the same row and seed" if base.get("common_random_numbers", True) else "the same row, with luck of its own,"
    caption = (
        f"Mean difference between each run and the run of {luck} with {other}, and the ratio of the two "
        "means. Intervals are 95 %, resampled over seeds."
    )
    section.grids.append(Grid("contrast", f"Policy less {other}", caption, pd.DataFrame(rows)))
    return section


def effect_section(study: Study, outcome: str) -> Section:
    """Tell an outcome by the levels of the factors."""
    arm, label = arm_of(study, outcome), told(study, outcome)
    section, name = Section(f"Effects on {label_of(outcome)}"), file_name("effects", outcome)
    table = effect_table(study, outcome, arm)
    caption = (
        f"Left: mean (dot, with its interval) and middle 80 % of runs (bar) of {label} at each level. Right: "
        "difference to the reference level (tick); full dots compare runs that agree in seed and all other factors, "
        f"hollow ones groups of runs. {RESAMPLED}"
    )
    title = f"{capital(label)} by the levels of each factor"
    chart = plot_effects(table, label, title, labels_of(study))
    section.pictures.append(Picture(name, title, caption, chart, source="effect table, bootstrap"))
    section.grids.append(Grid(name, title, caption, table))
    _tornado(study, section, table, outcome, label)
    _interactions(study, section, table, outcome, label, arm)
    return section


def _tornado(study: Study, section: Section, table: pd.DataFrame, outcome: str, label: str) -> None:
    changes = table.groupby("factor", sort=False)["difference"].agg(["min", "max"]).dropna()
    if len(changes) < 2:
        return
    title = f"Factors by how far they move {label}"
    caption = (
        "Lowest and highest difference to the reference level over the levels of each factor; their intervals are in "
        "the table below."
    )
    names = [labels_of(study)[name] for name in changes.index]
    chart = plot_tornado(names, changes["min"].to_numpy(), changes["max"].to_numpy(), label, title)
    name = file_name("tornado", outcome)
    section.pictures.append(Picture(name, title, caption, chart, source="effect table"))


def _interactions(study: Study, section: Section, table: pd.DataFrame, outcome: str, label: str, arm: Arm) -> None:
    if study.kind not in ("grid", "latin-hypercube", "list", "sobol"):
        return
    first = farthest_first(table)[:MOST_PAIRS]
    for one, two in list(combinations(first, 2))[:MOST_PAIRS]:
        found = interaction_table(study, outcome, one, two, arm)
        title = f"{capital(label)}: {one.replace('_', ' ')} and {two.replace('_', ' ')} together"
        labels, shown, words = labels_of(study), found, label
        caption = f"Mean {label} at each combination."
        if (found["matched"] > 0).all():
            # Luck moves single runs by more than most policies do, and is the same in both runs of a pair.
            shown = found.assign(mean=found["change"], low=found["change_low"], high=found["change_high"])
            here = " and ".join(f"{name.replace('_', ' ')} {written(reference(study, name))}" for name in (one, two))
            words = f"change in {label_of(outcome)} from {here}"
            caption = f"Mean {words}, between runs of the same seed that agree in all else."
        caption += f" Lines that are not parallel say that the two interact. {RESAMPLED}"
        chart = plot_interaction(shown, labels[one], labels[two], words, title)
        name = file_name("interaction", outcome, one, two)
        section.grids.append(Grid(name, title, caption, found.rename(columns={"first": one, "second": two})))
        section.pictures.append(Picture(name, title, caption, chart, source="means of combinations"))


def regression_section(study: Study, outcome: str) -> Section:
    """Regress an outcome on the factors: standardised effects, and rate ratios for counts."""
    arm = arm_of(study, outcome)
    section = Section(f"Regression of {label_of(outcome)}")
    families = ["least squares"] + (["negative binomial"] if counted(outcome) and arm == "policy" else [])
    for family in families:
        try:
            found = regress(study, outcome, family, arm)
        except (InputError, ResultsError) as error:
            section.notes.append(f"No {family} regression: {error}.")
            continue
        errors = f"clustered by {found.clusters} seeds" if found.clusters else "robust to unequal variance"
        if family == "least squares":
            caption = (
                "Change of the outcome in its standard deviations, for one standard deviation of a number or for a "
                f"level against the reference; R² {found.fit:.3f}, {found.runs:,} runs, errors {errors}."
            )
        else:
            caption = (
                "Rate ratios for one standard deviation of a number or for a level against the reference; NB2 with "
                f"alpha {found.dispersion:.3g}, McFadden's R² {found.fit:.3f}, {found.runs:,} runs, errors {errors}."
            )
        title = f"{label_of(outcome)}: {family}"
        section.grids.append(Grid(file_name("regression", outcome, family), title, caption, found.table))
    return section


def split_section(study: Study, outcome: str) -> Section:
    """Split variance between structure and policy, where the study varies both."""
    section = Section(f"Structure or policy: {label_of(outcome)}")
    if not any(item.structural for item in study.factors) or all(item.structural for item in study.factors):
        return section
    try:
        table = variance_split(study, outcome, arm_of(study, outcome))
    except InputError as error:
        section.notes.append(f"No split between structure and policy: {error}.")
        return section
    title = f"Where the variance of {label_of(outcome)} comes from"
    caption = (
        "Structure: ablations and rival rules. Policy: all other factors. Together: what one does only in presence of "
        "the other. Chance: seeds. "
    )
    if study.kind == "sobol":
        pairs = (study.manifest.get("design") or {}).get("second_order")
        caption += "From Sobol indices of the first" + (
            " and second order, without intervals." if pairs else " order, without intervals; all else is together."
        )
    else:
        caption += "Analysis of variance of cell means, the noise of seeds taken out."
    name = file_name("split", outcome)
    section.pictures.append(Picture(name, title, caption, plot_split(table, title), source="variance split"))
    section.grids.append(Grid(name, title, caption, table))
    return section


def factor_for_curves(study: Study) -> str:
    """Return the factor whose levels get a curve each: the first with two to six; empty where there is none."""
    for name in study.names:
        if 2 <= len(levels(study, name, study.runs[name]).cat.categories) <= 6:
            return name
    return ""
