"""The cache and the scheduler that all pages share."""

import threading
import time

import pytest

from sim.dashboard.desk import Office
from sim.dashboard.shelf import Shelf
from sim.dashboard.works import FAN, FIRST, GivenUpError, Works

PATIENCE = 10.0


def always() -> bool:
    return True


def test_the_shelf_never_holds_more_than_its_limit_and_drops_what_was_asked_for_longest_ago() -> None:
    shelf = Shelf(100)
    for key in "abc":
        shelf.put(key, key.upper(), 40)
    assert shelf.get("a") is None
    assert shelf.get("b") == "B"  # now c is the older one
    shelf.put("d", "D", 40)
    assert (shelf.get("b"), shelf.get("c"), shelf.get("d")) == ("B", None, "D")
    assert shelf.size == 80
    assert len(shelf) == 2


def test_a_value_put_twice_counts_once_and_one_too_large_is_not_kept() -> None:
    shelf = Shelf(100)
    shelf.put("a", 1, 60)
    shelf.put("a", 2, 30)
    assert (shelf.get("a"), shelf.size) == (2, 30)
    shelf.put("a", 3, 101)
    assert (shelf.get("a"), shelf.size) == (None, 0)


def test_equal_keys_are_computed_once_for_all_who_wait() -> None:
    works, release, calls = Works(Shelf(1000), workers=2), threading.Event(), []

    def make(unwanted: object) -> tuple[str, int]:
        calls.append(1)
        release.wait(PATIENCE)
        return "value", 10

    answers = [works.ask("key", make, always) for _ in range(5)]
    release.set()
    assert [answer.result(PATIENCE) for answer in answers] == ["value"] * 5
    assert works.ask("key", make, always).done(), "it stands on the shelf now"
    assert len(calls) == 1


def test_a_job_that_nobody_wants_is_given_up_and_another_starts() -> None:
    works, wanted, begun = Works(Shelf(1000), workers=1), [True], threading.Event()

    def long(unwanted) -> tuple[str, int]:
        begun.set()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if unwanted():
                raise GivenUpError
            time.sleep(0.005)
        return "never", 1

    old = works.ask("old", long, lambda: wanted[0])
    assert begun.wait(PATIENCE)
    new = works.ask("new", lambda unwanted: ("fresh", 1), always)
    wanted[0] = False
    assert new.result(PATIENCE) == "fresh"
    assert old.cancelled()
    assert works.shelf.get("old") is None


def test_a_job_goes_on_while_one_of_two_pages_wants_it() -> None:
    works, wanted, begun, release = Works(Shelf(1000), workers=1), [True], threading.Event(), threading.Event()

    def make(unwanted) -> tuple[str, int]:
        begun.set()
        release.wait(PATIENCE)
        if unwanted():
            raise GivenUpError
        return "value", 1

    first = works.ask("key", make, lambda: wanted[0])
    assert begun.wait(PATIENCE)
    second = works.ask("key", make, always)
    wanted[0] = False
    release.set()
    assert second.result(PATIENCE) == first.result(PATIENCE) == "value"


def test_the_picture_somebody_looks_at_goes_before_the_fans_of_others() -> None:
    works, release, order = Works(Shelf(1000), workers=1), threading.Event(), []

    def block(unwanted: object) -> tuple[int, int]:
        release.wait(PATIENCE)
        return 0, 1

    def note(name: str):
        def make(unwanted: object) -> tuple[str, int]:
            order.append(name)
            return name, 1

        return make

    waiting = [works.ask("block", block, always)]
    waiting += [works.ask(f"fan{n}", note(f"fan{n}"), always, FAN) for n in range(3)]
    waiting.append(works.ask("picture", note("picture"), always, FIRST))
    release.set()
    for answer in waiting:
        answer.result(PATIENCE)
    assert order == ["picture", "fan0", "fan1", "fan2"]


def test_a_fan_that_is_being_computed_lets_a_picture_go_before_it() -> None:
    works, begun, asked, order = Works(Shelf(1000), workers=1), threading.Event(), threading.Event(), []

    def fan(unwanted) -> tuple[str, int]:
        begun.set()
        assert asked.wait(PATIENCE)
        assert not unwanted()
        order.append("fan")
        return "fan", 1

    def picture(unwanted: object) -> tuple[str, int]:
        order.append("picture")
        return "picture", 1

    slow = works.ask("fan", fan, always, FAN)
    assert begun.wait(PATIENCE)
    other = works.ask("other", lambda unwanted: (order.append("other"), 1), always, FAN)
    quick = works.ask("picture", picture, always, FIRST)
    asked.set()
    assert (slow.result(PATIENCE), quick.result(PATIENCE)) == ("fan", "picture")
    other.result(PATIENCE)
    assert order == ["picture", "fan", "other"], "what is as urgent waits its turn"
    assert works.waiting == 0


def test_when_nothing_was_asked_for_in_a_while_what_is_kept_is_let_go() -> None:
    office = Office(workers=1, rest_seconds=0.2)
    assert office.works.ask("key", lambda unwanted: ("value", 10), always).result(PATIENCE) == "value"
    office.pasts.put("past", "world", 10)
    for _ in range(4):  # somebody is still there
        time.sleep(0.1)
        assert office.works.ask("key", lambda unwanted: ("again", 10), always).result(PATIENCE) == "value"
    until = time.monotonic() + PATIENCE
    while len(office.works.shelf) and time.monotonic() < until:
        time.sleep(0.05)
    assert (len(office.works.shelf), office.works.shelf.size, len(office.pasts)) == (0, 0, 0)
    assert office.works.ask("key", lambda unwanted: ("anew", 10), always).result(PATIENCE) == "anew"


def test_a_failed_job_tells_all_who_wait_and_is_tried_again_when_asked_again() -> None:
    works, tries = Works(Shelf(1000), workers=1), []

    def make(unwanted: object) -> tuple[str, int]:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("broken")
        return "value", 1

    with pytest.raises(ValueError, match="broken"):
        works.ask("key", make, always).result(PATIENCE)
    assert works.ask("key", make, always).result(PATIENCE) == "value"
    assert works.waiting == 0
