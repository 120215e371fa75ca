"""Killing of civilians: what raises the hazard, who is spared, whom protection reaches."""

import math

import numpy as np
import pytest

from sim.processes.one_sided_violence import kill_civilians
from sim.world.kinds import Count, EventKind
from tests.support.worlds import (
    HILL,
    PLAIN,
    Lab,
    army,
    assert_same,
    frozen,
    rebels,
    scenario,
    spread_of_share,
)

N = 900
RATE = 0.2  # of a band of 100 at the default of two dead per 100 fighters: 2 / (1 + 2) of the parameter


def village(kind="rebel", identity=(0.0, 1.0), fighters=100, population=1_000_000, more=None, **osv):
    """A band in a cell held by its group; the people are all strangers to it unless said otherwise."""
    shares = {"hill": identity[0], "plain": identity[1]}
    group = rebels(kind=kind, band_size=5000, fighters=fighters, where={"A": 1.0}, support=1.0, control={"A": 1.0}) | (
        more or {}
    )
    regions = {"A": {"population": population, "identity": shares}}
    given = scenario(
        "A",
        regions=regions,
        armed_groups=[group],
        parameters={"one_sided_violence": {"kill_rate": 1.5 * RATE} | osv},
    )
    return Lab(given)


def events(lab, n=N):
    """Share of n lucks with an event, and the civilians killed in each event."""
    sizes = []
    for seed in range(n):
        lab.clock.seed[0] = seed
        lab.record.tally[:] = 0.0
        lab.run(kill_civilians)
        if lab.record.tally[Count.KILLINGS]:
            sizes.append(lab.record.tally[Count.CIVILIANS_KILLED])
    return len(sizes) / n, np.array(sizes)


def assert_hazard(lab, hazard):
    chance = 1 - math.exp(-hazard)
    assert abs(events(lab)[0] - chance) < spread_of_share(chance, N)


def test_among_strangers_the_rate_is_the_rate():
    assert_hazard(village(), RATE)


def test_in_empty_land_there_are_few_to_kill():
    lab = village(population=4_000, crowd_per_km2=30.0)  # ten people to a km2 of 400
    assert_hazard(lab, RATE * 10 / 40)


def test_a_band_kills_where_people_are_near():
    """By nearness at 10 and 20 km, 30 and 9 thousand people: as often in the two places as the products of the two."""
    regions = {"A": {"population": 9_000}, "B": {"population": 30_000}}
    group = rebels(fighters=100, where={"A": 1.0}, abusiveness=10.0)
    given = scenario("AB", regions=regions, armed_groups=[group], parameters={"one_sided_violence": {"kill_rate": 5.0}})
    cells = []
    for seed in range(600):
        lab = Lab(given, seed).run(kill_civilians)
        if lab.log.count[0]:
            cells.append(int(lab.log.cell[0]))
            assert lab.violence.civilians_killed[cells[-1]] == lab.population.killed[0] > 0
    near, far = (1 / (1 + (km / 12) ** 2) ** 2 for km in (10, 20))
    assert len(cells) > 500
    there = 30 * far / (30 * far + 9 * near)
    assert abs(np.mean(cells) - there) < spread_of_share(there, len(cells))


def test_protection_counts_where_the_victims_are():
    regions = {"A": {"population": 10}, "B": {"population": 1_000_000, "identity": {"plain": 1.0}}}
    group = rebels(fighters=100, band_size=5000, where={"A": 1.0}, support=1.0)
    parts = {"one_sided_violence": {"kill_rate": 1.5 * RATE}}
    lab = Lab(scenario("AB", regions=regions, armed_groups=[group], parameters=parts))
    lab.presence.protection[:] = (0.0, 0.5)
    assert_hazard(lab, RATE * math.exp(-3.0 * 0.5))


def test_its_own_people_are_spared():
    assert_hazard(village(identity=(1.0, 0.0)), RATE * 0.25)
    assert_hazard(village(identity=(0.5, 0.5)), RATE * (0.25 + 0.75 * 0.5))
    lab = village(identity=(0.5, 0.5))
    lab.run(kill_civilians, 0)
    events(lab)
    lost = 500_000 - lab.communities.residents[:, 0]
    assert lost[PLAIN] / lost[HILL] == pytest.approx(4.0, rel=0.15)


@pytest.mark.parametrize(("held", "factor"), [(1.0, 1.0), (0.0, 1.0), (0.5, 2.5), (0.9, 1.3)])
def test_contested_control_raises_it(held, factor):
    lab = village()
    lab.communities.control[:] = held
    assert_hazard(lab, RATE * factor)


def test_losses_want_and_abusiveness_raise_it():
    for fighters in (100, 300):
        lab = village(fighters=fighters)
        lab.bands.losses[0] = 0.05 * fighters  # the same share of any band
        size = 2.0 * fighters / 100
        assert_hazard(lab, 1.5 * RATE * size / (1 + size) * (1 + 1.5 * 0.5))
    assert_hazard(village(more={"support": 0.0}), RATE * 2.0)
    assert_hazard(village(more={"abusiveness": 1.5}), RATE * 1.5)


