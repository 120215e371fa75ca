"""The page: everything about a study in one HTML file that asks nothing of the network."""

import json
from pathlib import Path
from typing import Any

from sim import __version__
from sim.analysis.report.parts import Section
from sim.analysis.report.tables import heads_of, rows_of
from sim.analysis.report.words import against, written
from sim.analysis.study.study import Study

TEMPLATE = Path(__file__).with_name("page.html")
LONG = ("inputs", "checksums", "sides")  # parts of a manifest that stay in its file
MOST_ROWS = 60  # of a table on the page; its CSV file has them all


def render(study: Study, sections: list[Section], images: dict[str, str], meanings: list[tuple[str, str]]) -> str:
    """Fill the template.

    Parameters
    ----------
    study : Study
    sections : list of Section
    images : dict of str to str
        Figures as data addresses, by name.
    meanings : list of (str, str)
        Outcomes with what they mean.
    """
    from jinja2 import Environment, StrictUndefined

    world = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = world.from_string(TEMPLATE.read_text(encoding="utf-8"))
    manifest = study.manifest
    about = study.table("experiment")
    return template.render(
        title=str(about.get("title") or manifest.get("title") or manifest.get("scenario") or "A study"),
        question=str(about.get("question") or "").strip(),
        expectation=str(about.get("expectation") or "").strip(),
        claim=_words(about.get("claim")),
        version=__version__,
        facts=facts(study),
        factors=[factor_row(study, name) for name in study.names],
        meanings=meanings,
        sections=sections,
        images=images,
        rows_of=lambda frame: rows_of(frame.head(MOST_ROWS)),
        heads_of=heads_of,
        most_rows=MOST_ROWS,
        provenance=provenance(study),
        manifest=json.dumps(shortened(manifest), indent=1, ensure_ascii=False, default=str),
        origin=origin(manifest),
    )


def facts(study: Study) -> list[tuple[str, str]]:
    """Return the design in a few facts."""
    manifest = study.manifest
    base = study.table("base")
    scenario = base.get("scenario") or ", ".join(base.get("scenarios") or ()) or manifest.get("scenario")
    runs, seeds = len(study.runs) + len(study.failed), study.runs["seed"]
    found = [
        ("Scenario", scenario),
        ("Design", f"{study.kind}, {len(study.design):,} rows" if study.names else "replicates of one scenario"),
        ("Runs", f"{runs:,}, of which {len(study.failed):,} failed"),
        (
            "Replicates",
            f"{study.runs.groupby(['row', 'arm'])['replicate'].nunique().max():,} a row" if len(seeds) else "",
        ),
        ("Seeds", f"{seeds.min()} to {seeds.max()}" if len(seeds) else ""),
        ("Weeks", manifest.get("weeks") or base.get("weeks")),
        ("Contrast", against(study)),
        ("Estimate", study.table("estimate").get("method")),
        ("Always set", ", ".join(f"{path} = {value}" for path, value in (base.get("set") or {}).items())),
    ]
    return [(name, _words(value)) for name, value in found if value]


def factor_row(study: Study, name: str) -> tuple[str, str, str, str]:
    """Return name, path, what it takes, and unit of a factor."""
    item = study.factor(name)
    if item.values:
        takes = ", ".join(written(value) for value in item.values)
    else:
        takes = f"{written(item.low)} to {written(item.high)}" + (", log scale" if item.scale == "log" else "")
    return name, item.path or item.kind, takes, item.unit


def provenance(study: Study) -> str:
    """Return the line that stands under every figure."""
    manifest = study.manifest
    parts = [
        str(manifest.get("id") or manifest.get("scenario") or "study"),
        f"digest {str(manifest['digest'])[:12]}" if manifest.get("digest") else "",
        f"{len(study.runs):,} runs",
        origin(manifest),
    ]
    return " · ".join(part for part in parts if part)


def origin(manifest: dict[str, Any]) -> str:
    """Return which code made the runs."""
    code = manifest.get("code") or {}
    commit = f", commit {str(code['commit'])[:10]}" if code.get("commit") else ""
    edited = " with edits" if code.get("dirty") else ""
    return f"peacekeeping-sim {code.get('version') or __version__}{commit}{edited}"


def shortened(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest without its longest parts, which are named."""
    left = {name: f"{len(manifest[name]):,} entries, in manifest.json" for name in LONG if manifest.get(name)}
    return manifest | left


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
