"""A whole run as messages to the player: the run first, its fan of futures after it.

The run is sent once: maps of every kept week as one byte a cell and layer, positions of units and bands, weekly
series, events in words. All playing then happens in the browser.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.dashboard.player.charts import QUANTILES, chart_cards, fan_of, lines_of
from sim.dashboard.player.ground import ground_arrays, ground_card, group_cards, mission_cards, unit_cards
from sim.dashboard.player.happenings import cause_cards, event_cards
from sim.dashboard.player.layers import VALUE_LAYERS, layer_cards, layer_values, to_bytes
from sim.dashboard.player.pack import pack
from sim.world.kinds import MissionStage, Stage
from sim.world.series import FIRST_STATE, Layer, State

if TYPE_CHECKING:
    from sim.results.result import Result
    from sim.results.trunk import Trunk
    from sim.scenario.scenario import Scenario
    from sim.world.tables import Floats

FORMAT = 1
NONE8, NONE16 = 255, 65535


def watch(scenario: "Scenario", seed: int, progress: Any = None, trunk: "Trunk | None" = None) -> "Result":
    """Run a scenario once and keep what the player shows: maps and positions of every week.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    progress : callable, optional
        Called now and then with the weeks done and the weeks in all.
    trunk : Trunk, optional
        What the run is forked from.
    """
    from sim.engine.fork import run_on

    return run_on(scenario, seed, trunk, stride=1, progress=progress)


def encode(
    result: "Result",
    other: "Result | None" = None,
    *,
    fan: "Floats | None" = None,
    fan_other: "Floats | None" = None,
    labels: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the traits of the player for a run, and for the world beside it.

    Parameters
    ----------
    result : Result
        A run that kept its maps; `watch` keeps all the player can show.
    other : Result, optional
        The world beside it, as a rule the same country and luck without the mission.
    fan, fan_other : array (runs, weeks, series), optional
        Weekly tables of many futures of each.
    labels : mapping, optional
        Names of the two worlds, ``run`` and ``other``.
    options : mapping, optional
        How the player begins; see ``static/options.js``.

    Raises
    ------
    ValueError
        If a run kept no maps.
    """
    names = {"run": "With the mission" if result.scenario.missions else "Without a mission", "other": "Without it"}
    return {
        "run": encode_run(result),
        "other": b"" if other is None else encode_run(other),
        "fan": b"" if fan is None else encode_fan(fan, run_id(result)),
        "fan_other": b"" if fan_other is None or other is None else encode_fan(fan_other, run_id(other)),
        "week": 0,
        "fork_week": 0 if result.trunk is None else result.trunk.week,
        "selected_cell": -1,
        "labels": {**names, **(labels or {})},
        "options": {**({"one_past": True} if one_past(result, other) else {}), **(options or {})},
    }


def one_past(result: "Result", other: "Result | None") -> bool:
    """Tell whether two runs are one until a week in which the policy of the first changes."""
    trunk = result.trunk
    if trunk is None or other is None or other.seed != result.seed:
        return False
    if other.trunk is None:
        return trunk.trunk is None and other.scenario.digest() == trunk.scenario.digest()
    return other.trunk.digest() == trunk.digest()


def run_id(result: "Result") -> str:
    """Return what names a run in all messages about it."""
    digest = result.scenario.digest()
    if result.trunk is not None:
        digest = f"{digest[:8]}{result.trunk.digest()[:8]}"
    return f"{digest[:16]}-{result.seed}"


def encode_run(result: "Result") -> bytes:
    """Return the message that holds a whole run.

    Raises
    ------
    ValueError
        If the run kept no maps.
    """
    if len(result.cells) == 0:
        raise ValueError("this run kept no maps; run it with stride=1, or by sim.dashboard.player.encode.watch")
    arrays = ground_arrays(result) | map_arrays(result) | position_arrays(result)
    arrays["series"] = lines_of(result.weekly_array)
    arrays["stage"] = result.weekly_array[:, FIRST_STATE + State.STAGE].astype(np.uint8)
    arrays["mission_stage"] = result.weekly_array[:, FIRST_STATE + State.MISSION_STAGE].astype(np.uint8)
    along = {"layers": 1, "ruler": 0, "share": 0, "unit_cell": 0, "unit_people": 0, "unit_mission": 0}
    along |= {"band_cell": 0, "band_people": 0, "band_group": 0, "band_status": 0, "stage": 0, "mission_stage": 0}
    return pack(header(result), arrays, along)


