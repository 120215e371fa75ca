"""Sections on sensitivity: Sobol and Morris indices, and response surfaces."""

import numpy as np

from sim.analysis.plots.study.curves import plot_surface
from sim.analysis.plots.study.indices import plot_convergence, plot_morris, plot_sobol
from sim.analysis.report.parts import Grid, Picture, Section
from sim.analysis.report.words import arm_of, capital, file_name, label_of, labels_of
from sim.analysis.study.effects import effect_table, farthest_first
from sim.analysis.study.sensitivity import RESAMPLES, convergence, morris, sobol
from sim.analysis.study.study import Arm, Study
from sim.analysis.study.surface import fit_surface
from sim.core.errors import InputError

LEAST_SKILL = 0.1  # share of the variance of points left out below which a surface is not worth a look


def sobol_section(study: Study, outcome: str) -> Section:
    """Tell Sobol indices with their convergence."""
    arm = arm_of(study, outcome)
    section, label = Section(f"Sobol indices of {label_of(outcome)}"), label_of(outcome)
    try:
        found = sobol(study, outcome, arm)
        grown = convergence(study, outcome, arm)
    except InputError as error:
        section.notes.append(f"No Sobol indices of {label}: {error}.")
        return section
    lost = f"; {found.dropped} left out because a run failed or could not tell" if found.dropped else ""
    caption = (
        f"Shares of the variance of the mean over replicates, from {found.blocks:,} base points{lost}. Estimators of "
        f"Saltelli et al. (2010) by SALib; 95 % intervals from {RESAMPLES:,} resamples of the base points."
    )
    title, name = f"What moves {label}", file_name("sobol", outcome)
    chart = plot_sobol(found.indices, title, found.chance)
    section.pictures.append(Picture(name, title, caption, chart, source="SALib sobol.analyze"))
    section.grids.append(Grid(name, title, caption, found.indices))
    known = int((found.indices["total_low"] > 0.0).sum())
    section.notes.append(
        f"Total indices of {label} with an interval above zero: {known} of {len(found.indices)}, from "
        f"{found.blocks:,} base points."
    )
    if len(found.pairs):
        words = f"Interactions of pairs: {label}"
        section.grids.append(Grid(file_name("sobol-pairs", outcome), words, "Indices of second order.", found.pairs))
    title = f"Total indices as the design grows: {label}"
    caption = (
        "The same estimate from the first parts of the design, with its 95 % interval (shaded). An index that still "
        "moves is not yet known."
    )
    name = file_name("convergence", outcome)
    section.pictures.append(Picture(name, title, caption, plot_convergence(grown, title), source="SALib sobol.analyze"))
    section.grids.append(Grid(name, title, caption, grown))
    order = found.indices.sort_values("total", ascending=False)["factor"]
    _surface(study, section, outcome, list(order), arm)
    return section


def morris_section(study: Study, outcome: str) -> Section:
    """Tell elementary effects."""
    section, label = Section(f"Elementary effects on {label_of(outcome)}"), label_of(outcome)
    try:
        table = morris(study, outcome, arm_of(study, outcome))
    except InputError as error:
        section.notes.append(f"No elementary effects on {label}: {error}.")
        return section
    title, name = f"Screening of {label}", file_name("morris", outcome)
    caption = (
        "Left: mean size of the change that a factor makes over its whole range (Morris's mu star), with 95 % "
        "intervals by resampling. Right: a spread above the size says that the effect depends on the other factors."
    )
    chart = plot_morris(table, label, title)
    section.pictures.append(Picture(name, title, caption, chart, source="SALib morris.analyze"))
    section.grids.append(Grid(name, title, caption, table))
    return section


def surface_section(study: Study, outcome: str) -> Section:
    """Draw a response surface over the two numbers that move an outcome most."""
    section = Section(f"Response surface of {label_of(outcome)}")
    arm = arm_of(study, outcome)
    table = effect_table(study, outcome, arm)
    _surface(study, section, outcome, farthest_first(table), arm)
    return section


def _surface(study: Study, section: Section, outcome: str, order: list[str], arm: Arm) -> None:
    label = label_of(outcome)
    names = [name for name in order if study.numeric(name) and study.design[name].nunique() > 2][:2]
    if len(names) < 2:
        return
    try:
        surface = fit_surface(study, outcome, (names[0], names[1]), arm)
    except InputError as error:
        section.notes.append(f"No response surface of {label}: {error}.")
        return
    if surface.skill < LEAST_SKILL:
        words = " and ".join(name.replace("_", " ") for name in names)
        section.notes.append(
            f"No response surface of {label}: {words} alone foretell {max(0.0, surface.skill):.0%} of the variance of "
            "points left out."
        )
        return
    items = [study.factor(name) for name in names]
    ends = [_ends(study, item) for item in items]
    words = [
        labels_of(study)[name] + (" (log scale)" if _is_log(item) else "")
        for name, item in zip(names, items, strict=True)
    ]
    title = f"{capital(label)} over {names[0].replace('_', ' ')} and {names[1].replace('_', ' ')}"
    caption = (
        "Thin-plate spline through the means of rows (dots), the other factors averaged over. Left out in ten parts, "
        f"points are foretold with a root mean squared error of {surface.error:.3g}: {max(0.0, surface.skill):.0%} of "
        "their variance. The rest is other factors, chance and misfit."
    )
    chart = plot_surface(surface, ends, words, label, title)
    section.pictures.append(
        Picture(file_name("surface", outcome), title, caption, chart, source="scipy RBFInterpolator")
    )


def _is_log(item) -> bool:
    return item.scale == "log" and item.low > 0.0


def _ends(study: Study, item) -> tuple[float, float]:
    """Return the ends of an axis: of the logarithm to base ten for a log scale."""
    column = study.design[item.name]
    low = item.low if np.isfinite(item.low) else float(column.min())
    high = item.high if np.isfinite(item.high) else float(column.max())
    return (float(np.log10(low)), float(np.log10(high))) if _is_log(item) else (low, high)
