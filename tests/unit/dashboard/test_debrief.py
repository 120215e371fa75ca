"""The debrief: every world beside the others, and beside what is on record."""

from concurrent.futures import CancelledError

import numpy as np
import pytest

from experiments.missions import record as measured
from sim.dashboard.cards import SHOWN
from sim.dashboard.classroom.reckoning import (
    FEWEST,
    MOST,
    PLAIN,
    WITHOUT,
    World,
    fact_cells,
    n_futures,
    outcome_rows,
    reckon,
    worlds,
    written,
)
from sim.dashboard.classroom.record import record_of
from sim.dashboard.classroom.roles import TABLE
from sim.dashboard.classroom.room import Room
from sim.dashboard.classroom.rooms import Rooms
from sim.dashboard.countries import country, names
from sim.dashboard.futures import Member
from sim.dashboard.session import office
from sim.dashboard.words import day
from sim.engine.run import simulate
from sim.results.trace import COLUMN_OF

RECORDED = [name for name in names() if country(name).about.kind == "historical"]


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr(office, "most", 3)
    made = Rooms().open("instructor", "ceasefire_line")
    made.plain = made.base = made.plain.override({"weeks": 60})
    one = made.enter("One")
    made.enter("Other")
    made.move(one, TABLE, "contributors.*.pledged", 0.0)
    return made


def test_every_group_stands_beside_the_country_as_it_is_and_without_the_mission(room: Room) -> None:
    stages = list(reckon(room, lambda: True))
    assert [sum(bool(world.members) for world in stage) for stage in stages] == [1, 2, 3, 4]
    found = stages[-1]
    assert [world.name for world in found] == [PLAIN, WITHOUT, "One", "Other"]
    assert all(len(world.members) == 3 for world in found)
    seeds = [[member.seed for member in world.members] for world in found]
    assert seeds == [seeds[0]] * 4, "the same luck in all"
    for mine, plain in zip(found[3].members, found[0].members, strict=True):
        assert mine.outcomes == plain.outcomes, "who decided nothing has the country as it is"
    killed = COLUMN_OF["deployed"]
    assert not found[2].members[0].weekly[:, killed].any()
    rows = {label: cells for label, _, cells in outcome_rows(found)}
    assert rows["Civilians killed"][0].verdict == ""
    assert rows["Civilians killed"][3].verdict == "the same in all 3 pairs of futures"
    assert "of 3 pairs" in rows["Civilians killed"][1].verdict


@pytest.mark.parametrize(("more", "tone"), [(-40.0, "better"), (40.0, "worse")])
def test_a_world_is_judged_by_how_it_differs_from_the_country_as_it_is(more: float, tone: str) -> None:
    def world(key: str, dead: float) -> World:
        nothing = dict.fromkeys(dict(SHOWN), 0.0)
        members = (Member(seed, nothing | {"civilian_deaths": dead + seed}, np.zeros(0)) for seed in range(10))
        return World(key, key, country("ceasefire_line"), 0, tuple(members))

    ((label, _, cells),) = outcome_rows([world("", 100.0), world("one", 100.0 + more)])
    assert (label, cells[1].verdict, cells[1].tone) == (
        "Civilians killed",
        f"{tone} in 10 of 10 pairs of futures",
        tone,
    )


def test_it_stops_when_nobody_waits(room: Room) -> None:
    room.seed = 1_000_003  # nobody has computed it before
    with pytest.raises(CancelledError):
        list(reckon(room, lambda: False))


def test_many_groups_get_fewer_futures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "most", 100)
    assert n_futures(2) == MOST
    assert n_futures(24) == 25
    assert n_futures(42) == FEWEST + 4
    assert n_futures(1000) == FEWEST


def test_a_world_that_is_still_to_come_has_dots(room: Room) -> None:
    found = next(iter(reckon(room, lambda: True)))
    cells = outcome_rows(found)[0][2]
    assert cells[0].middle != "…"
    assert [cell.middle for cell in cells[1:]] == ["…"] * 3


