"""The end-of-mission report and its field survey."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.core.chance import uniform
from sim.core.philox import uniforms
from sim.engine.run import run
from sim.results.evaluation.frame import QUESTION_NAMES, Frame, frame_of
from sim.results.evaluation.rounds import occasions
from sim.results.evaluation.survey import estimate, field, t_quantile, wilson
from sim.results.trace import COLUMN_OF
from sim.scenario.evaluation import Evaluation
from sim.world.streams import Stream

Q = len(QUESTION_NAMES)
THIRTY = Evaluation(clusters=30, respondents=10)


def country(unsafe=0.0):
    """A frame of forty cells of very different size, in which the large ones are the content ones."""
    size = np.arange(1.0, 41.0) ** 2 * 100.0
    level = np.linspace(0.1, 0.8, 40)
    chances = np.column_stack([np.clip(level + 0.02 * q, 0.0, 1.0) for q in range(Q)])
    return Frame(8, size, chances, level > unsafe)


# --------------------------------------------------------------------- survey


def test_the_survey_is_unbiased_for_those_it_reaches_and_its_error_is_what_it_says():
    frame = country()
    found = [field(frame, THIRTY, seed, "end").estimates["trust_state"] for seed in range(500)]
    shares, errors = np.array([each.share for each in found]), np.array([each.standard_error for each in found])
    spread = shares.std(ddof=1)
    assert abs(shares.mean() - found[0].true) < 4 * spread / math.sqrt(len(found))
    # The squared error is unbiased for the variance; its own spread is about sqrt(2 / 29) of it.
    assert np.mean(errors * errors) == pytest.approx(spread * spread, rel=0.25)


@pytest.mark.parametrize("name", ["trust_mission", "livelihood", "displaced"])
def test_intervals_hold_the_truth_as_often_as_they_say(name):
    frame, n = country(), 600
    held = 0
    for seed in range(n):
        each = field(frame, THIRTY, seed, "end").estimates[name]
        held += each.low <= each.true_reached <= each.high
    assert abs(held / n - 0.95) < 4 * math.sqrt(0.95 * 0.05 / n)


def test_intervals_of_rare_answers_hold_too():
    """With two in a hundred who say yes, where the textbook interval fails."""
    frame, n = country()._replace(chances=np.full((40, Q), 0.02)), 600
    held = 0
    for seed in range(n):
        each = field(frame, THIRTY, seed, "end").estimates["need"]
        held += each.low <= each.true <= each.high
    assert held / n > 0.92


def test_what_is_said_in_unsafe_places_nobody_hears():
    """The unsafe cells are the discontented ones: the survey is right about the others and too high for all."""
    frame, n = country(unsafe=0.5), 200
    found = [field(frame, THIRTY, seed, "end") for seed in range(n)]
    each = found[0].estimates["trust_state"]
    assert each.true_reached > each.true + 0.05
    assert found[0].left_out == pytest.approx(frame.people[~frame.safe].sum() / frame.people.sum())
    assert {int(cell) for taken in found for cell in taken.places} <= set(np.flatnonzero(frame.safe))
    shares = [taken.estimates["trust_state"].share for taken in found]
    assert np.mean(shares) == pytest.approx(each.true_reached, abs=4 * np.std(shares) / math.sqrt(n))


def test_many_draws_at_once_are_the_draws_one_by_one():
    for seed, week in ((0, 0), (2**63 - 1, 935), (20_031_001, 2**20 - 1)):
        many = uniforms(seed, week, Stream.SURVEY_ANSWER, np.array([[0], [7], [2**32 - 1]]), np.array([0, 5, 511]))
        one = [[uniform(seed, week, Stream.SURVEY_ANSWER, j, k) for k in (0, 5, 511)] for j in (0, 7, 2**32 - 1)]
        assert np.array_equal(many, one)


def test_places_are_drawn_by_their_people():
    frame = country()
    drawn = np.concatenate([field(frame, THIRTY, seed, "end").places for seed in range(200)])
    expected = len(drawn) * frame.people / frame.people.sum()
    assert ((np.bincount(drawn, minlength=40) - expected) ** 2 / expected).sum() < stats.chi2.ppf(0.9999, 39)


def test_where_no_place_is_safe_nobody_is_asked():
    taken = field(country(unsafe=2.0), THIRTY, 1, "end")
    assert (taken.respondents, taken.estimates, taken.left_out, taken.cost_usd) == (0, {}, 1.0, 0.0)


def test_answers_do_not_depend_on_how_many_others_are_asked():
    small, large = (field(country(), Evaluation(clusters=n, respondents=m), 3, "end") for n, m in ((5, 4), (9, 7)))
    assert np.array_equal(small.answers, large.answers[:5, :4])
    assert np.array_equal(small.places, large.places[:5])
    assert not np.array_equal(small.answers, field(country(), Evaluation(clusters=5, respondents=4), 4, "end").answers)


def test_an_estimate_by_hand():
    answers = np.array([[1, 1], [1, 0], [0, 0]], dtype=bool)
    each = estimate(answers, 0.4, 0.5)
    assert each.share == 0.5
    assert each.standard_error == pytest.approx(math.sqrt(0.5 / 6))  # (0.25 + 0 + 0.25) / (3 * 2)
    assert each.design_effect == pytest.approx((0.5 / 6) / (0.25 / 6))
    z = t_quantile(0.975, 2)
    assert (each.low, each.high) == wilson(0.5, 0.25 / (0.5 / 6), z)
    alike = estimate(np.ones((5, 2), dtype=bool), 1.0, 1.0)
    assert alike.high == 1.0
    assert 0.5 < alike.low < 1.0


@pytest.mark.parametrize("df", [3, 5, 9, 29, 149])
def test_quantiles_of_student(df):
    assert t_quantile(0.975, df) == pytest.approx(stats.t.ppf(0.975, df), rel=0.005)


def test_wilson_of_nobody():
    assert wilson(0.0, 100.0, 1.96) == pytest.approx((0.0, 0.03699), abs=1e-4)


def test_who_knows_someone_killed():
    names = ("violence", "people", "displaced", *QUESTION_NAMES)
    layers = {name: np.zeros(2) for name in names} | {
        "people": np.array([100.0, 0.0]),
        "violence": np.array([1.0, 0.0]),
    }
    frame = frame_of(layers, 0, Evaluation(acquaintances=200.0, unsafe_deaths=0.5))
    assert frame.chances[:, QUESTION_NAMES.index("safety")] == pytest.approx([math.exp(-0.2), 1.0])
    assert frame.safe.tolist() == [False, True]


# --------------------------------------------------------------------- rounds


@pytest.fixture(scope="module")
def full(valley):
    """A run to the end of the valley's mission and beyond, with maps every quarter."""
    scenario = valley.override({"weeks": 104, "mission.end": valley.date_of(80), "evaluation.every_weeks": 26})
    return run(scenario, seed=2, stride=13)


