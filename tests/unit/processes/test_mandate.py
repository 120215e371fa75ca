"""What a mission is told: decisions on their dates, renewals, reinforcement, drawdown, creep, divided sponsors."""

import math

import numpy as np
import pytest

from sim.processes.life_cycle import live
from sim.processes.mandate import review
from sim.world.kinds import Ceiling, EventKind, Review, Task
from tests.support.worlds import LONG_AGO, Lab, contributor, mission, scenario, spread_of_share

TASKS = {"protection_of_civilians": 0.6, "ddr": 1.0}
REVIEW = 51  # the week at whose end a mission of 4 January 1999 comes to its second yearly renewal


def mandated(tasks=None, donors=(), rules="self_defence", military=400, parameters=None, **orders):
    """A mission of 400 soldiers and 100 police, renewed every year, whose benchmarks are neither met nor in danger."""
    parts = {
        "mission": mission(tasks or TASKS, rules=rules, military=military, police=100, mandate=orders),
        "contributors": [contributor("main", 300, unit_size=100)],
        "donors": list(donors),
        "parameters": {"mandate": parameters or {}},
    }
    lab = Lab(scenario(**parts)).at(REVIEW)
    lab.mandates.score[:], lab.mandates.security[:], lab.mandates.met[:] = 0.88, 0.95, 0
    return lab


def decided(**change):
    return {"date": "2000-01-24", "name": "Resolution"} | change


def notes(lab):
    n = lab.log.count[0]
    return [
        int(what) for what, kind in zip(lab.log.other[:n], lab.log.kind[:n], strict=True) if kind == EventKind.MANDATE
    ]


# ---------------------------------------------------------------- decisions


def test_a_decision_changes_what_it_names_on_its_date_and_nothing_else():
    change = decided(tasks={"human_rights": 0.5}, rules_of_engagement="robust", sanctions=0.7)
    lab = mandated(decisions=[change]).at(1)
    lab.run(review)
    assert lab.missions.force[0] == 0.35
    assert notes(lab) == []
    lab.at(2).run(review)  # the last week before the date
    assert lab.missions.force[0] == 0.9
    assert lab.missions.effort[0].tolist() == [1.0 if task == Task.HUMAN_RIGHTS else 0.0 for task in Task]
    assert lab.mandates.sanctions[0] == 0.7
    assert (lab.missions.clarity[0], lab.missions.flexible[0], lab.missions.end_week[0]) == (1.0, 0, 10**9)
    assert notes(lab) == [Review.DECISION]


def test_a_decision_may_end_a_mission():
    lab = mandated(decisions=[decided(end="2000-03-06", clarity=0.4)]).at(2)
    lab.run(review)
    assert (lab.missions.end_week[0], lab.missions.clarity[0]) == (9, 0.4)
    assert lab.at(8).run(live).missions.ceiling.sum() == 0


def test_a_decision_before_the_run_is_in_force_at_its_start():
    early = decided(
        date="1999-06-01", rules_of_engagement="robust", tasks={"ddr": 1.0}, end="2000-02-07", flexible=True
    )
    lab = mandated(decisions=[early])
    assert (lab.missions.force[0], lab.missions.flexible[0], lab.missions.end_week[0]) == (0.9, 1, 5)
    assert lab.missions.effort[0, Task.PROTECTION_OF_CIVILIANS] == 0.0
    assert len(lab.calendar.order_week) == 0


def test_a_cut_of_the_force_and_of_its_rules_on_one_day():
    """As in Rwanda on 21 April 1994: 270 are to stay and mediate."""
    parts = {
        "mission": mission(
            {"protection_of_civilians": 1.0},
            mandate={
                "authorised": [{"date": LONG_AGO, "military": 300}, {"date": "2000-01-24", "military": 100}],
                "decisions": [decided(tasks={"political_process": 1.0}, rules_of_engagement="self_defence")],
            },
        ),
        "contributors": [contributor("main", 300, unit_size=100)],
    }
    lab = Lab(scenario(**parts)).at(2).run(review).run(live)
    assert lab.missions.ceiling[0, Ceiling.MILITARY] == 100
    assert lab.missions.force[0] == 0.35
    assert lab.missions.effort[0, Task.PROTECTION_OF_CIVILIANS] == 0.0


# ----------------------------------------------------------------- renewals


def test_a_fixed_mandate_stays_as_it_is():
    lab = mandated()
    lab.mandates.score[:], lab.mandates.security[:] = 0.1, 0.1
    before = [column.copy() for column in (lab.missions.ceiling, lab.missions.force, lab.missions.effort)]
    lab.run(review)
    now = (lab.missions.ceiling, lab.missions.force, lab.missions.effort)
    for column, old in zip(now, before, strict=True):
        assert column.tolist() == old.tolist()


def test_a_flexible_mandate_in_trouble_is_reinforced_step_by_step():
    lab = mandated(flexible=True)
    lab.mandates.security[:] = 0.69
    lab.run(review)
    assert lab.missions.ceiling[0].tolist()[:2] == [500, 125]
    assert lab.missions.force[0] == 0.7  # one step up
    assert lab.missions.effort[0, Task.PROTECTION_OF_CIVILIANS] == 1.0  # as heavy as the heaviest now
    for _ in range(4):
        lab.run(review)
    assert lab.missions.ceiling[0].tolist()[:2] == [600, 150]  # half more than planned, and no more
    assert lab.missions.force[0] == 0.9  # robust, and never enforcement
    assert notes(lab) == [Review.REINFORCED] * 5


