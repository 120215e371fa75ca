"""Dated events do what their kind says, in the weeks and cells that they concern, and nothing else."""

import numpy as np
import pytest

from sim.processes.shocks import strike
from sim.results.events import tell
from sim.world.kinds import BandStatus
from tests.support.worlds import (
    ARMY,
    REBELS,
    START,
    Lab,
    army,
    assert_same,
    contributor,
    frozen,
    mission,
    rebels,
    scenario,
)  # fmt: skip


def event(kind, size=1.0, weeks=1, date=START, **more):
    return {"kind": kind, "name": kind, "date": date, "size": size, "weeks": weeks} | more


def lab_with(*events, **parts):
    return Lab(scenario(events=list(events), **parts))


def test_a_disaster_kills_in_proportion_to_the_people():
    lab = lab_with(event("disaster", 100), regions={"A": {"population": 8_000}, "B": {"population": 2_000}})
    lab.communities.fear[:] = 0.2
    lab.run(strike)
    assert lab.communities.residents.sum(axis=0).tolist() == [8_000 - 80, 2_000 - 20]
    assert lab.population.died[0] == 100
    # Ten dead in a thousand do 0.05 x 10 = 0.5 harm.
    assert lab.communities.livelihood == pytest.approx([0.2, 0.2])
    assert lab.communities.need == pytest.approx([0.5, 0.5])
    assert lab.communities.fear == pytest.approx([0.6, 0.6])


def test_an_epidemic_strikes_only_where_it_is_and_while_it_lasts():
    lab = lab_with(event("epidemic", 40, weeks=4, where=["B"], date="2000-01-10"))
    dead = []
    for week in range(7):
        lab.at(week).run(strike)
        dead.append(10_000 - int(lab.communities.residents[:, 1].sum()))
    assert dead == [0, 10, 20, 30, 40, 40, 40]
    assert lab.communities.residents[:, 0].sum() == 10_000


def test_a_crisis_takes_its_size_of_the_livelihood_in_all():
    lab = lab_with(event("economic_crisis", 0.4, weeks=4, where=["A"]))
    lab.communities.livelihood[:] = 0.5
    lab.run(strike, 4)
    assert lab.communities.livelihood == pytest.approx([0.5 * 0.6, 0.5])
    lab.at(4).run(strike)
    assert lab.communities.livelihood[0] == pytest.approx(0.3)


@pytest.mark.parametrize("weeks", [2, 3, 6, 7])
def test_refugees_come_in_the_first_half_and_all_go_home_in_the_second(weeks):
    lab = lab_with(event("refugee_inflow", 600, weeks=weeks, where=["A"]))
    half = (weeks + 1) // 2
    lab.run(strike, half)
    assert lab.communities.foreigners.tolist() == [600, 0]
    assert lab.population.arrivals[0] == 600
    for week in range(half, weeks):
        lab.at(week).run(strike)
    assert lab.communities.foreigners.tolist() == [0, 0]
    assert lab.population.arrivals[0] == 0


def test_inflows_that_overlap_take_home_their_own():
    first = event("refugee_inflow", 600, weeks=4, where=["A"])
    second = event("refugee_inflow", 160, weeks=8, where=["A", "B"])
    lab = lab_with(first, second).run(strike, 4)
    assert lab.population.guests.sum(axis=1).tolist() == [0, 160]
    assert lab.communities.foreigners.sum() == lab.population.arrivals[0] == 160
    lab.population.here[:] = (0.0, 20_000.0)  # those whom they came to may have left: they go home all the same
    for week in range(4, 8):
        lab.at(week).run(strike)
    assert lab.communities.foreigners.tolist() == [0, 0]
    assert lab.population.arrivals[0] == 0


def test_a_leader_departs():
    lab = lab_with(event("leader_departure", 0.5, group="rebels"))
    lab.groups.commitment[:], lab.groups.spoils[:], lab.groups.cohesion[:] = 0.2, 0.8, 0.6
    lab.run(strike)
    assert lab.groups.commitment == pytest.approx([0.2, 0.2 + 0.5 * 0.8])
    assert lab.groups.spoils == pytest.approx([0.8, 0.4])
    assert lab.groups.cohesion == pytest.approx([0.6, 0.6 * (1 - 0.3 * 0.5)])


