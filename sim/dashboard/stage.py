"""The middle of the page: what is compared with what, and the player."""

import threading
from collections.abc import Callable
from typing import Any

import solara
from solara import v

from sim.dashboard.choice import AS_BEFORE, NO_MISSION, NOTHING, PINNED
from sim.dashboard.controls import Press, Selection
from sim.dashboard.countries import country, names
from sim.dashboard.desk import View
from sim.dashboard.futures import typical
from sim.dashboard.player.widget import Player
from sim.dashboard.session import Session
from sim.dashboard.words import short


@solara.component
def Stage(session: Session):  # noqa: N802
    """Show the bar of comparison and the player under it."""
    view = session.view.value
    with v.Html(tag="section", class_="lab-panel stage", attributes={"aria-label": "Map and charts"}):
        Comparison(session)
        if view is None:
            v.Html(tag="div", class_="player-waiting", children=["The first future is being computed…"])
            return
        Pictures(session, view)


@solara.component
def Pictures(session: Session, view: View):  # noqa: N802
    """Show the player, and let the session draw in it as soon as it has something new."""
    hidden = session.hidden.value
    player = Player.element(
        week=session.week.value,
        on_week=session.week.set,
        fork_week=view.choice.from_week,
        on_fork_week=session.fork,
        selected_event=session.event.value,
        on_selected_event=session.event.set,
        options={
            "title": False,
            "height": 0.37,
            "large": session.large.value,
            "forks": True,
            "one_past": view.choice.against in (AS_BEFORE, PINNED),
        },
    )

    def connect() -> Callable[[], None]:
        widget, lock = solara.get_widget(player), threading.Lock()

        def draw() -> None:
            with lock, widget.hold_sync():
                if session.newest is not None:
                    for name, value in pictures(session.newest, session.hidden.value).items():
                        setattr(widget, name, value)

        def leave() -> None:
            session.draw = None

        session.draw = draw
        return leave

    solara.use_effect(connect, [])
    solara.use_effect(lambda: session.draw() if session.draw is not None else None, [view, hidden])
    return player


def pictures(view: View, hidden: bool) -> dict[str, Any]:
    """Return what of the player belongs to a view; hidden until a guess are the world beside, and all futures."""
    return {
        "run": view.shown.message,
        "other": b"" if view.other is None or hidden else view.other.message,
        "fan": b"" if hidden else view.fan,
        "fan_other": b"" if hidden else view.fan_other,
        "labels": labels(view),
    }


def labels(view: View) -> dict[str, str]:
    """Name the two worlds."""
    changed = len(view.choice.settings)
    mine = "Without a mission" if not view.scenario.missions else "With the mission"
    if view.choice.from_week:
        mine = "With the change" if changed else "Nothing changed yet"
    elif changed:
        mine += f", {changed} setting{'s' if changed > 1 else ''} changed"
    against = view.choice.against
    names_of = {NO_MISSION: "Without the mission", PINNED: "Pinned settings", NOTHING: "", AS_BEFORE: "As before"}
    other = names_of.get(against)
    return {"run": mine, "other": short(country(against).about.title) if other is None else other}


@solara.component
def Comparison(session: Session):  # noqa: N802
    """Choose the world beside this one, and which of the futures is shown."""
    choice, view = session.choice.value, session.view.value
    items = [(NO_MISSION, "no mission"), (NOTHING, "nothing")]
    if choice.from_week:
        items.insert(0, (AS_BEFORE, "the policy as before"))
    if choice.against == PINNED or choice.pinned:
        items.append((PINNED, f"the pinned settings ({len(choice.pinned)} changed)"))
    items += [(name, short(country(name).about.title)) for name in names() if name != choice.name]
    with v.Html(tag="div", class_="comparison"):
        Selection("Compare with", items, choice.against, session.compare_with, "against")
        Press("Pin this", session.pin, hint="Keep this world, to compare the next changes with it")
        v.Html(tag="span", class_="grow")
        if view is not None:
            v.Html(tag="span", class_="muted luck-line", children=[future(view)])
            Press("Another future", lambda: another(session, view), hint="The same settings with other luck")
            Press(
                "Most typical",
                lambda: session.show(most_typical(view)),
                hint="The future nearest to all others",
            )


def future(view: View) -> str:
    """Say which future is shown."""
    seed = view.shown.result.seed
    if view.rank < 0:
        return f"Future {seed}"
    n = len(view.members)
    return f"Future {seed}: {ordinal(view.rank + 1)}most typical of {n}"


def ordinal(number: int) -> str:
    """Write a place as in "3rd most": nothing for the first."""
    if number == 1:
        return ""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} "


def another(session: Session, view: View) -> None:
    """Show the next of the futures that are already in the fan."""
    seeds = [member.seed for member in view.members] or [view.shown.result.seed]
    seed = view.shown.result.seed
    place = seeds.index(seed) if seed in seeds else -1
    session.show(seeds[(place + 1) % len(seeds)])


def most_typical(view: View) -> int:
    """Return the seed of the medoid."""
    return view.members[typical(view.members)[0]].seed if view.members else view.shown.result.seed
