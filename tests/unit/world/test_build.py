"""From a scenario to a world: everyone is settled, every fighter stands somewhere, nothing is invented."""

import numpy as np
import pytest

from sim.world.build import build_world
from sim.world.kinds import Ceiling, MissionStage, Stage, Task, UnitStatus
from sim.world.settlement import apportion
from tests.support.worlds import ARMY, HILL, REBELS, Lab, army, contributor, mission, rebels, scenario


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1.0, 1.0, 1.0], [3, 4, 3]),
        (7, [0.0, 1.0], [0, 7]),
        (5, [0.0, 0.0], [0, 0]),
        (0, [1.0, 2.0], [0, 0]),
        (100, [0.7, 0.2, 0.1], [70, 20, 10]),
    ],
)
def test_apportion_is_exact(total, weights, parts):
    assert apportion(total, weights) == parts


def test_apportion_never_strays_by_a_whole_one():
    rng = np.random.default_rng(5)
    for _ in range(200):
        weights = rng.random(rng.integers(1, 9)).tolist()
        total = int(rng.integers(0, 1000))
        parts = apportion(total, weights)
        ideal = np.array(weights) / sum(weights) * total
        assert sum(parts) == total
        assert np.all(np.abs(np.array(parts) - ideal) < 1)


def test_people_live_in_their_towns_and_the_rest_on_the_land():
    town = {"name": "Town", "region": "A", "population": 4_000}
    regions = {"A": {"population": 10_000, "identity": {"hill": 0.25, "plain": 0.75}}}
    lab = Lab(scenario("AtA\nBBB", places={"t": town}, regions=regions))
    assert lab.communities.residents[:, :3].T.tolist() == [[750, 2250], [1000, 3000], [750, 2250]]
    assert lab.communities.residents[:, 3:].sum() == 10_000


def test_the_displaced_are_part_of_their_region_and_have_homes_elsewhere():
    regions = {"A": {"population": 10_000, "displaced": 1_500}}
    lab = Lab(scenario("AB", regions=regions))
    assert lab.communities.residents[:, 0].sum() == 8_500
    assert lab.communities.hosted[:, 0].sum() == 1_500
    assert lab.communities.empty_homes.sum(axis=0).tolist() == [0, 1_500]


def test_every_fighter_stands_in_a_band_of_about_the_usual_size():
    groups = [army(fighters=1_000, band_size=300, where={"A": 0.5, "B": 0.5}), rebels(fighters=7)]
    lab = Lab(scenario(armed_groups=groups))
    mine = (lab.bands.group == ARMY) & (lab.bands.fighters > 0)
    assert sorted(lab.bands.fighters[mine]) == [250, 250, 250, 250]
    assert sorted(lab.bands.cell[mine]) == [0, 0, 1, 1]
    assert lab.groups.fighters.tolist() == [1_000, 7] == lab.groups.start_fighters.tolist()


def test_bands_stand_anywhere_in_their_region_by_luck():
    given = scenario("AAAAAAAAAB", armed_groups=[rebels(where={"A": 1.0})])
    cells = [int(build_world(given, seed).bands.cell[0]) for seed in range(300)]
    assert set(cells) == set(range(9))
    assert abs(np.mean(cells) - 4.0) < 0.7


def test_control_of_a_place_overrides_that_of_its_region():
    town = {"name": "Town", "region": "B", "population": 10}
    groups = [army(control={"B": 0.2, "t": 0.9}), rebels(control={"B": 0.5})]
    lab = Lab(scenario("ABt", places={"t": town}, armed_groups=groups))
    assert lab.communities.control.T.tolist() == [[0.0, 0.0], [0.2, 0.5], [0.9, 0.5]]


def test_enmity_is_mutual_and_an_old_truce_is_in_force():
    accord = {"date": "1999-06-07", "name": "Accord", "signatories": ["army", "rebels"]}
    lab = Lab(scenario(peace={"stage": "agreement", "agreements": [accord]}))
    assert lab.groups.enemies.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert lab.groups.truce.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert lab.groups.signatory.tolist() == [1, 1]
    assert lab.peace.stage[0] == Stage.AGREEMENT


def test_a_group_without_constituency_recruits_from_everybody():
    lab = Lab(scenario(armed_groups=[army(), rebels(constituency=[])]))
    assert lab.groups.constituency[REBELS].tolist() == [1.0, 1.0]
    assert lab.groups.constituency[ARMY].tolist() == [0.0, 1.0]


def test_an_old_mission_stands_at_its_entry_within_its_ceiling():
    lab = Lab(scenario(mission=mission(military=320), contributors=[contributor(pledged=450, unit_size=100)]))
    assert lab.units.size.tolist() == [100, 100, 100, 100, 50]
    deployed = lab.units.status == UnitStatus.DEPLOYED
    assert lab.units.headcount[deployed].sum() == 300 == lab.casualties.arrived[0]
    assert lab.missions.ceiling[0, Ceiling.MILITARY] == 320


def test_a_later_mission_is_only_planned():
    lab = Lab(scenario(mission=mission(start="2000-06-05"), contributors=[contributor()]))
    assert lab.missions.stage[0] == MissionStage.PLANNED
    assert lab.units.headcount.sum() == 0


def test_a_mission_that_starts_on_the_first_day_still_has_to_deploy():
    lab = Lab(scenario(mission=mission(start="2000-01-03"), contributors=[contributor()]))
    assert lab.units.headcount.sum() == 0


def test_effort_is_shared_by_weight_and_lost_to_too_many_tasks():
    effort = Lab(scenario(mission=mission({"ddr": 2.0, "elections": 1.0}))).missions.effort[0]
    assert (effort[Task.DDR], effort[Task.ELECTIONS], effort[Task.RULE_OF_LAW]) == (1.0, 0.5, 0.0)
    many = Lab(scenario(mission=mission({task.name.lower(): 1.0 for task in Task}))).missions.effort[0]
    # Fourteen tasks, eight in hand: 1 / (1 + 0.5 x 6 / 8).
    assert many == pytest.approx([1 / 1.375] * 14)


def test_two_worlds_of_a_scenario_do_not_share_what_changes():
    given = scenario(regions={"A": {"displaced": 500}})
    one, two = build_world(given, 1), build_world(given, 1)
    one.communities.residents[:] = 0
    one.groups.commitment[:] = 9.0
    assert two.communities.residents.sum() == 19_500
    assert two.groups.commitment.max() < 1.0
    assert build_world(given, 1).communities.residents[HILL, :].sum() == two.communities.residents[HILL, :].sum()


def test_everyone_is_counted_at_the_start():
    lab = Lab(scenario(regions={"A": {"displaced": 500}}))
    assert lab.population.start[0] == lab.people() == 20_000 + 200
