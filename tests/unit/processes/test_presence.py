"""Patrols: strength is spread and not made, falls with distance, and works as rules and tasks allow."""

import numpy as np
import pytest

from sim.processes.presence import spread
from sim.world.kinds import Component, UnitStatus
from tests.support.worlds import AREA, Lab, contributor, mission, scenario, spread_of_share

# Three cells of 20 km: half a cell to itself, then 20 and 40 km; at 15 km patrols are a quarter as dense.
WEIGHTS = np.array([1 / (1 + (km / 15.0) ** 2) ** 2 for km in (10.0, 20.0, 40.0)])
SHARES = WEIGHTS / WEIGHTS.sum()
LOAD = AREA * 40.0 + 10_000 / 1000 * 1.5


def patrolling(tasks=None, troops=None, rows="ABC", presence=None, tempo=1.0, **more):
    parts = {
        "mission": mission(tasks, military=600, police=100, observers=100, civilians=100, **more),
        "contributors": troops or [contributor(pledged=150)],
        "parameters": {"presence": {"knowledge_return": 0.0} | (presence or {})},
    }
    lab = Lab(scenario(rows, **parts))
    lab.accounts.tempo[:] = tempo
    return lab


def test_a_company_spreads_by_distance_and_protects():
    lab = patrolling().run(spread)
    assert lab.units.effective[0] == pytest.approx(150.0)
    assert lab.presence.troops == pytest.approx(150.0 * SHARES)
    assert lab.presence.protection == pytest.approx(150.0 * SHARES / (150.0 * SHARES + LOAD))
    assert lab.presence.covered == pytest.approx(lab.presence.protection)


def test_presence_sums_to_effective_strength_and_falls_with_distance():
    troops = [
        contributor("one", 300, quality=0.8, interoperability=0.3),
        contributor("two", 120, component="police", unit_size=40),
        contributor("three", 30, component="civilians", proximity=0.9),
        contributor("four", 16, component="observers"),
    ]
    lab = patrolling(troops=troops, rows="ABCDEF")
    lab.units.cell[:] = np.arange(len(lab.units.cell)) % 6
    lab.units.caution[:] = 0.3
    lab.run(spread)
    assert lab.presence.felt.sum() == pytest.approx(lab.units.effective.sum(), rel=1e-12)
    for component in Component:
        mine = lab.units.component == component
        assert lab.presence.felt[0, component].sum() == pytest.approx(lab.units.effective[mine].sum(), abs=1e-9)
    one = patrolling(rows="ABC").run(spread)
    assert np.all(np.diff(one.presence.troops) < 0)


def test_what_a_unit_is_worth():
    lab = patrolling(troops=[contributor(pledged=150, quality=1.2, proximity=0.7)], tempo=0.9)
    lab.units.training[0], lab.units.interoperability[0], lab.contributors.part[0] = 0.8, 0.5, 0.25
    lab.run(spread)
    readiness = 1 + 0.15 * (0.9 - 1)
    fit = 1 - 0.4 * 0.5 * 0.75  # three quarters of those around it are others
    worth = 1.2 * (1 + 0.4 * 0.3) * readiness * fit * (1 + 0.3 * 0.2) * 0.9
    assert lab.units.effective[0] == pytest.approx(150 * worth)


def test_a_force_of_one_nation_has_no_friction():
    lab = patrolling(troops=[contributor(pledged=150, interoperability=0.0)])
    lab.contributors.part[0] = 1.0
    assert lab.run(spread).units.effective[0] == pytest.approx(150.0)


def test_no_units_no_presence():
    for lab in (Lab(scenario("ABC")), patrolling(tempo=0.0), patrolling()):
        if lab.missions.stage.size and lab.accounts.tempo[0] > 0.0:
            lab.run(spread)
            lab.units.status[:], lab.units.headcount[:] = UnitStatus.HOME, 0
        lab.run(spread)
        for name, column in lab.presence._asdict().items():
            assert not np.any(column), name
        assert not np.any(lab.units.effective)


def test_a_unit_on_the_move_is_nowhere_at_work():
    lab = patrolling()
    lab.units.moving_weeks[0] = 2
    sums = [lab.run(spread).presence.troops.sum() for _ in range(3)]
    assert sums[:2] == [0.0, 0.0]
    assert sums[2] > 100.0


