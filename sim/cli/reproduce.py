"""``peacesim reproduce``: run a results folder again and say whether it comes out to the bit."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.leaving import DONE, FAILED
from sim.cli.progress import Progress

if TYPE_CHECKING:
    from sim.experiment.reproduce import Verdict


def carry_out(folder: Path, *, rows: int | None, workers: int | None, quiet: bool, as_json: bool) -> int:
    """Run again, compare, print; return 0 where everything is the same and 1 where something is not."""
    from sim.analysis.compare.again import compare_again
    from sim.core.notice import compile_notice
    from sim.experiment.reproduce import AGAIN, reproduce

    talks = not (quiet or as_json)
    with compile_notice(shown=talks), Progress("runs", shown=talks) as progress:
        verdict = reproduce(folder, {**AGAIN, "compare": compare_again}, rows=rows, workers=workers, progress=progress)
    if as_json:
        typer.echo(json.dumps(answer(verdict), indent=1, ensure_ascii=False))
    elif quiet:
        typer.echo("bit-identical" if verdict.identical else "differs")
    else:
        for line in told(verdict):
            typer.echo(line)
    return DONE if verdict.identical else FAILED


def told(verdict: "Verdict") -> list[str]:
    """Say it in plain words."""
    runs = f"{verdict.runs:,} run{'s' * (verdict.runs != 1)}"
    if verdict.identical:
        lines = [f"Bit-identical: {runs} made again, every value of every table is the same."]
        title = "Not the same as then, and without effect on the results:"
    else:
        lines = [f"Differs: {runs} made again; the first difference:", f"  {verdict.discrepancy}"]
        title = "Likely cause:" if len(verdict.causes) == 1 else "Likely causes, the likeliest first:"
    return lines + ([title, *(f"  {cause}" for cause in verdict.causes)] if verdict.causes else [])


def answer(verdict: "Verdict") -> dict[str, Any]:
    """Return what ``--json`` prints."""
    return {
        "results": str(verdict.folder),
        "kind": verdict.kind,
        "runs": verdict.runs,
        "identical": verdict.identical,
        "difference": verdict.discrepancy._asdict() if verdict.discrepancy else None,
        "causes": list(verdict.causes),
    }
