"""Doctrines differ as they are named, and units see of each other what coordination lets them see.

Six cells of 20 km in a row, good roads, so that supply is nowhere hard; patrols reach two cells.
"""

import numpy as np
import pytest

from sim.processes.tasking import assign
from sim.world.kinds import MissionStage
from sim.world.reach import cells_around, weights_around
from tests.support.worlds import Lab, contributor, mission, scenario

PEOPLE = {"A": 10_000, "B": 10_000, "C": 40_000, "D": 10_000, "E": 10_000, "F": 30_000}


def lab_with(doctrine="population", coordination=1.0, troops=None, rows="ABCDEF", people=None, area=(), **tasking):
    parts = {
        "mission": mission(military=3000, police=100, observers=100, civilians=100,
                           deployment={"doctrine": doctrine, "coordination": coordination, "area": area}),
        "contributors": troops or [contributor(pledged=150)],
        "regions": {letter: {"population": n} for letter, n in (people or PEOPLE).items()},
        "parameters": {"tasking": tasking},
    }  # fmt: skip
    return Lab(scenario(rows, **parts))


def team(component, size):
    return [contributor(component, size, component=component, unit_size=size)]


def test_a_landed_company_goes_where_most_people_live():
    assert lab_with("population").run(assign).units.cell[0] == 2


def test_a_static_unit_stays_in_its_first_base():
    lab = lab_with("static", turns=1).run(assign)
    assert lab.units.cell[0] == 2
    lab.population.here[5] = 1e6
    for week in range(1, 40):
        lab.at(week).run(assign)
    assert lab.units.cell[0] == 2


def test_only_the_hotspot_doctrine_follows_the_threat():
    for doctrine, where in (("population", 2), ("hotspot", 4)):
        lab = lab_with(doctrine)
        lab.missions.threat[0, 4] = 2.0
        assert lab.run(assign).units.cell[0] == where


def test_a_hotspot_is_worth_the_square_root_of_its_people():
    # sqrt(40,500) x 0.2 = 40.2 against sqrt(10,500) x (0.2 + t): even at t = 0.193.
    for threat, where in ((0.18, 2), (0.21, 0)):
        lab = lab_with("hotspot")
        lab.missions.threat[0, 0] = threat
        assert lab.run(assign).units.cell[0] == where


def test_uniform_spreads_whatever_the_people():
    lab = lab_with("uniform", troops=[contributor(pledged=900)]).run(assign)
    assert len(set(lab.units.cell)) >= 4
    assert {0, 5} <= set(lab.units.cell)
    crowd = lab_with("population", troops=[contributor(pledged=900)]).run(assign)
    in_town = np.isin(crowd.units.cell, (2, 5)).sum()
    assert in_town > np.isin(lab.units.cell, (2, 5)).sum()


def test_without_coordination_contingents_go_to_the_same_place():
    two = [contributor("one", 150), contributor("two", 150)]
    assert lab_with(coordination=0.0, troops=two).run(assign).units.cell.tolist() == [2, 2]
    assert lab_with(coordination=1.0, troops=two).run(assign).units.cell.tolist() == [2, 5]
    # One contingent always sees itself.
    assert lab_with(coordination=0.0, troops=[contributor(pledged=300)]).run(assign).units.cell.tolist() == [
        2,
        5,
    ]


def test_police_live_with_the_people_and_observers_where_it_is_contested():
    lab = lab_with("hotspot", troops=team("police", 20))
    lab.missions.threat[0, 4] = 5.0
    assert lab.run(assign).units.cell[0] == 2
    lab = lab_with("population", troops=team("observers", 8))
    lab.violence.contested[3] = 1.0  # 10,000 x 1.2 against 40,000 x 0.2
    assert lab.run(assign).units.cell[0] == 3


def test_far_from_a_port_and_without_roads_a_place_is_worth_less():
    for roads, where in ((0.0, 0), (1.0, 5)):
        people = dict.fromkeys("ABCDE", 10_000) | {"F": 20_000}
        lab = lab_with(people=people, supply_km=50.0)
        lab.geography.roads[:] = roads
        # F is 100 km from the entry in A: 20,000 / (1 + 100 / 50) = 6,667 is less than 10,000.
        assert lab.run(assign).units.cell[0] == where


