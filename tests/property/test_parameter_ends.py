"""The model runs, and every law holds, with each parameter at either end of its valid range."""

import pytest

from sim.core.errors import InvariantError
from sim.scenario.catalogue import Entry, parameters
from sim.scenario.scenario import Scenario
from tests.support.countries import valley
from tests.support.runs import run_checked

PROCESSES = sorted({entry.process for entry in parameters()})


@pytest.fixture(scope="module")
def country() -> Scenario:
    return valley(112)


def ends(entry: Entry) -> list[float]:
    """Both ends of a parameter's valid range; whole numbers stay whole."""
    low, high = entry.valid
    assert low is not None, f"{entry.path} has no lowest valid value"
    assert high is not None, f"{entry.path} has no highest valid value"
    return [int(low), int(high)] if entry.whole else [low, high]


@pytest.mark.parametrize("process", PROCESSES)
def test_every_parameter_runs_at_both_ends(country: Scenario, process: str) -> None:
    broken = []
    for entry in parameters():
        if entry.process != process:
            continue
        for value in ends(entry):
            try:
                run_checked(country.override({entry.path: value}), seed=5, stride=28)
            except InvariantError as error:
                broken.append(f"{entry.path} = {value:g}: {error}")
    assert broken == []


def test_all_parameters_of_a_process_run_at_one_end_together(country: Scenario) -> None:
    broken = []
    for process in PROCESSES:
        for end in (0, 1):
            changes = {each.path: ends(each)[end] for each in parameters() if each.process == process}
            try:
                run_checked(country.override(changes), seed=6, stride=28)
            except InvariantError as error:
                broken.append(f"all of {process} at {'low' if end == 0 else 'high'}: {error}")
    assert broken == []
