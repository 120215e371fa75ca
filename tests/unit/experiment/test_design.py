"""Designs: which rows there are, and that samples fill the cube as they should."""

import numpy as np
import pytest

from sim.experiment.design import unit_sample
from sim.experiment.study import make_plan
from sim.scenario.study.levels import AT_BASE
from tests.support.studies import small

RANGED = [
    {"name": "clarity", "path": "mission.mandate.clarity", "range": [0.2, 0.8]},
    {"name": "reviews", "path": "mission.mandate.review_weeks", "plausible": True},
    {"name": "off", "ablate": ["inaction", "overload"]},
]


def plan(**changes):
    return make_plan(small(**changes))


def test_a_grid_has_every_combination_once():
    made = plan()
    assert made.n_rows == 4
    assert {made.point(row) for row in range(4)} == {
        (0.2, "hotspot"), (0.2, "uniform"), (0.9, "hotspot"), (0.9, "uniform")
    }  # fmt: skip


def test_a_grid_divides_a_range():
    made = plan(factors=RANGED[:1], design={"kind": "grid", "n": 3})
    assert list(made.design["clarity"]) == pytest.approx([0.2, 0.5, 0.8])
    log = plan(factors=[RANGED[0] | {"scale": "log"}], design={"kind": "grid", "n": 3})
    assert list(log.design["clarity"]) == pytest.approx([0.2, 0.4, 0.8])


def test_one_at_a_time_begins_with_everything_as_it_is():
    made = plan(factors=RANGED, design={"kind": "one-at-a-time"})
    base = made.point(0)
    assert base[2] == "none"
    assert made.n_rows == 1 + 2 + 2 + 2
    for row in range(1, made.n_rows):
        assert sum(a != b for a, b in zip(made.point(row), base, strict=True)) == 1
    scenario = next(iter(made.recipe.scenarios.values()))
    assert made.recipe.scenario(base, 0).digest() == scenario.digest()


def test_a_list_is_taken_as_it_is():
    points = [{"clarity": 0.3, "doctrine": "static"}, {"clarity": 0.7, "doctrine": AT_BASE}]
    made = plan(design={"kind": "list", "points": points})
    assert [made.point(row) for row in range(2)] == [(0.3, "static"), (0.7, AT_BASE)]


def test_a_latin_hypercube_has_one_point_in_each_slice():
    sample = unit_sample("latin-hypercube", 50, 3, 1, second_order=False, num_levels=4)
    for column in sample.T:
        assert sorted((column * 50).astype(int)) == list(range(50))


@pytest.mark.parametrize(
    ("kind", "second_order", "rows"),
    [("sobol", False, 8 * 5), ("sobol", True, 8 * 8), ("morris", False, 8 * 4), ("latin-hypercube", False, 8)],
)
def test_samples_have_the_rows_that_their_analysis_expects(kind, second_order, rows):
    made = plan(factors=RANGED, design={"kind": kind, "n": 8, "second_order": second_order})
    assert made.n_rows == rows
    assert made.design["clarity"].min() >= 0.2
    assert made.design["clarity"].max() <= 0.8
    assert set(made.design["off"]) == {"none", "inaction", "overload"}
    weeks = made.design["reviews"]
    assert np.array_equal(weeks, np.round(weeks))  # a whole number of weeks
    assert (weeks.min(), weeks.max()) >= (12, 12)


def test_a_seed_makes_a_design_and_another_one_another():
    def drawn(seed):
        return plan(factors=RANGED, design={"kind": "latin-hypercube", "n": 8, "seed": seed}).design["clarity"]

    assert np.array_equal(drawn(1), drawn(1))
    assert not np.array_equal(drawn(1), drawn(2))


def test_an_ensemble_repeats_the_design_in_every_scenario():
    made = plan(base={"scenario": "", "scenarios": ["ceasefire_line", "fragile_peace"]})
    assert list(made.design) == ["scenario", "clarity", "doctrine"]
    assert made.n_rows == 8
    assert list(made.design["scenario"]) == ["ceasefire_line"] * 4 + ["fragile_peace"] * 4
    assert made.recipe.scenario(made.point(7), 0).id == "fragile_peace"


def test_scenarios_rules_and_levels_are_factors():
    factors = [
        {"name": "country", "scenario": ["ceasefire_line", "fragile_peace"]},
        {"name": "killing", "rule": {"one_sided_violence": ["full", "contest"]}},
        {
            "name": "bundle",
            "levels": {"none": {}, "thin": {"set": {"contributors.*.pledged": 10}, "without": ["caution"]}},
        },
    ]
    made = plan(base={"scenario": "fragile_peace"}, factors=factors)
    assert made.n_rows == 8
    point = ("ceasefire_line", "contest", "thin")
    scenario = made.recipe.scenario(point, 0)
    assert scenario.id == "ceasefire_line"
    assert {"retaliation", "looting", "caution"} <= set(scenario.switched_off)
    assert {each.pledged for each in scenario.contributors} == {10}
