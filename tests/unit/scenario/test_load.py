"""Files in, scenarios out: names, lines, variants, overrides and text that is no scenario."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import Problem, ScenarioError
from sim.scenario import find
from sim.scenario.load import as_scenario, decode, load_scenario, parse, parse_overrides
from sim.scenario.positions import marks_of
from sim.scenario.validate import validated
from tests.cli.bad_scenarios import VALID


@pytest.fixture
def valley(tmp_path: Path) -> Path:
    path = tmp_path / "valley.toml"
    path.write_text(VALID, encoding="utf-8")
    return path


def refusal(*arguments, **options) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(*arguments, **options)
    return str(caught.value)


def test_a_scenario_may_be_given_by_path_by_name_or_as_it_is(valley: Path) -> None:
    loaded = as_scenario(valley)
    assert as_scenario(loaded) is loaded
    assert as_scenario(str(valley)) == loaded
    assert as_scenario("unmil").id == "unmil"


# ----------------------------------------------------------------- positions

EVERY_SHAPE = '''\
top = 1
"quoted key" = "a # no comment"
dotted . 'name' = true  # a comment = here
text = """
line [not] = a header
"quotes" and \\""" escaped """
raw = \'\'\'
[[not]]
it''s \'\'\'
day = 1979-05-27 07:32:00
list = [ # comment ]
  1,
  [ "a]", 'b' ],
  { in = 1, deep.er = [
    2 ] },
]
[table]
key = 1
[ table . "sub" ]
key = 2
[[things]]
id = "a"
[things.part]
size = 1
[[things]]
id = "b"
[[things.rows]]
x = 1
[[things.rows]]
x = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 1),
        (("quoted key",), 2),
        (("dotted", "name"), 3),
        (("text",), 4),
        (("raw",), 7),
        (("day",), 10),
        (("list",), 11),
        (("list", 0), 12),
        (("list", 1), 13),
        (("list", 1, 1), 13),
        (("list", 2, "in"), 14),
        (("list", 2, "deep", "er", 0), 15),
        (("table", "key"), 18),
        (("table", "sub"), 19),
        (("table", "sub", "key"), 20),
        (("things", 0), 21),
        (("things", 0, "part", "size"), 24),
        (("things", 1, "id"), 26),
        (("things", 1, "rows", 1, "x"), 30),
        (("things", 1, "rows", 1, "nothing", "here"), 29),
        (("nothing",), None),
    ],
)
def test_every_shape_of_toml_keeps_its_line(path, line) -> None:
    assert marks_of(EVERY_SHAPE, "x.toml").locate(path) == ("x.toml", line)


def test_the_lines_match_what_the_parser_reads() -> None:
    data, marks = parse(EVERY_SHAPE, "x.toml")

    def compare(node, mark) -> None:
        if isinstance(node, dict | list):
            keys = node if isinstance(node, dict) else range(len(node))
            assert set(keys) == set(mark.parts)
            for key in keys:
                compare(node[key], mark.parts[key])

    compare(data, marks)


def test_windows_line_breaks_count_once(tmp_path: Path) -> None:
    path = tmp_path / "crlf.toml"
    path.write_bytes(VALID.replace("clarity = 0.6", "clarity = 6").replace("\n", "\r\n").encode())
    line = VALID[: VALID.index("clarity")].count("\n") + 1
    assert f"crlf.toml:{line}: mission.mandate.clarity: must be between 0 and 1" in refusal(path)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + VALID.encode())
    assert load_scenario(path).id == "valley"


# --------------------------------------------------------------- all at once


def test_all_problems_come_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = VALID
    for old, new in [
        ("hill = 0.7", "hill = 0.6"),
        ("clarity = 0.6", "clarty = 0.6"),
        ("pledged = 800", "pledged = -1"),
        ("date = 2001-06-01", "date = 2021-06-01"),
        ("share = 0.9", 'delay_weeks = "long"'),
    ]:
        text = text.replace(old, new)
    path = tmp_path / "many.toml"
    path.write_text(text, encoding="utf-8")
    lines = [line.split(" ", 1)[1] for line in refusal(path).splitlines()]
    assert [line.split(":")[0] for line in lines] == [
        "regions.A.identity",
        "peace.elections[0].date",
        "mission.mandate",
        "contributors.ghana.pledged",
        "donors.members.delay_weeks",
    ]


def test_a_long_list_of_problems_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "noise.toml"
    path.write_text("".join(f"key{i} = {i}\n" for i in range(20_000)) + VALID, encoding="utf-8")
    lines = refusal(path).splitlines()
    assert len(lines) == 101
    assert lines[-1] == "only the first 100 problems are listed"


# ------------------------------------------------------------------ variants


