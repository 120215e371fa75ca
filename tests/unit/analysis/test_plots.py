"""The summary figure: it is made for every run, warns of nothing and is the same each time."""

import datetime
import io
import re
import threading
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.image import imread
from matplotlib.textpath import TextPath

from sim.analysis.plots import Page, letters, summary_figure
from sim.analysis.plots.charts import bin_weeks, quantiles
from sim.analysis.plots.events import levels, marks_of
from sim.analysis.plots.files import png_of
from sim.analysis.plots.moments import choose_weeks, final_layers, moments_of
from sim.analysis.plots.style import NORMAL, brief, round_down, short_name, shorten, spread
from sim.analysis.plots.ticks import date_ticks, round_ticks
from sim.scenario.load import load_scenario
from sim.world.build import build_world
from sim.world.kinds import Count, EventKind, MissionStage
from sim.world.series import FIRST_STATE, State

BUNDLED = ("ceasefire_line", "fragile_peace", "unmil")
TINY = """
[scenario]
id = "tiny"
title = "{title}"
summary = "A country for tests."
start = 2000-01-03
weeks = {weeks}
[map]
cell_km = 10
rows = \"\"\"
{rows}
\"\"\"
[regions.A]
name = "All"
population = 1_000_000
identity = {{ us = 1.0 }}
[[identity_groups]]
id = "us"
name = "Us"
"""


def stand_in(scenario, seed=1):
    """A result with made-up weeks: enough to draw, without running the model."""
    world = build_world(scenario, seed, stride=13)
    weekly, rng = world.record.weekly, np.random.default_rng(seed)
    weekly[:, : len(Count)] = rng.poisson(20.0, (len(weekly), len(Count)))
    weekly[:, FIRST_STATE:] = rng.random((len(weekly), weekly.shape[1] - FIRST_STATE))
    weekly[:, FIRST_STATE + State.HOSTED] = 1e5
    weekly[:, FIRST_STATE + State.STAGE] = np.arange(len(weekly)) * 8 // len(weekly)
    there = np.arange(len(weekly)) > len(weekly) // 3 if scenario.mission else np.zeros(len(weekly))
    for column in (State.DEPLOYED, State.AUTHORISED):
        weekly[:, FIRST_STATE + column] = 1000.0 * there
    for frame in world.record.layers:
        frame[:] = final_layers(world)
    n = 0
    for kind, actor, other in (
        (EventKind.CLASH, -1, -1),
        (EventKind.KILLING, -1, -1),
        (EventKind.SHOCK, 0, 0),
        (EventKind.CEASEFIRE, -1, -1),
        (EventKind.COLLAPSE, 0, -1),
        (EventKind.ELECTION, 0, 0),
        (EventKind.MISSION_STAGE, 0, MissionStage.DEPLOYING),
    ):
        has = {
            EventKind.SHOCK: scenario.events,
            EventKind.MISSION_STAGE: scenario.missions,
            EventKind.COLLAPSE: scenario.armed_groups,
        }.get(kind, True)
        if has:
            world.log.kind[n], world.log.actor[n], world.log.other[n] = kind, actor, other
            world.log.week[n], world.log.size[n] = len(weekly) * n // 8, 30.0
            n += 1
    world.log.count[0] = n
    return SimpleNamespace(scenario=scenario, seed=seed, weekly_array=weekly, world=world)


def tiny(folder, rows="A", weeks=60, title="Tiny"):
    path = folder / "tiny.toml"
    path.write_text(TINY.format(rows=rows, weeks=weeks, title=title), encoding="utf-8")
    return load_scenario(str(path))


def titles(page):
    """What is written in the type of titles of panels and maps."""
    return [words.text for words in page.texts() if (words.weight, words.size) == ("bold", NORMAL)]


def words(page):
    return [words.text for words in page.texts()]


