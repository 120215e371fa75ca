"""Which dates of a run are worth a map, and what the country looks like on them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.world.kinds import Count, EventKind
from sim.world.series import FIRST_STATE, LAYERS, Layer, State
from sim.world.tables import World
from sim.world.whereabouts import NOBODY

QUARTER = 13
MOST_MAPS = 4
GROWN = 0.97  # of its largest strength, from which a mission is at its height


class Moment(NamedTuple):
    """The country on one date."""

    week: int
    label: str
    ruler: np.ndarray  # (C,) armed group, -1 for nobody
    presence: np.ndarray  # (C,) effective peacekeepers
    displaced: np.ndarray  # (C,) people hosted
    deaths: np.ndarray  # (C,) in the weeks of ``window`` that end here, or in the first ones at the start


def choose_weeks(
    weeks: int, kept: Sequence[int], mission: int | None, height: int | None, worst: int
) -> list[tuple[int, str]]:
    """Choose up to four weeks of a run for its maps.

    Parameters
    ----------
    weeks : int
        Length of the run.
    kept : sequence of int
        Weeks of which a map was kept, in order; the last week of the run can always be drawn.
    mission, height : int or None
        Week in which the mission starts and in which it has grown up; None where there is no mission.
    worst : int
        Week in which the deadliest quarter ends.

    Returns
    -------
    list of (int, str)
        Weeks with a few words on each, in order of time.
    """
    wishes: list[tuple[int, str]] = []
    if mission is not None and height is not None:
        before = [week for week in kept if week <= mission]
        wishes += [(before[-1], "before the mission")] if before else []
        wishes.append((height, "height of the mission"))
    # The map of the start shows the deaths of the first quarter already.
    wishes += [(worst, "deadliest quarter")] if worst >= 2 * QUARTER or worst > weeks // 4 else []
    wishes.append((weeks // 2, "halfway"))
    wishes += [(weeks // 4, "a quarter through"), (3 * weeks // 4, "three quarters through")]
    chosen = [(weeks - 1, "end of run")]
    apart = max(1, min(QUARTER, weeks // 8))
    for week, label in [(0, "start of run"), *wishes]:
        near = min(kept, key=lambda k: abs(k - week), default=None)
        if near is not None and len(chosen) < MOST_MAPS and all(abs(near - w) >= apart for w, _ in chosen):
            chosen.append((near, label))
    return sorted(chosen)


def moments_of(result) -> list[Moment]:
    """Return the country of a result on the dates chosen for its maps."""
    weekly, scenario, record = result.weekly_array, result.scenario, result.world.record
    weeks, stride = len(weekly), int(record.stride[0])
    kept = [k * stride for k in range(len(record.layers)) if k * stride < weeks] if stride > 0 else []
    mission = height = None
    if scenario.missions:
        mission = max(0, min(scenario.week_of(item.start) for item in scenario.missions[:1]))
        deployed = weekly[:, FIRST_STATE + State.DEPLOYED]
        height = int(np.argmax(deployed >= GROWN * deployed.max())) if deployed.max(initial=0.0) > 0.0 else mission
    dead = weekly[:, [Count.BATTLE_DEATHS, Count.CIVILIANS_KILLED, Count.CROSSFIRE]].sum(axis=1)
    worst = int(np.argmax(np.convolve(dead, np.ones(QUARTER))[:weeks]))
    out = []
    for week, label in choose_weeks(weeks, kept, mission, height, worst):
        layers = final_layers(result.world) if week == weeks - 1 else record.layers[week // stride]
        deaths = deaths_by_cell(result.world, week, window(weeks))
        out.append(
            Moment(
                week,
                label,
                layers[Layer.RULER].astype(int),
                layers[Layer.PRESENCE],
                layers[Layer.DISPLACED],
                deaths,
            )
        )
    return out


def final_layers(world: World) -> np.ndarray:
    """Return the map layers at the end of a run that ``Moment`` needs, in the order of ``Layer``."""
    control, presence = world.communities.control, world.presence
    layers = np.zeros((len(LAYERS), control.shape[1]))
    layers[Layer.RULER] = -1.0
    if control.shape[0] > 0:
        best = control.argmax(axis=0)
        layers[Layer.RULER] = np.where(control.max(axis=0) > NOBODY, best, -1)
    layers[Layer.PRESENCE] = presence.troops + presence.police + presence.observers + presence.civilians
    layers[Layer.DISPLACED] = world.communities.hosted.sum(axis=0)
    return layers


def window(weeks: int) -> int:
    """Return the weeks over which the maps of a run sum deaths: a quarter, less in a short run."""
    return max(1, min(QUARTER, weeks // 2))


def deaths_by_cell(world: World, week: int, during: int) -> np.ndarray:
    """Return the deaths by violence in each cell during some weeks up to a week, or from the start."""
    log, n = world.log, int(world.log.count[0])
    first = max(0, week - during + 1)
    kind, when, cell = log.kind[:n], log.week[:n], log.cell[:n]
    inside = (when >= first) & (when < first + during) & (cell >= 0)
    clash = inside & (kind == EventKind.CLASH)
    killing = inside & (kind == EventKind.KILLING)
    deaths = np.bincount(
        cell[clash], weights=(log.size[:n] + log.size_other[:n])[clash], minlength=len(world.geography.row)
    )
    return deaths + np.bincount(cell[killing], weights=log.size[:n][killing], minlength=len(deaths))