def test_support_changes_to_its_new_size():
    lab = lab_with(event("support_change", 0.05, group="rebels"))
    lab.groups.support[:] = 0.5
    lab.run(strike, 3)
    assert lab.groups.support[[ARMY, REBELS]].tolist() == [0.5, 0.05]


def test_a_donor_cuts():
    donors = [{"id": name, "name": name, "share": 0.5, "will": 0.8} for name in ("one", "two")]
    parts = {"mission": mission(), "contributors": [contributor()], "donors": donors}
    lab = lab_with(event("donor_cut", 0.25, group="two", weeks=3), **parts).run(strike, 3)
    assert lab.donors.will == pytest.approx([0.8, 0.6])


def test_a_scandal_costs_trust_where_it_is_known():
    lab = lab_with(event("scandal", 0.4, where=["B"]))
    lab.run(strike)
    assert lab.communities.trust_mission == pytest.approx([0.5, 0.3])


def test_a_disaster_harms_police_and_services_and_kills_peacekeepers_as_they_are_exposed():
    parts = {
        "mission": mission(military=1500),
        "contributors": [contributor(pledged=1500)],
        "parameters": {"shocks": {"exposure": 0.5}},
    }
    lab = lab_with(event("disaster", 1_000, where=["A"]), regions={"B": {"population": 2}}, **parts)
    lab.units.cell[:] = np.arange(len(lab.units.cell)) % 2
    here = lab.units.headcount[lab.units.cell == 0].sum()
    lab.communities.police[:], lab.communities.services[:] = 0.4, 0.6
    lost = []
    for seed in range(40):
        again = lab_with(event("disaster", 1_000, where=["A"]), regions={"B": {"population": 2}}, **parts)
        again.clock.seed[0] = seed
        again.units.cell[:] = lab.units.cell
        again.run(strike)
        lost.append(int(again.casualties.other[0]))
        assert again.units.headcount.sum() == lab.units.headcount.sum() - lost[-1]
        assert again.units.headcount[lab.units.cell == 1].sum() == lab.units.headcount[lab.units.cell == 1].sum()
    assert abs(np.mean(lost) - 0.05 * here) < 4 * np.sqrt(0.0475 * here / 40)
    lab = lab_with(event("disaster", 100, where=["A"], weeks=1))  # ten in a thousand: half of everything
    lab.communities.police[:], lab.communities.services[:] = 0.4, 0.6
    lab.run(strike)
    assert lab.communities.police == pytest.approx([0.2, 0.4])
    assert lab.communities.services == pytest.approx([0.3, 0.6])


def test_a_coup_breaks_bonds_and_trust_and_shuts_others_out():
    lab = lab_with(event("coup", 0.4, where=["A"]))
    lab.peace.legitimacy[0], lab.peace.inclusion[:] = 0.5, (0.5, 1.0)
    lab.groups.commitment[:], lab.groups.cohesion[:], lab.communities.trust_state[:] = 0.6, 0.8, 0.5
    lab.run(strike)
    assert lab.peace.legitimacy[0] == pytest.approx(0.3)
    assert lab.peace.inclusion == pytest.approx([0.5 * 0.6, 1.0])  # the army is of the plain people
    assert lab.groups.commitment == pytest.approx([0.36, 0.6])
    assert lab.groups.cohesion == pytest.approx([0.8 * (1 - 0.3 * 0.4), 0.8])
    assert lab.communities.trust_state == pytest.approx([0.3, 0.5])
    lab = lab_with(event("coup", 0.4, group="rebels"))
    lab.peace.inclusion[:] = (0.5, 1.0)
    assert lab.run(strike).peace.inclusion == pytest.approx([0.5, 0.6])  # now the hill people rule


def test_a_cyber_attack_silences_headquarters_while_it_lasts():
    lab = lab_with(event("cyber_attack", 0.75, weeks=2), mission=mission(), contributors=[contributor()])
    signals = [float(lab.at(week).run(strike).missions.signals[0]) for week in range(4)]
    assert signals == [0.25, 0.25, 1.0, 1.0]


