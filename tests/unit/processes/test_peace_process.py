"""The peace process: what moves commitment, who talks, signs and walks out, how stages follow."""

import math

import numpy as np
import pytest

from sim.processes.peace_process import negotiate
from sim.world.kinds import EventKind, Stage
from tests.support.worlds import ARMY, REBELS, START, Lab, army, contributor, mission, rebels, scenario

QUIET = {
    "noise": 0.0, "temper_spread": 0.0, "talks_rate": 0.0, "agree_rate": 0.0, "collapse_below": 0.0,
    "local_guarantee": 0.0, "lootable": 0.0, "spoils_weight": 2.0, "legitimacy_weight": 2.0,
}  # fmt: skip


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
    common = base + 2.0 * 0.3 + 2.0 * weary - 2.0 * 0.2 - 1.0 * 0.1
    army_z = common + 2.0 * (0.3 - 0.5) - 1.0 * 0.5
    rebel_z = common + 2.0 * 0.4 + 2.0 * (0.6 - 0.5) - 2.0 * 0.5
    expected = [0.6 + 0.04 * (logistic(army_z) - 0.6), 0.3 + 0.04 * (logistic(rebel_z) - 0.3)]
    assert lab.groups.commitment == pytest.approx(expected)


def test_having_signed_and_a_share_in_power_raise_it():
    lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, inclusion_weight=2.0)
    lab.groups.signatory[REBELS] = 1
    lab.groups.share[REBELS], lab.peace.implementation[0] = 0.6, 0.5
    lab.run(negotiate)
    odds = np.log(lab.groups.commitment / (1 - lab.groups.commitment))
    assert odds[REBELS] - odds[ARMY] == pytest.approx(0.6 + 2.0 * 0.6 * 0.75)


def log_odds_under(stage, **process):
    """Log odds of the commitment that a situation makes of both, who have signed; the army is three times as many."""
    lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, inclusion_weight=0.0, **process)
    lab.peace.stage[0] = stage
    lab.groups.signatory[:] = 1
    lab.groups.fighters[:] = (300, 100)
    lab.run(negotiate)
    return np.log(lab.groups.commitment / (1 - lab.groups.commitment))


def test_a_bare_ceasefire_takes_nothing_from_anybody():
    """What a group gains from war, and its edge, weigh on an agreement alone."""
    bare, agreed = (log_odds_under(stage) for stage in (Stage.CEASEFIRE, Stage.AGREEMENT))
    assert bare - agreed == pytest.approx([2.0 * 0.2 + 1.0 * 0.5, 2.0 * 0.2])
    indifferent = {"spoils_weight": 0.0, "edge_weight": 0.0}
    assert bare == pytest.approx(log_odds_under(Stage.AGREEMENT, **indifferent))


def test_an_old_truce_holds_better():
    found = {}
    for stage in (Stage.CEASEFIRE, Stage.AGREEMENT):
        for age in (0, 104, 10_000):
            lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, habit_weight=0.8, habit_weeks=104.0)
            lab.groups.signatory[:], lab.peace.stage[0], lab.peace.since_week[0] = 1, stage, -age
            lab.run(negotiate)
            found[stage, age] = np.log(lab.groups.commitment / (1 - lab.groups.commitment))[REBELS]
    assert found[Stage.CEASEFIRE, 104] - found[Stage.CEASEFIRE, 0] == pytest.approx(0.4)
    assert found[Stage.CEASEFIRE, 10_000] - found[Stage.CEASEFIRE, 0] == pytest.approx(0.8, rel=0.02)
    assert found[Stage.AGREEMENT, 104] == found[Stage.AGREEMENT, 0]


def test_what_makes_a_truce_easy_to_bear_does_not_help_to_settle():
    """Alike in commitment, guarded parties who are used to a truce do not settle where others do."""
    settled = {}
    for covered, age in ((0.0, 0), (0.5, 0), (0.0, 520)):
        lab = frozen_talks(peace={"stage": "ceasefire"}, agree_rate=1.0, own_effort=1.0, spoils_weight=0.0)
        lab = signed_by_all(lab, (100, 100))
        lab.groups.commitment[:], lab.presence.covered[:], lab.peace.since_week[0] = 0.7, covered, -age
        settled[covered, age] = lab.run(negotiate).peace.stage[0] == Stage.AGREEMENT
    assert settled == {(0.0, 0): True, (0.5, 0): False, (0.0, 520): False}


