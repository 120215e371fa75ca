"""Relief: need follows its causes, and help goes where it is needed and can go, never more than needed."""

import pytest

from sim.processes.relief import relieve
from sim.world.kinds import Count
from tests.support.worlds import Lab, contributor, mission, scenario


def aided(budget=0.0, need=None, fear=0.0, livelihood=0.4, ngo=None, with_mission=False, **relief):
    parts = {"ngos": [{"id": "ngo", "name": "Ngo", "budget_usd_per_year": budget} | (ngo or {})]}
    if with_mission:
        parts |= {"mission": mission({"humanitarian_support": 1.0}), "contributors": [contributor()]}
    lab = Lab(scenario(parameters={"relief": {"need_rate": 0.0 if need else 0.1} | relief}, **parts))
    lab.communities.fear[:], lab.communities.livelihood[:] = fear, livelihood
    if need:
        lab.communities.need[:] = need
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
    assert lab.communities.need == pytest.approx([0.1 * (share + (1 - share) * 0.5 * 0.6), 0.1 * 0.5 * 0.6])
    lab.run(relieve, 300)
    assert lab.communities.need[1] == pytest.approx(0.3)


def test_nobody_is_in_need_where_nobody_is():
    lab = aided(need=(0.5, 0.5))
    lab.population.here[0] = 0.0
    assert lab.run(relieve).communities.need.tolist() == [0.0, 0.5]


def test_money_goes_by_people_need_and_access():
    lab = aided(52_000.0, need=(0.5, 0.25), relief_effect=0.3)
    lab.communities.fear[:] = (0.5, 0.0)
    lab.run(relieve)
    # Wanted: 10,000 x (0.5 x 0.5) and 10,000 x 0.25: halves of US$ 1,000 a week.
    cost = 10_000 * 110 / 52
    expected = [0.5 * (1 - 0.3 * 500 / (0.5 * cost)), 0.25 * (1 - 0.3 * 500 / (0.25 * cost))]
    assert lab.communities.need == pytest.approx(expected)
    assert sent(lab) == pytest.approx(1000.0)


def test_never_more_is_sent_than_is_needed():
    lab = aided(1e9, need=(0.5, 0.1), relief_effect=1.0).run(relieve)
    assert sent(lab) == pytest.approx(0.6 * 10_000 * 110 / 52)
    assert lab.communities.need == pytest.approx([0.0, 0.0], abs=1e-12)
    lab.run(relieve, 5)
    assert lab.communities.need.min() >= 0.0


def test_bands_near_by_take_their_part():
    lab = aided(1e9, need=(0.5, 0.5), relief_effect=1.0, capture=0.4)
    lab.influence.armed[0] = (60.0, 40.0)
    lab.run(relieve)
    assert lab.communities.need == pytest.approx([0.5 * 0.4 * 0.5, 0.0], abs=1e-12)


def test_without_money_or_outside_its_dates_nobody_helps():
    for lab in (aided(0.0, need=(0.5, 0.5)), aided(1e6, need=(0.5, 0.5), ngo={"start": "2000-02-07"})):
        assert lab.run(relieve).communities.need.tolist() == [0.5, 0.5]
        assert sent(lab) == 0.0
    assert sent(lab.at(5).run(relieve)) > 0.0
    lab = aided(1e6, need=(0.5, 0.5), ngo={"end": "2000-01-10"})
    assert sent(lab.run(relieve)) == sent(lab.at(1).run(relieve)) > 0.0


@pytest.mark.parametrize(("principled", "open_road"), [(0.0, 0.8), (1.0, 0.0), (0.5, 0.4)])
def test_escorts_open_roads_for_those_who_accept_them(principled, open_road):
    lab = aided(52_000.0, need=(0.5, 0.5), ngo={"principled": principled}, with_mission=True)
    lab.communities.fear[:], lab.presence.covered[0] = 1.0, 0.8
    lab.run(relieve)
    assert sent(lab) == pytest.approx(1000.0 if open_road else 0.0)
    assert (lab.communities.need[0] < 0.5) == (open_road > 0.0)
    assert lab.communities.need[1] == 0.5  # no escort there, and utmost fear
    lab.communities.fear[1], lab.communities.need[:] = 0.5, 0.5
    lab.record.tally[:] = 0.0
    lab.run(relieve)
    lost = 0.5 - lab.communities.need
    assert lost[0] / lost[1] == pytest.approx(open_road / 0.5)
