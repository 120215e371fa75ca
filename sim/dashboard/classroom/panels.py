"""What stands beside the map of a group: its own settings, its brief, its decisions."""

from collections.abc import Callable

import solara
from solara import v

from sim.dashboard.classroom.names import file_part
from sim.dashboard.classroom.roles import Role, briefing, may_move
from sim.dashboard.classroom.room import Group, Room
from sim.dashboard.classroom.seat import Seat
from sim.dashboard.controls import Control, Press, Tasks
from sim.dashboard.downloads import weekly_file
from sim.dashboard.grouping import GROUPS, HEADS
from sim.dashboard.takeaway import Download
from sim.dashboard.words import day


@solara.component
def Settings(seat: Seat, version: int):  # noqa: N802
    """Show the settings of a seat; those that are locked as plain text."""
    room, settings = seat.room, seat.choice.value.settings
    mine = [lever for lever in room.levers.values() if may_move(seat.role, lever.path)]
    opened, set_opened = solara.use_state(next((group for group in GROUPS if any(x.group == group for x in mine)), ""))
    with v.Html(tag="section", class_="lab-panel what-if", attributes={"aria-label": "Your settings"}):
        with v.Html(tag="div", class_="lab-head"):
            v.Html(tag="h2", children=["Your settings"])
            moved = sum(lever.path in settings for lever in mine)
            v.Html(tag="span", class_="muted", children=[f"{moved} of {len(mine)} changed"])
        if seat.said.value:
            v.Html(tag="p", class_="note", attributes={"role": "status"}, children=[seat.said.value])
        for group in GROUPS:
            inside = [lever for lever in mine if lever.group == group]
            if not inside:
                continue
            locked = group in room.locked
            with v.Html(tag="div", class_="group"):
                head = v.Html(
                    tag="button",
                    class_="group-head",
                    attributes={"type": "button", "aria-expanded": str(group == opened).lower()},
                    children=[
                        v.Html(tag="span", class_="group-name", children=[group]),
                        v.Html(tag="span", class_="badge", children=["locked"]) if locked else "",
                        v.Icon(children=["mdi-chevron-up" if group == opened else "mdi-chevron-down"], small=True),
                    ],
                )
                v.use_event(head, "click", lambda *_, group=group: set_opened("" if group == opened else group))
                if group != opened:
                    continue
                v.Html(tag="p", class_="muted hint", children=[HEADS[group] + "."])
                if locked or room.paused or room.closed:
                    for lever in inside:
                        words = lever.written(settings.get(lever.path, lever.start))
                        Still(lever.label, words, key=lever.path)
                    continue
                for lever in inside:
                    if lever.kind != "task":
                        Control(seat, lever, settings.get(lever.path), key=lever.path)
                tasks = tuple(lever for lever in inside if lever.kind == "task")
                if tasks:
                    Tasks(seat, tasks, settings)


@solara.component
def Still(label: str, value: str, key: str = ""):  # noqa: N802
    """Show a setting that cannot be moved now."""
    name = v.Html(tag="span", class_="lever-name", children=[label])
    v.Html(tag="div", class_="lever-head", children=[name, v.Html(tag="span", class_="lever-value", children=[value])])


@solara.component
def Brief(seat: Seat, version: int):  # noqa: N802
    """Say who sits here, what is theirs to set, what they see and what is kept from them."""
    role, room = seat.role, seat.room
    with v.Html(tag="section", class_="lab-panel brief", attributes={"aria-label": "Your brief"}):
        v.Html(tag="h3", class_="step-title", children=[role.title])
        who = briefing(role, room.plain)
        if who:
            v.Html(tag="p", class_="answer", children=[who])
        for title, words in (
            ("Yours to set", role.moves),
            ("You see", role.knows),
            ("You are not told", role.not_told),
        ):
            v.Html(tag="h4", children=[title])
            v.Html(tag="p", children=[words])
        if room.revealed:
            v.Html(tag="p", class_="answer", children=["Revealed: everybody now sees everything."])
        elif "benchmarks" in role.series and seat.view.value is not None:
            Reports(seat)
        Struck(room, version)


