"""What armed groups are bent on: postures by their worth, targets by their appeal."""

import math
from collections import Counter

import numpy as np
import pytest

from sim.processes.group_strategy import plan
from sim.world.kinds import BandStatus, Posture
from tests.support.worlds import ARMY, REBELS, Lab, army, assert_same, frozen, rebels, scenario

N = 500


def war(own=100, foes=100, rows="AB", kind="rebel", **strategy):
    """A war in which the rebels have ``own`` fighters and the army ``foes``."""
    groups = [army(fighters=foes, where={"A": 1.0}), rebels(fighters=own, kind=kind, support=0.3)]
    return Lab(scenario(rows, armed_groups=groups, parameters={"group_strategy": strategy}))


def month(lab, first=0):
    """Let every group plan once: each has its week of the month."""
    for week in range(first, first + 4):
        lab.at(week).run(plan)
    return lab


def postures(lab, a=REBELS, n=N):
    """How often a group draws each posture in n lucks."""
    found = Counter()
    for seed in range(n):
        lab.clock.seed[0] = seed
        found[Posture(int(month(lab).groups.posture[a]))] += 1
    return {posture: found[posture] / n for posture in Posture}


def softmax(decisiveness, **worth):
    total = sum(math.exp(decisiveness * value) for value in worth.values())
    return {Posture[name.upper()]: math.exp(decisiveness * value) / total for name, value in worth.items()}


def test_postures_are_drawn_by_what_they_are_worth():
    lab = war(own=300, foes=100)
    lab.groups.commitment[REBELS], lab.groups.weariness[REBELS] = 0.1, 0.2
    edge = 0.5
    expected = softmax(4.0, offensive=edge + 0.3 - 0.2, hold=0.25, guerrilla=-edge, talk=0.2 + 0.2 - edge)
    found = postures(lab)
    for posture, share in expected.items():
        assert abs(found[posture] - share) < 4 * math.sqrt(share * (1 - share) / N), posture
    assert found[Posture.COMPLY] == 0


def test_peacekeepers_in_the_way_put_off_an_offensive():
    free, faced = war(), war()
    faced.presence.interposition[:] = 0.6  # deterrence 1.5 x 0.6 = 0.9
    expected = softmax(4.0, offensive=0.3 - 0.9, hold=0.25, guerrilla=0.9, talk=0.0)
    found = postures(faced)
    assert abs(found[Posture.OFFENSIVE] - expected[Posture.OFFENSIVE]) < 0.04
    assert found[Posture.OFFENSIVE] < 0.5 * postures(free)[Posture.OFFENSIVE]


def test_only_those_who_face_peacekeepers_are_deterred():
    faced = war(others_weight=0.0)
    faced.presence.interposition[0] = 0.9  # where the army stands, not the rebels
    assert postures(faced) == postures(war(others_weight=0.0))


def test_states_do_not_go_underground():
    lab = war(own=1000, foes=20)
    assert postures(lab, ARMY, 500)[Posture.GUERRILLA] == 0
    assert postures(war(own=20, foes=1000), n=500)[Posture.GUERRILLA] > 0.5


def test_a_committed_signatory_complies_and_a_group_without_foes_holds():
    lab = war()
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.41
    assert postures(lab, n=50)[Posture.COMPLY] == 1.0
    lab.groups.commitment[:] = 0.39
    assert postures(lab, n=50)[Posture.COMPLY] == 0.0
    lab.groups.signatory[:] = 0
    lab.groups.truce[:] = 1.0
    assert postures(lab, n=50)[Posture.HOLD] == 1.0


def test_the_sharpest_choice_takes_the_best_and_does_not_overflow():
    lab = war(decisiveness=50.0, edge_weight=10.0, deterrence_weight=10.0, own=20, foes=2000)
    lab.presence.interposition[:] = 1.0
    assert postures(lab, n=50)[Posture.GUERRILLA] == 1.0  # worth about 20, times 50


def test_groups_plan_once_a_month_and_not_all_in_the_same_week():
    weeks = set()
    for seed in range(40):
        lab = war(decisiveness=0.0)
        lab.communities.control[:] = 0.5
        lab.clock.seed[0] = seed
        planned = []
        for week in range(8):
            lab.groups.appeal[:] = 0.0
            planned.append(lab.at(week).run(plan).groups.appeal.any(axis=1))
        assert np.sum(planned, axis=0).tolist() == [2, 2]
        assert np.array_equal(planned[:4], planned[4:])
        weeks.add(int(np.argmax(planned, axis=0)[REBELS]))
    assert weeks == {0, 1, 2, 3}


