"""A finer map of the same country: four cells for one, the same people and forces."""

import numpy as np
import pytest

from sim.scenario.load import load_scenario
from sim.world.build import build_world
from sim.world.refine import refine
from tests.support.countries import valley
from tests.support.worlds import Lab, scenario


def halved(column, geography):
    """Sum what is in the four parts of each cell, in map order."""
    rows, columns = geography.row // 2, geography.column // 2
    keys = rows * 1000 + columns
    return np.array([column[keys == key].sum(axis=0) for key in np.unique(keys)])


def test_every_cell_becomes_four_with_the_same_people():
    towns = {"a": {"name": "Port", "region": "A", "population": 4_001, "entry": True, "camp": True, "capital": True}}
    coarse = scenario("*Aa.\n.BBA", places=towns, regions={"A": {"population": 12_001}})
    fine = refine(coarse)
    assert fine.map.cell_km == 10.0
    assert fine.rows[0] == "**AA" + fine.rows[0][4:6] + ".."
    one, other = Lab(coarse), Lab(fine)
    assert len(other.geography.row) == 4 * len(one.geography.row)
    assert halved(other.communities.residents.T, other.geography) == pytest.approx(one.communities.residents.T, abs=2)
    assert other.communities.residents.sum() == one.communities.residents.sum()
    assert len(other.geography.camp_cells) == len(other.geography.entry) == 1
    port = int(other.geography.capital[0])
    assert other.geography.capital[0] == other.geography.entry[0] == other.geography.camp_cells[0]
    town = [c for c in range(len(other.geography.row)) if other.geography.row[c] < 2 and other.geography.column[c] > 3]
    assert port == town[0]
    assert sorted(other.communities.residents[:, town].sum(axis=0).tolist()) == [1000, 1000, 1000, 1001]


@pytest.mark.parametrize("coarse", [valley(), load_scenario("unmil")], ids=["valley", "unmil"])
def test_the_forces_and_totals_are_the_same(coarse):
    one, other = build_world(coarse, 1), build_world(refine(coarse), 1)
    for table, column in (
        ("groups", "start_fighters"),
        ("population", "start"),
        ("population", "abroad"),
        ("units", "size"),
        ("donors", "share"),
        ("ngos", "weekly_usd"),
    ):
        assert np.array_equal(getattr(getattr(one, table), column), getattr(getattr(other, table), column)), column
    assert other.bands.fighters.sum() == one.bands.fighters.sum()
    assert other.weapons.civil.sum() == one.weapons.civil.sum()
    held = halved(other.communities.control.T, other.geography) / 4
    assert held == pytest.approx(one.communities.control.T)
    for number in range(len(coarse.events)):
        there = halved(other.calendar.shock_cells[number][:, None], other.geography) / 4
        assert there[:, 0] == pytest.approx(one.calendar.shock_cells[number])


def test_a_finer_map_can_be_refined_again():
    twice = refine(refine(valley()))
    assert twice.map.cell_km == valley().map.cell_km / 4
    assert len(build_world(twice, 1).geography.row) == 16 * len(build_world(valley(), 1).geography.row)