def test_a_cautious_unit_stays_in_its_base():
    lab = patrolling(presence={"caution_fades": 0.0})
    lab.units.caution[0] = 1.0
    assert lab.run(spread).presence.troops == pytest.approx([150.0, 0.0, 0.0])
    lab.units.caution[0] = 0.5
    assert lab.run(spread).presence.troops == pytest.approx(75.0 * SHARES + [75.0, 0.0, 0.0])


def test_guards_stay_in_their_base_and_without_consent_nobody_goes_out():
    tasks = {"protection_of_civilians": 1.0, "force_protection": 0.5}
    lab = patrolling(tasks, presence={"guard_share": 0.4}).run(spread)
    assert lab.presence.troops == pytest.approx(120.0 * SHARES + [30.0, 0.0, 0.0])  # 0.4 x 0.5 of 150 stand guard
    lab.missions.access[0] = 0.25
    assert lab.run(spread).presence.troops == pytest.approx(30.0 * SHARES + [7.5, 0.0, 0.0])
    lab.missions.access[0] = 0.0
    assert not lab.run(spread).presence.troops.any()


@pytest.mark.parametrize(
    ("kind", "access", "part"), [("robust", 1.0, 0.1), ("robust", 0.4, 0.04), ("enforcement", 1.0, 1.0)]
)
def test_a_mission_that_needs_consent_hardly_restrains_its_host(kind, access, part):
    lab = patrolling(type=kind)
    lab.missions.access[0] = access
    lab.run(spread)
    assert lab.presence.restraint == pytest.approx(part * lab.presence.protection)


def test_supply_money_and_time_move_a_unit():
    lab = patrolling(rows="ABCDEF", presence={"supply_drag": 0.1, "knowledge_return": 0.02})
    lab.units.cell[0], lab.units.caution[0] = 5, 0.5  # 100 km from the entry in A
    lab.run(spread)
    assert lab.units.readiness[0] == pytest.approx(1 + 0.15 * (1 / 1.1 - 1))
    assert lab.units.knowledge[0] == pytest.approx(0.5 + 0.02 * 0.5)
    assert lab.units.caution[0] == pytest.approx(0.48)


def test_rules_to_observe_protect_nobody_but_see():
    tasks = {"protection_of_civilians": 1.0, "ceasefire_monitoring": 1.0}
    lab = patrolling(tasks, rules="observe").run(spread)
    assert not lab.presence.protection.any()
    assert not lab.presence.interposition.any()
    watch = 0.05 * 150.0 * SHARES
    assert lab.presence.monitoring == pytest.approx(watch / (watch + 0.05 * LOAD))


def test_force_grows_with_the_rules_of_engagement():
    order = [patrolling(rules=rules).run(spread).presence.protection[0]
             for rules in ("observe", "self_defence", "defend_mandate", "robust", "enforce")]  # fmt: skip
    assert order == sorted(order)
    assert len(set(order)) == 5


def test_monitoring_needs_monitors_and_the_task():
    observers = [contributor(pledged=16, component="observers", unit_size=16)]
    lab = patrolling({"ceasefire_monitoring": 1.0}, observers).run(spread)
    assert lab.presence.monitoring == pytest.approx(16 * SHARES / (16 * SHARES + 0.05 * LOAD))
    assert not lab.presence.covered.any()
    assert not patrolling({"ddr": 1.0}, observers).run(spread).presence.monitoring.any()


def test_an_unclear_mandate_leaves_routine():
    lab = patrolling(clarity=0.0).run(spread)
    assert lab.units.effective[0] == pytest.approx(0.3 * 150)
    lab = patrolling(clarity=0.5, leadership=0.4, troops=[contributor(pledged=150, caveats=0.2)])
    lab.rates.presence.readiness_return = 0.0
    chance = 0.5 * (0.5 + 0.5 * 0.4) * (1 - 0.2)
    assert abs(acting(lab) - chance) < spread_of_share(chance, 800)
    lab.contributors.will[0] = 0.5  # a capital that wavers acts less
    assert abs(acting(lab) - chance / 2) < spread_of_share(chance, 800)


def acting(lab):
    acts = 0
    for seed in range(800):
        lab.clock.seed[0] = seed
        acts += lab.run(spread).units.effective[0] > 100.0
    return acts / 800