def weighed(posture, rows="ABC", **strategy):
    """A lab in which the rebels have just weighed every cell in a posture; 16,000 people a cell pull 1."""
    lab = war(rows=rows, decisiveness=0.0, people_per_km2=40.0, **strategy)
    lab.geography.resources[:] = (0.0, 0.0, 0.5)
    lab.population.here[:] = 16_000.0
    lab.communities.control[ARMY, :] = (0.9, 0.9, 0.0)
    lab.communities.control[REBELS, :] = (0.0, 0.1, 0.8)
    lab.influence.armed[ARMY, :] = (80.0, 20.0, 0.0)  # 80 in 400 km2 are half a garrison
    lab.influence.armed[REBELS, :] = (0.0, 60.0, 40.0)
    if posture == Posture.HOLD:
        lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.9  # complies, and holds what it has
        posture = Posture.COMPLY
    for seed in range(80):
        lab.clock.seed[0] = seed
        if month(lab).groups.posture[REBELS] == posture:
            return lab
    raise AssertionError(posture)


def test_the_offensive_is_drawn_to_people_wealth_the_capital_and_what_the_enemy_holds():
    lab = weighed(Posture.OFFENSIVE)
    # The first, the capital, is the army's but for a tenth; the second is their own for a tenth, and threatened; of the
    # third, their own, a fifth is nobody's, and no enemy is near.
    attack = [4.2 * (0.2 * 0.1 + 0.9) * 0.3, 1.2 * 0.9 * 1.05, 2.2 * 0.2 * 0.2 * 1.3]
    assert lab.groups.appeal[REBELS] == pytest.approx([attack[0], attack[1] + 1.2 * 0.1 * 0.2, attack[2]])


def test_a_state_on_the_offensive_does_not_march_to_the_capital_it_holds_but_keeps_it_if_threatened():
    lab = war(rows="ABC", decisiveness=0.0, people_per_km2=40.0)
    lab.geography.resources[:] = 0.0
    lab.communities.control[ARMY, :] = (1.0, 0.0, 0.0)
    lab.communities.control[REBELS, :] = (0.0, 1.0, 1.0)
    lab.influence.armed[REBELS, :] = (0.0, 80.0, 0.0)
    for threat, own in ((0.0, 0.0), (80.0, 0.5)):
        lab.influence.armed[REBELS, 0] = threat
        lab.groups.posture[ARMY] = Posture.HOLD
        for seed in range(80):
            lab.clock.seed[0] = seed
            if month(lab).groups.posture[ARMY] == Posture.OFFENSIVE:
                break
        assert lab.groups.posture[ARMY] == Posture.OFFENSIVE
        prize = 3.0 + 0.2 + math.sqrt(lab.population.here[0] / 400.0 / 40.0)
        assert lab.groups.appeal[ARMY, 0] == pytest.approx(prize * own)
        assert lab.groups.appeal[ARMY, 1] > 0.0


@pytest.mark.parametrize("posture", [Posture.OFFENSIVE, Posture.GUERRILLA])
def test_what_a_partner_in_a_truce_holds_appeals_to_nobody(posture):
    third = rebels(id="others", name="Others", enemies=["rebels"], fighters=100, where={"A": 1.0})
    groups = [army(fighters=100, where={"A": 1.0}), rebels(fighters=100), third]
    lab = Lab(scenario("ABC", armed_groups=groups, parameters={"group_strategy": {"decisiveness": 0.0}}))
    lab.communities.control.T[:] = [[1.0, 0.0, 0.0], [0.5, 0.0, 0.5], [0.0, 0.0, 1.0]]
    kept = {}
    for truce in (0.0, 1.0):
        lab.groups.truce[ARMY, REBELS] = lab.groups.truce[REBELS, ARMY] = truce
        for seed in range(200):
            lab.clock.seed[0] = seed
            if month(lab).groups.posture[REBELS] == posture:
                break
        assert lab.groups.posture[REBELS] == posture
        kept[truce] = lab.groups.appeal[REBELS].copy()
    assert kept[0.0].all()
    assert kept[1.0][0] == 0.0
    assert 0.0 < kept[1.0][1] < kept[0.0][1]
    assert kept[1.0][2] == kept[0.0][2]


def test_guerrillas_are_drawn_to_soft_targets_among_their_own():
    lab = weighed(Posture.GUERRILLA)
    lab.presence.covered[:] = (0.0, 0.0, 0.5)
    lab.communities.residents[:, 1] = (10_000, 0)  # all of their own; elsewhere half
    month(lab, 4)
    while lab.groups.posture[REBELS] != Posture.GUERRILLA:
        month(lab, int(lab.clock.week[0]) + 1)
    half = 1 - 0.4 * 0.5
    expected = [1.2 * (1 - 0.8 * 0.5) * half, 1.2 * (1 - 0.8 * 0.2), 2.2 * 0.5 * half]
    assert lab.groups.appeal[REBELS] == pytest.approx(expected)


