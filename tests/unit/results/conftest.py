from types import SimpleNamespace

import numpy as np
import pytest

from sim.engine.run import run
from sim.results.trace import COLUMN_OF, Trace
from sim.scenario.load import load_scenario
from sim.world.build import build_log


@pytest.fixture(scope="session")
def valley(root):
    return load_scenario(root / "tests" / "cli" / "valley.toml")


@pytest.fixture(scope="session")
def result(valley):
    """One short real run, with maps."""
    return run(valley.override({"weeks": 60}), seed=1, stride=13)


@pytest.fixture
def make_log():
    """Build an event log from rows (week, kind, cell, actor, other, size, size_other)."""

    def make(*rows):
        log = build_log(max(1, len(rows)))
        for number, row in enumerate(rows):
            for column, value in zip(log[1:8], row, strict=True):
                column[number] = value
            log.factors[number], log.nearest_km[number] = 1.0, -1.0
        log.count[0] = len(rows)
        return log

    return make


@pytest.fixture
def make_trace(valley, make_log):
    """Build a trace of some weeks in which all series are 0 but those given, from a log and a stage."""

    def make(weeks, *rows, stage="war", start="2000-01-03", missions=None, donors=None, **series):
        weekly = np.zeros((weeks, len(COLUMN_OF)))
        for name, values in series.items():
            weekly[:, COLUMN_OF[name]] = values
        scenario = valley.override({"weeks": 600, "peace.stage": stage})
        none = np.zeros(0, dtype=np.int64)
        world = SimpleNamespace(
            log=make_log(*rows),
            missions=missions or SimpleNamespace(start_week=none, end_week=none, rehat=none),
            donors=donors or SimpleNamespace(promised_usd=none, paid_usd=none),
            calendar=SimpleNamespace(ceiling_week=none, ceiling_mission=none, ceiling=none),
        )
        return Trace(weekly, world, scenario)

    return make
