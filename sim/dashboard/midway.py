"""Which levers a page may still move once a run is under way, and how far."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sim.dashboard.levers import Lever
from sim.scenario.midway import SETTLED, in_force
from sim.scenario.scenario import Scenario

ANY = "*"
CEILINGS = "mission.mandate.authorised."
PLEDGES = "contributors.*.pledged"


def midway(known: Iterable[Lever], past: Scenario, week: int) -> tuple[Lever, ...]:
    """Return the levers that may move from some week on.

    Left out is what describes the start of the run. Pledges can only grow, and of the dated ceilings only the one in
    force and those that lie ahead can change, as in `sim.scenario.midway.check_midway`.

    Parameters
    ----------
    known : iterable of Lever
        All levers of the past.
    past : Scenario
        As it runs until then.
    week : int
        First week under the changed settings.
    """
    return tuple(_ahead(lever, past, week) for lever in known if not settled(lever.path))


def settled(path: str) -> bool:
    """Tell whether a number, by its path with ``*`` for every item, is settled at the start of a run."""
    keys = path.split(".")
    return any(_begins(keys, pattern) for pattern in SETTLED)


def _begins(keys: list[str], pattern: tuple[str, ...]) -> bool:
    pairs = zip(keys, pattern, strict=False)
    return len(keys) >= len(pattern) and all(wanted in (key, ANY) for key, wanted in pairs)


def _ahead(lever: Lever, past: Scenario, week: int) -> Lever:
    if lever.path == PLEDGES:
        return replace(lever, low=1.0)
    if lever.path.startswith(CEILINGS) and past.mission is not None:
        now = in_force(past, past.mission, week)
        return replace(lever, parts=tuple(_not_over(lever, now)))
    return lever


def _not_over(lever: Lever, now: int) -> Iterator[tuple[str, float]]:
    for path, value in lever.parts:
        if int(path.removeprefix(CEILINGS).partition(".")[0]) >= now:
            yield path, value
