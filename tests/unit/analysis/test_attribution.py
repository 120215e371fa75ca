"""Shapley shares on games with known shares, and on a mission."""

import datetime

import numpy as np
import pytest

from sim.analysis.attribution import attribute, parts_of, with_components, with_tasks
from sim.analysis.shapley import shapley
from sim.core.errors import InputError
from sim.scenario.load import load_scenario

# Runways for aircraft of growing size: Littlechild and Owen (1973), doi:10.1287/mnsc.20.3.370; shares known by hand.
COST = {"small": 1.0, "medium": 3.0, "large": 6.0}
SHARES = {"small": 1.0 / 3.0, "medium": 1.0 / 3.0 + 1.0, "large": 1.0 / 3.0 + 1.0 + 3.0}


def airport(members):
    return np.array([max((COST[name] for name in members), default=0.0)])


def gloves(members):
    """Two left gloves and a right one: only a pair is worth anything; shares 1/6, 1/6, 2/3."""
    return np.array([1.0 if "right" in members and len(members) > 1 else 0.0])


def test_the_airport_is_paid_as_it_should_be():
    found = shapley(list(COST), airport)
    assert found.values[:, 0] == pytest.approx(list(SHARES.values()))
    assert found.combinations == 8
    assert (found.error == 0.0).all()


def test_the_owner_of_the_scarce_glove_gets_two_thirds():
    found = shapley(["left 1", "left 2", "right"], gloves)
    assert found.values[:, 0] == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_shares_add_up_in_every_replicate_whatever_is_drawn():
    rng = np.random.default_rng(1)
    known = {}

    def value(members):
        return known.setdefault(members, rng.normal(0.0, 1.0, 5))

    parts = [f"p{k}" for k in range(8)]
    found = shapley(parts, value, permutations=4)
    assert found.values.sum(axis=0) == pytest.approx(found.whole - found.none)
    assert found.combinations < 2**8


def test_drawn_orders_come_near_the_exact_shares():
    weights = np.linspace(0.0, 3.5, 8)
    parts = [f"p{k}" for k in range(8)]

    def value(members):
        sizes = [weights[parts.index(name)] for name in members]
        return np.array([sum(sizes) + (5.0 if {"p0", "p1"} <= members else 0.0)])

    exact, drawn = shapley(parts, value, permutations=0), shapley(parts, value, permutations=30)
    assert exact.values[:, 0] == pytest.approx(weights + np.array([2.5, 2.5, *[0.0] * 6]))
    assert drawn.values[:, 0] == pytest.approx(exact.values[:, 0], abs=0.6)
    assert (drawn.error[2:] < 1e-9).all()
    assert shapley(parts, value, permutations=30).values.tolist() == drawn.values.tolist()


def mission():
    return load_scenario("fragile_peace").override({"weeks": 52})


def test_a_mission_is_taken_apart_by_its_tasks():
    scenario = mission()
    assert "force_protection" not in parts_of(scenario, "tasks")
    assert set(parts_of(scenario, "groups")["politics"]) == {"political_process", "elections", "reconciliation"}
    left = with_tasks(scenario, ["ddr"]).mission.mandate.tasks
    assert left == {"ddr": 1.0, "force_protection": 0.3}
    changed = scenario.override({"mission.mandate.tasks": {"ddr": 0.8, "elections": 0.4}})
    assert with_tasks(changed, []).mission.mandate.tasks == {"force_protection": 0.4}
    assert {item.component for item in with_components(scenario, ["police"]).contributors} == {"police"}


def test_later_decisions_lose_their_tasks_too():
    decision = {"date": datetime.date(2010, 6, 1), "name": "more", "tasks": {"ddr": 1.0, "human_rights": 0.5}}
    scenario = mission().override({"mission.mandate.decisions": [decision]})
    left = with_tasks(scenario, ["ddr"])
    assert left.mission.mandate.decisions[0].tasks == {"ddr": 1.0}


def test_shares_of_a_mission_add_up_to_its_effect():
    scenario, parts = mission(), {"security": ["protection_of_civilians"], "rest": ["ddr", "elections"]}
    table = attribute(scenario, "civilian_deaths", parts=parts, replicates=2, workers=1)
    assert list(table["part"]) == ["presence", "security", "rest"]
    assert table["of_whole"].sum() == pytest.approx(1.0)
    assert (table["replicates"] == 2).all()


def test_what_cannot_be_shared_out_is_refused():
    scenario = mission()
    with pytest.raises(InputError, match="did you mean 'civilian_deaths'"):
        attribute(scenario, "civilian_death")
    with pytest.raises(InputError, match="has no mission"):
        attribute(scenario.without_mission(), "civilian_deaths")
    with pytest.raises(InputError, match="groups, tasks or components"):
        attribute(scenario, "civilian_deaths", by="rank")
