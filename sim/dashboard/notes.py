"""The page ``/notes``: what an instructor prints before the lesson, for one scenario."""

from pathlib import Path
from urllib.parse import parse_qs

import solara
from solara import v

from sim.dashboard.classroom.roles import ROLES, briefing, may_move
from sim.dashboard.controls import Press
from sim.dashboard.countries import FIRST, country, names
from sim.dashboard.levers import levers
from sim.dashboard.tour_step import Step
from sim.dashboard.tours import tour
from sim.dashboard.words import day, short
from sim.scenario.scenario import Scenario

STYLES = (Path(__file__).with_name("style.css"), Path(__file__).with_name("notes.css"))
PLAN = (
    ("10 min", "The case, on the projector. Nothing moves yet: who is there, who wants what, who is missing."),
    ("10 min", "First guess, before the map is played: with the mission, more dead or fewer? Hands up, reasons aloud."),
    (
        "25 min",
        "Groups join the class (/class) and take seats. Each seat sees its own part only. Lock Society at first.",
    ),
    ("10 min", "Strike one shock into every world. Pause. What would each seat have to hear from another?"),
    ("5 min", "Reveal the ensemble. First question to each group: is your future one of the typical ones?"),
    ("20 min", "Debrief: decisions beside futures, and beside the record. Which difference is larger than luck?"),
)


@solara.component
def NotesPage():  # noqa: N802
    """Show the notes of a scenario on offer."""
    router = solara.use_router()
    asked = parse_qs((router.search or "")[:200]).get("scenario", [FIRST])[0]
    offered = names()
    name = asked if asked in offered else FIRST
    scenario = country(name)
    large = solara.use_reactive(False)
    solara.Title("Instructor's notes · Peacekeeping laboratory")
    for style in STYLES:
        solara.Style(style)
    with v.Html(tag="main", class_="lab notes-page large" if large.value else "lab notes-page"):
        with v.Html(tag="nav", class_="presets no-print", attributes={"aria-label": "Scenarios"}):
            for each in offered:
                title = short(country(each).about.title)
                Press(title, lambda each=each: router.push(f"/notes?scenario={each}"), pressed=each == name)
            Press("Large type", lambda: large.set(not large.value), pressed=large.value)
            v.Html(tag="span", class_="muted", children=["Print it with your browser (Ctrl-P)."])
        with v.Html(tag="article", class_="printable"):
            Notes(scenario).key(name)


@solara.component
def Notes(scenario: Scenario):  # noqa: N802
    """Show the notes of one scenario; nothing is computed for them."""
    about = scenario.about
    v.Html(tag="h1", children=[f"{about.title}: instructor's notes"])
    v.Html(tag="p", class_="teaches", children=[about.teaches])
    v.Html(tag="p", children=[" ".join(about.summary.split())])
    end = scenario.date_of(scenario.weeks)
    kind = "A made-up country" if about.kind == "teaching" else "A mission of history"
    v.Html(
        tag="p", class_="muted", children=[f"{kind}; from {day(about.start)} to {day(end)}, {scenario.weeks} weeks."]
    )
    v.Html(tag="h2", children=["A lesson of 80 minutes"])
    with v.Html(tag="table", class_="plan"):
        for minutes, words in PLAN:
            cells = [v.Html(tag="th", attributes={"scope": "row"}, children=[minutes])]
            v.Html(tag="tr", children=[*cells, v.Html(tag="td", children=[words])])
    v.Html(tag="h2", children=["The guided tour (Learn), step by step"])
    with v.Html(tag="ol"):
        for step in tour(scenario):
            TourStep(scenario, step)
    v.Html(tag="h2", children=["What happens whatever the class decides"])
    v.Html(tag="p", class_="muted", children=["Dated in the scenario: given to the model, not explained by it."])
    with v.Html(tag="ul"):
        dated = [*scenario.events, *scenario.peace.agreements, *scenario.peace.elections]
        for each in sorted(dated, key=lambda item: item.date):
            v.Html(tag="li", children=[f"{day(each.date)}: {each.name}"])
        for mission in scenario.missions:
            until = f" to {day(mission.end)}" if mission.end else ""
            v.Html(tag="li", children=[f"{day(mission.start or about.start)}{until}: {mission.name}"])
    Seats(scenario)
    if about.sources:
        v.Html(tag="h2", children=["Sources of the scenario"])
        with v.Html(tag="ul", class_="muted"):
            for source in about.sources:
                v.Html(tag="li", children=[source])


@solara.component
def TourStep(scenario: Scenario, step: Step):  # noqa: N802
    """Show one step with everything that the class does not see at once."""
    known = {lever.path: lever for lever in levers(scenario)}
    with v.Html(tag="li"):
        v.Html(tag="strong", children=[step.title])
        lines = [step.text, step.question]
        for path, value in (step.settings or {}).items():
            lever = known[path]
            lines.append(f"Sets {lever.label} to {lever.written(value)} (scenario: {lever.written(lever.start)}).")
        if step.week >= 0:
            lines.append(f"The map goes to {day(scenario.date_of(step.week))}.")
        for words in filter(None, lines):
            v.Html(tag="p", children=[words])
        if step.reveal:
            v.Html(tag="p", class_="answer", children=[f"On record: {step.reveal}"])
        if step.notes:
            v.Html(tag="p", class_="note", children=[step.notes])


@solara.component
def Seats(scenario: Scenario):  # noqa: N802
    """Show who sits at a table."""
    known = levers(scenario)
    v.Html(tag="h2", children=["Seats in a class"])
    with v.Html(tag="dl"):
        for role in ROLES[1:]:
            n = sum(may_move(role, lever.path) for lever in known)
            v.Html(tag="dt", children=[f"{role.title}: {n} settings. {briefing(role, scenario)}"])
            v.Html(tag="dd", children=[f"{role.moves} Sees: {role.knows} Is not told: {role.not_told}"])
