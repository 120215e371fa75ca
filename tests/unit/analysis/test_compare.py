"""Paired counterfactuals: intervals, effects, deaths averted, fans, maps and words."""

import numpy as np
import pytest

from sim import compare
from sim.analysis.compare import effects
from sim.analysis.compare.effects import effect_of, price_of, saved_by_pairs
from sim.analysis.compare.map import LivesByCell
from sim.analysis.compare.pairs import civilians_killed, run_pairs
from sim.analysis.compare.sides import labels, put
from sim.analysis.compare.weekly import QUANTILES, THEMES, fan_of
from sim.analysis.compare.words import change, signed, tell
from sim.analysis.intervals import Interval
from sim.core.errors import InputError
from sim.engine.run import run
from sim.results.outcomes import OUTCOMES
from sim.results.summary import percent, whole
from sim.scenario.load import load_scenario
from sim.world.kinds import EventKind
from tests.support.quantiles import normal


@pytest.fixture(scope="module")
def valley(root):
    return load_scenario(root / "tests" / "cli" / "valley.toml")


@pytest.fixture(scope="module")
def found(valley):
    """The mission against no mission, in few futures."""
    return compare(valley, valley.without_mission(), replicates=12, workers=2)


# ---------------------------------------------------------------- effects


def test_pairs_where_one_side_cannot_tell_are_left_out():
    effect = effect_of("civilian_deaths", np.array([4.0, np.nan, 8.0, 6.0]), np.array([2.0, 1.0, np.nan, 2.0]))
    assert (effect.n, effect.first, effect.second) == (2, 5.0, 2.0)
    assert effect.difference.value == 3.0
    assert effect.ratio.value == 2.5
    nothing = effect_of("civilian_deaths", np.array([np.nan]), np.array([1.0]))
    assert nothing.n == 0
    assert nothing.better == ""


def test_the_better_side_follows_what_is_wanted():
    low, high = np.arange(20.0), np.arange(20.0) + 5.0
    assert effect_of("civilian_deaths", low, high).better == "first"
    assert effect_of("civilian_deaths", high, low).better == "second"
    assert effect_of("returned_share", high, low).better == "first"
    assert effect_of("person_years", high, low).better == ""
    assert effect_of("civilian_deaths", low, low[::-1]).better == ""


def test_what_pairing_saves_is_measured():
    luck = normal(200, 0.0, 3.0)
    assert saved_by_pairs(luck + 1.0, luck) == pytest.approx(1.0)
    assert saved_by_pairs(luck, -luck) == pytest.approx(-1.0)
    turned = np.roll(luck, 100)
    cov = np.cov(luck, turned)[0, 1]
    assert saved_by_pairs(luck, turned) == pytest.approx(2.0 * cov / (luck.var(ddof=1) + turned.var(ddof=1)))
    assert np.isnan(saved_by_pairs(np.ones(5), np.ones(5)))


def rows(deaths, cost):
    return [{"conflict_deaths": d, "cost_usd": c} for d, c in zip(deaths, cost, strict=True)]


def price(first, second):
    deaths = [np.array([row["conflict_deaths"] for row in side]) for side in (first, second)]
    return price_of(effect_of("conflict_deaths", *deaths), first, second)


def test_deaths_averted_and_what_one_cost():
    n = 40
    luck = normal(n, 0.0, 1.0)
    first, second = rows(100.0 + luck, np.full(n, 5e6)), rows(150.0 - luck, np.zeros(n))
    got = price(first, second)
    assert got.averted.value == pytest.approx(50.0)
    assert got.averted.low < 50.0 < got.averted.high
    assert got.extra_usd == (5e6, 5e6, 5e6)
    assert got.usd_per_death.value == pytest.approx(1e5)
    assert got.usd_per_death.low < 1e5 < got.usd_per_death.high


