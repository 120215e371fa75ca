"""The catalogue of switches: every path is there, every switch does something, claims and mechanisms agree."""

from typing import Any

import pytest

from sim.core.errors import ScenarioError
from sim.engine.run import NEVER_OFF, run, simulate, switches
from sim.engine.step import SCHEDULE
from sim.scenario.ablate import PROCESSES, switchable
from sim.scenario.catalogue import entry_at
from sim.scenario.claims import CLAIMS, mechanisms_of
from sim.scenario.load import load_scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.paths import Path
from sim.scenario.scenario import Scenario
from sim.scenario.slots import Slot, slot_at
from sim.scenario.stars import places
from tests.support.countries import valley
from tests.support.runs import differences


@pytest.fixture(scope="module")
def country() -> Scenario:
    return valley()


def keys(pattern: str) -> Path:
    """Turn a pattern into a path through the classes: a star is any item or key."""
    pattern = pattern.replace("missions.*", "mission", 1)
    return tuple(0 if key == "*" else key for key in pattern.split("."))


# ------------------------------------------------------------------ catalogue


def test_every_process_but_the_bookkeeping_can_be_switched_off() -> None:
    assert set(PROCESSES) == {step.name for step in SCHEDULE} - set(NEVER_OFF)


def test_no_two_switches_have_one_name() -> None:
    assert len(set(switchable())) == len(PROCESSES) + len(MECHANISMS)


@pytest.mark.parametrize("name", MECHANISMS)
def test_the_neutral_values_of_a_mechanism_are_values_of_the_scenario(name: str) -> None:
    mechanism = MECHANISMS[name]
    assert mechanism.name == name
    assert mechanism.process in PROCESSES
    assert mechanism.meaning[-1] != "."
    assert mechanism.neutral
    for path, value in mechanism.paths.items():
        entry = entry_at(path.replace("missions.*", "mission", 1))
        slot = slot_at(Scenario, keys(path))
        assert slot is not None, path
        if entry is None:
            assert slot.kind is bool
            continue
        low, high = entry.valid
        assert low is None or low <= value, path
        assert high is None or value <= high, path
        assert "*" in path or entry.default != value, f"{path} is idle anyway"


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_stands_for_claims_that_there_are(name: str) -> None:
    assert MECHANISMS[name].claims
    assert set(MECHANISMS[name].claims) <= set(CLAIMS)


def test_all_claims_are_there_and_live_somewhere_or_say_that_they_do_not() -> None:
    assert list(CLAIMS) == [f"C{number:02}" for number in range(1, 42)]
    for name, claim in CLAIMS.items():
        assert claim.processes or mechanisms_of(name) or claim.levers or claim.gap, name
        assert set(claim.processes) <= set(PROCESSES), name


@pytest.mark.parametrize("name", CLAIMS)
def test_the_levers_of_a_claim_are_inputs(name: str) -> None:
    found = {lever: slot_at(Scenario, keys(lever)) for lever in CLAIMS[name].levers}
    assert [lever for lever, slot in found.items() if not isinstance(slot, Slot)] == []


# ------------------------------------------------------------------ switching


def test_a_mechanism_can_be_switched_off_by_name_in_a_file_and_in_python(country: Scenario) -> None:
    in_python = country.without("caution", "caveats")
    in_file = Scenario.model_validate(country.data() | {"switched_off": ("caution", "caveats")})
    assert in_python == in_file
    assert in_python.parameters.attacks_on_mission.caution_per_attack == 0.0
    assert {contributor.caveats for contributor in in_python.contributors} == {0.0}
    assert in_python.without("caution") == in_python
    assert in_python.digest() != country.digest()


def test_a_switch_wins_over_a_value(country: Scenario) -> None:
    both = country.without("caution").override({"parameters.attacks_on_mission.caution_per_attack": 0.9})
    assert both.parameters.attacks_on_mission.caution_per_attack == 0.0


def test_inputs_of_all_missions_are_meant(country: Scenario) -> None:
    off = country.without("uncoordinated_tasking")
    assert [mission.deployment.coordination for mission in off.missions] == [1.0, 1.0]
    alone = country.without_mission().without("uncoordinated_tasking", "flexibility", "lead_times")
    assert alone.missions == ()


