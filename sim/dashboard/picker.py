"""The scenarios as cards, and what is to be said about the one that is open."""

import solara
from solara import v

from sim.dashboard.address import AddressBar
from sim.dashboard.choice import UPLOADED
from sim.dashboard.controls import Press
from sim.dashboard.countries import country, names
from sim.dashboard.editing import EditScenario
from sim.dashboard.session import Session
from sim.dashboard.words import day, short
from sim.scenario.scenario import Scenario


@solara.component
def Picker(session: Session):  # noqa: N802
    """Show a card for each scenario."""
    choice = session.choice.value
    offered = [(name, country(name)) for name in names()]
    if session.uploaded is not None:
        offered.insert(0, (UPLOADED, session.uploaded))
    with v.Html(tag="nav", class_="picker", attributes={"aria-label": "Scenarios"}):
        for name, scenario in offered:
            ScenarioCard(session, name, scenario, name == choice.name, key=name)


@solara.component
def ScenarioCard(session: Session, name: str, scenario: Scenario, chosen: bool, key: str = ""):  # noqa: N802
    """Show one card."""
    kind = "Your file" if name == UPLOADED else "Teaching country" if scenario.about.kind == "teaching" else "Mission"
    button = v.Html(
        tag="button",
        class_="scenario-card chosen" if chosen else "scenario-card",
        attributes={
            "type": "button",
            "aria-pressed": str(chosen).lower(),
            "title": scenario.about.teaches or scenario.about.summary,
            "data-scenario": name,
        },
        children=[
            v.Html(tag="span", class_="kind", children=[kind]),
            v.Html(tag="span", class_="name", children=[short(scenario.about.title)]),
        ],
    )
    v.use_event(button, "click", lambda *_: session.pick(name))


@solara.component
def About(session: Session):  # noqa: N802
    """Show the card of the open scenario: what it is, what it teaches, what to discuss, where it comes from."""
    opened, set_opened = solara.use_state(False)
    editing, set_editing = solara.use_state(False)
    session.choice.value  # noqa: B018  (redraw when another scenario is picked)
    about = session.base.about
    with v.Html(tag="section", class_="about", attributes={"aria-label": "About the scenario"}):
        with v.Html(tag="div", class_="about-head"):
            v.Html(tag="h1", children=[about.title])
            v.Html(tag="p", class_="teaches", children=[about.teaches])
            AddressBar(session)
            Press("Large type", lambda: session.large.set(not session.large.value), pressed=session.large.value)
            Press("Edit", lambda: set_editing(not editing), pressed=editing, hint="Change the scenario's text and map")
            Press("Close" if opened else "About, questions, sources", lambda: set_opened(not opened), pressed=opened)
        if opened:
            with v.Html(tag="div", class_="about-body"):
                with v.Html(tag="div"):
                    v.Html(tag="h3", children=["The case"])
                    v.Html(tag="p", children=[" ".join(about.summary.split())])
                    weeks = session.base.weeks
                    v.Html(tag="p", class_="muted", children=[f"From {day(about.start)}, {weeks} weeks; {about.kind}."])
                if about.questions:
                    with v.Html(tag="div"):
                        v.Html(tag="h3", children=["Questions"])
                        with v.Html(tag="ol"):
                            for question in about.questions:
                                v.Html(tag="li", children=[question])
                if about.sources:
                    with v.Html(tag="div"):
                        v.Html(tag="h3", children=["Sources"])
                        with v.Html(tag="ul"):
                            for source in about.sources:
                                v.Html(tag="li", children=[source])
        if editing:
            EditScenario(session)