def test_a_neighbours_war_spills_over_the_border():
    """Two of the four cells of A lie at the border; fighters come in bands of the usual size, for good."""
    lab = lab_with(
        event("spill_over", 250, group="rebels", where=["A"]), map={"cell_km": 20.0, "rows": "*AAAAB\n*AAAAB"}
    )
    border = np.flatnonzero(lab.geography.border)
    people, before = lab.people(), frozen(lab.world)
    lab.run(strike, 5)
    rebels = (lab.bands.group == REBELS) & (lab.bands.fighters > 0)
    assert sorted(lab.bands.fighters[rebels].tolist()) == [83, 83, 84, 100]
    assert set(lab.bands.cell[rebels][1:]) <= set(border)
    assert lab.groups.fighters[REBELS] == lab.groups.start_fighters[REBELS] == 350
    assert lab.population.arrivals[0] == 250 == lab.people() - people
    assert lab.bands.fighters[lab.bands.group == ARMY].sum() == before["groups.fighters"][ARMY]


def test_a_group_can_be_born_on_a_date():
    groups = [army(), rebels(), rebels(id="newcomers", fighters=0, where={}, enemies=["army"], band_size=50)]
    lab = lab_with(event("spill_over", 120, group="newcomers", date="2000-01-10"), armed_groups=groups)
    lab.run(strike)
    assert lab.groups.fighters[2] == 0
    lab.at(1).run(strike)
    assert lab.groups.fighters[2] == lab.groups.start_fighters[2] == 120
    assert (lab.bands.fighters[lab.bands.group == 2] == 40).sum() == 3


def test_an_intervention_goes_home_with_whoever_is_left():
    lab = lab_with(event("intervention", 200, group="army", weeks=3))
    people = lab.people()
    lab.run(strike, 2)
    assert lab.bands.fighters.sum() == 400
    lab.bands.fighters[0] -= 100  # the first hundred fell
    lab.groups.fighters[ARMY] -= 100
    lab.at(2).run(strike)
    assert lab.bands.fighters[lab.bands.group == ARMY].sum() == 0 == lab.groups.fighters[ARMY]
    assert lab.population.arrivals[0] == 0
    assert lab.groups.start_fighters[ARMY] == 100
    assert lab.people() == people - 100


def test_nobody_comes_when_there_is_no_row_left():
    lab = lab_with(event("spill_over", 150, group="rebels"))
    lab.bands.status[:] = BandStatus.ACTIVE
    lab.bands.fighters[2:] = 1
    lab.run(strike)
    assert lab.population.arrivals[0] == 0


def test_nothing_happens_on_other_days():
    kinds = ("disaster", "economic_crisis", "refugee_inflow", "leader_departure", "scandal", "coup", "cyber_attack")
    named = ("leader_departure", "spill_over", "intervention")
    lab = lab_with(
        *(event(kind, 0.5, date="2000-03-06", group="rebels" * (kind in named)) for kind in (*kinds, *named[1:]))
    )
    before = frozen(lab.world)
    lab.run(strike)
    assert_same(before, lab.world)
    assert lab.log.count[0] == 0
    assert np.all(lab.record.tally == 0)


# ------------------------------------------------------------------- scenarios


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (event("spill_over", 50), "needs the 'group'"),
        (event("intervention", 50, group="rebel"), "did you mean 'rebels'"),
        (event("spill_over", 6e6, group="rebels"), "at most 5,000,000"),
        (event("coup", 1.5), "between 0 and 1"),
        (event("coup", 0.5, group="hill"), "not an armed group"),
        (event("cyber_attack", 2.0), "between 0 and 1"),
    ],
)
def test_events_that_make_no_sense_are_refused(bad, complaint):
    with pytest.raises(Exception, match=complaint):
        scenario(events=[bad])


def test_rows_are_kept_for_bands_that_will_come():
    without, coming = lab_with(), lab_with(event("spill_over", 1_000, group="rebels"))
    assert len(coming.bands.group) - len(without.bands.group) == 3 * 10  # ten bands, and what they may split into


def test_new_kinds_are_told_in_plain_words():
    words = {
        "coup": "coup",
        "cyber_attack": "50% of reports",
        "spill_over": "40 fighters over the border",
        "intervention": "40 fighters from abroad over 3 weeks",
    }
    for kind, expected in words.items():
        share = kind in ("coup", "cyber_attack")
        lab = lab_with(event(kind, 0.5 if share else 40, weeks=3, **({} if share else {"group": "rebels"})))
        lab.run(strike)
        assert expected in next(tell(lab.scenario, lab.world)).text
