"""The screening: expectations that can be run, differences with known answers, and a tiny screening end to end."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("scipy")

from experiments.screening import cases, effects, pages, screen
from sim.results.outcomes import OUTCOMES
from sim.scenario.catalogue import parameters
from sim.scenario.mechanisms import MECHANISMS

ROWS = cases.expectations()


def row(**changes: object) -> cases.Expectation:
    plain = {
        "mechanism": "crossfire",
        "says": "Civilians die in clashes.",
        "scenario": "ceasefire_line",
        "weeks": 30,
        "outcome": "crossfire_deaths",
        "sign": 1,
        "source": "somebody (2000)",
    }
    return cases.Expectation(**(plain | changes))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------ expectations


def test_every_mechanism_has_an_expectation() -> None:
    assert {each.mechanism for each in ROWS} == set(MECHANISMS)


@pytest.mark.parametrize("each", ROWS, ids=lambda each: f"{each.mechanism}-{each.scenario}-{each.outcome}")
def test_an_expectation_can_be_run(each: cases.Expectation) -> None:
    off, on = each.side(False), each.side(True)
    assert off.digest() != on.digest(), "both sides are the same"
    assert off.weeks == on.weeks == min(each.weeks, cases.loaded(each.scenario).weeks)
    assert each.outcome in screen.LOOKED_AT
    assert each.sign in (-1, 1)
    assert each.of in ("mean", "spread")
    assert each.times >= 1
    assert len(each.source) > 10
    assert each.says.endswith(".")
    for path in each.varied:
        assert path


def test_no_expectation_stands_twice() -> None:
    keys = [(each.mechanism, each.scenario, each.outcome, str(each.given)) for each in ROWS]
    assert len(keys) == len(set(keys))


def test_sources_name_a_year_or_say_that_there_is_none() -> None:
    for each in ROWS:
        known = each.source.startswith("no study known") or any(c.isdigit() for c in each.source)
        assert known, (each.mechanism, each.source)


def test_on_is_the_far_end_of_the_plausible_range() -> None:
    assert cases.far_ends("crossfire") == {
        "parameters.clashes.crossfire_per_death": 1.0,
        "parameters.offensives.crossfire_per_death": 1.0,
    }
    # Off is 1 here, so that on is the low end.
    assert cases.far_ends("own_people_spared") == {"parameters.one_sided_violence.spare": 0.1}


def test_a_star_stands_for_all_items() -> None:
    scenario = cases.changed("ceasefire_line", 20, {"contributors.*.caveats": 0.9})
    assert {each.caveats for each in scenario.contributors} == {0.9}
    assert scenario.weeks == 20


def test_what_is_varied_takes_both_ends() -> None:
    varied = row(vary={"mission.leadership": (0.1, 0.9)})
    assert [varied.side(on).mission.leadership for on in (False, True)] == [0.1, 0.9]  # type: ignore[union-attr]


# ------------------------------------------------------------------------------------------------------------ places


def test_every_parameter_with_a_range_is_looked_at() -> None:
    ranged = [entry for entry in parameters() if entry.plausible[0] != entry.plausible[1]]
    assert list(cases.screened()) == ranged
    for entry in ranged:
        assert cases.places_of(entry)


def test_patterns_of_places_name_parameters() -> None:
    names = [entry.path.removeprefix("parameters.") for entry in parameters()]
    for place in cases.places():
        for pattern in place.parameters:
            assert any(cases.fnmatchcase(name, pattern) for name in names), pattern


@pytest.mark.parametrize("place", cases.places(), ids=lambda place: place.name)
def test_a_place_can_be_run(place: cases.Place) -> None:
    entry = next(entry for entry in cases.screened() if place in cases.places_of(entry))
    assert place.end(entry, False).digest() != place.end(entry, True).digest()
    assert place.general or place.why


def test_own_places_come_before_those_for_all() -> None:
    entry = next(entry for entry in cases.screened() if entry.path == "parameters.sanctions.cut_per_month")
    general = [place.general for place in cases.places_of(entry)]
    assert general == sorted(general)
    assert not general[0]


def test_reasons_name_mechanisms_and_parameters() -> None:
    names = {entry.path.removeprefix("parameters.") for entry in parameters()}
    assert set(cases.reasons()["mechanisms"]) <= set(MECHANISMS)
    assert set(cases.reasons()["parameters"]) <= names


# ----------------------------------------------------------------------------------------------------------- effects


def test_the_paired_interval_is_that_of_the_t_test() -> None:
    from scipy import stats

    rng = np.random.default_rng(5)
    low = rng.normal(size=25)
    high = low + rng.normal(0.5, 1.0, size=25)
    found = effects.effect(low, high)
    known = stats.ttest_rel(high, low)
    assert found.p == pytest.approx(known.pvalue)
    interval = known.confidence_interval()
    assert (found.lower, found.upper) == pytest.approx((interval.low, interval.high))
    assert found.difference == pytest.approx((high - low).mean())


def test_equal_sides_have_no_effect() -> None:
    found = effects.effect(np.arange(5.0), np.arange(5.0))
    assert (found.difference, found.p, found.ratio) == (0.0, 1.0, 0.0)


def test_a_shift_without_chance_is_certain() -> None:
    found = effects.effect(np.full(5, 2.0), np.full(5, 3.0))
    assert (found.difference, found.p, found.ratio) == (1.0, 0.0, np.inf)


def test_pairs_without_a_number_are_left_out() -> None:
    found = effects.effect(np.array([1.0, np.nan, 2.0, 3.0]), np.array([2.0, 5.0, np.nan, 5.0]))
    assert found.pairs == 2
    assert found.difference == pytest.approx(1.5)


def test_spreads_are_compared_by_the_correlation_of_sum_and_difference() -> None:
    from scipy import stats

    rng = np.random.default_rng(6)
    low = rng.normal(size=40)
    high = 0.5 * low + 2.0 * rng.normal(size=40)
    found = effects.effect_on_spread(low, high)
    assert found.p == pytest.approx(stats.pearsonr(low + high, high - low).pvalue)
    assert found.difference == pytest.approx(np.log(high.std(ddof=1) / low.std(ddof=1)))
    # The interval leaves out zero just when the test does at its level.
    assert (found.lower > 0.0) == (found.p < effects.LEVEL)


def test_many_looks_cost_surety() -> None:
    rng = np.random.default_rng(7)
    low = pd.DataFrame(rng.normal(size=(30, 40)), columns=[f"x{i}" for i in range(40)])
    high = low + rng.normal(size=low.shape)
    for side in (low, high):
        side["seed"] = range(30)
    table = effects.all_effects(low, high, [f"x{i}" for i in range(40)])
    assert (table.sure >= table.p).all()
    assert table.sure.min() == pytest.approx(min(1.0, 40 * table.p.min()))


def test_adjusted_p_grow_with_the_number_of_rows() -> None:
    assert effects.adjusted([0.01, 0.02, float("nan")])[:2] == pytest.approx([0.02, 0.02])
    assert np.isnan(effects.adjusted([0.01, float("nan")])[1])


# -------------------------------------------------------------------------------------------------- a tiny screening


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Two expectations, the second of the wrong sign, and two parameters in one place."""
    wrong = row(sign=-1, says="Clashes keep civilians alive.")
    paths = ("parameters.births.growth_per_year", "parameters.crime.gang_gain")
    entries = [entry for entry in parameters() if entry.path in paths]
    place = cases.Place("ceasefire_line", 30, ("*",))
    for module in (cases, pages, screen):
        monkeypatch.setattr(module, "expectations", lambda: (row(), wrong), raising=False)
        monkeypatch.setattr(module, "screened", lambda: tuple(entries), raising=False)
        monkeypatch.setattr(module, "places_of", lambda entry: [place], raising=False)
    return entries


