"""From a phone to a wall: nothing is cut off, everything can be read, and everything has a name."""

import re
from typing import Any

import pytest

from tests.browser.conftest import closed, new_page
from tests.support.pages import opened, settled, tab, wait_for_cards

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = [(390, 844), (1024, 768), (1440, 900), (1920, 1080), (3840, 2160)]
KINDS = "button|slider|tab|textbox|combobox|checkbox|switch|radio|spinbutton"
NAMELESS = re.compile(rf'^\s*- (?:{KINDS})\b(?! ").*', re.MULTILINE)

# Contrast of each visible text with the nearest background behind it.
FAINT = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const part = (x) => ((x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null;
      const colour = parse(style.backgroundColor);
      if (colour.length === 3 || colour[3] > 0.99) return colour;
      if (colour[3] > 0) return null;
    }
    return [255, 255, 255];
  };
  const faint = new Set();
  let seen = 0;
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest("[disabled], option, svg, [hidden]")) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (!box.width || !box.height || style.visibility !== "visible" || style.opacity !== "1") continue;
    const paper = behind(element);
    if (!paper) continue;
    seen += 1;
    const [a, b] = [light(parse(style.color)), light(paper)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    const name = element.className || element.tagName;
    if (ratio < (large ? 3 : 4.5)) faint.add(`${name} ${style.color} ${ratio.toFixed(2)}`);
  }
  return { faint: [...faint], seen };
}"""


@pytest.fixture(scope="module")
def still(chromium_found: Any, served: tuple[str, Any]) -> Any:
    """A page for those who want no motion."""
    here = opened(new_page(chromium_found, reduced_motion="reduce"), f"{served[0]}/?scenario=ceasefire_line&week=100")
    wait_for_cards(here)
    settled(here)
    yield here
    closed(here)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_off(still: Any, width: int, height: int) -> None:
    still.set_viewport_size({"width": width, "height": height})
    still.wait_for_timeout(600)
    assert still.evaluate("document.documentElement.scrollWidth") <= width
    boxes = still.evaluate("[...document.querySelectorAll('canvas.pk-map')].map((map) => map.clientWidth)")
    assert min(box for box in boxes if box) >= 0.15 * width  # a phone shows one map at a time
    wide = still.evaluate(
        """() => [...document.querySelectorAll(".lab-button, .card, .lever, .tab, .pk-button")]
            .filter((each) => each.scrollWidth > each.clientWidth + 2 && each.clientWidth > 0)
            .map((each) => each.className + ": " + each.textContent.slice(0, 40))"""
    )
    assert wide == []
    if width >= 1200:  # one screen: the page itself does not scroll
        assert still.evaluate("document.documentElement.scrollHeight") <= height
    used = still.evaluate("document.querySelector('.lab-columns').getBoundingClientRect().width")
    assert used >= 0.95 * min(width, 2200) - 30
    if width >= 3000:
        assert used >= 0.9 * width
        size = still.evaluate("document.querySelector('.lever-name').getBoundingClientRect().height")
        assert size >= 24.0, "too small for the far end of a room"


def test_everything_can_be_read_and_has_a_name(still: Any) -> None:
    still.set_viewport_size({"width": 1280, "height": 800})
    for name in ("Outcomes", "Why?", "Learn", "Files"):
        tab(still, name)
        still.wait_for_timeout(300)
        found = still.evaluate(FAINT)
        assert found["seen"] > 60
        assert found["faint"] == []
        tree = still.locator("main").aria_snapshot()
        nameless = NAMELESS.findall(tree)
        assert nameless == []
    assert still.wrong == []


def test_nothing_moves_by_itself(still: Any) -> None:
    assert still.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert not still.evaluate("window.__player.playing")
    moving = (
        "[...document.querySelectorAll('.lab *')].filter((e) => getComputedStyle(e).animationName !== 'none').length"
    )
    assert still.evaluate(moving) == 0


def test_large_type_is_larger(still: Any) -> None:
    size = "document.querySelector('.lever-name').getBoundingClientRect().height"
    title = "parseFloat(getComputedStyle(document.querySelector('.pk-map-title')).fontSize)"
    before, title_before = still.evaluate(size), still.evaluate(title)
    still.get_by_role("button", name="Large type").click()
    still.locator(".lab.large").wait_for()
    assert still.evaluate(size) >= 1.2 * before
    still.locator(".pk-root.pk-big").wait_for()
    assert still.evaluate(title) >= 1.2 * title_before, "the names of the worlds over the maps"
    still.get_by_role("button", name="Large type").click()
    still.locator(".pk-root.pk-big").wait_for(state="detached")


def test_a_place_that_is_clicked_is_told_in_view(still: Any) -> None:
    still.set_viewport_size({"width": 1280, "height": 800})
    still.wait_for_timeout(600)
    box = still.locator("canvas.pk-map").first.bounding_box()
    still.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    panel = still.locator(".pk-cell-panel")
    panel.get_by_role("heading", name="Who is there").wait_for()
    box = panel.bounding_box()
    assert box["y"] >= 0.0
    assert box["y"] + box["height"] <= 800.0
    assert still.locator(".pk-play").bounding_box()["y"] < box["y"], "below what plays, not under the charts"
    panel.get_by_role("button", name="Close this place").click()


def test_maps_time_line_and_what_plays_fit_in_one_screen(still: Any) -> None:
    still.set_viewport_size({"width": 1280, "height": 800})
    settled(still)
    still.evaluate("document.querySelector('.middle').scrollTop = 0")
    line = still.locator(".pk-timeline").bounding_box()
    assert line["y"] + line["height"] <= 800.0


def test_the_menu_of_the_map_closes_on_escape_and_on_a_click_elsewhere(still: Any) -> None:
    menu = still.locator(".pk-show summary")
    opened = "document.querySelector('.pk-show').open"
    for close in (lambda: still.keyboard.press("Escape"), lambda: still.locator(".pk-date").click()):
        menu.click()
        assert still.evaluate(opened)
        close()
        assert not still.evaluate(opened)


def test_all_of_it_is_printed_and_nothing_to_press(still: Any) -> None:
    still.set_viewport_size({"width": 1280, "height": 800})
    tab(still, "Outcomes")
    wait_for_cards(still)
    still.emulate_media(media="print")
    cut = "['.lab-app', '.middle', '.right'].filter((name) => {"
    cut += " const box = document.querySelector(name); return box.scrollHeight > box.clientHeight + 2; })"
    assert still.evaluate(cut) == []
    assert still.locator(".pk-date").is_visible(), "which week it is"
    assert still.locator(".card").last.is_visible()
    assert still.locator(".lab-button:visible, .pk-button:visible, .pk-choice:visible, .tab:visible").count() == 0
    still.emulate_media(media="screen")
