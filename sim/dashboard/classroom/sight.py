"""What a seat sees of its own world: the run with everything left out that it would not know."""

from typing import Any

import numpy as np

from sim.dashboard.classroom.roles import Role, armed_group, home_region
from sim.dashboard.futures import Shown, thinned
from sim.dashboard.player.charts import lines_of
from sim.dashboard.player.encode import NONE16, header, map_arrays, position_arrays
from sim.dashboard.player.ground import LAND_ABROAD, ground_arrays
from sim.dashboard.player.layers import VALUE_LAYERS
from sim.dashboard.player.pack import pack
from sim.dashboard.works import GivenUpError, Unwanted
from sim.engine.run import advance, switches
from sim.engine.step import SCHEDULE
from sim.results.result import Result
from sim.results.trace import COLUMN_OF
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.kinds import EventKind
from sim.world.rates import build_rates
from sim.world.series import FIRST_STATE, Layer, State
from sim.world.tables import Log, World

BRIEFING_WEEKS = 13  # headquarters' picture is drawn anew once a quarter
KNOWN = {
    "title": "Known incidents",
    "unit": "known incidents per 1,000 km2 round about, fading",
    "explains": "What has reached headquarters, as of the start of the quarter. What nobody saw or told is not on it.",
}
# Groups by row in `actor` and `other` of the log, by kind of event.
PARTY = {
    EventKind.CLASH: ("actor", "other"),
    EventKind.KILLING: ("actor",),
    EventKind.ATTACK_ON_MISSION: ("actor",),
    EventKind.OFFENSIVE: ("other",),
}
REASONS = ("factors", "base", "hazard", "often")


def seen(scenario: Scenario, seed: int, role: Role, unwanted: Unwanted) -> tuple[Shown, int]:
    """Run one future and keep what a seat would know of it; give it with its size in bytes.

    Raises
    ------
    GivenUpError
        If nobody wants it any more.
    """
    world, pictures = _watched(scenario, seed, unwanted, reports=role.reports)
    result = Result(scenario, seed, known(world, scenario, role, pictures))
    message = message_for(result, role)
    thin = thinned(result)
    return Shown(thin, message), len(message) + thin.world.record.layers.nbytes + thin.weekly_array.nbytes + 2_000_000


def known(world: World, scenario: Scenario, role: Role, pictures: np.ndarray) -> World:
    """Return the world as far as a seat knows it: unknown series are 0, unknown bands nowhere, unknown events gone.

    Parameters
    ----------
    world : World
        At the end of a run that kept a map every week.
    scenario : Scenario
    role : Role
    pictures : array (quarters, cells)
        Headquarters' picture at the start of each quarter; not read where the seat has none.
    """
    record = world.record
    weekly = np.zeros_like(record.weekly)
    for name in role.series:
        weekly[:, COLUMN_OF[name]] = record.weekly[:, COLUMN_OF[name]]
    layers, bands, units = record.layers.copy(), record.band_track.copy(), record.unit_track.copy()
    if role.reports:
        layers[:, Layer.VIOLENCE] = np.repeat(pictures, BRIEFING_WEEKS, axis=0)[: len(layers)]
    if not role.units:
        units[..., 0] = -1
    if role.own_bands:
        own = bands[..., 2] == armed_group(scenario)
        weekly[:, FIRST_STATE + State.FIGHTERS] = np.where(own & (bands[..., 0] >= 0), bands[..., 1], 0).sum(axis=1)
        bands[..., 0] = np.where(own, bands[..., 0], -1)
    elif not role.home_only:
        bands[..., 0] = -1
    record = record._replace(weekly=weekly, layers=layers, band_track=bands, unit_track=units)
    return world._replace(record=record, log=known_log(world, scenario, role))


