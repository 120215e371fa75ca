"""The dashboard as Solara serves it: the page, and Mesa's own."""

from pathlib import Path

import solara
from solara import v

from sim.dashboard.changers import WouldChange
from sim.dashboard.classroom.door import ClassPage
from sim.dashboard.connection import ConnectionWatch
from sim.dashboard.controls import Press, Tabs, WhatIf
from sim.dashboard.learn import Learn
from sim.dashboard.notes import NotesPage
from sim.dashboard.panels import Outcomes, Why
from sim.dashboard.picker import About, Picker
from sim.dashboard.session import Session
from sim.dashboard.solara_viz import MesaPage
from sim.dashboard.stage import Stage
from sim.dashboard.takeaway import TakeAway

STYLE = Path(__file__).with_name("style.css")


@solara.component
def Page():  # noqa: N802
    """Show the whole instrument."""
    router = solara.use_router()
    session = solara.use_memo(lambda: Session(router.search or ""), [])
    choice = session.choice.value
    wanted = [choice.name, choice.seed, dict(choice.settings), choice.against, dict(choice.pinned), choice.edition]
    wanted += [choice.from_week, dict(choice.before), choice.future]
    solara.use_effect(session.compute, wanted)
    solara.use_effect(lambda: session.close, [])
    solara.Title("Peacekeeping laboratory")
    solara.Style(STYLE)
    with v.Html(tag="main", class_="lab large" if session.large.value else "lab"):
        Picker(session)
        About(session)
        ConnectionWatch()
        Messages(session)
        with v.Html(tag="div", class_="lab-columns"):
            with v.Html(tag="div", class_="left"):
                WhatIf(session)
            with v.Html(tag="div", class_="middle"):
                Stage(session)
            with v.Html(tag="div", class_="right"):
                Beside(session)


@solara.component
def Judged(session: Session):  # noqa: N802
    """Show the outcomes, and below them the search for what would have changed them."""
    with v.Html(tag="div", class_="judged"):
        Outcomes(session)
        if not session.hidden.value:
            WouldChange(session)


TABS = {"Outcomes": Judged, "Why?": Why, "Learn": Learn, "Files": TakeAway}


@solara.component
def Beside(session: Session):  # noqa: N802
    """Show one of the panels beside the map, and the tabs to choose it."""
    chosen, choose = solara.use_state("Outcomes")
    event = session.event.value
    solara.use_effect(lambda: choose("Why?") if event >= 0 else None, [event])
    Tabs(list(TABS), chosen, choose)
    TABS[chosen](session).key(chosen)


@solara.component
def Messages(session: Session):  # noqa: N802
    """Show what was wrong with a link, a setting or a file, as the command line does; and that work goes on."""
    problem, notes = session.problem.value, session.notes.value
    with v.Html(tag="div", class_="messages", attributes={"role": "status", "aria-live": "polite"}):
        v.Html(tag="div", class_="working on" if session.busy else "working", attributes={"aria-hidden": "true"})
        if problem:
            v.Html(tag="pre", class_="problem", children=[problem])
        if notes:
            with v.Html(tag="div", class_="note notes-of-link"):
                v.Html(tag="div", children=[v.Html(tag="p", children=[note]) for note in notes])
                Press("Dismiss", lambda: session.notes.set([]))


@solara.component
def Layout(children=[]):  # noqa: B006, N802
    """Show a page with nothing round it."""
    return v.Html(tag="div", class_="lab-app", children=children)


routes = [
    solara.Route(path="/", component=Page, layout=Layout),
    solara.Route(path="class", component=ClassPage, layout=Layout),
    solara.Route(path="notes", component=NotesPage, layout=Layout),
    solara.Route(path="mesa", component=MesaPage),
]
