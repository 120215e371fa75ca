"""``peacesim run``: one future or many, the summary, and a results folder."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.choose import choose
from sim.cli.leaving import DONE, FAILED, INTERRUPTED, complain, putting_off_ctrl_c
from sim.cli.progress import Progress
from sim.cli.talk import Talk, command_line
from sim.core.errors import InputError, SimError
from sim.core.seeds import MAX_SEED
from sim.results.plain import plain

if TYPE_CHECKING:
    from sim.results.columns import Finished
    from sim.results.result import Result
    from sim.results.store import Writer
    from sim.results.trunk import Trunk
    from sim.scenario.scenario import Scenario

N_EXPLAINED = 8
DEADLY = ("killing", "clash", "attack_on_mission")
TURNS = ("ceasefire", "agreement", "collapse", "election", "contributor_leaves")


@dataclass(frozen=True)
class Order(Talk):
    """What the command line asks for; the fields are its options."""

    name: str
    seed: int | None
    weeks: int | None
    settings: tuple[str, ...]
    without: tuple[str, ...]
    replicates: int
    workers: int | None
    without_mission: bool
    out: Path | None
    force: bool
    stride: int | None
    plots: bool
    explain: bool
    evaluate: bool
    from_week: int | None


@dataclass
class Done:
    """What has been run: the first run in full, all of them as rows."""

    first: "Result | None"
    runs: "list[Finished]"
    figure: str = ""
    left: int = 0  # runs that Ctrl-C came before

    @property
    def good(self) -> "list[Finished]":
        """Runs that went through."""
        return [run for run in self.runs if not run.error]

    @property
    def failed(self) -> "list[Finished]":
        """Runs that did not."""
        return [run for run in self.runs if run.error]


def carry_out(order: Order) -> int:
    """Run, print, write; return the exit code."""
    scenario = choose(
        order.name, order.settings, order.weeks, without=order.without, without_mission=order.without_mission
    )
    trunk = trunk_of(scenario, order)
    seeds = seeds_of(scenario, order)
    folder = order.out or default_folder(scenario, seeds, order)

    from sim.results.store import results_folder

    with results_folder(folder, scenario, seeds, command=command_line(), force=order.force, trunk=trunk) as writer:
        done = run_all(scenario, seeds, order, writer, trunk)
        if done.left:
            writer.stop()
        if order.plots and done.first is not None:
            done.figure = draw(done.first, writer)
    figure = folder / done.figure if done.figure else None
    if order.as_json:
        typer.echo(json.dumps(answer(scenario, seeds, done, folder, figure), indent=1, ensure_ascii=False))
    elif order.quiet:
        typer.echo(folder)
    else:
        tell(scenario, done, order, folder, figure)
    for run in done.failed[:3]:
        complain(f"seed {run.seed} failed: {run.error}")
    if done.left:
        complain(rest_of(done, seeds, order))
        return INTERRUPTED
    return FAILED if done.failed else DONE


def rest_of(done: Done, seeds: range, order: Order) -> str:
    """Say what an interrupted command has done and how to run the rest."""
    folder = " and another --out" if order.out else ""
    more = f"--seed {seeds[len(done.runs)]} --replicates {done.left}{folder}"
    return f"interrupted: {len(done.runs)} of {len(seeds)} runs are done and kept; for the rest: {more}"


def trunk_of(scenario: "Scenario", order: Order) -> "Trunk | None":
    """Return what the runs fork from: the scenario as its file says, up to the week from which options hold.

    Raises
    ------
    ScenarioError
        With everything that cannot change at that week.
    """
    if order.from_week is None:
        return None
    from sim.results.trunk import Trunk
    from sim.scenario.midway import check_midway

    trunk = Trunk(choose(order.name), order.from_week)
    check_midway(trunk.scenario, scenario, trunk.week)
    return trunk


def seeds_of(scenario: "Scenario", order: Order) -> range:
    """Return the seeds: as many as replicates, from the first one up."""
    first = scenario.about.seed if order.seed is None else order.seed
    if first + order.replicates - 1 > MAX_SEED:
        raise InputError(f"--seed {first} leaves no room for {order.replicates} replicates below 2**63")
    return range(first, first + order.replicates)


def default_folder(scenario: "Scenario", seeds: range, order: Order) -> Path:
    """Name a folder for a run; one whose scenario was changed gets a few letters of its fingerprint."""
    name = f"{scenario.id}-seed{seeds[0]}"
    if len(seeds) > 1:
        name += f"-x{len(seeds)}"
    if order.without_mission:
        name += "-without-mission"
    if order.from_week is not None:
        name += f"-from-week-{order.from_week}"
    if order.settings or order.without or order.weeks is not None:
        name += f"-{scenario.digest()[:6]}"
    return Path("results") / name


def run_all(scenario: "Scenario", seeds: range, order: Order, writer: "Writer", trunk: "Trunk | None" = None) -> Done:
    """Run the first seed in full and the others for their rows; hand each to the writer as it comes."""
    from sim.core.notice import compile_notice

    done = Done(None, [])
    with compile_notice(shown=order.talks):
        first = first_run(scenario, seeds[0], order, trunk, tolerant=len(seeds) > 1)
        with putting_off_ctrl_c() as asked:
            for run in first_and_others(first, scenario, seeds, order, trunk):
                writer.add(run)
                # The weekly table is on its way to the disk; only the row stays in memory.
                done.runs.append(run._replace(weekly=None))
                if asked.is_set():
                    break
    done.left = len(seeds) - len(done.runs)
    if not isinstance(first, tuple):
        done.first = first
        writer.add_story(first)
    return done


def first_run(
    scenario: "Scenario", seed: int, order: Order, trunk: "Trunk | None", *, tolerant: bool
) -> "Result | Finished":
    """Run the first seed; where it is one of many, a failure becomes a row like any other."""
    from sim.engine.fork import run_on
    from sim.engine.replicate import prepare
    from sim.engine.run import MAP_STRIDE
    from sim.results.columns import Finished

    stride = MAP_STRIDE if order.stride is None else order.stride
    try:
        prepare(scenario, seed)  # so that the clock below does not count the compiler's time
        with Progress("weeks", shown=order.talks) as progress:
            return run_on(scenario, seed, trunk, stride=stride, progress=progress)
    except InputError:
        raise
    except SimError as error:
        if not tolerant:
            raise
        return Finished(seed, {}, None, "", f"{type(error).__name__}: {error}")


def first_and_others(
    first: "Result | Finished", scenario: "Scenario", seeds: range, order: Order, trunk: "Trunk | None"
) -> "Iterator[Finished]":
    """Give the first run, then the others in the order of their seeds."""
    from sim.engine.replicate import replicates
    from sim.results.columns import Finished
    from sim.results.store import finished

    yield first if isinstance(first, Finished) else finished(first)
    if len(seeds) > 1:
        with Progress("runs", shown=order.talks) as progress:
            for run in replicates(scenario, seeds[1:], order.workers, progress=progress, trunk=trunk):
                yield Finished(run.seed, run.outcomes, run.weekly, run.checksum, run.error)


def draw(result: "Result", writer: "Writer") -> str:
    """Draw the summary figure into the results; return its path inside the folder."""
    path = writer.figure_path("summary.png")
    result.plot(path)
    return path.relative_to(writer.draft).as_posix()


def tell(scenario: "Scenario", done: Done, order: Order, folder: Path, figure: Path | None) -> None:
    """Print the summary, the report and the explanations if asked for, and where everything is."""
    from sim.results.summary import summarise

    if order.from_week is not None:
        day = scenario.date_of(order.from_week)
        typer.echo(f"Until {day} (week {order.from_week}) as its file says; from then on with the changes asked for.\n")
    if done.good:
        typer.echo(summarise(scenario, [run.outcomes for run in done.good], [run.seed for run in done.good]))
        typer.echo()
    if order.evaluate and done.first is not None:
        typer.echo(f"{done.first.evaluation}\n")
    if order.explain and done.first is not None:
        for line in explanations(done.first):
            typer.echo(line)
        typer.echo()
    if figure is not None:
        typer.echo(f"Figure:   {figure}")
    typer.echo(f"Results:  {folder}")


def explanations(result: "Result") -> Iterator[str]:
    """Tell the deadliest events and the turns of a run, and what made them likely."""
    deadly = sorted((e for e in result.told if e.kind in DEADLY), key=lambda event: (-event.size, event.week))
    turns = [event for event in result.told if event.kind in TURNS]
    for title, events in (("deadliest events", deadly), ("turns", turns)):
        if events:
            yield f"The {title} of seed {result.seed}, and what made them more or less likely"
        for event in events[:N_EXPLAINED]:
            yield f"{event.date}  {event.text}"
            yield f"{'':12}{event.because or 'nothing out of the ordinary'}"


def answer(scenario: "Scenario", seeds: range, done: Done, folder: Path, figure: Path | None) -> dict[str, Any]:
    """Return what ``--json`` prints: one number an outcome, or its spread over several runs."""
    from sim.results.spread import spreads

    good = [run.outcomes for run in done.good]
    single = len(seeds) == 1
    found: dict[str, Any] = dict(good[0]) if single and good else {}
    if not single:
        found = {name: spread._asdict() for name, spread in spreads(good).items()}
    return {
        "scenario": scenario.id,
        "digest": scenario.digest(),
        "weeks": scenario.weeks,
        "seeds": [seeds[0], seeds[-1]],
        "runs": {"done": len(done.good), "failed": len(done.failed)},
        "checksum": done.runs[0].checksum,
        "results": str(folder),
        "figure": None if figure is None else str(figure),
        "outcomes": plain(found),
    }
