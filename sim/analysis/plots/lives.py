"""The map of where lives were saved: marks whose area goes with the civilians whose deaths were averted."""

from types import SimpleNamespace

import numpy as np

from sim.analysis.compare.sides import put
from sim.analysis.plots import style
from sim.analysis.plots.charts import TITLE
from sim.analysis.plots.legend import scale_bar
from sim.analysis.plots.maps import gather, ground_of, tile
from sim.analysis.plots.page import Page, faded
from sim.analysis.plots.places import Sheet, name_places
from sim.world.build import build_world

CLEAR = 1.96  # standard errors from zero, beyond which a difference is told from chance
LARGEST = 0.17  # of the shorter side of the map: widest mark
LEAST = 1.5  # square points: smaller marks are left out
LAND = "#f3f1ea"
LONGEST_NAME = 12  # letters
KEY = 0.68  # inches below the map


def draw_lives(page: Page, comparison, box: tuple[float, float, float, float], colours: tuple[str, str]) -> None:
    """Draw the map with its key into a box: left, low, width and height.

    Parameters
    ----------
    page : Page
    comparison : Comparison
        With ``lives``.
    box : tuple of float
    colours : tuple of str
        For cells where the first side averts deaths, and for those where more die on it.
    """
    left, low, across, up = box
    place = SimpleNamespace(scenario=comparison.first, world=build_world(comparison.first, comparison.seeds[0]))
    ground = ground_of(place)
    high, wide = ground.base.shape
    cell = min(across / wide, (up - KEY - 0.25) / high)
    sheet = Sheet(left + 0.5 * (across - cell * wide), low + KEY, high, wide, cell)
    shown = ground.base.copy()
    shown[ground.row, ground.column] = 2
    tile(page, sheet, shown, [style.SEA, style.ABROAD, LAND])
    page.line(sheet.x(ground.borders[:, 0]), sheet.y(ground.borders[:, 1]), "#ffffff", 0.8, snap=True)
    page.line(sheet.x(ground.outline[:, 0]), sheet.y(ground.outline[:, 1]), style.COAST, 0.7, snap=True)
    lives = comparison.lives
    averted, error = lives.averted, lives.standard_error
    most = max(float(np.abs(averted).max(initial=0.0)), 1e-9)
    scale = (72.0 * LARGEST * min(sheet.across, sheet.up)) ** 2 / most
    clear = np.abs(averted) > CLEAR * error
    for sign, colour in zip((1.0, -1.0), colours, strict=True):
        for told in (False, True):
            x, y, value = gather(ground, np.where(clear == told, np.maximum(sign * averted, 0.0), 0.0))
            seen = value * scale >= LEAST
            face, edge = (faded(colour, 0.72), "#ffffff") if told else ("", faded(colour, 0.9))
            at = sheet.x(x[seen]), sheet.y(y[seen])
            page.dots(*at, value[seen] * scale, face, edge, 0.5 if told else 0.9, apart=told)
    name_places(page, sheet, place, ground, all_names=True)
    page.boxes(sheet.left, sheet.low, sheet.left + sheet.across, sheet.low + sheet.up, "", style.FAINT, 0.8)
    style.entitle(
        page,
        left,
        sheet.low + sheet.up + TITLE,
        "Where lives were saved and lost",
        "civilians, mean difference of pairs",
    )
    draw_key(page, (left, low), most, scale, colours, put(comparison.names[0]))
    scale_bar(page, left + across - 2.1, low + 0.12, ground, cell, 1.0)


def draw_key(page: Page, at: tuple[float, float], most: float, scale: float, colours, name: str) -> None:
    """Draw marks of round sizes and say what their looks mean."""
    left, low = at
    x, y = left, low + 0.5
    name = name if len(name) <= LONGEST_NAME else "(blue side)"
    rows = (f"fewer killed {name}", f"more killed {name}")
    for words, colour in zip(rows, colours, strict=True):
        page.dots(x + 0.07, y, 60.0, faded(colour, 0.72), "#ffffff", 0.5)
        page.write(x + 0.2, y, words, style.INK, up="middle")
        x += 0.36 + page.width(words)
    page.dots(x + 0.07, y, 50.0, "", style.GREY, 0.9)
    page.write(x + 0.2, y, "within chance", style.INK, up="middle")
    value, x = style.round_down(most / 4.0) if most >= 4.0 else most / 4.0, left
    for size in (value, value / 10.0):
        half = 0.5 * np.sqrt(size * scale) / 72.0
        page.dots(x + half, low + 0.16, size * scale, "", style.INK, 0.8)
        words = style.rounded(size) if size >= 1.0 else f"{size:.1g}"
        page.write(x + 2.0 * half + 0.06, low + 0.16, words, style.INK, up="middle")
        x += 2.0 * half + page.width(words) + 0.25
    page.write(x, low + 0.16, "people", style.SOFT, up="middle")
