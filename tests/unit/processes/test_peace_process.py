"""The peace process: what moves commitment, who signs, who walks out, what a vote does, how stages follow."""

import math

import numpy as np
import pytest

from sim.processes.peace_process import negotiate
from sim.world.kinds import EventKind, Stage
from tests.support.worlds import ARMY, REBELS, START, Lab, army, contributor, mission, rebels, scenario

QUIET = {"noise": 0.0, "temper_spread": 0.0, "talks_rate": 0.0, "collapse_below": 0.0}


def logistic(z):
    return 1 / (1 + math.exp(-z))


def talks(peace=None, groups=None, with_mission=False, commitment=0.3, weeks=None, **process):
    given = {"commitment": commitment, "spoils": 0.2, "support": 0.1}
    parts = {
        "armed_groups": groups or [army(**given), rebels(**given)],
        "peace": {"stage": "war", "inclusion": 0.3} | (peace or {}),
        "parameters": {"peace_process": QUIET | process},
    }
    if with_mission:
        parts |= {
            "mission": mission({"political_process": 1.0, "elections": 1.0}, civilians=200),
            "contributors": [contributor(pledged=100, component="civilians")],
        }
    return Lab(scenario(**parts))


def frozen_talks(**more):
    """Talks in which commitment does not drift."""
    return talks(**{"commitment_rate": 0.0} | more)


# ------------------------------------------------------------------ commitment


def test_commitment_moves_towards_what_the_situation_makes_of_it():
    lab = talks()
    lab.groups.weariness[:], lab.presence.covered[:] = 0.5, (0.0, 0.4)
    lab.groups.commitment[:] = (0.6, 0.3)
    lab.groups.recent_wrongs[:] = (0.0, 10.0 / 0.95)
    lab.groups.fighters[:], lab.bands.fighters[:2] = (300, 100), (300, 100)
    base = float(lab.rates.peace_process.fresh_war)
    lab.run(negotiate)
    weary = 0.5 - 0.02 * 0.5
    common = base + 2.0 * weary - 1.2 * 0.2 - 1.0 * 0.1
    army_z = common + 2.0 * (0.3 - 0.5) - 1.0 * 0.5
    rebel_z = common + 2.0 * 0.4 + 2.0 * (0.6 - 0.5) - 2.0 * 0.5
    expected = [0.6 + 0.04 * (logistic(army_z) - 0.6), 0.3 + 0.04 * (logistic(rebel_z) - 0.3)]
    assert lab.groups.commitment == pytest.approx(expected)


def test_having_signed_and_a_share_in_power_raise_it():
    lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, inclusion_weight=2.0)
    lab.groups.signatory[REBELS] = 1
    lab.peace.inclusion[0], lab.peace.implementation[0] = 0.6, 0.5
    lab.run(negotiate)
    odds = np.log(lab.groups.commitment / (1 - lab.groups.commitment))
    assert odds[REBELS] - odds[ARMY] == pytest.approx(0.6 + 2.0 * 0.6 * 0.75)


def test_weariness_follows_recent_losses():
    lab = talks()
    lab.groups.recent_dead[:] = (0.0, 3.03 / 0.96)
    lab.run(negotiate)
    assert lab.groups.weariness == pytest.approx([0.0, 0.02 * 0.5])  # 3 of a hundred weary half
    assert lab.groups.recent_dead[REBELS] == pytest.approx(3.03)


def test_alike_groups_stay_alike():
    lab = talks(groups=[army(kind="rebel", where={"A": 1.0}), rebels(where={"A": 1.0})]).run(negotiate, 100)
    assert lab.groups.commitment[ARMY] == lab.groups.commitment[REBELS]


def test_noise_has_its_size_and_dies_where_no_force_is_left():
    for fighters, force in ((100, 100 / 111), (0, 0.0)):
        lab = frozen_talks(noise=0.02)
        moves = []
        for seed in range(800):
            lab.clock.seed[0] = seed
            lab.groups.commitment[:], lab.groups.fighters[:] = 0.5, fighters
            moves.append(lab.run(negotiate).groups.commitment[REBELS] - 0.5)
        assert np.std(moves) == pytest.approx(0.02 * force, rel=0.12, abs=1e-12)


