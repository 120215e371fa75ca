"""A world under way goes on under another scenario: what was done stays, what is ordered changes."""

from typing import Any

import numpy as np

from sim.scenario.midway import check_midway, in_force
from sim.scenario.scenario import Scenario
from sim.world.build import build_record, mould_of
from sim.world.kinds import MissionStage, UnitStatus
from sim.world.missions import ceilings_of
from sim.world.tables import Presence, Record, Units, World

# Tables whose columns hold what the scenario orders beside what has become of it. Where the two scenarios agree, what
# has become of it stays; where they differ, the new order holds from now on.
ORDERED = ("contributors", "donors", "ngos", "missions", "mandates", "accounts")
OUTGROWN = {"missions": ("stage", "ceiling")}  # columns that follow the calendar and not the first order

# What processes write anew each time. Once all of those named are switched off nobody would, and what they did last,
# this week's dead or patrols, would go on happening for ever.
PASSING = (
    (("one_sided_violence",), ("violence.civilians_killed",)),
    (("clashes", "offensives"), ("violence.battle_deaths", "violence.crossfire")),
    (("communal_violence",), ("violence.riot_deaths",)),
    (("crime",), ("violence.murders",)),
    (("relief",), ("communities.reached", "groups.loot_usd")),
    (("presence",), ("units.effective", *(f"presence.{name}" for name in Presence._fields))),
)


def graft(world: World, before: Scenario, after: Scenario) -> World:
    """Return a copy of a world that goes on under another scenario.

    Parameters
    ----------
    world : World
        At the start of a week, run under ``before``; it is not changed.
    before, after : Scenario

    Returns
    -------
    World
        With the calendar, the orders and the length of ``after``. New contributors, donors, relief organisations,
        missions and units stand at the end of their tables, so that the draws of all others stay what they are.

    Raises
    ------
    ScenarioError
        If ``after`` changes what is settled or over by then.
    """
    week = int(world.clock.week[0])
    check_midway(before, after, week)
    old, new = mould_of(before).world, mould_of(after).world
    tables: dict[str, Any] = {
        name: type(table)(*(column.copy() for column in table))
        for name, table in world._asdict().items()
        if name not in ("geography", "calendar", "record")
    }
    if before is not after:
        for name in ORDERED:
            tables[name] = ordered(name, tables[name], getattr(old, name), getattr(new, name))
        asked = world.mandates.unwanted == 1  # a host's word that a mission shall leave stands
        tables["missions"].end_week[: len(asked)][asked] = world.missions.end_week[asked]
        for name in ("casualties", "bands"):
            tables[name] = grown(tables[name], getattr(new, name))
        population, presence = tables["population"], tables["presence"]
        tables["population"] = population._replace(guests=resized(population.guests, len(after.events)))
        tables["presence"] = presence._replace(felt=resized(presence.felt, len(after.missions)))
        tables["units"] = with_more_units(tables["units"], new.units, tables["contributors"].mission, after)
        obey_new_ceilings(tables["missions"], before, after, week)
        end_what_is_off(tables, after)
    record = longer_record(world.record, after.weeks, week, len(tables["units"].status), len(tables["bands"].status))
    return world._replace(calendar=new.calendar, record=record, **tables)


def ordered(name: str, now: Any, old: Any, new: Any) -> Any:
    """Return a table in which new orders hold where old and new ones differ, with new rows at the end."""
    columns = []
    for column in now._fields:
        state, was, wanted = (getattr(table, column) for table in (now, old, new))
        if column not in OUTGROWN.get(name, ()):
            n = len(was)
            state[:n] = np.where(was != wanted[:n], wanted[:n], state[:n])
        columns.append(np.concatenate([state, wanted[len(state) :]]))
    return type(now)(*columns)


def grown(now: Any, new: Any) -> Any:
    """Return a table with as many rows as a new one has, the further rows from there; it never shrinks."""
    return type(now)(*(np.concatenate([state, wanted[len(state) :]]) for state, wanted in zip(now, new, strict=True)))


def resized(column: np.ndarray, n: int) -> np.ndarray:
    """Return a column with ``n`` rows: cut, or with empty ones at its end."""
    fresh = np.zeros((n, *column.shape[1:]), dtype=column.dtype)
    fresh[: min(n, len(column))] = column[:n]
    return fresh


def with_more_units(now: Units, new: Units, serves: np.ndarray, after: Scenario) -> Units:
    """Return the units with those of larger and new pledges at the end, at home."""
    held = np.bincount(now.contributor, weights=now.size, minlength=len(serves))
    rows = []
    for k, item in enumerate(after.contributors):
        more = item.pledged - int(held[k])
        if more > 0:
            size = int(new.size[new.contributor == k].max())
            rows += [(k, size)] * (more // size) + ([(k, more % size)] if more % size else [])
    if not rows:
        return now
    owner, size = (np.array(part, dtype=np.int64) for part in zip(*rows, strict=True))
    fresh = Units(*(np.zeros(len(rows), dtype=column.dtype) for column in now))
    fresh = fresh._replace(
        contributor=owner,
        mission=serves[owner],
        component=np.array([new.component[new.contributor == k][0] for k in owner], dtype=np.int64),
        size=size,
        status=np.full(len(rows), UnitStatus.HOME, dtype=np.int64),
        cell=np.full(len(rows), -1, dtype=np.int64),
    )
    return Units(*(np.concatenate(pair) for pair in zip(now, fresh, strict=True)))


def obey_new_ceilings(missions: Any, before: Scenario, after: Scenario, week: int) -> None:
    """Put the authorised strength in force where it is another one now, or where the mission is new."""
    known = dict(before.missions_with_paths())
    for m, (path, mission) in enumerate(after.missions_with_paths()):
        was = known.get(path)
        rows = [
            side.mandate.authorised[number] if (number := in_force(scenario, side, week)) >= 0 else None
            for scenario, side in ((before, was), (after, mission))
            if side is not None
        ]
        changed = len(rows) == 1 or rows[0] != rows[1]
        if changed and rows[-1] is not None and missions.stage[m] != MissionStage.CLOSED:
            missions.ceiling[m] = ceilings_of(rows[-1])


def end_what_is_off(tables: dict[str, Any], after: Scenario) -> None:
    """Clear what processes that are switched off from now on would leave standing."""
    for processes, columns in PASSING:
        if all(name in after.switched_off for name in processes):
            for column in columns:
                table, _, name = column.partition(".")
                getattr(tables[table], name)[...] = 0
    if "shocks" in after.switched_off:
        tables["missions"].signals[:] = 1.0


def longer_record(record: Record, weeks: int, week: int, n_units: int, n_bands: int) -> Record:
    """Return a record of another length with the same past; units and bands that are new were nowhere then."""
    fresh = build_record(weeks, record.layers.shape[2], int(record.stride[0]), n_units, n_bands)
    fresh.weekly[:week] = record.weekly[:week]
    frames = min(len(record.layers), len(fresh.layers))
    fresh.layers[:frames] = record.layers[:frames]
    for old, new in ((record.unit_track, fresh.unit_track), (record.band_track, fresh.band_track)):
        new[:, :, 0] = -1
        new[:frames, : old.shape[1]] = old[:frames]
    fresh.tally[:] = record.tally
    return fresh
