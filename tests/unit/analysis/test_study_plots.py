"""Charts of studies: every kind is drawn, whatever the words, and is the same each time."""

from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread

from sim.analysis.plots.study import curves, effects, indices
from sim.analysis.plots.study.chart import Chart, clean, fold, level_words, short

HOSTILE = "$\\frac{1}{ & <b> _^ \x00\x1b[31m ü 人"


def shares(*names):
    return {name: [0.5, 0.2] for name in names}


TABLES = {
    "front": lambda: curves.plot_front(
        pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.0, 4.0], "c": [1.0, 1.0, 2.0]}).assign(
            feasible=[True, True, False], front=[True, False, False]
        ),
        ["a", "b", "c"],
        ["deaths", HOSTILE.replace("人", ""), "cost"],
    ),
    "shares": lambda: curves.plot_shares(
        pd.DataFrame({"part": ["ddr", "police"], **shares("share", "low", "high")}), "deaths"
    ),
    "split": lambda: indices.plot_split(
        pd.DataFrame({"source": list("abcd"), "share": [0.1, 0.2, 0.3, 0.4], "low": np.nan, "high": np.nan})
    ),
    "tornado": lambda: effects.plot_tornado(["a", HOSTILE[:8]], np.array([-1.0, -2.0]), np.array([0.5, 3.0]), "deaths"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_chart_is_drawn_as_png_and_svg_and_repeats(name, tmp_path):
    chart = TABLES[name]()
    chart.save(tmp_path / "a.png")
    image = imread(tmp_path / "a.png")
    assert image.shape[2] == 3
    assert 0.01 < (image < 0.9).any(axis=2).mean() < 0.8
    ElementTree.fromstring(chart.svg())
    again = TABLES[name]()
    assert (again.png(), again.svg()) == (chart.png(), chart.svg())


def test_a_dollar_sign_is_no_formula():
    chart = Chart(4.0, 2.0, "US$ 5 and $\\nonsense{")
    chart.axes.set_xlabel("$x_1$")
    assert b"US$ 5 and $\\nonsense{" in chart.svg()
    assert chart.png().startswith(b"\x89PNG")


def test_only_two_kinds_of_file(tmp_path):
    with pytest.raises(ValueError, match=r"\.png or \.svg, not \.jpg"):
        Chart(2.0, 2.0).save(tmp_path / "a.jpg")


def test_labels_fit():
    assert "\x00" not in clean(HOSTILE)
    assert fold("a very long label that goes on and on and on and on", 20).count("\n") == 1
    assert level_words(0.25) == "0.25"
    assert short("lead_time (weeks)") == "lead time (weeks)", "a unit stays where there is room"
    assert short("lead_time (weeks)", 12) == "lead time"
    assert level_words("early_warning") == "early warning"


def test_levels_that_are_numbers_stand_at_their_values():
    levels = [(delay, lead) for delay in (0.0, 13.0, 104.0) for lead in (0.5, 1.0)]
    table = pd.DataFrame([{"first": a, "second": b, "mean": a, "low": a - 1.0, "high": a + 1.0} for a, b in levels])
    axes = effects.plot_interaction(table, "delay (weeks)", "lead (ratio)", "deaths (persons)").axes
    assert list(axes.get_xticks()) == [0.0, 13.0, 104.0]
    assert axes.get_xlabel() == "delay (weeks)"
    table["first"] = [f"level {value:g}" for value in table["first"]]
    assert list(effects.plot_interaction(table, "delay", "lead", "deaths").axes.get_xticks()) == [0.0, 1.0, 2.0]


def test_large_numbers_along_an_axis_are_short_and_differ():
    chart = Chart(5.0, 2.0)
    chart.axes.plot([2.07e9, 2.11e9], [0.0, 1.0])
    chart.png()
    words = [tick.get_text() for tick in chart.axes.get_xticklabels()]
    assert "2.080bn" in words
    assert len(set(words)) == len(words)