def inside(page):
    """Whether every text is on the page."""
    boxes = [words.extent for words in page.texts()]
    return all(left >= 0 and low >= 0 and right <= page.across and high <= page.up for left, low, right, high in boxes)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_figure_of_every_bundled_scenario(name, tmp_path):
    result = stand_in(load_scenario(name))
    figure = summary_figure(result)
    assert figure.across / figure.up == pytest.approx(1.6)
    wanted = {
        "Deaths by violence",
        "Displaced people",
        "Peacekeepers",
        "Fighters",
        "How people live",
        "Money",
    }
    assert wanted <= set(titles(figure))
    assert len(titles(figure)) == len(wanted) + 4
    text = words(figure)
    assert any(result.scenario.about.title in line for line in text)
    assert {"Who rules", "Peace process", "N"} <= set(text)
    assert inside(figure)
    figure.save(tmp_path / "figure.png")
    assert (tmp_path / "figure.png").stat().st_size > 50_000


@pytest.mark.parametrize("name", BUNDLED)
def test_a_figure_without_a_mission(name):
    figure = summary_figure(stand_in(load_scenario(name).without_mission()))
    assert "Peacekeepers" not in titles(figure)
    assert len([text for text in words(figure) if text == "none in this run"]) == 1
    assert inside(figure)


@pytest.mark.parametrize("weeks", [1, 2, 5, 30])
def test_a_figure_of_a_short_run(weeks, tmp_path):
    figure = summary_figure(stand_in(load_scenario("ceasefire_line").override({"weeks": weeks})))
    assert inside(figure)
    figure.save(tmp_path / "short.png")


@pytest.mark.parametrize(
    ("rows", "weeks"),
    [("A", 60), ("A", 1), ("A" * 60 + "\n" + "A" * 60, 200), ("\n".join(["AA"] * 50), 200), (".*\nA.", 300)],
)
def test_a_figure_of_an_odd_country(rows, weeks, tmp_path):
    result = stand_in(tiny(tmp_path, rows, weeks))
    figure = summary_figure(result, [result])
    assert inside(figure)
    figure.save(tmp_path / "odd.png")


def test_a_figure_of_a_large_country(tmp_path):
    result = stand_in(tiny(tmp_path, "\n".join(["A" * 120] * 120), 60))
    assert inside(summary_figure(result))


@pytest.mark.parametrize("title", ["x" * 200, "pays $5 and $6 " * 13, "two words", "日本 မြန်မာ 🙂"])
def test_long_titles_and_dollars_stay_on_the_page(title, tmp_path):
    figure = summary_figure(stand_in(tiny(tmp_path, title=title.strip())))
    assert inside(figure)
    assert "$" not in title or any("$5" in line for line in words(figure))


def test_others_lie_behind_and_are_counted():
    scenario = load_scenario("fragile_peace")
    runs = [stand_in(scenario, seed) for seed in range(1, 6)]
    figure = summary_figure(runs[0], runs)
    assert any("the middle 80 % of 5 runs" in line for line in words(figure))
    short = stand_in(scenario.override({"weeks": 10}))
    assert not any("Shaded" in line for line in words(summary_figure(runs[0], [short])))


def test_the_same_run_gives_the_same_bytes(tmp_path):
    result = stand_in(load_scenario("ceasefire_line"))
    for suffix in ("png", "svg"):
        for name in ("a", "b"):
            summary_figure(result).save(tmp_path / f"{name}.{suffix}")
        first = (tmp_path / f"a.{suffix}").read_bytes()
        assert first == (tmp_path / f"b.{suffix}").read_bytes()
        assert first[:4] == b"\x89PNG" if suffix == "png" else b"<svg" in first[:2000]
    with pytest.raises(ValueError, match=r"\.png or \.svg"):
        summary_figure(result).save(tmp_path / "figure.bmp")


