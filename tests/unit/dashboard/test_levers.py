"""Sliders and choices, generated from the catalogue."""

import pytest

from sim.dashboard.countries import country
from sim.dashboard.grouping import FIRST, GROUPS, NAMES
from sim.dashboard.levers import STEPS, levers, nice_step, overrides
from sim.scenario.catalogue import entry_at, quantities
from sim.scenario.scenario import Scenario


@pytest.fixture(scope="module")
def base() -> Scenario:
    return country("ceasefire_line")


def test_every_group_has_levers_and_every_lever_unit_range_and_source(base: Scenario) -> None:
    found = levers(base)
    assert {lever.group for lever in found} == set(GROUPS)
    for lever in found:
        assert lever.meaning
        assert lever.label
        if lever.slides:
            assert lever.source.startswith(("data:", "literature:", "calibrated:", "assumption", "scenario"))
            assert lever.low <= lever.start <= lever.high
            assert (lever.high - lever.low) / lever.step <= STEPS + 1


def test_every_slider_is_a_number_of_the_catalogue_with_its_words(base: Scenario) -> None:
    by_path = {entry.path: entry for entry in quantities()}
    for lever in levers(base):
        if lever.slides:
            entry = by_path[lever.path]
            assert (lever.meaning, lever.unit, lever.source) == (entry.meaning, entry.unit, entry.source)
    assert entry_at("mission.mandate.clarity") in by_path.values()


def test_all_levers_of_policy_are_on_the_panel_but_for_those_left_out_on_purpose(base: Scenario) -> None:
    left_out = ("mission.mandate.decisions.", "partners.*.mandate.", "partners.*.deployment.")
    shown = {lever.path for name in ("ceasefire_line", "unmil", "kfor") for lever in levers(country(name))}
    policy = {entry.path for entry in quantities() if entry.role == "lever" and not entry.path.startswith(left_out)}
    # Budgets that these scenarios leave to be reckoned have no slider.
    assert policy - shown <= {"mission.budget_usd_per_year", "partners.*.budget_usd_per_year"}


def test_names_and_order_speak_of_numbers_that_exist() -> None:
    known = {entry.path for entry in quantities()}
    choices = {"mission.deployment.doctrine", "mission.mandate.rules_of_engagement"}
    assert set(NAMES) <= known
    assert set(FIRST) <= known | choices


def test_nothing_moved_changes_nothing(base: Scenario) -> None:
    assert overrides(base, {}) == {}
    assert base.override(overrides(base, {})).digest() == base.digest()


def test_a_country_without_a_mission_has_society_to_move_and_no_mandate(base: Scenario) -> None:
    groups = {lever.group for lever in levers(base.without_mission())}
    assert "Society" in groups
    assert "Mandate" not in groups


@pytest.mark.parametrize(("span", "step"), [(1.0, 0.05), (40.0, 1.0), (58.0, 2.0), (234.0, 10.0), (2e8, 5e6)])
def test_steps_are_round(span: float, step: float) -> None:
    assert nice_step(span) == pytest.approx(step)
