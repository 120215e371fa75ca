"""The causal diagram of the model, with the links that were at work in one event."""

import solara
from solara import v

from sim.analysis.odd.diagram import WORDS, overview
from sim.analysis.odd.live import Live, live_links, target_of, unlinked
from sim.analysis.odd.quantities import QUANTITIES
from sim.dashboard.controls import Press
from sim.dashboard.words import day
from sim.results.events import Event


def told(live: Live) -> str:
    """Say a live link in words: what moves what, how, and how much in this event."""
    source, target = (QUANTITIES[name].label for name in (live.link.source, live.link.target))
    names = ", ".join(live.names)
    return f"{source} {WORDS[live.link.sign]} {target}: {live.link.why}. Here {names}: {live.mark}."


@solara.component
def CausalDiagram(event: Event, key: str = ""):  # noqa: N802
    """Show the button that opens the diagram for an event; nothing where no link of it was at work."""
    opened, set_opened = solara.use_state(False)
    live = solara.use_memo(lambda: live_links(event), [event])
    if not live:
        return
    Press("In the causal diagram", lambda: set_opened(True), hint="What moves what in the model, and what did here")
    with v.Dialog(v_model=opened, on_v_model=set_opened, width="97vw", content_class="causal-box"):
        if opened:
            Drawn(event, live, lambda: set_opened(False))


@solara.component
def Drawn(event: Event, live: tuple[Live, ...], close):  # noqa: N802
    """Show the diagram, and the same in words for those who do not see it."""
    picture = solara.use_memo(lambda: overview(live, target_of(event)), [event])
    rest = unlinked(event)
    with v.Html(tag="section", class_="causal", attributes={"aria-label": "Causal diagram"}):
        with v.Html(tag="div", class_="causal-head"):
            v.Html(tag="h2", children=[f"{day(event.date)}: {event.text}"])
            Press("Close", close)
        v.Html(tag="p", class_="muted", children=[EXPLAINS])
        with v.Html(tag="div", class_="causal-picture", attributes={"role": "img", "aria-label": "Links, told below"}):
            solara.HTML(tag="div", unsafe_innerHTML=picture)  # drawn from the code's own words, none of a scenario's
        with v.Html(tag="ol", class_="causal-words"):
            for each in live:
                v.Html(tag="li", children=[told(each)])
        if rest:
            v.Html(tag="p", class_="muted", children=[f"At work too, and not in the diagram: {', '.join(rest)}."])


EXPLAINS = (
    "Wide lines were at work in this event, the wider the stronger, with their factors; plain lines move what was at "
    "work; the rest of the model is faint. A factor above 1 made the event more likely, below 1 less."
)
