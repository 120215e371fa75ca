"""Relief: need follows its causes, and help goes where it is needed and can go, never more than needed."""

import pytest

from sim.processes.relief import relieve
from sim.world.kinds import Component, Count, Task
from tests.support.worlds import REBELS, Lab, contributor, mission, scenario

MONTH = 4
COST = 10_000 * 110 / 52 * MONTH  # of a cell's full need for a month, US$


def aided(budget=0.0, need=None, fear=0.0, livelihood=0.4, ngo=None, ngos=None, with_mission=False, **relief):
    given = ngos or [{"id": "ngo", "name": "Ngo", "budget_usd_per_year": budget} | (ngo or {})]
    parts = {"ngos": given}
    if with_mission:
        parts |= {"mission": mission({"humanitarian_support": 1.0}), "contributors": [contributor()]}
    usual = {"need_rate": 0.0 if need else 0.1, "refused": 0.0}
    lab = Lab(scenario(parameters={"relief": usual | relief}, **parts))
    lab.communities.fear[:], lab.communities.livelihood[:] = fear, livelihood
    if need:
        lab.communities.need[:] = need
    return lab


def guarded(cover, **more):
    """With troops of the mission in both cells who cover the first as said."""
    lab = aided(with_mission=True, **more)
    lab.presence.felt[0, Component.MILITARY] = 100.0
    lab.presence.covered[:] = (cover, 0.0)
    return lab


def sent(lab):
    return lab.record.tally[Count.RELIEF_USD]


def test_need_follows_displacement_fear_and_poverty():
    lab = aided(fear=0.5)
    lab.communities.hosted[0, 0] = 2000
    lab.communities.foreigners[0] = 500
    lab.population.here[0] = 12_500.0
    lab.run(relieve)
    share = 2500 / 12_500
    step = 1 - 0.9**MONTH
    expected = [step * (share + (1 - share) * 0.5 * 0.6), step * 0.5 * 0.6]
    assert lab.communities.need == pytest.approx(expected)
    lab.at(1).run(relieve, 3)
    assert lab.communities.need == pytest.approx(expected)  # once a month
    lab.at(0).run(relieve, 300)
    assert lab.communities.need[1] == pytest.approx(0.3)


def test_nobody_is_in_need_where_nobody_is():
    lab = aided(need=(0.5, 0.5))
    lab.population.here[0] = 0.0
    assert lab.run(relieve).communities.need.tolist() == [0.0, 0.5]


def test_money_goes_by_people_need_and_access():
    lab = aided(52_000.0, need=(0.5, 0.25), relief_effect=0.3)
    lab.communities.fear[:] = (0.5, 0.0)
    lab.run(relieve)
    # Wanted: 10,000 x (0.5 x 0.5) and 10,000 x 0.25: halves of US$ 4,000 a month.
    reached = [2000 / (0.5 * COST), 2000 / (0.25 * COST)]
    assert lab.communities.reached == pytest.approx(reached)
    left = [(1 - 0.3 * share) ** MONTH for share in reached]
    assert lab.communities.need == pytest.approx([0.5 * left[0], 0.25 * left[1]])
    assert sent(lab) == pytest.approx(4000.0)


def test_never_more_is_sent_than_is_needed():
    lab = aided(1e9, need=(0.5, 0.1), relief_effect=1.0).run(relieve)
    assert sent(lab) == pytest.approx(0.6 * COST)
    assert lab.communities.need == pytest.approx([0.0, 0.0], abs=1e-12)
    lab.run(relieve, 5)
    assert lab.communities.need.min() >= 0.0


def test_bands_near_by_take_their_part_and_live_on_it():
    lab = aided(1e9, need=(0.5, 0.5), relief_effect=1.0, capture=0.4, looters_per_1000=10.0)
    lab.influence.armed[:, 0] = (60.0, 40.0)  # as many as take half of the most, among ten thousand people
    lab.run(relieve)
    taken = 0.4 * 0.5
    assert lab.communities.need == pytest.approx([0.5 * taken**MONTH, 0.0], abs=1e-12)
    assert lab.groups.loot_usd == pytest.approx([0.5 * COST * taken * 0.6, 0.5 * COST * taken * 0.4])
    assert lab.record.tally[Count.RELIEF_LOOTED_USD] == pytest.approx(0.5 * COST * taken)
    before = lab.groups.loot_usd[REBELS]
    lab.communities.need[:] = 0.0
    assert lab.at(4).run(relieve).groups.loot_usd[REBELS] == pytest.approx(before * 0.9**MONTH)


def test_without_money_or_outside_its_dates_nobody_helps():
    for lab in (aided(0.0, need=(0.5, 0.5)), aided(1e6, need=(0.5, 0.5), ngo={"start": "2000-01-31"})):
        assert lab.run(relieve).communities.need.tolist() == [0.5, 0.5]
        assert sent(lab) == 0.0
    assert sent(lab.at(4).run(relieve)) > 0.0
    lab = aided(1e6, need=(0.5, 0.5), ngo={"end": "2000-01-24"})
    assert sent(lab.run(relieve)) == sent(lab.at(4).run(relieve)) > 0.0


