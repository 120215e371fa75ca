"""Effort by task, in all and in a cell."""

import numpy as np
import pytest

from sim.world.effort import add_work, effort_by_task, share_effort
from sim.world.kinds import Component, Task
from tests.support.worlds import Lab, contributor, mission, scenario


def test_effort_is_relative_to_the_heaviest_task_and_shrinks_under_load():
    weight, effort = np.array([0.5, 0.25, 0.0, 0.1]), np.zeros(4)
    effort_by_task(weight, 8.0, 0.5, effort)
    assert effort.tolist() == [1.0, 0.5, 0.0, 0.2]
    effort_by_task(weight, 2.0, 0.5, effort)  # three tasks where two are in hand
    assert effort == pytest.approx(np.array([1.0, 0.5, 0.0, 0.2]) / 1.25)
    effort_by_task(np.zeros(4), 2.0, 0.5, effort)
    assert not effort.any()


def test_compiled_and_plain_effort_agree():
    weight = np.random.default_rng(1).random(len(Task))
    here, there = np.zeros(len(Task)), np.zeros(len(Task))
    effort_by_task(weight, 8.0, 0.5, here)
    share_effort(weight, 8.0, 0.5, there)
    assert np.array_equal(here, there)


def two_missions():
    parts = {
        "mission": mission({"ddr": 1.0, "human_rights": 0.5}),
        "partners": [mission({"ddr": 0.2, "protection_of_civilians": 1.0}, id="ally")],
        "contributors": [contributor()],
    }
    lab = Lab(scenario(**parts))
    lab.presence.felt[0, Component.CIVILIANS] = (30.0, 0.0)
    lab.presence.felt[1, Component.CIVILIANS] = (10.0, 0.0)
    lab.presence.felt[1, Component.MILITARY] = (60.0, 0.0)
    return lab


def test_work_is_what_the_missions_people_do_in_each_cell():
    lab, work = two_missions(), np.array([1.0, 0.0])
    add_work(Task.DDR, Component.CIVILIANS, lab.missions, lab.presence, work)
    assert work == pytest.approx([1.0 + 30.0 + 2.0, 0.0])
