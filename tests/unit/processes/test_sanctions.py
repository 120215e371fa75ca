"""Embargoes bite where borders and ports are watched, and on those who hold out."""

import pytest

from sim.processes.sanctions import embargo
from sim.world.kinds import MissionStage
from tests.support.worlds import Lab, contributor, mission, rebels, scenario


def embargoed(strictness=0.5, rows="*ABC", groups=None, **more):
    parts = {
        "mission": mission(mandate={"sanctions": strictness}),
        "contributors": [contributor("main", 300)],
        "armed_groups": groups or [rebels(support=0.8)],
        "parameters": {"sanctions": {"cut_per_month": 0.5}},
    }
    lab = Lab(scenario(rows, **parts, **more))
    assert lab.geography.border.tolist() == [1, 0, 0]
    lab.presence.covered[:] = (0.4, 0.0, 0.0)
    return lab


def ways_in(lab):
    """Border cells, and entries that are none."""
    gates = set(lab.geography.border.nonzero()[0]) | set(lab.geography.entry)
    return sorted(int(c) for c in gates)


def test_support_falls_with_strictness_watch_and_refusal():
    lab = embargoed()
    watch = lab.presence.covered[ways_in(lab)].mean()
    lab.groups.commitment[0] = 0.2
    lab.run(embargo)
    assert watch > 0.0
    assert lab.groups.support[0] == pytest.approx(0.8 * (1 - 0.5 * 0.5 * watch * 0.8))


def test_it_works_once_a_month():
    lab = embargoed().at(1).run(embargo, 3)
    assert lab.groups.support[0] == 0.8


@pytest.mark.parametrize("what", ["paper", "no mission", "unwatched"])
def test_an_embargo_that_nobody_enforces_changes_nothing(what):
    lab = embargoed(0.0 if what == "paper" else 1.0)
    if what == "no mission":
        lab.missions.stage[0] = MissionStage.CLOSED
    if what == "unwatched":
        lab.presence.covered[:] = (0.0, 0.9, 0.9)
        lab.presence.covered[lab.geography.entry] = 0.0
    assert lab.run(embargo).groups.support[0] == 0.8


def test_those_who_have_made_peace_are_left_alone():
    lab = embargoed()
    lab.groups.commitment[0] = 1.0
    assert lab.run(embargo).groups.support[0] == 0.8