def test_mediation_is_political_staff_under_good_leadership():
    lab = talks(with_mission=True)
    lab.units.effective[:] = 25.0
    lab.missions.leadership[0], lab.missions.consent[0], lab.missions.impartiality[0] = 0.8, 0.5, 0.9
    lab.run(negotiate)
    staff = len(lab.units.effective) * 25.0 * 0.8 * 0.5 * 0.9
    assert lab.peace.mediation[0] == pytest.approx(staff / (staff + 100))
    lab.units.effective[:] = 0.0
    assert lab.run(negotiate).peace.mediation[0] == 0.0


# -------------------------------------------------------- signatures and walk-outs


def agreement(**more):
    usual = {"date": START, "name": "Accord", "signatories": ["army", "rebels"], "inclusion": 0.6}
    return {"agreements": [usual | more]}


def test_an_agreement_on_its_date_binds_those_who_sign():
    lab = frozen_talks(peace=agreement(), implementation_rate=0.0).run(negotiate)
    assert lab.groups.signatory.tolist() == [1, 1]
    assert lab.groups.truce.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert lab.groups.commitment == pytest.approx([0.3 + 0.5 * 0.7] * 2)
    assert (lab.peace.stage[0], lab.peace.inclusion[0]) == (Stage.AGREEMENT, 0.6)


def test_a_ceasefire_lifts_less_and_shares_no_power():
    lab = frozen_talks(peace=agreement(kind="ceasefire")).run(negotiate)
    assert lab.groups.commitment == pytest.approx([0.3 + 0.2 * 0.7] * 2)
    assert (lab.peace.stage[0], lab.peace.inclusion[0]) == (Stage.CEASEFIRE, 0.3)


def test_parties_who_both_lean_to_peace_sign_with_a_chance():
    for commitment, chance in (((0.6, 0.6), 0.25), ((0.9, 0.49), 0.0)):
        lab = frozen_talks(talks_rate=0.25, truce_lift=0.0)
        signed = 0
        for seed in range(1000):
            lab.clock.seed[0] = seed
            lab.groups.commitment[:], lab.groups.truce[:], lab.groups.signatory[:] = commitment, 0.0, 0
            signed += lab.run(negotiate).groups.signatory[REBELS]
        assert abs(signed / 1000 - chance) < 0.06


def three(commitment):
    """Army and rebels, and a third group that fights the army."""
    third = rebels(id="third", enemies=["army"], where={"A": 1.0})
    groups = [army(), rebels(), third]
    lab = frozen_talks(groups=groups, peace={"stage": "transition"}, talks_rate=1.0, collapse_below=0.2)
    lab.groups.commitment[:] = commitment
    return lab


def test_a_truce_with_one_more_does_not_throw_the_process_back():
    lab = three((0.9, 0.9, 0.9))
    lab.groups.signatory[:2] = 1
    lab.groups.truce[0, 1] = lab.groups.truce[1, 0] = 1.0
    lab.run(negotiate)
    assert lab.groups.truce[0, 2] == 1.0
    assert lab.peace.stage[0] == Stage.TRANSITION


def signed_by_all(lab, start):
    lab.groups.signatory[:], lab.groups.start_fighters[:] = 1, start
    lab.groups.truce[:] = 1.0 - np.eye(len(lab.groups.kind))
    return lab


def test_a_small_group_leaves_alone_and_a_large_one_ends_it_for_all():
    lab = signed_by_all(three((0.9, 0.9, 0.1)), (400, 400, 100)).run(negotiate)
    assert lab.groups.signatory.tolist() == [1, 1, 0]
    assert lab.groups.truce.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert lab.peace.stage[0] == Stage.TRANSITION
    lab = signed_by_all(three((0.9, 0.9, 0.1)), (400, 400, 400))
    lab.peace.implementation[0] = 0.4
    lab.run(negotiate)
    assert lab.groups.signatory.tolist() == [0, 0, 0]
    assert not lab.groups.truce.any()
    assert (lab.peace.stage[0], lab.peace.fallen[0]) == (Stage.RELAPSE, 1)
    assert lab.peace.implementation[0] == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("commitment", "fighters", "leaves"), [(0.19, 100, True), (0.21, 100, False), (0.1, 10, False)]
)
def test_only_who_has_mind_and_force_walks_out(commitment, fighters, leaves):
    lab = signed_by_all(frozen_talks(collapse_below=0.2, peace={"stage": "agreement"}), (100, 100))
    lab.groups.commitment[:], lab.groups.fighters[:] = (0.9, commitment), (100, fighters)
    lab.run(negotiate)
    assert (lab.groups.signatory[REBELS] == 0) == leaves
    assert (lab.peace.stage[0] == Stage.RELAPSE) == leaves
    assert (EventKind.COLLAPSE in lab.log.kind[: lab.log.count[0]]) == leaves


