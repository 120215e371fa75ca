"""``peacesim list``: what there is, as columns or as JSON."""

import json
import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import typer

from sim.core.errors import ScenarioError

Rows = list[dict[str, Any]]
GAP = "  "

DOCTRINES = {
    "static": "troops go to where most people live when they land, and stay in that base",
    "uniform": "troops are spread evenly over the country",
    "population": "troops go to where most people live",
    "hotspot": "troops go to where headquarters believes many people to be most threatened",
    "early_warning": "troops go to where armed men and tension foretell danger to many people",
    "buffer_line": "troops and observers stand between the sides, where ground of one meets ground of an enemy",
}


def print_list(what: str, *, as_json: bool) -> None:
    """Print one of the lists."""
    rows = LISTS[what]()
    typer.echo(json.dumps(rows, indent=1, ensure_ascii=False) if as_json else as_columns(rows))


def as_columns(rows: Rows) -> str:
    """Lay rows out under each other; the last column takes what is left of the line and wraps."""
    if not rows:
        return "nothing"
    names = list(rows[0])
    cells = [[str(row[name]) for name in names] for row in rows]
    widths = [max(len(row[k]) for row in cells) for k in range(len(names) - 1)]
    start = sum(widths) + len(GAP) * len(widths)
    room = max(30, shutil.get_terminal_size((110, 24)).columns - start)
    lines = []
    for row in cells:
        head = "".join(f"{text:<{width}}{GAP}" for text, width in zip(row, widths, strict=False))
        lines += textwrap.wrap(
            row[-1], start + room, initial_indent=head, subsequent_indent=" " * start, break_on_hyphens=False
        ) or [head.rstrip()]
    return "\n".join(lines)


def scenarios() -> Rows:
    """List the bundled scenarios with their titles; one that cannot be read says so."""
    from sim.scenario.load import find_scenario, list_scenarios, read_document

    rows = []
    for name in list_scenarios():
        try:
            data, _ = read_document(find_scenario(name))
            about = data.get("scenario", {})
            rows.append({"name": name, "kind": str(about.get("kind", "")), "title": str(about.get("title", ""))})
        except ScenarioError:
            rows.append({"name": name, "kind": "", "title": f"cannot be read; see: peacesim check {name}"})
    return rows


def experiments() -> Rows:
    """List the bundled studies with their titles; one that cannot be read says so."""
    from sim.core.errors import InputError
    from sim.scenario.study.find import list_experiments
    from sim.scenario.study.load import titles

    rows = []
    for name in list_experiments():
        try:
            claim, title = titles(name)
        except InputError:
            claim, title = "", f"cannot be read; see: peacesim check {name}"
        rows.append({"name": name, "claims": claim, "title": title})
    return rows


def rules() -> Rows:
    """List the rival rules of processes, each with the mechanisms that it leaves out."""
    from sim.scenario.study.rules import RULES

    return [
        {"process": process, "rule": name, "without": ", ".join(left_out) or "nothing"}
        for process, variants in RULES.items()
        for name, left_out in variants.items()
    ]


def parameters() -> Rows:
    """List the parameters of the model with default, valid range and meaning."""
    from sim.scenario import catalogue

    return [
        {
            "path": entry.path,
            "default": entry.default,
            "range": interval(entry.valid),
            "unit": entry.unit,
            "meaning": f"{entry.meaning} ({entry.source_kind})",
        }
        for entry in catalogue.parameters()
    ]


def interval(limits: Sequence[float | None]) -> str:
    """Write a range; an open side is left empty."""
    low, high = ("" if limit is None else f"{limit:g}" for limit in limits)
    return f"{low} to {high}"


def processes() -> Rows:
    """List the processes in the order of the week."""
    from sim.engine.step import SCHEDULE

    return [
        {
            "order": number,
            "name": step.name,
            "file": f"{step.function.__module__.replace('.', '/')}.py",
            "summary": step.summary,
        }
        for number, step in enumerate(SCHEDULE, start=1)
    ]


def mechanisms() -> Rows:
    """List the mechanisms that can be switched off, with what makes each of them idle."""
    from sim.scenario.mechanisms import MECHANISMS

    return [
        {
            "name": each.name,
            "process": each.process,
            "claims": " ".join(each.claims),
            "meaning": f"{each.meaning} (off: {settings(each.paths)})",
        }
        for each in MECHANISMS.values()
    ]


def settings(values: Mapping[str, Any]) -> str:
    """Write values by path as ``--set`` takes them."""
    return ", ".join(f"{path}={str(value).lower()}" for path, value in values.items())


def claims() -> Rows:
    """List the claims that the model is there to examine, and where they live in it."""
    from sim.scenario.claims import CLAIMS, mechanisms_of

    rows = []
    for name, claim in CLAIMS.items():
        parts = (
            ("processes", claim.processes),
            ("mechanisms", mechanisms_of(name)),
            ("set", claim.levers),
            ("not in the model", (claim.gap,) if claim.gap else ()),
        )
        where = "; ".join(f"{word}: {', '.join(names)}" for word, names in parts if names)
        rows.append({"claim": name, "title": claim.title, "where": where})
    return rows


def outcomes() -> Rows:
    """List the outcomes of a run."""
    from sim.results.outcomes import OUTCOMES

    return [
        {"name": each.name, "unit": each.unit, "better": each.better, "meaning": each.meaning}
        for each in OUTCOMES.values()
    ]


def doctrines() -> Rows:
    """List the rules by which headquarters sends units to cells."""
    return [{"name": name, "rule": rule} for name, rule in DOCTRINES.items()]


def series() -> Rows:
    """List the weekly series and the map layers."""
    from sim.world.series import LAYERS, SERIES

    weekly = [{"kept": "weekly", "name": s.name, "unit": s.unit, "meaning": s.meaning} for s in SERIES]
    return weekly + [{"kept": "map", "name": s.name, "unit": s.unit, "meaning": s.meaning} for s in LAYERS.values()]


LISTS: dict[str, Callable[[], Rows]] = {
    "scenarios": scenarios,
    "experiments": experiments,
    "rules": rules,
    "parameters": parameters,
    "processes": processes,
    "mechanisms": mechanisms,
    "claims": claims,
    "outcomes": outcomes,
    "doctrines": doctrines,
    "series": series,
}