def test_threads_do_not_disturb_each_other(tmp_path):
    result = stand_in(load_scenario("ceasefire_line"))
    jobs = [threading.Thread(target=lambda k=k: summary_figure(result).save(tmp_path / f"{k}.png")) for k in range(3)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert len({(tmp_path / f"{k}.png").read_bytes() for k in range(3)}) == 1


def test_maps_follow_the_life_of_a_mission():
    kept = list(range(0, 520, 13))
    assert choose_weeks(520, kept, 60, 150, 40) == [
        (0, "start of run"),
        (52, "before the mission"),
        (156, "height of the mission"),
        (519, "end of run"),
    ]
    without = choose_weeks(520, kept, None, None, 300)
    assert [label for _, label in without] == ["start of run", "halfway", "deadliest quarter", "end of run"]
    assert choose_weeks(5, [0], None, None, 2) == [(0, "start of run"), (4, "end of run")]
    assert choose_weeks(1, [0], None, None, 0) == [(0, "end of run")]
    assert choose_weeks(100, [], 10, 20, 30) == [(99, "end of run")]
    for weeks in range(1, 60):
        chosen = choose_weeks(weeks, list(range(0, weeks, 13)), 5, 9, weeks - 1)
        assert 1 <= len(chosen) <= 4
        assert len({week for week, _ in chosen}) == len(chosen)


def test_deaths_on_maps_come_from_the_log():
    result = stand_in(load_scenario("unmil"))
    log = result.world.log
    log.count[0] = 3
    log.kind[:3] = EventKind.CLASH, EventKind.KILLING, EventKind.KILLING
    log.week[:3] = 2, 5, 40
    log.cell[:3] = 7, 7, 9
    log.size[:3] = 10.0, 3.0, 4.0
    log.size_other[:3] = 2.0, 99.0, 99.0
    start = moments_of(result)[0]
    assert start.week == 0
    assert start.deaths[7] == 15.0
    assert start.deaths.sum() == 15.0


def test_events_get_words():
    result = stand_in(load_scenario("fragile_peace"))
    labels = [mark.label for mark in marks_of(result)]
    assert {"Ceasefire", "Collapse", "Mission deploys"} & set(labels) >= {"Ceasefire", "Mission deploys"}
    assert all(len(label) <= 40 for label in labels)


def test_no_label_covers_another_or_a_line():
    rng = np.random.default_rng(3)
    for _ in range(50):
        at, across = rng.uniform(0, 6, 12), rng.uniform(0.3, 2.0, 12)
        level = levels(at.tolist(), across.tolist())
        for i in range(12):
            for j in range(12):
                if at[i] < at[j] < at[i] + across[i]:
                    assert level[i] > level[j]


def test_a_png_holds_the_pixels_that_went_in():
    pixels = np.random.default_rng(1).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    read = imread(io.BytesIO(png_of(pixels, 150)), format="png")
    assert np.array_equal(np.round(255 * read[:, :, :3]), pixels)


def test_a_page_draws_what_it_is_told():
    page = Page(2.0, 1.0, "#ffffff")
    page.boxes([0.0, 1.0], 0.0, [1.0, 2.0], 0.5, "#ff0000")
    page.dots(1.0, 0.75, 100.0, "#0000ff80")
    page.line([0.0, 0.5, np.nan, 1.5, 2.0], [0.6] * 5, "#00ff00", 3.0)
    seen = (255 * imread(io.BytesIO(page.png()), format="png")[:, :, :3]).round().astype(int)
    assert seen.shape == (150, 300, 3)
    assert (seen[80:] == [255, 0, 0]).all(), "neighbours touch"
    assert seen[37, 150].tolist() == pytest.approx([127, 127, 255], abs=1)
    assert (seen[60, 5:70] == [0, 255, 0]).all()
    assert (seen[60, 80:140] == 255).all(), "a line is broken where a number is missing"


def test_an_svg_says_the_same_as_the_page():
    page = summary_figure(stand_in(load_scenario("ceasefire_line")))
    tree = ElementTree.fromstring(page.svg())
    texts = [node.text for node in tree if node.tag.endswith("text")]
    assert set(texts) == set(words(page))
    paths = [node.get("d") for node in tree if node.tag.endswith("path")]
    assert len(paths) == len(page.marks) - len(page.texts())
    number = r"-?\d+\.\d\d -?\d+\.\d\d"
    assert all(re.fullmatch(rf"M{number}( Z| [MLC]?{number})*", path) for path in paths)


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("text", ["Deaths by violence", "AVATAR To. Ltd", "São Tomé · Côte d’Ivoire", "Łódź, Київ", ""])
def test_letters_stand_as_matplotlib_sets_them(text, weight):
    own = letters.outline(text, 9.0, weight, 0.0, 0.0).vertices
    font = FontProperties(fname=str(Path(mpl.get_data_path(), "fonts", "ttf", letters.FONTS[weight])), size=9.0)
    theirs = TextPath((0.0, 0.0), text, prop=font).vertices / 72.0 if text else np.empty((0, 2))
    assert own.shape == theirs.shape
    assert np.abs(own - theirs).max(initial=0.0) < 0.002, "inches"


def test_ticks_are_round_and_few():
    assert round_ticks(680.0, 4, 1.0) == [0, 200, 400, 600]
    assert round_ticks(3.0, 4, 1.0) == [0, 1, 2, 3]
    assert round_ticks(1.09, 4, 1.0) == [0, 1]
    assert round_ticks(1.0, 2) == [0, 0.5, 1]
    for top in np.geomspace(1.0, 1e12, 200):
        ticks = round_ticks(float(top), 4, 1.0)
        assert 2 <= len(ticks) <= 5
        assert ticks[-1] <= top * (1 + 1e-9)


def test_dates_are_round_and_few():
    start = datetime.date(2003, 5, 17)
    assert date_ticks(start, 7)[:2] == [(0, "17 May"), (1, "18 May")]
    assert [word for _, word in date_ticks(start, 200)][:2] == ["Jun 2003", "Jul"]
    assert [word for _, word in date_ticks(start, 500)] == ["Jul", "Oct", "2004", "Apr", "Jul"]
    assert [word for _, word in date_ticks(start, 6552)][:2] == ["2004", "2006"]
    for days in range(1, 40_000, 37):
        ticks = date_ticks(start, days)
        assert len(ticks) <= 12
        assert all(0 <= at <= days for at, _ in ticks)
        assert len(ticks) >= 1 or days > 365
    assert date_ticks(datetime.date(9998, 6, 1), 20_000) == [], "no calendar reaches that far"


def test_small_helpers():
    assert shorten("Government forces: army, militias") == "Government forces"
    assert short_name("lurd", "Liberians United for Reconciliation and Democracy", 22) == "LURD"
    assert len(shorten("An unreasonably extended designation without a preposition")) <= 24
    assert [brief(x) for x in (0, 950, 12_000, 1.5e6, 2e9)] == ["0", "950", "12k", "1.5M", "2bn"]
    assert [round_down(x) for x in (0, 1, 49, 50, 999)] == [1, 1, 20, 50, 500]
    placed = spread(np.array([0.5, 0.5, 0.5]), 0.1, 0.0, 1.0)
    assert (np.diff(np.sort(placed)) >= 0.1 - 1e-12).all()
    assert bin_weeks(936) == (13, "a quarter")
    assert bin_weeks(5) == (1, "a week")


def test_quantiles_pass_over_gaps():
    rng = np.random.default_rng(1)
    full = rng.random((9, 4))
    assert quantiles(list(full)) == pytest.approx(np.percentile(full, (10, 50, 90), axis=0))
    full[:4, 1], full[:, 2] = np.nan, np.nan
    found = quantiles(list(full))
    assert found[:, 1] == pytest.approx(np.percentile(full[4:, 1], (10, 50, 90)))
    assert np.isnan(found[:, 2]).all()
