"""From a scenario to a world: the only place where its arrays are made."""

import math
import weakref
from typing import NamedTuple

import numpy as np

from sim.core.errors import InputError
from sim.core.seeds import whole
from sim.scenario.scenario import Scenario
from sim.world import kinds, tables
from sim.world.actors import Choices, band_plan, build_bands, build_groups, build_ranks, draw_tempers, shuffle_bands
from sim.world.calendar import build_calendar, sign_what_was_signed
from sim.world.geography import build_geography
from sim.world.log import MOST_FACTORS
from sim.world.missions import (
    build_accounts,
    build_contributors,
    build_donors,
    build_mandates,
    build_missions,
    build_units,
)
from sim.world.rates import record_of
from sim.world.series import LAYERS, SERIES
from sim.world.settlement import abroad_of, apportion, build_communities, rift_of

FIRST_LOG_ROWS = 4096


class Mould(NamedTuple):
    """A world before any luck, and where its bands may stand: what all runs of one scenario share."""

    world: tables.World
    choices: Choices


_moulds: dict[int, Mould] = {}  # by identity: a frozen scenario is equal to itself as long as it lives


def build_world(scenario: Scenario, seed: int, *, stride: int = 0) -> tables.World:
    """Make the world of a scenario as it stands at the start of week 0.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Key of all chance, 0 to 2**63 - 1.
    stride : int
        Weeks between kept maps; 0 keeps none.

    Returns
    -------
    World
        All tables filled; draws depend on the seed only. The ground and the calendar, which nothing changes, are shared
        between the worlds of one scenario.
    """
    mould = mould_of(scenario)
    fresh = {
        name: type(table)(*(column.copy() for column in table))
        for name, table in mould.world._asdict().items()
        if name not in ("geography", "calendar", "record")
    }
    n_units, n_bands = len(mould.world.units.status), len(mould.world.bands.status)
    record = build_record(scenario.weeks, len(mould.world.geography.row), stride, n_units, n_bands)
    world = mould.world._replace(record=record, **fresh)
    world.clock.seed[0] = seed
    shuffle_bands.run(world.clock, mould.choices, world.bands)
    draw_tempers.run(world.clock, world.groups, record_of(scenario.parameters.peace_process))
    return world


def mould_of(scenario: Scenario) -> Mould:
    """Return the mould of a scenario, made once while the scenario lives."""
    key = id(scenario)
    if key not in _moulds:
        mould = make_mould(scenario)
        weakref.finalize(scenario, _moulds.pop, key, None)
        _moulds[key] = mould
        return mould
    return _moulds[key]


def make_mould(scenario: Scenario) -> Mould:
    """Fill all tables that do not depend on luck."""
    geography = build_geography(scenario)
    n_cells = len(geography.row)
    groups = build_groups(scenario, n_cells)
    communities = build_communities(scenario, geography)
    bands = build_bands(scenario)
    contributors = build_contributors(scenario)
    missions = build_missions(scenario, n_cells)
    n_missions, n_groups = len(missions.stage), len(groups.kind)
    units = build_units(scenario, geography, missions, contributors)
    casualties = tables.Casualties(*(np.zeros(n_missions, dtype=np.int64) for _ in tables.Casualties._fields))
    for u in range(len(units.status)):
        casualties.arrived[units.mission[u]] += units.headcount[u]
    groups.fighters[:] = groups.start_fighters
    sign_what_was_signed(scenario, groups)
    world = tables.World(
        clock=tables.Clock(*(np.zeros(1, dtype=np.int64) for _ in tables.Clock._fields)),
        geography=geography,
        communities=communities,
        population=build_population(scenario, communities, bands),
        groups=groups,
        ranks=build_ranks(n_groups),
        bands=bands,
        weapons=build_weapons(scenario, groups, communities),
        influence=tables.Influence(np.zeros((n_groups, n_cells)), np.full(n_cells, -1, dtype=np.int64)),
        units=units,
        contributors=contributors,
        donors=build_donors(scenario),
        ngos=build_ngos(scenario),
        missions=missions,
        mandates=build_mandates(scenario),
        accounts=build_accounts(scenario),
        calendar=build_calendar(scenario, geography),
        peace=build_peace(scenario),
        presence=tables.Presence(
            np.zeros((n_missions, len(kinds.Component), n_cells)),
            *(np.zeros(n_cells) for _ in tables.Presence._fields[1:]),
        ),
        violence=build_violence(n_cells, n_groups),
        casualties=casualties,
        record=build_record(0, n_cells, 0, 0, 0),
        log=build_log(FIRST_LOG_ROWS),
    )
    cells = [row[1] for row in band_plan(scenario)]
    first = np.zeros(len(cells) + 1, dtype=np.int64)
    first[1:] = np.cumsum([len(part) for part in cells])
    return Mould(world, Choices(first, np.array([cell for part in cells for cell in part], dtype=np.int64)))


