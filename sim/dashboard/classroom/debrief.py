"""The debrief: what each group decided, beside its futures and beside what is on record of the mission."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError

import solara
from solara import v

from sim.dashboard.classroom.panels import DecisionList, Struck
from sim.dashboard.classroom.poll import Tally
from sim.dashboard.classroom.reckoning import Cell, World, fact_cells, n_futures, outcome_rows, reckon, worlds, written
from sim.dashboard.classroom.record import Record, record_of
from sim.dashboard.classroom.room import Group, Room

MADE_UP = "This country is made up for teaching: there is no record to compare its worlds with."
OWN_FILE = "Nothing is on record here of this scenario: only bundled missions have a file of recorded figures."


@solara.component
def Debrief(room: Room, version: int, own: Group | None = None):  # noqa: N802
    """Show the debrief; it is computed anew when a group or the calendar has changed."""
    found, set_found = solara.use_state(worlds(room)[:0])
    problem, set_problem = solara.use_state("")
    now = solara.use_memo(lambda: tuple((world.key, world.scenario.digest()) for world in worlds(room)), [version])

    def compute() -> Callable[[], None]:
        left = threading.Event()

        def work() -> None:
            try:
                for listed in reckon(room, lambda: not left.is_set()):
                    if left.is_set():
                        return
                    set_found(listed)
            except CancelledError:
                return
            except Exception as error:
                set_problem(f"The futures could not be computed: {type(error).__name__}: {error}")

        threading.Thread(target=work, daemon=True, name=f"debrief-{room.code}").start()
        return left.set

    solara.use_effect(compute, [now])
    record = solara.use_memo(lambda: record_of(room.name, room.plain), [room.name])
    ready = all(world.members for world in found) and bool(found)
    with v.Html(tag="article", class_="debrief", attributes={"aria-label": "Debrief"}):
        v.Html(tag="h2", children=["Debrief"])
        words = f"{n_futures(len(now))} futures of each world, with the same luck in all."
        v.Html(
            tag="p", class_="muted", attributes={"role": "status"}, children=[words if ready else words + " Computing…"]
        )
        if problem:
            v.Html(tag="pre", class_="problem", children=[problem])
        Struck(room, version)
        with v.Html(tag="section", class_="lab-panel", attributes={"aria-label": "Futures of each world"}):
            v.Html(tag="h3", class_="step-title", children=["What the futures say"])
            words = (
                "Middle of the futures, the range of nine in ten, and in how many pairs of futures a world is better "
            )
            v.Html(tag="p", class_="muted", children=[words + "than the country as it is in the scenario."])
            Table(found, [(label, meaning, "", cells) for label, meaning, cells in outcome_rows(found)], own)
        if room.asked:
            with v.Html(tag="section", class_="lab-panel", attributes={"aria-label": "Guesses"}):
                v.Html(tag="h3", class_="step-title", children=["What the class guessed"])
                members = {world.key: world.members for world in found}
                for question in room.asked:
                    Tally(room, question, members.get("", ()), members.get("without", ()), version)
        Recorded(room, record, found, own)
        with v.Html(tag="section", class_="lab-panel", attributes={"aria-label": "Decisions"}):
            v.Html(tag="h3", class_="step-title", children=["What each group decided"])
            with v.Html(tag="div", class_="groups"):
                for group in list(room.groups.values()):
                    with v.Html(tag="div"):
                        v.Html(tag="h4", children=[group.name])
                        DecisionList(group, version, False)
        if room.plain.about.questions:
            with v.Html(tag="section", class_="lab-panel", attributes={"aria-label": "Questions"}):
                v.Html(tag="h3", class_="step-title", children=["To discuss"])
                with v.Html(tag="ol"):
                    for question in room.plain.about.questions:
                        v.Html(tag="li", children=[question])


@solara.component
def Recorded(room: Room, record: Record, found: list[World], own: Group | None):  # noqa: N802
    """Show the recorded history beside every world; without one, say so."""
    with v.Html(tag="section", class_="lab-panel", attributes={"aria-label": "Recorded history"}):
        v.Html(tag="h3", class_="step-title", children=["What is on record"])
        if not record.on_file:
            v.Html(tag="p", children=[MADE_UP if room.plain.about.kind == "teaching" else OWN_FILE])
            return
        words = (
            f"{len(record.facts)} of {record.on_file} recorded figures can be compared here. The others lie outside "
            "the run, are inputs, or are about one mission or place among several, which the weekly table does not "
            "tell apart. The model was not fitted to any of them, and is often far off: ask why before what it means."
        )
        v.Html(tag="p", class_="muted", children=[words])
        rows = [
            (
                f"{fact.words}, {fact.when}",
                f"{fact.note}. {fact.source}",
                f"{written(fact.value, fact.unit)}"
                + (
                    ""
                    if fact.unit == "0 or 1"
                    else f" ({written(fact.low, fact.unit)} to {written(fact.high, fact.unit)})"
                ),
                fact_cells(fact, found),
            )
            for fact in record.facts
        ]
        Table(found, rows, own, recorded=True)


@solara.component
def Table(  # noqa: N802
    found: list[World], rows: list[tuple[str, str, str, list[Cell]]], own: Group | None, recorded: bool = False
):
    """Show a table with one column for each world."""
    heads = ["", *(["On record"] if recorded else []), *(world.name for world in found)]
    with v.Html(tag="div", class_="wide", attributes={"tabindex": "0", "role": "group", "aria-label": "Table"}):  # noqa: SIM117
        with v.Html(tag="table", class_="figures"):
            v.Html(
                tag="tr", children=[v.Html(tag="th", attributes={"scope": "col"}, children=[head]) for head in heads]
            )
            for label, meaning, fact, cells in rows:
                head = v.Html(tag="th", attributes={"scope": "row", "title": meaning}, children=[label])
                first = [v.Html(tag="td", class_="fact", children=[fact])] if recorded else []
                shown = [
                    Figure(cell, own is not None and world.key == own.key)
                    for cell, world in zip(cells, found, strict=True)
                ]
                v.Html(tag="tr", children=[head, *first, *shown])


def Figure(cell: Cell, own: bool):  # noqa: N802
    """Return one cell of a table."""
    children = [v.Html(tag="div", class_="middle-figure", children=[cell.middle])]
    if cell.span:
        children.append(v.Html(tag="div", class_="muted", children=[cell.span]))
    if cell.verdict:
        children.append(v.Html(tag="div", class_=f"verdict {cell.tone}", children=[cell.verdict]))
    return v.Html(tag="td", class_="own" if own else "", children=children)
