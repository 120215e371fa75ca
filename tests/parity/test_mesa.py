"""Stepping the Mesa model is running the engine, bit for bit, whoever looks on."""

import numpy as np
import pytest

from sim.agents import Band, Community, Peacekeeper
from sim.core.process import process
from sim.engine.run import simulate
from sim.engine.step import SCHEDULE
from sim.model import PeacekeepingModel
from sim.scenario.load import list_scenarios, load_scenario
from sim.world.tables import World

SHORT = 30


def same(first: World, second: World) -> None:
    """Every column of every table, and of the event log as far as it is written."""
    for name in World._fields:
        for column in getattr(first, name)._fields:
            one, other = getattr(getattr(first, name), column), getattr(getattr(second, name), column)
            if name == "log" and column != "count":
                one, other = one[: first.log.count[0]], other[: second.log.count[0]]
            np.testing.assert_array_equal(one, other, err_msg=f"{name}.{column}", strict=True)


def stepped(model: PeacekeepingModel) -> World:
    while model.running:
        model.step()
    return model.world


@pytest.mark.parametrize("name", list_scenarios())
def test_stepping_is_running(name: str) -> None:
    scenario = load_scenario(name).override({"weeks": SHORT})
    same(stepped(PeacekeepingModel(scenario, seed=4)), simulate(scenario, 4))


@pytest.mark.parametrize("name", list_scenarios())
def test_looking_on_changes_nothing(name: str) -> None:
    model = PeacekeepingModel(name, seed=5, weeks=SHORT)
    while model.running:
        model.step()
        model.agents_by_type[Community].agg("fear", np.mean)
        model.agents_by_type[Band].shuffle_do(lambda band: band.cell)
        model.agents_by_type[Peacekeeper].get("headcount")
        assert model.grid.fear.data.shape == model.grid.dimensions
        model.random.random()
    same(model.world, simulate(load_scenario(name).override({"weeks": SHORT}), 5))


@pytest.mark.slow
def test_to_the_end_with_a_log_that_grows() -> None:
    model = PeacekeepingModel("unmil", seed=6, stride=13)
    room = len(model.world.log.week)
    same(stepped(model), simulate(load_scenario("unmil"), 6, stride=13))
    assert len(model.world.log.week) > room
    assert model.week == model.steps == model.scenario.weeks


def test_a_schedule_of_ones_own_is_the_engines_with_it() -> None:
    shorter = tuple(step for step in SCHEDULE if step.name != "clashes")
    scenario = load_scenario("ceasefire_line").override({"weeks": SHORT})
    world = stepped(PeacekeepingModel(scenario, seed=7, schedule=shorter))
    same(world, simulate(scenario, 7, schedule=shorter))
    assert world.log.count[0] < simulate(scenario, 7).log.count[0]


def test_process_by_process_is_the_same_week() -> None:
    """A plain Python process that does nothing splits the compiled week into single calls."""

    @process(writes=(), compiled=False, name="bystander")
    def bystander(clock) -> None:
        assert clock.week[0] >= 0

    scenario = load_scenario("ceasefire_line").override({"weeks": SHORT})
    model = PeacekeepingModel(scenario, seed=8)
    model.add_process(bystander, after="observation")
    same(stepped(model), simulate(scenario, 8))


def test_models_side_by_side_do_not_meet() -> None:
    first = PeacekeepingModel("ceasefire_line", seed=1, weeks=SHORT)
    second = PeacekeepingModel("ceasefire_line", seed=2, weeks=SHORT)
    while first.running:
        first.step()
        second.step()
        _ = first.agents, second.agents
    assert len(first.agents)
    assert not {*first.agents} & {*second.agents}
    for model in (first, second):
        same(model.world, simulate(model.scenario, model.seed))
    assert not np.array_equal(first.world.record.weekly, second.world.record.weekly)
