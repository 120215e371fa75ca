"""The scenario as text in the page: what it begins with, what is said about a draft, and what using it does."""

import pytest

pytest.importorskip("solara")

from sim.dashboard.countries import LARGEST_UPLOAD, country
from sim.dashboard.editing import judged, text_of
from sim.dashboard.session import Session
from sim.scenario.find import find_scenario
from sim.scenario.load import load_scenario

GOOD = 'extends = "ceasefire_line"\n[scenario]\nid = "mine"\nweeks = 60\n'


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A page that computes nothing."""
    made = Session("scenario=ceasefire_line")
    monkeypatch.setattr(made._desk, "want", lambda *words, **more: None)
    return made


def test_it_begins_with_the_file_as_it_was_written_remarks_and_all(session: Session) -> None:
    text = text_of(session)
    assert text == find_scenario("ceasefire_line").read_text(encoding="utf-8")
    assert text.startswith("#")


def test_what_was_moved_is_in_the_text(session: Session, tmp_path) -> None:
    session.move("mission.mandate.clarity", 0.4)
    file = tmp_path / "moved.toml"
    file.write_text(text_of(session), encoding="utf-8")
    assert load_scenario(file).mission.mandate.clarity == 0.4


def test_a_draft_is_judged_as_the_command_line_does_and_changes_nothing(session: Session) -> None:
    verdict = judged(session, {"text": GOOD.replace("weeks", "weks"), "at": 7})
    assert verdict["at"] == 7
    assert not verdict["used"]
    assert verdict["problems"] == [
        {"line": 4, "text": "scenario.toml:4: scenario: unknown key 'weks'; did you mean 'weeks'?"}
    ]
    assert judged(session, {"text": GOOD, "at": 8}) == {"at": 8, "problems": [], "used": False}
    assert session.choice.value.name == "ceasefire_line"


def test_using_it_shows_it_and_a_second_text_replaces_the_first(session: Session) -> None:
    assert judged(session, {"text": GOOD, "use": True})["used"]
    first = session.choice.value
    assert (first.name, session.base.weeks) == ("uploaded", 60)
    assert judged(session, {"text": GOOD.replace("60", "70"), "use": True})["used"]
    assert session.choice.value != first
    assert session.base.weeks == 70
    assert text_of(session) == GOOD.replace("60", "70")


def test_a_bad_draft_is_not_used_and_thousands_of_problems_are_cut(session: Session) -> None:
    text = GOOD + "".join(f"[extra{number}]\n" for number in range(2000))
    verdict = judged(session, {"text": text, "use": True})
    assert not verdict["used"]
    assert len(verdict["problems"]) == 51
    assert "more" in verdict["problems"][-1]["text"]
    assert session.uploaded is None


@pytest.mark.parametrize("sent", [{}, {"text": ""}, {"text": 5}, {"text": "", "size": 10**12}, {"text": "\ud800"}])
def test_nonsense_is_refused_in_words(session: Session, sent: dict) -> None:
    verdict = judged(session, {**sent, "use": True})
    assert verdict["problems"]
    assert not verdict["used"]


def test_a_draft_that_is_too_long_is_not_parsed(session: Session) -> None:
    verdict = judged(session, {"text": "#" * (LARGEST_UPLOAD + 1)})
    assert "at most 300 kB" in verdict["problems"][0]["text"]


def test_pages_do_not_share_what_is_written(session: Session) -> None:
    judged(session, {"text": GOOD, "use": True})
    other = Session("scenario=ceasefire_line")
    assert other.uploaded is None
    assert other.base is country("ceasefire_line")
