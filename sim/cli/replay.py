"""``peacesim replay``: one HTML file that plays a run in any browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.choose import choose
from sim.cli.leaving import DONE
from sim.cli.progress import Progress
from sim.core.errors import InputError
from sim.core.seeds import MAX_SEED

if TYPE_CHECKING:
    import numpy as np

    from sim.results.result import Result
    from sim.results.trunk import Trunk
    from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class ReplayOrder:
    """What the command line asks for; the fields are its options."""

    name: str
    seed: int | None
    weeks: int | None
    settings: tuple[str, ...]
    out: Path | None
    without_mission: bool
    alone: bool
    futures: int
    quiet: bool


def make_replay(order: ReplayOrder) -> int:
    """Run a scenario, and the same country without the mission beside it; write the file; return the exit code."""
    from sim.core.notice import compile_notice
    from sim.dashboard.replay import write_replay

    scenario, seed, trunk = asked_for(order)
    path = order.out or Path("results") / f"{scenario.id}-seed{seed}{'-without-mission' * order.without_mission}.html"
    check_path(path)
    beside = not (order.alone or order.without_mission) and bool(scenario.missions)
    other = scenario.without_mission() if beside else None
    with compile_notice(shown=not order.quiet):
        shown, fan = played(scenario, seed, order, trunk)
        aside, fan_aside = (None, None) if other is None else played(other, seed, order)
    write_replay(shown, path, aside, fan, fan_other=fan_aside)
    typer.echo(
        path if order.quiet else f"Replay:   {path} ({path.stat().st_size / 1e6:.1f} MB; open it in any browser)"
    )
    return DONE


def asked_for(order: ReplayOrder) -> "tuple[Scenario, int, Trunk | None]":
    """Return scenario, seed and what the run is forked from; those of a results folder where its path is given.

    Raises
    ------
    InputError
        If the folder holds no run, or not that seed.
    ScenarioError
        With everything that is wrong with the scenario.
    """
    folder = Path(order.name)
    name, seed, trunk = order.name, order.seed, None
    if folder.is_dir():
        from sim.experiment.again import trunk_of
        from sim.results.folder import MANIFEST, read_manifest

        held = read_manifest(folder)
        if held is None:
            raise InputError(f"{folder} is not a results folder: it has no {MANIFEST}; give a scenario or a folder")
        if not (folder / "scenario.toml").is_file():
            raise InputError(f"{folder} holds a {held.get('kind')}, not runs of one scenario; give a scenario")
        name, seeds = str(folder / "scenario.toml"), held.get("seeds") or []
        if seed is not None and seed not in seeds:
            raise InputError(f"--seed {seed} is not among the runs of {folder}; its seeds are {in_words(seeds)}")
        seed = seeds[0] if seed is None and seeds else seed
        trunk = None if order.without_mission else trunk_of(held)
    scenario = choose(name, order.settings, order.weeks, without_mission=order.without_mission)
    return scenario, scenario.about.seed if seed is None else int(seed), trunk


def in_words(seeds: Sequence[int]) -> str:
    """List seeds, a range of them by its ends."""
    return f"{seeds[0]} to {seeds[-1]}" if len(seeds) > 4 else ", ".join(map(str, seeds))


def check_path(path: Path) -> None:
    """Refuse what cannot become the file, before anything is run.

    Raises
    ------
    InputError
        If a folder stands there, or the name is not that of an HTML file.
    """
    if path.is_dir():
        raise InputError(f"--out {path} is a folder; name the file, such as {path / 'replay.html'}")
    if path.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"--out {path} does not end in .html")


def played(
    scenario: "Scenario", seed: int, order: ReplayOrder, trunk: "Trunk | None" = None
) -> "tuple[Result, np.ndarray | None]":
    """Run the future that is shown, with all its maps, and the futures of the fan, of which it is one."""
    import numpy as np

    from sim.dashboard.player.encode import watch
    from sim.engine.replicate import prepare, replicates

    prepare(scenario, seed)  # so that no clock counts the compiler's time
    with Progress("weeks", shown=not order.quiet) as progress:
        result = watch(scenario, seed, progress, trunk)
    if order.futures < 2:
        return result, None
    first = min(seed, MAX_SEED - order.futures + 1)
    with Progress("futures", shown=not order.quiet) as progress:
        runs = list(replicates(scenario, range(first, first + order.futures), progress=progress, trunk=trunk))
    weekly: list[Any] = [run.weekly for run in runs if run.weekly is not None]
    return result, np.stack(weekly) if weekly else None
