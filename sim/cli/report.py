"""``peacesim report``: figures, tables and one page of a results folder."""

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from sim.cli.leaving import DONE
from sim.cli.progress import Progress


def make_report(folder: Path, outcomes: Sequence[str], *, quiet: bool, as_json: bool) -> int:
    """Write the report and say where it is; return the exit code."""
    from sim.analysis.report import write_report

    with Progress("parts", shown=not (quiet or as_json)) as progress:
        found = write_report(folder, outcomes, progress=progress)
    if as_json:
        answer = {"report": str(found.page), "figures": found.figures, "tables": found.tables}
        typer.echo(json.dumps(answer, indent=1, ensure_ascii=False))
    elif quiet:
        typer.echo(found.page)
    else:
        typer.echo(f"Figures:  {found.figures}, as PNG and SVG in {folder / 'figures'}")
        typer.echo(f"Tables:   {found.tables}, as CSV and LaTeX in {folder / 'tables'}")
        typer.echo(f"Report:   {found.page}")
    return DONE
