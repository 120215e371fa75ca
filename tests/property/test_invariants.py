"""Every law holds in every week of any small country; ``HYPOTHESIS_PROFILE=explore`` tries many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import InvariantError
from sim.engine.run import simulate
from sim.engine.step import SCHEDULE
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.checks import INVARIANTS, check, verify
from sim.world.kinds import BandStatus
from sim.world.tables import World
from tests.support.countries import countries, valley
from tests.support.examples import examples
from tests.support.runs import copied, run_checked

SEEDS = st.integers(0, 2**63 - 1)


@examples(50)
@given(countries(), SEEDS)
def test_laws_hold_in_every_week_of_any_small_country(country: Scenario, seed: int) -> None:
    run_checked(country, seed)


@pytest.mark.parametrize("seed", range(6))
def test_laws_hold_in_a_country_where_everything_happens(seed: int) -> None:
    world = run_checked(valley(), seed)
    assert world.population.fighters_killed[0] > 0
    assert world.casualties.arrived.sum() > 1_000
    assert world.ranks.disarmed.sum() > 0


def test_the_check_can_be_part_of_a_schedule() -> None:
    simulate(valley(30), 1, schedule=(*SCHEDULE, verify))


# ------------------------------------------------ the check sees what is wrong


@pytest.fixture(scope="module")
def sound() -> World:
    return run_checked(valley(60), 3, stride=20)


def spoil(world: World, law: str) -> None:
    """Break one law by hand."""
    deployed = int(np.flatnonzero(world.units.headcount)[0])
    standing = int(np.flatnonzero(world.bands.fighters)[0])
    free = int(np.flatnonzero(world.bands.status == BandStatus.DISPERSED)[0])
    breaches = {
        "people_are_conserved": lambda: np.add(world.communities.hosted, 1, out=world.communities.hosted),
        "fighters_are_conserved": lambda: world.ranks.recruited.__setitem__(0, 10**6),
        "weapons_are_conserved": lambda: world.weapons.civil.__setitem__(0, 10**6),
        "guests_are_foreigners": lambda: world.population.guests.__setitem__((0, 0), 10**6),
        "groups_know_their_fighters": lambda: world.groups.fighters.__setitem__(0, 10**6),
        "bands_are_whole": lambda: world.bands.fighters.__setitem__(free, 1),
        "truces_are_mutual": lambda: world.groups.truce.__setitem__((0, 0), 1.0),
        "peacekeepers_are_conserved": lambda: world.casualties.left.__setitem__(0, 10**6),
        "units_are_whole": lambda: world.units.cell.__setitem__(deployed, 10**6),
        "presence_is_what_units_give": lambda: world.units.effective.__setitem__(deployed, 1e6),
        "money_is_conserved": lambda: world.accounts.cash.__setitem__(0, -1e6),
        "indices_stay_in_range": lambda: world.communities.fear.__setitem__(0, 1.1),
        "counts_are_not_negative": lambda: world.bands.fighters.__setitem__(standing, -1),
        "numbers_are_finite": lambda: world.accounts.need.__setitem__(0, np.nan),
        "control_is_shared": lambda: world.communities.control.__setitem__((slice(None), 0), 0.9),
        "record_agrees_with_accounts": lambda: world.record.weekly.__setitem__((0, 0), 1e6),
        "log_has_room": lambda: world.log.count.__setitem__(0, len(world.log.week)),
    }
    breaches[law]()


@pytest.mark.parametrize("law", INVARIANTS)
def test_a_broken_law_is_named_with_its_week(sound: World, law: str) -> None:
    world = copied(sound)
    spoil(world, law)
    with pytest.raises(InvariantError, match=f"week 60: {law}: "):
        check(world)


def test_an_account_that_falls_is_named(sound: World) -> None:
    later = copied(sound)
    later.calendar.shock_week[0] += 1
    later.violence.killed_by[0] -= 1
    with pytest.raises(InvariantError) as error:
        check(later, sound)
    assert "violence.killed_by fell" in str(error.value)
    assert "calendar.shock_week changed" in str(error.value)


def test_a_world_is_sound_before_the_first_week() -> None:
    check(build_world(valley(), 1))
