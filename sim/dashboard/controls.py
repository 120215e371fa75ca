"""The what-if panel: presets, and a slider, choice or tick for everything that the catalogue lets a page move."""

from collections.abc import Mapping

import solara
from solara import v

from sim.dashboard.grouping import GROUPS, HEADS
from sim.dashboard.levers import Lever, Value
from sim.dashboard.session import Session
from sim.dashboard.words import day, plain
from sim.scenario.scenario import Scenario

MANDATE = "mission.mandate."
ROBUST = {"protection_of_civilians", "force_protection", "offensive_operations"}
WATCH = {"ceasefire_monitoring", "political_process"}
BROAD = {
    "ceasefire_monitoring", "protection_of_civilians", "ddr", "humanitarian_support", "human_rights",
    "police_training", "security_sector_reform", "rule_of_law", "state_authority", "elections",
    "political_process", "reconciliation",
}  # fmt: skip
# Name, rules of engagement, doctrine, tasks, strength.
PRESETS = (
    ("Observers", "observe", "static", WATCH, 0.3),
    ("Traditional", "self_defence", "buffer_line", WATCH, 1.0),
    ("Multidimensional", "defend_mandate", "population", BROAD, 1.0),
    ("Robust", "robust", "hotspot", BROAD | ROBUST, 1.5),
)


def preset(rules: str, doctrine: str, tasks: set[str], strength: float, known: tuple[Lever, ...]) -> dict[str, Value]:
    """Return the settings of a preset for a scenario: only those that differ from what it says."""
    wanted: dict[str, Value] = {
        f"{MANDATE}rules_of_engagement": rules,
        "mission.deployment.doctrine": doctrine,
        "contributors.*.pledged": strength,
        f"{MANDATE}authorised.*.military": strength,
    }
    for lever in known:
        if lever.kind == "task":
            wanted[lever.path] = lever.path.rpartition(".")[2] in tasks
    settings = {}
    for lever in known:
        value = wanted.get(lever.path, lever.start)
        value = lever.quantised(float(value)) if lever.slides and lever.path in wanted else value
        if value != lever.start:
            settings[lever.path] = value
    return settings


@solara.component
def WhatIf(session: Session):  # noqa: N802
    """Show the panel."""
    opened, set_opened = solara.use_state("Force")
    choice = session.choice.value
    base = session.base
    known = solara.use_memo(lambda: session.levers, [base, choice.from_week, dict(choice.before)])
    changed = sum(lever.path in choice.settings for lever in known)
    with v.Html(tag="section", class_="lab-panel what-if", attributes={"aria-label": "What if"}):
        if session.hidden.value:
            v.Html(tag="p", class_="note", children=["Locked until you have made your guess (Learn)."])
            return
        with v.Html(tag="div", class_="lab-head"):
            v.Html(tag="h2", children=["What if"])
            words = f"{changed} changed" if changed else "as before" if choice.from_week else "as in the scenario"
            v.Html(tag="span", class_="muted", children=[words])
            if changed:
                Press("Reset all", session.reset, hint="Put every setting back to the scenario's")
        if choice.from_week:
            v.Html(tag="p", class_="muted hint since", children=[since(base, choice.from_week)])
        if base.mission is not None:
            with v.Html(tag="div", class_="presets", attributes={"role": "group", "aria-label": "Mission presets"}):
                for name, rules, doctrine, tasks, strength in PRESETS:
                    settings = preset(rules, doctrine, tasks, strength, known)
                    Press(
                        name,
                        lambda settings=settings: session.set_all(settings),
                        pressed=settings == dict(choice.settings),
                    )
        for group in GROUPS:
            inside = [lever for lever in known if lever.group == group]
            if inside:
                Group(session, group, tuple(inside), opened == group, set_opened)
        Luck(session)


def since(base: Scenario, week: int) -> str:
    """Say from when the settings hold, and what cannot change any more."""
    return f"From {day(base.date_of(week))} on. What describes the start is settled by then; pledges can only grow."


@solara.component
def Group(session: Session, group: str, inside: tuple[Lever, ...], opened: bool, set_opened):  # noqa: N802
    """Show one group, folded or open."""
    settings = session.choice.value.settings
    changed = sum(lever.path in settings for lever in inside)
    with v.Html(tag="div", class_="group open" if opened else "group"):
        head = v.Html(
            tag="button",
            class_="group-head",
            attributes={"type": "button", "aria-expanded": str(opened).lower()},
            children=[
                v.Html(tag="span", class_="group-name", children=[group]),
                v.Html(tag="span", class_="badge", children=[f"{changed} changed"]) if changed else "",
                v.Icon(children=["mdi-chevron-up" if opened else "mdi-chevron-down"], small=True),
            ],
        )
        v.use_event(head, "click", lambda *_: set_opened("" if opened else group))
        if opened:
            v.Html(tag="p", class_="muted hint", children=[HEADS[group] + "."])
            tasks = [lever for lever in inside if lever.kind == "task"]
            for lever in inside:
                if lever.kind != "task":
                    Control(session, lever, settings.get(lever.path), key=lever.path)
            if tasks:
                Tasks(session, tuple(tasks), settings)


