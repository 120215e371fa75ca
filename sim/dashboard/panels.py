"""What stands beside the map: outcome cards, and why things happened."""

import math

import solara
from solara import v

from sim.dashboard.cards import Card, cards
from sim.dashboard.causes import CausalDiagram
from sim.dashboard.choice import AS_BEFORE, NO_MISSION, PINNED
from sim.dashboard.controls import Press
from sim.dashboard.countries import country
from sim.dashboard.desk import View
from sim.dashboard.session import Session
from sim.dashboard.story import Factor, around, factors, moments, reckoned
from sim.dashboard.words import day, short

TONES = {"better": "mdi-check-circle-outline", "worse": "mdi-alert-circle-outline", "open": "mdi-help-circle-outline"}
MOST_NEAR = 4  # events around the week shown: a peak of a chart leads to them
WIDEST = math.log(20.0)  # a factor of twenty fills its bar


def beside(view: View) -> str:
    """Name the other world, as in "than without the mission"."""
    against = view.choice.against
    if against == NO_MISSION:
        return "without the mission"
    if against == AS_BEFORE:
        return "with the policy as before"
    if against == PINNED:
        return "with the pinned settings"
    return f"in {short(country(against).about.title)}"


@solara.component
def Outcomes(session: Session):  # noqa: N802
    """Show the outcome cards."""
    view = session.view.value
    with v.Html(tag="section", class_="lab-panel outcomes", attributes={"aria-label": "Outcomes"}):
        v.Html(tag="p", class_="muted hint", attributes={"role": "status"}, children=[counted(view)])
        if session.hidden.value:
            v.Html(tag="p", children=["Outcomes are hidden until you have made your guess (Learn)."])
            Press("Reveal them", lambda: session.hidden.set(False))
            return
        if view is None or not view.members:
            for _ in range(4):
                v.Html(tag="div", class_="card waiting")
            return
        Cards(view)


@solara.component
def Cards(view: View):  # noqa: N802
    """Show a card for each outcome that the futures can tell of."""

    def made() -> list[Card]:
        return cards(view.members, view.others, beside(view) if view.others else "")

    for card in solara.use_memo(made, [id(view.members), id(view.others)]):
        OutcomeCard(card, key=card.name)


def counted(view: View | None) -> str:
    """Say how many futures there are to judge by."""
    if view is None or not view.members:
        return "first futures on their way…"
    words = f"{len(view.members)} futures" + (f", {view.failed} failed" if view.failed else "")
    return words + (", more on their way…" if view.working else "")


@solara.component
def OutcomeCard(card: Card, key: str = ""):  # noqa: N802
    """Show one card."""
    children = [
        v.Html(
            tag="div",
            class_="card-head",
            children=[
                v.Html(tag="h3", children=[card.label], attributes={"title": card.meaning}),
                v.Html(tag="div", class_="big", children=[card.middle]),
            ],
        ),
        v.Html(tag="div", class_="muted", children=[card.span]),
    ]
    if card.difference:
        children.append(v.Html(tag="div", class_="difference", children=[card.difference]))
    if card.verdict:
        icon = v.Icon(children=[TONES[card.tone]], small=True, class_="tone")
        children.append(v.Html(tag="div", class_=f"verdict {card.tone}", children=[icon, card.verdict]))
    v.Html(tag="div", class_="card", children=children)


@solara.component
def Why(session: Session):  # noqa: N802
    """Show the moments of the run, and for the chosen one why it came."""
    view = session.view.value
    with v.Html(tag="section", class_="lab-panel why", attributes={"aria-label": "Why did this happen"}):
        if view is None:
            return
        result = view.shown.result
        number = session.event.value
        if 0 <= number < len(result.told):
            Explained(session, view, number)
            return
        Moments(session, view)


@solara.component
def Moments(session: Session, view: View):  # noqa: N802
    """List the moments of the run."""
    result, week = view.shown.result, min(session.week.value, view.scenario.weeks - 1)
    listed = solara.use_memo(lambda: moments(result), [id(result)])
    near = around(result, week)[:MOST_NEAR]
    if week and near:
        v.Html(tag="h4", children=[f"Around the week shown ({day(view.scenario.date_of(week))})"])
        with v.Html(tag="ol", class_="moments near"):
            for n in near:
                each = result.told[n]
                Moment(session, each.week, each.date, each.text, n, each.kind)
    v.Html(tag="p", class_="muted hint", children=["Moments of the future shown. Choose one to see why."])
    with v.Html(tag="ol", class_="moments"):
        for moment in listed:
            Moment(session, moment.week, moment.date, moment.text, moment.event, moment.kind)


@solara.component
def Moment(session: Session, week: int, date: str, text: str, event: int, kind: str):  # noqa: N802
    """Show one moment as a button."""

    def choose() -> None:
        session.week.value = week
        near = around(session.view.value.shown.result, week) if session.view.value is not None else []
        session.event.value = event if event >= 0 else (near[0] if near else -1)

    with v.Html(tag="li", class_=f"moment {kind}"):
        button = v.Html(
            tag="button",
            attributes={"type": "button"},
            children=[v.Html(tag="span", class_="date", children=[day(date)]), v.Html(tag="span", children=[text])],
        )
        v.use_event(button, "click", lambda *_: choose())


@solara.component
def Explained(session: Session, view: View, number: int):  # noqa: N802
    """Explain one event: the rule or the hazard behind it, factor by factor, and what else happened then."""
    event = view.shown.result.told[number]
    Press("‹ All moments", lambda: session.event.set(-1))
    v.Html(tag="div", class_="muted", children=[f"{day(event.date)}, week {event.week + 1}"])
    v.Html(tag="h3", class_="event-text", children=[event.text])
    found = factors(event)
    if not found:
        v.Html(tag="p", children=[(event.because or "Nothing is known of why").capitalize() + "."])
    else:
        v.Html(tag="p", class_="muted", children=["What made it more likely, and what less:"])
        with v.Html(tag="ul", class_="factors"):
            for factor in found:
                Bar(factor)
        v.Html(tag="p", class_="muted reckoned", children=[reckoned(event)])
        CausalDiagram(event, key=f"{id(view.shown.result)}:{number}")
    others = [n for n in around(view.shown.result, event.week) if n != number][:5]
    if others:
        v.Html(tag="h4", children=["In the same weeks"])
        with v.Html(tag="ol", class_="moments"):
            for n in others:
                each = view.shown.result.told[n]
                Moment(session, each.week, each.date, each.text, n, each.kind)


@solara.component
def Bar(factor: Factor):  # noqa: N802
    """Show one factor as a bar to the right (more) or left (less)."""
    size = factor.value if factor.added else math.log(max(factor.value, 1e-9))
    share = min(1.0, abs(size) / (1.0 if factor.added else WIDEST))
    mark = f"{factor.value:+.2f}" if factor.added else f"×{factor.value:.2g}"
    style = f"width:{50.0 * share:.1f}%;" + ("left:50%" if size > 0.0 else f"left:{50.0 - 50.0 * share:.1f}%")
    children = [
        v.Html(tag="span", class_="factor-name", children=[factor.name]),
        v.Html(tag="span", class_="factor-mark", children=[mark]),
        v.Html(
            tag="span",
            class_="factor-bar",
            attributes={"aria-hidden": "true"},
            children=[v.Html(tag="span", class_="more" if size > 0.0 else "less", style_=style)],
        ),
        v.Html(tag="span", class_="factor-against", children=[f"{0 if factor.added else 1} is: {factor.against}"]),
    ]
    v.Html(tag="li", class_="factor", children=children)