def test_a_screening_runs_resumes_and_says_what_it_saw(
    small: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = screen.Store(tmp_path, 1)
    screen.run_expectations(store, screen.expectations(), 12)
    screen.run_parameters(store, screen.screened(), 12)
    text = pages.write(store, 12)
    assert "| `crossfire` | C28 | Civilians die in clashes." in text
    rows = pages.seen(store, 12)
    assert [each.verdict for each in rows] == ["as expected", "**against**"]
    assert pages.by_mechanism(rows)["crossfire"] == "as expected"
    growth, gangs = (pages.strongest(store, entry, 12) for entry in screen.screened())
    assert growth.verdict == "moves"
    assert growth.best is not None
    assert growth.best.high > growth.best.low
    assert gangs.verdict == "dead"  # nobody there is a gang
    assert "`crime.gang_gain`, **dead**" in text

    # A second time nothing is run.
    monkeypatch.setattr(screen, "run", lambda *_: pytest.fail("was run again"))
    screen.run_expectations(store, screen.expectations(), 12)
    screen.run_parameters(store, screen.screened(), 12)
    assert pages.write(store, 12) == text


def test_a_page_without_runs_says_so(small: list[object], tmp_path: Path) -> None:
    assert "*no runs*" in pages.write(screen.Store(tmp_path, 1), 3)


def test_runs_are_kept_under_a_name_of_what_was_run(tmp_path: Path) -> None:
    store, scenario = screen.Store(tmp_path, 1), row().side(True)
    assert store.path(scenario, 3) != store.path(row().side(False), 3)
    assert store.path(scenario, 3) != store.path(scenario, 4)
    runs = store.runs(scenario, 2)
    assert list(runs.seed) == [1, 2]
    assert set(OUTCOMES) <= set(runs)
    assert not runs.error.any()
    assert store.has(scenario, 2)
    assert not [*tmp_path.glob("*.draft")]
