"""A policy that changes midway: the link, what may still move, and two worlds with one past."""

import base64
import json
import re
import shlex
import tomllib
from types import MappingProxyType

import numpy as np
import pytest

from sim.dashboard.choice import (
    AS_BEFORE,
    NO_MISSION,
    PINNED,
    Choice,
    course_of,
    levers_of,
    read_link,
    world_of,
)
from sim.dashboard.countries import country, names
from sim.dashboard.desk import Desk, Office, View
from sim.dashboard.downloads import file_name, replay_file, scenario_file
from sim.dashboard.levers import levers
from sim.dashboard.midway import settled
from sim.dashboard.player.encode import encode, one_past, run_id
from sim.dashboard.player.pack import unpack
from sim.dashboard.shelf import MEGABYTE, Shelf
from sim.engine.fork import fork
from sim.engine.run import run
from sim.scenario.load import load_scenario
from sim.scenario.midway import check_midway
from sim.scenario.overrides import parse_overrides
from sim.scenario.scenario import Scenario

WEEK, WEEKS, PATIENCE = 30, 60, 120.0
QUICK = ("ceasefire_line", "fragile_peace")
EVERY = [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in names()]
CHANGE = MappingProxyType(
    {"mission.mandate.authorised.*.military": 0.1, "mission.mandate.rules_of_engagement": "robust"}
)

CHANGED = {"mission.mandate.rules_of_engagement": "robust"}


@pytest.fixture(scope="module")
def base() -> Scenario:
    return country("ceasefire_line").override({"weeks": WEEKS})


@pytest.fixture(scope="module")
def choice() -> Choice:
    before = MappingProxyType({"mission.leadership": 0.4})
    return Choice(settings=CHANGE, from_week=WEEK, before=before, against=AS_BEFORE, future=3)


@pytest.fixture(scope="module")
def views(base: Scenario, choice: Choice) -> list[View]:
    found: list[View] = []
    said: list[str] = []
    Desk(Office(most=6), found.append, said.append).want(choice, base).join(PATIENCE)
    assert said == []
    return found


# ------------------------------------------------------------------ settings


def test_a_fork_begins_with_the_settings_so_far_and_leaving_it_brings_them_back() -> None:
    whole = Choice().moved("mission.leadership", 0.4)
    forked = whole.forked(WEEK, 7)
    assert (forked.from_week, forked.future, forked.against) == (WEEK, 7, AS_BEFORE)
    assert (dict(forked.before), dict(forked.settings)) == ({"mission.leadership": 0.4}, {})
    later = forked.moved("mission.mandate.clarity", 0.2).forked(WEEK + 9, 7)
    assert later.from_week == WEEK + 9
    assert later.settings == {"mission.mandate.clarity": 0.2}, "what was changed is changed in the other week"
    assert later.before == forked.before
    assert later.forked(0, 7) == whole


def test_the_link_of_a_fork_brings_it_back(choice: Choice) -> None:
    again, left_out = read_link(choice.link())
    assert left_out == []
    assert again == choice


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from_week=-1", "week of the change"),
        ("from_week=99999", "week of the change"),
        ("from_week=<script>", "week of the change"),
        ("before.mission.leadership=0.4", "no week before which"),
        ("against=as_before", "no scenario 'as_before'"),
        ("from_week=30&armed_groups.*.fighters=2", "settled at the start"),
        ("from_week=30&before.nonsense=2", "no setting"),
        ("future=-4", "future"),
    ],
)
def test_what_is_wrong_in_the_link_of_a_fork_is_named(query: str, said: str) -> None:
    choice, left_out = read_link(query)
    assert len(left_out) == 1
    assert said in left_out[0]
    assert dict(choice.settings) == {}


def test_a_past_that_contradicts_itself_is_left_out_and_named() -> None:
    tasks = country("ceasefire_line").mission.mandate.tasks
    query = "from_week=30&" + "&".join(f"before.mission.mandate.tasks.{task}=0" for task in tasks)
    choice, left_out = read_link(query)
    assert dict(choice.before) == {}
    assert "do not go together" in left_out[0]


# -------------------------------------------------------------------- levers


