"""The grid: land only, north up, layers that are the world."""

import numpy as np
import pytest

from sim.agents import Community
from sim.agents.ground import LAYERS
from sim.model import PeacekeepingModel
from sim.scenario.load import load_scenario


@pytest.fixture
def coast() -> PeacekeepingModel:
    """A country with water."""
    return PeacekeepingModel("unmil", seed=1, weeks=5)


@pytest.fixture
def plain() -> PeacekeepingModel:
    """A rectangle full of land."""
    scenario = load_scenario("ceasefire_line")
    letters = [*scenario.regions]
    width = max(len(row) for row in scenario.rows)
    full = "\n".join(
        "".join(c if c != "." else letters[r % len(letters)] for c in row.ljust(width, "."))
        for r, row in enumerate(scenario.rows)
    )
    return PeacekeepingModel(scenario, seed=1, weeks=5, **{"map.rows": full})


def test_cells_are_land_with_north_up(coast: PeacekeepingModel) -> None:
    geography, grid = coast.world.geography, coast.grid
    assert len([*grid.all_cells]) == len(grid.places) == len(geography.row)
    assert grid.dimensions == (len(coast.scenario.rows[0]), len(coast.scenario.rows))
    for place in grid.places:
        x, y = place.coordinate
        assert (x, grid.height - 1 - y) == (geography.column[place.number], geography.row[place.number])
        assert grid[x, y] is place
        for (dx, dy), other in place.connections.items():
            assert other.coordinate == (x + dx, y + dy)
            assert max(abs(dx), abs(dy)) == 1
    numbers = {place.number: {p.number for p in place.connections.values()} for place in grid.places}
    assert numbers == {c: {*row[row >= 0].tolist()} for c, row in enumerate(geography.neighbours)}


def test_places_by_number_coordinate_place_and_agent(coast: PeacekeepingModel) -> None:
    grid, community = coast.grid, coast.agents_by_type[Community][17]
    place = grid.places[17]
    assert all(grid.place(where) is place for where in (17, place.coordinate, place, community))


@pytest.mark.parametrize("name", ["coast", "plain"])
def test_layers_show_the_world(name: str, request: pytest.FixtureRequest) -> None:
    model = request.getfixturevalue(name)
    grid = model.grid
    for _ in range(3):
        model.step()
        for layer, (table, column) in LAYERS.items():
            array = getattr(getattr(model.world, table), column)
            data = getattr(grid, layer).data
            for place in grid.places[::29]:
                assert data[place.coordinate] == array[place.number] == getattr(place, layer)
            assert np.isnan(data).sum() == data.size - len(array)
    group = model.scenario.armed_groups[0].id
    control = getattr(grid, f"control_{group}")
    assert np.nansum(control.data) == pytest.approx(model.world.communities.control[0, :].sum())


def test_a_full_rectangle_shares_memory(plain: PeacekeepingModel) -> None:
    fear, grid = plain.world.communities.fear, plain.grid
    assert np.shares_memory(grid.fear.data, fear)
    grid.fear.data[:] = 0.5
    assert (fear == 0.5).all()
    data = grid.fear.data
    plain.step()
    assert data[grid.places[3].coordinate] == fear[3]


@pytest.mark.parametrize("name", ["coast", "plain"])
def test_layers_write_the_world(name: str, request: pytest.FixtureRequest) -> None:
    model = request.getfixturevalue(name)
    fear, grid = model.world.communities.fear, model.grid
    grid.set_property("fear", 0.4)
    assert (fear == 0.4).all()
    grid.places[8].fear = 0.9
    assert fear[8] == 0.9
    grid.modify_properties("fear", np.multiply, 0.5)
    assert fear[8] == 0.45
    grid.fear.set_cells(0.1, lambda value: value > 0.4)
    assert fear[8] == 0.1
    assert fear[9] == 0.2
    assert grid.select_cells({"fear": lambda data: data < 0.15}) == [grid.places[8].coordinate]
    assert grid.fear.aggregate(np.nanmax) == 0.2


def test_a_layer_with_water_cannot_be_written_in_vain(coast: PeacekeepingModel) -> None:
    with pytest.raises(ValueError, match="read-only"):
        coast.grid.fear.data[0, 0] = 1.0


@pytest.mark.parametrize("name", ["coast", "plain"])
def test_the_ground_cannot_be_written(name: str, request: pytest.FixtureRequest) -> None:
    """Models of one scenario share it."""
    grid = request.getfixturevalue(name).grid
    with pytest.raises(ValueError, match="read-only"):
        grid.places[0].terrain = 0.5
    with pytest.raises(ValueError, match="read-only"):
        grid.set_property("roads", 0.5)
