"""``sweep``: an experiment in, a results folder out."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import wait
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import ExperimentError, ResultsError
from sim.core.notice import announced
from sim.experiment import folder as reading
from sim.experiment.executors import Crew
from sim.experiment.folder import read_runs
from sim.experiment.origin import same_makers
from sim.experiment.plan import Plan
from sim.experiment.reopen import differing
from sim.experiment.runner import Progress, Runner, Span, blocks, joined, shard_of, without
from sim.experiment.stopping import Width, rounds, widths
from sim.experiment.store import Store, opened
from sim.experiment.study import make_plan
from sim.experiment.work import warm_up
from sim.scenario.study.load import Study

if TYPE_CHECKING:
    import pandas as pd

N_CHECKED = 5  # finished runs that are run again where another model or machine resumes a sweep
Shard = tuple[int, int]


class Sweep:
    """The results of a sweep.

    Attributes
    ----------
    folder : Path
        Where they are.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest = reading.read_sweep(self.folder)

    def __repr__(self) -> str:
        """Say which sweep it is and how far it is."""
        runs = self.manifest.get("runs", {})
        return f"<Sweep of {self.manifest['id']}, {self.manifest['status']}, {runs.get('done', 0)} runs>"

    @property
    def is_finished(self) -> bool:
        """Whether every run that was planned is there."""
        return self.manifest["status"] == "finished"

    @property
    def design(self) -> "pd.DataFrame":
        """One row a combination of factors."""
        return reading.read_design(self.folder)

    @property
    def runs(self) -> "pd.DataFrame":
        """One row a run: factors, seed, outcomes, status, error, checksum."""
        return read_runs(self.folder)

    @property
    def weekly(self) -> "pd.DataFrame | None":
        """One row a run and week, where weekly series were kept."""
        return reading.read_table(self.folder, reading.WEEKLY)


def sweep(
    experiment: str | os.PathLike[str] | Mapping[str, Any] | Study,
    out: str | os.PathLike[str] | None = None,
    *,
    workers: int | None = None,
    executor: str = "processes",
    scheduler: str | None = None,
    shard: Shard | None = None,
    resume: bool = False,
    retry_failed: bool = False,
    quick: bool = False,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
    command: Sequence[str] = (),
) -> Sweep:
    """Run an experiment and keep every run.

    Parameters
    ----------
    experiment : str, path, mapping or Study
        A bundled study, a file, or the tables of one as a dictionary.
    out : str or path, optional
        Results folder; ``results/ID`` where left out. A shard gets a folder of its own inside it.
    workers : int, optional
        Runs at the same time; one for each core where left out.
    executor : str
        ``processes``, ``threads`` or ``dask``.
    scheduler : str, optional
        Address of a Dask scheduler; a local cluster where left out.
    shard : (int, int), optional
        Run only the i-th of n parts, counted from 1; `merge` puts them together.
    resume : bool
        Go on where the folder stopped; begins anew where there is none. Runs that failed count as done.
    retry_failed : bool
        When resuming, run failed runs again, with those of the same part. The same model fails in the same way; after
        a worker was killed, or the model was mended, they may go through.
    quick : bool
        Fewer rows and replicates, as the manifest then says.
    progress : callable, optional
        Called with the runs done now, the runs to do now, and the failed ones.
    stopped : callable, optional
        Asked now and then; once it says true, finished chunks are kept and the sweep can be resumed.
    command : sequence of str
        The command line, for the manifest.

    Returns
    -------
    Sweep

    Raises
    ------
    ExperimentError
        If the experiment is not in order.
    ResultsError
        If the folder holds something else, or the disk refuses.

    Notes
    -----
    The same runs come out to the bit for any number of workers, executor, division into shards, and interruptions.

    Examples
    --------
    >>> from sim import sweep
    >>> results = sweep("clear_mandate", quick=True)  # doctest: +SKIP
    >>> results.runs.groupby("clarity")["civilians_killed"].mean()  # doctest: +SKIP
    """
    plan = make_plan(experiment, quick=quick)
    if shard is not None:
        check_shard(plan, shard)
    folder = folder_of(plan, out, shard, quick=quick)
    about = {"quick": quick, "shard": list(shard) if shard else None}
    with (
        closing(Crew(executor, workers, scheduler)) as crew,
        opened(folder, plan, resume=resume, about=about, command=command, retry=retry_failed) as store,
    ):
        if store.parts and not same_makers(store.manifest):
            _compare(plan, store)
        if next(iter(without([shard_of(plan, shard)], spans(store))), None) is None:
            status = "finished"
        else:
            status = _carry_out(plan, store, crew, shard, progress, stopped)
        store.finish(status, counts(plan, store, shard), _ending(plan, store))
    return Sweep(folder)


