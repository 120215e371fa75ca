"""Many futures: the same whatever the number of workers, in the order of the seeds, failures kept."""

import numpy as np
import pytest

from sim.engine import replicate
from sim.engine.replicate import replicates
from sim.engine.run import run


@pytest.fixture(scope="module")
def scenario(valley):
    return valley.override({"weeks": 30})


def test_one_and_two_workers_give_the_same_bits(scenario):
    seeds = [5, 1, 9, 2, 7, 3]
    one, two = (list(replicates(scenario, seeds, workers=n)) for n in (1, 2))
    assert [item.seed for item in one] == [item.seed for item in two] == seeds
    for a, b in zip(one, two, strict=True):
        assert a.checksum == b.checksum
        assert a.outcomes == pytest.approx(b.outcomes, rel=0, abs=0, nan_ok=True)
        assert a.weekly.tobytes() == b.weekly.tobytes()
    assert len({item.checksum for item in one}) == len(seeds)


def test_a_replicate_is_the_run_of_its_seed(scenario):
    (item,) = replicates(scenario, [4], stride=10)
    alone = run(scenario, seed=4, stride=10)
    assert item.checksum == alone.checksum
    assert item.error == ""
    assert np.array_equal(item.weekly, alone.weekly_array)
    assert np.array_equal(item.layers, alone.cells.array)


def test_a_failure_is_a_row_and_the_others_go_on(scenario, monkeypatch):
    simulate = replicate.simulate

    def moody(scenario, seed, **more):
        if seed == 2:
            raise FloatingPointError("too much")
        return simulate(scenario, seed, **more)

    monkeypatch.setattr(replicate, "simulate", moody)
    rows = list(replicates(scenario, [1, 2, 3], workers=2))
    assert [row.error for row in rows] == ["", "FloatingPointError: too much", ""]
    assert rows[1].outcomes == {}
    assert rows[1].weekly is None


def test_progress_counts_runs(scenario):
    seen = []
    list(replicates(scenario, range(3), workers=2, progress=lambda done, total: seen.append((done, total))))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_only_a_few_runs_are_ahead_of_the_reader(scenario, monkeypatch):
    started = []
    attempt = replicate.attempt
    monkeypatch.setattr(
        replicate,
        "attempt",
        lambda scenario, seed, *more: started.append(seed) or attempt(scenario, seed, *more),
    )
    runs = replicates(scenario, range(50), workers=1)
    next(runs)
    runs.close()
    assert len(started) <= 4


def test_no_seeds_no_runs(scenario):
    assert list(replicates(scenario, [])) == []