@solara.component
def Control(session: Session, lever: Lever, moved: Value | None, key: str = ""):  # noqa: N802
    """Show one lever."""
    value = lever.start if moved is None else moved
    stands = lever.resting if moved is None else moved
    with v.Html(tag="div", class_="lever moved" if moved is not None else "lever"):
        with v.Html(tag="div", class_="lever-head"):
            v.Html(tag="span", class_="lever-name", attributes={"title": tooltip(lever)}, children=[lever.label])
            v.Html(tag="span", class_="lever-value", children=[lever.written(value)])
            if moved is not None:
                Back(session, lever)
        if lever.kind == "choice":
            items = [{"text": plain(option), "value": option} for option in lever.options]
            v.Select(
                v_model=value,
                items=items,
                on_v_model=lambda new: session.move(lever.path, new),
                dense=True,
                hide_details=True,
                outlined=True,
                attributes={"aria-label": lever.label},
            )
        elif lever.kind == "switch":
            v.Switch(
                v_model=value,
                on_v_model=lambda new: session.move(lever.path, bool(new)),
                label=lever.meaning,
                dense=True,
                hide_details=True,
            )
        else:
            v.Slider(
                v_model=stands,
                min=lever.low,
                max=lever.high,
                step=lever.step,
                on_v_model=lambda new: session.move(lever.path, new),
                dense=True,
                hide_details=True,
                attributes={"aria-label": f"{lever.label}: {lever.written(value)}"},
            )


@solara.component
def Back(session: Session, lever: Lever):  # noqa: N802
    """Show the button that puts a lever back."""
    words = {"aria-label": f"Put {lever.label} back", "title": f"Back to {lever.written(lever.start)}"}
    icon = v.Icon(children=["mdi-undo-variant"], small=True)
    button = v.Btn(icon=True, x_small=True, children=[icon], attributes=words)
    v.use_event(button, "click", lambda *_: session.move(lever.path, None))


@solara.component
def Tasks(session: Session, tasks: tuple[Lever, ...], settings: Mapping[str, Value]):  # noqa: N802
    """Show the tasks of the mandate as ticks."""
    v.Html(tag="div", class_="lever-head", children=[v.Html(tag="span", class_="lever-name", children=["Tasks"])])
    with v.Html(tag="div", class_="presets", attributes={"role": "group", "aria-label": "Tasks of the mandate"}):
        for lever in tasks:
            on = bool(settings.get(lever.path, lever.start))
            Press(
                lever.label,
                lambda lever=lever, on=on: session.move(lever.path, not on),
                pressed=on,
                changed=lever.path in settings,
            )


@solara.component
def Luck(session: Session):  # noqa: N802
    """Choose the seed."""
    choice = session.choice.value
    seed = session.base.about.seed if choice.seed is None else choice.seed

    def take(text: str) -> None:
        if text.isascii() and text.isdecimal() and len(text) < 18:
            session.luck(int(text))

    with v.Html(tag="div", class_="luck"):
        v.TextField(
            v_model=str(seed),
            on_v_model=take,
            label="Seed: the luck of the first future",
            dense=True,
            hide_details=True,
            outlined=True,
            type="number",
            min=0,
        )
        Press("New luck", lambda: session.luck(seed + 100), hint="A hundred other futures")


@solara.component
def Press(label: str, on_click, pressed: bool | None = None, changed: bool = False, hint: str = ""):  # noqa: N802
    """Show a button; with ``pressed`` it is one that stays down."""
    attributes = {"type": "button"}
    if pressed is not None:
        attributes["aria-pressed"] = str(pressed).lower()
    if hint:
        attributes["title"] = hint
    button = v.Html(
        tag="button",
        class_="lab-button" + (" pressed" if pressed else "") + (" changed" if changed else ""),
        attributes=attributes,
        children=[label],
    )
    v.use_event(button, "click", lambda *_: on_click())


@solara.component
def Selection(label: str, options: list[tuple[str, str]], chosen: str, choose, names: str = ""):  # noqa: N802
    """Show a list to choose one value from; options are values with their words."""
    v.Select(
        v_model=chosen,
        items=[{"text": words, "value": value} for value, words in options],
        on_v_model=choose,
        label=label,
        dense=True,
        hide_details=True,
        outlined=True,
        class_=names,
    )


@solara.component
def Tabs(names: list[str], chosen: str, choose):  # noqa: N802
    """Show the tabs of what stands beside the map."""
    with v.Html(tag="div", class_="tabs", attributes={"role": "tablist", "aria-label": "Beside the map"}):
        for name in names:
            attributes = {"type": "button", "role": "tab", "aria-selected": str(name == chosen).lower()}
            tab = v.Html(tag="button", class_="tab", attributes=attributes, children=[name])
            v.use_event(tab, "click", lambda *_, name=name: choose(name))


def tooltip(lever: Lever) -> str:
    """Say what a lever means, its range and where its default comes from."""
    meaning = lever.meaning[:1].upper() + lever.meaning[1:]
    parts = [f"{meaning}."]
    if lever.slides:
        parts.append(f"From {lever.written(lever.low)} to {lever.written(lever.high)}.")
    if lever.kind == "shift" and len(lever.parts) > 1:
        parts.append(f"Mean of {len(lever.parts)}; all are moved together.")
    if lever.kind == "scale" and len(lever.parts) > 1:
        gathered = "Highest of {} dated ceilings" if lever.dated else "Sum of {}"
        parts.append(f"{gathered.format(len(lever.parts))}; all are scaled together.")
    parts.append("Value: the scenario's." if lever.source == "scenario" else f"Source: {lever.source}.")
    return " ".join(parts)
