"""The player as a widget for Solara and Jupyter."""

import anywidget
import traitlets

from sim.dashboard.player.bundle import player_module, player_styles


class Player(anywidget.AnyWidget):
    """A run on maps and charts; the traits come from `sim.dashboard.player.encode.encode`.

    Attributes
    ----------
    run, other : bytes
        The run shown, and the world beside it; empty for none.
    fan, fan_other : bytes
        Futures of both.
    week : int
        The week shown. Set by the page when it pauses, not while it plays.
    fork_week : int
        First week in which the two worlds may differ, 0 where they do from the start. Set by the page when somebody
        asks to change the policy from a week on, or with 0 to leave that.
    selected_cell : int
        The cell whose history is open, -1 for none.
    selected_event : int
        The event that was chosen last, as its number in ``Result.told`` of the run; -1 for none.
    playing : bool
        Whether it plays; set it to start or stop from outside.
    labels : dict
        Names of both worlds, ``run`` and ``other``.
    options : dict
        How it begins and what it shows; see ``static/options.js``.
    """

    _esm = player_module()
    _css = player_styles()
    run = traitlets.Bytes(b"").tag(sync=True)
    other = traitlets.Bytes(b"").tag(sync=True)
    fan = traitlets.Bytes(b"").tag(sync=True)
    fan_other = traitlets.Bytes(b"").tag(sync=True)
    week = traitlets.Int(0).tag(sync=True)
    fork_week = traitlets.Int(0).tag(sync=True)
    selected_cell = traitlets.Int(-1).tag(sync=True)
    selected_event = traitlets.Int(-1).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
