"""The model as a citizen of Mesa: arguments, seeds, batches, collected data, memory."""

import copy
import copyreg
import datetime
import gc
import pickle
import weakref

import mesa
import numpy as np
import pytest

from sim.agents import Band, Community, WeeklyCollector
from sim.core.errors import ScenarioError
from sim.core.process import ScheduleError, process
from sim.model import PeacekeepingModel
from sim.results.result import Result
from sim.scenario.load import load_scenario
from sim.world.series import SERIES

CLARITY = "mission.mandate.clarity"


def small(seed: int = 1, weeks: int = 8, **overrides) -> PeacekeepingModel:
    return PeacekeepingModel("ceasefire_line", seed=seed, weeks=weeks, **overrides)


def weekly(model: PeacekeepingModel) -> np.ndarray:
    return model.world.record.weekly[: model.week]


# -------------------------------------------------------------- arguments


def test_a_name_a_path_and_a_scenario_mean_the_same(root) -> None:
    scenario = load_scenario("ceasefire_line")
    given = ["ceasefire_line", root / "scenarios" / "ceasefire_line.toml", scenario]
    models = [PeacekeepingModel(each, seed=3, weeks=4, **{CLARITY: 0.3}) for each in given]
    assert [model.scenario.mission.mandate.clarity for model in models] == [0.3] * 3
    assert {model.scenario.digest() for model in models} == {models[0].scenario.digest()}


def test_time_runs_and_ends() -> None:
    model = small(weeks=3)
    start = model.scenario.about.start
    assert (model.week, model.steps, model.date, model.running) == (0, 0, start, True)
    model.run_model()
    end = start + datetime.timedelta(weeks=3)
    assert (model.week, model.steps, model.date, model.running) == (3, 3, end, False)
    before = weekly(model).copy()
    model.step()
    assert (model.week, model.steps, model.running) == (3, 3, False)
    np.testing.assert_array_equal(weekly(model), before)


def test_bad_input_is_refused() -> None:
    with pytest.raises(ScenarioError, match="clarity"):
        small(**{CLARITY: 7.0})
    with pytest.raises(ScenarioError, match="did you mean"):
        small(**{"mission.mandate.clarty": 0.5})
    with pytest.raises(TypeError, match="inside a list"):
        PeacekeepingModel(("about", 1))
    for seed in (-1, 2**63, 1.5, "7", True):
        with pytest.raises(ValueError, match="a seed is a whole number"):
            small(seed=seed)
    for rng in (1, np.random.default_rng(1)):
        with pytest.raises(ValueError, match="both"):
            PeacekeepingModel("ceasefire_line", seed=1, rng=rng)


# ------------------------------------------------------------------ seeds


def test_seeds_by_every_name() -> None:
    assert PeacekeepingModel("ceasefire_line").seed == load_scenario("ceasefire_line").about.seed
    for seed in (5, np.int64(5), 5.0):
        assert PeacekeepingModel("ceasefire_line", seed=seed).seed == 5
        assert PeacekeepingModel("ceasefire_line", rng=seed).seed == 5
    drawn = [PeacekeepingModel("ceasefire_line", rng=np.random.default_rng(5)).seed for _ in range(2)]
    assert drawn[0] == drawn[1] > 5


def test_the_seed_is_also_mesas() -> None:
    order = [[band.row for band in small(seed=2).agents_by_type[Band].shuffle()] for _ in range(2)]
    assert order[0] == order[1]


# ------------------------------------------------------------------ batches


def batch(parameters: dict, **more) -> list[dict]:
    return mesa.batch_run(PeacekeepingModel, parameters, display_progress=False, **more)


def test_batch_over_overrides_and_seeds() -> None:
    rows = batch({"scenario": "unmil", "weeks": 45, CLARITY: [0.2, 0.8], "rng": range(2)}, max_steps=520)
    assert [(row[CLARITY], row["rng"], row["Step"]) for row in rows] == [
        (clarity, seed, 44) for clarity in (0.2, 0.8) for seed in (0, 1)
    ]
    for row in rows:
        model = PeacekeepingModel("unmil", seed=row["rng"], weeks=45, **{CLARITY: row[CLARITY]})
        model.run_model()
        assert {series.name: row[series.name] for series in SERIES} == dict(
            zip((series.name for series in SERIES), model.world.record.weekly[44], strict=True)
        )
    assert len({row["effective"] for row in rows}) == 4


def test_iterations_of_a_batch_differ_and_can_be_repeated() -> None:
    twice = [batch({"scenario": "unmil", "weeks": 4}, iterations=3) for _ in range(2)]
    assert [row["iteration"] for row in twice[0]] == [0, 1, 2]
    assert twice[0] == twice[1]
    assert len({row["battle_deaths"] for row in twice[0]}) > 1


def test_a_batch_by_weeks_and_with_a_scenario() -> None:
    scenario = load_scenario("ceasefire_line")
    rows = batch({"scenario": [scenario], "weeks": 6}, data_collection_period=1)
    assert [row["Step"] for row in rows] == [*range(6)]
    with pytest.raises(TypeError, match="inside a list"):
        batch({"scenario": scenario, "weeks": 6})


# ------------------------------------------------------------ collected data


