"""What the log says of a hazard is the hazard that was used: base times factors, for every kind of event."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from sim.core.arithmetic import hazard_to_probability
from sim.core.chance import uniform
from sim.processes.attacks_on_mission import attack_mission
from sim.processes.band_movement import march
from sim.processes.clashes import fight
from sim.processes.communal_violence import riot
from sim.processes.elections import vote
from sim.processes.force_generation import generate
from sim.processes.misconduct import misbehave
from sim.processes.offensives import attack_groups
from sim.processes.one_sided_violence import kill_civilians
from sim.processes.peace_process import negotiate
from sim.world.kinds import EventKind, Posture, Stage
from sim.world.log import CAUSES, FACTORS, MOST_FACTORS, RULES
from sim.world.streams import Stream
from tests.support.worlds import ARMY, REBELS, START, Lab, army, contributor, mission, rebels, scenario

PROCESSES = Path(__file__).resolve().parents[3] / "sim" / "processes"
N = 300


def lucks(lab, process, kind, n=N):
    """Run n lucks of one week, each from the same state; give by luck whether the event came, and its last row."""
    kept = [(column, column.copy()) for table in lab.world for column in table]
    came, row = np.zeros(n, dtype=bool), None
    for seed in range(n):
        for column, first in kept:
            column[...] = first
        lab.clock.seed[0] = seed
        lab.run(process)
        rows = np.flatnonzero(lab.log.kind[: lab.log.count[0]] == kind)
        came[seed] = len(rows) > 0
        if len(rows):
            row = (lab.log.base[rows[0]], lab.log.factors[rows[0]].copy())
    assert 0.1 < came.mean() < 0.9, "a test that can tell"
    return came, row


def product(kind, row):
    """Base times the named factors; the columns beyond them are 1."""
    base, factors = row
    n = len(FACTORS[kind])
    assert (factors[n:] == 1.0).all()
    assert (np.abs(factors[:n] - 1.0) > 1e-9).all(), "each of them away from neutral, so that one left out shows"
    return base * factors[:n].prod()


def test_a_clash():
    groups = [
        army(fighters=100, where={"A": 1.0}, band_size=5000),
        rebels(fighters=100, where={"B": 1.0}, band_size=5000),
    ]
    clashes = {"clash_rate": 10.0, "bold_hold": 0.6, "bold_comply": 0.0}
    more = {"band_movement": {"split_per_week": 0.0}, "clashes": clashes}
    lab = Lab(scenario(armed_groups=groups, parameters=more)).run(march)
    lab.groups.posture[:] = (Posture.COMPLY, Posture.HOLD)  # only the rebels seek battle
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, (0.1, 0.3)
    lab.groups.truce[:] = [[0.0, 1.0], [1.0, 0.0]]
    lab.presence.interposition[:] = 0.2
    came, row = lucks(lab, fight, EventKind.CLASH)
    hazard = product(EventKind.CLASH, row)
    expected = [uniform(s, 0, Stream.CLASH, REBELS, 0) < hazard_to_probability(hazard) for s in range(N)]
    assert came.tolist() == expected


def test_an_offensive():
    parts = {
        "mission": mission({"offensive_operations": 1.0}, rules="robust"),
        "contributors": [contributor()],
        "armed_groups": [army(fighters=0, where={"A": 1.0}), rebels(where={"A": 1.0}, band_size=5000)],
        "parameters": {"offensives": {"offensive_rate": 2.0}, "band_movement": {"split_per_week": 0.0}},
    }
    lab = Lab(scenario("A", **parts)).run(march)
    lab.units.effective[:], lab.units.caution[:] = 100.0, 0.2
    came, row = lucks(lab, attack_groups, EventKind.OFFENSIVE)
    chance = hazard_to_probability(product(EventKind.OFFENSIVE, row))
    assert came.tolist() == [uniform(s, 0, Stream.OFFENSIVE, 0, 0) < chance for s in range(N)]


def test_a_killing():
    group = rebels(fighters=120, where={"A": 1.0}, band_size=5000, support=0.4, abusiveness=1.7, control={"A": 0.6})
    osv = {"kill_rate": 2.0, "truce_weight": 1.0}
    lab = Lab(scenario("A", armed_groups=[group], parameters={"one_sided_violence": osv}))
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.4
    lab.bands.losses[:] = 3.0
    lab.presence.protection[:], lab.presence.monitoring[:] = 0.3, 0.5
    came, row = lucks(lab, kill_civilians, EventKind.KILLING)
    hazard = product(EventKind.KILLING, row)
    expected = [uniform(s, 0, Stream.KILLING, 0, 0) < hazard_to_probability(hazard) for s in range(N)]
    assert came.tolist() == expected


def test_a_killing_says_how_far_the_next_peacekeepers_are():
    group = rebels(where={"A": 1.0}, control={"A": 0.6})
    parts = {"mission": mission(), "contributors": [contributor(), contributor("eyes", 16, component="observers")]}
    given = scenario("A..B", armed_groups=[group], parameters={"one_sided_violence": {"kill_rate": 5.0}}, **parts)
    lab = Lab(given)
    lab.units.cell[:] = 1
    lab.units.cell[1:] = 0  # observers carry no arms
    while lab.log.count[0] == 0:
        lab.run(kill_civilians)
        lab.clock.seed[0] += 1
    assert lab.log.nearest_km[0] == 60.0


def test_an_attack_on_the_mission():
    parts = {
        "mission": mission(tasks={"ddr": 1.0, "offensive_operations": 1.0, "force_protection": 1.0}),
        "contributors": [contributor(quality=1.2)],
        "armed_groups": [rebels(where={"A": 1.0}, commitment=0.3)],
        "parameters": {"attacks_on_mission": {"attack_rate": 1.6, "illness_per_year": 0.0}},
    }
    lab = Lab(scenario("A", **parts))
    lab.influence.armed[:, 0], lab.presence.troops[:] = 150.0, 50.0
    lab.presence.covered[:], lab.communities.trust_mission[:] = 0.4, 0.3
    came, row = lucks(lab, attack_mission, EventKind.ATTACK_ON_MISSION)
    hazard = product(EventKind.ATTACK_ON_MISSION, row)
    expected = [uniform(s, 0, Stream.ATTACK, 0, 0) < hazard_to_probability(hazard) for s in range(N)]
    assert came.tolist() == expected


def test_a_riot():
    groups = [
        {"id": "hill", "name": "Hill", "ties": {"plain": -0.8}},
        {"id": "plain", "name": "Plain", "ties": {"hill": -0.8}},
    ]
    more = {"communal_violence": {"riots_per_million_year": 100.0}}
    lab = Lab(scenario("A", identity_groups=groups, parameters=more))
    lab.communities.grievance[:], lab.communities.cohesion[:] = 0.9, 0.2
    lab.communities.livelihood[:], lab.communities.police[:], lab.communities.fear[:] = 0.4, 0.3, 0.5
    lab.communities.trust_state[:] = 0.5
    came, row = lucks(lab, riot, EventKind.RIOT)
    chance = hazard_to_probability(product(EventKind.RIOT, row))
    assert came.tolist() == [uniform(s, 0, Stream.RIOT, 0, 0) < chance for s in range(N)]


def test_misconduct():
    parts = {
        "mission": mission(leadership=0.7, deployment={"training": 0.2, "oversight": 0.3}),
        "contributors": [contributor(quality=0.6)],
        "parameters": {"misconduct": {"acts_per_1000_year": 200.0, "rumour": 0.8, "openness": 0.0}},
    }
    lab = Lab(scenario("A", **parts))
    lab.accounts.tempo[:] = 0.7
    came, row = lucks(lab, misbehave, EventKind.MISCONDUCT)
    chance = product(EventKind.MISCONDUCT, row)
    expected = [
        uniform(s, 0, Stream.MISCONDUCT, 0, 0) < chance and uniform(s, 0, Stream.MISCONDUCT_KNOWN, 0, 0) < 0.8
        for s in range(N)
    ]
    assert came.tolist() == expected


def test_a_contributor_that_leaves():
    parts = {
        "mission": mission(),
        "contributors": [contributor(casualty_tolerance=4.0)],
        "parameters": {"force_generation": {"leave_per_week": 0.1}},
    }
    lab = Lab(scenario("A", **parts))
    lab.contributors.recent_dead[:] = 8.0
    came, row = lucks(lab, generate, EventKind.CONTRIBUTOR_LEAVES)
    hazard = product(EventKind.CONTRIBUTOR_LEAVES, row)
    chance = hazard_to_probability(hazard)
    expected = [uniform(s, 0, Stream.CONTRIBUTOR_LEAVES, 0, 0) < chance for s in range(N)]
    assert came.tolist() == expected


def talks(commitment, **process):
    """Two enemies in a state in which nothing that moves their commitment is neutral."""
    given = {"commitment": commitment, "spoils": 0.2, "support": 0.1}
    quiet = {"noise": 0.0, "commitment_rate": 1.0, "talks_rate": 0.5, "own_effort": 1.0, "leverage_weight": 0.0}
    parts = {
        "armed_groups": [army(**given), rebels(**given)],
        "peace": {"stage": "war", "inclusion": 0.3},
        "parameters": {"peace_process": quiet | process},
        "mission": mission({"political_process": 1.0}, civilians=200),
        "contributors": [contributor(pledged=100, component="civilians")],
    }
    lab = Lab(scenario(**parts))
    lab.units.effective[:] = 25.0
    lab.groups.temper[:] = (0.3, -0.4)
    lab.groups.weariness[:], lab.presence.covered[:] = 0.5, (0.3, 0.4)
    lab.groups.recent_wrongs[:], lab.groups.signatory[:], lab.groups.share[:] = 4.0, 1, 0.5
    lab.groups.fighters[:], lab.bands.fighters[:2] = (300, 301), (300, 301)
    return lab


def odds(commitment):
    return commitment / (1.0 - commitment)


def test_a_ceasefire_that_the_parties_came_to():
    """With a commitment that follows at once, its odds are those of the log; a lift by signing comes after."""
    lab = talks(0.6, sign_above=0.01, truce_lift=0.0, collapse_below=0.0, fresh_war=0.5)
    while EventKind.CEASEFIRE not in lab.log.kind[: lab.log.count[0]]:
        lab.clock.seed[0] += 1
        lab.run(negotiate)
    row = lab.log.kind[: lab.log.count[0]].tolist().index(EventKind.CEASEFIRE)
    assert (lab.log.actor[row], lab.log.other[row]) == (ARMY, REBELS)
    factors = lab.log.factors[row, : len(FACTORS[EventKind.CEASEFIRE])]
    less_willing = lab.groups.commitment.min()
    assert lab.log.base[row] * factors.prod() == pytest.approx(odds(less_willing))
    neutral = {name for name, factor in zip(FACTORS[EventKind.CEASEFIRE], factors, strict=True) if factor == 1.0}
    assert neutral <= {"military edge", "age of the truce"}, "the less willing is not the stronger; the truce is new"


def test_an_agreement_that_grew_out_of_a_truce():
    """With commitments held high the chance is that of the log, week by week: talks that go on, helped by mediation."""
    lab = talks(0.95, agree_rate=0.4, own_effort=0.3, collapse_below=0.0, commitment_rate=0.0)
    lab.peace.stage[0], lab.groups.truce[:] = Stage.CEASEFIRE, [[0.0, 1.0], [1.0, 0.0]]
    came, row = lucks(lab, negotiate, EventKind.AGREEMENT)
    chance = product(EventKind.AGREEMENT, row)
    expected = [uniform(s, 0, Stream.TALKS, 0, 0) < chance for s in range(N)]
    assert came.tolist() == expected


def test_a_collapse():
    lab = talks(0.9, collapse_below=1.0, talks_rate=0.0, fresh_war=-2.0)
    lab.run(negotiate)
    rows = np.flatnonzero(lab.log.kind[: lab.log.count[0]] == EventKind.COLLAPSE)
    for row in rows:
        factors = lab.log.factors[row, : len(FACTORS[EventKind.COLLAPSE])]
        assert lab.log.base[row] * factors.prod() == pytest.approx(odds(lab.groups.commitment[lab.log.actor[row]]))
        assert lab.log.base[row] == pytest.approx(np.exp(-2.0))
    assert len(rows) >= 1


@pytest.mark.parametrize("inclusion", [0.2, 0.9])
def test_an_election(inclusion):
    peace = {"stage": "transition", "inclusion": inclusion, "elections": [{"date": START}]}
    lab = Lab(scenario(peace=peace))
    lab.communities.fear[:], lab.communities.services[:] = (0.2, 0.4), (0.3, 0.6)
    rates = lab.rates.elections
    weights = np.array([rates.security_weight, rates.administration_weight, rates.inclusion_weight])
    lab.communities.control[:] = 0.0
    shared = lab.peace.inclusion.mean()  # of two groups of one size
    lab.run(vote)
    row = lab.log.kind[: lab.log.count[0]].tolist().index(EventKind.ELECTION)
    parts = lab.log.factors[row, :4]
    assert lab.log.base[row] + parts.sum() == pytest.approx(lab.log.size[row])
    assert parts[:3] == pytest.approx(weights / weights.sum() * [0.7, 0.45, shared])


# ------------------------------------------------------------------ the tables


def kinds_written():
    """Kinds of event that some process notes."""
    text = "".join(path.read_text(encoding="utf-8") for path in PROCESSES.glob("*.py"))
    return {EventKind[name] for name in re.findall(r"\bEventKind\.(\w+)", text)}


def test_every_kind_of_event_is_explained():
    assert kinds_written() - set(CAUSES) - set(RULES) == set(), "add it to CAUSES or RULES in sim/world/log.py"


def test_each_kind_with_causes_has_a_test_here():
    here = Path(__file__).read_text(encoding="utf-8")
    assert [kind.name for kind in CAUSES if f"EventKind.{kind.name}" not in here] == []


def test_causes_fit_into_the_log_and_say_what_is_neutral():
    for kind, causes in CAUSES.items():
        assert 0 < len(causes.factors) <= MOST_FACTORS, kind.name
        assert all(causes.factors.values()), kind.name
        assert causes.base, kind.name
        assert causes.of, kind.name


@pytest.mark.parametrize("path", sorted(PROCESSES.glob("[!_]*.py")), ids=lambda path: path.stem)
def test_a_process_gives_as_many_factors_as_the_table_names(path):
    """Read from the source: a call of ``explain`` has the factors of one of the kinds that its file notes."""
    text = path.read_text(encoding="utf-8")
    noted = {EventKind[name] for name in re.findall(r"\bEventKind\.(\w+)", text)}
    lengths = {len(FACTORS[kind]) for kind in noted if kind in FACTORS}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "explain":
            assert len(node.args[3].elts) in lengths, f"line {node.lineno}"