def header(result: "Result") -> dict[str, Any]:
    """Return everything about a run that is not an array."""
    about = result.scenario.about
    return {
        "format": FORMAT,
        "id": run_id(result),
        "title": about.title,
        "scenario": result.scenario.id,
        "summary": " ".join(about.summary.split()),
        "seed": str(result.seed),  # as text: JavaScript's numbers end at 2**53
        "weeks": len(result.weekly_array),
        "start": about.start.isoformat(),
        "stride": int(result.world.record.stride[0]),
        "has_mission": bool(result.scenario.missions),
        "ground": ground_card(result),
        "groups": group_cards(result),
        "missions": mission_cards(result),
        "units": unit_cards(result, ever_out(result.world.record.unit_track)),
        "layers": layer_cards(),
        "charts": chart_cards(),
        "events": event_cards(result.told),
        "causes": cause_cards(),
        "stages": [stage.name.lower().replace("_", "-") for stage in Stage],
        "mission_stages": [stage.name.lower() for stage in MissionStage],
    }


def map_arrays(result: "Result") -> dict[str, np.ndarray]:
    """Return the layers (layers, frames, cells), who rules each cell (255 nobody), and the ruler's share."""
    maps, mission = result.cells.array, bool(result.scenario.missions)
    layers = np.stack([to_bytes(layer_values(maps, layer.id, mission=mission), layer) for layer in VALUE_LAYERS])
    ruler = maps[:, Layer.RULER]
    return {
        "layers": layers,
        "ruler": np.where(ruler < 0, NONE8, ruler).astype(np.uint8),
        "share": np.rint(255.0 * np.clip(maps[:, Layer.RULER_SHARE], 0.0, 1.0)).astype(np.uint8),
    }


def ever_out(track: np.ndarray) -> np.ndarray:
    """Return the rows of units or bands that are somewhere in at least one frame."""
    return np.flatnonzero((track[..., 0] >= 0).any(axis=0))


def position_arrays(result: "Result") -> dict[str, np.ndarray]:
    """Return cells (65535 for nowhere) and sizes by frame of the units and bands that are ever out."""
    record = result.world.record
    units = record.unit_track.take(ever_out(record.unit_track), axis=1)
    bands = record.band_track.take(ever_out(record.band_track), axis=1)
    return {
        "unit_cell": cells16(units[..., 0]),
        "unit_people": people16(units[..., 1]),
        "unit_mission": units[..., 2].astype(np.uint8),
        "band_cell": cells16(bands[..., 0]),
        "band_people": people16(bands[..., 1]),
        "band_group": bands[..., 2].astype(np.uint8),
        "band_status": bands[..., 3].astype(np.uint8),
    }


def cells16(cells: np.ndarray) -> np.ndarray:
    """Return cells as 16 bits, nowhere as 65535."""
    return np.where(cells < 0, NONE16, cells).astype(np.uint16)


def people16(people: np.ndarray) -> np.ndarray:
    """Return numbers of people as 16 bits, cut at 65535."""
    return np.minimum(people, NONE16).astype(np.uint16)


def encode_fan(weekly: "Floats", run: str = "") -> bytes:
    """Return the message that holds a fan of futures.

    Parameters
    ----------
    weekly : array (runs, weeks, series)
        Weekly tables of the futures.
    run : str
        The run it belongs to, by `run_id`; the player drops a fan of another run. Empty fits any run.
    """
    quantiles, single = fan_of(weekly)
    card = {"format": FORMAT, "id": run, "runs": len(weekly), "quantiles": list(QUANTILES)}
    return pack(card, {"quantiles": quantiles, "single": single}, {})
