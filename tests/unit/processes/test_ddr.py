"""Disarmament: who comes forward, what bounds the programme, and what becomes of weapons."""

import math

import numpy as np
import pytest

from sim.processes.ddr import disarm
from sim.world.kinds import BandStatus, Component, Count, Stage, Task
from tests.support.worlds import REBELS, Lab, army, contributor, mission, rebels, scenario

N = 500


def programme(money=1e9, staff=1000.0, demobilise=1.0, fighters=400, stage=Stage.AGREEMENT, band_size=1000, **ddr):
    """Rebels who have signed, are half committed and fully covered; the army has nobody to give up."""
    groups = [army(demobilise=0.0), rebels(fighters=fighters, band_size=band_size, demobilise=demobilise)]
    parts = {
        "mission": mission({"ddr": 1.0}, civilians=100),
        "contributors": [contributor(pledged=100, component="civilians")],
        "armed_groups": groups,
        "parameters": {"ddr": ddr},
    }
    lab = Lab(scenario(**parts)).at(1)
    lab.peace.stage[0] = stage
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.5
    lab.presence.covered[:] = 1.0
    lab.presence.felt[0, Component.CIVILIANS] = lab.presence.civilians[:] = (staff, 0.0)
    lab.accounts.programmes[0] = money
    return lab


def mean_disarmed(lab):
    disarmed = []
    start = lab.bands.fighters.copy()
    for seed in range(N):
        lab.clock.seed[0] = seed
        lab.bands.fighters[:], lab.groups.fighters[REBELS] = start, start[1:].sum()
        lab.ranks.disarmed[:] = lab.ranks.waiting[:] = 0
        disarmed.append(int(lab.run(disarm).ranks.disarmed.sum()))
    return np.mean(disarmed)


def assert_share(lab, share):
    assert abs(mean_disarmed(lab) - 400 * share) < 4 * math.sqrt(400 * share / N) + 1e-9


def test_fighters_come_forward_by_commitment_and_guarantee():
    assert_share(programme(), 0.15 * 0.5 * 1.0)
    lab = programme()
    lab.groups.commitment[REBELS], lab.presence.covered[:] = 0.9, 0.3
    assert_share(lab, 0.15 * 0.9 * 0.3)
    lab.presence.covered[:] = 0.0
    assert_share(lab, 0.0)


def test_the_guarantee_is_the_cover_of_where_a_band_is_felt():
    lab = programme(disarm_rate=0.5)
    lab.presence.covered[:] = (1.0, 0.0)  # the rebels stand in the second of two cells
    near, far = (1 / (1 + (km / 12) ** 2) ** 2 for km in (10, 20))
    assert_share(lab, 0.5 * 0.5 * far / (near + far))


@pytest.mark.parametrize(("out", "dare"), [(0, 0.4), (150, 0.4 + 0.6 * 0.5), (300, 1.0), (900, 1.0)])
def test_more_come_when_their_enemies_are_out_already(out, dare):
    lab = programme(alone=0.4)
    lab.groups.demobilise[0], lab.groups.start_fighters[0] = 0.5, 600
    lab.groups.fighters[0] = lab.bands.fighters[0] = 0
    lab.bands.status[0] = BandStatus.DISPERSED
    start, lab.ranks.disarmed[0] = 400, out
    found = []
    for seed in range(N):
        lab.clock.seed[0] = seed
        lab.bands.fighters[1] = lab.groups.fighters[REBELS] = start
        found.append(start - lab.run(disarm).bands.fighters[1])
    share = 0.15 * 0.5 * dare
    assert abs(np.mean(found) - 400 * share) < 4 * math.sqrt(400 * share / N)


@pytest.mark.parametrize("stage", [Stage.WAR, Stage.TALKS, Stage.CEASEFIRE, Stage.RELAPSE])
def test_nobody_disarms_before_an_agreement_or_after_its_fall(stage):
    assert programme(stage=stage, disarm_rate=1.0).run(disarm).ranks.disarmed.sum() == 0


