"""Sections on time: spells that the end of a run cuts off, and weekly series."""

import pandas as pd

from sim.analysis.plots.study.curves import plot_bands, plot_survival
from sim.analysis.report.effects import factor_for_curves
from sim.analysis.report.parts import Grid, Picture, Section
from sim.analysis.report.words import capital, file_name, labels_of
from sim.analysis.study.bands import bands
from sim.analysis.study.effects import levels
from sim.analysis.study.spells import SPELLS, both_arms, spells, spells_of
from sim.analysis.study.study import Study
from sim.analysis.study.survival import (
    compared_means,
    contrast_hazard,
    hazard_ratios,
    kaplan_meier,
    restricted_means,
    survival_table,
)
from sim.core.errors import InputError, ResultsError
from sim.results.measures.outcome import SERIES_BY_NAME

SERIES = ("battle_deaths", "civilians_killed", "displaced", "deployed", "trust_state")
FEWEST_EVENTS = 5
SPARE = ("exit",)  # spells that say little of the conflict

SHADED = "over resampled seeds where runs share five or more, else log-log"
COMPARED = (
    "up to the horizon, the area under the curve; differences draw the seeds of both groups together where they are "
    "the same five or more, and else take groups as independent."
)
PROPORTIONAL = "A small last p says that the ratio changes over time, so that the curves and means say more."


def survival_section(study: Study, name: str) -> Section:
    """Tell a spell by survival curves, restricted means and hazard ratios."""
    spell = SPELLS[name]
    section = Section(capital(spell.meaning))
    try:
        table = spells(study, name)
        if len(table) == 0:
            raise InputError("no run was at risk")
        by = factor_for_curves(study)
        group = levels(study, by, table[by]) if by else None
        curves = kaplan_meier(table, group)
        means = survival_table(study, name, by) if by else restricted_means(table)
    except InputError as error:
        section.notes.append(f"No survival statistics of {name.replace('_', ' ')}: {error}.")
        return section
    cut = int((table["event"] == 0).sum())
    words = f"{spell.meaning}, {spell.unit}"
    caption = (
        f"Kaplan-Meier estimate over {len(table):,} runs at risk, {cut:,} of them cut off by the end of the run; "
        f"shaded: 95 %, {SHADED}."
    )
    chart = plot_survival(curves, words, section.title, labels_of(study).get(by, ""))
    picture = Picture(file_name("survival", name), section.title, caption, chart, source="lifelines KaplanMeierFitter")
    section.pictures.append(picture)
    section.grids.append(
        Grid(file_name("restricted-means", name), "Restricted means", f"Mean {spell.unit} {COMPARED}", means)
    )
    if study.names and table["event"].sum() >= FEWEST_EVENTS:
        try:
            ratios = hazard_ratios(study, table)
        except (InputError, ResultsError) as error:
            section.notes.append(f"No hazard ratios: {error}.")
        else:
            caption = (
                "Cox's proportional hazards, for one standard deviation of a number or for a level against the "
                f"reference. {PROPORTIONAL}"
            )
            section.grids.append(Grid(file_name("hazard-ratios", name), "Hazard ratios", caption, ratios))
    return section


def arms_section(study: Study, name: str) -> Section:
    """Compare the arms of a study by their survival curves."""
    spell = SPELLS[name]
    section = Section(f"{capital(spell.meaning)}, by arm")
    try:
        table = both_arms(study, name)
        group = table["arm"].astype(pd.CategoricalDtype(["policy", "contrast"], ordered=True))
        curves = kaplan_meier(table, group)
        ratio, means = contrast_hazard(table), compared_means(table, group, "contrast")
    except (InputError, ResultsError) as error:
        section.notes.append(f"No comparison of the arms: {error}.")
        return section
    caption = f"Kaplan-Meier estimate, {len(table):,} runs at risk; shaded: 95 %, {SHADED}."
    chart = plot_survival(curves, f"{spell.meaning}, {spell.unit}", section.title, "arm")
    section.grids.append(
        Grid(file_name("restricted-means-arms", name), "Restricted means", f"Mean {spell.unit} {COMPARED}", means)
    )
    name = file_name("survival-arms", name)
    section.pictures.append(Picture(name, section.title, caption, chart, source="lifelines KaplanMeierFitter"))
    caption = (
        "Hazard of the policy's runs against the contrast's (Cox, errors clustered by seed where there are ten). "
        f"{PROPORTIONAL}"
    )
    section.grids.append(Grid(file_name("hazard", name), "Hazard ratio", caption, ratio))
    return section


def survival_sections(study: Study) -> list[Section]:
    """Tell every spell that the outcomes of a study allow."""
    names = [name for name in spells_of(study) if name not in SPARE]
    arms = [arms_section(study, name) for name in names] if study.paired else []
    return [*arms, *(survival_section(study, name) for name in names)]


def band_section(study: Study) -> Section:
    """Draw the weekly series that say most, where they were kept."""
    section, by = Section("Week by week"), "arm" if study.paired else factor_for_curves(study)
    for series in SERIES:
        try:
            table = bands(study, series, by)
        except InputError:
            continue
        found = SERIES_BY_NAME[series]
        label = f"{series.replace('_', ' ')} ({found.unit})"
        title = capital(found.meaning)
        caption = f"Median, middle half and middle nine tenths of {_runs(table)} runs at each week."
        chart = plot_bands(table, label, title, "" if by == "arm" else labels_of(study).get(by, ""))
        section.pictures.append(Picture(file_name("weekly", series), title, caption, chart, source="quantiles by week"))
    return section


def _runs(table: pd.DataFrame) -> str:
    counts = table.groupby("group", observed=True)["runs"].max()
    low, high = int(counts.min()), int(counts.max())
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
