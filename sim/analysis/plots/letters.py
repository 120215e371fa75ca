"""Letters as outlines: measured and drawn without a renderer's help, each read from the font once."""

import threading
from functools import lru_cache
from itertools import pairwise
from pathlib import Path as File
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.ft2font import FT2Font, Kerning, LoadFlags
from matplotlib.path import Path

# Fonts that matplotlib brings, so that every machine draws the same page.
FONTS = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
FINE = 100.0  # size in which letters are read, in points
POINTS = 72.0  # in an inch
_one_letter = threading.Lock()


class Letter(NamedTuple):
    """One letter at a size of one point."""

    points: np.ndarray  # (n, 2) outline, in inches
    codes: np.ndarray  # (n,) as in matplotlib's paths
    across: float  # to where the next letter begins, in inches


@lru_cache(maxsize=4)
def _face(weight: str) -> FT2Font:
    face = FT2Font(str(File(mpl.get_data_path(), "fonts", "ttf", FONTS[weight])))
    face.set_size(FINE, POINTS)
    return face


@lru_cache(maxsize=4096)
def letter(character: str, weight: str) -> Letter:
    """Return one letter of a weight."""
    face = _face(weight)
    with _one_letter:  # a face holds one letter at a time
        # What the font lacks, as Chinese or emoji, has number 0 in it: an empty box.
        glyph = face.load_glyph(face.get_char_index(ord(character)), flags=LoadFlags.NO_HINTING)
        points, codes = face.get_path()
    return Letter(points / FINE / POINTS, codes, glyph.linearHoriAdvance / 65536.0 / FINE / POINTS)


@lru_cache(maxsize=4096)
def gap(left: str, right: str, weight: str) -> float:
    """Return how much further apart two letters stand than usual, in inches at a size of one point."""
    face = _face(weight)
    pair = face.get_char_index(ord(left)), face.get_char_index(ord(right))
    return face.get_kerning(*pair, Kerning.UNFITTED) / 64.0 / FINE / POINTS


def starts(text: str, weight: str) -> list[float]:
    """Return where each letter of a line begins, and where the last one ends, at a size of one point."""
    at = [0.0]
    for here, after in pairwise(f"{text} "):
        at.append(at[-1] + letter(here, weight).across + gap(here, after, weight))
    return at


def width(text: str, size: float, weight: str) -> float:
    """Return the width of a line of text in inches."""
    return size * starts(text, weight)[-1]


@lru_cache(maxsize=64)
def height(size: float, weight: str) -> tuple[float, float]:
    """Return how far letters reach above and below their base line, in inches."""
    points = np.concatenate([letter(character, weight).points for character in "lp"])
    return size * float(points[:, 1].max()), -size * float(points[:, 1].min())


def outline(text: str, size: float, weight: str, x: float, y: float) -> Path:
    """Return the outlines of a line of text whose base line begins at a place, in inches."""
    letters = [letter(character, weight) for character in text]
    places = starts(text, weight)
    points = [size * (each.points + (at, 0.0)) for each, at in zip(letters, places, strict=False)]
    return Path(
        np.concatenate([np.empty((0, 2)), *points]) + (x, y), np.concatenate([[], *(each.codes for each in letters)])
    )
