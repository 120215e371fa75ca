"""``peacesim open``: one run of a sweep again, in full."""

import json
from pathlib import Path

import typer

from sim.cli.leaving import DONE, FAILED, complain
from sim.cli.talk import command_line


def open_row(
    results: Path,
    row: int | None,
    *,
    arm: str,
    replicate: int,
    run: int | None,
    out: Path | None,
    force: bool,
    plots: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Run a row again, write its results folder, and say whether it is the same run; return the exit code."""
    from sim.core.notice import compile_notice
    from sim.experiment.reopen import reopen
    from sim.results.store import finished, results_folder

    talks = not (quiet or as_json)
    with compile_notice(shown=talks):
        found = reopen(results, row, arm=arm, replicate=replicate, run=run)
    folder = out or results / "opened" / f"run-{found.run.number}"
    scenario, seed = found.result.scenario, found.run.seed
    with results_folder(folder, scenario, [seed], command=command_line(), force=force) as writer:
        writer.add(finished(found.result))
        writer.add_story(found.result)
        if plots:
            found.result.plot(writer.figure_path("summary.png"))
    if as_json:
        answer = {
            "run": found.run._asdict(),
            "arm": found.arm,
            "checksum": found.result.checksum,
            "stored": found.stored,
            "same": found.is_same,
            "results": str(folder),
        }
        typer.echo(json.dumps(answer, indent=1))
    elif quiet:
        typer.echo(folder)
    else:
        typer.echo(f"{found.result.summary()}\n")
        typer.echo(
            f"Run {found.run.number}: row {found.run.row}, {found.arm}, replicate {found.run.replicate}, seed {seed}"
        )
    if found.is_same:
        if talks:
            typer.echo(f"Checksum: {found.stored[:16]}, the same as in the sweep, to the bit")
            typer.echo(f"Results:  {folder}")
        return DONE
    if not found.stored:
        complain(f"the sweep holds no result of this run ({found.status}), so there is nothing to compare with")
        return FAILED
    complain(
        f"checksum {found.result.checksum[:16]} is not that of the sweep, {found.stored[:16]}: "
        "the model, its packages or the processor have changed since; see manifest.json there"
    )
    return FAILED