@solara.component
def Reports(seat: Seat):  # noqa: N802
    """Show what the mission reports of itself, year by year."""
    view = seat.view.value
    if view is None:
        return
    table = view.shown.result.weekly
    v.Html(tag="h4", children=["What you report to the Council"])
    with v.Html(tag="table", class_="figures"):
        cells = ["year", "benchmarks met", "peacekeepers killed"]
        v.Html(tag="tr", children=[v.Html(tag="th", children=[cell]) for cell in cells])
        for year, rows in table.groupby(table["date"].dt.year):
            met, killed = rows["benchmarks"].iloc[-1], rows["peacekeepers_killed"].sum()
            cells = [str(year), f"{met:.0%}" if met > 0.0 else "no report", f"{killed:.0f}"]
            v.Html(tag="tr", children=[v.Html(tag="td", children=[cell]) for cell in cells])


@solara.component
def Struck(room: Room, version: int):  # noqa: N802
    """List the shocks that the class has had."""
    if not room.shocks:
        return
    v.Html(tag="h4", children=["Shocks"])
    with v.Html(tag="ul", class_="shocks"):
        for each in room.shocks:
            v.Html(tag="li", children=[f"{day(each['date'])}: {each['name']}"])


@solara.component
def Decisions(group: Group, version: int):  # noqa: N802
    """List what a group has decided, the newest first."""
    with v.Html(tag="section", class_="lab-panel decisions", attributes={"aria-label": "Decisions of the group"}):
        DecisionList(group, version)


@solara.component
def DecisionList(group: Group, version: int, newest_first: bool = True):  # noqa: N802
    """List decisions in words."""
    made = list(group.decisions)
    if not made:
        v.Html(tag="p", class_="muted", children=["Nothing decided yet: the world runs as in the scenario."])
    with v.Html(tag="ol", class_="moments decided"):
        for each in reversed(made) if newest_first else made:
            words = f"{each.label}: {each.before} → {each.after}"
            when = v.Html(tag="span", class_="date", children=[f"min {each.minute:.0f}"])
            v.Html(tag="li", children=[when, v.Html(tag="span", children=[words]), Said(each.role)])


def Said(role: str):  # noqa: N802
    """Return who decided, small."""
    return v.Html(tag="span", class_="muted", children=[role])


@solara.component
def Files(seat: Seat, group: Group, version: int):  # noqa: N802
    """Show what a group may take away once everything is revealed."""
    view = seat.view.value
    with v.Html(tag="section", class_="lab-panel away", attributes={"aria-label": "Take away"}):
        v.Html(tag="p", class_="muted", children=["Settings and shocks are in the scenario; peacesim run takes it."])
        with v.Html(tag="div", class_="presets"):
            ScenarioFile(seat.room, group)
            if view is not None and view.members:
                Download("Weekly CSV", lambda: weekly_file(view), f"{seat.room.name}-weekly.csv", "text/csv")


@solara.component
def ScenarioFile(room: Room, group: Group):  # noqa: N802
    """Show the button that gives a group's scenario with its settings and the shocks of the class."""

    def made() -> bytes:
        return room.world(group).to_toml().encode("utf-8")

    Download("Scenario TOML", made, f"{room.name}-{file_part(group.name)}.toml", "application/toml")


@solara.component
def Choose(label: str, options: list[tuple[str, str]], value: str, on_value: Callable[[str], object]):  # noqa: N802
    """Show buttons of which one stays down."""
    with v.Html(tag="div", class_="presets", attributes={"role": "group", "aria-label": label}):
        for name, words in options:
            Press(words, lambda name=name: on_value(name), pressed=name == value)


def role_options(roles: tuple[Role, ...]) -> list[tuple[str, str]]:
    """Return seats as options."""
    return [(role.id, role.title) for role in roles]