def test_no_cost_per_death_where_none_may_be_averted():
    n = 40
    luck = normal(n, 0.0, 30.0)
    got = price(rows(100.0 + luck, np.full(n, 5e6)), rows(np.full(n, 101.0), np.zeros(n)))
    assert got.averted.low < 0.0 < got.averted.high
    assert np.isnan(got.usd_per_death.value)
    more = price(rows(np.full(n, 120.0), np.full(n, 5e6)), rows(np.full(n, 100.0), np.zeros(n)))
    assert more.averted == (-20.0, -20.0, -20.0)
    assert np.isnan(more.usd_per_death.value)


# ------------------------------------------------------------ fans and maps


def test_a_fan_has_the_quantiles_of_each_week():
    values = np.arange(101.0)[:, None] * np.array([1.0, 2.0])
    fan = fan_of(values)
    assert fan.quantiles[:, 0] == pytest.approx([100.0 * q for q in QUANTILES])
    assert fan.mean == pytest.approx([50.0, 100.0])


def test_lives_add_up_pair_by_pair():
    pairs = [(np.array([1.0, 0.0]), np.array([3.0, 0.0])), (np.array([0.0, 5.0]), np.array([6.0, 1.0]))]
    lives = LivesByCell(2)
    assert np.isnan(lives.standard_error).all()
    for pair in pairs:
        lives.add(*pair)
    gains = np.array([other - one for one, other in pairs])
    assert lives.averted == pytest.approx(gains.mean(axis=0))
    assert lives.standard_error == pytest.approx(gains.std(axis=0, ddof=1) / np.sqrt(2))


def test_civilians_killed_are_those_of_the_weekly_table(valley):
    result = run(valley, seed=3)
    dead = civilians_killed(result.world)
    assert len(dead) == len(result.world.geography.row)
    assert dead.sum() == pytest.approx(result.outcomes["civilian_deaths"])
    assert dead.sum() > 0
    kinds = result.world.log.kind[: result.world.log.count[0]]
    assert EventKind.KILLING in kinds


# ---------------------------------------------------------------- pairs


def test_a_pair_is_two_runs_of_one_seed(valley):
    other = valley.without_mission()
    (pair,) = run_pairs(valley, other, [5])
    assert pair.first.checksum == run(valley, seed=5).checksum
    assert pair.second.checksum == run(other, seed=5).checksum


def test_the_number_of_workers_changes_nothing(valley, found):
    again = compare(valley, valley.without_mission(), replicates=12, workers=1)
    assert [[run.checksum for run in pair] for pair in again.runs] == [
        [run.checksum for run in pair] for pair in found.runs
    ]
    assert np.array_equal(again.lives.averted, found.lives.averted)


def test_a_scenario_against_itself_has_no_difference(valley):
    same = compare(valley, valley, replicates=5)
    for effect in same.effects.values():
        if effect.n:
            assert effect.difference == (0.0, 0.0, 0.0)
            assert effect.better == ""
    assert not same.lives.averted.any()
    assert not same.fans["civilian_deaths"]["difference"].quantiles.any()
    assert "the same in every pair" in same.summary()


def test_means_are_those_of_the_runs(found):
    dead = [[run.outcomes["civilian_deaths"] for run in pair] for pair in found.runs]
    effect = found.effects["civilian_deaths"]
    assert (effect.first, effect.second) == pytest.approx(np.mean(dead, axis=0))
    assert effect.difference.value == pytest.approx(effect.first - effect.second)
    assert found.lives.averted.sum() == pytest.approx(-effect.difference.value)
    for side, mean in (("first", effect.first), ("second", effect.second)):
        assert found.fans["civilian_deaths"][side].mean[-1] == pytest.approx(mean, rel=1e-6)


def test_tables_have_a_row_an_outcome_and_a_row_a_week(found, valley):
    assert list(found.differences.index) == list(OUTCOMES)
    assert len(found.weekly) == 3 * len(THEMES) * valley.weeks
    assert not found.weekly.isna().to_numpy().any()


def test_only_small_things_of_a_pair_stay(found):
    assert all(run.weekly is None for pair in found.runs for run in pair)
    held = sum(kept.nbytes for side in found._weekly for kept in side)
    assert held == 12 * 2 * len(THEMES) * 104 * 4


