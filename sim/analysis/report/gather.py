"""What a results folder can tell, section by section."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from sim.analysis.intervals import mean
from sim.analysis.report.effects import RESAMPLED, contrast_section, effect_section, regression_section, split_section
from sim.analysis.report.findings import findings_section
from sim.analysis.report.parts import Grid, Picture, Section
from sim.analysis.report.sensitivity import morris_section, sobol_section, surface_section
from sim.analysis.report.times import band_section, survival_sections
from sim.analysis.report.words import against, arm_of, file_name, label_of, meaning_of, written
from sim.analysis.study.effects import ENOUGH_SEEDS, QUANTILES, by_seed
from sim.analysis.study.sensitivity import ensemble_of
from sim.analysis.study.spells import SPELLS, spells_of
from sim.analysis.study.study import Study

# What a report of a whole catalogue shows figures of, where nobody chose.
USUAL = ("civilian_deaths", "battle_deaths", "displaced_peak", "relapsed", "cost_usd", "trust_state_end")
MOST_OUTCOMES = 6
LONG_TABLE = 20
STORIES = {
    "summary": "Maps on four dates and the run over time, with its events.",
    "comparison": "The two sides with the same luck: what they did to people, and how far they lie apart.",
}
SPELLS_WANTED = "None: a hazard needs the length of a spell and how it ended. Under [outcomes], name " + (
    ", or ".join(" with ".join(spell.columns) for spell in SPELLS.values()) + "."
)
Step = Callable[[], list[Section]]


def chosen_outcomes(study: Study, asked: tuple[str, ...] = ()) -> list[str]:
    """Return the outcomes that are told: those asked for, those of the experiment, or the usual ones.

    Raises
    ------
    InputError
        If one that was asked for is not there.
    """
    for name in asked:
        study.values(name)
    named = study.table("outcomes").get("names") or ()
    wanted = list(asked) or [name for name in named if name in study.outcomes]
    wanted = wanted or [name for name in USUAL if name in study.outcomes] or list(study.outcomes)
    return [name for name in wanted if study.runs[name].notna().any()]


def drawn_outcomes(study: Study, outcomes: list[str], asked: tuple[str, ...] = ()) -> list[str]:
    """Return those of the outcomes that get figures and sections of their own: the first six unless asked for."""
    plain = [name for name in outcomes if name not in cut_off(study)]
    return plain if asked else plain[:MOST_OUTCOMES]


def steps_of(study: Study, outcomes: list[str], drawn: list[str]) -> Iterator[Step]:
    """Give the parts of a report, each as a function that makes its sections."""
    many = len(study.outcomes) > LONG_TABLE
    plain = [name for name in outcomes if name not in cut_off(study)]
    if not ensemble_of(study):
        yield lambda: [findings_section(study, plain)]
    if not many:
        yield lambda: [overview_section(study)]
    yield lambda: [story_section(study)]
    yield lambda: [contrast_section(study, plain)]
    if estimated(study) == "hazard ratio":
        yield lambda: survival_sections(study) or [Section("Hazard ratios", notes=[SPELLS_WANTED])]
    ensemble = ensemble_of(study)
    parts = (
        [(f" ({level})", study.only(ensemble, level)) for level in study.factor(ensemble).values] if ensemble else []
    )
    for outcome in drawn if study.names else ():
        if parts:
            yield from (_in_scenario(part, words, outcome) for words, part in parts)
        else:
            yield lambda outcome=outcome: outcome_sections(study, outcome)
    further = [label_of(name) for name in plain if name not in drawn]
    if further and study.names:
        said = f"Told in tables only: {', '.join(further)}. For figures: peacesim report RESULTS --outcome NAME."
        yield lambda: [Section("Further outcomes", notes=[said])]
    if estimated(study) != "hazard ratio":
        yield lambda: survival_sections(study)
    yield lambda: [band_section(study)]
    if many:  # a whole catalogue would push everything else off the screen
        yield lambda: [overview_section(study)]


def estimated(study: Study) -> str:
    """Return the estimate that the experiment asks for, which comes first; empty where it leaves that open."""
    return str(study.table("estimate").get("method") or "")


def cut_off(study: Study) -> set[str]:
    """Return the outcomes that are lengths of spells: their means would mislead, so survival statistics tell them."""
    return {SPELLS[name].time for name in spells_of(study)}


def _in_scenario(study: Study, words: str, outcome: str) -> Step:
    """Return what makes the sections of one scenario of an ensemble, and marks them as its own."""

    def make() -> list[Section]:
        out = []
        for section in outcome_sections(study, outcome):
            pictures = [replace(each, name=file_name(each.name, words)) for each in section.pictures]
            grids = [replace(each, name=file_name(each.name, words)) for each in section.grids]
            out.append(Section(section.title + words, pictures, grids, section.notes))
        return out

    return make


def outcome_sections(study: Study, outcome: str) -> list[Section]:
    """Tell one outcome by what the design allows."""
    values = study.values(outcome, arm_of(study, outcome))["value"]
    if values.nunique() < 2:
        where = f"pair with {against(study)}" if arm_of(study, outcome) == "difference" else "run"
        same = f"It is {written(values.iloc[0])} in every {where}." if len(values) else "No run could tell."
        return [Section(label_of(outcome), notes=[same])]
    if study.kind == "sobol":
        return [sobol_section(study, outcome), split_section(study, outcome)]
    if study.kind == "morris":
        return [morris_section(study, outcome)]
    sections = [effect_section(study, outcome), split_section(study, outcome), regression_section(study, outcome)]
    if estimated(study) == "regression":
        sections = [sections[2], *sections[:2]]
    return [*sections, surface_section(study, outcome)] if study.kind in ("latin-hypercube", "grid") else sections


def overview_section(study: Study) -> Section:
    """Tell every outcome over all runs, by arm where there are two."""
    section, rows = Section("All outcomes"), []
    arms = ["policy", "contrast"] if study.paired else ["policy"]
    shares = study.table("outcomes").get("quantiles") or QUANTILES
    for outcome in study.outcomes:
        if outcome in cut_off(study):
            continue
        for arm in arms:
            table = study.values(outcome, arm)
            values, found = table["value"].to_numpy(), mean(by_seed(table))
            if arm == "contrast" and len(values) == 0:
                continue
            quantiles = np.quantile(values, shares) if len(values) else np.full(len(shares), np.nan)
            row = {"outcome": label_of(outcome), **({"arm": arm} if study.paired else {}), "runs": len(values)}
            row |= {"mean": values.mean() if len(values) else np.nan, "mean_low": found.low, "mean_high": found.high}
            rows.append(row | {f"q{100 * share:g}": value for share, value in zip(shares, quantiles, strict=True)})
    caption = f"Over the runs that could tell, with the interval of the mean. {RESAMPLED}"
    if cut_off(study):
        caption += " Lengths of spells are told below by survival statistics: the end of the run cuts some of them off."
    section.grids.append(Grid("outcomes", "Outcomes over all runs", caption, pd.DataFrame(rows)))
    for spell in SPELLS.values():
        if spell.event and spell.time in study.outcomes and spell.event not in study.outcomes:
            section.notes.append(
                f"The end of the run cuts {label_of(spell.time)} off: its mean misleads without survival statistics, "
                f"which need {spell.event} among the outcomes."
            )
    seeds = study.runs["seed"].nunique()
    if 0 < seeds < min(ENOUGH_SEEDS, len(study.design)):
        section.notes.append(
            f"All runs share {seeds} seed{'s' if seeds > 1 else ''}: intervals over runs tell how the rows differ, and "
            f"leave out what other luck would do. From {ENOUGH_SEEDS} replicates on they hold it."
        )
    if study.missing:
        section.notes.append(f"The sweep is not finished: {study.missing:,} of its runs are still to come.")
    if len(study.failed):
        first = str(study.failed["error"].iloc[0]).splitlines() or [""]
        many = f"{len(study.failed):,} runs" if len(study.failed) > 1 else "1 run"
        section.notes.append(f"{many} failed, left out here; the first said: {first[0]}")
    return section


def story_section(study: Study) -> Section:
    """Show figures and words that ``run`` or ``compare`` left in the folder."""
    section = Section("Both sides" if study.manifest.get("kind") == "compare" else "The first run")
    if study.folder is None:
        return section
    for name, caption in STORIES.items():
        path = study.folder / "figures" / f"{name}.png"
        if path.is_file():
            title = str(study.manifest.get("title") or study.manifest.get("scenario") or "The first run")
            section.pictures.append(Picture(name, title, caption, png=path.read_bytes(), source="drawn with the runs"))
    for name in ("summary.txt", "evaluation.txt"):
        path = study.folder / name
        if path.is_file():
            section.notes.append(path.read_text(encoding="utf-8", errors="replace").strip())
    return section


def meanings(outcomes: list[str]) -> list[tuple[str, str]]:
    """Return what the outcomes mean."""
    return [(label_of(name), meaning_of(name)) for name in outcomes]
