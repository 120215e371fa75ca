"""The panel that looks for the settings that would have changed an outcome most."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError

import solara
from solara import v

from sim.dashboard.cards import SHOWN, UNITS, compared
from sim.dashboard.controls import Press, Selection
from sim.dashboard.leverage import CONFIRMED, TRIED, Move, Progress, strongest
from sim.dashboard.session import Session, office
from sim.results.outcomes import OUTCOMES

EXPLAINS = (
    f"Each setting was moved alone, as far as it goes, in {TRIED} futures with the same luck. The strongest were tried "
    f"again in {CONFIRMED} other futures, which are shown. Several moved together may do something else."
)


@solara.component
def WouldChange(session: Session):  # noqa: N802
    """Show the button that starts the search, how far it is, and what it found; a change of settings ends it."""
    choice, base = session.choice.value, session.base
    outcome, choose = solara.use_state(SHOWN[0][0])
    asked, ask = solara.use_state(None)
    progress, tell = solara.use_state(Progress(0, 1))
    problem, complain = solara.use_state("")
    on = asked is choice

    def search() -> Callable[[], None] | None:
        if not on:
            return None
        left = threading.Event()

        def work() -> None:
            try:
                for step in strongest(office, base, choice, outcome, lambda: not left.is_set()):
                    if left.is_set():
                        return
                    tell(step)
            except CancelledError:
                return
            except Exception as error:
                complain(f"The search failed: {type(error).__name__}: {error}")

        tell(Progress(0, 1))
        complain("")
        threading.Thread(target=work, daemon=True, name="would-change").start()
        return left.set

    solara.use_effect(search, [on, choice, outcome])
    title = "What would have changed it?"
    with v.Html(tag="section", class_="lab-panel would-change", attributes={"aria-label": title}):
        v.Html(tag="h4", children=[title])
        Selection("Outcome", list(SHOWN), outcome, choose)
        finished = progress.done == progress.total
        with v.Html(tag="div", class_="presets"):
            words = "Try every setting" if not on else "Close" if finished else "Stop"
            Press(words, lambda: ask(None if on else choice))
        if not on:
            return
        if problem:
            v.Html(tag="p", class_="problem", children=[problem])
        elif not finished:
            words = f"{progress.done} of {progress.total} moves tried…"
            v.Html(tag="p", class_="muted", attributes={"role": "status"}, children=[words])
        else:
            Found(session, progress.found, outcome)


@solara.component
def Found(session: Session, found: tuple[Move, ...], outcome: str):  # noqa: N802
    """List the moves that did most."""
    label = dict(SHOWN)[outcome]
    unit = UNITS.get(OUTCOMES[outcome].unit, OUTCOMES[outcome].unit)
    with v.Html(tag="ol", class_="moves"):
        for move in found:
            lever = move.lever
            said = f"{label}: {compared(move.effect, unit)} as set now."
            with v.Html(tag="li", children=[v.Html(tag="b", children=[f"{lever.label}: {lever.written(move.value)}"])]):
                v.Html(tag="div", class_="muted", children=[lever.group])
                v.Html(tag="div", children=[said])
                Press("Set it", lambda move=move: session.move(move.lever.path, move.value))
    if not found:
        v.Html(tag="p", children=["No setting moved this outcome at all."])
    v.Html(tag="p", class_="muted hint", children=[EXPLAINS])