def test_a_move_must_gain_enough_and_takes_time_and_knowledge():
    lab = lab_with(turns=1, cycle_weeks=1.0, road_km_per_week=50.0)
    lab.units.arrived_week[0] = -9
    lab.units.cell[0], lab.units.knowledge[0] = 5, 0.9
    lab.at(1).run(assign)
    assert lab.units.cell[0] == 5  # 40,000 is not twice 30,000
    lab.population.here[0] = 61_000.0
    lab.at(2).run(assign)
    assert lab.units.cell[0] == 0
    assert lab.units.moving_weeks[0] == 1 + 2  # 100 km at 50 a week
    assert lab.units.knowledge[0] == pytest.approx(0.5 + 0.5 * 0.3 * 0.5)  # like home, and half studied


def test_poor_leadership_slows_the_cycle():
    moved = {}
    for leadership in (1.0, 0.25):
        lab = lab_with(turns=1, cycle_weeks=2.0)
        lab.missions.leadership[0] = leadership
        lab.units.arrived_week[0] = -9
        for week in range(1, 20):
            if lab.at(week).run(assign).units.cell[0] != 0:
                moved[leadership] = week
                break
    assert moved == {1.0: 2, 0.25: 8}


@pytest.mark.parametrize("stage", [MissionStage.PLANNED, MissionStage.CLOSED])
def test_a_mission_that_is_not_open_moves_nobody(stage):
    lab = lab_with()
    lab.missions.stage[0] = stage
    assert lab.run(assign).units.cell[0] == 0


def test_early_warning_goes_where_danger_is_foretold_and_hotspot_where_it_was():
    for doctrine, where in (("early_warning", 3), ("hotspot", 4)):
        lab = lab_with(doctrine)
        lab.missions.warning[0, 3] = 1.0
        lab.missions.threat[0, 4] = 2.0
        assert lab.run(assign).units.cell[0] == where


@pytest.mark.parametrize("component", ["military", "observers"])
def test_a_buffer_line_is_held_where_ground_of_enemies_meets(component):
    lab = lab_with("buffer_line", troops=team(component, 90))
    lab.communities.control[:] = 0.0
    lab.communities.control[0, :4] = 0.9
    lab.communities.control[1, 4:] = 0.9
    assert lab.run(assign).units.cell[0] in (3, 4)


def test_where_nobody_rules_or_all_are_friends_there_is_no_line():
    lab = lab_with("buffer_line", troops=[contributor(pledged=900)])
    lab.communities.control[:] = 0.1
    assert len(set(lab.run(assign).units.cell)) >= 4
    lab = lab_with("buffer_line", troops=[contributor(pledged=900)])
    lab.communities.control[0, :3] = lab.communities.control[1, 3:] = 0.9
    lab.groups.enemies[:] = 0.0
    assert len(set(lab.run(assign).units.cell)) >= 4


def test_a_line_that_is_full_sends_the_rest_along_it():
    lab = lab_with("buffer_line", troops=[contributor(pledged=900)])
    lab.communities.control[:] = 0.0
    lab.communities.control[0, :3] = lab.communities.control[1, 3:] = 0.9
    assert set(lab.run(assign).units.cell) == {2, 3}


def test_placing_by_tournament_is_placing_by_searching_all_cells():
    lab = lab_with("population", coordination=0.4, rows="ABCDEF", turns=1,
                   troops=[contributor("one", 450), contributor("two", 450)])  # fmt: skip
    lab.population.here[:] = np.arange(6) * 7_000.0 + 10_000.0
    expected = by_searching(lab)
    assert lab.run(assign).units.cell.tolist() == expected


def by_searching(lab):
    """Place the units one after the other, looking at every cell for each."""
    ground, rates, units = lab.geography, lab.rates.tasking, lab.units
    cells, crowd = units.cell.tolist(), 90.0 * ground.cell_km[0] ** 2 / 1000.0
    base = lab.population.here / (1.0 + ground.entry_km / rates.supply_km * (1.0 - ground.roads))

    def cover(of):
        found = np.zeros(6)
        for v in of:
            near = cells_around(cells[v], ground)
            found[near] += units.headcount[v] * weights_around(cells[v], ground.patrol_weight, ground)
        return found

    for u in range(len(cells)):
        others = cover(v for v in range(len(cells)) if v != u)
        own = cover(v for v in range(len(cells)) if v != u and units.contributor[v] == units.contributor[u])
        cells[u] = int(np.argmax(base / (1.0 + (own + 0.4 * (others - own)) / crowd)))
    return cells


def test_a_mission_stays_in_its_area():
    lab = lab_with("population", troops=[contributor(pledged=900)], area=["D", "E"])
    assert set(lab.run(assign).units.cell) == {3, 4}
