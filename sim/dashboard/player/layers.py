"""Map layers of the player: what each shows, in which fixed range, and how it becomes one byte a cell and week."""

from typing import Any, NamedTuple

import numpy as np

from sim.world.series import Layer

LEVELS = 255


class Shown(NamedTuple):
    """One layer that the player can show.

    Parameters
    ----------
    id, title, unit, low_word, high_word
        Names for the page.
    scale
        ``linear``, ``sqrt`` or ``log``: how values go to colours. ``log`` keeps 0 apart from the lowest value.
    low, high
        Fixed range, the same for every run, so that two maps can be compared; what lies outside is drawn at the end.
    ramp
        Stops of its colours from low to high, dark to light or light to dark in one direction.
    """

    id: str
    title: str
    unit: str
    scale: str
    low: float
    high: float
    ramp: tuple[str, ...]
    ramp_dark: tuple[str, ...]
    explains: str


BURN = ("#fdf6ec", "#fbdcae", "#f7b267", "#ec7f45", "#cf4a3c", "#96213f", "#4f0f35")
BLUES = ("#f4f7fa", "#d3e3f1", "#9fc6e4", "#5a9fd0", "#2473ac", "#0e4a80", "#08284d")
CIVIDIS = ("#00224e", "#2f4371", "#5b6173", "#7d7c78", "#a69d75", "#d3c164", "#fee838")
PLUM = ("#f8f5fa", "#ded3ea", "#bda4d3", "#9a74ba", "#77469c", "#532275", "#2d0b47")
GREENS = ("#f5f8f2", "#d2e6cd", "#a0cda0", "#63ac78", "#2f8a5c", "#136242", "#073b28")
OCHRE = ("#faf7ef", "#efe0b9", "#dfc076", "#c59a3f", "#9c7424", "#6c4d17", "#3d2a0c")

# On a dark page, nothing is dark and much is bright.
NIGHT = {
    BURN: ("#3a363c", "#63303f", "#963449", "#c9483f", "#ee8043", "#f9bd66", "#fff3c4"),
    BLUES: ("#333b45", "#1d4a70", "#1a5f95", "#3c89c4", "#74b3e2", "#b2d6f1", "#f0f8ff"),
    CIVIDIS: CIVIDIS,
    PLUM: ("#3a3542", "#523068", "#6d3b8e", "#9661b5", "#bb8fd2", "#dcc0e8", "#faf2ff"),
    GREENS: ("#343c38", "#1c5338", "#1b6b45", "#3b9464", "#76b98c", "#b3dab8", "#effaee"),
    OCHRE: ("#3b3932", "#5c481d", "#7e5e1d", "#b0862f", "#d5ae58", "#eed59a", "#fff6de"),
}


def shown(id: str, title: str, unit: str, scale: str, low: float, high: float, ramp: Any, explains: str) -> Shown:
    """Describe a layer with its colours by day and by night."""
    return Shown(id, title, unit, scale, low, high, ramp, NIGHT[ramp], explains)


VALUE_LAYERS: tuple[Shown, ...] = (
    shown("violence", "Violence", "deaths per 1,000 people, recent", "log", 0.02, 3.0, BURN,
          "Recent deaths by violence per 1,000 people, fading over weeks."),
    shown("displacement", "Displacement", "share of people present", "sqrt", 0.0, 0.6, OCHRE,
          "Displaced people who stay here, as a share of everybody present."),
    shown("presence", "Presence", "effective peacekeepers", "log", 0.5, 1000.0, BLUES,
          "Peacekeepers at work in the cell, patrols from nearby bases included."),
    shown("trust", "Trust", "index, 0 to 1", "linear", 0.0, 1.0, CIVIDIS,
          "Trust in the mission; trust in the state where there is no mission."),
    shown("fear", "Fear", "index, 0 to 1", "sqrt", 0.0, 0.9, PLUM, "Fear of violence among the people."),
    shown("institutions", "Institutions", "index, 0 to 1", "linear", 0.0, 1.0, GREENS,
          "Working police, courts, administration and services."),
    shown("need", "Need", "index, 0 to 1", "sqrt", 0.0, 0.5, OCHRE, "Unmet humanitarian need."),
    shown("people", "People", "people present", "log", 100.0, 2e6, BLUES, "Residents, displaced people and refugees."),
)  # fmt: skip


def layer_values(maps: np.ndarray, id: str, *, mission: bool) -> np.ndarray:
    """Return what a layer shows, from the kept maps.

    Parameters
    ----------
    maps : array (frames, layers, cells)
        As in ``Result.cells.array``.
    id : str
        Of one of ``VALUE_LAYERS``.
    mission : bool
        Whether the country has a mission; trust is then trust in it, else in the state.
    """
    if id == "displacement":
        return maps[:, Layer.DISPLACED] / np.maximum(1.0, maps[:, Layer.PEOPLE])
    column = {
        "violence": Layer.VIOLENCE,
        "presence": Layer.PRESENCE,
        "trust": Layer.TRUST if mission else Layer.TRUST_STATE,
        "fear": Layer.FEAR,
        "institutions": Layer.INSTITUTIONS,
        "need": Layer.NEED,
        "people": Layer.PEOPLE,
    }[id]
    return maps[:, column]


def to_bytes(values: np.ndarray, layer: Shown) -> np.ndarray:
    """Turn values into bytes, 0 at the low end of the layer's range and 255 at its high end.

    On a ``log`` scale 0 is kept for values under half the lowest one, and 1 stands for the lowest.
    """
    if layer.scale == "log":
        nothing = 0.5 * layer.low
        level = np.log(np.maximum(values, nothing) / layer.low, dtype=np.float32)
        level *= (LEVELS - 1) / np.log(layer.high / layer.low)
        level += 1.5
        np.clip(level, 1.0, LEVELS, out=level)
        level[values < nothing] = 0.0
        return level.astype(np.uint8)
    part = np.subtract(values, layer.low, dtype=np.float32)
    part /= layer.high - layer.low
    np.clip(part, 0.0, 1.0, out=part)
    if layer.scale == "sqrt":
        np.sqrt(part, out=part)
    part *= LEVELS
    part += 0.5
    return part.astype(np.uint8)


def from_bytes(levels: np.ndarray, layer: Shown) -> np.ndarray:
    """Return the values that bytes stand for; the inverse of `to_bytes` up to its steps."""
    part = levels.astype(np.float64)
    if layer.scale == "log":
        value = layer.low * (layer.high / layer.low) ** ((part - 1.0) / (LEVELS - 1))
        return np.where(levels == 0, 0.0, value)
    part = part / LEVELS
    part = part * part if layer.scale == "sqrt" else part
    return layer.low + part * (layer.high - layer.low)


def layer_cards() -> list[dict[str, Any]]:
    """Describe the layers for the page."""
    return [layer._asdict() for layer in VALUE_LAYERS]