def test_a_failed_run_takes_its_pair_out(valley, monkeypatch):
    from sim.engine import replicate

    simulate = replicate.simulate

    def moody(scenario, seed, **more):
        if seed == 2 and scenario.mission is None:
            raise FloatingPointError("too much")
        return simulate(scenario, seed, **more)

    monkeypatch.setattr(replicate, "simulate", moody)
    got = compare(valley, valley.without_mission(), replicates=3, seed=1)
    assert (len(got.good), len(got.failed), got.lives.n) == (2, 1, 2)
    assert got.effects["civilian_deaths"].n == 2
    assert got.failed[0][1].error == "FloatingPointError: too much"


def test_bad_input_is_refused_before_anything_runs(valley):
    with pytest.raises(InputError, match="at least one pair"):
        compare(valley, valley.without_mission(), replicates=0)
    with pytest.raises(InputError, match="leaves no room"):
        compare(valley, valley.without_mission(), replicates=3, seed=2**63 - 2)
    with pytest.raises(InputError, match="runs 104 weeks and valley 50"):
        compare(valley, valley.override({"weeks": 50}), replicates=3)


def test_other_countries_have_no_map(valley):
    other = load_scenario("ceasefire_line").override({"weeks": 104})
    got = compare(valley, other, replicates=1)
    assert got.lives is None
    assert got.names == ("valley", "ceasefire_line")


# ---------------------------------------------------------------- words


def test_sides_are_named_by_what_tells_them_apart(valley):
    assert labels(valley, valley.without_mission()) == ("with mission", "without mission")
    assert labels(valley.without_mission(), valley) == ("without mission", "with mission")
    assert labels(valley.override({"mission.mandate.clarity": 0.25}), valley) == ("clarity 0.25", "clarity 0.6")
    assert labels(valley, valley.without("relief", "clashes")) == ("as it is", "without clashes, relief")
    assert put("clarity 0.25") == "with clarity 0.25"
    assert put("without mission") == "without mission"
    assert put("unmil") == "in unmil"


class Given:
    """A comparison of given numbers."""

    names = ("with mission", "without mission")

    def __init__(self, name, first, second):
        self.effects = {name: effect_of(name, np.array(first), np.array(second))}


def test_a_difference_within_chance_is_said_to_be_one():
    wide = normal(20, 0.0, 10.0)
    text = change(Given("civilian_deaths", 50.0 + wide, 50.0 + wide[::-1]), "civilian_deaths", "Killed", whole)
    assert "no difference that stands out from chance" in text
    assert "fewer" not in text
    assert "more" not in text


def test_a_share_that_rounds_to_nothing_is_left_out():
    luck = normal(30, 0.0, 2.0)
    text = change(Given("civilian_deaths", 99_990.0 + luck, 100_010.0 + luck), "civilian_deaths", "Killed", whole)
    assert text.endswith("20 fewer.")


def test_a_clear_difference_has_its_direction_and_interval():
    luck = normal(30, 0.0, 2.0)
    text = change(Given("civilian_deaths", 40.0 + luck, 80.0 - luck), "civilian_deaths", "Killed", whole)
    assert text.startswith("Killed: 40 with mission, 80 without mission; 40 (39 to 41) fewer, 50 % (")
    text = change(Given("relapsed", [1.0] * 9 + [0.0], [0.0] * 9 + [1.0]), "relapsed", "Relapse", percent)
    assert "80 points (20 points to 100 points) more" in text


def test_signs_are_left_away_from_zero():
    assert signed(-0.2, whole) == "0"
    assert signed(-3.2, whole) == "-3"
    assert signed(3.2, whole) == "+3"


def test_the_summary_says_what_is_compared(found):
    text = tell(found)
    assert text.startswith("A valley: with mission against without mission\n12 pairs of runs")
    assert max(len(line) for line in text.splitlines()) <= 120
    assert "With 12 pairs the intervals are rough." in text
    assert "nan" not in text
    assert Interval(1.0, 0.5, 2.0).excludes(0.0)
    assert effects.UNKNOWN.low != effects.UNKNOWN.low