def known_log(world: World, scenario: Scenario, role: Role) -> Log:
    """Return the events that reach a seat, in their order."""
    log, n = world.log, int(world.log.count[0])
    keep = np.isin(log.kind[:n], [int(kind) for kind in role.events])
    if role.home_only:
        cell = log.cell[:n]
        keep |= (cell >= 0) & (world.geography.region[np.maximum(cell, 0)] == home_region(scenario))
    if role.own_bands:
        for kind, places in PARTY.items():
            mine = np.any([getattr(log, place)[:n] == armed_group(scenario) for place in places], axis=0)
            keep |= (log.kind[:n] == kind) & mine
    rows = np.flatnonzero(keep)
    columns = [column[:n][rows] for column in log[1:]]
    return Log(np.array([len(rows)], dtype=log.count.dtype), *columns)


def message_for(result: Result, role: Role) -> bytes:
    """Return the player's message with the layers, cells and reasons of a seat only."""
    head = header(result)
    arrays = ground_arrays(result) | map_arrays(result) | position_arrays(result)
    arrays["series"] = lines_of(result.weekly_array)
    for name, state in (("stage", State.STAGE), ("mission_stage", State.MISSION_STAGE)):
        arrays[name] = result.weekly_array[:, FIRST_STATE + state].astype(np.uint8)
    rows = [row for row, layer in enumerate(VALUE_LAYERS) if layer.id in role.layers]
    arrays["layers"] = arrays["layers"][rows]
    head["layers"] = [head["layers"][row] for row in rows]
    head["id"] += f"-{role.id}"
    if role.reports:
        head["layers"] = [card | KNOWN if card["id"] == "violence" else card for card in head["layers"]]
    for card in head["events"]:
        card["because"] = ""
        for name in REASONS:
            card.pop(name, None)
    if role.home_only:
        _cut(head, arrays, np.flatnonzero(result.world.geography.region == home_region(result.scenario)))
    along = {"layers": 1, "ruler": 0, "share": 0, "unit_cell": 0, "unit_people": 0, "unit_mission": 0}
    along |= {"band_cell": 0, "band_people": 0, "band_group": 0, "band_status": 0, "stage": 0, "mission_stage": 0}
    return pack(head, arrays, along)


def _cut(head: dict[str, Any], arrays: dict[str, np.ndarray], cells: np.ndarray) -> None:
    """Leave nothing of the country but some cells; the rest is drawn as foreign land."""
    number = np.full(len(arrays["row"]), -1)
    number[cells] = np.arange(len(cells))
    outside = np.flatnonzero(number < 0)
    arrays["base"] = arrays["base"].copy()
    arrays["base"][arrays["row"][outside], arrays["column"][outside]] = LAND_ABROAD
    for name in ("row", "column", "region"):
        arrays[name] = arrays[name][cells]
    arrays["layers"] = arrays["layers"][:, :, cells]
    for name in ("ruler", "share"):
        arrays[name] = arrays[name][:, cells]
    for name in ("unit_cell", "band_cell"):
        there = arrays[name]
        inside = number[np.where(there == NONE16, 0, there)]
        arrays[name] = np.where((there == NONE16) | (inside < 0), NONE16, inside).astype(np.uint16)
    ground = head["ground"]
    ground["cells"] = [ground["cells"][cell] for cell in cells]
    ground["places"] = [
        place | {"cell": int(number[place["cell"]])} for place in ground["places"] if number[place["cell"]] >= 0
    ]
    for card in head["events"]:
        if card["cell"] >= 0:
            card["cell"] = int(number[card["cell"]])


def _watched(scenario: Scenario, seed: int, unwanted: Unwanted, *, reports: bool) -> tuple[World, np.ndarray]:
    """Run with a map every week; look at what headquarters believes at the start of each quarter."""
    world, rates = build_world(scenario, seed, stride=1), build_rates(scenario.parameters)
    on, pictures = switches(scenario, SCHEDULE), []
    for week in range(0, scenario.weeks, BRIEFING_WEEKS):
        if unwanted():
            raise GivenUpError
        threat = world.missions.threat
        pictures.append(threat.max(axis=0) if reports and len(threat) else np.zeros(len(world.geography.row)))
        world = advance(world, rates, on, min(week + BRIEFING_WEEKS, scenario.weeks), SCHEDULE)
    return world, np.array(pictures)
