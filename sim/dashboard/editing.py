"""The open scenario as text that can be changed in the page: checked while it is written, then used or taken away."""

from importlib.resources import files
from typing import Any

import anywidget
import solara
import traitlets
from solara import v

from sim.core.errors import ScenarioError
from sim.dashboard.countries import LARGEST_UPLOAD, bundled, uploaded
from sim.dashboard.session import Session
from sim.scenario.find import find_scenario

FILE = "scenario.toml"  # what messages call the text
MOST_SHOWN = 50  # problems; a text that is not a scenario at all has thousands


class Editor(anywidget.AnyWidget):
    """A text, its drawn map, and what is wrong with them.

    Attributes
    ----------
    text : str
        What the page begins with.
    sent : dict
        A draft from the browser: its ``text``, its ``size`` in bytes, whether to ``use`` it, and ``at``, its number.
    verdict : dict
        The answer to a draft: ``at``, ``problems`` with ``line`` and ``text``, and whether it is ``used`` now.
    largest : int
        Most bytes of a draft.
    """

    _esm = (files("sim.dashboard") / "editor.js").read_text(encoding="utf-8")
    text = traitlets.Unicode("").tag(sync=True)
    sent = traitlets.Dict().tag(sync=True)
    verdict = traitlets.Dict().tag(sync=True)
    largest = traitlets.Int(LARGEST_UPLOAD).tag(sync=True)


@solara.component
def EditScenario(session: Session):  # noqa: N802
    """Show the text of the open scenario as it is set now."""
    choice = session.choice.value
    verdict, set_verdict = solara.use_state({})
    text = solara.use_memo(lambda: text_of(session), [choice.name, dict(choice.settings), id(session.base)])

    def take(sent: dict[str, Any]) -> None:
        if sent:
            set_verdict(judged(session, sent))

    with v.Html(tag="section", class_="lab-panel edit", attributes={"aria-label": "Edit the scenario"}):
        words = (
            "The scenario as the command line reads it. It is checked as you write; Use it shows it on this page only."
        )
        v.Html(tag="p", class_="muted hint", children=[words])
        Editor.element(text=text, verdict=verdict, on_sent=take)


def text_of(session: Session) -> str:
    """Return a scenario as text: as it was written where nothing was moved, else with what was moved."""
    choice, base = session.choice.value, session.base
    if choice.settings:
        from sim.dashboard.choice import world_of

        try:
            return world_of(base, choice.settings).to_toml()
        except ScenarioError:
            return base.to_toml()
    if session.text:
        return session.text
    if choice.name in bundled():
        return find_scenario(choice.name).read_text(encoding="utf-8")
    return base.to_toml()


def judged(session: Session, sent: dict[str, Any]) -> dict[str, Any]:
    """Check a draft, show it where that is wanted and nothing is wrong, and say what is.

    Returns
    -------
    dict
        As `Editor.verdict`.
    """
    at = sent.get("at", 0)
    text, size = str(sent.get("text", "")), sent.get("size", 0)
    raw = text.encode("utf-8", "replace")
    if not raw and isinstance(size, int) and size > LARGEST_UPLOAD:
        raw = b"\0" * (LARGEST_UPLOAD + 1)
    try:
        scenario = uploaded(raw, FILE)
    except ScenarioError as error:
        problems = [{"line": each.line or 0, "text": str(each)} for each in error.problems[:MOST_SHOWN]]
        if len(error.problems) > MOST_SHOWN:
            problems.append({"line": 0, "text": f"and {len(error.problems) - MOST_SHOWN} more"})
        return {"at": at, "problems": problems, "used": False}
    if sent.get("use"):
        session.show_own(scenario, text)
    return {"at": at, "problems": [], "used": bool(sent.get("use"))}
