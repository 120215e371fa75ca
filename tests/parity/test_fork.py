"""A fork that changes nothing is the run itself, to the bit, wherever it parts."""

import pytest

from sim.engine.fork import simulate_fork
from sim.engine.run import simulate
from sim.results.checksum import checksum
from sim.scenario.load import load_scenario
from tests.support.runs import differences


@pytest.mark.parametrize("name", ["ceasefire_line", "fragile_peace"])
@pytest.mark.parametrize("week", [0, 1, 52, 119, 120])
def test_an_unchanged_fork_is_the_run(name, week):
    scenario, again = (load_scenario(name).override({"weeks": 120}) for _ in range(2))
    whole = simulate(scenario, 3, stride=7)
    forked = simulate_fork(scenario, 3, week, again, stride=7)
    assert checksum(forked) == checksum(whole)
    skipped = () if forked.log.week.shape == whole.log.week.shape else ("log",)
    assert differences(whole, forked, skipped) == []