def test_a_guard_counts_where_the_enemy_could_strike():
    """Half of each side faces the other in the first cell; nobody threatens the half in the second."""
    odds = {}
    for name, covered in (("none", (0.0, 0.0)), ("front", (0.5, 0.0)), ("rear", (0.0, 0.5))):
        halves = [army(band_size=50), rebels(band_size=50)]
        lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, groups=halves)
        for group in (ARMY, REBELS):
            lab.bands.cell[np.flatnonzero(lab.bands.group == group)[:2]] = (0, 1)
        lab.influence.armed.T[:] = ((100.0, 100.0), (0.0, 0.0))
        lab.presence.covered[:] = covered
        lab.run(negotiate)
        odds[name] = np.log(lab.groups.commitment / (1 - lab.groups.commitment))
    assert odds["front"] - odds["none"] == pytest.approx([2.0 * 0.5] * 2)
    assert odds["rear"] == pytest.approx(odds["none"])


def test_observers_who_would_see_an_attack_coming_guard_in_part():
    seen = {}
    for watched in (0.0, 0.8):
        lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, watch_guarantee=0.5)
        lab.presence.monitoring[:] = watched
        lab.run(negotiate)
        seen[watched] = np.log(lab.groups.commitment / (1 - lab.groups.commitment))
    assert seen[0.8] - seen[0.0] == pytest.approx([2.0 * 0.5 * 0.8] * 2)


def test_weariness_follows_recent_losses():
    lab = talks()
    lab.groups.recent_dead[:] = (0.0, 3.0 / 0.96)
    lab.run(negotiate)
    assert lab.groups.weariness == pytest.approx([0.0, 0.02 * 0.5])  # 3 of a hundred weary half
    assert lab.groups.recent_dead[REBELS] == pytest.approx(3.0)


def test_alike_groups_stay_alike():
    lab = talks(groups=[army(kind="rebel", where={"A": 1.0}), rebels(where={"A": 1.0})]).run(negotiate, 100)
    assert lab.groups.commitment[ARMY] == lab.groups.commitment[REBELS]


def test_noise_has_its_size_and_dies_where_no_force_is_left():
    for fighters, force in ((100, 100 / 110), (0, 0.0)):
        lab = frozen_talks(noise=0.02)
        moves = []
        for seed in range(800):
            lab.clock.seed[0] = seed
            lab.groups.commitment[:], lab.groups.fighters[:] = 0.5, fighters
            moves.append(lab.run(negotiate).groups.commitment[REBELS] - 0.5)
        assert np.std(moves) == pytest.approx(0.02 * force, rel=0.12, abs=1e-12)


def test_mediation_is_political_staff_under_good_leadership_with_force_behind_it():
    lab = talks(with_mission=True, mediators=100.0, leverage_weight=0.4)
    lab.units.effective[:] = 25.0
    lab.missions.leadership[0], lab.missions.consent[0], lab.missions.impartiality[0] = 0.8, 0.5, 0.9
    lab.run(negotiate)
    staff = len(lab.units.effective) * 25.0 * 0.8 * 0.5 * 0.9
    assert lab.peace.mediation[0] == pytest.approx(staff / (staff + 100) * 0.6)
    lab.presence.covered[:] = (0.5, 0.0)  # a hundred of two hundred fighters stand in the first cell
    assert lab.run(negotiate).peace.mediation[0] == pytest.approx(staff / (staff + 100) * (0.6 + 0.4 * 0.25))
    lab.units.effective[:] = 0.0
    assert lab.run(negotiate).peace.mediation[0] == 0.0


def test_soldiers_do_not_mediate():
    lab = talks(with_mission=True)
    lab.units.effective[:] = 25.0
    lab.units.component[:] = 0
    assert lab.run(negotiate).peace.mediation[0] == 0.0


def guaranteed(reform, police, trust, covered):
    """Odds of the commitment that a guarantee alone makes of both groups."""
    lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, guarantee_weight=2.0, local_guarantee=0.5)
    lab.groups.reform[ARMY] = reform
    lab.communities.police[:], lab.communities.trust_state[:] = police, trust
    lab.presence.covered[:] = covered
    lab.run(negotiate)
    return np.log(lab.groups.commitment / (1 - lab.groups.commitment))


