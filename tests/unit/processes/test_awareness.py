"""What headquarters believes: it forgets, and learns the more it is told, sees and shares."""

import numpy as np
import pytest

from sim.processes.awareness import observe_incidents
from sim.world.kinds import MissionStage
from tests.support.worlds import AREA, Lab, contributor, mission, scenario, spread_of_share

N = 700


def watching(sharing=1.0, technology=0.0, trust=0.0, covered=0.0, press=0.0, deaths=10.0, **more):
    parts = {
        "mission": mission(deployment={"information_sharing": sharing, "technology": technology, **more}),
        "contributors": [contributor()],
        "parameters": {"awareness": {"press": press}},
    }
    lab = Lab(scenario(**parts))
    lab.presence.covered[:] = covered
    lab.units.knowledge[:] = 1.0
    lab.communities.trust_mission[:] = trust
    lab.violence.battle_deaths[0] = deaths
    return lab


def times_learned(lab, n=N):
    """In which of n lucks headquarters learns of the incident."""
    learned = []
    for seed in range(n):
        lab.clock.seed[0] = seed
        lab.missions.threat[:] = 0.0
        lab.run(observe_incidents)
        learned.append(lab.missions.threat[0, 0] > 0.0)
    return np.array(learned)


def test_old_threats_are_forgotten():
    lab = watching(deaths=0.0)
    lab.missions.threat[0] = (1.0, 0.5)
    lab.run(observe_incidents, 2)
    assert lab.missions.threat[0] == pytest.approx([0.92**2, 0.5 * 0.92**2])


def test_what_is_certainly_seen_counts_by_its_gravity():
    lab = watching(covered=1.0, deaths=0.0)
    lab.violence.civilians_killed[0] = 6.0
    lab.violence.crossfire[0] = 1.0
    lab.violence.battle_deaths[:] = (3.0, 30.0)
    lab.missions.threat[0] = (0.5, 0.0)
    lab.run(observe_incidents)
    near, far = lab.geography.patrol_weight[:2]  # of a base in the cell itself, and in the next
    here, there = 10 / 20 / AREA, 30 / 40 / AREA
    assert lab.missions.threat[0] == pytest.approx([0.46 + near * here + far * there, near * there + far * here])


def test_nobody_tells_nothing_is_learned():
    assert not times_learned(watching(), 300).any()


def test_eyes_ears_and_sensors_add_up_as_independent_chances():
    lab = watching(sharing=0.8, technology=0.4, trust=0.5, covered=0.3, press=0.15)
    seen = 1 - (1 - 0.3) * (1 - 0.6 * 0.5) * (1 - 0.5 * 0.4)
    chance = 0.15 + 0.85 * 0.8 * seen
    assert abs(times_learned(lab).mean() - chance) < spread_of_share(chance, N)


@pytest.mark.parametrize("more", [{"covered": 0.7}, {"trust": 0.9}, {"technology": 0.9}, {"press": 0.5}])
def test_each_source_adds_to_what_is_learned(more):
    little = {"trust": 0.2, "covered": 0.1, "technology": 0.1, "press": 0.05}
    before, after = times_learned(watching(**little), 400), times_learned(watching(**little | more), 400)
    assert np.all(after[before])  # with the same luck nothing is lost
    assert after.sum() > before.sum() + 20


def test_a_village_has_fewer_to_tell():
    lab = watching(trust=1.0)
    lab.population.here[0] = 0.25 * 4.0 * 400.0  # a quarter of four people per km2
    chance = 0.6 * 0.25
    assert abs(times_learned(lab).mean() - chance) < spread_of_share(chance, N)


def test_a_mission_that_has_not_begun_or_has_closed_learns_nothing():
    for stage in (MissionStage.PLANNED, MissionStage.CLOSED):
        lab = watching(covered=1.0, press=1.0)
        lab.missions.stage[0] = stage
        lab.missions.threat[0] = 0.3
        lab.run(observe_incidents)
        assert lab.missions.threat[0].tolist() == [0.3, 0.3]


def test_who_does_not_understand_is_told_nothing():
    lab = watching(trust=1.0)
    lab.units.knowledge[:] = 0.5
    assert abs(times_learned(lab).mean() - 0.6 * 0.5) < spread_of_share(0.3, N)
    lab.units.knowledge[:] = 0.0
    assert not times_learned(lab, 300).any()


def test_early_warning_sees_abusive_armed_men_and_tension_before_anybody_dies():
    lab = watching(covered=0.5, sharing=0.8, deaths=0.0, doctrine="early_warning")
    lab.communities.cohesion[:] = 0.4
    lab.violence.contested[:] = (0.0, 0.5)
    lab.groups.abusiveness[:] = (0.5, 2.0)
    lab.influence.armed.T[:] = ((20.0, 10.0), (0.0, 0.0))
    lab.run(observe_incidents)
    density = (0.5 * 20 + 2.0 * 10) / AREA
    assert lab.missions.warning[0] == pytest.approx([0.8 * 0.5 * 0.6 * density / (density + 100.0), 0.0])
    assert lab.missions.threat[0].tolist() == [0.0, 0.0]


def test_other_doctrines_do_not_look_ahead():
    lab = watching(covered=1.0, doctrine="hotspot")
    lab.influence.armed[:] = 100.0
    assert not lab.run(observe_incidents).missions.warning.any()


def test_an_assessment_is_the_first_picture_and_only_that():
    for assessment in (0.0, 0.5):
        lab = watching(deaths=0.0, assessment=assessment)
        lab.influence.armed[:, 0] = (0.0, 40.0)
        lab.communities.cohesion[:] = 0.0
        lab.missions.start_week[0] = 7
        lab.at(7).run(observe_incidents)
        assert not lab.missions.threat.any()
        lab.at(8).run(observe_incidents)
        assert lab.missions.threat[0] == pytest.approx([assessment * 100 / (100 + 100), 0.0])
        lab.at(9).run(observe_incidents)
        assert lab.missions.threat[0, 0] == pytest.approx(0.92 * assessment * 0.5)


def test_under_cyber_attack_sensors_are_blind_and_reports_do_not_come_through():
    lab = watching(sharing=0.8, technology=1.0, covered=0.3)
    lab.missions.signals[:] = 0.5
    seen = 1 - (1 - 0.3) * (1 - 0.5 * 1.0 * 0.5)
    chance = 0.8 * 0.5 * seen
    assert abs(times_learned(lab).mean() - chance) < spread_of_share(chance, N)
    lab.missions.signals[:] = 0.0
    assert not times_learned(lab, 200).any()
