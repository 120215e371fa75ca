"""Pages as files: PNG from pixels, SVG from shapes and words."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path as File
from xml.sax.saxutils import escape

import numpy as np
from matplotlib.path import Path

from sim import __version__

MADE_BY = f"peacekeeping-sim {__version__}"
POINTS = 72.0
FAMILY = "'DejaVu Sans', Verdana, sans-serif"
LETTER = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


def save_drawing(drawing, path: str | File) -> None:
    """Write what has ``png()`` and ``svg()`` as one of them, by the suffix of the path."""
    path = File(path)
    made = {".png": drawing.png, ".svg": drawing.svg}.get(path.suffix.lower())
    if made is None:
        raise ValueError(f"a figure is saved as .png or .svg, not {path.suffix or 'without a suffix'}")
    path.write_bytes(made())


def png_of(pixels: np.ndarray, dpi: float) -> bytes:
    """Return an image as a PNG file.

    Parameters
    ----------
    pixels : array of uint8 (rows, columns, 3)
        Flat colours: lines are stored as they are, which packs them better than PNG's filters do, and faster.
    dpi : float
    """
    rows, columns, _ = pixels.shape
    lines = np.zeros((rows, 1 + 3 * columns), dtype=np.uint8)
    lines[:, 1:] = pixels.reshape(rows, -1)
    per_metre = round(dpi / 0.0254)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        (b"tEXt", b"Software\0" + MADE_BY.encode("latin-1")),
        (b"IDAT", zlib.compress(lines, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def svg_of(page) -> bytes:
    """Return a page as an SVG file, measured in points."""
    wide, high = POINTS * page.across, POINTS * page.up
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<!-- {MADE_BY} -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}pt" height="{high:g}pt" '
        f'viewBox="0 0 {wide:g} {high:g}" font-family="{FAMILY}" stroke-linejoin="round">',
        *(line for mark in page.marks for line in (_text(mark, high) if hasattr(mark, "text") else _path(mark, high))),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _path(shape, high: float) -> Iterator[str]:
    points = np.array([0.0, high]) + POINTS * shape.path.vertices * (1.0, -1.0)
    kinds = Path.LINETO if shape.path.codes is None else shape.path.codes
    words, before = [], Path.STOP
    for (x, y), kind in zip(points, np.broadcast_to(kinds, len(points)), strict=True):
        if kind == Path.CLOSEPOLY:
            words.append("Z")
        else:
            # Points of a curve follow its letter; a first point is moved to.
            letter = LETTER[kind if words else Path.MOVETO]
            words.append(f"{letter if kind != before or letter == 'M' else ''}{x:.2f} {y:.2f}")
        before = kind if words[1:] else Path.MOVETO
    look = _paint("fill", shape.face) + _paint("stroke", shape.edge)
    if shape.edge:
        look += f' stroke-width="{shape.width:g}"'
    if shape.dash:
        look += f' stroke-dasharray="{" ".join(f"{part:g}" for part in shape.dash)}"'
    if shape.snap:
        look += ' shape-rendering="crispEdges"'
    yield f'<path d="{" ".join(words)}"{look}/>'


def _text(words, high: float) -> Iterator[str]:
    left, _, right, _ = (POINTS * side for side in words.extent)
    place = f'x="{left:.2f}" y="{high - POINTS * words.y:.2f}"'
    look = f'font-size="{words.size:g}" font-weight="{words.weight}" textLength="{right - left:.2f}"'
    if words.halo:
        halo = f'{_paint("fill", "")}{_paint("stroke", "#ffffffd9")} stroke-width="2.2"'
        yield f"<text {place} {look}{halo}>{escape(words.text)}</text>"
    yield f"<text {place} {look}{_paint('fill', words.colour)}>{escape(words.text)}</text>"


def _paint(what: str, colour: str) -> str:
    """Say the colour of a face or an edge."""
    if len(colour) > len("#rrggbb"):
        return f' {what}="{colour[:7]}" {what}-opacity="{int(colour[7:], 16) / 255:.3g}"'
    return f' {what}="{colour or "none"}"'
