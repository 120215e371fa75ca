"""However a run is computed, it is the same run, to the bit."""

import numpy as np
import pytest

from sim.engine.replicate import replicates
from sim.engine.run import advance, simulate, switches
from sim.results.checksum import checksum
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from sim.world import build
from sim.world.build import build_world
from sim.world.rates import build_rates
from sim.world.series import SERIES
from tests.support.countries import valley
from tests.support.runs import differences, same


@pytest.fixture(scope="module")
def country() -> Scenario:
    return valley()


def test_the_same_seed_gives_the_same_run(country: Scenario) -> None:
    assert differences(simulate(country, 7), simulate(country, 7)) == []
    assert checksum(simulate(country, 7)) == checksum(simulate(valley(), 7))


def test_another_seed_gives_another_run(country: Scenario) -> None:
    one, other = simulate(country, 7), simulate(country, 8)
    for name in (
        "battle_deaths",
        "civilians_killed",
        "displaced",
        "fear",
        "deployed",
        "cash_usd",
        "commitment",
    ):
        number = [series.name for series in SERIES].index(name)
        assert not same(one.record.weekly[:, number], other.record.weekly[:, number]), name


def test_every_bit_of_the_seed_counts(country: Scenario) -> None:
    short = country.override({"weeks": 4})
    found = {checksum(simulate(short, 1 << bit)) for bit in range(63)}
    assert len(found) == 63


@pytest.mark.parametrize("until", [1, 39, 155])
def test_a_run_in_two_parts_is_the_whole(country: Scenario, until: int) -> None:
    world, rates = build_world(country, 7), build_rates(country.parameters)
    world = advance(world, rates, switches(country), until)
    world = advance(world, rates, switches(country), country.weeks)
    assert differences(world, simulate(country, 7)) == []


def test_looking_at_the_progress_changes_nothing(country: Scenario) -> None:
    seen: list[int] = []
    world = simulate(country, 7, progress=lambda done, _: seen.append(done))
    assert seen == [52, 104, 156]
    assert differences(world, simulate(country, 7)) == []


def test_a_longer_log_changes_nothing(country: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much room the log begins with, it has the same rows in the end."""
    worlds = []
    for rows in (512, 4_096, 50_000):
        monkeypatch.setattr(build, "FIRST_LOG_ROWS", rows)
        fresh = country.model_copy()  # a scenario keeps the mould of its worlds
        worlds.append(simulate(fresh, 7))
    assert len({len(world.log.week) for world in worlds}) == 3
    assert worlds[0].log.count[0] > 50
    for world in worlds[1:]:
        assert differences(worlds[0], world) == []


def test_the_log_grows_without_losing_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """A war of more events than the log has rows at first."""
    fierce = valley(80).override({"parameters.one_sided_violence.kill_rate": 5.0})
    wide = simulate(fierce, 7)
    monkeypatch.setattr(build, "FIRST_LOG_ROWS", 400)
    narrow = simulate(fierce.model_copy(), 7)
    assert len(wide.log.week) > len(narrow.log.week) > 400
    assert narrow.log.count[0] > 400
    assert differences(wide, narrow) == []


def test_kept_maps_change_nothing(country: Scenario) -> None:
    one, other = simulate(country, 7, stride=3), simulate(country, 7)
    assert differences(one, other, skip=("record",)) == []
    assert same(one.record.weekly, other.record.weekly)
    assert checksum(one) == checksum(other)


@pytest.mark.parametrize("workers", [2, 3])
def test_threads_change_nothing(country: Scenario, workers: int) -> None:
    seeds = range(8)
    one = list(replicates(country, seeds, workers=1, stride=13))
    many = list(replicates(country, seeds, workers=workers, stride=13))
    assert [run.checksum for run in one] == [run.checksum for run in many]
    assert len({run.checksum for run in one}) == len(seeds)
    assert all(same(left.layers, right.layers) for left, right in zip(one, many, strict=True))
    assert [run.error for run in one] == [""] * len(seeds)


@pytest.mark.parametrize("name", ["valley", "unmil", "ceasefire_line"])
def test_a_run_that_is_cut_short_is_the_beginning_of_the_longer_one(name: str) -> None:
    scenario = valley() if name == "valley" else load_scenario(name).override({"weeks": 104})
    long, short = simulate(scenario, 3), simulate(scenario.override({"weeks": 52}), 3)
    assert same(long.record.weekly[:52], short.record.weekly)
    n = int(short.log.count[0])
    assert all(np.array_equal(a[:n], b[:n]) for a, b in zip(long.log[1:], short.log[1:], strict=True))
