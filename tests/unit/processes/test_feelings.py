"""Feelings follow what people live through, and come to rest where the equations say."""

import pytest

from sim.processes.feelings import feel
from tests.support.worlds import AREA, Lab, scenario


def mood(rows="AB", **feelings):
    lab = Lab(scenario(rows, parameters={"feelings": feelings}))
    lab.communities.fear[:], lab.communities.grievance[:] = 0.0, 0.2
    return lab


def nearness(km):
    """What is heard at a distance, before it is made to sum to 1: word of a death halves at about 8 km."""
    return 1 / (1 + (km / 12) ** 2) ** 2


def test_deaths_are_remembered_by_those_around_and_fade():
    lab = mood()
    lab.violence.memory[:] = (1.0, 0.0)
    lab.violence.civilians_killed[:], lab.violence.crossfire[:] = (5.0, 0.0), (0.1, 0.0)
    lab.violence.battle_deaths[:] = (10.2, 0.0)
    lab.violence.riot_deaths[:], lab.violence.murders[:] = (2.0, 0.0), (10.0, 0.0)
    lab.population.here[:] = (10_000.0, 4_000.0)
    lab.run(feel)
    own = nearness(10) / (nearness(10) + nearness(20))
    crowd = own * 10_000 + (1 - own) * 4_000 + 1.0 * AREA * 1000
    deaths = 5.1 + 0.5 * 10.2 + 2.0 + 0.1 * 10.0
    expected = [0.92 + 1000 * deaths * own / crowd, 1000 * deaths * (1 - own) / crowd]
    assert lab.violence.memory == pytest.approx(expected)


def test_what_is_remembered_does_not_hang_on_the_size_of_cells():
    """The same deaths among the same people: twelve dead in one cell, or in a corner of it four times smaller."""
    found = []
    for km, rows, people in ((16.0, "A" * 9, 4_000), (8.0, "A" * 18, 1_000)):
        side = len(rows)
        data = scenario("\n".join([rows] * side)).data()
        data["map"]["cell_km"] = km
        data["regions"]["A"]["population"] = people * side * side
        data["armed_groups"] = []
        lab = Lab(type(scenario()).model_validate(data))
        middle = (side // 2) * side + side // 2
        lab.violence.civilians_killed[middle] = 12.0
        lab.run(feel)
        found.append(lab.violence.memory)
    coarse, fine = found
    assert fine.sum() * 8**2 == pytest.approx(coarse.sum() * 16**2, rel=0.02)
    assert fine.max() < 2.5 * coarse.max()


def test_fear_rises_fast_and_falls_slowly():
    lab = mood("ABC", memory_keep=1.0)
    lab.violence.memory[:] = (1.0, 0.2, 0.0)
    lab.communities.fear[:] = (0.1, 0.0, 0.5)
    lab.run(feel)
    aim = [x / (x + 0.5) for x in (1.0, 0.2, 0.0)]
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
    lab.communities.grievance[:, 0] = (0.2, 0.6)
    lab.peace.inclusion[:] = 0.25
    lab.run(feel)
    rest = 0.4 * 0.75
    assert lab.communities.grievance[:, 0] == pytest.approx(
        [0.2 + 0.02 * 0.8 - 0.004 * (0.2 - rest), 0.6 + 0.02 * 0.4 - 0.004 * (0.6 - rest)]
    )
    lab.violence.memory[0] = 0.0
    lab.run(feel, 3000)
    assert lab.communities.grievance[:, 0] == pytest.approx([rest, rest], abs=1e-3)


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