def build_weapons(scenario: Scenario, groups: tables.Groups, communities: tables.Communities) -> tables.Weapons:
    """Count the small arms of the start: those of the fighters, and those in private hands."""
    n_groups, parameters = len(groups.kind), scenario.parameters
    people = communities.residents.sum(axis=0) + communities.hosted.sum(axis=0)
    private = int(parameters.crime.arms_per_1000_at_start * people.sum() / 1000.0)
    held = (groups.start_fighters * parameters.ddr.arms_per_fighter).astype(np.int64)
    civil = np.array(apportion(private, people.astype(np.float64).tolist()), dtype=np.int64)
    none = np.zeros(n_groups, dtype=np.int64)
    return tables.Weapons(
        start=np.array([held.sum() + civil.sum()], dtype=np.int64),
        imported=np.zeros(1, dtype=np.int64),
        held=held,
        hidden=none.copy(),
        collected=none.copy(),
        civil=civil,
        seized=np.zeros(1, dtype=np.int64),
    )


def build_violence(n_cells: int, n_groups: int) -> tables.Violence:
    """Start without violence remembered."""
    return tables.Violence(
        civilians_killed=np.zeros(n_cells),
        crossfire=np.zeros(n_cells),
        battle_deaths=np.zeros(n_cells),
        battle_week=np.full(1, -1, dtype=np.int64),
        memory=np.zeros(n_cells),
        killed_by=np.zeros(n_groups, dtype=np.int64),
        murders=np.zeros(n_cells),
        riot_deaths=np.zeros(n_cells),
        contested=np.zeros(n_cells),
    )


def build_population(scenario: Scenario, communities: tables.Communities, bands: tables.Bands) -> tables.Population:
    """Open the accounts of people."""
    abroad = abroad_of(scenario)
    everyone = int(communities.residents.sum() + communities.hosted.sum() + bands.fighters.sum() + abroad.sum())
    zero = np.zeros(1, dtype=np.int64)
    return tables.Population(
        start=np.array([everyone], dtype=np.int64),
        abroad=abroad,
        births=zero.copy(),
        arrivals=zero.copy(),
        killed=zero.copy(),
        died=zero.copy(),
        murdered=zero.copy(),
        fighters_killed=zero.copy(),
        here=(communities.residents.sum(axis=0) + communities.hosted.sum(axis=0)).astype(np.float64),
        guests=np.zeros((len(scenario.events), len(communities.foreigners)), dtype=np.int64),
        rift=rift_of(scenario),
    )


def build_peace(scenario: Scenario) -> tables.Peace:
    """Open the peace process at the scenario's stage."""
    return tables.Peace(
        stage=np.array([kinds.Stage[scenario.peace.stage.upper()]], dtype=np.int64),
        since_week=np.zeros(1, dtype=np.int64),
        inclusion=np.array(inclusion_of(scenario)),
        implementation=np.zeros(1),
        violations=np.zeros(1, dtype=np.int64),
        fallen=np.zeros(1, dtype=np.int64),
        legitimacy=np.array([scenario.peace.inclusion]),
        mediation=np.zeros(1),
    )


def inclusion_of(scenario: Scenario) -> list[float]:
    """Return the part in power of each identity group at the start.

    Those from whom the state's forces are drawn rule; the others have the part that the scenario says. Where the state
    draws on everybody, everybody has that part.
    """
    states = [set(group.constituency) for group in scenario.armed_groups if group.kind == "state"]
    names = [group.id for group in scenario.identity_groups]
    ruling = {name for name in names if any(name in constituency for constituency in states)}
    if len(ruling) == len(names) or any(not constituency for constituency in states):
        ruling = set()
    return [1.0 if name in ruling else scenario.peace.inclusion for name in names]


def build_ngos(scenario: Scenario) -> tables.Ngos:
    """List the relief organisations."""
    ngos = scenario.ngos
    never = 10**9
    return tables.Ngos(
        weekly_usd=np.array([ngo.budget_usd_per_year / 52.0 for ngo in ngos], dtype=np.float64),
        start_week=np.array([0 if n.start is None else scenario.week_of(n.start) for n in ngos], dtype=np.int64),
        end_week=np.array([never if n.end is None else scenario.week_of(n.end) for n in ngos], dtype=np.int64),
        principled=np.array([ngo.principled for ngo in ngos], dtype=np.float64),
    )


def build_record(weeks: int, n_cells: int, stride: int, n_units: int, n_bands: int) -> tables.Record:
    """Make room for what is kept of a run."""
    frames = maps_kept(weeks, stride)
    return tables.Record(
        weekly=np.zeros((weeks, len(SERIES))),
        tally=np.zeros(len(kinds.Count)),
        layers=np.zeros((frames, len(LAYERS), n_cells), dtype=np.float32),
        stride=np.array([stride], dtype=np.int64),
        unit_track=np.zeros((frames, n_units, 3), dtype=np.int64),
        band_track=np.zeros((frames, n_bands, 4), dtype=np.int64),
    )


def build_log(rows: int) -> tables.Log:
    """Make an empty event log with room for some rows."""
    whole = [np.zeros(rows, dtype=np.int64) for _ in range(5)]
    numbers = [np.zeros(rows) for _ in range(4)]
    return tables.Log(np.zeros(1, dtype=np.int64), *whole, *numbers, np.zeros((rows, MOST_FACTORS)))


def maps_kept(weeks: int, stride: int) -> int:
    """Return how many maps a run keeps, one every ``stride`` weeks; none where that is 0.

    Raises
    ------
    InputError
        If the stride is no whole number from 0 up.
    """
    if not whole(stride) or stride < 0:
        raise InputError(f"stride: expected whole weeks between kept maps, 0 for none; found {stride!r}")
    return math.ceil(weeks / stride) if stride > 0 else 0
