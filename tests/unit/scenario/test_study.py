"""Experiment files: what is accepted, and how what is wrong is said."""

import pytest

from sim.core.errors import ExperimentError
from sim.results.outcomes import OUTCOMES
from sim.scenario.documents import documents
from sim.scenario.load import load_scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.paths import PathError
from sim.scenario.study.experiment import Experiment
from sim.scenario.study.find import find_experiment, list_experiments
from sim.scenario.study.levels import AT_BASE, moved
from sim.scenario.study.load import checked, read_experiment
from sim.scenario.study.pages import TABLES
from sim.scenario.study.rules import FULL, RULES
from sim.scenario.study.targets import changes_at, value_now
from tests.support.studies import small

GOOD = """
[experiment]
id = "a"
title = "A"
question = "Does it?"

[base]
scenario = "ceasefire_line"

[[factors]]
name = "clarity"
path = "mission.mandate.clarity"
values = [0.2, 0.5]

[design]
kind = "grid"

[outcomes]
names = ["civilians_killed"]
"""

WRONG = {
    "an unknown kind of design": ('"grid"', '"gird"', ":16: design.kind: 'gird' is not a kind; did you mean 'grid'?"),
    "a value out of range": ("0.5]", "1.5]", ":13: factors[0].values[1]: mission.mandate.clarity: must be between 0"),
    "a path that leads nowhere": ("mandate.clarity", "mandate.clarty", ":12: factors[0].path: scenarios have no such"),
    "an unknown outcome": ('"civilians_killed"', '"civilians_kiled"', "did you mean 'civilians_killed'?"),
    "an unknown scenario": ('"ceasefire_line"', '"ceasefire_lin"', ":8: base.scenario: there is no scenario"),
    "an unknown key": ("kind =", "knd =", ":16: design: unknown key 'knd'"),
    "no values": ("values = [0.2, 0.5]", "", ":11: factors[0]: expected one of values, range"),
    "the name of an outcome": ('"clarity"', '"battle_deaths"', ":11: factors[0].name: is the name of a column"),
    "an unknown claim": ('question', 'claim = "C99"\nquestion', "'C99' is not a claim"),
    "a grid over a range without steps": ("values = [0.2, 0.5]", "range = [0.2, 0.5]", "the key 'n' is missing"),
    "Sobol's points that are no power of two": ('kind = "grid"', 'kind = "sobol"\nn = 100', "take 64 or 128"),
    "a range upside down": ("values = [0.2, 0.5]", "range = [0.5, 0.2]", "expected a lower and a higher number"),
    "a log scale through nought": (
        "values = [0.2, 0.5]", 'range = [0.0, 0.2]\nscale = "log"', "a log scale needs a range above 0"
    ),
    "series that would not be kept": ("names =", 'series = ["displaced"]\nnames =', "kept only with 'weekly = true'"),
    "pairs without common luck": (
        "[base]", '[estimate]\nmethod = "paired difference"\n[base]\ncommon_random_numbers = false',
        "runs with luck of their own are none",
    ),
    "a level twice": ("[0.2, 0.5]", "[0.2, 0.2]", "says a level twice"),
}  # fmt: skip


def test_a_study_is_read_and_written_back(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(GOOD)
    study = read_experiment(path, OUTCOMES)
    assert list(study.scenarios) == ["ceasefire_line"]
    again = tmp_path / "b.toml"
    again.write_text(study.experiment.to_toml())
    assert read_experiment(again, OUTCOMES).experiment == study.experiment


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_with_its_place(what, tmp_path):
    old, new, said = WRONG[what]
    assert old in GOOD
    path = tmp_path / "a.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(ExperimentError) as caught:
        read_experiment(path, OUTCOMES)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_all_problems_are_said_at_once(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(GOOD.replace('"civilians_killed"', '"x"').replace("mandate.clarity", "mandate.x"))
    with pytest.raises(ExperimentError) as caught:
        read_experiment(path, OUTCOMES)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"[experiment", b"a = 1\0"])
