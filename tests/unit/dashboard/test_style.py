"""The style sheets: whether text can be read, and whether what moves can be stopped."""

import re
from itertools import product
from pathlib import Path

import pytest

from sim.dashboard.player.bundle import player_styles

STYLE = (Path(__file__).resolve().parents[3] / "sim" / "dashboard" / "style.css").read_text(encoding="utf-8")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
HEX = r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b"
AA, AA_PARTS = 4.5, 3.0  # of text; of marks and frames that say something (WCAG 2.2, 1.4.3 and 1.4.11)
PAPERS = ("#ffffff", "#eef1f4")  # panels, and the page behind them


def light(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255.0 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_guideline() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


def test_text_stands_out_from_what_is_behind_it() -> None:
    faint, looked_at = [], 0
    for selector, body in RULE.findall(re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)):
        said = re.search(rf"(?<![-\w])color:\s*({HEX})", body)
        behind = re.search(rf"background:\s*({HEX})", body)
        if said is None:
            continue
        chosen = ("#0b3d6e",) if light(said[1]) > 0.5 else PAPERS  # light letters stand on what is chosen
        for paper in (behind[1],) if behind else chosen:
            looked_at += 1
            if contrast(said[1], paper) < AA:
                faint.append(f"{selector.strip()}: {said[1]} on {paper}")
    assert faint == []
    assert looked_at > 40


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_player_can_be_read_in_both_themes(theme: str) -> None:
    styles = player_styles()
    block = RULE.search(styles[styles.index('.pk-root[data-theme="dark"]') :] if theme == "dark" else styles)
    assert block is not None
    colours = dict(re.findall(rf"--(\w+):\s*({HEX})", block[2]))
    for ink, paper in product(("ink", "soft", "a", "b"), ("paper", "wash")):
        assert contrast(colours[ink], colours[paper]) >= AA, f"{ink} on {paper}"
    assert contrast(colours["onstrong"], colours["strong"]) >= AA
    assert contrast(colours["focus"], colours["paper"]) >= AA_PARTS
    assert contrast(colours["ink"], colours["note"]) >= AA


def test_nothing_moves_where_no_motion_is_wanted() -> None:
    moving = [selector for selector, body in RULE.findall(STYLE) if re.search(r"animation:(?!\s*none)", body)]
    stopped = STYLE[STYLE.index("prefers-reduced-motion: reduce") :]
    assert moving
    for selector in moving:
        name = selector.strip().rpartition("\n")[2].strip()
        assert f"{name} {{ animation: none" in stopped, f"{name} moves for everybody"


def test_the_focus_can_be_seen() -> None:
    rings = re.findall(rf":focus[-\w]*[^{{}}]*\{{\s*outline:\s*3px solid ({HEX})", STYLE)
    assert rings
    for ring, paper in product(rings, PAPERS):
        assert contrast(ring, paper) >= AA_PARTS
