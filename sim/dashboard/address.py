"""The address bar and the file chooser of the browser, as a widget."""

from dataclasses import replace
from importlib.resources import files

import anywidget
import solara
import traitlets

from sim.dashboard.countries import LARGEST_UPLOAD
from sim.dashboard.session import Session


class Address(anywidget.AnyWidget):
    """Keeps the link of the page up to date, copies it, and sends a file that somebody chooses.

    Attributes
    ----------
    query : str
        What stands after the question mark of the page's address; set from here.
    upload : dict
        Name and text of the file chosen last, or why it was not sent; set by the browser.
    largest : int
        Most bytes that are sent.
    """

    _esm = (files("sim.dashboard") / "address.js").read_text(encoding="utf-8")
    query = traitlets.Unicode("").tag(sync=True)
    upload = traitlets.Dict().tag(sync=True)
    largest = traitlets.Int(1_000_000).tag(sync=True)


@solara.component
def AddressBar(session: Session):  # noqa: N802
    """Keep the page's address up to date; show the buttons that copy it and that load a file."""
    query = replace(session.choice.value, week=session.week.value).link()
    Address.element(query=query, largest=LARGEST_UPLOAD, on_upload=session.receive)
