"""Runs for the page: one in full to look at, many as rows for the fan, and which of the many is the typical one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.dashboard.course import Course
from sim.dashboard.player.encode import encode_run
from sim.dashboard.shelf import Shelf
from sim.dashboard.works import GivenUpError, Unwanted
from sim.engine.run import MAP_STRIDE
from sim.results.outcomes import measure
from sim.results.result import Result
from sim.results.trace import COLUMN_OF
from sim.world.tables import Floats

# What makes two futures of a country alike.
TOLLS = ("battle_deaths", "civilians_killed", "crossfire_deaths")
STATES = ("displaced", "refugees", "state_control", "fear", "trust_state", "deployed", "commitment")
QUARTER = 13
# Outcomes that cards, tours and debriefs tell of; the others of the catalogue are not worked out for a future.
TOLD = (
    "civilian_deaths", "battle_deaths", "displaced_end", "conflict_years_25", "trust_state_end", "peacekeepers_killed",
    "cost_usd",
)  # fmt: skip


class Member(NamedTuple):
    """One of many futures: its outcomes and its weekly table (weeks, series), not its world."""

    seed: int
    outcomes: dict[str, float]
    weekly: np.ndarray


class Shown(NamedTuple):
    """One future in full: as the player's message, and as a result whose maps are thinned to one a quarter."""

    result: Result
    message: bytes


def show(course: Course, seed: int, unwanted: Unwanted, pasts: Shelf | None = None) -> tuple[Shown, int]:
    """Run one future with everything that the player shows; give it with its size in bytes.

    Raises
    ------
    GivenUpError
        If nobody wants it any more.
    """
    result = course.run(seed, _giving_up(unwanted), pasts)
    message = encode_run(result)
    thin = thinned(result)
    size = len(message) + thin.world.record.layers.nbytes + thin.weekly_array.nbytes + 2_000_000
    return Shown(thin, message), size


def follow(course: Course, seed: int, unwanted: Unwanted, pasts: Shelf | None = None) -> tuple[Member, int]:
    """Run one future for its row; give it with its size in bytes.

    Raises
    ------
    GivenUpError
        If nobody wants it any more.
    """
    world = course.simulate(seed, _giving_up(unwanted), pasts=pasts)
    weekly = world.record.weekly.astype(np.float32)
    return Member(seed, measure(course.scenario, world, TOLD), weekly), weekly.nbytes + 10_000


def thinned(result: Result) -> Result:
    """Return a result that keeps one map a quarter, not one a week, and no positions: what figures and tables need."""
    record = result.world.record
    stride = max(1, MAP_STRIDE // max(1, int(record.stride[0])))
    change = {"layers": record.layers[::stride].copy(), "stride": record.stride * stride}
    change |= {name: getattr(record, name)[:0].copy() for name in ("unit_track", "band_track") if hasattr(record, name)}
    thin = Result(result.scenario, result.seed, result.world._replace(record=record._replace(**change)), result.trunk)
    thin.told = result.told  # worked out once; the page asks for it before it shows the run
    return thin


def typical(members: Sequence[Member]) -> list[int]:
    """Order futures from the most to the least typical; the first one is the medoid.

    The distance between two is that between their courses, quarter by quarter, each series measured by how much
    futures differ in it: tolls as running totals, on a log scale, since they span orders of magnitude.

    Returns
    -------
    list of int
        Numbers of the members.
    """
    courses = [np.log1p(_columns(members, TOLLS).cumsum(axis=1)), _columns(members, STATES)]
    course = np.concatenate(courses, axis=2)[:, ::QUARTER]  # (members, quarters, series)
    spread = course.std(axis=(0, 1))
    flat = (course / np.where(spread > 0.0, spread, 1.0)).reshape(len(members), -1)
    squares = (flat**2).sum(axis=1)
    distance = np.sqrt(np.maximum(squares[:, None] + squares[None] - 2.0 * flat @ flat.T, 0.0))
    return [int(number) for number in np.argsort(distance.sum(axis=1), kind="stable")]


def weekly_tables(members: Sequence[Member]) -> Floats:
    """Return the weekly tables as one array (members, weeks, series)."""
    return np.stack([member.weekly for member in members]).astype(np.float64)


def _columns(members: Sequence[Member], names: Sequence[str]) -> np.ndarray:
    numbers = [COLUMN_OF[name] for name in names]
    return np.stack([member.weekly[:, numbers] for member in members]).astype(np.float64)


def _giving_up(unwanted: Unwanted):  # type: ignore[no-untyped-def]
    def progress(done: int, total: int) -> None:
        if done < total and unwanted():
            raise GivenUpError

    return progress
