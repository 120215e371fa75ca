"""The catalogue knows every number, and the documents made from it are up to date."""

import json
from pathlib import Path
from typing import get_args

import pytest

from sim.scenario import catalogue
from sim.scenario.catalogue import Entry, entry_at, inputs, main, parameters, quantities
from sim.scenario.documents import documents, format_reference, parameter_table
from sim.scenario.quantity import SOURCE_KINDS
from sim.scenario.words import EventKind, Task

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_numbers_are_found_wherever_they_are() -> None:
    paths = [entry.path for entry in quantities()]
    assert len(set(paths)) == len(paths)
    for path in (
        "scenario.weeks",
        "regions.*.population",
        "mission.mandate.authorised.*.military",
        "donors.*.share",
    ):
        assert path in paths
    assert len(parameters()) + len(inputs()) == len(paths)


def test_an_entry_tells_everything() -> None:
    entry = entry_at("contributors.ghana.pledged")
    assert entry is not None
    assert (entry.name, entry.unit, entry.role, entry.valid) == ("pledged", "persons", "lever", (0, 200_000))
    assert entry.whole
    assert entry.default is None
    assert entry_at("mission.mandate.clarity").default == 0.7
    assert entry_at("partners[0].mandate.authorised[2].police").unit == "persons"
    assert entry_at("mission.mandate.clarty") is None


@pytest.mark.parametrize("entry", quantities(), ids=lambda entry: entry.path)
def test_every_number_is_declared_in_full(entry: Entry) -> None:
    assert entry.meaning
    assert entry.unit
    assert entry.source.startswith(SOURCE_KINDS)
    low, high = entry.valid
    if entry.default is not None:
        assert low is None or entry.default >= low
        assert high is None or entry.default <= high


@pytest.mark.parametrize("entry", parameters(), ids=lambda entry: entry.path)
def test_every_parameter_has_a_default_inside_its_plausible_range(entry: Entry) -> None:
    assert entry.source_kind != "scenario", "a parameter's default comes from somewhere"
    assert entry.plausible[0] <= entry.default <= entry.plausible[1]


def test_the_table_tells_how_much_is_assumed() -> None:
    assert "of the defaults are assumptions" in parameter_table()
    assert all(f"`{entry.path.split('.', 2)[2]}`" in parameter_table() for entry in parameters())


def test_the_schema_knows_variants() -> None:
    schema = json.loads(documents()["scenario.schema.json"])
    assert {"scenario", "extends", "parameters"} <= set(schema["properties"])
    assert "required" not in schema
    mandate = next(each for name, each in schema["$defs"].items() if name.endswith("inputs__Mandate"))
    clarity = mandate["properties"]["clarity"]
    assert (clarity["minimum"], clarity["maximum"], clarity["unit"]) == (0.0, 1.0, "share")


def test_writing_and_checking(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", str(tmp_path)]) == 1
    assert "out of date" in capsys.readouterr().out
    assert main(["--write", str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
    (tmp_path / "parameters.md").write_text("old", encoding="utf-8")
    assert main(["--check", str(tmp_path)]) == 1
    assert "parameters.md" in capsys.readouterr().out


def test_the_reference_names_every_word_that_a_file_may_use() -> None:
    page = format_reference()
    events = page[page.index("## events[]") :]
    assert [kind for kind in get_args(EventKind) if f"`{kind}`" not in events] == []
    line = next(line for line in page.splitlines() if line.startswith("| `tasks` |"))
    assert [task for task in get_args(Task) if task not in line] == []
    assert "a list, each text in quotes" in page


def test_the_documents_in_the_project_are_up_to_date() -> None:
    assert catalogue.main(["--check", str(DOCS)]) == 0, "run python -m sim.scenario.catalogue --write docs"
