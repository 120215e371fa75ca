"""What headquarters believes: it forgets, and learns the more it is told, sees and shares."""

import numpy as np
import pytest

from sim.processes.awareness import observe_incidents
from sim.world.kinds import MissionStage
from tests.support.worlds import Lab, mission, scenario, spread_of_share

N = 700


def watching(sharing=1.0, technology=0.0, trust=0.0, covered=0.0, press=0.0, deaths=10.0):
    parts = {
        "mission": mission(deployment={"information_sharing": sharing, "technology": technology}),
        "parameters": {"awareness": {"press": press}},
    }
    lab = Lab(scenario(**parts))
    lab.presence.covered[:] = covered
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
    assert lab.missions.threat[0] == pytest.approx([0.46 + 10 / 20, 30 / 40])


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
    lab.population.here[0] = 250.0
    chance = 0.6 * 0.25
    assert abs(times_learned(lab).mean() - chance) < spread_of_share(chance, N)


def test_a_mission_that_has_not_begun_or_has_closed_learns_nothing():
    for stage in (MissionStage.PLANNED, MissionStage.CLOSED):
        lab = watching(covered=1.0, press=1.0)
        lab.missions.stage[0] = stage
        lab.missions.threat[0] = 0.3
        lab.run(observe_incidents)
        assert lab.missions.threat[0].tolist() == [0.3, 0.3]


def test_under_cyber_attack_sensors_are_blind_and_reports_do_not_come_through():
    lab = watching(sharing=0.8, technology=1.0, covered=0.3)
    lab.missions.signals[:] = 0.5
    seen = 1 - (1 - 0.3) * (1 - 0.5 * 1.0 * 0.5)
    chance = 0.8 * 0.5 * seen
    assert abs(times_learned(lab).mean() - chance) < spread_of_share(chance, N)
    lab.missions.signals[:] = 0.0
    assert not times_learned(lab, 200).any()