def test_what_is_no_text_or_no_toml_is_refused(text, tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(text)
    with pytest.raises(ExperimentError):
        read_experiment(path)


@pytest.mark.parametrize(("old", "new"), [("path =", "pth ="), ("values = [0.2, 0.5]", "values = 3")])
def test_an_entry_that_is_wrong_does_not_make_its_list_too_short(old, new, tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(ExperimentError) as caught:
        read_experiment(path, OUTCOMES)
    assert len(caught.value.problems) == 1
    path.write_text("factors = []\n" + GOOD.partition("[[factors]]")[0] + '[design]\nkind = "grid"\n')
    with pytest.raises(ExperimentError, match="factors: must have at least 1 entry"):
        read_experiment(path, OUTCOMES)


def test_names_are_found_or_the_nearest_is_named():
    assert find_experiment("exit_timing").name == "exit_timing.toml"
    with pytest.raises(ExperimentError, match="did you mean 'exit_timing'"):
        find_experiment("exit_timin")
    with pytest.raises(ExperimentError, match="no such file"):
        find_experiment("nowhere/exit_timing.toml")


@pytest.mark.parametrize("name", list_experiments())
def test_a_bundled_study_is_in_order(name):
    study = read_experiment(name, OUTCOMES).experiment
    assert study.id == name
    assert study.about.claim
    assert study.about.question.rstrip().endswith("?")
    assert study.about.expectation
    assert study.estimate is not None


def test_there_are_the_studies_that_were_promised():
    promised = {"clear_mandate", "force_and_area", "funding", "deployment_timing", "police_share", "exit_timing"}
    assert promised <= set(list_experiments())


def test_rival_rules_leave_out_mechanisms_that_there_are():
    for variants in RULES.values():
        assert variants[FULL] == ()
        assert set().union(*variants.values()) <= MECHANISMS.keys()
        assert len(set(variants.values())) == len(variants)


def test_a_star_stands_for_every_item():
    data = load_scenario("ceasefire_line").data()
    changes = changes_at(data, "contributors.*.pledged", "times", 0.5)
    assert len(changes) == len(data["contributors"])
    first = data["contributors"][0]
    assert changes["contributors[0].pledged"] == round(first["pledged"] / 2)
    assert isinstance(changes["contributors[0].pledged"], int)


def test_dates_move_by_weeks_and_missing_ones_stay_missing():
    scenario = load_scenario("ceasefire_line")
    study = checked(small(factors=[
        {"name": "delay", "paths": ["mission.start", "mission.end", "mission.mandate.authorised.*.date"],
         "change": "plus", "values": [0, 10]},
    ]), OUTCOMES)  # fmt: skip
    later = moved(scenario, [(study.experiment.factors[0], 10.0)])
    assert (later.mission.start - scenario.mission.start).days == 70
    assert later.mission.end is None
    with pytest.raises(PathError, match="out of the calendar"):
        changes_at(scenario.data(), "mission.start", "plus", 99_999_999)


def test_a_place_is_found_by_its_id():
    data = load_scenario("ceasefire_line").data()
    assert value_now(data, "contributors.police.pledged") == 65
    assert value_now(data, "contributors.*.pledged") is None


def test_levels_left_alone_change_nothing():
    scenario = load_scenario("ceasefire_line")
    factors = checked(small(), OUTCOMES).experiment.factors
    assert moved(scenario, [(factors[0], float("nan")), (factors[1], AT_BASE)]).digest() == scenario.digest()


def test_the_quick_study_is_smaller_and_says_so():
    study = Experiment.model_validate(small(base={"replicates": 100}, design={"kind": "sobol", "n": 1024}))
    quick = study.smaller()
    assert (quick.base.replicates, quick.design.n) == (10, 64)
    stated = Experiment.model_validate(small(base={"replicates": 100}, quick={"replicates": 7}))
    assert stated.smaller().base.replicates == 7


def test_the_reference_and_the_schema_are_up_to_date(root):
    texts = documents()
    for name in ("experiment-format.md", "experiment.schema.json"):
        assert (root / "docs" / name).read_text(encoding="utf-8") == texts[name]
    for model in TABLES:
        for field, info in model.model_fields.items():
            assert f"| `{field}` | {info.description} |" in texts["experiment-format.md"]