def test_a_switch_survives_a_file(country: Scenario, tmp_path: Any) -> None:
    off = country.without("recidivism", "relief")
    off.save(tmp_path / "off.toml")
    again = load_scenario(tmp_path / "off.toml")
    assert again == off
    assert again.digest() == off.digest()


def test_a_copy_that_only_claims_to_be_without_is_refused(country: Scenario) -> None:
    sham = country.model_copy(update={"switched_off": ("caution",)})
    with pytest.raises(ScenarioError, match=r"caution_per_attack: is switched off and still at work"):
        switches(sham)


def test_an_unknown_switch_is_refused_with_the_nearest_name(country: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"'cuation' is not a process or mechanism.*did you mean 'caution'"):
        country.without("cuation")


def test_places_of_a_pattern(country: Scenario) -> None:
    data = country.data()
    assert dict(places(data, "missions.*.leadership")) == {
        "mission.leadership": country.missions[0].leadership,
        "partners[0].leadership": country.missions[1].leadership,
    }
    assert len(dict(places(data, "contributors.*.caveats"))) == len(country.contributors)
    assert list(places(data, "regions.*.roads")) == [(f"regions.{x}.roads", 0.4) for x in "ABC"]


# ------------------------------------------------------------------ effects


# A valley with many attacks, donors who do not pay, and a mission with many tasks.
HARD = {
    "parameters.attacks_on_mission.attack_rate": 0.5,
    "parameters.funding.start_up_weeks": 0.0,
    **{f"donors.{donor}.reliability": 0.05 for donor in ("all", "fund", "friend", "bank")},
    "mission.deployment.training": 0.9,
    "mission.deployment.joint_training": 0.8,
    "mission.mandate.creep": 0.9,
    "mission.mandate.tasks.force_protection": 1.0,
    "mission.mandate.tasks.security_sector_reform": 1.0,
}
UNWANTED = {"mission.consent": 0.08}
# One where the disarmed find no place, and terrorists are a gang.
ADRIFT = {
    "parameters.reintegration.places_per_week": 0.0,
    "parameters.reintegration.reoffend_rate": 0.3,
    "armed_groups.sons.kind": "gang",
}


WILLING = {"parameters.peace_process.sign_above": 0.1}  # and without dates for their signatures


@pytest.fixture(scope="module")
def stage() -> list[tuple[Scenario, Any]]:
    """Countries with their worlds, all mechanisms at work."""
    undated = valley(peace={"stage": "war"})
    scenarios = [valley(), *(valley().override(each) for each in (HARD, UNWANTED, ADRIFT)), undated.override(WILLING)]
    return [(scenario, simulate(scenario, 1)) for scenario in scenarios]


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_switched_off_changes_something(stage: list[tuple[Scenario, Any]], name: str) -> None:
    for scenario, world in stage:
        if differences(world, simulate(scenario.without(name), 1), skip=("geography", "calendar")):
            return
    pytest.fail("it may as well not be there")


DEAF = [(name, path) for name, mechanism in MECHANISMS.items() for path in mechanism.silences]


@pytest.mark.parametrize(("name", "pattern"), DEAF, ids=[f"{name}: {path}" for name, path in DEAF])
def test_a_mechanism_switched_off_is_deaf_to_its_inputs(country: Scenario, name: str, pattern: str) -> None:
    """Bit for bit: what happened is the same whatever the input says."""
    off = country.without(name)
    changed = {path: 0.3 * value + 0.35 for path, value in places(off.data(), pattern)}
    other = off.override(changed)
    assert other.digest() != off.digest()
    here, there = simulate(off, 3), simulate(other, 3)
    kept = ("communities", "population", "bands", "record", "log", "casualties")
    assert [name for name in differences(here, there) if name.partition(".")[0] in kept] == []


def test_a_switch_is_nothing_but_its_neutral_values(country: Scenario) -> None:
    by_hand = country.override({path: value for path, value in MECHANISMS["training"].paths.items()})
    assert run(by_hand, 2, stride=0).checksum == run(country.without("training"), 2, stride=0).checksum