def test_trusted_police_and_reformed_forces_are_a_guarantee_that_outlives_the_mission():
    none = guaranteed(0.0, 0.0, 0.0, 0.0)
    local = 0.5 * (0.6 + 0.8) * 0.5 * 0.5
    assert guaranteed(0.8, 0.6, 0.5, 0.0) - none == pytest.approx([2.0 * local] * 2)
    assert guaranteed(0.8, 0.6, 0.0, 0.0) - none == pytest.approx([0.0] * 2), "without trust they guard nobody"
    both = 1 - (1 - 0.4) * (1 - local)
    assert guaranteed(0.8, 0.6, 0.5, 0.4) - none == pytest.approx([2.0 * both] * 2)


def test_spoils_shrink_with_the_lootable_ground_that_is_lost():
    lab = talks(commitment_rate=1.0, reciprocity_weight=0.0, lootable=0.5, spoils_weight=1.2)
    lab.geography.resources[:] = (0.5, 1.0)
    lab.communities.control[REBELS, :] = (0.4, 0.8)
    rich = np.copy(lab.run(negotiate).groups.commitment)
    assert lab.groups.wealth[REBELS] == pytest.approx(1.0)
    lab.communities.control[REBELS, :] = (0.5, 0.0)  # the mines are gone: a quarter is left
    poor = lab.run(negotiate).groups.commitment
    odds = np.log(poor / (1 - poor)) - np.log(rich / (1 - rich))
    assert odds[REBELS] == pytest.approx(1.2 * 0.2 * 0.5 * 0.75)
    assert lab.groups.spoils[REBELS] == 0.2


# -------------------------------------------------------- signatures and walk-outs


def agreement(**more):
    usual = {"date": START, "name": "Accord", "signatories": ["army", "rebels"], "inclusion": 0.6}
    return {"agreements": [usual | more]}


def test_an_agreement_on_its_date_binds_those_who_sign():
    lab = frozen_talks(peace=agreement(), implementation_rate=0.0).run(negotiate)
    assert lab.groups.signatory.tolist() == [1, 1]
    assert lab.groups.truce.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert lab.groups.commitment == pytest.approx([0.3 + 0.5 * 0.7] * 2)
    assert lab.groups.share.tolist() == [0.6, 0.6]
    assert lab.peace.stage[0] == Stage.AGREEMENT


def test_a_ceasefire_lifts_less_and_has_nothing_to_carry_out():
    lab = frozen_talks(peace=agreement(kind="ceasefire")).run(negotiate, 50)
    assert lab.groups.commitment == pytest.approx([0.3 + 0.2 * 0.7] * 2)
    assert (lab.peace.stage[0], lab.peace.implementation[0]) == (Stage.CEASEFIRE, 0.0)


def test_power_is_shared_with_the_people_of_those_who_signed_as_it_is_carried_out():
    lab = frozen_talks(peace={"inclusion": 0.3, **agreement()}, commitment=0.5)
    assert lab.peace.inclusion.tolist() == [0.3, 1.0]  # the plain people, of whom the army is, rule
    lab.run(negotiate)
    work = 0.02 * 0.75 * 0.3  # will after signing, own effort
    assert lab.peace.inclusion == pytest.approx([0.3 + work * 0.3, 1.0])
    lab.groups.share[REBELS] = 0.0
    before = lab.peace.inclusion.copy()
    assert lab.at(1).run(negotiate).peace.inclusion == pytest.approx(before)


def test_where_the_state_draws_on_everybody_nobody_rules_alone():
    lab = talks(groups=[army(constituency=[]), rebels()], peace={"inclusion": 0.3})
    assert lab.peace.inclusion.tolist() == [0.3, 0.3]


@pytest.mark.parametrize("mediation", [False, True])
def test_mediation_hastens_a_truce(mediation):
    lab = frozen_talks(talks_rate=0.2, truce_lift=0.0, mediation_gain=1.0, leverage_weight=0.0, with_mission=mediation)
    if mediation:
        lab.units.effective[:] = 1e12
    signed = 0
    for seed in range(1000):
        lab.clock.seed[0] = seed
        lab.groups.commitment[:], lab.groups.truce[:], lab.groups.signatory[:] = 0.6, 0.0, 0
        signed += lab.run(negotiate).groups.signatory[REBELS]
    assert abs(signed / 1000 - 0.2 * (1 + mediation)) < 0.06


