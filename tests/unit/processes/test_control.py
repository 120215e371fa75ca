"""Control follows armed strength and working institutions."""

import pytest

from sim.processes.control import shift_control
from tests.support.worlds import AREA, ARMY, REBELS, Lab, scenario

RATE = 0.12


def land(institutions=0.0, trust=0.0):
    lab = Lab(scenario("AB"))
    lab.communities.police[:] = lab.communities.services[:] = institutions
    lab.communities.trust_state[:] = trust
    return lab


def test_shares_move_towards_relative_strength():
    lab = land()
    lab.communities.control[0] = (0.5, 0.1)
    lab.influence.armed[0] = (24.0, 8.0)  # 60 and 20 per 1,000 km2, beside 20 for nobody
    lab.run(shift_control)
    army, rebels = 0.5 + RATE * (0.6 - 0.5), 0.1 + RATE * (0.2 - 0.1)
    assert lab.communities.control[0] == pytest.approx([army, rebels])
    assert lab.violence.contested[0] == pytest.approx(4 * army * rebels)
    lab.run(shift_control, 200)
    assert lab.communities.control[0] == pytest.approx([0.6, 0.2])


def test_with_nobody_there_control_fades():
    lab = land()
    lab.communities.control[:] = 0.4
    lab.run(shift_control, 10)
    assert lab.communities.control == pytest.approx(0.4 * (1 - RATE) ** 10)


def test_institutions_hold_for_the_state_where_nobody_else_rules():
    lab = land(institutions=0.5, trust=0.2)
    lab.communities.control[0] = (0.0, 0.25)
    working = 400 * 0.5 * (0.5 + 0.5 * 0.2) * (1 - 0.25)
    lab.run(shift_control)
    assert lab.communities.control[0, ARMY] == pytest.approx(RATE * working / (working + 20))
    assert lab.communities.control[0, REBELS] == pytest.approx(0.25 * (1 - RATE))
    lab = land(institutions=1.0, trust=1.0)
    lab.communities.control[0] = (0.0, 1.0)
    assert lab.run(shift_control).communities.control[0, ARMY] == 0.0


def test_shares_stay_shares():
    lab = land(institutions=1.0, trust=1.0)
    lab.influence.armed[:] = 1e5
    lab.communities.control[:] = 0.5
    for _ in range(50):
        lab.run(shift_control)
        assert lab.communities.control.min() >= 0.0
        assert lab.communities.control.sum(axis=1).max() <= 1.0 + 1e-12
        assert 0.0 <= lab.violence.contested.min() <= lab.violence.contested.max() <= 1.0


def test_what_counts_is_strength_by_area():
    shares = []
    for cell_km in (10.0, 40.0):
        lab = land()
        lab.geography.cell_km[0] = cell_km
        lab.influence.armed[0, REBELS] = 50.0 * cell_km * cell_km / 1000
        shares.append(lab.run(shift_control).communities.control[0, REBELS])
    assert shares[0] == pytest.approx(shares[1])
    assert shares[0] == pytest.approx(RATE * 50 / 70)
    assert pytest.approx(0.4) == AREA
