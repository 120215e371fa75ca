"""Feelings follow what people live through, and come to rest where the equations say."""

import pytest

from sim.processes.feelings import feel
from tests.support.worlds import Lab, scenario


def mood(rows="AB", **feelings):
    lab = Lab(scenario(rows, parameters={"feelings": feelings}))
    lab.communities.fear[:], lab.communities.grievance[:] = 0.0, 0.2
    return lab


def test_deaths_are_remembered_by_the_thousand_and_fade():
    lab = mood()
    lab.violence.memory[:] = (1.0, 0.0)
    lab.violence.civilians_killed[:], lab.violence.crossfire[:] = (5.0, 0.0), (0.1, 0.0)
    lab.violence.battle_deaths[:] = (10.2, 20.4)
    lab.run(feel)
    # 5.1 civilians and half of 10.2 fighters among 10,200 are one in a thousand.
    assert lab.violence.memory == pytest.approx([0.92 + 1.0, 1.0])


def test_fear_rises_fast_falls_slowly_and_looks_next_door():
    lab = mood("ABC", memory_keep=1.0)
    lab.violence.memory[:] = (1.0, 0.0, 0.0)
    lab.communities.fear[:] = (0.1, 0.0, 0.5)
    lab.run(feel)
    m = (0.6, 0.4 * 0.5, 0.0)  # A has B next door; B has A and C; C has B
    aim = [x / (x + 0.5) for x in m]
    expected = [0.1 + 0.5 * (aim[0] - 0.1), 0.5 * aim[1], 0.5 - 0.06 * 0.5]
    assert lab.communities.fear == pytest.approx(expected)
    lab.run(feel, 400)
    assert lab.communities.fear == pytest.approx(aim, abs=1e-9)


def test_trusted_protection_comforts():
    lab = mood("A", memory_keep=1.0)
    lab.violence.memory[0] = 0.5
    lab.presence.protection[0], lab.communities.trust_mission[0] = 0.8, 0.5
    lab.run(feel, 400)
    assert lab.communities.fear[0] == pytest.approx(0.5 * (1 - 0.5 * 0.8 * 0.5))


def test_grievance_grows_with_pain_and_rests_on_exclusion():
    lab = mood("A", memory_keep=1.0)
    lab.violence.memory[0] = 2.0
    lab.communities.grievance[0] = (0.2, 0.6)
    lab.peace.inclusion[:] = 0.25
    lab.run(feel)
    rest = 0.4 * 0.75
    assert lab.communities.grievance[0] == pytest.approx(
        [0.2 + 0.02 * 0.8 - 0.004 * (0.2 - rest), 0.6 + 0.02 * 0.4 - 0.004 * (0.6 - rest)]
    )
    lab.violence.memory[0] = 0.0
    lab.run(feel, 3000)
    assert lab.communities.grievance[0] == pytest.approx([rest, rest], abs=1e-3)


def test_cohesion_livelihood_and_trust_in_the_state_find_their_rest():
    lab = mood("A", memory_keep=1.0)
    lab.violence.memory[0] = 0.5 / 3  # fear 0.25
    lab.communities.police[0], lab.communities.services[0] = 0.2, 0.6
    lab.peace.legitimacy[0] = 0.8
    cohesion, livelihood, trust = (
        lab.communities.cohesion[0],
        lab.communities.livelihood[0],
        lab.communities.trust_state[0],
    )
    lab.communities.fear[0] = 0.25
    lab.run(feel)
    assert lab.communities.cohesion[0] == pytest.approx(cohesion + 0.01 * (0.75 - cohesion))
    aim = 0.7 * (0.5 + 0.5 * 0.4) * 0.75
    assert lab.communities.livelihood[0] == pytest.approx(livelihood + 0.01 * (aim - livelihood))
    assert lab.communities.trust_state[0] == pytest.approx(trust + 0.01 * (0.7 - trust))
    lab.run(feel, 3000)
    assert lab.communities.cohesion[0] == pytest.approx(0.75)
    assert lab.communities.livelihood[0] == pytest.approx(aim)
    assert lab.communities.trust_state[0] == pytest.approx(0.7)


def test_without_violence_memory_fear_and_pain_die_away():
    lab = mood()
    lab.violence.memory[:], lab.communities.fear[:] = 3.0, 0.9
    lab.run(feel, 500)
    assert lab.violence.memory.max() < 1e-12
    assert lab.communities.fear.max() < 1e-9
    assert lab.communities.fear.min() >= 0.0