def test_made_up_countries_have_no_record() -> None:
    for name in names():
        assert bool(record_of(name, country(name)).on_file) == (name in RECORDED)
    assert record_of("../recorded/unmil", country("unmil")).on_file == 0
    assert record_of("uploaded", country("unmil")).facts == ()


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_figures_are_those_of_the_files_and_measured_as_the_comparison_does(name: str) -> None:
    """The same rules as `experiments.missions`, which has looks at each mission and not only the weekly table."""
    scenario = country(name)
    record = record_of(name, scenario)
    figures = measured.figures(name)
    assert record.on_file == len(figures)
    assert len(record.facts) >= 4
    rng = np.random.default_rng(1)
    weekly = rng.uniform(0.0, 100.0, (scenario.weeks, len(COLUMN_OF)))
    weekly[:, COLUMN_OF["peace_stage"]] = rng.integers(0, 8, scenario.weeks)
    plain = measured.Run(scenario, weekly, {}, {})
    own = {"uniformed", "troops", "peacekeeper", "police", "cost", "state_control", "pay_late"}
    for fact in record.facts:
        figure = next(
            each
            for each in figures
            if fact.when.startswith(day(each.start))
            and (day(each.end) in fact.when or each.start == each.end)
            and (each.note, each.source) == (fact.note, fact.source)
        )
        assert figure.comparable
        part = 1.0 if figure.is_state or figure.unit == "0 or 1" else measured.covered(scenario, figure)
        ends = (figure.value, figure.low, figure.high)
        assert (fact.value, fact.low, fact.high) == pytest.approx(tuple(part * end for end in ends))
        if not figure.outcome.startswith(tuple(own)):
            expected = measured.QUANTITIES[figure.outcome].measure(plain, figure)
            assert fact.measure(weekly) == pytest.approx(expected)


def test_a_figure_of_one_mission_is_measured_where_there_is_one_only() -> None:
    scenario = country("unficyp")
    assert len(scenario.missions) == 1
    world = simulate(scenario.override({"weeks": 1040}), 1)
    fact = next(each for each in record_of("unficyp", scenario).facts if each.words == "uniformed peacekeepers")
    columns = [COLUMN_OF[name] for name in ("troops", "police", "observers")]
    week = scenario.week_of(measured.figures("unficyp")[1].end)
    assert fact.measure(world.record.weekly) == world.record.weekly[week, columns].sum() > 0.0


def test_a_figure_is_left_out_while_another_mission_is_there() -> None:
    scenario = country("unmil")
    words = {(each.words, each.when) for each in record_of("unmil", scenario).facts}
    assert ("uniformed, of those authorised", "7 December 2003") in words
    assert ("uniformed, of those authorised", "1 October 2003") not in words, "the West Africans are there that day"
    facts = record_of("kfor", country("kfor")).facts
    assert not any("troops" in each.words for each in facts), "the United Nations are there all the time"


def test_a_figure_beside_the_record_says_where_it_lies() -> None:
    fact = next(each for each in record_of("unficyp", country("unficyp")).facts if each.words == "deaths during")
    weekly = np.zeros((1040, len(COLUMN_OF)))

    def told(*dead: float) -> str:
        members = []
        for seed, number in enumerate(dead):
            table = weekly.copy()
            table[100, COLUMN_OF["battle_deaths"]] = number
            members.append(Member(seed, {}, table))
        return fact_cells(fact, [World("a", "a", country("unficyp"), 0, tuple(members))])[0].verdict

    assert told(0, 50, 60) == "inside the record"
    assert told(0, 500, 600) == "outside; some futures reach it"
    assert told(500, 500, 600) == "outside the record"
    assert written(1.0, "0 or 1") == "yes"


def test_worlds_of_a_class_carry_its_shocks(room: Room) -> None:
    room.strike("economic_crisis", 20, 30.0)
    assert all(world.scenario.events for world in worlds(room))
