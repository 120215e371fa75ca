"""Policy search: the front is the front, candidates share seeds, and the budget holds."""

import sys

import numpy as np
import pytest

from sim.analysis.levers import Lever, changed_by, force_levers, funding_levers, task_levers, value_at
from sim.analysis.search import _run_nsga2, pareto, search_policies
from sim.core.errors import InputError
from sim.scenario.load import load_scenario

pytest.importorskip("pymoo")


def mission():
    return load_scenario("fragile_peace").override({"weeks": 26})


def test_the_front_is_what_nobody_beats():
    goals = np.array([[1.0, 5.0], [2.0, 3.0], [3.0, 3.0], [4.0, 1.0], [0.0, 0.0], [2.0, 3.0]])
    feasible = np.array([True, True, True, True, False, True])
    assert pareto(goals, feasible).tolist() == [True, True, False, True, False, True]


def test_the_algorithm_finds_a_known_front():
    """Schaffer's first problem: x² against (x - 2)², whose front is x from 0 to 2."""
    met = []

    def evaluate(shares):
        x = 10.0 * shares[0] - 5.0
        met.append(x)
        return np.array([x**2, (x - 2.0) ** 2]), -1.0

    _run_nsga2(evaluate, 1, 2, 20, 12, 1)
    x = np.array(met)
    front = x[pareto(np.column_stack([x**2, (x - 2.0) ** 2]), np.ones(len(x), dtype=bool))]
    assert len(front) > 40
    assert front == pytest.approx(np.clip(front, 0.0, 2.0), abs=0.05)
    assert np.diff(np.sort(np.append(front, [0.0, 2.0]))).max() < 0.2


def test_levers_move_what_they_say():
    scenario = mission()
    force = {lever.name: lever for lever in force_levers(scenario)}
    assert list(force) == ["military", "police", "observers", "civilians"]
    assert (force["military"].at(0.0), force["military"].at(1.0)) == (0.1, 2.0)
    base = {path: value_at(scenario.data(), path) for path in force["military"].paths}
    changed = changed_by(scenario, [force["military"]], [0.5], base)
    assert [item.pledged for item in changed.contributors][:2] == [1100, 2100]
    before, after = (case.mission.mandate.authorised[0] for case in (scenario, changed))
    assert (after.military, after.police) == (round(before.military / 2), before.police)
    weight = task_levers(scenario, ("ddr",))[0]
    assert changed_by(scenario, [weight], [0.25], {}).mission.mandate.tasks["ddr"] == 0.25
    choice = funding_levers(scenario)[0]
    for value in choice.values:
        assert changed_by(scenario, [choice], [value], {}).donors[0].mechanism == value
    assert Lever("x", ("weeks",), values=("a", "b", "c")).at(1.0) == "c"
    with pytest.raises(InputError, match="there is no 'nobody'"):
        value_at(scenario.data(), "contributors.nobody.pledged")


def test_a_small_search_keeps_its_budget_and_repeats():
    scenario, seen = mission(), []
    levers = [*force_levers(scenario)[:1], *task_levers(scenario, ("ddr",))]
    budget = 3e8
    said = {"goals": ("civilian_deaths", "cost_usd"), "replicates": 2, "population": 4, "generations": 2, "workers": 1}
    found = search_policies(scenario, levers, budget_usd=budget, progress=lambda *done: seen.append(done), **said)
    assert found.goals == ("civilian_deaths", "cost_usd")
    assert len(found.table) <= 8
    assert found.runs == 2 * len(found.table)
    assert (found.table["feasible"] == (found.table["cost_usd"] <= budget)).all()
    assert not (found.table["front"] & ~found.table["feasible"]).any()
    assert seen[-1] == (8, 8)
    again = search_policies(scenario, levers, budget_usd=budget, **said)
    assert again.table.equals(found.table)


def test_searches_that_cannot_be_are_refused(monkeypatch):
    scenario = mission()
    levers = force_levers(scenario)[:1]
    with pytest.raises(InputError, match="needs a lever"):
        search_policies(scenario, [])
    with pytest.raises(InputError, match="two goals"):
        search_policies(scenario, levers, goals=("civilian_deaths",))
    with pytest.raises(InputError, match="did you mean 'cost_usd'"):
        search_policies(scenario, levers, goals=("civilian_deaths", "cost_us"))
    with pytest.raises(InputError, match="neither better low nor better high"):
        search_policies(scenario, levers, goals=("civilian_deaths", "peak_strength"))
    with pytest.raises(InputError, match="above 0"):
        search_policies(scenario, levers, budget_usd=0.0)
    monkeypatch.setitem(sys.modules, "pymoo.optimize", None)
    with pytest.raises(InputError, match="needs pymoo"):
        _run_nsga2(lambda shares: (shares, 0.0), 1, 2, 4, 1, 1)
