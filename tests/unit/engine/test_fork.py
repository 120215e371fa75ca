"""Forks: the past stays to the bit, the rest follows the new orders, others' luck stays."""

import datetime

import numpy as np
import pytest

from sim import fork, run
from sim.core.errors import InputError
from sim.engine.fork import checkpoint, simulate_fork
from sim.engine.replicate import replicates
from sim.results.checksum import checksum
from sim.results.folder import read_manifest
from sim.results.trunk import Trunk
from sim.scenario.load import load_scenario
from sim.world.graft import graft
from sim.world.kinds import UnitStatus

WEEK = 40


@pytest.fixture(scope="module")
def valley(root):
    return load_scenario(root / "tests" / "cli" / "valley.toml")


@pytest.fixture(scope="module")
def plain(valley):
    return run(valley, seed=2)


def parts_at(one, other):
    """The first week in which two results differ, or None."""
    n = min(len(one.weekly_array), len(other.weekly_array))
    rows = np.flatnonzero((one.weekly_array[:n] != other.weekly_array[:n]).any(axis=1))
    return int(rows[0]) if len(rows) else None


@pytest.mark.parametrize(
    ("off", "left"),
    [
        ("one_sided_violence", "violence.civilians_killed"),
        ("clashes offensives", "violence.battle_deaths"),
        ("communal_violence", "violence.riot_deaths"),
        ("crime", "violence.murders"),
        ("relief", "communities.reached"),
        ("presence", "presence.felt"),
        ("presence", "units.effective"),
    ],
)
def test_what_is_switched_off_does_not_go_on(valley, off, left):
    table, _, column = left.partition(".")
    past = checkpoint(valley, 2, WEEK)
    getattr(getattr(past, table), column)[...] = 3.0
    world = simulate_fork(valley, 2, WEEK, valley.without(*off.split()), past=past)
    assert not getattr(getattr(world, table), column).any()


