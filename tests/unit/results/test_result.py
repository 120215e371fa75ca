"""The result of a run: table, maps, checksum, summary."""

import re

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import InputError
from sim.engine.run import run, simulate
from sim.results.checksum import checksum
from sim.results.result import Result
from sim.results.spread import spread, spreads
from sim.results.summary import folded, summarise, usd
from sim.world.series import SERIES


def test_the_weekly_table_has_dates_and_named_columns(result):
    table = result.weekly
    assert list(table.columns) == ["date", *(series.name for series in SERIES)]
    assert table.index.name == "week"
    assert table["date"].iloc[1] == pd.Timestamp("2000-01-10")
    assert np.array_equal(table["battle_deaths"], result.weekly_array[:, 0])
    assert result.weekly is table, "worked out once"


def test_same_seed_same_checksum_other_seed_another(result):
    again = run(result.scenario, seed=1, stride=0)
    assert again.checksum == result.checksum, "and whatever maps are kept"
    assert run(result.scenario, seed=2).checksum != result.checksum


def test_the_checksum_sees_a_single_bit(result):
    before = result.checksum
    weekly = result.weekly_array
    kept = weekly[5, 7]
    weekly[5, 7] = np.nextafter(kept, 1e9)
    try:
        assert checksum(result.world) != before
    finally:
        weekly[5, 7] = kept
    assert checksum(result.world) == before


def test_the_checksum_ignores_spare_rows_of_the_log_and_the_order_of_bytes(result):
    log = result.world.log
    longer = type(log)(log.count, *(np.concatenate([column, column]) for column in log[1:]))
    assert checksum(result.world._replace(log=longer)) == result.checksum
    swapped = result.world.record._replace(weekly=result.weekly_array.astype(">f8"))
    assert checksum(result.world._replace(record=swapped)) == result.checksum


def test_maps(result):
    cells = result.cells
    assert len(cells) == 5
    assert list(cells.weeks) == [0, 13, 26, 39, 52]
    picture = cells.map(30, "people")
    assert picture.shape == (2, 4)
    assert np.isnan(picture[:, 0]).all(), "water"
    assert picture[1, 2] == cells.array[2, cells.names.index("people"), 4]
    assert np.array_equal(cells.values(-1, "fear"), cells.values(59, "fear"))
    with pytest.raises(KeyError, match="the layers are"):
        cells.map(0, "hope")


def test_no_maps_no_map(result):
    bare = Result(result.scenario, 1, simulate(result.scenario, 1))
    with pytest.raises(ValueError, match="kept no maps"):
        bare.cells.map(0, "fear")


# -------------------------------------------------------------------- summary


def test_spreads_leave_out_what_is_unknown():
    found = spread([1.0, 2.0, 3.0, float("nan")])
    assert (found.n, found.mean, found.middle) == (3, 2.0, 2.0)
    assert (found.low, found.high) == pytest.approx((1.2, 2.8))
    assert spread([float("nan")]).n == 0
    assert spreads([{"a": 1.0}, {"a": 3.0}])["a"].middle == 2.0


def test_one_future_in_words(result):
    text = result.summary()
    for word in ("A valley", "seed 1", "War", "Dead", "Fled", "Mission", "Cost"):
        assert word in text
    assert max(map(len, text.splitlines())) <= 100
    assert " to " not in text.split("Dead")[1], "no ranges over one run"


def test_many_futures_have_ranges(result):
    other = {name: 2.0 * value for name, value in result.outcomes.items()}
    text = summarise(result.scenario, [result.outcomes, other], [1, 2])
    assert "2 futures, seeds 1 to 2" in text
    dead = result.outcomes["battle_deaths"]
    assert f"({1.1 * dead:,.0f} to {1.9 * dead:,.0f}) fighters" in " ".join(text.split())


@pytest.mark.parametrize("stride", [-1, 1.5, "4", None])
def test_a_stride_that_is_no_number_of_weeks_is_refused(stride):
    with pytest.raises(InputError, match="stride: expected whole weeks"):
        run("ceasefire_line", 1, stride=stride)


def test_one_is_one(result):
    one = {name: 1.0 if value else 0.0 for name, value in result.outcomes.items()} | {"peacekeepers_killed": 1.0}
    text = " ".join(summarise(result.scenario, [one], [1]).split())
    assert "1 peacekeeper was killed" in text
    assert "1 fighter and 1 civilian were killed" in text
    assert not re.search(r"\b1 (peacekeepers|fighters|civilians|people|weeks)\b", text)


def test_a_country_without_a_mission(valley):
    scenario = valley.override({"weeks": 20}).without_mission()
    text = run(scenario, seed=1, stride=0).summary()
    assert "No peacekeepers came." in text
    assert "Cost" not in text


@pytest.mark.parametrize("before", range(60, 100))
def test_a_figure_stays_with_its_unit(before):
    text = "x" * before + " 32 % of them for US$ 3.1 million"
    lines = folded(text, "   ")
    assert [line for line in lines if line.strip().startswith(("%", "million")) or line.endswith("US$")] == []
    assert "".join(" ".join(lines).split()) == "".join(text.split())
    assert "32 %" in " ".join(lines)


def test_money_in_words():
    found = [usd(x) for x in (12.0, -878_661.0, 3.4e6, 12.9e9)]
    assert found == ["US$ 12", "US$ -879,000", "US$ 3.4 million", "US$ 12.9 billion"]
