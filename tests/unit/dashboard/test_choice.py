"""Settings and the link that carries them."""

from types import MappingProxyType

import pytest

from sim.core.errors import ScenarioError
from sim.dashboard.choice import NOTHING, PINNED, Choice, read_link, world_of
from sim.dashboard.countries import country, names, uploaded
from sim.dashboard.levers import levers

QUICK = ("ceasefire_line", "fragile_peace")
EVERY = [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in names()]


def test_a_link_brings_back_what_was_set() -> None:
    choice = Choice(
        name="fragile_peace",
        seed=7,
        settings=MappingProxyType(
            {
                "mission.mandate.clarity": 0.4,
                "contributors.*.pledged": 1.5,
                "mission.mandate.rules_of_engagement": "robust",
                "mission.mandate.flexible": True,
                "mission.mandate.tasks.ddr": False,
            }
        ),
        against=PINNED,
        pinned=MappingProxyType({"mission.mandate.clarity": 0.9}),
        week=30,
    )
    again, left_out = read_link(choice.link())
    assert left_out == []
    assert again == choice


@pytest.mark.parametrize("name", EVERY)
def test_every_lever_of_every_scenario_survives_its_link_and_can_be_built_at_both_ends(name: str) -> None:
    base = country(name)
    for lever in levers(base):
        ends = (lever.low, lever.high) if lever.slides else lever.options or (not lever.start,)
        for value in ends:
            value = lever.quantised(value) if lever.slides else value
            choice = Choice(name=name, settings=MappingProxyType({lever.path: value}))
            again, left_out = read_link(choice.link())
            assert left_out == [], lever.path
            assert again.settings[lever.path] == (pytest.approx(value) if lever.slides else value)
        world_of(base, {lever.path: ends[-1]})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("scenario=../../etc/passwd", "no scenario"),
        ("scenario=/etc/passwd", "no scenario"),
        ("scenario=unmil.toml", "no scenario"),
        ("scenario=recorded/unmil", "no scenario"),
        ("scenario=%00", "no scenario"),
        ("scenario=uploaded", "uploaded"),
        ("against=../secret", "no scenario"),
        ("seed=-1", "seed"),
        ("seed=99999999999999999999999", "seed"),
        ("seed=1e9", "seed"),
        ("week=100000", "week"),
        ("mission.mandate.clarity=nan", "Clarity"),
        ("mission.mandate.clarity=<script>", "Clarity"),
        ("mission.mandate.rules_of_engagement=nuke", "Rules of engagement"),
        ("map.rows=AAAA", "no setting"),
        ("__class__=1", "no setting"),
        ("<script>alert(1)</script>=1", "no setting"),
    ],
)
def test_what_is_wrong_in_a_link_is_named_and_left_out(query: str, said: str) -> None:
    choice, left_out = read_link(query)
    assert len(left_out) == 1
    assert said in left_out[0]
    assert dict(choice.settings) == {}
    assert choice.name in names()


def test_values_from_a_link_are_kept_within_range_and_on_a_step() -> None:
    choice, left_out = read_link("mission.mandate.clarity=17&contributors.*.pledged=1.2345&against=nothing")
    assert left_out == []
    assert choice.settings == {"mission.mandate.clarity": 1.0, "contributors.*.pledged": 1.2}
    assert choice.against == NOTHING


def test_an_endless_link_is_not_read() -> None:
    choice, left_out = read_link("a=1&" * 10_000)
    assert choice == Choice()
    assert "too long" in left_out[0]


def test_a_scale_moves_every_part_and_a_shift_keeps_the_differences() -> None:
    base = country("ceasefire_line")
    changed = world_of(base, {"contributors.*.pledged": 0.5, "contributors.*.quality": 0.9})
    assert [each.pledged for each in changed.contributors] == [round(0.5 * each.pledged) for each in base.contributors]
    before, after = ([each.quality for each in each_world.contributors] for each_world in (base, changed))
    assert sum(after) / len(after) == pytest.approx(0.9)
    assert after[1] - after[2] == pytest.approx(before[1] - before[2])


def test_tasks_are_added_and_dropped_and_a_mandate_without_any_is_refused() -> None:
    base = country("ceasefire_line")
    tasks = world_of(base, {"mission.mandate.tasks.ddr": True}).mission.mandate.tasks
    assert set(tasks) == {*base.mission.mandate.tasks, "ddr"}
    none = {f"mission.mandate.tasks.{task}": False for task in base.mission.mandate.tasks}
    with pytest.raises(ScenarioError, match="tasks"):
        world_of(base, none)


def test_an_upload_may_not_name_files_and_says_where_it_is_wrong() -> None:
    with pytest.raises(ScenarioError, match="bundled"):
        uploaded(b'extends = "/etc/passwd"', "mine.toml")
    with pytest.raises(ScenarioError, match=r"mine.toml:2"):
        uploaded(b'extends = "ceasefire_line"\nnonsense = 3\n', "mine.toml")
    assert uploaded(b'extends = "ceasefire_line"\n[scenario]\nweeks = 100\n', "mine.toml").weeks == 100


def test_an_upload_that_is_too_large_is_refused_before_anything_is_built() -> None:
    with pytest.raises(ScenarioError, match="at most 300 kB"):
        uploaded(b"#" * 1_000_001, "huge.toml")
    rows = "\n".join(["A" * 900] * 900)
    text = f'extends = "ceasefire_line"\n[map]\ncell_km = 15\nrows = """\n{rows}\n"""\n'
    with pytest.raises(ScenarioError):
        uploaded(text.encode(), "map.toml")
    with pytest.raises(ScenarioError, match="bands"):
        uploaded(country("ceasefire_line").override({"armed_groups.army.band_size": 1}).to_toml().encode(), "b.toml")
