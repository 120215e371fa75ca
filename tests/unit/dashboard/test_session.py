"""One page: what it asks for and when, and what it draws."""

from typing import Any

import pytest

pytest.importorskip("solara")

from sim.dashboard.choice import Choice
from sim.dashboard.session import Session

PLEDGED = "contributors.*.pledged"


@pytest.fixture
def asked() -> list[Choice]:
    return []


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, asked: list[Choice]) -> Session:
    """A page that notes what it asks for, and computes nothing."""
    made = Session("scenario=ceasefire_line")
    monkeypatch.setattr(made._desk, "want", lambda choice, base, future: asked.append(choice))
    return made


def test_a_moved_lever_is_asked_for_before_the_page_is_drawn_and_once(session: Session, asked: list[Choice]) -> None:
    drawn: list[int] = []
    session.choice.subscribe(lambda choice: drawn.append(len(asked)))
    session.move(PLEDGED, 0.5)
    assert drawn == [1]
    session.compute()  # as the page does whenever it has been drawn with another choice
    session.move(PLEDGED, 0.5)
    assert asked == [session.choice.value]
    session.compute(future=7)
    assert len(asked) == 2, "another future of the same choice"


def test_it_works_until_the_pictures_of_what_is_set_are_there(session: Session) -> None:
    assert session.busy
    view: Any = picture(session.choice.value, working=True)
    session._publish(view)
    assert session.busy
    session._publish(picture(session.choice.value, working=False))
    assert not session.busy
    session.move(PLEDGED, 0.5)
    assert session.busy
    session._complain("no")
    assert not session.busy
    session.move(PLEDGED, 0.6)
    assert session.problem.value == ""
    assert session.busy


def test_a_picture_is_drawn_before_the_page_is(session: Session) -> None:
    order: list[str] = []
    session.draw = lambda: order.append("picture")
    session.view.subscribe(lambda view: order.append("page"))
    session._publish(picture(session.choice.value, working=True))
    assert order == ["picture", "page"]
    session.close()
    assert (session.newest, session.draw) == (None, None)


def picture(choice: Choice, *, working: bool) -> Any:
    """Return a view of a choice without a run in it."""
    from types import SimpleNamespace

    shown = SimpleNamespace(result=SimpleNamespace(told=()))
    return SimpleNamespace(choice=choice, shown=shown, working=working)
