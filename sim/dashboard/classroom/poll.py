"""Guesses of a class: a question to every group before anything is revealed, and all answers on one screen."""

from collections.abc import Sequence

import solara
from solara import v

from sim.core.errors import SimError
from sim.dashboard.cards import SHOWN
from sim.dashboard.classroom.room import Group, Room
from sim.dashboard.classroom.seat import Seat
from sim.dashboard.controls import Press
from sim.dashboard.futures import Member
from sim.dashboard.guesses import GUESSES, QUESTIONS, answer

LABELS = dict(SHOWN)


def tallied(room: Room, question: str) -> dict[str, list[str]]:
    """Return the names of the groups behind every answer to a question."""
    groups = list(room.groups.values())
    return {words: [each.name for each in groups if each.guesses.get(question) == words] for words in GUESSES}


@solara.component
def Asking(room: Room, seat: Seat, version: int):  # noqa: N802
    """Let the instructor ask the class, and show what it guesses."""
    view = seat.view.value
    with v.Html(tag="section", class_="lab-panel poll", attributes={"aria-label": "Ask the class"}):
        v.Html(tag="h2", children=["Ask before you reveal"])
        if not room.revealed:
            v.Html(tag="p", class_="muted hint", children=["With the mission, against the world without it:"])
            with v.Html(tag="div", class_="presets", attributes={"role": "group", "aria-label": "Question"}):
                for question in QUESTIONS:
                    on = room.question == question
                    wanted = "" if on else question
                    Press(LABELS[question], lambda wanted=wanted: room.ask(wanted), pressed=on)
        for question in reversed(room.asked):
            known = (view.members, view.others) if view is not None and room.revealed else ((), ())
            Tally(room, question, *known, version)


@solara.component
def Guess(room: Room, group: Group, version: int):  # noqa: N802
    """Ask a group for its guess; once the futures are revealed, the answer is in the debrief."""
    said, set_said = solara.use_state("")
    question = room.question
    if not question:
        return
    taken = group.guesses.get(question)

    def take(words: str) -> None:
        try:
            room.guess(group, question, words)
            set_said("")
        except SimError as error:
            set_said(str(error))

    with v.Html(tag="section", class_="lab-panel poll", attributes={"aria-label": "The instructor asks"}):
        v.Html(tag="h3", class_="step-title", children=[QUESTIONS[question]])
        with v.Html(tag="div", class_="presets", attributes={"role": "group", "aria-label": "Your guess"}):
            for words in GUESSES:
                Press(words, lambda words=words: take(words), pressed=words == taken)
        words = "The country as in the scenario, not your own settings. You may change your guess until the reveal."
        v.Html(tag="p", class_="muted", attributes={"role": "status"}, children=[said or words])


@solara.component
def Tally(  # noqa: N802
    room: Room, question: str, members: Sequence[Member], others: Sequence[Member], version: int
):
    """Show how many groups guessed what, who they are, and with futures of both worlds which answer is right."""
    tally = tallied(room, question)
    n = sum(len(names) for names in tally.values())
    known = bool(room.revealed and members and others)
    right, words = answer(question, members, others) if known else ("", "")
    with v.Html(tag="div", class_="tally"):
        v.Html(tag="h4", children=[f"{LABELS[question]}: {n} of {len(room.groups)} groups have guessed"])
        with v.Html(tag="dl"):
            for guess, names in tally.items():
                mark = " ✓ the futures say" if known and guess == right else ""
                v.Html(tag="dt", class_="right" if mark else "", children=[guess + mark])
                share = 55.0 * len(names) / max(1, n)  # the rest of the line is for the names
                bar = v.Html(tag="span", class_="tally-bar", style_=f"width:{share:.0f}%")
                count = v.Html(tag="b", children=[f"{len(names)}"])
                who = v.Html(tag="span", class_="muted", children=[", ".join(names)])
                v.Html(tag="dd", children=[bar, count, who])
        if words:
            v.Html(tag="p", class_="answer", attributes={"role": "status"}, children=[words])