def test_reviews_come_in_step_with_the_age_of_the_mission_only():
    lab = mandated(flexible=True)
    lab.mandates.security[:] = 0.5
    for week in range(REVIEW - 51, REVIEW):
        assert lab.at(week).run(review).missions.ceiling[0, 0] == 400
    assert lab.at(REVIEW).run(review).missions.ceiling[0, 0] == 500


def test_without_a_report_nothing_is_adapted():
    lab = mandated(flexible=True)
    lab.mandates.score[:], lab.mandates.security[:] = -1.0, -1.0
    assert lab.run(review).missions.ceiling[0, 0] == 400


def test_met_benchmarks_bring_a_flexible_mandate_down_to_plan_and_one_that_leaves_by_them_further():
    planned = mandated(flexible=True)
    planned.mandates.met[:], planned.missions.ceiling[0, 0] = 1, 700  # above the plan after a crisis
    assert planned.run(review).missions.ceiling[0].tolist()[:2] == [400, 100]
    assert planned.run(review).missions.ceiling[0, 0] == 400
    leaving = mandated(exit="benchmarks")
    leaving.mandates.met[:] = 1
    assert leaving.run(review).missions.ceiling[0].tolist()[:2] == [300, 75]
    for _ in range(5):
        leaving.run(review)
    # 500 x 0.75^6 is less than a fifth of 500: home.
    assert leaving.missions.ceiling[0].sum() < 100
    assert leaving.missions.end_week[0] == REVIEW + 1


# ------------------------------------------------------ creep, compromise, unity


def test_a_task_creeps_in_without_means_and_burdens_the_others():
    lab = mandated(creep=1.0, parameters={"tasks_in_hand": 2.0, "overload": 1.0, "creep_weight": 0.5})
    people = lab.missions.ceiling.sum()
    lab.run(review)
    assert (lab.mandates.weight[0] > 0.0).sum() == 3
    new = [task for task in Task if lab.mandates.weight[0, task] == 0.5]
    assert len(new) == 1
    # Three tasks where two are in hand: half an excess, so each gets 1 / 1.5 of its effort.
    assert lab.missions.effort[0, Task.DDR] == pytest.approx(1 / 1.5)
    assert lab.missions.effort[0, new[0]] == pytest.approx(0.5 / 1.5)
    assert lab.missions.ceiling.sum() == people
    for _ in range(30):
        lab.run(review)
    assert np.all(lab.mandates.weight[0] > 0.0)  # and then no task is left to add
    assert notes(lab) == [Review.TASK_ADDED] * 12


def test_every_task_creeps_in_alike():
    found = np.zeros(len(Task))
    lab = mandated(creep=1.0)
    start = lab.mandates.weight.copy()
    for seed in range(1200):
        lab.clock.seed[0] = seed
        lab.mandates.weight[:] = start
        lab.run(review)
        found += (lab.mandates.weight[0] > 0.0) & (start[0] == 0.0)
    assert found.sum() == 1200
    assert abs(found[found > 0] / 1200 - 1 / 12).max() < spread_of_share(1 / 12, 1200)


def payer(name, will, share=0.5):
    return {"id": name, "name": name, "share": share, "will": will}


def test_unity_is_the_likeness_of_the_will_of_those_who_pay():
    for wills, shares, unity in (
        ((0.8, 0.8), (0.5, 0.5), 1.0),
        ((1.0, 0.0), (0.5, 0.5), 0.0),
        ((0.9, 0.5), (0.5, 0.5), 0.6),
        ((1.0, 0.0), (0.8, 0.2), 0.2),
    ):
        donors = [payer(f"d{n}", will, share) for n, (will, share) in enumerate(zip(wills, shares, strict=True))]
        lab = mandated(donors=donors).run(review)
        assert lab.mandates.unity[0] == pytest.approx(unity, abs=1e-12)
        assert lab.missions.clarity[0] == pytest.approx(1.0 - 0.5 * (1.0 - unity))
    assert mandated().run(review).mandates.unity[0] == 1.0


def test_divided_sponsors_decide_late():
    lab = mandated(flexible=True, donors=[payer("one", 0.9), payer("two", 0.5)])
    lab.mandates.security[:] = 0.5
    acted = 0
    for seed in range(800):
        lab.clock.seed[0] = seed
        lab.missions.ceiling[0, 0] = 400
        acted += lab.run(review).missions.ceiling[0, 0] > 400
    assert abs(acted / 800 - 0.6) < spread_of_share(0.6, 800)


def test_the_spread_of_unity_is_hand_made():
    donors = [payer("a", 0.2, 0.25), payer("b", 0.6, 0.25), payer("c", 1.0, 0.5)]
    mean = 0.25 * 0.2 + 0.25 * 0.6 + 0.5 * 1.0
    spread = math.sqrt(0.25 * (0.2 - mean) ** 2 + 0.25 * (0.6 - mean) ** 2 + 0.5 * (1.0 - mean) ** 2)
    assert mandated(donors=donors).run(review).mandates.unity[0] == pytest.approx(1 - 2 * spread)