def test_collected_data_are_the_weekly_table() -> None:
    model = small(seed=9, weeks=12)
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame.shape == (0, len(SERIES))
    for week in range(12):
        model.step()
        assert len(model.datacollector.get_model_vars_dataframe()) == week + 1
    frame = model.datacollector.get_model_vars_dataframe()
    result = Result(model.scenario, model.seed, model.world)
    for series in SERIES:
        np.testing.assert_array_equal(frame[series.name], result.weekly[series.name])
        assert model.datacollector.model_reporters[series.name](model) == frame[series.name].iloc[-1]


def test_reporters_of_ones_own_beside_them() -> None:
    model = small(weeks=3)
    model.datacollector = WeeklyCollector(
        model.world,
        model_reporters={"worst_fear": lambda m: float(m.world.communities.fear.max())},
        agenttype_reporters={Band: {"fighters": "fighters"}},
    )
    model.run_model()
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["worst_fear"].iloc[-1] == model.world.communities.fear.max()
    bands = model.datacollector.get_agenttype_vars_dataframe(Band)
    assert bands.loc[3]["fighters"].sum() == frame["fighters"].iloc[-1]
    with pytest.raises(ValueError, match="already: fear"):
        WeeklyCollector(model.world, model_reporters={"fear": "fear"})


# --------------------------------------------------------- custom processes


def test_a_plain_process_between_two_compiled_ones() -> None:
    """A curfew: no fear above 0.1 where bands fight, every week between control and clashes."""
    model, plain = small(weeks=6), small(weeks=6)
    seen = []

    def curfew(communities) -> None:
        seen.append(model.week)
        np.minimum(communities.fear, 0.1, out=communities.fear)

    added = model.add_process(curfew, before="displacement", writes=("communities.fear",))
    names = [each.name for each in model.schedule]
    assert names.index("curfew") + 1 == names.index("displacement")
    assert (added.compiled, added.writes) == (False, ("communities.fear",))
    model.run_model()
    plain.run_model()
    assert seen == [*range(6)]
    fear = [series.name for series in SERIES].index("fear")
    assert (weekly(model)[:, fear] < weekly(plain)[:, fear]).all()


def test_a_process_may_use_the_agents() -> None:
    model = small(weeks=2)

    def amnesty(world) -> None:
        for band in model.agents_by_type[Band]:
            band.fighters = band.fighters // 2

    model.add_process(amnesty, after="shocks", writes=("bands.fighters",))
    fighters = model.world.bands.fighters.sum()
    model.run_model()
    assert 0 < model.world.bands.fighters.sum() < 0.4 * fighters


def test_processes_that_do_not_fit_are_refused() -> None:
    model = small()

    def nothing(clock) -> None:
        pass

    with pytest.raises(ValueError, match="before= or after="):
        model.add_process(nothing)
    with pytest.raises(ValueError, match="clashes"):
        model.add_process(nothing, before="clash")

    def lost(no_such_table) -> None:
        pass

    with pytest.raises(ScheduleError, match="no_such_table"):
        model.add_process(lost, before="clashes")
    model.add_process(nothing, before="clashes")
    with pytest.raises(ScheduleError, match="named 'nothing'"):
        model.add_process(process(writes=(), compiled=False, name="nothing")(lambda clock: None), before="ddr")
    model.step()


# ------------------------------------------------------------------- memory


def looked_at() -> PeacekeepingModel:
    model = small(weeks=2)
    model.step()
    assert model.agents_by_type[Community][0].cell.neighborhood
    assert model.grid[model.agents_by_type[Community][0].cell.coordinate].get_neighborhood(2)
    return model


def test_a_model_that_nobody_looked_at_is_freed_at_once() -> None:
    gc.disable()
    try:
        model = small(weeks=2)
        model.step()
        there = weakref.ref(model)
        del model
        assert there() is None
    finally:
        gc.enable()


def test_a_closed_model_is_freed_at_once_and_its_world_with_it() -> None:
    gc.collect()
    gc.disable()
    try:
        model = looked_at()
        model.close()
        there, fear = weakref.ref(model), weakref.ref(model.world.communities.fear)
        del model
        assert there() is None
        assert fear() is None
    finally:
        gc.enable()


def test_fifty_models_leave_nothing_behind() -> None:
    looked_at()
    gc.collect()
    kept, classes = len(mesa.Agent._ids), len(copyreg.dispatch_table)
    there = [weakref.ref(looked_at()) for _ in range(50)]
    gc.collect()
    assert [each() for each in there] == [None] * 50
    assert (len(mesa.Agent._ids), len(copyreg.dispatch_table)) == (kept, classes)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_goes_its_own_way_with_agents_of_its_own(copied) -> None:
    model = looked_at()
    mesa.Agent(model)
    twin = copied(model)
    assert len(twin.agents) == len(model.agents)
    assert len(twin.agents_by_type[mesa.Agent]) == 1, "agents of one's own come along"
    assert len({agent.unique_id for agent in twin.agents}) == len(twin.agents)
    assert all(agent.model is twin for agent in twin.agents)
    model.step()
    assert (twin.week, model.week) == (model.week - 1, twin.week + 1)
    twin.step()
    np.testing.assert_array_equal(weekly(twin), weekly(model))
    assert {agent.cell.number for agent in twin.agents_by_type[Band]} == {
        agent.cell.number for agent in model.agents_by_type[Band]
    }


def test_a_closed_model_goes_on() -> None:
    model = looked_at()
    model.close()
    model.step()
    assert len(model.agents_by_type[Community]) == len(model.world.geography.row)
