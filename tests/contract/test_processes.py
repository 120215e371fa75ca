"""What every process promises: it writes what it declares, reads what exists and says what it does."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from sim.core.process import Process
from sim.engine.step import SCHEDULE
from sim.scenario.load import load_scenario
from sim.scenario.parameters import Parameters
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates
from sim.world.streams import Stream
from sim.world.tables import World
from tests.support.calls import Calls
from tests.support.countries import valley
from tests.support.runs import columns, same

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = sorted((ROOT / "sim" / "processes").glob("[!_]*.py"))
BUILDERS = sorted((ROOT / "sim" / "world").glob("[!_]*.py"))
BY_NAME = {step.name: step for step in SCHEDULE}


# ------------------------------------------------------------------- writes


class LastLook:
    """The columns of a world, all of them but what the log has no events in, and their bytes when last looked at."""

    def __init__(self, world: World) -> None:
        self.world, self.bytes = world, {name: column.tobytes() for name, column in columns(world).items()}

    def changed(self) -> set[str]:
        """Name the columns that changed since."""
        found = set()
        for name, column in columns(self.world).items():
            now = column.tobytes()
            if now != self.bytes[name]:
                self.bytes[name] = now
                found.add(name)
        return found


def declared(step: Process, name: str) -> bool:
    return name in step.writes or name.partition(".")[0] in step.writes


class Watch:
    """A run in which every process runs alone, and what each of them wrote."""

    def __init__(self, scenario: Scenario, seed: int, weeks: int) -> None:
        world, rates = build_world(scenario, seed, stride=5), build_rates(scenario.parameters)
        self.wrote: dict[str, set[str]] = defaultdict(set)
        last, call = LastLook(world), Calls()
        for week in range(weeks):
            for step in SCHEDULE:
                if week % 10 == 0:
                    step(world, rates)  # as anybody calls a process
                else:
                    call(step, world, rates)  # the same without laying its arguments out anew
                self.wrote[step.name] |= last.changed()
            world.clock.halt[0] = 0
            world.clock.week[0] = week + 1
            last.changed()  # the clock, which no process moved
        self.world = world


@pytest.fixture(scope="module")
def watched() -> Watch:
    """A small country from its war through the mission to its exit."""
    watch = Watch(valley(), 4, 150)
    assert watch.world.population.fighters_killed[0] > 20
    assert watch.world.casualties.left.sum() > 0
    return watch


@pytest.fixture(scope="module")
def liberia() -> Watch:
    """Liberia in its first year, when the force arrives and disarms."""
    return Watch(load_scenario("unmil"), 1, 45)


@pytest.fixture(scope="module")
def attacking() -> Watch:
    """The small country with a mission that goes over to the offensive, and is attacked often, whatever the luck."""
    given = {"mission.mandate.tasks.offensive_operations": 1.0, "mission.mandate.rules_of_engagement": "robust"}
    often = {"parameters.offensives.offensive_rate": 5.0, "parameters.attacks_on_mission.attack_rate": 0.5}
    return Watch(valley().override(given | often), 4, 90)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_process_writes_only_what_it_declares(watched: Watch, liberia: Watch, attacking: Watch, name: str) -> None:
    wrote = watched.wrote[name] | liberia.wrote[name] | attacking.wrote[name]
    assert {column for column in wrote if not declared(BY_NAME[name], column)} == set()


# Seen only in runs that the two above are not.
RARE = {
    ("group_strategy", "bands.blocked"): "a band on its way round water gets a new target",
    ("force_generation", "contributors.takes_part"): "a contributor leaves after many dead",
    ("force_generation", "log"): "as above",
    ("consent", "mandates.unwanted"): "a host that has lost all consent",
    ("consent", "missions.end_week"): "as above",
    ("consent", "log"): "as above",
    ("mandate", "missions.ceiling"): "a flexible mandate in trouble",
    ("life_cycle", "contributors.overdue_weeks"): "a bridging force that leaves with debts long overdue",
    ("life_cycle", "mandates.exit"): "a mission that leaves by benchmarks or on relief",
    ("band_movement", "groups.fighters"): "counted anew; the count is right already",
    ("offensives", "communities.hosted"): "displaced people caught in the crossfire",
    ("recruitment", "bands.status"): "the last fighter of a band deserts",
    ("elections", "communities.grievance"): "an election that is not accepted",
    ("elections", "communities.fear"): "as above",
    ("ddr", "bands.status"): "the last fighter of a band comes forward",
    ("reintegration", "bands"): "former fighters take up arms again",
    ("reintegration", "groups.fighters"): "as above",
    ("reintegration", "communities.adrift"): "some wait in vain for a place",
    ("shocks", "units.headcount"): "a disaster where peacekeepers are",
    ("shocks", "casualties.other"): "as above",
    ("observation", "clock.halt"): "the log fills up",
    ("offensives", "violence.battle_week"): "clashes come first, where they are not left out",
}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_process_declares_no_more_than_it_writes(watched: Watch, liberia: Watch, attacking: Watch, name: str) -> None:
    wrote = watched.wrote[name] | liberia.wrote[name] | attacking.wrote[name]
    tables = {column.partition(".")[0] for column in wrote}
    found = {place for place in BY_NAME[name].writes if place not in wrote | tables}
    assert {place for place in found if (name, place) not in RARE} == set()


def test_running_alone_is_running_in_the_chain(watched: Watch) -> None:
    from sim.engine.run import simulate

    other = simulate(valley(150), 4, stride=5)
    mine, theirs = columns(watched.world), columns(other)
    found = {name for name in theirs if not same(mine[name], theirs[name])}
    assert {name for name in found if not name.startswith("record.")} == set()
    assert same(mine["record.weekly"][:150], theirs["record.weekly"])


# --------------------------------------------------------------- docstrings


@pytest.mark.parametrize("name", BY_NAME)
def test_a_process_says_what_it_does(name: str) -> None:
    step = BY_NAME[name]
    assert step.summary.endswith("."), "begin with one sentence"
    for word in ("Draws:", "Order:"):
        assert word in step.doc, f"say {word}"
    if name != "observation":
        assert "Source" in step.doc or "Assumption" in step.doc, "say where it comes from"


def uses_chance(path: Path) -> bool:
    return "from sim.core.chance import" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BY_NAME)
def test_a_process_that_says_it_draws_nothing_draws_nothing(name: str) -> None:
    path = ROOT / "sim" / "processes" / f"{name}.py"
    assert ("Draws: none" not in BY_NAME[name].doc) == uses_chance(path)


# ----------------------------------------------------------------- schedule


def test_each_process_has_a_name_and_a_file_of_its_own() -> None:
    assert len(BY_NAME) == len(SCHEDULE)
    assert set(BY_NAME) == {path.stem for path in PROCESSES}
    for step in SCHEDULE:
        assert step.function.__module__ == f"sim.processes.{step.name}"
        assert step.compiled


def test_each_file_holds_one_process() -> None:
    for path in PROCESSES:
        assert len(re.findall(r"^@process\b", path.read_text(encoding="utf-8"), re.MULTILINE)) == 1, path.name


def test_no_process_imports_another() -> None:
    for path in PROCESSES:
        assert "from sim.processes" not in path.read_text(encoding="utf-8"), path.name


# --------------------------------------------------------------- parameters


def rates_read(path: Path) -> set[str]:
    """Names that a process file reads from its rates."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "rates"
    }


