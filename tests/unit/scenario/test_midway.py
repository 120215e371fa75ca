"""What may change midway, and what is refused with a way out."""

import datetime

import pytest

from sim.core.errors import ScenarioError
from sim.scenario.load import load_scenario
from sim.scenario.midway import check_midway, in_force

WEEK = 60  # 26 February 2001


@pytest.fixture(scope="module")
def valley(root):
    return load_scenario(root / "tests" / "cli" / "valley.toml")


@pytest.mark.parametrize(
    ("changes", "path", "remedy"),
    [
        ({"map.cell_km": 12.0}, "map.cell_km", "from the start"),
        ({"regions.A.population": 70000}, "regions.A.population", "70000 instead of 60000"),
        ({"armed_groups.front.support": 0.9}, "armed_groups[1].support", "from the start"),
        ({"identity_groups.hill.grievance": 0.9}, "identity_groups[0].grievance", "from the start"),
        ({"peace.stage": "war"}, "peace.stage", "from the start"),
        ({"parameters.ground.flight_km": 60.0}, "parameters.ground.flight_km", "from the start"),
        ({"parameters.force_generation.unit_size_military": 300}, "unit_size_military", "settled at the start"),
        ({"contributors.ghana.pledged": 700}, "contributors[0].pledged", "mission.mandate.authorised"),
        ({"contributors.ghana.component": "police"}, "contributors[0].component", "id of its own"),
        ({"mission.start": datetime.date(2000, 3, 1)}, "mission.start", "the past cannot change"),
        ({"mission.end": datetime.date(2001, 1, 8)}, "mission.end", "what lies ahead"),
        ({"mission.mandate.authorised[0].military": 100}, "mission.mandate.authorised[0]", "is over by week 60"),
        ({"peace.agreements[0].inclusion": 0.1}, "peace.agreements[0]", "2000-03-01"),
        ({"events[0].size": 100.0}, "events[0]", "2000-09-01"),
        ({"events": ()}, "events[1]", "the past cannot change"),
        ({"weeks": 20}, "scenario.weeks", "give 60 weeks or more"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_settled_or_over_is_refused(valley, changes, path, remedy):
    with pytest.raises(ScenarioError) as error:
        check_midway(valley, valley.override(changes), WEEK)
    assert path in str(error.value)
    assert remedy in str(error.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"mission.mandate.clarity": 0.1},
        {"mission.mandate.authorised[1].military": 100},
        {"mission.end": datetime.date(2001, 9, 3)},
        {"contributors.ghana.pledged": 900},
        {"contributors.ghana.will": 0.2},
        {"donors.members.will": 0.2},
        {"peace.elections[0].date": datetime.date(2001, 8, 1)},
        {"parameters.relief.relief_effect": 0.5},
        {"weeks": 80},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_lies_ahead_may_change(valley, changes):
    check_midway(valley, valley.override(changes), WEEK)


def test_everything_wrong_is_said_at_once(valley):
    changed = valley.override({"map.cell_km": 12.0, "armed_groups.front.support": 0.9, "events[0].size": 1.0})
    with pytest.raises(ScenarioError) as error:
        check_midway(valley, changed, WEEK)
    assert len(error.value.problems) == 3


def test_a_mission_cannot_vanish(valley):
    with pytest.raises(ScenarioError, match=r"set mission\.end") as error:
        check_midway(valley, valley.without_mission(), WEEK)
    assert len(error.value.problems) == 1


def test_a_week_outside_the_run_is_refused(valley):
    with pytest.raises(ScenarioError, match="from 0 to 104"):
        check_midway(valley, valley, 105)


def test_the_strength_in_force_is_the_last_one_dated(valley):
    weeks = [in_force(valley, valley.mission, week) for week in (0, 4, 5, 56, 57, 104)]
    assert weeks == [-1, 0, 0, 1, 1, 1]
