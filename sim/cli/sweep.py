"""``peacesim sweep`` and ``peacesim merge``: an experiment in, a results folder out."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.leaving import DONE, FAILED, INTERRUPTED, complain, putting_off_ctrl_c
from sim.cli.progress import Progress
from sim.cli.talk import Talk, command_line
from sim.core.errors import ExperimentError
from sim.results.plain import plain
from sim.results.sentences import count

if TYPE_CHECKING:
    from sim.experiment.plan import Plan
    from sim.experiment.sweep import Sweep

KEPT = "interrupted: what is done is kept; the same command with --resume does the rest"
LOADING_SECONDS = 8.0  # workers start and load the model in less; only compiling takes longer


@dataclass(frozen=True)
class Order(Talk):
    """What the command line asks for; the fields are its options."""

    experiment: str
    out: Path | None
    workers: int | None
    executor: str
    scheduler: str | None
    shard: str
    resume: bool
    retry_failed: bool
    quick: bool
    dry_run: bool


def carry_out(order: Order) -> int:
    """Run a sweep, say what came of it; return the exit code."""
    from sim.experiment.study import load_study, make_plan
    from sim.experiment.sweep import check_shard, folder_of, sweep

    shard = shard_in(order.shard)
    if order.retry_failed and not order.resume:
        raise ExperimentError("--retry-failed goes with --resume: a new sweep has no failed runs")
    study = load_study(order.experiment)
    plan = make_plan(study, quick=order.quick)
    if shard:
        check_shard(plan, shard)
    if order.dry_run:
        return foretell(plan, order)
    if order.talks:
        typer.echo(headline(plan))
    folder = folder_of(plan, order.out, shard, quick=order.quick)
    shown = Shown(order.talks)
    try:
        with _notice(order), shown.progress, putting_off_ctrl_c() as asked, ending_on_sigterm(asked):
            results = sweep(
                study,
                order.out,
                workers=order.workers,
                executor="dask" if order.scheduler else order.executor,
                scheduler=order.scheduler,
                shard=shard,
                resume=order.resume,
                retry_failed=order.retry_failed,
                quick=order.quick,
                progress=shown,
                stopped=asked.is_set,
                command=command_line(),
            )
        return tell(results, folder, order)
    except KeyboardInterrupt:  # a second time
        complain(KEPT)
        return INTERRUPTED


class Shown:
    """Progress of runs, with those that failed."""

    def __init__(self, talks: bool) -> None:
        self.progress = Progress("runs", shown=talks)

    def __call__(self, done: int, total: int, failed: int) -> None:
        """Say how far it is."""
        self.progress.what = f"runs ({failed:,} failed)" if failed else "runs"
        self.progress(done, total)


@contextmanager
def ending_on_sigterm(asked: threading.Event) -> Iterator[None]:
    """Take a request to end, as a cluster sends before it kills, like Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: asked.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def shard_in(text: str) -> tuple[int, int] | None:
    """Read ``3/10``.

    Raises
    ------
    ExperimentError
        If it is not of that form.
    """
    if not text:
        return None
    number, slash, of = text.partition("/")
    if not slash or not number.strip().isdecimal() or not of.strip().isdecimal():
        raise ExperimentError(f"--shard: expected a form such as 3/10, found {text!r}")
    return int(number), int(of)


def headline(plan: "Plan") -> str:
    """Say what will be run."""
    about, arms = plan.experiment.about, len(plan.recipe.arms)
    against = f" x 2 arms (against {plan.recipe.against})" if arms == 2 else ""
    size = f"{plan.n_rows:,} rows{against} x {plan.recipe.replicates:,} replicates = {plan.n_runs:,} runs"
    return f"{about.title}\n{' '.join(about.question.split())}\n{size}"