def test_talks_begin_above_one_level_and_break_off_below_another():
    lab = frozen_talks(talk_above=0.4, collapse_below=0.2)
    stages = []
    for commitment in (0.39, 0.41, 0.3, 0.21, 0.19, 0.3, 0.5):
        lab.groups.commitment[:] = (0.9, commitment)
        stages.append(lab.run(negotiate).peace.stage[0])
    assert stages == [Stage.WAR, *[Stage.TALKS] * 3, Stage.WAR, Stage.WAR, Stage.TALKS]
    lab.peace.fallen[0] = 1
    lab.groups.commitment[:] = 0.1
    assert lab.run(negotiate).peace.stage[0] == Stage.RELAPSE
    lab.groups.commitment[:] = 0.5
    assert lab.run(negotiate).peace.stage[0] == Stage.TALKS


def test_nobody_talks_with_a_group_that_is_not_there():
    lab = frozen_talks(talk_above=0.1, talks_rate=1.0, sign_above=0.1, commitment=0.9)
    lab.groups.fighters[REBELS] = 0
    assert lab.run(negotiate).peace.stage[0] == Stage.WAR
    assert not lab.groups.signatory.any()


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


def test_a_party_left_without_a_partner_is_no_longer_bound():
    """Army and third have a truce of their own, and the rebels one with nobody but the third."""
    lab = three((0.9, 0.9, 0.1))
    lab.groups.enemies[:] = 0.0
    lab.groups.signatory[:], lab.groups.start_fighters[:] = 1, (900, 900, 100)
    for a, b in ((0, 2), (1, 2)):
        lab.groups.truce[a, b] = lab.groups.truce[b, a] = 1.0
    lab.run(negotiate)
    assert lab.groups.signatory.tolist() == [0, 0, 0]
    assert not lab.groups.truce.any()
    assert lab.peace.stage[0] == Stage.RELAPSE


def test_the_share_in_power_goes_with_the_signature():
    lab = signed_by_all(three((0.9, 0.9, 0.1)), (400, 400, 100))
    lab.groups.share[:] = 0.6
    assert lab.run(negotiate).groups.share.tolist() == [0.6, 0.6, 0.0]


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


# ----------------------------------------------------------------------- stages


def test_implementation_grows_with_will_and_mediation():
    lab = signed_by_all(frozen_talks(peace={"stage": "agreement"}, commitment=0.5), (100, 100)).run(negotiate)
    assert lab.peace.implementation[0] == pytest.approx(0.02 * 0.5 * 0.3)


def test_a_process_that_holds_goes_from_stage_to_stage():
    lab = signed_by_all(frozen_talks(peace={"stage": "agreement"}, commitment=0.8), (100, 100))
    stages = {}
    for week in range(400):
        stages.setdefault(int(lab.at(week).run(negotiate).peace.stage[0]), week)
        if lab.peace.stage[0] == Stage.TRANSITION and Stage.POST_ELECTION not in stages:
            lab.peace.stage[0], lab.peace.since_week[0] = Stage.POST_ELECTION, week  # a fair vote
            stages[int(Stage.POST_ELECTION)] = week
            lab.peace.implementation[0] = 0.7
    assert list(stages) == [Stage.AGREEMENT, Stage.TRANSITION, Stage.POST_ELECTION, Stage.PEACE]
    assert stages[Stage.TRANSITION] >= 13
    assert stages[Stage.PEACE] - stages[Stage.POST_ELECTION] == 104


@pytest.mark.parametrize(
    ("commitment", "spoils_weight", "share"),
    [((0.9, 0.61), 0.0, 0.4 * 0.3), ((0.9, 0.59), 0.0, 0.0), ((0.9, 0.61), 2.0, 0.0), ((0.9, 0.7), 2.0, 0.4 * 0.3)],
)
def test_a_ceasefire_becomes_an_agreement_when_every_party_wants_it(commitment, spoils_weight, share):
    """Who gains from war (a fifth of the most, in these) wants it less than the ceasefire."""
    lab = frozen_talks(
        peace={"stage": "ceasefire"}, agree_rate=0.4, agree_above=0.6, usual_inclusion=0.6, spoils_weight=spoils_weight
    )
    agreed = 0
    for seed in range(1500):
        lab.clock.seed[0] = seed
        signed_by_all(lab, (100, 100)).groups.commitment[:] = commitment
        lab.peace.stage[0] = Stage.CEASEFIRE
        lab.groups.share[:] = 0.0
        agreed += lab.run(negotiate).peace.stage[0] == Stage.AGREEMENT
        assert lab.groups.share[REBELS] == (0.6 if lab.peace.stage[0] == Stage.AGREEMENT else 0.0)
    assert abs(agreed / 1500 - share) < 0.04
