"""The ground: cells in map order, neighbours, distances, and weights that sum to one."""

import numpy as np
import pytest

from tests.support.worlds import Lab, region, scenario


def ground(rows="ABCDEF", **parts):
    return Lab(scenario(rows, **parts)).geography


def reached(geography, cell):
    return geography.reach_cell[geography.reach_start[cell] : geography.reach_start[cell + 1]]


def part(geography, cell):
    first = geography.weight_start[cell]
    return slice(first, first + len(reached(geography, cell)))


def test_cells_are_numbered_in_map_order_water_and_neighbours_left_out():
    geography = ground("*AB\n.CD")
    assert list(zip(geography.row.tolist(), geography.column.tolist(), strict=True)) == [
        (0, 1),
        (0, 2),
        (1, 1),
        (1, 2),
    ]
    assert geography.border.tolist() == [1, 0, 1, 0]
    near, far = 10.0, 20.0 * (2 - 0.5)  # from the middle of a cell to the edge of the foreign one
    diagonal = 20.0 * (2**0.5 - 0.5)
    corner = 20.0 * (5**0.5 - 0.5)
    assert geography.abroad_weight == pytest.approx([1 / (1 + km / 40) for km in (near, far, diagonal, corner)])
    assert ground("AB").abroad_weight.tolist() == [0.0, 0.0]
    assert sorted(c for c in geography.neighbours[0] if c >= 0) == [1, 2, 3]


def test_reach_ends_at_its_distance_and_begins_at_home():
    geography = ground("ABCDEF")  # 50 km are two cells of 20 km
    assert reached(geography, 2).tolist() == [2, 0, 1, 3, 4]
    assert geography.reach_km[part(geography, 2)].tolist() == [10.0, 40.0, 20.0, 20.0, 40.0]


def test_weights_sum_to_one_and_fall_to_a_quarter_at_their_distance():
    geography = ground("ABCDEF", parameters={"ground": {"patrol_km": 20.0, "sway_km": 40.0}})
    for cell in range(6):
        assert geography.patrol_weight[part(geography, cell)].sum() == pytest.approx(1.0)
        assert geography.sway_weight[part(geography, cell)].sum() == pytest.approx(1.0)
    raw = np.array([1 / (1 + (km / 20.0) ** 2) ** 2 for km in (10.0, 40.0, 20.0, 20.0, 40.0)])
    assert raw[2] == 0.25
    assert geography.patrol_weight[part(geography, 2)] == pytest.approx(raw / raw.sum())


def test_cells_that_lie_alike_share_their_weights():
    geography = ground("\n".join(["AAAAAAAAA"] * 9), regions={"A": {"terrain": 0.5, "roads": 0.0}})
    alike = [c for c in range(81) if len(reached(geography, c)) == 21]  # those two cells or more from the edge
    assert len(alike) == 25
    assert len({geography.weight_start[c] for c in alike}) == 1
    assert len(geography.sway_weight) < len(geography.reach_cell) / 2


def test_patrols_go_less_far_over_rough_ground_without_roads():
    regions = {"B": {"terrain": 1.0, "roads": 0.0}}
    geography = ground("BA", regions=regions)
    easy = ground("BA")
    rough, smooth = geography.patrol_weight[part(geography, 1)], easy.patrol_weight[part(easy, 1)]
    assert rough[1] < smooth[1]
    far = 20.0 * 1.5 / 15.0  # half of the way is hard
    raw = [1 / (1 + (10.0 / 15.0) ** 2) ** 2, 1 / (1 + far**2) ** 2]
    assert rough == pytest.approx(np.array(raw) / sum(raw))


def test_places_know_the_capital_the_entries_and_the_camps():
    town = {"name": "Town", "region": "A", "population": 5_000}
    geography = ground("ABt", places={"t": town | {"entry": True, "camp": True, "roads": 0.25}})
    assert geography.entry.tolist() == [2] == geography.camp_cells.tolist() == geography.capital.tolist()
    assert geography.entry_km.tolist() == [40.0, 20.0, 0.0]
    assert geography.roads.tolist() == [1.0, 1.0, 0.25]
    assert geography.camp_weight[:, 0] == pytest.approx([0.5, 1 / 1.5, 1.0])
    assert geography.region.tolist() == [0, 1, 0]


def test_a_finer_grid_gives_a_base_the_same_reach():
    """Share of patrols within 22 km of a base on open ground, in cells of 20, 10 and 5 km."""
    shares = []
    for cell_km, n in ((20.0, 7), (10.0, 13), (5.0, 25)):
        rows = "\n".join("A" * n for _ in range(n))
        data = scenario("A").data() | {"map": {"cell_km": cell_km, "rows": rows}}
        data["regions"] = {"A": region("A")}
        geography = Lab(type(scenario("A")).model_validate(data)).geography
        home = part(geography, n * n // 2)
        near = geography.reach_km[home] < 22.0
        shares.append(geography.patrol_weight[home][near].sum())
    assert max(shares) - min(shares) < 0.12
