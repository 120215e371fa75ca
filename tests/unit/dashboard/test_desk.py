"""One page's computing."""

import time

import numpy as np
import pytest

from sim.analysis.intervals import mean
from sim.dashboard.cards import cards, compared, judged
from sim.dashboard.choice import NOTHING, Choice
from sim.dashboard.countries import country
from sim.dashboard.desk import Desk, Office, View
from sim.dashboard.downloads import experiment_file, figure_file, file_name, scenario_file, weekly_file
from sim.dashboard.futures import Member, typical
from sim.dashboard.story import around, factors, moments
from sim.engine.run import run
from sim.scenario.scenario import Scenario

PATIENCE = 120.0


@pytest.fixture(scope="module")
def base() -> Scenario:
    return country("ceasefire_line").override({"weeks": 60})


@pytest.fixture(scope="module")
def office() -> Office:
    return Office(most=8)


@pytest.fixture(scope="module")
def views(base: Scenario, office: Office) -> list[View]:
    found, said = served(base, office, Choice())
    assert said == []
    return found


def served(base: Scenario, office: Office, *choices: Choice) -> tuple[list[View], list[str]]:
    """What a desk publishes when the choices come one right after the other."""
    views: list[View] = []
    said: list[str] = []
    desk = Desk(office, views.append, said.append)
    for thread in [desk.want(choice, base) for choice in choices]:
        thread.join(PATIENCE)
    return views, said


def test_the_run_comes_first_and_the_fan_after_it(views: list[View]) -> None:
    assert (views[0].members, views[0].fan, views[0].working) == ((), b"", True)
    last = views[-1]
    assert len(last.members) == len(last.others) == 8
    assert not last.working
    assert last.fan
    assert last.fan_other


def test_the_run_shown_is_one_of_the_futures_and_is_what_the_engine_gives(views: list[View]) -> None:
    last = views[-1]
    seed = last.shown.result.seed
    member = next(member for member in last.members if member.seed == seed)
    np.testing.assert_allclose(member.weekly, last.shown.result.weekly_array, rtol=1e-6)
    again = run(last.scenario, seed, stride=0)
    np.testing.assert_array_equal(again.weekly_array, last.shown.result.weekly_array)
    assert last.other is not None
    assert last.other.result.seed == seed
    assert last.other.result.scenario.missions == ()
    assert last.rank <= len(last.members) // 2


def test_only_the_last_of_quick_changes_is_answered(base: Scenario, office: Office) -> None:
    choices = [Choice().moved("mission.mandate.clarity", value) for value in (0.1, 0.2, 0.3)]
    views, said = served(base, office, *choices)
    assert said == []
    assert {view.choice.settings["mission.mandate.clarity"] for view in views} == {0.3}


def test_what_was_computed_before_comes_at_once_and_the_world_without_a_mission_is_shared(
    base: Scenario, office: Office, views: list[View]
) -> None:
    before = len(office.works.shelf)
    again, _ = served(base, office, Choice())
    assert [len(view.members) for view in again] == [8], "drawn once, complete"
    assert len(office.works.shelf) == before, "nothing new was computed"
    moved, _ = served(base, office, Choice().moved("mission.leadership", 0.2))
    assert moved[-1].others[0] is views[-1].others[0]


def test_a_closed_page_gets_nothing_more_and_its_work_ends(base: Scenario, office: Office) -> None:
    views: list[View] = []
    desk = Desk(office, views.append, views.append)
    thread = desk.want(Choice().moved("mission.leadership", 0.9), base)
    desk.close()
    thread.join(PATIENCE)
    until = time.monotonic() + PATIENCE
    while office.works.waiting and time.monotonic() < until:
        time.sleep(0.01)
    assert views == []
    assert office.works.waiting == 0
    assert office.busy == 0


def test_settings_that_contradict_each_other_are_told_in_words(base: Scenario, office: Office) -> None:
    choice = Choice(against=NOTHING)
    for task in base.mission.mandate.tasks:
        choice = choice.moved(f"mission.mandate.tasks.{task}", False)
    views, said = served(base, office, choice)
    assert views == []
    assert len(said) == 1
    assert "tasks" in said[0]


def test_fewer_futures_under_load() -> None:
    office = Office()
    assert office.n_futures() == 100
    with office.at_work(), office.at_work():
        assert office.n_futures() == 50
    office._busy = 30
    assert office.n_futures() == 20


def test_the_medoid_of_a_row_of_futures_is_the_middle_one() -> None:
    from sim.world.series import SERIES

    members = [Member(k, {}, np.full((26, len(SERIES)), float(k), dtype=np.float32)) for k in (9, 0, 4, 1, 8)]
    order = typical(members)
    assert members[order[0]].seed == 4
    assert members[order[-1]].seed in (0, 9)
    assert sorted(order) == list(range(5))