def foretell(plan: "Plan", order: Order) -> int:
    """Run the pilot and say what the sweep would take; nothing is written."""
    from sim.experiment.estimate import estimate

    with _notice(order):
        found = estimate(plan, order.workers)
    if order.as_json:
        answer = {
            "rows": plan.n_rows,
            "runs": found.runs,
            "seconds": found.seconds,
            "workers": found.workers,
            "outcomes": [need._asdict() for need in found.needs],
            "errors": found.errors,
        }
        typer.echo(json.dumps(plain(answer), indent=1))
        return FAILED if found.errors else DONE
    typer.echo(headline(plan))
    took = f"{found.seconds_a_run * 1e3:,.0f} ms a run: about {_duration(found.seconds)} on {found.workers} cores"
    typer.echo(f"{took}, at most, from a pilot of a few runs\n")
    kind = "paired difference" if len(plan.recipe.arms) == 2 else "mean"
    typer.echo(f"{kind} of a row in the pilot, half width of its 95 % interval with {plan.recipe.replicates}")
    typer.echo("replicates, and the replicates that the half width in the last column needs:")
    for need in found.needs:
        numbers = f"{need.mean:>14,.4g}  +- {need.expected:<10,.3g}"
        wish = f"{need.needed:>9,} for +- {need.wanted:,.3g}" if need.needed else "        - the pilot cannot tell"
        typer.echo(f"  {need.outcome:<28}{numbers}{wish}")
    for error in found.errors[:3]:
        complain(error)
    return FAILED if found.errors else DONE


def tell(results: "Sweep", folder: Path, order: Order) -> int:
    """Say what came of a sweep; return the exit code."""
    manifest = results.manifest
    runs = manifest["runs"]
    if order.as_json:
        keys = ("id", "status", "quick", "shard", "runs", "stopped", "digest")
        typer.echo(json.dumps({key: manifest.get(key) for key in keys} | {"results": str(folder)}, indent=1))
    elif order.quiet:
        typer.echo(folder)
    else:
        typer.echo(f"{runs['done']:,} runs done, {runs['failed']:,} failed, of {runs['planned']:,}")
        if manifest.get("stopped"):
            stop = manifest["stopped"]
            width = "unknown" if stop["half_width"] is None else f"+- {stop['half_width']:,.3g}"
            typer.echo(f"stopped after {stop['replicates']:,} replicates; widest interval {width}")
        typer.echo(f"Results:  {folder}")
    if manifest.get("damaged"):
        what = count(len(manifest["damaged"]), "damaged part was", "damaged parts were")
        complain(f"{what} set aside, and what was in there is run again")
    if runs["failed"] and order.talks:
        for line in first_errors(results):
            complain(line)
        complain("the same command with --resume --retry-failed runs failed runs again")
    if manifest["status"] != "finished":
        complain(KEPT)
        return INTERRUPTED
    return FAILED if runs["failed"] else DONE


def first_errors(results: "Sweep") -> list[str]:
    """Name a few failed runs with their errors."""
    from sim.experiment.folder import read_runs

    table = read_runs(results.folder, ["run", "row", "status", "error"])
    failed = table[table["status"] == "failed"].drop_duplicates("error").head(3)
    rows = zip(failed["run"], failed["row"], failed["error"], strict=True)
    return [f"run {run} (row {row}) failed: {error}" for run, row, error in rows]


def merge_folders(folders: list[Path], out: Path | None, *, quiet: bool) -> int:
    """Put shards together; return the exit code."""
    from sim.experiment.merge import merge

    results = merge(folders, out)
    runs = results.manifest["runs"]
    where = results.folder
    typer.echo(where if quiet else f"{runs['done']:,} runs of {runs['planned']:,}, {runs['failed']:,} failed: {where}")
    if not results.is_finished:
        complain("runs are missing: peacesim sweep with --resume and this --out runs them")
        return FAILED
    return DONE


def _notice(order: Order) -> Any:
    from sim.core.notice import compile_notice

    return compile_notice(patience=LOADING_SECONDS, shown=order.talks)


def _duration(seconds: float) -> str:
    if seconds != seconds:
        return "an unknown time"
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
