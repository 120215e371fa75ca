"""Each process can be left out; one whose rates are zero does nothing, and then leaves no trace."""

import itertools

import pytest

from sim.core.errors import ScenarioError
from sim.engine.run import NEVER_OFF, simulate
from sim.engine.step import SCHEDULE
from sim.scenario.load import load_scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.scenario import Scenario
from sim.world.checks import INVARIANTS
from sim.world.kinds import Count
from sim.world.series import SERIES
from tests.support.countries import valley
from tests.support.runs import differences, same, weekly_worlds

NAMES = [step.name for step in SCHEDULE]

# Rates that switch a process off, and what it writes all the same: series, columns.
SILENT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "clashes": (("clash_rate",), ()),
    "one_sided_violence": (("kill_rate",), ()),
    "attacks_on_mission": (("attack_rate", "illness_per_year"), ()),
    "recruitment": (("recruit_rate", "desert_rate"), ()),
    "ddr": (("disarm_rate",), ()),
    "misconduct": (("acts_per_1000_year",), ()),
    "crime": (("murders_per_100000_year", "adrift_settle", "seized_per_week"), ()),
    "communal_violence": (("riots_per_million_year",), ()),
    "relief": (
        ("need_rate", "relief_effect", "capture"),
        ("relief_usd", "relief_doubled_usd", "communities.reached"),
    ),
    "institutions": (("own_growth", "help_growth", "harm"), ()),
    "security_reform": (("train_rate",), ()),
    "human_rights": (("pressure",), ()),
    "sanctions": (("cut_per_month",), ()),
}


@pytest.fixture(scope="module")
def country() -> Scenario:
    return valley()


def without(scenario: Scenario, name: str) -> Scenario:
    """Not by ``Scenario.without``, which refuses to switch off the bookkeeping."""
    return scenario.model_copy(update={"switched_off": (name,)})


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NEVER_OFF])
def test_any_process_can_be_left_out(country: Scenario, name: str) -> None:
    for world in weekly_worlds(without(country, name), 2, stride=26):
        assert [breach for law in INVARIANTS for breach in INVARIANTS[law](world)] == []


OURS = ("ceasefire_line", "fragile_peace", "unmil")
WEEKS = 104  # in which the missions of all three come


@pytest.fixture(scope="module", params=OURS)
def case(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param).override({"weeks": WEEKS})


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NEVER_OFF])
def test_the_bundled_scenarios_keep_the_laws_without_any_one_process(case: Scenario, name: str) -> None:
    for world in weekly_worlds(case.without(name), 5, stride=26):
        assert [breach for law in INVARIANTS for breach in INVARIANTS[law](world)] == []


@pytest.mark.parametrize("name", sorted({mechanism.process for mechanism in MECHANISMS.values()}))
def test_the_bundled_scenarios_keep_the_laws_without_any_mechanism_of_a_process(case: Scenario, name: str) -> None:
    off = [each.name for each in MECHANISMS.values() if each.process == name]
    for world in weekly_worlds(case.without(*off), 5, stride=52):
        assert [breach for law in INVARIANTS for breach in INVARIANTS[law](world)] == []


@pytest.mark.parametrize("name", NEVER_OFF)
def test_bookkeeping_cannot_be_left_out(country: Scenario, name: str) -> None:
    with pytest.raises(ScenarioError, match=name):
        simulate(without(country, name), 2)


def test_without_band_movement_there_is_still_fighting(country: Scenario) -> None:
    clashes = [
        simulate(without(country, "band_movement"), seed).record.weekly[:, Count.CLASHES].sum() for seed in range(4)
    ]
    assert sum(clashes) > 0


def test_without_clashes_the_dead_of_offensives_are_those_of_the_week(country: Scenario) -> None:
    """They were cleared by clashes alone once, and piled up in fear."""
    attacking = without(country, "clashes").override({"parameters.offensives.offensive_rate": 5.0})
    worlds = weekly_worlds(attacking, 2)
    dead = [(int(world.population.fighters_killed[0]), world.violence.battle_deaths.sum()) for world in worlds]
    assert dead[-1][0] > 50
    for (before, _), (after, this_week) in itertools.pairwise(dead):
        assert this_week == after - before


def test_without_funding_missions_still_deploy(country: Scenario) -> None:
    world = simulate(without(country, "funding"), 2)
    assert world.casualties.arrived.sum() > 0


@pytest.mark.parametrize("name", SILENT)
def test_a_process_with_rates_of_zero_can_be_left_out_without_a_trace(country: Scenario, name: str) -> None:
    zeros, booked = SILENT[name]
    unseen = {"parameters.one_sided_violence.witness": 0.0} if name == "relief" else {}
    silent = country.override({f"parameters.{name}.{rate}": 0.0 for rate in zeros} | unseen)
    here, gone = simulate(silent, 3), simulate(without(silent, name), 3)
    assert set(differences(here, gone, skip=("record",))) <= set(booked)
    for number, series in enumerate(SERIES):
        if series.name not in booked:
            assert same(here.record.weekly[:, number], gone.record.weekly[:, number]), series.name


def test_misconduct_acts_through_trust_and_the_will_of_donors_alone(country: Scenario) -> None:
    """Its draws, its events and its count change nothing else."""
    harmless = country.override(
        {
            "parameters.misconduct.trust_lost": 0.0,
            "parameters.funding.will_loss_per_scandal": 0.0,
            "parameters.misconduct.acts_per_1000_year": 500.0,
        }
    )
    here, gone = simulate(harmless, 3), simulate(without(harmless, "misconduct"), 3)
    assert here.record.weekly.sum(axis=0)[[s.name for s in SERIES].index("misconduct")] > 50
    assert differences(here, gone, skip=("record", "log")) == ["missions.scandal"]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("births", *NEVER_OFF)])
def test_births_keep_their_luck_whatever_is_left_out(country: Scenario, name: str) -> None:
    """In the first week nothing has come before them: who is born does not depend on who else draws."""
    short = country.model_copy(update={"about": country.about.model_copy(update={"weeks": 1})})
    born = [simulate(each, 4).population.births[0] for each in (short, without(short, name))]
    assert born[0] == born[1] > 0