@pytest.mark.parametrize(("kind", "reach"), [("rebel", 1.0), ("militia", 1.0), ("state", 0.1)])
def test_protection_reaches_rebels_and_hardly_the_state(kind, reach):
    lab = village(kind)
    lab.presence.protection[:], lab.presence.restraint[:] = 0.5, 0.05
    assert_hazard(lab, RATE * math.exp(-3.0 * 0.5 * reach))


@pytest.mark.parametrize(
    ("contested", "kind", "factor"), [(0.0, "rebel", 1.0), (0.6, "rebel", 0.4), (0.0, "state", 0.1)]
)
def test_police_protect_where_one_side_rules(contested, kind, factor):
    lab = village(kind, police_weight=1.2, officers_per_1000=0.3)
    lab.presence.police[:] = 700.0  # of a million people: 0.7 of 1.0 per 1,000
    lab.violence.contested[:] = contested
    assert_hazard(lab, RATE * math.exp(-1.2 * 0.7 * factor))


def test_to_be_seen_restrains_those_whom_others_can_make_pay():
    for support, signed, answerable in ((1.0, 0, 1.0), (0.25, 0, 0.25), (0.25, 1, 0.4), (0.0, 0, 0.0)):
        lab = village(more={"support": support}, loot_gain=0.0, truce_weight=0.0, monitoring_weight=1.0)
        lab.groups.signatory[:], lab.groups.commitment[:] = signed, 0.2
        lab.presence.monitoring[:] = 0.8
        assert_hazard(lab, RATE * math.exp(-0.8 * answerable))
    lab = village(witness=0.4, monitoring_weight=2.0)
    lab.communities.reached[:] = 0.5
    assert_hazard(lab, RATE * math.exp(-2.0 * 0.2))


def test_a_signature_lowers_it():
    lab = village()
    lab.groups.signatory[:], lab.groups.commitment[:] = 1, 0.3
    assert_hazard(lab, RATE * math.exp(-3.0 * 0.3))


def test_an_event_kills_one_and_more_by_the_size_of_the_band():
    for fighters in (100, 400):
        _, sizes = events(village(fighters=fighters))
        mean = 1 + 2.0 * fighters / 100  # frenzy has mean 1 and variance 2
        spread = math.sqrt(2 * (mean - 1) ** 2 + mean - 1)
        assert sizes.min() >= 1
        assert abs(sizes.mean() - mean) < 4 * spread / math.sqrt(len(sizes))


def test_deaths_never_exceed_people_and_are_booked_once():
    lab = village(population=101, fighters=100, killed_per_100=100.0, kill_rate=5.0, crowd_per_km2=0.0)
    lab.run(kill_civilians, 40)
    killed = lab.population.killed[0]
    assert lab.communities.residents.sum() == 101 - killed >= 0
    assert killed == 101
    assert lab.violence.killed_by.tolist() == [killed]
    assert lab.record.tally[Count.CIVILIANS_KILLED] == killed
    assert lab.record.tally[Count.KILLED_BY_STATE] == 0
    assert lab.log.kind[0] == EventKind.KILLING


def test_only_the_states_killings_are_the_states():
    lab = village("state", kill_rate=5.0).run(kill_civilians, 5)
    assert lab.record.tally[Count.KILLED_BY_STATE] == lab.record.tally[Count.CIVILIANS_KILLED] > 0


def test_fellow_signatories_are_outraged_less_where_it_is_monitored():
    groups = [army(where={"B": 1.0}, abusiveness=0.0), rebels(where={"A": 1.0}, abusiveness=10.0)]
    given = scenario(armed_groups=groups, parameters={"one_sided_violence": {"kill_rate": 5.0}})
    lab = Lab(given)
    lab.groups.truce[:] = [[0.0, 1.0], [1.0, 0.0]]
    lab.run(kill_civilians)
    assert lab.groups.recent_wrongs == pytest.approx([0.3, 0.0])
    lab.presence.monitoring[:] = 1.0
    lab.run(kill_civilians)
    assert lab.groups.recent_wrongs == pytest.approx([0.3 + 0.15, 0.0])


def test_no_rate_no_abuse_no_people_no_killing():
    for lab in (village(kill_rate=0.0), village(more={"abusiveness": 0.0}), village()):
        if lab.groups.abusiveness[0] > 0.0 and lab.rates.one_sided_violence.kill_rate > 0.0:
            lab.communities.residents[:] = 0
        before = frozen(lab.world, "clock")
        lab.run(kill_civilians, 30)
        assert_same(before, lab.world)


def test_expected_dead_do_not_hang_on_how_fighters_are_divided():
    lucks = 8000
    _, one = events(village(fighters=300, kill_rate=0.1), lucks)
    _, three = events(village(fighters=100, kill_rate=0.1), lucks)
    assert 3 * three.sum() == pytest.approx(one.sum(), rel=0.15)
