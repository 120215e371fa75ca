"""A chart of a study, as PNG or SVG: matplotlib's figure without a window, in the colours of the house."""

import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter

from sim.analysis.plots import style
from sim.analysis.plots.files import MADE_BY, png_of, save_drawing

COLOURS = (style.BLUE, style.ORANGE, style.GREEN, style.GREY, "#8f4f9f", "#9a7d0a", "#b0475f", "#3f8fa8")
DASHES: tuple[str | tuple[int, tuple[float, ...]], ...] = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.2, 1.5, 1.2)))
DPI = 150
LARGE = 1e5  # from which numbers along an axis are shortened
SIZES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
LOOK = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": style.SOFT,
    "axes.labelcolor": style.INK,
    "axes.titlesize": 10.0,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titlecolor": style.INK,
    "axes.grid": False,
    "grid.color": style.FAINT,
    "grid.linewidth": 0.6,
    "xtick.color": style.SOFT,
    "ytick.color": style.SOFT,
    "xtick.labelcolor": style.INK,
    "ytick.labelcolor": style.INK,
    "legend.frameon": False,
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "peacekeeping-sim",
    "axes.formatter.useoffset": False,
}


class Chart:
    """A figure with its axes, drawn in the house's style whatever the user's settings.

    Parameters
    ----------
    across, up : float
        Inches.
    title : str
    rows, columns : int
        Panels.
    """

    def __init__(self, across: float, up: float, title: str = "", rows: int = 1, columns: int = 1) -> None:
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(LOOK)
            self.figure = Figure(figsize=(across, up), dpi=DPI, layout="constrained")
            self.canvas = FigureCanvasAgg(self.figure)
            self.panels = self.figure.subplots(rows, columns, squeeze=False)
            if title:
                wide = max(20, int(across * 11))
                lines = [line for part in clean(title).split("\n") for line in textwrap.wrap(part, wide)]
                words = "\n".join(lines[:3])
                self.figure.suptitle(words, x=0.01, ha="left", fontsize=11.0, fontweight="bold", color=style.INK)
        self.title = title

    @property
    def axes(self):
        """The first panel."""
        return self.panels[0, 0]

    def key(self, axes, title: str = "") -> None:
        """Name the lines of a panel on its right."""
        axes.legend(title=title or None, loc="upper left", bbox_to_anchor=(1.0, 1.0), alignment="left", frameon=False)

    def png(self) -> bytes:
        """Return the chart as a PNG file."""
        return self._pixels

    def svg(self) -> bytes:
        """Return the chart as an SVG file with its text as text; the same chart gives the same bytes."""
        return self._shapes

    @cached_property
    def _pixels(self) -> bytes:
        for axis in (axis for axes in self.figure.axes for axis in (axes.xaxis, axes.yaxis)):
            shorten_ticks(axis)
        with self._drawing():
            self.canvas.draw()
        self.figure.set_layout_engine("none")  # laid out by now, once for every format
        # Straight from the pixels: saving through matplotlib draws everything twice.
        return png_of(np.asarray(self.canvas.buffer_rgba())[:, :, :3], DPI)

    @cached_property
    def _shapes(self) -> bytes:
        self.png()  # always first, since drawing moves things a little
        out = io.BytesIO()
        with self._drawing():
            FigureCanvasSVG(self.figure).print_svg(out, metadata={"Date": None, "Creator": MADE_BY})
        self.figure.set_canvas(self.canvas)
        return out.getvalue()

    def save(self, path: str | Path) -> None:
        """Write the chart as PNG or SVG, by the suffix of the path."""
        save_drawing(self, path)

    _repr_png_ = png  # what notebooks ask for

    @contextmanager
    def _drawing(self) -> Iterator[None]:
        for words in self.figure.findobj(Text):
            words.set_parse_math(False)  # a dollar sign in a name is a dollar sign
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(LOOK)
            yield


def shorten_ticks(axis) -> None:
    """Write large numbers along an axis as 2M or 3bn; others stay as they are."""
    top, places = np.abs(axis.get_view_interval()).max(), axis.get_majorticklocs()
    plain = isinstance(axis.get_major_formatter(), ScalarFormatter) and axis.get_scale() == "linear"
    if top < LARGE or not plain or len(places) < 2:
        return
    size, letter = next((size, letter) for size, letter in SIZES if top >= size)
    # As many decimals as tell neighbours apart.
    decimals = max(0, -int(np.floor(np.log10(np.diff(places).min() / size) + 1e-9)))
    axis.set_major_formatter(lambda value, _: f"{value / size:.{decimals}f}{letter}" if value else "0")


def clean(words: object) -> str:
    """Return words without control characters, which no font draws and no SVG may hold."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in str(words))


def short(words: object, most: int = 34) -> str:
    """Return a label that fits beside an axis, with its unit where there is room."""
    plain = " ".join(clean(words).replace("_", " ").split())
    return plain if len(plain) <= most else style.shorten(plain, most)


def fold(words: object, most: int = 26) -> str:
    """Return a label in at most two lines."""
    lines = textwrap.wrap(clean(words).replace("_", " "), most) or [""]
    return "\n".join(lines if len(lines) <= 2 else [lines[0], style.shorten(" ".join(lines[1:]), most)])


def level_words(level: object) -> str:
    """Write a level of a factor."""
    return f"{level:.4g}" if isinstance(level, float) else clean(level).replace("_", " ")


def list_rows(axes, labels: Sequence[str]) -> None:
    """Name the rows of a panel, the first on top, with a grid behind them."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def reach(table: pd.DataFrame, middle: str, low: str = "low", high: str = "high") -> np.ndarray:
    """Return how far the ends of intervals lie from their middle, (2, rows), as error bars want it; 0 if unknown."""
    return np.nan_to_num(np.abs(table[[low, high]].to_numpy() - table[[middle]].to_numpy()).T)