@pytest.mark.parametrize("name", EVERY)
def test_whatever_may_still_move_can_be_moved_to_both_ends(name: str) -> None:
    base = country(name)
    for week in (base.weeks // 2,) if name in QUICK else (1, base.weeks // 2, base.weeks - 1):
        choice = Choice(name=name, from_week=week)
        for lever in levers_of(base, choice):
            ends = (lever.low, lever.high) if lever.slides else lever.options or (not lever.start,)
            for end in ends:
                end = lever.quantised(end) if lever.slides else end
                moved = course_of(base, choice.moved(lever.path, end))
                if moved.trunk is not None:
                    check_midway(moved.trunk.scenario, moved.scenario, week)


def test_what_describes_the_start_is_settled_and_policy_is_not(base: Scenario) -> None:
    free = {lever.path for lever in levers_of(base, Choice(from_week=WEEK))}
    assert {"mission.leadership", "mission.mandate.clarity", "donors.*.will", "contributors.*.pledged"} <= free
    assert not any(path.startswith(("armed_groups.", "regions.", "identity_groups.")) for path in free)
    assert {lever.path for lever in levers(base)} - free == {each.path for each in levers(base) if settled(each.path)}
    assert settled("peace.inclusion")
    assert not settled("mission.mandate.clarity")


def test_of_dated_ceilings_only_those_in_force_or_ahead_move() -> None:
    base = country("fragile_peace")
    path = "mission.mandate.authorised.*.military"
    whole = next(lever for lever in levers(base) if lever.path == path)
    late = next(lever for lever in levers_of(base, Choice(from_week=300)) if lever.path == path)
    assert [number for _, number in whole.parts] == [12_000, 8_000, 4_000, 1_000]
    assert [number for _, number in late.parts] == [8_000, 4_000, 1_000]
    assert whole.written(1.0) == "12,000 (100%)", "the highest, not the sum of all dates"
    assert late.written(0.5) == "4,000 (50%)"


def test_a_pledge_is_moved_from_what_it_was_before_the_fork(base: Scenario) -> None:
    before = MappingProxyType({"contributors.*.pledged": 0.5})
    choice = Choice(from_week=WEEK, before=before).moved("contributors.*.pledged", 1.2)
    half = world_of(base, before)
    changed = course_of(base, choice).scenario
    assert [each.pledged for each in changed.contributors] == [round(1.2 * each.pledged) for each in half.contributors]


# -------------------------------------------------------------------- worlds


def test_the_player_is_told_of_the_week_and_of_the_past_that_both_share(views: list[View]) -> None:
    mine, other = views[-1].shown.result, views[-1].other.result
    again = fork(other, other.seed, WEEK, {"mission.mandate.clarity": 0.1})
    assert one_past(mine, other)
    assert one_past(mine, again)
    assert not one_past(other, mine)
    assert not one_past(mine, run(other.scenario.without_mission(), other.seed, stride=0))
    assert not one_past(mine, run(other.scenario, other.seed + 1, stride=0))
    traits = encode(fork(other, other.seed, WEEK, CHANGED, stride=13), run(other.scenario, other.seed))
    assert traits["fork_week"] == WEEK
    assert traits["options"] == {"one_past": True}
    assert encode(run(other.scenario, other.seed))["fork_week"] == 0


def test_both_worlds_are_the_same_to_the_bit_until_the_week_and_differ_after_it(views: list[View]) -> None:
    mine, other = views[-1].shown.result.weekly_array, views[-1].other.result.weekly_array
    np.testing.assert_array_equal(mine[:WEEK], other[:WEEK])
    assert not np.array_equal(mine[WEEK:], other[WEEK:])
    (header, arrays), (rival, others) = unpack(views[-1].shown.message), unpack(views[-1].other.message)
    assert header["id"] != rival["id"]
    for name in ("layers", "ruler"):
        axis = 1 if name == "layers" else 0
        ours, theirs = (np.moveaxis(each[name], axis, 0) for each in (arrays, others))
        np.testing.assert_array_equal(ours[:WEEK], theirs[:WEEK])
    # Who is ever out differs, and with it the rows; who is where in the past does not.
    for week in (0, WEEK - 1):
        for name in ("unit_cell", "band_cell"):
            assert sorted(c for c in arrays[name][week] if c < 65535) == sorted(
                c for c in others[name][week] if c < 65535
            )


def test_it_is_what_the_engine_gives_for_the_same_fork(base: Scenario, choice: Choice, views: list[View]) -> None:
    past = world_of(base, choice.before)
    changed = course_of(base, choice).scenario
    again = fork(past, views[-1].shown.result.seed, WEEK, changed, stride=0)
    np.testing.assert_array_equal(again.weekly_array, views[-1].shown.result.weekly_array)
    np.testing.assert_array_equal(run(past, again.seed, stride=0).weekly_array, views[-1].other.result.weekly_array)


def test_every_future_forks_with_its_own_luck(views: list[View]) -> None:
    last = views[-1]
    assert len(last.members) == len(last.others) == 6
    for mine, other in zip(last.members, last.others, strict=True):
        assert mine.seed == other.seed
        np.testing.assert_array_equal(mine.weekly[:WEEK], other.weekly[:WEEK])
    assert any(
        not np.array_equal(mine.weekly, other.weekly) for mine, other in zip(last.members, last.others, strict=True)
    )


def test_a_kept_past_saves_time_and_changes_nothing(base: Scenario, choice: Choice) -> None:
    pasts = Shelf(50 * MEGABYTE)
    first = course_of(base, choice).simulate(5, pasts=pasts)
    assert len(pasts) == 1
    kept = pasts.get((course_of(base, choice).trunk.digest(), 5, 0))
    assert int(kept.clock.week[0]) == WEEK
    before = [column.copy() for table in kept for column in table]
    again = course_of(base, choice.moved("mission.leadership", 0.9)).simulate(5, pasts=pasts)
    assert len(pasts) == 1
    assert all(np.array_equal(a, b) for a, b in zip(before, (c for table in kept for c in table), strict=True)), (
        "a kept world stays as it was"
    )
    np.testing.assert_array_equal(first.record.weekly, course_of(base, choice).simulate(5).record.weekly)
    np.testing.assert_array_equal(
        again.record.weekly, course_of(base, choice.moved("mission.leadership", 0.9)).simulate(5).record.weekly
    )


def test_the_future_that_was_watched_goes_on(views: list[View]) -> None:
    assert {view.shown.result.seed for view in views} == {3}


def test_before_anything_is_changed_nothing_is_computed_again(base: Scenario) -> None:
    office, found = Office(most=4), []
    desk = Desk(office, found.append, found.append)
    desk.want(Choice(), base).join(PATIENCE)
    kept, before = len(office.works.shelf), found[-1]
    desk.want(Choice().forked(WEEK, found[-1].shown.result.seed), base).join(PATIENCE)
    assert len(office.works.shelf) == kept
    assert found[-1].shown is found[-1].other
    assert run_id(found[-1].shown.result) == run_id(before.shown.result)


@pytest.mark.parametrize("against", [NO_MISSION, PINNED])
def test_a_fork_can_be_set_beside_other_worlds_too(base: Scenario, choice: Choice, against: str) -> None:
    from dataclasses import replace

    from sim.dashboard.desk import rival_of

    pinned = MappingProxyType({"mission.mandate.clarity": 0.2})
    choice = replace(choice, against=against, pinned=pinned)
    rival = rival_of(choice, base, course_of(base, choice))
    if against == NO_MISSION:
        assert rival.scenario.missions == ()
    else:
        assert rival.trunk.week == WEEK, "pinned settings hold from the same week on"
        assert rival.scenario.mission.mandate.clarity == 0.2


def test_a_replay_of_a_fork_plays_both_worlds_and_marks_the_week(views: list[View]) -> None:
    page = replay_file(views[-1], {"run": "With the change", "other": "As before"}).decode()
    settings = json.loads(re.search(r'id="settings">(.*?)</script>', page).group(1))
    assert settings["fork_week"] == WEEK
    assert settings["options"]["one_past"]
    sent = {name: base64.b64decode(text) for name, text in re.findall(r'id="data-(\w+)">(.*?)</script>', page)}
    assert unpack(sent["run"])[0]["id"] == run_id(views[-1].shown.result)
    assert unpack(sent["other"])[0]["id"] == run_id(views[-1].other.result)


def test_the_file_of_a_fork_and_the_command_in_it_give_the_same_world(views: list[View], tmp_path) -> None:
    view = views[-1]
    path = tmp_path / file_name(view, ".toml")
    path.write_bytes(scenario_file(view))
    tomllib.loads(path.read_text())
    command = shlex.split(path.read_text().splitlines()[1].removeprefix("# "))
    assert command[:2] == ["peacesim", "run"]
    assert command[2] == path.name
    given = dict(zip(command[3::2], command[4::2], strict=True))
    changes = parse_overrides(
        [word for flag, word in zip(command[3::2], command[4::2], strict=True) if flag == "--set"]
    )
    again = fork(load_scenario(path), int(given["--seed"]), int(given["--from-week"]), changes, stride=0)
    np.testing.assert_array_equal(again.weekly_array, view.shown.result.weekly_array)
