"""The page ``/class``: open a class, join one, or come back to where one was."""

from pathlib import Path
from urllib.parse import parse_qs, quote

import solara
from solara import v

from sim.core.errors import SimError
from sim.dashboard.classroom.group import GroupPage
from sim.dashboard.classroom.instructor import InstructorPage
from sim.dashboard.classroom.names import LONGEST_NAME
from sim.dashboard.classroom.panels import Choose, role_options
from sim.dashboard.classroom.roles import BY_ID, ROLES, TABLE, Role
from sim.dashboard.classroom.room import Room
from sim.dashboard.classroom.rooms import rooms
from sim.dashboard.connection import ConnectionWatch
from sim.dashboard.controls import Press, Selection
from sim.dashboard.countries import country, names
from sim.dashboard.words import short

STYLES = (Path(__file__).parents[1] / "style.css", Path(__file__).with_name("class.css"))
LONGEST_QUERY = 500
TABLES: dict[str, tuple[str, tuple[Role, ...]]] = {
    "both": ("Roles, or a whole table", ROLES),
    "roles": ("Roles only", ROLES[1:]),
    "table": ("Whole tables only", (TABLE,)),
}


def asked(query: str) -> dict[str, str]:
    """Read the query of a link to a class; anybody may have written it."""
    if len(query) > LONGEST_QUERY:
        return {}
    return {name: values[0][:60] for name, values in parse_qs(query, max_num_fields=10).items()}


@solara.component
def ClassPage():  # noqa: N802
    """Show the door, the instructor's desk, or a group's world, by what the address says."""
    router = solara.use_router()
    large = solara.use_reactive(False)
    wanted = asked(router.search or "")
    solara.Title("Class · Peacekeeping laboratory")
    for style in STYLES:
        solara.Style(style)
    ConnectionWatch()
    with v.Html(tag="main", class_="lab classroom large" if large.value else "lab classroom"):
        if "code" not in wanted:
            Door("", "", "")
            return
        Within(wanted["code"], wanted.get("key", ""), wanted.get("role", ""), wanted.get("desk", ""), large)


@solara.component
def Within(code: str, key: str, role: str, desk: str, large: solara.Reactive[bool]):  # noqa: N802
    """Show the class of a code; a page that is open keeps its class until it ends."""

    def find() -> tuple[Room | None, str]:
        try:
            return rooms.find(code), ""
        except SimError as error:
            return None, str(error)

    room, problem = solara.use_memo(find, [code])
    if room is None:
        Door("", "", problem)
    elif key:
        group = room.groups.get(key)
        if group is None:
            Door(room.code, "", "This class has no group with this key. Join it again by its code.")
        elif role in BY_ID and BY_ID[role] in room.roles:
            GroupPage(room, group, BY_ID[role], large).key(f"{key}-{role}")
        else:
            Seats(room, key, group.name)
    elif room.instructor == solara.get_session_id() or desk == room.key:
        InstructorPage(room, large).key(room.code)
    else:
        Door(room.code, "", "")


@solara.component
def Door(code: str, name: str, problem: str):  # noqa: N802
    """Show how to join a class and how to open one."""
    with v.Html(tag="div", class_="class-head"):
        v.Html(tag="h1", children=["Class"])
        v.Html(tag="span", class_="grow")
        v.Html(tag="a", attributes={"href": "/"}, children=["To the laboratory"])
        v.Html(tag="a", attributes={"href": "/notes"}, children=["Instructor's notes"])
    if problem:
        v.Html(tag="p", class_="note", attributes={"role": "alert"}, children=[problem])
    with v.Html(tag="div", class_="door"):
        Join(code, name)
        if not code:
            Open()


@solara.component
def Join(code: str, name: str):  # noqa: N802
    """Join a class as a new group."""
    router = solara.use_router()
    typed, set_typed = solara.use_state(code)
    called, set_called = solara.use_state(name)
    said, set_said = solara.use_state("")

    def join() -> None:
        try:
            room = rooms.find(typed)
            group = room.enter(called)
        except SimError as error:
            set_said(str(error))
            return
        router.push(f"/class?code={room.code}&key={quote(group.key)}")

    with v.Html(tag="section", class_="lab-panel", attributes={"aria-label": "Join a class"}):
        v.Html(tag="h2", children=["Join a class"])
        v.Html(tag="p", class_="muted", children=["As a group, with the code that your instructor shows."])
        v.TextField(v_model=typed, on_v_model=set_typed, label="Code", outlined=True, dense=True, hide_details=True)
        v.TextField(
            v_model=called,
            on_v_model=set_called,
            label="Name of the group",
            outlined=True,
            dense=True,
            hide_details=True,
            counter=False,
            attributes={"maxlength": str(LONGEST_NAME)},
        )
        Press("Join", join)
        if said:
            v.Html(tag="p", class_="note", attributes={"role": "alert"}, children=[said])


@solara.component
def Seats(room: Room, key: str, name: str):  # noqa: N802
    """Choose a seat at the group's table; the address is the link for the others of the group."""
    router = solara.use_router()
    with v.Html(tag="section", class_="lab-panel seats", attributes={"aria-label": "Choose a seat"}):
        v.Html(tag="h1", children=[name])
        words = (
            "Choose your seat. Others of your group open this page's address on their own machines and take another "
            "seat in the same world."
        )
        if TABLE in room.roles:
            words += " One alone, or all round one screen, take the whole table."
        v.Html(tag="p", children=[words])
        with v.Html(tag="ul", class_="seat-list"):
            for role in room.roles:
                address = f"/class?code={room.code}&key={quote(key)}&role={role.id}"
                with v.Html(tag="li"):
                    Press(role.title, lambda address=address: router.push(address))
                    v.Html(tag="p", children=[role.moves])
                    v.Html(tag="p", class_="muted", children=[f"Sees: {role.knows}"])


@solara.component
def Open():  # noqa: N802
    """Open a class on a scenario."""
    router = solara.use_router()
    offered = names()
    name, set_name = solara.use_state(offered[0])
    with_roles, set_with_roles = solara.use_state("both")
    said, set_said = solara.use_state("")
    me = solara.get_session_id()

    def begin() -> None:
        try:
            room = rooms.open(me, name, roles=TABLES[with_roles][1])
        except (SimError, KeyError) as error:
            set_said(str(error))
            return
        router.push(f"/class?code={room.code}")

    with v.Html(tag="section", class_="lab-panel", attributes={"aria-label": "Open a class"}):
        v.Html(tag="h2", children=["Open a class"])
        v.Html(tag="p", class_="muted", children=["For the instructor. All groups get the same country and luck."])
        Selection("Country", [(each, short(country(each).about.title)) for each in offered], name, set_name)
        options = [(each, words) for each, (words, _) in TABLES.items()]
        Choose("Seats", options, with_roles, set_with_roles)
        with v.Html(tag="ul", class_="muted"):
            for _, title in role_options(TABLES[with_roles][1]):
                v.Html(tag="li", children=[title])
        Press("Open a class", begin)
        if said:
            v.Html(tag="p", class_="note", attributes={"role": "alert"}, children=[said])
        mine = rooms.of(me)
        if mine:
            v.Html(tag="h4", children=["Your classes"])
            with v.Html(tag="div", class_="presets"):
                for room in mine:
                    words = f"{room.code} · {short(room.plain.about.title)}"
                    Press(words, lambda room=room: router.push(f"/class?code={room.code}"))
