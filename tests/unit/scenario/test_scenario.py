"""A scenario in Python: its parts, changes to it, its fingerprint and its file."""

import datetime
import math
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import ExperimentError, Problem, ScenarioError, SimError
from sim.scenario.load import load_scenario, parse
from sim.scenario.paths import parse_path, show_path
from sim.scenario.scenario import Scenario
from sim.scenario.validate import validated
from sim.scenario.write import toml_text
from tests.cli.bad_scenarios import VALID


def scenario_of(text: str) -> Scenario:
    data, marks = parse(text, "valley.toml")
    return validated(data, marks.locate)


@pytest.fixture(scope="module")
def valley() -> Scenario:
    return scenario_of(VALID)


def refusal(scenario: Scenario, changes) -> str:
    with pytest.raises(ScenarioError) as caught:
        scenario.override(changes)
    return str(caught.value)


# --------------------------------------------------------------------- parts


def test_what_it_says(valley: Scenario) -> None:
    assert (valley.id, valley.weeks) == ("valley", 104)
    assert valley.rows == (".AAB*", ".A1B*")
    assert [mission.id for mission in valley.missions] == ["mission", "bridge"]


def test_weeks_and_dates(valley: Scenario) -> None:
    assert valley.week_of(datetime.date(2000, 1, 3)) == 0
    assert valley.week_of(datetime.date(2000, 1, 9)) == 0
    assert valley.week_of(datetime.date(2000, 1, 10)) == 1
    assert valley.week_of(datetime.date(2000, 1, 2)) == -1
    assert valley.date_of(0) == datetime.date(2000, 1, 3)
    assert valley.date_of(104) == datetime.date(2001, 12, 31)


@given(st.integers(0, 10_000))
def test_a_week_begins_on_the_date_of_the_week(week: int) -> None:
    valley = scenario_of(VALID)
    assert valley.week_of(valley.date_of(week)) == week


SMALLEST = """
[scenario]
id = "dot"
title = "One cell"
summary = "The smallest country."
start = 2000-01-01
[map]
cell_km = 10
rows = "A"
[regions.A]
name = "All"
population = 1
identity = { all = 1 }
[[identity_groups]]
id = "all"
name = "All"
"""


def test_one_cell_without_any_mission_is_a_country() -> None:
    dot = scenario_of(SMALLEST)
    assert dot.mission is None
    assert dot.missions == ()
    assert dot.rows == ("A",)
    assert scenario_of(dot.to_toml()) == dot


def test_a_region_that_is_all_town_is_on_the_map() -> None:
    text = SMALLEST.replace('rows = "A"', 'rows = "t"')
    town = scenario_of(text + '[places.t]\nname = "Town"\nregion = "A"\n')
    assert town.rows == ("t",)


def test_without_a_mission_nobody_can_serve_or_pay() -> None:
    lonely = SMALLEST + '[[contributors]]\nid = "c"\nname = "C"\npledged = 1\n[[donors]]\nid = "d"\nname = "D"\n'
    with pytest.raises(ScenarioError) as caught:
        scenario_of(lonely)
    assert "contributors.c: there is no [mission] for it to serve" in str(caught.value)
    assert "donors.d: there is no [mission] for it to pay" in str(caught.value)


def test_it_cannot_be_changed_in_place(valley: Scenario) -> None:
    with pytest.raises(ValueError, match="frozen"):
        valley.mission = None


# ------------------------------------------------------------------- override


def test_single_values_change(valley: Scenario) -> None:
    other = valley.override(
        {
            "mission.mandate.clarity": 0.25,
            "contributors.ghana.pledged": 900,
            "contributors[1].pledged": 10,
            "events.0.size": 7,
            "regions.A.terrain": 0.9,
            "places.1.roads": 0.8,
            "mission.mandate.tasks.elections": 1,
            "mission.mandate.authorised[1].police": 33,
            "seed": 9,
        }
    )
    assert other.mission.mandate.clarity == 0.25
    assert [each.pledged for each in other.contributors] == [900, 10]
    assert other.events[0].size == 7.0
    assert other.regions["A"].terrain == 0.9
    assert other.places["1"].roads == 0.8
    assert other.mission.mandate.tasks["elections"] == 1.0
    assert other.mission.mandate.authorised[1].police == 33
    assert other.about.seed == 9
    assert valley.mission.mandate.clarity == 0.6, "the original stays"


def test_an_override_with_what_is_there_changes_nothing(valley: Scenario) -> None:
    assert valley.override({}) is valley
    assert valley.override({"mission.mandate.clarity": 0.6}) == valley


def test_numbers_of_numpy_are_numbers(valley: Scenario) -> None:
    np = pytest.importorskip("numpy")
    other = valley.override(
        {
            "mission.mandate.clarity": np.float64(0.3),
            "contributors.ghana.pledged": np.int64(3),
            "weeks": np.array(90),
        }
    )
    assert (other.mission.mandate.clarity, other.contributors[0].pledged, other.weeks) == (0.3, 3, 90)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"mission.mandate.clarity": 1.4}, "override: mission.mandate.clarity: must be between 0 and 1"),
        ({"mission.mandate.clarity": math.nan}, "must be a finite number, found nan"),
        ({"mission.mandate.clarity": "high"}, "expected a number, found 'high'"),
        ({"mission.mandat.clarity": 1}, "there is no 'mandat' to change; did you mean 'mandate'?"),
        ({"missions": None}, "unknown key 'missions'; did you mean 'mission'?"),
        ({"contributors.7.pledged": 1}, "there is no item 7; the list has 2, counted from 0"),
        ({"contributors.gana.pledged": 1}, "there is no 'gana' to change; did you mean 'ghana'?"),
        ({"mission.name.first": 1}, "'Valley Mission' has no part 'first'"),
        ({"regions.A.identity.hill": 0.9}, "regions.A.identity: the shares must sum to 1, found 1.2 in all"),
        ({"weeks": True}, "scenario.weeks: expected a whole number (weeks), found true"),
        ({"start": "soon"}, "scenario.start: expected a date"),
        ({"scenario": 3}, "scenario: expected a table, found 3"),
        ({"map.rows": "A"}, "regions.B: is not drawn"),
        ({"": 1}, "is not a dotted path"),
        ({"mission.end": datetime.date(1999, 1, 1)}, "mission.end: must be after its start"),
    ],
)  # fmt: skip
def test_wrong_changes_are_refused(valley: Scenario, changes, says: str) -> None:
    assert says in refusal(valley, changes)


