"""Leaving an agent out leaves everyone else's luck as it was."""

from typing import Any

import numpy as np
import pytest

from sim.engine.run import simulate
from sim.scenario.scenario import Scenario
from sim.world.kinds import UnitStatus
from sim.world.tables import World
from tests.support.countries import armed, contributor, valley
from tests.support.runs import copied, differences, same, weekly_worlds

SEEDS = range(3)


def with_parts(scenario: Scenario, **changes: Any) -> Scenario:
    """Replace whole parts of a scenario by others."""
    return Scenario.model_validate(scenario.data() | changes)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("number", [0, 1])
def test_an_organisation_without_money_leaves_no_trace(seed: int, number: int) -> None:
    ngos = list(valley().data()["ngos"])
    ngos.insert(number, {"id": "idle", "name": "Idle", "budget_usd_per_year": 0.0})
    one, other = simulate(with_parts(valley(), ngos=ngos), seed), simulate(valley(), seed)
    assert differences(one, other, skip=("ngos",)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_contributor_who_sends_nobody_leaves_no_trace(seed: int) -> None:
    more = [*valley().data()["contributors"], contributor("promise", 0)]
    one, other = simulate(with_parts(valley(), contributors=more), seed), simulate(valley(), seed)
    assert differences(one, other, skip=("contributors",)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_an_event_of_no_size_leaves_no_trace_but_its_note(seed: int) -> None:
    data = valley().data()
    idle = {
        "date": data["events"][3]["date"],
        "kind": "donor_cut",
        "name": "Idle",
        "group": "all",
        "size": 0.0,
    }
    one = simulate(with_parts(valley(), events=[*data["events"], idle]), seed)
    other = simulate(valley(), seed)
    assert differences(one, other, skip=("calendar", "log")) == ["population.guests"]
    assert same(one.population.guests[:-1], other.population.guests)
    assert not one.population.guests[-1].any()
    assert one.log.count[0] == other.log.count[0] + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_an_armed_group_without_fighters_leaves_the_others_alone(seed: int) -> None:
    data = valley().data()
    more = [*data["armed_groups"], armed("ghosts", "militia", 0, {})]
    one, other = simulate(with_parts(valley(), armed_groups=more), seed), simulate(valley(), seed)
    shaped = ("groups", "ranks", "weapons", "influence", "calendar", "violence", "communities")
    assert differences(one, other, skip=shaped) == []
    for name, column in other.communities._asdict().items():
        if name != "control":
            assert same(getattr(one.communities, name), column), name
    n = len(other.groups.kind)
    for name in ("fighters", "commitment", "weariness", "posture", "recent_dead", "temper"):
        assert same(getattr(one.groups, name)[:n], getattr(other.groups, name)), name
    for name in ("held", "hidden", "collected"):
        assert same(getattr(one.weapons, name)[:n], getattr(other.weapons, name)), name
    assert same(one.weapons.civil, other.weapons.civil)


# ------------------------------------- those who do something, once they do it


def before(scenario: Scenario, seed: int, week: int) -> World:
    """Run up to a week."""
    return copied(next(weekly_worlds(scenario, seed, stride=week)))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_changes_before_an_organisation_comes(seed: int) -> None:
    """Water opens in week 20."""
    fewer = with_parts(valley(), ngos=valley().data()["ngos"][:1])
    assert differences(before(fewer, seed, 20), before(valley(), seed, 20), skip=("ngos",)) == []
    found = differences(before(fewer, seed, 24), before(valley(), seed, 24), skip=("ngos",))
    assert "communities.need" in found


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_changes_before_a_donor_cuts(seed: int) -> None:
    """The cut comes in week 50; without it, the others' events keep their places and luck."""
    events = list(valley().data()["events"])
    assert events[6]["kind"] == "donor_cut"
    events[6] = events[6] | {"size": 0.0}
    one, other = with_parts(valley(), events=events), valley()
    assert differences(before(one, seed, 50), before(other, seed, 50), skip=("calendar",)) == []
    assert "donors.will" in differences(before(one, seed, 52), before(other, seed, 52), skip=("calendar",))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_contributor_does_not_delay_the_others(seed: int) -> None:
    fewer = with_parts(valley(), contributors=valley().data()["contributors"][:-1])
    few, all_of_them = before(fewer, seed, 20), before(valley(), seed, 20)
    called = few.units.status != UnitStatus.HOME
    n = len(called)
    assert called.sum() > 8
    assert np.array_equal(few.units.ready_week[called], all_of_them.units.ready_week[:n][called])
