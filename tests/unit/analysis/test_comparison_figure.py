"""The page of a comparison: everything on it, nothing over the edge or over each other."""

import itertools

import numpy as np
import pytest

from sim import compare
from sim.analysis.compare.weekly import THEMES, Fan
from sim.analysis.plots.charts import Frame
from sim.analysis.plots.fans import round_steps, span
from sim.analysis.plots.ratios import Axis, percents
from sim.scenario.load import load_scenario


@pytest.fixture(scope="module")
def comparison(root):
    valley = load_scenario(root / "tests" / "cli" / "valley.toml")
    return compare(valley, valley.without_mission(), replicates=8)


@pytest.fixture(scope="module")
def page(comparison):
    return comparison.plot()


@pytest.fixture(scope="module")
def crowded(root):
    """Long names of both sides, and ratios beyond all measure."""
    valley = load_scenario(root / "tests" / "cli" / "valley.toml")
    first = valley.override({"mission.mandate.rules_of_engagement": "self_defence", "mission.leadership": 0.123456})
    return compare(first, valley.override({"weeks": 104}), replicates=3).plot()


def overlap(a, b, slack=0.005):
    return a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack


@pytest.mark.parametrize("which", ["page", "crowded"])
def test_no_words_overlap_or_leave_the_page(which, request):
    page = request.getfixturevalue(which)
    texts = page.texts()
    for words in texts:
        left, low, right, high = words.extent
        assert left >= 0.0, words.text
        assert right <= page.across, words.text
        assert low >= 0.0, words.text
        assert high <= page.up, words.text
    on_map = [words for words in texts if words.halo]
    plain = [words for words in texts if not words.halo]
    for one, other in (*itertools.combinations(plain, 2), *itertools.combinations(on_map, 2)):
        assert not overlap(one.extent, other.extent), f"{one.text!r} over {other.text!r}"


def test_every_series_and_both_sides_are_named(page):
    words = [text.text for text in page.texts()]
    for theme in THEMES:
        assert theme.title in words
    for word in ("with mission", "without mission", "Difference of pairs", "Where lives were saved and lost"):
        assert word in words


def test_it_is_saved_as_png_and_svg(comparison, tmp_path):
    for suffix in ("png", "svg"):
        comparison.plot(tmp_path / f"page.{suffix}")
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
    assert "without mission" in (tmp_path / "page.svg").read_text(encoding="utf-8")


def test_steps_reach_below_zero():
    assert round_steps(-10.0, 5.0) == [-10.0, -5.0, 0.0, 5.0]
    assert round_steps(0.0, 1.0) == [0.0, 0.5, 1.0]
    assert 0.0 in round_steps(-3.7e6, 12.0)


def test_zero_is_on_every_panel_and_nothing_is_cut():
    fan = Fan(np.array([[-8.0, 2.0], [-6.0, 3.0], [-5.0, 4.0], [-4.0, 5.0], [-3.0, 6.0]]), np.array([-5.0, 4.0]))
    plot = span(Frame(0.0, 0.0, 1.0, 1.0, 2), [fan], from_zero=False)
    assert plot.bottom < -8.0
    assert plot.top > 6.0
    assert plot.y(plot.bottom) == 0.0
    flat = span(plot, [Fan(np.zeros((5, 2)), np.zeros(2))], from_zero=True)
    assert flat.top > flat.bottom == 0.0


def test_halving_is_as_far_as_doubling():
    axis = Axis(1.0, 2.0, 4.0)
    assert axis.x(1.0) == pytest.approx(2.0)
    assert axis.x(2.0) - 2.0 == pytest.approx(2.0 - axis.x(0.5))
    assert axis.x(100.0) == pytest.approx(3.0)


def test_a_ratio_is_written_as_a_change():
    assert percents((0.5, 0.4, 0.8)) == "−50 % (−60 to −20)"
    assert percents((1.001, 0.998, 2.0)) == "0 % (0 to +100)"
    assert percents((24.35, 9.6, 12345.0)) == "×24 (×9.6 to ×12,000)"
