"""What a page says when its server is gone, or has been started again."""

from importlib.resources import files

import anywidget
import solara
from solara import v


class Connection(anywidget.AnyWidget):
    """Watches the connection from the side of the browser; the server has no part in it."""

    _esm = (files("sim.dashboard") / "connection.js").read_text(encoding="utf-8")


@solara.component
def ConnectionWatch():  # noqa: N802
    """Tell whoever looks at the page when the server does not answer."""
    with v.Html(tag="div", class_="unseen"):  # what it says stands outside the page
        Connection.element()