def test_rounds_come_before_yearly_at_the_exit_and_at_the_end(full):
    left = int(full.outcomes["weeks_to_exit"])
    assert left >= 80
    found = occasions(full.trace)
    assert found[left - 1] == "exit"
    assert [found[week] for week in sorted(found)] == ["before", "yearly", "yearly", "exit", "yearly", "end"]
    weeks = [taken.week for taken in full.survey]
    assert weeks[-1] == full.scenario.weeks - 1
    assert weeks == sorted(weeks)
    assert set(weeks[:-1]) <= set(full.cells.weeks.tolist())


def test_nobody_is_asked_about_peacekeepers_before_they_come(full):
    assert "trust_mission" not in full.survey[0].estimates
    assert all("trust_mission" in taken.estimates for taken in full.survey[1:] if taken.estimates)


def test_the_truth_of_the_last_round_is_that_of_the_weekly_table(full):
    last = full.survey[-1].estimates
    for name in ("trust_mission", "trust_state", "fear", "livelihood", "need", "cohesion"):
        assert last[name].true == pytest.approx(full.weekly_array[-1, COLUMN_OF[name]], rel=1e-6), name


def test_without_maps_only_the_end_is_surveyed(full):
    bare = run(full.scenario, seed=2, stride=0)
    assert [taken.occasion for taken in bare.survey] == ["end"]
    assert bare.survey[0].estimates == full.survey[-1].estimates


def test_the_survey_moves_nothing(full):
    before = full.checksum
    del full.__dict__["checksum"]
    asked = run(full.scenario.override({"evaluation.clusters": 20}), seed=2, stride=0)
    assert full.survey
    assert full.checksum == asked.checksum == before


def test_respondents_can_be_read_back(full, tmp_path):
    full.save(tmp_path / "x")
    table = pd.read_parquet(tmp_path / "x" / "survey")
    taken = [each for each in full.survey if each.respondents]
    assert len(table) == sum(each.respondents for each in taken)
    for number, each in enumerate(taken):
        rows = table[table["round"] == number]
        assert rows["trust_state"].mean() == pytest.approx(each.estimates["trust_state"].share)
        assert set(rows["cell"]) == set(each.places.tolist())
        assert set(rows["occasion"]) == {each.occasion}


# --------------------------------------------------------------------- report


def test_the_report_sets_tasks_against_what_was_reached(full):
    report = full.evaluation
    assert {task.task: task.weight for task in report.tasks} == {"protection_of_civilians": 1.0, "ddr": 0.5}
    for task in report.tasks:
        assert task.attained == pytest.approx(full.outcomes[f"attained_{task.task}"], nan_ok=True)
    assert report.mandate_attained == pytest.approx(full.outcomes["mandate_attained"], nan_ok=True)


def test_the_report_in_words_and_as_data(full):
    text = str(full.evaluation)
    for word in (
        "Mandate",
        "Peace",
        "Partners",
        "Survey",
        "at exit",
        "Bridging force (UN)",
        "truth",
    ):
        assert word in " ".join(text.split()), word
    assert max(map(len, text.splitlines())) <= 110
    assert "nan" not in text
    data = full.evaluation.data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["survey"][-1]["estimates"]["fear"]["low"] >= 0.0
    assert [pillar["name"] for pillar in data["pillars"]][:2] == ["policing", "services"]


def test_the_report_of_a_country_without_a_mission(valley):
    text = str(run(valley.override({"weeks": 60}).without_mission(), seed=1, stride=13).evaluation)
    assert "There was no mission and no mandate." in text
    assert "Partners" not in text
    assert "trust the peacekeepers" not in text