def test_only_signatories_disarm_and_only_with_mission_staff_on_the_task():
    lab = programme(disarm_rate=1.0)
    lab.groups.signatory[REBELS] = 0
    assert lab.run(disarm).ranks.disarmed.sum() == 0
    assert programme(disarm_rate=1.0, staff=0.0).run(disarm).ranks.disarmed.sum() == 0
    lab = programme(disarm_rate=1.0)
    lab.missions.effort[:] = 0.0
    assert lab.run(disarm).ranks.disarmed.sum() == 0


def test_staff_work_by_the_effort_of_their_own_mission():
    """Ten people of a mission that gives the task half its effort run half of ten people's sites."""
    lab = programme(staff=10.0, disarm_rate=1.0, people_per_staff=6.0)
    lab.missions.effort[0, Task.DDR] = 0.5
    assert lab.run(disarm).ranks.disarmed[REBELS] == 30


def test_sites_money_and_the_meant_part_bound_it():
    eager = {"disarm_rate": 1.0}
    lab = programme(staff=10.0, people_per_staff=6.0, **eager).run(disarm)
    assert lab.ranks.disarmed[REBELS] == 60
    lab = programme(money=10_250.0, disarm_cost_usd=500.0, **eager).run(disarm)
    assert lab.ranks.disarmed[REBELS] == 20
    assert lab.accounts.programmes[0] == pytest.approx(250.0)
    assert lab.accounts.programmes_spent[0] == pytest.approx(10_000.0)
    assert lab.record.tally[Count.PROGRAMMES_USD] == pytest.approx(10_000.0)
    lab = programme(demobilise=0.7, **eager)
    lab.groups.commitment[REBELS] = 1.0
    for week in range(1, 60):
        lab.at(week).run(disarm)
        assert lab.groups.fighters[REBELS] >= 120
    assert lab.groups.fighters[REBELS] == 120
    assert programme(money=0.0, **eager).run(disarm).ranks.disarmed.sum() == 0


def test_places_are_shared_and_not_taken_by_the_first_row():
    """Four bands of a hundred ask for 40 places: each gets ten on average, in whatever row it stands."""
    lab = programme(staff=10.0, people_per_staff=4.0, disarm_rate=1.0, band_size=100)
    taken = np.zeros(5)
    for seed in range(400):
        lab.clock.seed[0] = seed
        lab.bands.fighters[1:5] = 100
        lab.groups.fighters[REBELS] = 400
        lab.run(disarm)
        taken += (0, *(100 - lab.bands.fighters[1:5]))
    assert taken.sum() == 400 * 40
    assert taken[1:] / 400 == pytest.approx([10.0] * 4, abs=0.5)


def test_fighters_people_and_weapons_are_conserved():
    lab = programme(disarm_rate=0.2)
    everyone, arms = lab.people(), lab.arms()
    for week in range(1, 100):
        lab.at(week).run(disarm)
        assert lab.people() == everyone
        assert lab.arms() == arms
        assert lab.groups.fighters[REBELS] == lab.bands.fighters[1]
    assert lab.ranks.waiting[REBELS] == lab.ranks.disarmed[REBELS] == 400
    assert lab.bands.status[1] == BandStatus.DISPERSED


@pytest.mark.parametrize(("commitment", "cover", "hidden"), [(1.0, 1.0, 0.0), (0.5, 1.0, 0.4), (0.5, 0.5, 0.6)])
def test_weapons_are_handed_in_or_hidden_by_those_without_trust(commitment, cover, hidden):
    lab = programme(disarm_rate=1.0, hoard=0.8, staff=1e4, fighters=8_000, band_size=10_000)
    lab.groups.commitment[REBELS], lab.presence.covered[:] = commitment, cover
    lab.weapons.held[REBELS] = 4_000  # for every second
    lab.run(disarm)
    out = lab.ranks.disarmed[REBELS]
    assert out > 1_000
    assert lab.weapons.held[REBELS] == pytest.approx(4_000 - out / 2, abs=1)
    assert lab.weapons.hidden[REBELS] == pytest.approx(hidden * out / 2, abs=2)
    assert lab.weapons.collected[REBELS] == lab.record.tally[Count.WEAPONS_COLLECTED]
    assert lab.weapons.collected[REBELS] + lab.weapons.hidden[REBELS] + lab.weapons.held[REBELS] == 4_000
