"""The page of a group in a class."""

import solara
from solara import v

from sim.dashboard.classroom.debrief import Debrief
from sim.dashboard.classroom.live import use_room
from sim.dashboard.classroom.panels import Brief, Decisions, Files, Settings
from sim.dashboard.classroom.poll import Guess
from sim.dashboard.classroom.roles import LEADER, TABLE, Role
from sim.dashboard.classroom.room import Group, Room
from sim.dashboard.classroom.seat import Seat
from sim.dashboard.controls import Press, Tabs
from sim.dashboard.panels import Outcomes, Why
from sim.dashboard.player.widget import Player
from sim.dashboard.stage import pictures

# Charts that mean nothing to a seat are left out by the player itself: all their series are 0. The share of area by
# ruler is reckoned from the map, of which the community leader has one region only.
HIDDEN = {"community_leader": ["rule"]}


@solara.component
def GroupPage(room: Room, group: Group, role: Role, large: solara.Reactive[bool]):  # noqa: N802
    """Show the world of a group as one of its members sees it."""
    seat = solara.use_memo(lambda: Seat(room, group, role), [room.code, group.key, role.id])
    version = use_room(room, seat.follow)
    choice = seat.choice.value
    solara.use_effect(seat.compute, [dict(choice.settings), choice.against, len(room.shocks), version_of(room)])
    solara.use_effect(lambda: seat.close, [seat])

    def sit():
        room.sit(group, role, 1)
        return lambda: room.sit(group, role, -1)

    solara.use_effect(sit, [role.id])
    debriefing, set_debriefing = solara.use_state(False)
    with v.Html(tag="div", class_="class-head"):
        v.Html(tag="h1", children=[group.name])
        v.Html(tag="span", class_="muted", children=[f"{role.title} · {room.plain.about.title} · class {room.code}"])
        v.Html(tag="span", class_="grow")
        if room.revealed and not room.closed:
            words = "Back to the map" if debriefing else "Debrief"
            Press(words, lambda: set_debriefing(not debriefing), pressed=debriefing)
        Press("Large type", lambda: large.set(not large.value), pressed=large.value)
    State(room, version)
    if not room.closed and group.key not in room.groups:
        words = "The instructor has sent this group away. Join again with the code, under a name fit for a class."
        v.Html(tag="p", class_="note", attributes={"role": "alert"}, children=[words])
        return
    if room.closed:
        return
    if debriefing and room.revealed:
        Debrief(room, version, own=group)
        return
    Guess(room, group, version)
    with v.Html(tag="div", class_="lab-columns"):
        with v.Html(tag="div", class_="left"):
            Settings(seat, version)
        with v.Html(tag="div", class_="middle"):
            Map(seat, large.value)
        with v.Html(tag="div", class_="right"):
            Beside(seat, group, version)


def version_of(room: Room) -> tuple[bool, str]:
    """Return what of a class changes the pictures of every group."""
    return room.revealed, room.base.digest()


@solara.component
def State(room: Room, version: int):  # noqa: N802
    """Say whether the class is paused, revealed, over, or locked in part."""
    said = []
    if room.closed:
        said.append("This class is over. Its worlds are gone from the server; what you have downloaded is yours.")
    elif room.paused:
        said.append("The instructor has paused the class. Nothing can be moved until it goes on.")
    if room.locked and not room.closed:
        said.append(f"Locked: {', '.join(sorted(room.locked))}.")
    with v.Html(tag="div", class_="messages", attributes={"role": "status", "aria-live": "polite"}):
        for words in said:
            v.Html(tag="p", class_="note", children=[words])


@solara.component
def Map(seat: Seat, large: bool):  # noqa: N802
    """Show the player with what the seat knows."""
    view, problem = seat.view.value, seat.problem.value
    playing = solara.use_reactive(False)
    paused = seat.room.paused
    solara.use_effect(lambda: playing.set(False) if paused else None, [paused])
    role = seat.role
    blind = not seat.sees_all and role not in (TABLE, LEADER)
    names = "lab-panel stage blind" if blind else "lab-panel stage"
    with v.Html(tag="section", class_=names, attributes={"aria-label": "Map and charts"}):
        v.Html(tag="div", class_="working on" if seat.busy else "working", attributes={"aria-hidden": "true"})
        if problem:
            v.Html(tag="pre", class_="problem", children=[problem])
        if view is None:
            v.Html(tag="div", class_="player-waiting", children=["Your world is being computed…"])
            return
        layer = "violence" if role.reports and not seat.sees_all else "control"
        drawn = pictures(view, hidden=False)
        if not seat.sees_all:
            drawn["labels"]["run"] = "Your world" if seat.group else "The country as in the scenario"
        Player.element(
            **drawn,
            week=seat.week.value,
            on_week=seat.week.set,
            selected_event=seat.event.value,
            on_selected_event=seat.event.set,
            playing=playing.value,
            on_playing=playing.set,
            options={
                "title": False,
                "height": 0.37,
                "large": large,
                "layer": layer,
                "hidden": [] if seat.sees_all else HIDDEN.get(role.id, []),
                "units": not blind or role.units,
                "bands": not blind or role.own_bands,
            },
        ).key(f"{seat.role.id}-{seat.room.revealed}-{large}")


@solara.component
def Beside(seat: Seat, group: Group, version: int):  # noqa: N802
    """Show brief, decisions, and after the reveal outcomes and reasons."""
    chosen, choose = solara.use_state("Brief")
    tabs = ["Brief", "Decisions"]
    if seat.role is TABLE or seat.room.revealed:
        tabs.append("Why?")
    if seat.room.revealed:
        tabs.insert(1, "Outcomes")
        tabs.append("Files")
    tab = chosen if chosen in tabs else "Brief"
    Tabs(tabs, tab, choose)
    if tab == "Outcomes":
        Outcomes(seat)
    elif tab == "Why?":
        Why(seat)
    elif tab == "Decisions":
        Decisions(group, version)
    elif tab == "Files":
        Files(seat, group, version)
    else:
        Brief(seat, version)
