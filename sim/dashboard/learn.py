"""Teaching: guess before you look, then walk through the questions of the scenario with the moves that answer them."""

import solara
from solara import v

from sim.dashboard.controls import Press
from sim.dashboard.guesses import GUESSES, judged_guess
from sim.dashboard.session import Session
from sim.dashboard.tour_step import Step
from sim.dashboard.tours import tour
from sim.dashboard.words import day


@solara.component
def Learn(session: Session):  # noqa: N802
    """Show the guided tour of the scenario."""
    choice, view = session.choice.value, session.view.value
    number, guesses = session.step.value, session.guesses.value
    steps = solara.use_memo(lambda: tour(session.base), [session.base])
    number = min(number, len(steps) - 1)
    step = steps[number]
    asking = bool(step.outcome) and number not in guesses
    solara.use_effect(lambda: session.hidden.set(asking), [choice.name, number, asking])

    def take(new: int) -> None:
        session.step.value = new
        session.hidden.value = bool(steps[new].outcome) and new not in guesses
        if steps[new].settings is not None:
            session.set_all(steps[new].settings)
        if steps[new].week >= 0:
            session.week.value = steps[new].week

    with v.Html(tag="section", class_="lab-panel learn", attributes={"aria-label": "Guided tour"}):
        v.Html(tag="div", class_="muted", children=[f"Step {number + 1} of {len(steps)}"])
        v.Html(tag="h3", class_="step-title", children=[step.title])
        v.Html(tag="p", children=[step.text])
        if step.outcome:
            Predict(session, step, guesses.get(number), lambda word: session.guesses.set({**guesses, number: word}))
        if step.week >= 0:
            Press(f"Go to {day(session.base.date_of(step.week))}", lambda: session.week.set(step.week))
        if step.reveal and not asking:
            Recorded(step.reveal, key=f"{choice.name}-{number}")
        if step.notes:
            InstructorNotes(step.notes, key=f"{choice.name}-{number}")
        with v.Html(tag="div", class_="presets steps"):
            if number > 0:
                Press("‹ Back", lambda: take(number - 1))
            if number + 1 < len(steps):
                Press("Next ›", lambda: take(number + 1))
        with v.Html(tag="p", class_="leads"):
            v.Html(tag="a", attributes={"href": f"/notes?scenario={choice.name}"}, children=["Instructor's notes"])
            v.Html(tag="a", attributes={"href": "/class"}, children=["Teach a class"])
        if view is not None and step.settings and dict(choice.settings) != dict(step.settings):
            Press("Set it up again", lambda: session.set_all(step.settings))


@solara.component
def Recorded(words: str, key: str = ""):  # noqa: N802
    """Show what is on record, once it is asked for."""
    opened, set_opened = solara.use_state(False)
    with v.Html(tag="div", class_="notes"):
        Press("What is on record?", lambda: set_opened(not opened), pressed=opened)
        if opened:
            v.Html(tag="p", class_="answer", attributes={"role": "status"}, children=[words])


@solara.component
def InstructorNotes(notes: str, key: str = ""):  # noqa: N802
    """Show what is meant for whoever leads the class, folded."""
    opened, set_opened = solara.use_state(False)
    with v.Html(tag="div", class_="notes"):
        Press("For the instructor", lambda: set_opened(not opened), pressed=opened)
        if opened:
            v.Html(tag="p", children=[notes])


@solara.component
def Predict(session: Session, step: Step, guess: str | None, set_guess):  # noqa: N802
    """Ask for a guess; show what the futures say only after it."""
    view = session.view.value
    v.Html(tag="h4", children=["Before you look"])
    v.Html(tag="p", children=[step.question])
    with v.Html(tag="div", class_="presets", attributes={"role": "group", "aria-label": "Your guess"}):
        for word in GUESSES:
            Press(word, lambda word=word: set_guess(word), pressed=word == guess)
    if guess is None:
        v.Html(tag="p", class_="muted", children=["The answer of the futures appears after your guess."])
    elif view is None or not view.others:
        v.Html(tag="p", class_="muted", children=["The futures are on their way…"])
    else:
        answer = judged_guess(step.outcome, guess, view.members, view.others)
        v.Html(tag="p", class_="answer", attributes={"role": "status"}, children=[answer])
