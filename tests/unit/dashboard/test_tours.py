"""Guided tours: what was written for each mission fits its scenario and its record."""

import pytest

from sim.dashboard.choice import world_of
from sim.dashboard.countries import country, names
from sim.dashboard.guesses import judged_guess
from sim.dashboard.levers import levers
from sim.dashboard.tour_own import KEYS, own_steps, written_for
from sim.dashboard.tour_record import on_record
from sim.dashboard.tours import tour
from sim.results.outcomes import OUTCOMES

GIVEN = names()


@pytest.mark.parametrize("name", GIVEN)
def test_every_bundled_scenario_has_steps_of_its_own_and_all_of_them_fit(name: str) -> None:
    scenario, data = country(name), written_for(name)
    assert set(data) <= {"step", "end"}
    assert len(data["step"]) >= 3
    assert [step.title for step in own_steps(scenario)] == [each["title"] for each in data["step"]]
    for each in data["step"]:
        assert set(each) <= KEYS
        assert bool(each.get("outcome")) == bool(each.get("question"))


@pytest.mark.parametrize("name", GIVEN)
def test_settings_of_steps_move_something_and_can_be_run(name: str) -> None:
    scenario = country(name)
    known = {lever.path: lever for lever in levers(scenario)}
    for step in own_steps(scenario):
        for path, value in (step.settings or {}).items():
            assert value != known[path].resting, f"{step.title}: {path} is what it is already"
        world_of(scenario, step.settings or {})
        assert not step.outcome or step.outcome in OUTCOMES
        assert -1 <= step.week < scenario.weeks


@pytest.mark.parametrize("name", GIVEN)
def test_facts_come_from_the_record_and_made_up_countries_have_none(name: str) -> None:
    scenario = country(name)
    facts = [step.reveal for step in own_steps(scenario) if step.reveal]
    assert bool(facts) == (scenario.about.kind == "historical")


def test_a_fact_has_value_range_and_source() -> None:
    import datetime

    words = on_record("unamir", "deaths_during", datetime.date(1994, 1, 1))
    assert words.startswith("Deaths by violence during the mission, 1994-01-01 to 1994-12-31: 502,000 (450,000 to ")
    assert "UCDP" in words
    with pytest.raises(LookupError, match="no figure"):
        on_record("unamir", "deaths_during", datetime.date(1900, 1, 1))


@pytest.mark.parametrize("name", GIVEN)
def test_a_tour_begins_with_the_case_asks_for_a_guess_and_has_the_questions_of_the_scenario(name: str) -> None:
    scenario = country(name)
    steps = tour(scenario)
    assert steps[0].title == "The case"
    assert steps[1].outcome == "civilian_deaths"
    assert sum(step.title.startswith("Question") for step in steps) == len(scenario.about.questions)
    titles = [step.title for step in steps]
    assert len(set(titles)) == len(titles)


def test_nobody_plays_for_fewer_dead_in_a_genocide() -> None:
    assert "Halve the dead" not in tour(country("unamir"))[-1].text
    assert "Halve the dead" in tour(country("unmil"))[-1].text


def test_a_step_that_does_not_fit_an_edited_copy_is_left_out() -> None:
    scenario = country("unmil").override({"events": []})
    titles = [step.title for step in own_steps(scenario)]
    assert "A departure" not in titles
    assert "Ten years of nothing" in titles
    assert own_steps(country("unmil").override({"scenario.id": "mine"})) == []


def test_guesses_are_judged_by_pairs() -> None:
    from sim.dashboard.futures import Member

    def futures(*dead: float) -> list[Member]:
        import numpy as np

        return [Member(seed, {"civilian_deaths": number}, np.zeros((1, 1))) for seed, number in enumerate(dead)]

    words = judged_guess("civilian_deaths", "Less than half", futures(10, 20, 30), futures(100, 100, 100))
    assert words.startswith("Less than half: 20 against 100")
    assert "less in 3 of 3 pairs" in words
    assert words.endswith("You guessed that.")