def check_shard(plan: Plan, shard: Shard) -> None:
    """Refuse a shard that there is not.

    Raises
    ------
    ExperimentError
        If the number does not lie between 1 and the number of shards, or the sweep decides itself when to stop.
    """
    number, of = shard
    if not 1 <= number <= of:
        raise ExperimentError(f"a shard is a number from 1 to how many there are, such as 3/10; found {number}/{of}")
    if plan.experiment.design.stop is not None:
        raise ExperimentError("a sweep that decides when to stop cannot be divided: no shard sees all rows")


def folder_of(plan: Plan, out: str | os.PathLike[str] | None, shard: Shard | None = None, *, quick: bool) -> Path:
    """Say where the results go."""
    folder = Path(out) if out else Path("results") / (plan.experiment.id + ("-quick" if quick else ""))
    return folder / f"shard-{shard[0]:04d}-of-{shard[1]:04d}" if shard else folder


def spans(store: Store) -> list[Span]:
    """List the runs that a folder holds."""
    return joined((part.first, part.end) for part in store.parts)


def counts(plan: Plan, store: Store, shard: Shard | None) -> dict[str, int]:
    """Count the runs of a folder by how they ended."""
    first, end = shard_of(plan, shard)
    held = sum(part.end - part.first for part in store.parts)
    failed = 0
    if held:
        failed = int((read_runs(store.folder, ["run", "status"])["status"] == "failed").sum())
    return {"planned": end - first, "done": held - failed, "failed": failed}


def _carry_out(
    plan: Plan,
    store: Store,
    crew: Crew,
    shard: Shard | None,
    progress: Progress | None,
    stopped: Callable[[], bool],
) -> str:
    """Run what is missing; return ``finished`` or ``interrupted``."""
    with announced():
        ready = crew.submit(warm_up, plan.recipe)
        while not wait([ready], timeout=0.5).done:
            if stopped():
                return "interrupted"
    runner = Runner(plan, store, crew, ready.result(), stopped, progress)
    if plan.experiment.design.stop is None:
        return "finished" if runner.run([shard_of(plan, shard)]) else "interrupted"
    for first, end in rounds(plan):
        if not runner.run(blocks(plan, first, end)):
            return "interrupted"
        if is_narrow(plan, store):
            break
    return "finished"


def is_narrow(plan: Plan, store: Store) -> bool:
    """Whether the outcome that decides is known well enough in every row."""
    stop = plan.experiment.design.stop
    return stop is not None and all(width.half_width <= stop.half_width for width in known(plan, store))


def known(plan: Plan, store: Store) -> list[Width]:
    """Say how well the outcome that decides is known, row by row; rows that all failed are left out."""
    stop = plan.experiment.design.stop
    if stop is None or not store.parts:
        return []
    runs = read_runs(store.folder, ["run", "row", "arm", "replicate", "status", stop.outcome])
    return list(widths(runs, stop.outcome, stop.confidence))


def _ending(plan: Plan, store: Store) -> dict[str, Any]:
    """What the manifest says at the end, beside counts and checksums."""
    more: dict[str, Any] = {"damaged": store.damaged}  # found now: what was found before has been made anew
    rows = known(plan, store)
    if rows:
        widest = max(rows, key=lambda width: width.half_width)
        wide = widest.half_width
        more["stopped"] = {
            "replicates": max(width.replicates for width in rows),
            "widest_row": widest.row,
            "half_width": wide if wide < float("inf") else None,
        }
    return more


def _compare(plan: Plan, store: Store) -> None:
    """Run some finished runs again, because another model, package or machine made them.

    Raises
    ------
    ResultsError
        If one of them comes out different: the two must not be mixed.
    """
    runs = read_runs(store.folder, ["run", "checksum", "status"])
    good = runs[runs["status"] == "ok"]
    step = max(1, len(good) // N_CHECKED)
    sums = {int(run): str(sum_) for run, sum_ in zip(good["run"], good["checksum"], strict=True)}
    for number in list(sums)[::step][:N_CHECKED]:
        why = differing(plan, number, sums[number])
        if why:
            raise ResultsError(
                f"{store.folder} was begun by another version of the model or on another machine, and run {number} "
                f"comes out different here ({why}); finish it there, or begin anew with another --out"
            )