@pytest.mark.parametrize(
    ("difference", "unit", "better", "verdict", "tone", "words"),
    [
        (
            [-5.0] * 9 + [1.0],
            "persons",
            "lower",
            "better in 9 of 10",
            "better",
            "4.4 fewer on average (95% interval: ",
        ),
        ([-5.0] * 9 + [1.0], "persons", "higher", "worse in 9 of 10", "worse", "4.4 fewer on average"),
        ([-1.0] * 5 + [1.0] * 5, "persons", "lower", "better in 5, worse in 5 of 10", "open", "not told from chance"),
        ([0.0] * 10, "persons", "lower", "the same in all 10", "open", "the same as"),
        ([0.03] * 92 + [-0.03] * 8, "index", "higher", "better in 92 of 100", "better", "0.03 higher on average"),
        ([-0.001, -0.002] * 10, "index", "higher", "the same in all 20", "open", "the same as"),
        (
            [-0.04] + [-0.001] * 19,
            "index",
            "higher",
            "better in 0, worse in 1, the same in 19 of 20",
            "open",
            "the same as",
        ),
        ([-9.0] * 8 + [0.0] * 12, "persons", "lower", "better in 8, the same in 12 of 20", "better", "3.6 fewer"),
        ([-9.0, 5.0, 0.0, 0.0], "persons", "lower", "better in 1, worse in 1, the same in 2 of 4", "open", "not told"),
        ([-9.0], "persons", "lower", "better in 1, worse in 0 of 1", "open", "too few futures to be told from chance"),
    ],
)
def test_a_difference_is_told_only_where_chance_does_not_explain_it(
    difference: list[float], unit: str, better: str, verdict: str, tone: str, words: str
) -> None:
    pairs = np.array(difference)
    said, meant = judged(pairs, mean(pairs), unit, better)  # type: ignore[arg-type]
    assert (said.removesuffix(" pairs of futures"), meant) == (verdict, tone)
    assert compared(mean(pairs), unit).startswith(words)


def test_nothing_is_judged_where_neither_side_is_better() -> None:
    pairs = np.full(10, -5.0)
    assert judged(pairs, mean(pairs), "US$", "neutral") == ("", "")


def test_cards_compare_pair_by_pair_and_put_the_ends_of_a_range_in_order() -> None:
    names = ("civilian_deaths", "battle_deaths", "displaced_end", "conflict_years_25", "trust_state_end")
    names += ("peacekeepers_killed", "cost_usd")
    weekly = np.zeros((1, 1), dtype=np.float32)
    mine = [Member(k, dict.fromkeys(names, 100.0 + k), weekly) for k in range(10)]
    other = [Member(k, dict.fromkeys(names, 300.0 + 2.0 * k), weekly) for k in range(10)]
    card = next(card for card in cards(mine, other, "without the mission") if card.name == "civilian_deaths")
    assert card.difference.startswith("204 fewer on average (95% interval: 203 to 206) than without the mission")
    assert card.verdict == "better in 10 of 10 pairs of futures"


def test_every_moment_of_a_run_can_be_explained(views: list[View]) -> None:
    result = views[-1].shown.result
    listed = moments(result)
    assert listed == sorted(listed, key=lambda moment: (moment.week, moment.event))
    assert any(moment.kind == "peak" for moment in listed)
    events = [result.told[moment.event] for moment in listed if moment.event >= 0]
    assert events
    for event in events:
        assert all(factor.against for factor in factors(event))
        assert result.told.index(event) in around(result, event.week)


def test_downloads_can_be_read_again(views: list[View], base: Scenario, tmp_path) -> None:
    import io
    import tomllib

    import pandas as pd

    from sim.scenario.load import load_scenario

    view = views[-1]
    path = tmp_path / file_name(view, ".toml")
    path.write_bytes(scenario_file(view))
    assert load_scenario(path) == view.scenario
    table = pd.read_csv(io.BytesIO(weekly_file(view)))
    assert len(table) == view.scenario.weeks
    assert (table["displaced_q05"] <= table["displaced_q95"]).all()
    assert figure_file(view.shown.result).startswith(b"\x89PNG")
    study = tomllib.loads(experiment_file(base, Choice().moved("mission.mandate.clarity", 0.4)).decode())
    assert study["factors"] == [{"name": "clarity", "path": "mission.mandate.clarity", "values": [0.9, 0.4]}]
    assert study["contrast"] == {"against": "no mission"}


def test_every_experiment_is_one_that_sweep_takes(base: Scenario, tmp_path) -> None:
    study = pytest.importorskip("sim.experiment.study")
    nothing = Choice()
    many = nothing.moved("contributors.*.pledged", 0.5)
    mixed = many.moved("mission.deployment.doctrine", "hotspot").moved("mission.mandate.tasks.ddr", True)
    for number, choice in enumerate((nothing, many, mixed, Choice(against=NOTHING).moved("mission.leadership", 0.1))):
        path = tmp_path / f"study{number}.toml"
        path.write_bytes(experiment_file(base, choice))
        assert study.make_plan(path).n_runs > 0