def test_wrongs_fade():
    lab = frozen_talks()
    lab.groups.recent_wrongs[:] = 4.0
    lab.run(negotiate, 10)
    assert lab.groups.recent_wrongs == pytest.approx([4.0 * 0.95**10] * 2)


# ------------------------------------------------------------------------ votes


def vote(fear, services, inclusion=0.5, covered=0.0, stage="transition"):
    peace = {"stage": stage, "inclusion": inclusion, "elections": [{"date": START}]}
    lab = frozen_talks(peace=peace, election_noise=0.0, implementation_rate=0.0, with_mission=True)
    lab.communities.fear[:], lab.communities.services[:] = fear, services
    lab.communities.grievance[:] = 0.2
    lab.presence.covered[:] = covered
    return lab.run(negotiate)


def test_a_fair_vote_makes_legitimacy_and_moves_on():
    lab = vote(fear=0.1, services=0.7)
    quality = 0.7 * (0.9 + 0.7) / 2 + 0.3 * 0.5
    assert lab.peace.legitimacy[0] == pytest.approx(0.5 + 0.5 * (quality - 0.5))
    assert lab.peace.stage[0] == Stage.POST_ELECTION
    assert lab.groups.commitment == pytest.approx([0.3, 0.3])
    assert np.all(lab.communities.grievance == 0.2)


def test_a_bad_vote_is_a_shock():
    lab = vote(fear=0.8, services=0.1)
    swing = 0.7 * (0.2 + 0.1) / 2 + 0.3 * 0.5 - 0.5
    assert lab.peace.legitimacy[0] == pytest.approx(0.5 + 0.5 * swing)
    assert lab.groups.commitment == pytest.approx([0.3 + 0.5 * swing] * 2)
    assert lab.communities.grievance == pytest.approx(0.2 - 0.5 * swing * 0.8)
    assert lab.peace.stage[0] == Stage.TRANSITION


def test_peacekeepers_stand_in_for_missing_services():
    without, covered = vote(0.2, 0.1), vote(0.2, 0.1, covered=0.6)
    gain = 0.5 * 0.7 * (0.6 - 0.1) / 2
    assert covered.peace.legitimacy[0] - without.peace.legitimacy[0] == pytest.approx(gain)


# ----------------------------------------------------------------------- stages


def test_implementation_grows_with_will_and_mediation():
    lab = signed_by_all(frozen_talks(peace={"stage": "agreement"}, commitment=0.5), (100, 100)).run(negotiate)
    assert lab.peace.implementation[0] == pytest.approx(0.02 * 0.5 * 0.3)


def test_a_process_that_holds_goes_from_stage_to_stage():
    lab = signed_by_all(frozen_talks(peace={"stage": "ceasefire"}, commitment=0.8), (100, 100))
    stages = {}
    for week in range(400):
        stages.setdefault(int(lab.at(week).run(negotiate).peace.stage[0]), week)
        if lab.peace.stage[0] == Stage.TRANSITION and Stage.POST_ELECTION not in stages:
            lab.peace.stage[0], lab.peace.since_week[0] = Stage.POST_ELECTION, week  # a fair vote
            stages[int(Stage.POST_ELECTION)] = week
            lab.peace.implementation[0] = 0.7
    assert list(stages) == [
        Stage.CEASEFIRE,
        Stage.AGREEMENT,
        Stage.TRANSITION,
        Stage.POST_ELECTION,
        Stage.PEACE,
    ]
    assert stages[Stage.AGREEMENT] == 52
    assert stages[Stage.PEACE] - stages[Stage.POST_ELECTION] == 104


def test_an_unwilling_ceasefire_stays_one():
    lab = signed_by_all(frozen_talks(peace={"stage": "ceasefire"}, commitment=0.6), (100, 100))
    assert lab.run(negotiate, 200).peace.stage[0] == Stage.CEASEFIRE
