"""The story of a run on one page."""

import textwrap
from collections.abc import Sequence

import numpy as np

from sim import __version__
from sim.analysis.plots import style
from sim.analysis.plots.charts import Frame, draw_panel
from sim.analysis.plots.events import STEP, arrange, draw_marks, marks_of
from sim.analysis.plots.legend import draw_legend
from sim.analysis.plots.maps import colours_of, draw_map, ground_of, scales_of
from sim.analysis.plots.moments import moments_of
from sim.analysis.plots.page import Page
from sim.analysis.plots.panels import panels_of
from sim.analysis.plots.places import Sheet
from sim.analysis.plots.strip import draw_strip
from sim.world.kinds import Count, Stage
from sim.world.series import FIRST_STATE, State

WIDE, HIGH = 14.4, 9.0
EDGE = 0.3
HEAD = 0.95  # inches for the title and what goes with it
MAPS = 5.95  # inches across for the maps
NAME = 0.27  # inches above each map for its date
GAP = 0.2  # between maps
LEGEND = 1.32
LABELS = 1.55  # to the right of panels
TICKS = 0.42  # to their left
MOST_FLAGS = 6  # levels of labels of events above them
FOOT = 0.84  # below them


def summary_figure(result, others: Sequence = ()) -> Page:
    """Draw the story of a run: four maps on the left, series over time on the right.

    Parameters
    ----------
    result
        A run, with ``scenario``, ``seed``, ``weekly_array`` and ``world``.
    others : sequence of results, optional
        Further runs of the same length, such as replicates: their median and the range that holds the middle
        80 % of them lie behind the run shown.

    Returns
    -------
    Page
        14.4 by 9 inches.
    """
    page = Page(WIDE, HIGH, style.PAPER)
    weeks = len(result.weekly_array)
    behind = [other.weekly_array for other in others if len(other.weekly_array) == weeks]
    draw_head(page, result, len(behind))
    draw_maps(page, result)
    draw_series(page, result, behind)
    return page


def draw_head(page: Page, result, n_others: int) -> None:
    """Write the title, the run in figures, and what the page shows."""
    who = f"seed {result.seed} · {len(result.weekly_array)} weeks · peacekeeping-sim {__version__}"
    title = result.scenario.title
    across = WIDE - 2 * EDGE - page.width(who) - 0.3
    lines, size = [title], style.LARGE
    if page.width(title, 12.0, "bold") > across:
        lines, size = textwrap.wrap(title, -(-len(title) // 2) + 12)[:2], 11.0
    size = min(size, *(size * across / page.width(line, size, "bold") for line in lines))
    top = HIGH - 0.2
    for n, line in enumerate(lines):
        page.write(EDGE, top - n * 1.22 * size / 72.0, line, style.INK, size, "bold", up="top")
    page.write(EDGE, top - 0.36, facts(result), style.INK, 11.0, up="top")
    behind = (
        f" Shaded: the middle 80 % of {n_others} run{'s' * (n_others > 1)}; thin lines: their median."
        if n_others
        else ""
    )
    caption = "One run. Left: who rules, and where people die, flee and are protected. "
    caption += "Right: the run over time, with events."
    page.write(EDGE, top - 0.60, caption + behind, style.SOFT, up="top")
    page.write(WIDE - EDGE, top - 0.05, who, style.SOFT, across="right", up="top")


def facts(result) -> str:
    """Return the run in a few figures."""
    weekly = result.weekly_array
    civilians = weekly[:, [Count.CIVILIANS_KILLED, Count.CROSSFIRE]].sum()
    dead = civilians + weekly[:, Count.BATTLE_DEATHS].sum()
    uprooted = weekly[:, [FIRST_STATE + State.HOSTED, FIRST_STATE + State.ABROAD]].sum(axis=1).max()
    words = [
        f"{style.rounded(dead)} dead by violence, {style.rounded(civilians)} of them civilians",
        f"up to {style.rounded(uprooted)} displaced",
    ]
    most = weekly[:, FIRST_STATE + State.DEPLOYED].max()
    words.append(f"up to {style.rounded(most)} peacekeepers" if most > 0 else "no peacekeepers")
    disarmed = weekly[:, Count.DISARMED].sum()
    words += [f"{style.rounded(disarmed)} fighters disarmed"] if disarmed > 0 else []
    last = Stage(int(weekly[-1, FIRST_STATE + State.STAGE]))
    return " · ".join([*words, f"at the end: {style.STAGES[last][0]}"])


def cell_size(maps: int, columns: int, room: float, shape: tuple[int, int]) -> float:
    """Return the side of a cell in inches when maps of a width and height stand in some columns."""
    across = (MAPS - (columns - 1) * GAP) / columns
    up = room / -(-maps // columns) - NAME
    return min(across / shape[0], up / shape[1])


def draw_maps(page: Page, result) -> None:
    """Draw the maps in a grid that suits their number, with the legend below."""
    moments, ground, colours = moments_of(result), ground_of(result), colours_of(result)
    high, wide = ground.base.shape
    room = HIGH - HEAD - LEGEND - 0.32
    columns = max((1, 2), key=lambda n: cell_size(len(moments), n, room, (wide, high)))
    rows = -(-len(moments) // columns)
    cell = cell_size(len(moments), columns, room, (wide, high))
    across, up = cell * wide, cell * high
    scales = scales_of(ground, moments, 72.0 * min(3.0, across, up))
    aside = 0.0 if columns == 2 else 0.5 * (MAPS - across)
    for n, moment in enumerate(moments):
        x = EDGE + aside + (n % columns) * min(MAPS - across, across + 3 * GAP)
        y = HIGH - HEAD - (n // columns) * room / rows - NAME - up
        sheet = Sheet(x, y, high, wide, cell)
        draw_map(page, sheet, ground, moment, result, scales, colours, all_names=n == 0)
    draw_legend(page, (EDGE, 0.2, MAPS, LEGEND), result, ground, moments, scales, colours, cell)


def draw_series(page: Page, result, behind: Sequence[np.ndarray]) -> None:
    """Draw the panels over a shared time axis, with the marks of events and the strip of stages."""
    weekly, panels = result.weekly_array, panels_of(result.weekly_array)
    left = EDGE + MAPS + 0.35 + TICKS
    strip = Frame(left, FOOT - 0.28, WIDE - left - LABELS - 0.1, 0.18, len(weekly))
    marks = marks_of(result)
    at = [float(strip.x(mark.week)) for mark in marks]
    chosen = arrange(page, marks, at, MOST_FLAGS)
    flags = 0.27 + STEP * (1 + max(chosen.values())) if chosen else 0.1
    up = HIGH - HEAD - FOOT - flags
    draw_marks(page, marks, at, chosen, strip.low, FOOT + up + 0.1)
    each = up / len(panels)
    for n, panel in enumerate(panels):
        frame = strip._replace(low=FOOT + up - (n + 1) * each, up=each - 0.27)
        draw_panel(page, panel, weekly, behind, frame)
    stages = weekly[:, FIRST_STATE + State.STAGE].astype(int)
    draw_strip(page, strip, stages, result.scenario.about.start)
