"""A class: codes, groups, locks, shocks, and who may do what."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from sim.dashboard.classroom.codes import CODE_LENGTH, LETTERS, as_code, new_code
from sim.dashboard.classroom.instructor import join_words
from sim.dashboard.classroom.names import LONGEST_NAME, file_part, plain_name
from sim.dashboard.classroom.poll import LABELS, tallied
from sim.dashboard.classroom.roles import ARMED, COMMANDER, DONOR, HEAD, ROLES, TABLE, armed_group, home_region, owner
from sim.dashboard.classroom.room import MOST_GROUPS, MOST_SHOCKS, RefusedError, Room
from sim.dashboard.classroom.rooms import KEPT_SECONDS, MOST_FOR_ONE, MOST_ROOMS, Rooms
from sim.dashboard.classroom.shocks import KINDS, possible, shock, targets
from sim.dashboard.countries import country, names
from sim.dashboard.guesses import QUESTIONS
from sim.dashboard.levers import levers
from sim.engine.run import run, simulate
from sim.scenario.load import load_scenario

CLARITY = "mission.mandate.clarity"
RULES = "mission.mandate.rules_of_engagement"
QUICK = ("ceasefire_line", "fragile_peace")
EVERY = [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in names()]


@pytest.fixture
def room() -> Room:
    return Rooms().open("instructor", "ceasefire_line")


# ------------------------------------------------------------ codes and names


def test_codes_can_be_typed_as_people_type_them_and_nothing_else_is_one() -> None:
    code = new_code()
    assert len(code) == CODE_LENGTH
    assert as_code(f" {code[:3].lower()}-{code[3:].lower()} ") == code
    for wrong in ("", "ABC", code + "B", "../../", "<b>abc", "\0" * 6, "AEIOUY", code[:-1] + "İ", None):
        assert as_code(wrong) == ""
    assert len({new_code() for _ in range(500)}) == 500
    assert len(LETTERS) ** CODE_LENGTH > 3e8


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  The\tblue \n team ", "The blue team"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\0b\x07c\x1b[31m", "abc[31m"),
        ("x\u202eevil\u2066", "xevil"),
        ("\u200b\u200d\ufeff", ""),
        ("Z\u0301\u0301\u0301\u0301", "Ź\u0301"),
        ("x" * 1_000_000, "x" * LONGEST_NAME),
        ("Équipe Ñandú 队", "Équipe Ñandú 队"),
        (None, "None"),
    ],
)
def test_names_are_short_and_hide_nothing(typed: object, kept: str) -> None:
    assert plain_name(typed) == kept


@pytest.mark.parametrize("name", ["../../etc/passwd", "<b>", "队", "con\\aux", "a.toml"])
def test_a_name_cannot_be_a_path(name: str) -> None:
    assert set(file_part(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert file_part(name)


# ------------------------------------------------------------ who is in


def test_a_group_has_its_own_world_on_the_same_luck(room: Room) -> None:
    one, other = room.enter("One"), room.enter("Other")
    room.move(one, TABLE, CLARITY, 0.4)
    assert dict(one.settings) == {CLARITY: 0.4}
    assert dict(other.settings) == {}
    assert room.world(one).mission.mandate.clarity == 0.4
    assert room.world(other) == room.base == room.plain
    assert one.key != other.key
    assert [each.label for each in one.decisions] == ["Clarity"]
    assert other.decisions == []


def test_a_name_is_taken_once_whatever_its_letters_and_a_key_lets_in(room: Room) -> None:
    group = room.enter("Straße")
    for name in ("STRASSE", " straße ", "Ｓtraße"):
        with pytest.raises(RefusedError, match="of this name"):
            room.enter(name)
    assert room.enter("whatever", group.key) is group
    with pytest.raises(RefusedError, match="no group with this key"):
        room.enter("", "not a key")
    with pytest.raises(RefusedError, match="needs a name"):
        room.enter("\u200b \0")


def test_a_group_that_is_sent_away_moves_nothing_and_leaves_its_name(room: Room) -> None:
    group = room.enter("Rude")
    room.dismiss(group)
    with pytest.raises(RefusedError, match="no longer in the class"):
        room.move(group, TABLE, CLARITY, 0.2)
    assert room.enter("Rude").key != group.key


def test_a_class_is_full_at_some_time(room: Room) -> None:
    for number in range(MOST_GROUPS):
        room.enter(f"group {number}")
    with pytest.raises(RefusedError, match="full"):
        room.enter("one more")


def test_many_can_join_and_move_at_once(room: Room) -> None:
    def play(number: int) -> tuple[str, dict[str, Any]]:
        group = room.enter(f"group {number}")
        for step in range(4):
            room.move(group, TABLE, CLARITY, step / 20)
        room.move(group, TABLE, CLARITY, number / 20)
        return group.name, dict(group.settings)

    with ThreadPoolExecutor(8) as pool:
        found = dict(pool.map(play, range(8)))
    assert len(room.groups) == 8
    for group in room.groups.values():
        assert dict(group.settings) == found[group.name]
        number = int(group.name.split()[1])
        assert group.settings.get(CLARITY, room.levers[CLARITY].resting) == pytest.approx(number / 20)


def test_a_page_that_waits_hears_of_a_change(room: Room) -> None:
    version = room.version
    threading.Timer(0.05, lambda: room.set_paused(True)).start()
    assert room.wait(version, 10.0) == version + 1
    assert room.wait(room.version, 0.01) == room.version


def test_codes_that_nobody_has_are_refused_with_why_and_classes_end() -> None:
    now = 0.0
    rooms = Rooms(lambda: now)
    room = rooms.open("me", "ceasefire_line")
    room.used = 0.0
    assert rooms.find(room.code.lower()) is room
    assert rooms.of("me") == [room]
    assert rooms.of("you") == []
    now = KEPT_SECONDS + 1.0
    with pytest.raises(RefusedError, match="when the server is started again"):
        rooms.find(room.code)
    assert room.closed
    assert len(rooms) == 0


def test_there_are_only_so_many_classes() -> None:
    rooms = Rooms()
    for _ in range(MOST_FOR_ONE):
        rooms.open("me", "ceasefire_line")
    with pytest.raises(RefusedError, match="you have"):
        rooms.open("me", "ceasefire_line")
    for number in range(MOST_ROOMS - MOST_FOR_ONE):
        rooms.open(f"instructor {number}", "ceasefire_line")
    with pytest.raises(RefusedError, match="this server has"):
        rooms.open("somebody", "ceasefire_line")
    rooms.of("me")[0].close()
    assert rooms.open("somebody", "ceasefire_line")
    with pytest.raises(KeyError):
        Rooms().open("me", "../../etc/passwd")


# ------------------------------------------------------------ who may do what


@pytest.mark.parametrize("name", EVERY)
def test_every_setting_belongs_to_one_seat_and_every_seat_has_some(name: str) -> None:
    scenario = country(name)
    owners = [owner(lever.path) for lever in levers(scenario)]
    assert set(owners) == set(ROLES) - {TABLE}
    assert 0 <= armed_group(scenario) < len(scenario.armed_groups)
    assert 0 <= home_region(scenario) < len(scenario.regions)


def test_a_seat_moves_only_what_is_its_own(room: Room) -> None:
    group = room.enter("One")
    room.move(group, COMMANDER, RULES, "robust")
    for role, path, value in ((HEAD, RULES, "observe"), (COMMANDER, CLARITY, 0.2), (ARMED, "donors.*.will", 0.1)):
        with pytest.raises(RefusedError, match="Belongs to"):
            room.move(group, role, path, value)
    room.move(group, DONOR, "donors.*.will", 0.1)
    assert set(group.settings) == {RULES, "donors.*.will"}
    assert [(each.role, each.after) for each in group.decisions] == [
        ("Force commander", "Robust"),
        ("Donors and contributors", "10 %"),
    ]


def test_a_class_with_roles_only_has_no_seat_for_everything() -> None:
    room = Rooms().open("instructor", "ceasefire_line", roles=ROLES[1:])
    with pytest.raises(RefusedError, match="no such seat"):
        room.move(room.enter("One"), TABLE, CLARITY, 0.2)


def test_locks_and_pauses_hold_on_the_server_and_not_only_in_the_page(room: Room) -> None:
    group = room.enter("One")
    room.lock("Mandate", True)
    with pytest.raises(RefusedError, match="Locked"):
        room.move(group, TABLE, CLARITY, 0.2)
    room.lock("Mandate", False)
    room.set_paused(True)
    with pytest.raises(RefusedError, match="paused"):
        room.move(group, TABLE, CLARITY, 0.2)
    room.set_paused(False)
    room.move(group, TABLE, CLARITY, 0.2)
    room.close()
    with pytest.raises(RefusedError, match="over"):
        room.move(group, TABLE, CLARITY, 0.9)
    assert dict(group.settings) == {CLARITY: 0.2}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("scenario.seed", 7),
        ("__class__", 1),
        (CLARITY, float("nan")),
        (CLARITY, "many"),
        (RULES, "bomb"),
        ("mission.mandate.flexible", "perhaps"),
    ],
)
def test_nothing_else_can_be_moved_whatever_a_browser_sends(room: Room, path: str, value: Any) -> None:
    group = room.enter("One")
    with pytest.raises((RefusedError, ValueError)):
        room.move(group, TABLE, path, value)
    assert dict(group.settings) == {}


def test_a_setting_that_goes_back_is_a_decision_and_leaves_nothing_set(room: Room) -> None:
    group = room.enter("One")
    room.move(group, HEAD, CLARITY, 99.0)
    assert group.settings[CLARITY] == room.levers[CLARITY].high
    room.move(group, TABLE, CLARITY, None)
    assert dict(group.settings) == {}
    assert [(each.before, each.after) for each in group.decisions][-1][1] == room.levers[CLARITY].written(0.9)


def test_a_slider_on_its_way_is_one_decision(room: Room) -> None:
    group = room.enter("One")
    for value in (0.8, 0.7, 0.6, 0.5):
        room.move(group, HEAD, CLARITY, value)
    assert [(each.before, each.after) for each in group.decisions] == [("90 %", "50 %")]


# ------------------------------------------------------------ shocks


def test_a_shock_is_in_every_world_and_in_its_file_and_leaves_the_past_alone(room: Room, tmp_path: Any) -> None:
    one, other = room.enter("One"), room.enter("Other")
    room.move(one, TABLE, CLARITY, 0.4)
    before = simulate(room.world(one), room.seed)
    room.strike("economic_crisis", 100, 40.0)
    for group in (one, other):
        assert room.world(group).events[-1].kind == "economic_crisis"
        assert room.world(group).events[-1].size == 0.4
    path = tmp_path / "one.toml"
    path.write_text(room.world(one).to_toml(), encoding="utf-8")
    assert load_scenario(str(path)) == room.world(one)
    after = simulate(room.world(one), room.seed)
    assert np.array_equal(before.record.weekly[:100], after.record.weekly[:100])
    assert not np.array_equal(before.record.weekly[100:], after.record.weekly[100:])
    assert any(event.kind == "shock" and event.week == 100 for event in run(room.world(other), room.seed).told)
    room.spare(0)
    assert room.base == room.plain


@pytest.mark.parametrize("name", EVERY)
def test_every_shock_on_offer_can_happen_to_every_target(name: str) -> None:
    scenario = country(name)
    for kind in possible(scenario):
        for target, _ in targets(kind, scenario) or [("", "")]:
            for week, size in ((0, kind.size), (scenario.weeks - 1, kind.most), (10**9, 1e30)):
                event = shock(kind, scenario, week, size, target)
                struck = scenario.override({"events": [*scenario.data()["events"], event]})
                assert struck.events[-1].group == target


def test_shocks_that_cannot_be_are_refused_or_put_right(room: Room) -> None:
    with pytest.raises(RefusedError, match="no such shock"):
        room.strike("meteorite", 10, 1.0)
    room.strike("donor_cut", 10, 50.0, "nobody at all")
    assert room.shocks[0]["group"] == targets(KINDS[4], room.plain)[0][0]
    for _ in range(MOST_SHOCKS - 1):
        room.strike("disaster", 10, 1.0)
    with pytest.raises(RefusedError, match="at most"):
        room.strike("disaster", 10, 1.0)


# ------------------------------------------------------------ seats


def test_a_seat_shows_one_future_until_the_reveal_and_computes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.dashboard.classroom.seat import Seat
    from sim.dashboard.session import office

    monkeypatch.setattr(office, "most", 4)
    room = Rooms().open("instructor", "ceasefire_line", seed=12_345)
    room.plain = room.base = room.plain.override({"weeks": 60})
    group = room.enter("One")
    seat = Seat(room, group)
    shown = published(seat)
    assert shown.shown.result.seed == 12_345
    assert (shown.other, shown.members, shown.others, shown.fan) == (None, (), (), b"")
    digest = room.base.digest()
    assert office.works.shelf.get(("row", digest, 12_346)) is None
    room.set_revealed(True)
    seat.follow()
    shown = published(seat)
    assert len(shown.members) == len(shown.others) == 4
    assert shown.shown.result.seed == 12_345, "the luck of the class stays, typical or not"
    room.set_revealed(False)
    seat.follow()
    assert seat.view.value is None
    limited = Seat(room, group, HEAD)
    assert not published(limited).shown.result.weekly["civilians_killed"].any()
    limited.move(RULES, "observe")
    assert "Belongs to" in limited.said.value
    assert dict(group.settings) == {}


def published(seat: Any) -> Any:
    """Ask a seat for its pictures and wait until nothing more comes."""
    import time

    seat.compute()
    for _ in range(1200):
        if not seat.busy:
            return seat.view.value
        time.sleep(0.05)
    raise AssertionError(f"nothing came; {seat.problem.value}")


# ------------------------------------------------------------ guesses


def test_groups_guess_until_the_reveal_and_one_screen_has_all_guesses(room: Room) -> None:
    one, other = room.enter("One"), room.enter("Other")
    with pytest.raises(RefusedError, match="not asked"):
        room.guess(one, "civilian_deaths", "More")
    room.ask("civilian_deaths")
    room.guess(one, "civilian_deaths", "More")
    room.guess(one, "civilian_deaths", "Less than half")  # another seat of the group has convinced it
    for question, words in (("battle_deaths", "More"), ("", "More"), ("civilian_deaths", "<b>none</b>")):
        with pytest.raises(RefusedError, match="not asked"):
            room.guess(other, question, words)
    assert tallied(room, "civilian_deaths") == {
        "Less than half": ["One"],
        "Somewhat less": [],
        "About the same": [],
        "More": [],
    }
    room.set_revealed(True)
    with pytest.raises(RefusedError, match="not asked"):
        room.guess(other, "civilian_deaths", "More")
    with pytest.raises(RefusedError, match="revealed"):
        room.ask("battle_deaths")
    assert room.asked == ("civilian_deaths",)
    room.dismiss(one)
    assert not any(tallied(room, "civilian_deaths").values())


def test_a_class_is_asked_only_what_its_futures_can_answer(room: Room) -> None:
    assert set(QUESTIONS) <= set(LABELS)
    with pytest.raises(RefusedError, match="no such question"):
        room.ask("cost_usd")
    room.close()
    with pytest.raises(RefusedError, match="no longer"):
        room.guess(Room("BBBBBB", "x", "ceasefire_line").enter("Other"), "civilian_deaths", "More")


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("192.168.1.7:8765", "Groups open 192.168.1.7:8765/class and"),
        ("127.0.0.1:8765", "--host 0.0.0.0"),
        ("localhost:8765", "--host 0.0.0.0"),
        ("", "--host 0.0.0.0"),
    ],
)
def test_the_desk_says_where_groups_join(host: str, said: str) -> None:
    assert said in join_words({"host": [host]} if host else None)