def test_what_is_not_there_cannot_be_changed(valley: Scenario) -> None:
    said = refusal(valley.without_mission(), {"mission.mandate.clarity": 0.5})
    assert "this scenario has no 'mission', so nothing in it can be changed" in said


def test_a_run_cut_short_keeps_its_calendar(valley: Scenario) -> None:
    short = valley.override({"weeks": 10})
    assert (short.weeks, short.planned_weeks) == (10, 104)
    assert short.events == valley.events
    assert scenario_of(short.to_toml()) == short
    assert short.override({"weeks": 20}).planned_weeks == 104


def test_overriding_twice_is_overriding_once(valley: Scenario) -> None:
    a, b = {"mission.mandate.clarity": 0.1}, {"contributors.ghana.pledged": 5}
    assert valley.override(a).override(b) == valley.override({**b, **a})


# ------------------------------------------------------------ counterfactuals


def test_without_a_mission_the_country_stays(valley: Scenario) -> None:
    text = VALID + '\n[[events]]\ndate = 2001-01-16\nkind = "donor_cut"\nname = "Cut"\ngroup = "members"\n'
    full = scenario_of(text)
    bare = full.without_mission()
    assert bare.mission is None
    assert (bare.partners, bare.contributors, bare.donors) == ((), (), ())
    assert bare.regions == full.regions
    assert bare.armed_groups == full.armed_groups
    assert len(bare.events) == len(full.events)
    assert scenario_of(bare.to_toml()) == bare, "still a valid scenario"


# ------------------------------------------------------- fingerprint and file


def test_equal_scenarios_have_equal_fingerprints(valley: Scenario) -> None:
    assert valley.digest() == scenario_of(VALID.replace("clarity = 0.6", "clarity = 0.60 # same")).digest()
    assert valley.digest() != valley.override({"mission.mandate.clarity": 0.61}).digest()
    assert len(valley.digest()) == 64


def test_a_default_said_aloud_is_the_same_scenario(valley: Scenario) -> None:
    assert scenario_of(VALID.replace("clarity = 0.6", "clarity = 0.6\nreview_weeks = 52")).digest() == valley.digest()


@pytest.mark.parametrize("full", [False, True])
def test_a_saved_scenario_loads_the_same(valley: Scenario, tmp_path: Path, full: bool) -> None:
    valley.save(tmp_path / "saved.toml", full=full)
    again = load_scenario(tmp_path / "saved.toml")
    assert again == valley
    assert again.digest() == valley.digest()


def test_defaults_are_not_repeated(valley: Scenario) -> None:
    assert "review_weeks" not in valley.to_toml()
    assert "review_weeks = 52" in valley.to_toml(full=True)
    assert '.AAB*\n.A1B*\n"""' in valley.to_toml(), "the map can be seen in the file"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), min_size=1, max_size=60))
def test_any_text_survives_the_file(text: str) -> None:
    scenario = scenario_of(SMALLEST).override({"scenario.title": text, "scenario.sources": [text, text]})
    assert scenario_of(scenario.to_toml()) == scenario


@given(st.floats(0, 1), st.integers(0, 2**63 - 1))
def test_any_number_survives_the_file(share: float, seed: int) -> None:
    scenario = scenario_of(VALID).override({"mission.mandate.clarity": share, "seed": seed})
    assert scenario_of(scenario.to_toml()) == scenario


def test_odd_keys_and_empty_things_survive() -> None:
    data = {"a b": 1, "": {"ü": [], "t": {}}, "rows": [{"x": {"y": {}}}, {"x": {"z": 1.5}}]}
    assert parse(toml_text(data), "x")[0] == data


# ------------------------------------------------------------------ small parts


def test_paths_read_and_write() -> None:
    assert parse_path("a.b[2].c") == ("a", "b", 2, "c")
    assert parse_path('a."b.c"') == ("a", "b.c")
    assert show_path(("a", "b.c", 2)) == 'a."b.c"[2]'
    data = {"list": [{"id": "x"}, {"id": "y"}, {"id": "y"}]}
    assert show_path(("list", 0, "n"), data) == "list.x.n"
    assert show_path(("list", 1, "n"), data) == "list[1].n", "an id given twice names nobody"


def test_a_problem_is_one_line() -> None:
    problem = Problem("must be 1", "a.b", "x.toml", 4, found="2\n3", hint="try 1")
    assert str(problem) == "x.toml:4: a.b: must be 1, found 2\\n3; try 1"
    assert str(Problem("is empty", file="x.toml")) == "x.toml: is empty"


def test_errors_travel_between_processes(valley: Scenario) -> None:
    for error in (ExperimentError("no"), ScenarioError([Problem("no", "a")])):
        again = pickle.loads(pickle.dumps(error))
        assert isinstance(again, SimError)
        assert str(again) == str(error)
    with pytest.raises(ScenarioError) as caught:
        Scenario(**{**valley.data(), "identity_groups": ()})
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert pickle.loads(pickle.dumps(valley)) == valley
