"""A mission without units, or without money, is no mission: the country does not move by a bit."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.engine.run import simulate
from sim.scenario.scenario import Scenario
from sim.world.kinds import EventKind
from sim.world.series import SERIES
from sim.world.tables import World
from tests.support.countries import countries, valley
from tests.support.examples import examples
from tests.support.runs import MISSION_SERIES, MISSION_TABLES, differences, same

OF_ITS_PEOPLE = ("attacks_on_mission", "peacekeepers_killed", "peacekeepers_died", "log.nearest_km")
OF_THE_COUNTRY = (
    EventKind.CLASH,
    EventKind.KILLING,
    EventKind.AGREEMENT,
    EventKind.CEASEFIRE,
    EventKind.COLLAPSE,
    EventKind.ELECTION,
    EventKind.STAGE,
    EventKind.RIOT,
)


def country_of(world: World) -> dict[str, np.ndarray]:
    """Weekly series and events of the country, without those of its missions."""
    log, n = world.log, int(world.log.count[0])
    rows = np.isin(log.kind[:n], OF_THE_COUNTRY)
    found = {f"log.{name}": column[:n][rows] for name, column in log._asdict().items() if name != "count"}
    for number, series in enumerate(SERIES):
        if series.name not in MISSION_SERIES:
            found[series.name] = world.record.weekly[:, number]
    return found


def told_apart(one: World, other: World) -> list[str]:
    """Name what differs between two countries, but for the books of their missions."""
    found = differences(one, other, skip=(*MISSION_TABLES, "record", "log"))
    left, right = country_of(one), country_of(other)
    return found + [name for name in left if not same(left[name], right[name])]


def unmanned(scenario: Scenario) -> Scenario:
    """The same scenario with a mission that nobody sends anyone to."""
    return scenario.model_copy(update={"contributors": ()})


def penniless(scenario: Scenario) -> Scenario:
    """The same scenario without donors."""
    return scenario.model_copy(update={"donors": (), "events": scenario.without_mission().events})


def unbudgeted(scenario: Scenario) -> Scenario:
    """The same scenario, in which no mission has a budget."""
    none = {"budget_usd_per_year": 0.0}
    main = scenario.mission and scenario.mission.model_copy(update=none)
    partners = tuple(partner.model_copy(update=none) for partner in scenario.partners)
    return scenario.model_copy(update={"mission": main, "partners": partners})


VARIANTS = {"no units": unmanned, "no money": penniless, "no budget": unbudgeted}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("seed", range(3))
def test_a_mission_without_means_is_no_mission(variant: str, seed: int) -> None:
    scenario = valley()
    world = simulate(VARIANTS[variant](scenario), seed)
    assert told_apart(world, simulate(scenario.without_mission(), seed)) == []


@pytest.mark.parametrize("variant", VARIANTS)
@examples(15)
@given(countries(weeks=(60, 90)), st.integers(0, 10**6))
def test_a_mission_without_means_is_no_mission_anywhere(variant: str, country: Scenario, seed: int) -> None:
    assume(country.mission is not None)
    without_means = VARIANTS[variant](country)
    found = told_apart(simulate(without_means, seed), simulate(country.without_mission(), seed))
    # Unpaid units in the field on the first day stay in their camps, where they may be attacked and fall ill,
    # and are the nearest to what happens.
    assert [name for name in found if name not in OF_ITS_PEOPLE] == []


def test_the_mission_of_the_valley_makes_a_difference() -> None:
    scenario = valley()
    found = told_apart(simulate(scenario, 1), simulate(scenario.without_mission(), 1))
    assert {"communities.fear", "peace.implementation", "bands.fighters", "log.week"} <= set(found)