@pytest.mark.parametrize(
    "changes",
    [
        {"mission.mandate.clarity": 0.05},
        {"mission.mandate.rules_of_engagement": "enforce"},
        {"mission.deployment.doctrine": "static"},
        {"mission.budget_usd_per_year": 1e6},
        {"mission.mandate.authorised[0].military": 100},
        {"contributors.ghana.will": 0.0},
        {"donors.members.share": 0.0},
        {"ngos.relief.budget_usd_per_year": 0.0},
        {"parameters.displacement.flight_rate": 0.5},
        {"switched_off": ["displacement"]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_change_works_from_its_week_on(valley, plain, changes):
    result = fork(valley, 2, WEEK, changes)
    at = parts_at(plain, result)
    assert at is not None, "the change does something"
    assert at >= WEEK
    assert result.weekly_array[:WEEK].tobytes() == plain.weekly_array[:WEEK].tobytes()
    n = int((plain.world.log.week[: plain.world.log.count[0]] < WEEK).sum())
    for one, other in zip(plain.world.log[1:], result.world.log[1:], strict=True):
        assert one[:n].tobytes() == other[:n].tobytes()
    assert result.cells.array[: WEEK // 13 + 1].tobytes() == plain.cells.array[: WEEK // 13 + 1].tobytes()


def test_what_it_is_called_does_not_move_anybody(valley, plain):
    renamed = valley.override({"scenario.title": "Another name", "contributors.ghana.name": "Gold Coast"})
    assert fork(valley, 2, WEEK, renamed).checksum == plain.checksum


def test_a_fork_at_week_0_is_a_run_of_the_changed_scenario(valley):
    changed = valley.override({"mission.mandate.clarity": 0.2, "contributors.ghana.quality": 0.5})
    assert fork(valley, 4, 0, changed).checksum == run(changed, seed=4).checksum


def test_a_mission_can_be_sent_midway(valley):
    empty = valley.without_mission()
    assert fork(empty, 1, 0, valley).checksum == run(valley, seed=1).checksum
    late = valley.override(
        {
            "mission.start": datetime.date(2000, 11, 6),
            "mission.mandate.authorised[0].date": datetime.date(2000, 11, 6),
            "partners": (),
            "contributors": tuple(valley.data()["contributors"][:1]),
        }
    )
    result = fork(empty, 1, WEEK, late)
    deployed = result.weekly["deployed"]
    assert deployed[:WEEK].max() == 0.0
    assert deployed.max() > 500.0
    assert parts_at(run(empty, seed=1), result) >= WEEK


def test_a_larger_pledge_comes_at_the_end_and_moves_nobody_else(valley, plain):
    world = checkpoint(valley, 2, WEEK)
    more = simulate_fork(valley, 2, WEEK, valley.override({"contributors.ghana.pledged": 1100}), past=world)
    n = len(world.units.status)
    assert more.units.contributor[:n].tolist() == plain.world.units.contributor.tolist()
    assert more.units.size[n:].sum() == 300
    assert set(more.units.contributor[n:]) == {0}
    assert set(more.units.mission[n:]) == {0}
    assert set(more.units.status[n:]) == {UnitStatus.HOME}, "nothing was authorised for them"


def test_new_contributors_and_donors_stand_at_the_end(valley):
    data = valley.data()
    nepal = {**data["contributors"][0], "id": "nepal", "name": "Nepal", "pledged": 400}
    fund = {**data["donors"][0], "id": "fund", "name": "Fund", "share": 0.1}
    changed = valley.override(
        {
            "contributors": (*data["contributors"], nepal),
            "donors": (*data["donors"], fund),
            "mission.mandate.authorised[0].military": 1600,
            "mission.mandate.authorised[1].military": 1600,
        }
    )
    result = fork(valley, 2, WEEK, changed)
    assert result.weekly["deployed"][WEEK:].max() > 1000.0
    assert result.world.donors.paid_usd[-1] > 0.0


def test_events_ahead_can_come_and_those_that_were_stay(valley, plain):
    data = valley.data()
    flood = {**data["events"][0], "date": datetime.date(2001, 3, 5), "name": "Second flood", "size": 5000.0}
    result = fork(valley, 2, WEEK, {"events": (*data["events"], flood)})
    dead = result.weekly["disaster_deaths"]
    assert dead[60:63].sum() > 1000.0
    assert parts_at(plain, result) >= 60


def test_a_host_that_asked_a_mission_to_leave_is_obeyed(valley):
    past = checkpoint(valley, 2, WEEK)
    past.mandates.unwanted[0], past.missions.end_week[0] = 1, WEEK + 8
    later = valley.override({"mission.end": datetime.date(2001, 12, 24)})
    assert graft(past, valley, later).missions.end_week[0] == WEEK + 8
    past.mandates.unwanted[0] = 0
    assert graft(past, valley, later).missions.end_week[0] == valley.week_of(datetime.date(2001, 12, 24))


def test_a_run_can_be_longer_or_shorter_than_its_past(valley, plain):
    longer = fork(valley, 2, WEEK, {"weeks": 130})
    assert len(longer.weekly) == 130
    assert longer.weekly_array[:104].tobytes() == plain.weekly_array.tobytes()
    shorter = fork(valley, 2, WEEK, {"weeks": WEEK})
    assert shorter.weekly_array.tobytes() == plain.weekly_array[:WEEK].tobytes()
    assert len(shorter.cells) == 4


def test_a_checkpoint_can_be_used_often(valley):
    past = checkpoint(valley, 2, WEEK)
    before = checksum(past)
    changed = valley.override({"mission.mandate.clarity": 0.1})
    one, other = (checksum(simulate_fork(valley, 2, WEEK, changed, past=past)) for _ in range(2))
    assert one == other == checksum(simulate_fork(valley, 2, WEEK, changed))
    assert checksum(past) == before
    with pytest.raises(InputError, match="not of seed 3 at week 40"):
        simulate_fork(valley, 3, WEEK, changed, past=past)


def test_a_fork_of_a_fork_keeps_both_pasts(valley, plain):
    first = fork(plain, None, 30, {"mission.mandate.clarity": 0.1})
    second = fork(first, None, 60, {"mission.deployment.doctrine": "static"})
    assert parts_at(first, second) >= 60
    assert (second.trunk.week, second.trunk.trunk.week) == (60, 30)
    assert second.seed == 2
    back = fork(second, None, 20, {})
    assert (back.trunk.week, back.trunk.trunk) == (20, None)
    assert parts_at(plain, back) >= 20


def test_replicates_fork_too(valley):
    changed = valley.override({"mission.mandate.clarity": 0.1})
    runs = list(replicates(changed, [1, 2, 3], workers=2, trunk=Trunk(valley, WEEK)))
    assert [item.checksum for item in runs] == [fork(valley, seed, WEEK, changed).checksum for seed in (1, 2, 3)]


def test_a_forked_result_is_saved_with_its_past(valley, plain, tmp_path):
    result = fork(valley, 2, WEEK, {"mission.mandate.clarity": 0.1})
    manifest = read_manifest(result.save(tmp_path / "fork"))
    assert manifest["fork"]["week"] == WEEK
    trunk = Trunk.of(manifest["fork"])
    assert trunk.scenario == valley
    assert manifest["digest"] != result.scenario.digest()
    assert manifest["digest"] != read_manifest(plain.save(tmp_path / "plain"))["digest"]