def pair(parts, coordination):
    """Two organisations that can each pay for a part of the need of the only cell in need."""
    ngos = [
        {"id": f"ngo{n}", "name": f"Ngo {n}", "budget_usd_per_year": part * 0.5 * COST * 13}
        for n, part in enumerate(parts)
    ]
    lab = aided(ngos=ngos, need=(0.5, 0.0), own_coordination=coordination, relief_effect=1.0)
    return lab.run(relieve)


@pytest.mark.parametrize(
    ("parts", "coordination", "reached", "spent"),
    [
        ((0.5, 0.4), 0.0, 1 - 0.5 * 0.6, 0.9),  # a fifth of the people are helped twice
        ((0.5, 0.4), 1.0, 0.9, 0.9),
        ((0.5, 0.4), 0.5, 0.8, 0.9),
        ((0.8, 0.7), 0.0, 1 - 0.2 * 0.3, 1.5),
        ((0.8, 0.7), 1.0, 1.0, 1.0),  # and what is not needed stays in hand
    ],
)
def test_the_uncoordinated_help_some_twice(parts, coordination, reached, spent):
    lab = pair(parts, coordination)
    assert lab.communities.reached[0] == pytest.approx(reached)
    assert lab.communities.need[0] == pytest.approx(0.5 * (1 - reached) ** MONTH)
    assert sent(lab) == pytest.approx(spent * 0.5 * COST)
    assert lab.record.tally[Count.RELIEF_DOUBLED_USD] == pytest.approx((spent - reached) * 0.5 * COST, abs=1e-6)


def test_a_mission_with_the_task_helps_them_to_know_of_each_other():
    ngos = [{"id": f"ngo{n}", "name": "Ngo", "budget_usd_per_year": 0.25 * COST * 13} for n in range(2)]
    lab = aided(ngos=ngos, need=(0.5, 0.0), own_coordination=0.2, with_mission=True)
    lab.missions.coordination[0], lab.missions.effort[0, Task.HUMANITARIAN_SUPPORT] = 0.5, 0.6
    lab.run(relieve)
    known = 1 - 0.8 * (1 - 0.5 * 0.6)
    assert lab.communities.reached[0] == pytest.approx(known * 1.0 + (1 - known) * 0.75)


@pytest.mark.parametrize(("principled", "open_road"), [(0.0, 0.8), (1.0, 0.0), (0.5, 0.4)])
def test_escorts_open_roads_for_those_who_accept_them(principled, open_road):
    lab = guarded(0.8, budget=52_000.0, need=(0.5, 0.5), ngo={"principled": principled})
    lab.communities.fear[:] = 1.0
    lab.run(relieve)
    assert sent(lab) == pytest.approx(4000.0 if open_road else 0.0)
    assert (lab.communities.need[0] < 0.5) == (open_road > 0.0)
    assert lab.communities.need[1] == 0.5  # no escort there, and utmost fear
    lab.communities.fear[1], lab.communities.need[:] = 0.5, 0.5
    lab.run(relieve)
    assert lab.communities.reached[0] / lab.communities.reached[1] == pytest.approx(open_road / 0.5)


def test_escorts_keep_looters_off():
    lab = guarded(0.75, budget=1e9, need=(0.5, 0.5), capture=0.4, looters_per_1000=10.0)
    lab.influence.armed[REBELS, :] = 100.0
    lab.run(relieve)
    assert lab.record.tally[Count.RELIEF_LOOTED_USD] == pytest.approx(0.5 * COST * 0.2 * (0.25 + 1.0))


def test_those_who_come_with_soldiers_are_turned_away_where_others_than_the_state_rule():
    lab = guarded(0.0, budget=52_000.0, need=(0.5, 0.5), ngo={"principled": 0.2}, refused=0.5)
    lab.communities.control[REBELS, 0] = 0.6
    lab.communities.control[:, 1] = (0.6, 0.0)
    lab.run(relieve)
    assert lab.communities.reached[0] / lab.communities.reached[1] == pytest.approx(1 - 0.8 * 0.5 * 0.6)
    alone = aided(52_000.0, need=(0.5, 0.5), ngo={"principled": 0.2}, refused=0.5)
    alone.communities.control[REBELS, 0] = 0.6
    alone.run(relieve)
    assert alone.communities.reached[0] == alone.communities.reached[1]  # no soldiers, no taint


def test_a_mission_that_does_not_escort_adds_nothing():
    """Cover counts by the effort of those who give it."""
    lab = guarded(0.8, budget=52_000.0, need=(0.5, 0.5), fear=1.0, ngo={"principled": 0.0})
    lab.missions.effort[0, Task.HUMANITARIAN_SUPPORT] = 0.0
    assert sent(lab.run(relieve)) == 0.0
