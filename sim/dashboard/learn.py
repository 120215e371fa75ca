"""Teaching: guess before you look, then walk through the questions of the scenario with the moves that answer them."""

import solara
from solara import v

from sim.dashboard.controls import Press
from sim.dashboard.guesses import GUESSES, judged_guess
from sim.dashboard.session import Session
from sim.dashboard.tours import Step, tour


@solara.component
def Learn(session: Session):  # noqa: N802
    """Show the guided tour of the scenario."""
    choice, view = session.choice.value, session.view.value
    number, go = solara.use_state(0)
    guesses, set_guesses = solara.use_state({})
    solara.use_effect(lambda: go(0), [choice.name])
    steps = solara.use_memo(lambda: tour(session.base), [choice.name, session.base.digest()])
    number = min(number, len(steps) - 1)
    step = steps[number]

    def take(new: int) -> None:
        go(new)
        if steps[new].settings is not None:
            session.set_all(steps[new].settings)

    with v.Html(tag="section", class_="lab-panel learn", attributes={"aria-label": "Guided tour"}):
        v.Html(tag="div", class_="muted", children=[f"Step {number + 1} of {len(steps)}"])
        v.Html(tag="h3", class_="step-title", children=[step.title])
        v.Html(tag="p", children=[step.text])
        if step.outcome:
            Predict(session, step, guesses.get(number), lambda word: set_guesses({**guesses, number: word}))
        if step.notes:
            with v.Html(tag="details", class_="notes"):
                v.Html(tag="summary", children=["For the instructor"])
                v.Html(tag="p", children=[step.notes])
        with v.Html(tag="div", class_="presets steps"):
            if number > 0:
                Press("‹ Back", lambda: take(number - 1))
            if number + 1 < len(steps):
                Press("Next ›", lambda: take(number + 1))
        if view is not None and step.settings and dict(choice.settings) != dict(step.settings):
            Press("Set it up again", lambda: session.set_all(step.settings))


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