def test_those_who_hold_stay_where_they_rule_and_where_the_enemy_is():
    lab = weighed(Posture.HOLD)
    # Under a truce of commitment there is still open war in the books: nobody has signed with anybody.
    assert lab.groups.appeal[REBELS] == pytest.approx([0.0, 0.1 * 1.2 * 0.5, 0.8 * 2.2 * 0.3])


@pytest.mark.parametrize("posture", [Posture.OFFENSIVE, Posture.GUERRILLA, Posture.HOLD])
def test_appeal_depends_on_densities_and_not_on_the_size_of_cells(posture):
    """The same country in cells of 20 and of 10 km: a cell of a quarter holds a quarter of everything."""
    coarse = weighed(posture).groups.appeal[REBELS].copy()
    lab = weighed(posture)
    lab.geography.cell_km[0] /= 2.0
    lab.population.here[:] /= 4.0
    lab.influence.armed[:] /= 4.0
    month(lab)
    assert lab.groups.appeal[REBELS] == pytest.approx(coarse)


def test_foes_who_talk_make_talks_worth_more():
    lab = war(own=100, foes=100)
    expected = softmax(4.0, offensive=0.3, hold=0.25, guerrilla=0.0, talk=0.5)
    n, found = 600, 0
    for seed in range(n):
        lab.clock.seed[0] = seed
        for week in range(4):
            lab.groups.posture[ARMY] = Posture.TALK
            lab.at(week).run(plan)
        found += lab.groups.posture[REBELS] == Posture.TALK
    share = expected[Posture.TALK]
    assert abs(found / n - share) < 4 * math.sqrt(share * (1 - share) / n)


def test_a_band_changes_its_target_only_for_a_better_one():
    lab = war(rows="ABCDEF")
    lab.communities.control[REBELS, :] = 1.0
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.9  # comply: holds what it has
    lab.population.here[:] = 100.0
    lab.population.here[4] = 1e6
    lab.bands.cell[1] = lab.bands.target[1] = 4
    for week in range(0, 200, 4):
        month(lab, week)
        assert lab.bands.target[1] == 4
    lab.bands.cell[1] = lab.bands.target[1] = 0
    for week in range(0, 200, 4):
        month(lab, week)
    assert lab.bands.target[1] == 4  # 80 km off, and worth it


@pytest.mark.parametrize(
    ("morale", "foes_felt", "interposition", "hidden"),
    [(1.0, 0.0, 0.0, False), (0.3, 0.0, 0.0, True), (1.0, 40.0, 0.0, False), (1.0, 100.0, 0.0, True),
     (0.9, 40.0, 0.6, True)],
)  # fmt: skip
def test_guerrillas_hide_where_they_are_weak(morale, foes_felt, interposition, hidden):
    lab = war(own=20, foes=1000, hide_below=0.4)
    lab.bands.morale[:] = morale
    rebel = np.flatnonzero(lab.bands.group * (lab.bands.fighters > 0) == REBELS)[0]
    lab.influence.armed[:, lab.bands.cell[rebel]] = (foes_felt, 40.0)
    lab.presence.interposition[:] = interposition
    for seed in range(50):
        lab.clock.seed[0] = seed
        if month(lab).groups.posture[REBELS] == Posture.GUERRILLA:
            break
    assert lab.groups.posture[REBELS] == Posture.GUERRILLA
    assert (lab.bands.status[rebel] == BandStatus.HIDDEN) == hidden


def test_nobody_hides_in_another_posture():
    lab = war(own=20, foes=1000)
    lab.bands.morale[:], lab.groups.enemies[:] = 0.1, 0.0
    month(lab)
    assert lab.groups.posture[REBELS] == Posture.HOLD
    assert not (lab.bands.status == BandStatus.HIDDEN).any()


def test_on_the_offensive_everybody_knows_where_the_capital_is():
    lab = war(rows="ABCDEFGHIJKL", decisiveness=0.0, candidates=1, capital_pull=20.0, target_km=500.0)
    lab.communities.control[ARMY, :] = 1.0
    for week in range(0, 400, 4):
        month(lab, week)
        if lab.groups.posture[REBELS] == Posture.OFFENSIVE:
            break
    assert lab.bands.target[lab.bands.group * (lab.bands.fighters > 0) == REBELS] == lab.geography.capital[0]


def test_a_group_without_fighters_plans_nothing():
    lab = war()
    lab.groups.fighters[:] = 0
    before = frozen(lab.world)
    lab.run(plan)
    assert_same(before, lab.world)