def words_of(paths: list[Path]) -> set[str]:
    return {word for path in paths for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}


# Read by builders under a name put together: force_{rules}, unit_size_{component}.
FAMILIES = {"force_": "mandate", "unit_size_": "force_generation"}


def fields_of(process: str) -> set[str]:
    return set(type(getattr(Parameters(), process)).model_fields)


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.stem)
def test_every_rate_read_exists(path: Path) -> None:
    known = fields_of(path.stem) if path.stem in Parameters.model_fields else set()
    assert rates_read(path) - known == set()


@pytest.mark.parametrize("process", Parameters.model_fields)
def test_every_parameter_is_read(process: str) -> None:
    path = ROOT / "sim" / "processes" / f"{process}.py"
    read = (rates_read(path) if path.exists() else set()) | words_of(BUILDERS)
    in_family = {
        name
        for name in fields_of(process)
        for start, owner in FAMILIES.items()
        if owner == process and name.startswith(start)
    }
    assert fields_of(process) - read - in_family == set()


def test_every_parameter_belongs_to_a_process_or_the_ground() -> None:
    assert set(Parameters.model_fields) - set(BY_NAME) == {"ground"}


@pytest.mark.parametrize("process", Parameters.model_fields)
def test_no_parameter_hides_behind_an_attribute_of_numpy(process: str) -> None:
    """Rates are records: in plain Python ``rates.base`` would be the array below the record."""
    assert {name for name in fields_of(process) if hasattr(np.record, name)} == set()


# ------------------------------------------------------------------ streams


def test_no_two_streams_share_a_number() -> None:
    assert len(set(Stream)) == len(Stream.__members__)


def test_each_stream_belongs_to_one_file() -> None:
    """Two processes that drew from one stream under the same key would share their luck."""
    users = defaultdict(set)
    for path in [*PROCESSES, *BUILDERS]:
        for name in re.findall(r"\bStream\.(\w+)", path.read_text(encoding="utf-8")):
            users[name].add(path.stem)
    assert {name: files for name, files in users.items() if len(files) > 1} == {}
    assert set(users) <= set(Stream.__members__)


def test_numbers_of_the_world_are_of_two_types() -> None:
    """Whole numbers are int64 and others float64, but for cells to look up (uint32) and the maps that are kept."""
    for name, column in columns(build_world(valley(), 1, stride=5)).items():
        cells = name in ("geography.around", "geography.reach_cell", "geography.reach_step")
        assert column.dtype in ((np.uint32,) if cells else (np.int64, np.float64)) or name == "record.layers", name
