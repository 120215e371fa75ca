"""What is written down: counts and means of the week, maps at their stride, and room in the log."""

import numpy as np
import pytest

from sim.processes.observation import observe
from sim.world.kinds import BandStatus, Count
from sim.world.series import FIRST_STATE, Layer, State
from tests.support.worlds import Lab, assert_same, contributor, frozen, mission, scenario


@pytest.fixture
def lab():
    troops = [
        contributor("one", 300, unit_size=150),
        contributor("two", 40, component="police", unit_size=20),
    ]
    given = scenario(mission=mission(police=40), contributors=troops, regions={"B": {"population": 30_000}})
    return Lab(given)


def state(lab, which, week=0):
    return lab.record.weekly[week, FIRST_STATE + which]


def test_counts_of_the_week_are_written_and_cleared(lab):
    lab.record.tally[Count.CLASHES], lab.record.tally[Count.FLED] = 3, 250
    lab.run(observe)
    assert lab.record.weekly[0, [Count.CLASHES, Count.FLED]].tolist() == [3.0, 250.0]
    assert not lab.record.tally.any()
    lab.at(1).run(observe)
    assert not lab.record.weekly[1, :FIRST_STATE].any()


def test_means_are_over_people_and_shares_over_area(lab):
    lab.communities.fear[:] = (0.8, 0.2)
    lab.communities.grievance[:, 0], lab.communities.grievance[:, 1] = (0.1, 0.3), (0.5, 0.7)
    lab.communities.control.T[:] = [[0.5, 0.25], [0.0, 0.75]]
    lab.communities.hosted[0, 1] = 10_000
    lab.run(observe)
    assert state(lab, State.PEOPLE) == 50_000
    assert state(lab, State.HOSTED) == 10_000
    assert state(lab, State.FEAR) == pytest.approx((0.8 + 0.2 * 4) / 5)
    assert state(lab, State.GRIEVANCE) == pytest.approx((0.5 * 0.1 + 0.5 * 0.3 + 2.5 * 0.5 + 1.5 * 0.7) / 5)
    assert state(lab, State.STATE_CONTROL) == 0.25
    assert state(lab, State.REBEL_CONTROL) == 0.5


def test_strengths_are_counted_by_component(lab):
    lab.units.headcount[0] = 145
    lab.run(observe)
    assert state(lab, State.DEPLOYED) == 335
    assert (state(lab, State.TROOPS), state(lab, State.POLICE)) == (295, 40)
    assert state(lab, State.AUTHORISED) == 340
    assert state(lab, State.CONTRIBUTORS) == 2
    assert (state(lab, State.FIGHTERS), state(lab, State.BANDS)) == (200, 2)


def test_nothing_acts_on_the_world(lab):
    before = frozen(lab.world, "record", "clock")
    lab.run(observe, 3)
    assert_same(before, lab.world)


def test_maps_are_drawn_at_their_stride():
    from sim.world.build import build_world

    lab = Lab(scenario())
    lab.world = build_world(lab.scenario, 1, stride=4)
    for week in range(9):
        lab.communities.fear[:] = 0.01 * (week + 1)
        lab.at(week).run(observe)
    drawn = lab.record.layers[:3, Layer.FEAR, 0]
    assert drawn == pytest.approx([0.01, 0.05, 0.09], rel=1e-5)
    assert not lab.record.layers[3:].any()


def test_the_ruler_is_who_holds_most_and_nobody_below_a_fifth():
    from sim.world.build import build_world

    lab = Lab(scenario("ABC"))
    lab.world = build_world(lab.scenario, 1, stride=1)
    lab.communities.control.T[:] = [[0.3, 0.5], [0.2, 0.1], [0.21, 0.1]]
    lab.run(observe)
    assert lab.record.layers[0, Layer.RULER].tolist() == [1, -1, 0]


def test_the_engine_is_asked_to_stop_before_the_log_is_full(lab):
    lab.run(observe)
    assert lab.clock.halt[0] == 0
    lab.log.count[0] = len(lab.log.week) - 50
    lab.run(observe)
    assert lab.clock.halt[0] == 1
    assert np.all(lab.log.week == 0)


def test_units_and_bands_are_noted_with_the_map():
    from sim.world.build import build_world

    lab = Lab(scenario("ABC"))
    lab.world = build_world(lab.scenario, 1, stride=1)
    lab.bands.status[0], lab.bands.cell[0], lab.bands.fighters[0] = BandStatus.HIDDEN, 2, 40
    lab.bands.status[1] = BandStatus.DISPERSED
    lab.run(observe)
    track = lab.record.band_track[0]
    assert track[0].tolist() == [2, 40, lab.bands.group[0], BandStatus.HIDDEN]
    assert track[1, 0] == -1
    assert len(lab.record.unit_track[0]) == len(lab.units.status)


def test_positions_cost_nothing_without_maps():
    from sim.world.build import build_world

    record = build_world(scenario(), 1).record
    assert record.unit_track.size == record.band_track.size == 0
