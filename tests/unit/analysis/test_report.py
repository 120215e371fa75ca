"""Reports: one page that needs nothing else, figures and tables beside it, whatever stands in the titles."""

import hashlib
import html.parser
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami

from sim.analysis.intervals import Interval
from sim.analysis.report import write_report
from sim.analysis.report.findings import findings_section, reading
from sim.analysis.report.gather import drawn_outcomes, overview_section, steps_of
from sim.analysis.report.parts import Grid
from sim.analysis.report.sensitivity import surface_section
from sim.analysis.report.tables import as_csv, as_latex
from sim.analysis.report.words import arm_of, file_name, label_of, written
from sim.analysis.study.study import Study
from sim.core.errors import InputError
from sim.engine.run import run
from tests.support.browser import watched_page
from tests.support.sweeps import entry, grid_of_runs, write_sweep

HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)> & $\\frac{1}{0}$ {{ 7*7 }} \u202e\x00"


class Page(html.parser.HTMLParser):
    """Tags, attributes and visible text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def grid(tmp_path_factory):
    points, outcomes = grid_of_runs(6)
    few = {name: outcomes[name] for name in ("civilian_deaths", "cost_usd", "weeks_to_relapse", "relapsed")}
    factors = [entry(name, points[name]) for name in ("clarity", "doctrine", "off")]
    factors[2] |= {"kind": "ablation", "base": "none"}
    weekly = pd.DataFrame({"run": np.repeat(np.arange(len(points)), 4), "week": np.tile(np.arange(4), len(points))})
    weekly["battle_deaths"] = (weekly["run"] % 7 + weekly["week"]).astype(np.float32)
    words = {"title": HOSTILE, "question": f"Why {HOSTILE}?", "factors": factors, "weekly": weekly, "failed": [3]}
    folder = write_sweep(tmp_path_factory.mktemp("report") / "sweep", points, few, **words)
    return folder, write_report(folder)


def test_the_page_asks_nothing_of_the_network_and_runs_no_script(grid):
    page = Page(grid[1].page.read_text(encoding="utf-8"))
    assert not {"script", "link", "iframe", "object", "embed", "base", "form"} & set(page.tags)
    for tag, name, value in page.attributes:
        assert not name.startswith("on"), (tag, name)
        if name in ("src", "srcset", "data", "action"):
            assert value.startswith("data:image/png;base64,")
        if name == "href":
            assert value.startswith("#")
    text = grid[1].page.read_text(encoding="utf-8")
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in text


def test_hostile_titles_are_words_and_nothing_else(grid):
    page = Page(grid[1].page.read_text(encoding="utf-8"))
    text = "".join(page.words)
    assert "<script>alert(1)</script>" in text
    assert "{{ 7*7 }}" in text
    assert page.tags.count("title") == 1
    assert page.tags.count("img") == grid[1].figures


def test_the_page_has_what_a_reader_looks_for(grid):
    text = "".join(Page(grid[1].page.read_text(encoding="utf-8")).words)
    for words in (
        "Design",
        "Expected:",
        "no mission",
        "Effects on civilian deaths",
        "Hazard ratio",
        "Manifest",
        "1 run failed",
    ):
        assert words in text
    assert text.count("digest abababababab") == grid[1].figures + 1  # under each figure, and at the foot
    assert "1,000,000" not in text or "cost" in text


def test_figures_and_tables_lie_beside_the_page(grid):
    folder, found = grid
    pictures = sorted((folder / "figures").iterdir())
    assert len(pictures) == 2 * found.figures
    for path in pictures:
        if path.suffix == ".png":
            assert path.read_bytes().startswith(b"\x89PNG")
        else:
            ElementTree.fromstring(path.read_bytes())
    tables = sorted((folder / "tables").iterdir())
    assert len(tables) == 2 * found.tables
    effects = pd.read_csv(folder / "tables" / "effects-civilian-deaths.csv")
    assert {"factor", "level", "difference", "low", "high"} <= set(effects.columns)
    assert not list(folder.rglob(".*"))


def small(folder):
    """A sweep of one factor and one outcome, whose report is quick."""
    points = pd.DataFrame({"clarity": np.repeat([0.2, 0.8], 6), "replicate": [*range(6)] * 2})
    points["row"] = np.repeat([0, 1], 6)
    deaths = 100.0 - 50.0 * points["clarity"] + 5.0 * points["replicate"]
    return write_sweep(folder, points, {"civilian_deaths": deaths, "cost_usd": deaths})


def test_a_second_report_is_the_same(tmp_path):
    def fingerprints(folder: Path):
        files = [folder / "report.html", *(folder / "figures").iterdir(), *(folder / "tables").iterdir()]
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    folder = small(tmp_path / "s")
    write_report(folder)
    before = fingerprints(folder)
    write_report(folder)
    assert fingerprints(folder) == before


def test_outcomes_can_be_chosen(tmp_path):
    folder = small(tmp_path / "s")
    write_report(folder, ["cost_usd"])
    assert (folder / "figures" / "effects-cost-usd.png").exists()
    assert not (folder / "figures" / "effects-civilian-deaths.png").exists()
    with pytest.raises(InputError, match="did you mean 'civilian_deaths'"):
        write_report(folder, ["civilian_death"])


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_sensitivity_has_its_figures(tmp_path, kind):
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
    if kind == "sobol":
        x, plan = sobol_sample.sample(problem, 32, calc_second_order=True, seed=1), {"n": 32, "second_order": True}
    else:
        x, plan = morris_sample.sample(problem, 10, seed=1), {"n": 10, "num_levels": 4}
    points = pd.DataFrame(x, columns=problem["names"])
    write_sweep(tmp_path / "s", points, {"civilian_deaths": Ishigami.evaluate(x)}, kind=kind, design=plan)
    write_report(tmp_path / "s")
    names = {path.stem for path in (tmp_path / "s" / "figures").iterdir()}
    expected = {"sobol": {"sobol", "convergence", "surface"}, "morris": {"morris"}}[kind]
    assert names == {f"{name}-civilian-deaths" for name in expected}


def test_an_ensemble_is_told_scenario_by_scenario(tmp_path):
    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0.0, 1.0]] * 2}
    x = sobol_sample.sample(problem, 16, calc_second_order=False, seed=1)
    points = pd.DataFrame(np.tile(x, (2, 1)), columns=["a", "b"])
    points.insert(0, "scenario", np.repeat(["here", "there"], len(x)))
    factors = [entry(name, points[name]) for name in points]
    factors[0]["kind"] = "scenario"
    y = points["a"] + 2.0 * points["b"] * (points["scenario"] == "there")
    plan = {"n": 16, "second_order": False}
    folder = write_sweep(tmp_path / "s", points, {"civilian_deaths": y}, kind="sobol", factors=factors, design=plan)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["experiment"]["base"]["scenarios"] = ["here", "there"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_report(folder)
    here, there = (pd.read_csv(folder / "tables" / f"sobol-civilian-deaths-{name}.csv") for name in ("here", "there"))
    assert here["total"].tolist() == pytest.approx([1.0, 0.0], abs=0.15)
    assert there["total"].tolist() == pytest.approx([0.2, 0.8], abs=0.2)


def test_a_plain_run_has_a_report_too(tmp_path):
    folder = run("ceasefire_line", seed=2).save(tmp_path / "run")
    found = write_report(folder)
    text = "".join(Page(found.page.read_text(encoding="utf-8")).words)
    assert "replicates of one scenario" in text
    assert "civilian deaths" in text


def test_latex_is_escaped_and_csv_is_whole():
    frame = pd.DataFrame({"a_b": ["50 % & $x_1$ #{~}"], "value": [1.0 / 3.0]})
    text = as_latex(Grid("t", "Deaths & cost", "a_b < c", frame))
    assert r"50 \% \& \$x\_1\$ \#\{\textasciitilde{}\}" in text
    assert r"\caption{Deaths \& cost}" in text
    assert r"\begin{tabular}{lr}" in text
    assert text.index(r"\toprule") < text.index(r"\midrule") < text.index(r"\bottomrule")
    assert not re.search(r"(?<!\\)%(?! needs)", text)
    assert "0.3333333333333333" in as_csv(frame)


def test_numbers_and_names_as_readers_want_them():
    assert [written(value) for value in (12345.6, -0.5, float("nan"), None, np.int64(1234567), True)] == [
        "12,346",
        "−0.5",
        "–",
        "–",
        "1,234,567",
        "yes",
    ]
    assert written(1_502_097_902.0) == "1,502,000,000"
    assert label_of("cost_usd") == "cost (US$)"
    assert label_of("my_own") == "my own"
    assert file_name("../../etc", "Ünï & <x>") == "etc-n-x"


@pytest.mark.browser
def test_a_browser_shows_the_page_without_asking_for_more(grid, chromium_found):
    with watched_page(chromium_found, viewport={"width": 390, "height": 800}) as watched:
        page, asked, said = watched.page, [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("console", lambda message: said.append(message.text))
        page.goto(grid[1].page.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        loaded = page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert wide <= 390
    assert loaded
    assert said == []
    assert all(url.startswith("data:") for url in asked[1:])


def test_the_head_says_what_each_factor_changes_and_what_chance_may(tmp_path):
    points, outcomes = grid_of_runs(8)
    study = Study.open(write_sweep(tmp_path / "s", points, {"civilian_deaths": outcomes["civilian_deaths"]}))
    found = findings_section(study, ["civilian_deaths"]).grids[0]
    rows = found.frame.set_index("factor")
    # The factors do the same in both arms, so that nothing is left of them in the difference.
    assert rows["reading"].tolist() == ["not told from chance"] * 3
    assert "less that of its run with no mission" in found.caption
    assert "Of 3 intervals 0 leave out zero" in found.caption
    assert "about 0.15 would if nothing had any effect" in found.caption
    policy = (points["arm"] == "policy").to_numpy()
    alone = Study.of(points[policy], {"civilian_deaths": outcomes["civilian_deaths"][policy]}, kind="grid")
    rows = findings_section(alone, ["civilian_deaths"]).grids[0].frame.set_index("factor")
    assert rows.loc["off", ["from", "to", "reading"]].tolist() == ["none", "patrols", "more"]
    assert rows.loc["off", "low"] < 60.0 < rows.loc["off", "high"]
    assert rows.loc["clarity", "change"] == pytest.approx(-120.0, abs=10.0)
    assert reading(Interval(1.0, np.nan, np.nan)) == "too few runs"
    assert reading(Interval(1.0, -1.0, 2.0)) == "not told from chance"
    assert reading(Interval(0.0, 0.0, 0.0)) == "the same in every pair"


def test_an_effect_of_too_few_runs_is_not_counted_as_clear():
    points = pd.DataFrame({"a": [1.0, 2.0]})
    found = findings_section(Study.of(points, {"y": [1.0, 5.0]}, kind="grid"), ["y"]).grids[0]
    assert found.frame["reading"].tolist() == ["too few runs"]
    assert "Of 1 intervals 0 leave out zero" in found.caption


def test_all_outcomes_of_an_experiment_are_told_and_six_have_figures(tmp_path):
    points, outcomes = grid_of_runs(6)
    names = ("civilian_deaths", "battle_deaths", "riot_deaths", "murders", "clashes", "fled", "cost_usd")
    deaths = np.asarray(outcomes["civilian_deaths"])
    folder = write_sweep(tmp_path / "s", points, {name: (k + 1.0) * deaths for k, name in enumerate(names)})
    write_report(folder)
    assert set(pd.read_csv(folder / "tables" / "contrast.csv")["outcome"]) == {label_of(name) for name in names}
    assert "cost (US$)" in set(pd.read_csv(folder / "tables" / "findings.csv")["outcome"])
    assert len(list((folder / "figures").glob("effects-*.png"))) == 6
    text = "".join(Page((folder / "report.html").read_text(encoding="utf-8")).words)
    assert "Told in tables only: cost (US$)." in text


def test_a_study_without_factors_is_promised_no_figures():
    names = ["civilian_deaths", "battle_deaths", "riot_deaths", "murders", "clashes", "fled", "cost_usd"]
    study = Study.of(pd.DataFrame({"seed": np.arange(6)}), {name: np.arange(6.0) for name in names})
    steps = steps_of(study, names, drawn_outcomes(study, names))
    assert not any("For figures" in note for step in steps for section in step() for note in section.notes)


def test_what_no_level_changes_against_the_contrast_is_not_said_to_be_zero(tmp_path):
    points, _ = grid_of_runs(6)
    folder = write_sweep(tmp_path / "s", points, {"civilian_deaths": 50.0 + points["replicate"]})
    write_report(folder)
    text = "".join(Page((folder / "report.html").read_text(encoding="utf-8")).words)
    assert "It is 0 in every pair with no mission." in text


def test_too_few_seeds_are_told():
    points = pd.DataFrame({"a": np.repeat([1.0, 2.0, 3.0], 2), "seed": [1, 2] * 3, "replicate": [0, 1] * 3})
    section = overview_section(Study.of(points, {"y": np.arange(6.0)}, kind="grid"))
    assert section.notes[0].startswith("All runs share 2 seeds: ")
    alone = pd.DataFrame({"a": 1.0, "seed": [1, 2], "replicate": [0, 1]})
    assert not overview_section(Study.of(alone, {"y": [1.0, 2.0]}, kind="grid")).notes, "replicates of one row"
    points["seed"] = np.arange(6)
    assert not overview_section(Study.of(points, {"y": np.arange(6.0)}, kind="grid")).notes


def test_a_surface_that_foretells_nothing_is_not_drawn(tmp_path):
    rng = np.random.default_rng(4)
    points = pd.DataFrame(rng.uniform(0.0, 1.0, (40, 2)), columns=["a", "b"])
    section = surface_section(Study.of(points, {"y": rng.normal(size=40)}, kind="latin-hypercube"), "y")
    assert not section.pictures
    assert "foretell" in section.notes[0]
    section = surface_section(Study.of(points, {"y": points["a"] + points["b"]}, kind="latin-hypercube"), "y")
    assert len(section.pictures) == 1


def test_what_only_a_mission_has_is_told_without_the_contrast(tmp_path):
    points, outcomes = grid_of_runs(6)
    trust = np.where(points["arm"] == "policy", 0.1 + 0.5 * points["clarity"], np.nan)
    outcomes = {"civilian_deaths": outcomes["civilian_deaths"], "trust_mission_deployed": trust}
    study = Study.open(write_sweep(tmp_path / "s", points, outcomes))
    assert (arm_of(study, "civilian_deaths"), arm_of(study, "trust_mission_deployed")) == ("difference", "policy")
    page = write_report(tmp_path / "s").page.read_text(encoding="utf-8")
    assert "Effects on trust mission deployed" in page
    assert "No run could tell" not in page


def test_the_interval_of_a_mean_knows_that_runs_of_a_seed_share_their_luck(tmp_path):
    points = pd.DataFrame({"a": np.repeat([1.0, 2.0, 3.0, 4.0], 10), "replicate": np.tile(np.arange(10), 4)})
    luck = np.tile(np.linspace(0.0, 9.0, 10), 4)
    study = Study.open(write_sweep(tmp_path / "s", points, {"civilian_deaths": luck}))
    row = overview_section(study).grids[0].frame.iloc[0]
    assert row["mean_high"] - row["mean_low"] > 3.0, "ten seeds, not forty runs: 2 x 1.96 x 3.03 / sqrt(10) is 3.75"


def headings(folder, method):
    """The sections of a report of an experiment that asks for an estimate."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["experiment"]["estimate"] = {"method": method}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    page = write_report(folder).page.read_text(encoding="utf-8")
    return page, re.findall(r'<h2 id="s\d+">(.*?)</h2>', page)


def test_the_estimate_that_was_asked_for_comes_first(tmp_path):
    points, outcomes = grid_of_runs(6)
    kept = {name: outcomes[name] for name in ("civilian_deaths", "weeks_to_relapse", "relapsed")}
    folder = write_sweep(tmp_path / "s", points, kept)
    page, sections = headings(folder, "hazard ratio")
    assert "<dt>Estimate</dt><dd>hazard ratio</dd>" in page
    first = [name for name in sections if name.startswith(("Peace", "Effects"))]
    assert first[0].startswith("Peace from the first agreement")
    _, sections = headings(folder, "regression")
    assert sections.index("Regression of civilian deaths (persons)") < sections.index(
        "Effects on civilian deaths (persons)"
    )


def test_an_estimate_without_its_outcomes_is_told(tmp_path):
    points, outcomes = grid_of_runs(6)
    folder = write_sweep(tmp_path / "s", points, {"weeks_to_relapse": outcomes["weeks_to_relapse"]})
    page, _ = headings(folder, "hazard ratio")
    assert "weeks_to_relapse with relapsed" in page
    assert "its mean misleads without survival statistics, which need relapsed" in page
