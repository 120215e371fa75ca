"""The instructor's page of a class: code, groups, locks, shocks, pause, reveal, debrief."""

from collections.abc import Mapping, Sequence

import solara
import solara.lab
from solara import v

from sim.core.errors import SimError
from sim.dashboard.classroom.debrief import Debrief
from sim.dashboard.classroom.group import Map, State, version_of
from sim.dashboard.classroom.live import use_room
from sim.dashboard.classroom.panels import ScenarioFile
from sim.dashboard.classroom.poll import Asking
from sim.dashboard.classroom.room import Group, Room
from sim.dashboard.classroom.seat import Seat
from sim.dashboard.classroom.shocks import BY_ID, possible, targets
from sim.dashboard.controls import Press, Selection
from sim.dashboard.grouping import GROUPS
from sim.dashboard.panels import Outcomes
from sim.dashboard.words import day


@solara.component
def InstructorPage(room: Room, large: solara.Reactive[bool]):  # noqa: N802
    """Show the desk of the class."""
    seat = solara.use_memo(lambda: Seat(room, None), [room.code])
    version = use_room(room, seat.follow)
    solara.use_effect(seat.compute, [seat.choice.value.against, len(room.shocks), version_of(room)])
    solara.use_effect(lambda: seat.close, [seat])
    debriefing, set_debriefing = solara.use_state(False)
    with v.Html(tag="div", class_="class-head"):
        v.Html(tag="h1", children=[f"Class: {room.plain.about.title}"])
        v.Html(tag="span", class_="grow")
        Press(
            "Back to the desk" if debriefing else "Debrief", lambda: set_debriefing(not debriefing), pressed=debriefing
        )
        Press("Large type", lambda: large.set(not large.value), pressed=large.value)
    State(room, version)
    if room.closed:
        return
    if debriefing:
        Debrief(room, version)
        return
    with v.Html(tag="div", class_="lab-columns"):
        with v.Html(tag="div", class_="left"):
            Code(room)
            Rule(room, version)
            if room.plain.missions:
                Asking(room, seat, version)
            Shocks(room, seat, version)
        with v.Html(tag="div", class_="middle"):
            Map(seat, large.value)
        with v.Html(tag="div", class_="right"):
            Groups(room, version)
            if room.revealed:
                Outcomes(seat)


@solara.component
def Code(room: Room):  # noqa: N802
    """Show the code, as large as it must be for the last row."""
    with v.Html(tag="section", class_="lab-panel code-panel", attributes={"aria-label": "Code of the class"}):
        v.Html(tag="div", class_="muted", children=[join_words(solara.lab.headers.value)])
        v.Html(tag="div", class_="code", children=[f"{room.code[:3]} {room.code[3:]}"])
        v.Html(tag="div", class_="muted", children=[f"Luck of all groups: seed {room.seed}"])


def join_words(headers: Mapping[str, Sequence[str]] | None) -> str:
    """Say where groups join, from what this page's browser asked for: the address that its own bar shows."""
    host = ((headers or {}).get("host") or [""])[0][:100]
    if not host or host.startswith(("127.", "localhost", "[::1]", "0.0.0.0")):
        return (
            "Groups open /class at the address of this machine in its network (the server must have been started "
            "with --host 0.0.0.0) and join with"
        )
    return f"Groups open {host}/class and join with"


@solara.component
def Rule(room: Room, version: int):  # noqa: N802
    """Pause, reveal, lock, end."""
    ending, set_ending = solara.use_state(False)
    with v.Html(tag="section", class_="lab-panel rule", attributes={"aria-label": "Run the class"}):
        v.Html(tag="h2", children=["Run the class"])
        with v.Html(tag="div", class_="presets"):
            Press("Pause", lambda: room.set_paused(not room.paused), pressed=room.paused)
            Press(
                "Reveal the ensemble",
                lambda: room.set_revealed(not room.revealed),
                pressed=room.revealed,
                hint="All futures, the world without the mission, and the whole truth for every seat",
            )
        v.Html(tag="h4", children=["Locked settings"])
        with v.Html(tag="div", class_="presets", attributes={"role": "group", "aria-label": "Locked settings"}):
            for group in GROUPS:
                on = group in room.locked
                Press(group, lambda group=group, on=on: room.lock(group, not on), pressed=on)
        with v.Html(tag="div", class_="presets steps"):
            if ending:
                Press("End it for all", room.close)
                Press("Go on", lambda: set_ending(False))
            else:
                Press("End the class…", lambda: set_ending(True))
        with v.Html(tag="details", class_="muted"):
            v.Html(tag="summary", children=["Take the desk to another browser"])
            words = f"Open /class?code={room.code}&desk={room.key} there. Whoever has this key runs the class."
            v.Html(tag="p", children=[words])


