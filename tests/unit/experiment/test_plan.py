"""The plan: numbers, arms, seeds, and what must not change under a folder."""

from sim.experiment.study import make_plan
from tests.support.studies import small


def test_runs_are_numbered_by_row_arm_and_replicate():
    plan = make_plan(small())
    seen = [plan.recipe.run(number) for number in range(plan.n_runs)]
    assert plan.n_runs == 4 * 2 * 3
    assert seen[:4] == [(0, 0, 0, 0, 5), (1, 0, 0, 1, 6), (2, 0, 0, 2, 7), (3, 0, 1, 0, 5)]
    assert [plan.number(run.row, run.arm, run.replicate) for run in seen] == list(range(plan.n_runs))


def test_seeds_are_shared_by_rows_and_arms_or_by_nobody():
    shared = make_plan(small())
    assert {shared.recipe.run(number).seed for number in range(shared.n_runs)} == {5, 6, 7}
    own = make_plan(small(base={"common_random_numbers": False}))
    seeds = [own.recipe.run(number).seed for number in range(own.n_runs)]
    assert len(set(seeds)) == own.n_runs
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_the_contrast_is_the_same_country_without_the_mission_or_as_it_was():
    plan = make_plan(small())
    assert plan.recipe.scenario(plan.point(0), 0).mission.mandate.clarity == 0.2
    assert plan.recipe.scenario(plan.point(0), 1).mission is None
    base = make_plan(small(contrast={"against": "baseline"}))
    assert base.recipe.scenario(base.point(0), 1).digest() == base.recipe.scenarios["ceasefire_line"].digest()


def test_what_is_run_has_a_digest_of_its_own():
    same, other = make_plan(small()).digest, set()
    assert make_plan(small(experiment={"title": "Another title"})).digest == same
    for change in (
        {"base": {"seed": 6}},
        {"base": {"weeks": 5}},
        {"base": {"replicates": 4}},
        {"base": {"set": {"mission.leadership": 0.9}}},
        {"outcomes": {"names": ["civilians_killed"]}},
        {"contrast": {"against": "baseline"}},
        {"contrast": None},
        {"outcomes": {"weekly": True}},
    ):
        other.add(make_plan(small(**change)).digest)
    assert len(other) == 8
    assert same not in other


def test_equal_labels_of_different_levels_are_told_apart():
    def digest(pledged):
        levels = {"a": {"set": {"contributors.*.pledged": pledged}}}
        return make_plan(small(factors=[{"name": "bundle", "levels": levels}])).digest

    assert digest(10) != digest(20)
