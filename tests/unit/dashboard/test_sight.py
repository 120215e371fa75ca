"""What a seat sees: nothing that it would not know is in the message to its browser."""

import numpy as np
import pytest

from sim.dashboard.classroom.roles import ARMED, BY_ID, COMMANDER, DONOR, HEAD, LEADER, ROLES, TABLE, armed_group
from sim.dashboard.classroom.roles import home_region as home
from sim.dashboard.classroom.sight import BRIEFING_WEEKS, seen
from sim.dashboard.countries import country
from sim.dashboard.futures import Shown
from sim.dashboard.player.charts import LINES
from sim.dashboard.player.encode import NONE16, watch
from sim.dashboard.player.pack import unpack
from sim.dashboard.works import GivenUpError
from sim.engine.run import advance, switches
from sim.engine.step import SCHEDULE
from sim.results.result import Result
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates

SEED = 1
LIMITED = [role for role in ROLES if role is not TABLE]
VIOLENT = ("clash", "killing", "riot")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return country("fragile_peace").override({"weeks": 80})


@pytest.fixture(scope="module")
def truth(scenario: Scenario) -> Result:
    return watch(scenario, SEED)


@pytest.fixture(scope="module")
def views(scenario: Scenario) -> dict[str, Shown]:
    return {role.id: seen(scenario, SEED, role, lambda: False)[0] for role in LIMITED}


def parts(shown: Shown) -> tuple[dict, dict[str, np.ndarray]]:  # type: ignore[type-arg]
    return unpack(shown.message)


@pytest.mark.parametrize("role", LIMITED, ids=lambda role: role.id)
def test_a_seat_gets_its_own_layers_series_and_events_only(views: dict[str, Shown], truth: Result, role) -> None:  # type: ignore[no-untyped-def]
    head, arrays = parts(views[role.id])
    assert {layer["id"] for layer in head["layers"]} == set(role.layers)
    assert len(arrays["layers"]) == len(role.layers)
    for row, line in enumerate(LINES):
        if arrays["series"][row].any():
            name = {"services": "services", "policing": "policing"}.get(line.id, line.id)
            known = {"received": "received_usd", "budget": "budget_usd", "arrears": "arrears_usd"}.get(name, name)
            assert known in role.series, f"{line.id} is shown to {role.id}"
    assert all("factors" not in card and card["because"] == "" for card in head["events"])
    everything = {(event.week, event.text) for event in truth.told}
    assert {(card["week"], card["text"]) for card in head["events"]} <= everything
    hidden = set(truth.weekly.columns) - set(role.series) - {"date"}
    assert not views[role.id].result.weekly[sorted(hidden)].to_numpy().any()


def test_the_mission_sees_what_headquarters_believes_and_not_the_violence(
    scenario: Scenario, views: dict[str, Shown], truth: Result
) -> None:
    world, rates = build_world(scenario, SEED), build_rates(scenario.parameters)
    world = advance(world, rates, switches(scenario), 4 * BRIEFING_WEEKS, SCHEDULE)
    believed = world.missions.threat.max(axis=0)
    for role in (HEAD, COMMANDER):
        head, arrays = parts(views[role.id])
        card = next(layer for layer in head["layers"] if layer["id"] == "violence")
        assert card["title"] == "Known incidents"
        shown = arrays["layers"][head["layers"].index(card), 4 * BRIEFING_WEEKS]
        assert np.array_equal(shown > 0, believed >= 0.5 * card["low"])
        assert not any(event["kind"] in VIOLENT for event in head["events"])
        assert (arrays["band_cell"] == NONE16).all()
    assert any(event.kind in VIOLENT for event in truth.told)


def test_the_armed_group_sees_its_own_bands_and_none_of_the_reports(
    scenario: Scenario, views: dict[str, Shown], truth: Result
) -> None:
    head, arrays = parts(views["armed_group"])
    there = arrays["band_cell"] != NONE16
    assert there.any()
    assert set(arrays["band_group"][there]) == {armed_group(scenario)}
    assert "violence" not in {layer["id"] for layer in head["layers"]}
    mine = scenario.armed_groups[armed_group(scenario)].name.partition(":")[0]
    fights = [card["text"] for card in head["events"] if card["kind"] in (*VIOLENT, "attack_on_mission")]
    assert all(mine in text for text in fights)
    table = views["armed_group"].result.weekly
    assert not table["benchmarks"].any()
    assert 0 < table["fighters"].iloc[0] < truth.weekly["fighters"].iloc[0]


def test_the_community_leader_sees_one_region_as_it_is(
    scenario: Scenario, views: dict[str, Shown], truth: Result
) -> None:
    head, arrays = parts(views["community_leader"])
    region = home(scenario)
    cells = np.flatnonzero(truth.world.geography.region == region)
    assert len(arrays["row"]) == len(head["ground"]["cells"]) == len(cells)
    assert set(arrays["region"]) == {region}
    known = {(card["week"], card["text"]) for card in head["events"] if card["kind"] in VIOLENT}
    name = list(scenario.regions.values())[region].name
    assert known == {(e.week, e.text) for e in truth.told if e.kind in VIOLENT and e.region == name}
    assert all(-1 <= card["cell"] < len(cells) for card in head["events"])
    assert all(0 <= place["cell"] < len(cells) for place in head["ground"]["places"])
    for name in ("unit_cell", "band_cell"):
        assert (arrays[name][arrays[name] != NONE16] < len(cells)).all()
    assert not arrays["series"].any()


def test_donors_see_accounts_and_no_soldiers_on_the_map(views: dict[str, Shown], truth: Result) -> None:
    _, arrays = parts(views["donor"])
    assert (arrays["unit_cell"] == NONE16).all()
    assert np.array_equal(views["donor"].result.weekly["received_usd"], truth.weekly["received_usd"])


def test_nothing_is_computed_for_nobody(scenario: Scenario) -> None:
    with pytest.raises(GivenUpError):
        seen(scenario, SEED, DONOR, lambda: True)


def test_each_seat_says_what_is_kept_from_it() -> None:
    assert set(BY_ID) == {role.id for role in ROLES}
    for role in (*LIMITED, TABLE):
        assert role.moves
        assert role.knows
        assert role.not_told
    assert ARMED.layers
    assert LEADER.home_only