@solara.component
def Shocks(room: Room, seat: Seat, version: int):  # noqa: N802
    """Bring a dated shock into every world."""
    kinds = solara.use_memo(lambda: possible(room.plain), [room.code])
    kind_id, set_kind = solara.use_state(kinds[0].id)
    size, set_size = solara.use_state(f"{kinds[0].size:g}")
    target, set_target = solara.use_state("")
    said, set_said = solara.use_state("")
    kind = BY_ID[kind_id]
    concerned = targets(kind, room.plain)
    week = seat.week.value

    def take(new: str) -> None:
        set_kind(new)
        set_size(f"{BY_ID[new].size:g}")
        set_target("")

    def strike() -> None:
        try:
            room.strike(kind_id, week, float(size), target)
            set_said("")
        except ValueError:
            set_said("The size must be a number.")
        except SimError as error:
            set_said(str(error))

    with v.Html(tag="section", class_="lab-panel shocks-panel", attributes={"aria-label": "Shocks"}):
        v.Html(tag="h2", children=["Shock every world"])
        Selection("What", [(each.id, each.title) for each in kinds], kind_id, take)
        if concerned:
            Selection("Whom", concerned, target or concerned[0][0], set_target)
        v.TextField(
            v_model=size,
            on_v_model=set_size,
            label=f"How much: {kind.unit}",
            dense=True,
            hide_details=True,
            outlined=True,
        )
        lasts = f", for {kind.weeks} weeks" if kind.weeks > 1 else ""
        words = f"When: {day(room.plain.date_of(week))}{lasts}, the week on the map. Weeks before it stay as they were."
        v.Html(tag="p", class_="muted", children=[words])
        Press("Strike", strike)
        if said:
            v.Html(tag="p", class_="note", attributes={"role": "alert"}, children=[said])
        with v.Html(tag="ul", class_="shocks"):
            for number, each in enumerate(room.shocks):
                with v.Html(tag="li", children=[f"{day(each['date'])}: {each['name']} "]):
                    Press("Take back", lambda number=number: room.spare(number))


@solara.component
def Groups(room: Room, version: int):  # noqa: N802
    """List the groups: who is there, and how much they have decided."""
    titles = {role.id: role.title for role in room.roles}
    with v.Html(tag="section", class_="lab-panel class-groups", attributes={"aria-label": "Groups"}):
        v.Html(tag="h2", children=[f"Groups ({len(room.groups)})"])
        if not room.groups:
            v.Html(tag="p", class_="muted", children=["Nobody has joined yet."])
        with v.Html(tag="ul", class_="class-list"):
            for group in list(room.groups.values()):
                there = [
                    f"{titles.get(role, role)}" + (f" ×{n}" if n > 1 else "") for role, n in group.seats.items() if n
                ]
                n = len(group.decisions)
                made = f"{len(group.settings)} changed, {n} decision{'' if n == 1 else 's'}"
                with v.Html(tag="li"):
                    v.Html(tag="strong", children=[group.name])
                    v.Html(tag="div", class_="muted", children=[made])
                    v.Html(tag="div", class_="muted", children=[", ".join(there) or "no page open"])
                    with v.Html(tag="div", class_="presets"):
                        ScenarioFile(room, group)
                        Dismiss(room, group, key=group.key)


@solara.component
def Dismiss(room: Room, group: Group, key: str = ""):  # noqa: N802
    """Send a group away, on the second press."""
    sure, set_sure = solara.use_state(False)
    if sure:
        Press("Yes, send away", lambda: room.dismiss(group))
        Press("No", lambda: set_sure(False))
    else:
        Press("Send away…", lambda: set_sure(True), hint="Its world is lost, and its name is free again")