def variant(folder: Path, text: str, name: str = "variant.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_variant_says_only_what_differs(valley: Path) -> None:
    path = variant(
        valley.parent,
        """
        extends = "valley"
        [scenario]
        id = "unclear"
        [mission.mandate]
        clarity = 0.1
        tasks.elections = 0.3
        [[contributors]]
        id = "ghana"
        pledged = 500
        [[contributors]]
        id = "kenya"
        name = "Kenya"
        pledged = 100
        [[armed_groups]]
        id = "front"
        where = { "1" = 1.0 }
        """,
    )
    base, scenario = load_scenario(valley), load_scenario(path)
    assert scenario.id == "unclear"
    assert scenario.about.title == base.about.title
    assert scenario.mission.mandate.clarity == 0.1
    assert scenario.mission.mandate.tasks == {**base.mission.mandate.tasks, "elections": 0.3}
    assert [(each.id, each.pledged) for each in scenario.contributors] == [
        ("ghana", 500),
        ("nigeria", 300),
        ("kenya", 100),
    ]
    assert scenario.armed_groups[1].where == {"1": 1.0}, "a division replaces the old one"
    assert scenario.events == base.events


def test_a_line_is_that_of_the_file_that_said_it(valley: Path) -> None:
    valley.write_text(VALID.replace("clarity = 0.6", "clarity = 6"), encoding="utf-8")
    path = variant(valley.parent, 'extends = "valley"\n[[contributors]]\nid = "ghana"\npledged = -5\n')
    said = refusal(path)
    assert "variant.toml:4: contributors.ghana.pledged: must be" in said
    line = VALID[: VALID.index("clarity")].count("\n") + 1
    assert f"valley.toml:{line}: mission.mandate.clarity: must be" in said


def test_a_variant_may_bear_the_name_of_its_bundled_base(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "bundled").mkdir()
    variant(tmp_path / "bundled", VALID, "valley.toml")
    monkeypatch.setattr(find, "bundled_folder", lambda: tmp_path / "bundled")
    path = variant(tmp_path, 'extends = "valley"\nscenario.weeks = 90\n', "valley.toml")
    assert load_scenario(path).weeks == 90
    assert load_scenario("valley").weeks == 104
    assert find.list_scenarios() == ["valley"]


def test_a_variant_that_ends_earlier_keeps_the_calendar_of_its_base(valley: Path) -> None:
    short = load_scenario(variant(valley.parent, 'extends = "valley"\nscenario.weeks = 10\n'))
    assert short == load_scenario(valley, {"weeks": 10})
    later = variant(valley.parent, 'extends = "variant"\nscenario.weeks = 5\n', "later.toml")
    assert load_scenario(later) == load_scenario(valley, {"weeks": 5})
    late = "[[peace.elections]]\ndate = 2009-01-01\n"
    assert "must be before the run ends" in refusal(variant(valley.parent, f'extends = "valley"\n{late}'))


def test_circles_and_endless_chains_are_refused(tmp_path: Path) -> None:
    variant(tmp_path, 'extends = "b"', "a.toml")
    variant(tmp_path, 'extends = "a"', "b.toml")
    assert "extend each other in a circle: a.toml -> b.toml -> a.toml" in refusal(tmp_path / "a.toml")
    for number in range(30):
        variant(tmp_path, f'extends = "c{number + 1}"', f"c{number}.toml")
    assert "more than 8 scenarios extend each other" in refusal(tmp_path / "c0.toml")


def test_the_base_of_a_variant_is_checked_too(tmp_path: Path) -> None:
    variant(tmp_path, "[scenario", "base.toml")
    assert "base.toml:1: not valid TOML" in refusal(variant(tmp_path, 'extends = "base"'))


# ----------------------------------------------------------------- finding


def test_names_that_stand_for_nothing(tmp_path: Path, monkeypatch) -> None:
    variant(tmp_path, VALID, "unmil.toml")
    monkeypatch.setattr(find, "bundled_folder", lambda: tmp_path)
    assert refusal("unmli") == "there is no scenario 'unmli'; did you mean 'unmil'?"
    assert refusal("kosovo") == "there is no scenario 'kosovo'; the scenarios are unmil"
    assert refusal("some/unmill.toml") == "some/unmill.toml: there is no such file; did you mean 'unmil'?"
    assert "is not the name of a scenario" in refusal("")
    assert "is not the name of a scenario" in refusal("a\0b")
    assert "there is no scenario" in refusal("x" * 5000)
    assert "there is no such file" in refusal("x" * 5000 + ".toml")


def test_a_name_prefers_the_bundled_scenario(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "bundled").mkdir()
    variant(tmp_path / "bundled", VALID, "unmil.toml")
    monkeypatch.setattr(find, "bundled_folder", lambda: tmp_path / "bundled")
    (tmp_path / "unmil").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load_scenario("unmil").id == "valley"


def test_things_that_are_not_files(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert "is a folder, not a scenario file" in refusal(tmp_path / "folder.toml")
    (tmp_path / "link.toml").symlink_to(tmp_path / "gone.toml")
    assert "there is no such file" in refusal(tmp_path / "link.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert "is not an ordinary file" in refusal(tmp_path / "pipe.toml")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(valley: Path) -> None:
    valley.chmod(0)
    assert "cannot be read: Permission denied" in refusal(valley)


def test_a_read_that_fails_is_told(valley: Path, monkeypatch) -> None:
    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert "valley.toml: cannot be read: Input/output error" in refusal(valley)


# --------------------------------------------------------------- overrides


def test_settings_are_toml_values_or_bare_words() -> None:
    assert parse_overrides(
        [
            "mission.mandate.clarity=0.4",
            "mission.deployment.doctrine=hotspot",
            'scenario.title = "a = b"',
            "weeks=52",
            "mission.rehat=false",
            "mission.end=2001-01-01",
            "scenario.sources=['x', 'y']",
            "contributors[0].name=Côte d’Ivoire",
        ]
    ) == {
        "mission.mandate.clarity": 0.4,
        "mission.deployment.doctrine": "hotspot",
        "scenario.title": "a = b",
        "weeks": 52,
        "mission.rehat": False,
        "mission.end": datetime.date(2001, 1, 1),
        "scenario.sources": ["x", "y"],
        "contributors[0].name": "Côte d’Ivoire",
    }


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("weeks", "--set: expected path=value, found 'weeks'"),
        ("weeks=", "--set: weeks: has no value after the '='"),
        ("=3", "--set: '' is not a dotted path"),
        ("a..b=3", "--set: 'a..b' is not a dotted path"),
        ("a[x].b=3", "--set: 'a[x].b' is not a dotted path"),
        ("a=[1", "--set: a: '[1' is not a value"),
        ("a=1\nb=2", "--set: a: '1\\nb=2' is not a value"),
        ("a=" + "[" * 5000, "is not a value"),
    ],
)
def test_settings_that_cannot_be_read(setting: str, says: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_overrides([setting])
    assert says in str(caught.value)


def test_a_path_set_twice_is_refused() -> None:
    with pytest.raises(ScenarioError, match="--set: weeks: is set twice"):
        parse_overrides(["weeks=1", "weeks=2"])


def test_overrides_are_checked_like_files(valley: Path) -> None:
    said = refusal(valley, {"mission.mandate.clarty": 0.4, "contributors.ghana.pledged": True})
    assert said.splitlines() == [
        "--set: mission.mandate: unknown key 'clarty'; did you mean 'clarity'?",
        "--set: contributors.ghana.pledged: expected a whole number (persons), found true",
    ]
    said = refusal(valley, {"contributors.gana.pledged": 1})
    assert said == "--set: contributors.gana.pledged: there is no 'gana' to change; did you mean 'ghana'?"


# -------------------------------------------------------------------- fuzz

PIECES = [
    *"[]=.\"'{},#*\n\\\x00\ufeff𝔸",
    *(
        "[[",
        "]]",
        '"""',
        "nan",
        "-inf",
        "true",
        "1e999",
        "0x_",
        "9" * 30,
        "2000-13-40",
        "mission",
        "id = 'x'",
    ),
]
EDITS = st.lists(
    st.tuples(
        st.integers(0, len(VALID)),
        st.integers(0, 40),
        st.one_of(st.sampled_from(PIECES), st.text(max_size=4)),
    ),
    min_size=1,
    max_size=4,
)


def problems_of(raw: bytes) -> tuple[Problem, ...]:
    """What a load of these bytes complains about; anything but a ScenarioError escapes and fails the test."""
    try:
        data, marks = parse(decode(raw, "fuzz.toml"), "fuzz.toml")
        validated(data, marks.locate)
    except ScenarioError as error:
        return (*error.problems,) or (Problem("an error without a problem"),)
    return ()


@given(EDITS)
@settings(max_examples=300)
def test_a_mangled_file_is_refused_or_read_but_never_crashes(edits: list[tuple[int, int, str]]) -> None:
    text = VALID
    for at, gone, new in edits:
        text = text[:at] + new + text[at + gone :]
    for problem in problems_of(text.encode("utf-8")):
        assert problem.message != "an error without a problem"
        assert str(problem).isprintable(), "one line each"


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(raw: bytes) -> None:
    assert problems_of(raw)


LINES = VALID.splitlines(keepends=True)


@given(st.sets(st.integers(0, len(LINES) - 1), max_size=40))
def test_lines_left_out_are_told_or_not_needed(gone: set[int]) -> None:
    text = "".join(line for number, line in enumerate(LINES) if number not in gone)
    for problem in problems_of(text.encode("utf-8")):
        assert problem.file == "fuzz.toml"


VALUES = st.one_of(
    st.sampled_from(["nan", "inf", "-1", "0", "1e300", "true", "[]", "{}", "''", "'x'", "2000-02-01", "[[1]]", "[{}]"]),
    st.floats().map(repr),
    st.integers(-(2**70), 2**70).map(str),
)


@given(st.integers(0, len(LINES) - 1), VALUES)
@settings(max_examples=400)
def test_any_value_anywhere_is_read_or_refused_at_its_line(number: int, value: str) -> None:
    key, equals, _ = LINES[number].partition("=")
    lines = [*LINES]
    lines[number] = f"{key}= {value}\n" if equals else LINES[number]
    for problem in problems_of("".join(lines).encode("utf-8")):
        assert problem.file == "fuzz.toml"


def test_loading_imports_nothing_heavy() -> None:
    script = (
        "import sys, sim.scenario.load; "
        "print(*{'numba', 'pandas', 'mesa', 'matplotlib', 'numpy', 'scipy'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []
