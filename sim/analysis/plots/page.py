"""A page to draw on, measured in inches from its lower left corner.

It draws straight on matplotlib's renderer of pixels: figures and axes take twice as long to import and four times as
long to draw.
"""

from functools import lru_cache
from pathlib import Path as File
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from sim.analysis.plots import letters
from sim.analysis.plots.files import png_of, save_drawing, svg_of

DPI, POINTS = 150, 72.0
HALO, HALO_WIDTH = "#ffffffd9", 2.2
CIRCLE, BOX = Path.unit_circle(), Path.unit_rectangle()

Dash = tuple[float, ...]
Box = tuple[float, float, float, float]  # left, low, right, high


class Shape(NamedTuple):
    """Lines and areas that look alike."""

    path: Path  # in inches
    face: str  # colours are "#rrggbb" or "#rrggbbaa"; "" for none
    edge: str
    width: float  # of the edge, in points
    dash: Dash  # lengths of strokes and gaps, in points
    snap: bool | None  # to whole pixels; None for what is upright or level


class Words(NamedTuple):
    """A line of text."""

    x: float  # left end of the base line
    y: float
    text: str
    size: float  # in points
    weight: str
    colour: str
    halo: bool

    @property
    def extent(self) -> Box:
        """Left, low, right and high end."""
        above, below = letters.height(self.size, self.weight)
        across = letters.width(self.text, self.size, self.weight)
        return self.x, self.y - below, self.x + across, self.y + above


class Page:
    """A drawing that can be saved as PNG or SVG.

    Parameters
    ----------
    across, up : float
        Width and height in inches.
    paper : str
        Its colour.
    """

    def __init__(self, across: float, up: float, paper: str) -> None:
        self.across, self.up = across, up
        self.marks: list[Shape | Words] = []
        self.boxes(0.0, 0.0, across, up, paper)

    def line(self, x, y, colour: str, width: float, dash: Dash = (), *, snap: bool | None = None) -> None:
        """Draw a line through points, broken where one is not a number; dashes are in widths of the line."""
        points = np.column_stack([x, y]).astype(float)
        known = ~np.isnan(points).any(axis=1)
        codes = np.where(known & ~np.append(False, known[:-1]), Path.MOVETO, Path.LINETO)
        path = Path(points[known], codes[known])
        self.marks.append(Shape(path, "", colour, width, tuple(width * part for part in dash), snap))

    def area(self, x, y, colour: str) -> None:
        """Fill what lies inside some points."""
        self.marks.append(Shape(Path(np.column_stack([x, y])), colour, "", 0.0, (), False))

    def boxes(self, left, low, right, high, colour: str, edge: str = "", width: float = 0.0) -> None:
        """Draw rectangles, to whole pixels so that neighbours touch."""
        left, low, right, high = np.broadcast_arrays(*map(np.atleast_1d, (left, low, right, high)))
        corners = np.stack([left, low, right, low, right, high, left, high, left, low], axis=1)
        self._repeat(corners.reshape(-1, 5, 2), Shape(BOX, colour, edge, width, (), True))

    def dots(self, x, y, area, face: str, edge: str = "", width: float = 0.0, *, apart: bool = False) -> None:
        """Draw round marks.

        Parameters
        ----------
        x, y : array
            Centres.
        area : array
            Square points of the square around each.
        face, edge : str
        width : float
            Of the edge, in points.
        apart : bool
            Each over the ones before, rather than all as one shape.
        """
        radius = 0.5 * np.sqrt(np.atleast_1d(area)) / POINTS
        centre = np.column_stack([np.atleast_1d(x), np.atleast_1d(y)])
        circles = centre[:, None, :] + radius[:, None, None] * CIRCLE.vertices
        for part in circles[:, None] if apart else [circles]:
            self._repeat(part, Shape(CIRCLE, face, edge, width, (), False))

    def _repeat(self, points: np.ndarray, look: Shape) -> None:
        """Draw a form several times; ``points`` has those of each."""
        if len(points):
            path = Path(points.reshape(-1, 2), np.tile(look.path.codes, len(points)))
            self.marks.append(look._replace(path=path))

    def write(
        self, x: float, y: float, text: str, colour: str, size: float = 9.0, weight: str = "normal", *,
        across: str = "left", up: str = "base", halo: bool = False, behind: str = "",
    ) -> None:  # fmt: skip
        """Write a line of text.

        Parameters
        ----------
        x, y : float
        text, colour : str
        size : float
            In points.
        weight : str
            ``normal`` or ``bold``.
        across : str
            What of the text is at ``x``: ``left``, ``middle`` or ``right``.
        up : str
            What of it is at ``y``: its ``base`` line, ``top``, ``middle`` or ``foot``.
        halo : bool
            Give the letters a white edge.
        behind : str
            A colour for the ground under the text.
        """
        above, below = letters.height(size, weight)
        x -= {"left": 0.0, "middle": 0.5, "right": 1.0}[across] * letters.width(text, size, weight)
        y -= {"base": 0.0, "top": above, "middle": 0.5 * above, "foot": -below}[up]
        words = Words(x, y, text, size, weight, colour, halo)
        if behind:
            left, low, right, high = words.extent
            self.boxes(left - 0.01, low - 0.01, right + 0.01, high + 0.01, behind)
        self.marks.append(words)

    def width(self, text: str, size: float = 9.0, weight: str = "normal") -> float:
        """Return the width of some words in inches."""
        return letters.width(text, size, weight)

    def texts(self) -> list[Words]:
        """Return all that is written on the page."""
        return [mark for mark in self.marks if isinstance(mark, Words)]

    def save(self, path: str | File) -> None:
        """Write the page as PNG or SVG, by the suffix of the path; the same page gives the same bytes."""
        save_drawing(self, path)

    def png(self) -> bytes:
        """Return the page as a PNG file."""
        renderer = RendererAgg(round(self.across * DPI), round(self.up * DPI), DPI)
        for mark in self.marks:
            for shape in shapes_of(mark) if isinstance(mark, Words) else [mark]:
                draw(renderer, shape)
        return png_of(np.asarray(renderer.buffer_rgba())[:, :, :3], DPI)

    _repr_png_ = png  # what notebooks ask for

    def svg(self) -> bytes:
        """Return the page as an SVG file, with its text as text."""
        return svg_of(self)


def shapes_of(words: Words) -> list[Shape]:
    """Return the letters of a line of text, over their halo if they have one."""
    # On whole pixels the base line is sharp.
    path = letters.outline(words.text, words.size, words.weight, words.x, round(words.y * DPI) / DPI)
    look = Shape(path, words.colour, "", 0.0, (), False)
    return [look._replace(face="", edge=HALO, width=HALO_WIDTH), look] if words.halo else [look]


def draw(renderer: RendererAgg, shape: Shape) -> None:
    """Draw a shape in pixels."""
    pen = renderer.new_gc()
    pen.set_linewidth(shape.width if shape.edge else 0.0)
    pen.set_foreground(rgba(shape.edge or shape.face), isRGBA=True)
    pen.set_dashes(0.0, shape.dash or None)
    pen.set_snap(shape.snap)
    renderer.draw_path(pen, shape.path, Affine2D().scale(DPI), rgba(shape.face) if shape.face else None)
    pen.restore()


@lru_cache(maxsize=256)
def rgba(colour: str) -> tuple[float, ...]:
    """Return the shares of red, green, blue and cover of a colour."""
    return tuple(part / 255.0 for part in bytes.fromhex(f"{colour[1:]}ff")[:4])


def faded(colour: str, cover: float) -> str:
    """Return a colour that lets through what lies behind it."""
    return f"{colour[:7]}{round(255 * cover):02x}"
