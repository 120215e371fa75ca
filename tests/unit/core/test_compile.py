"""Compiled chains: same results as plain Python, never stale, and robust on disk."""

import contextlib
import hashlib
import io
import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sim.core.compile import compile_schedule, interpreted, kernel
from sim.core.fingerprint import fingerprint
from sim.core.notice import announce, announced, compile_notice
from sim.core.process import Process, ScheduleError, process

ROOT = Path(__file__).resolve().parents[3]
needs_compiler = pytest.mark.skipif(interpreted(), reason="PEACESIM_INTERPRETED=1 compiles nothing")


class Clock(NamedTuple):
    week: np.ndarray
    halt: np.ndarray


class Bands(NamedTuple):
    fighters: np.ndarray
    cell: np.ndarray
    seen: np.ndarray


class World(NamedTuple):
    clock: Clock
    bands: Bands


class Rates(NamedTuple):
    fight: np.record
    march: np.record


class OnlyMarch(NamedTuple):
    march: np.record


def record(**values):
    row = np.zeros(1, np.dtype((np.record, [(name, type(value)) for name, value in values.items()])))[0]
    for name, value in values.items():
        row[name] = value
    return row


def make_world(n=5):
    clock = Clock(np.zeros(1, np.int64), np.zeros(1, np.int64))
    return World(clock, Bands(np.linspace(1.0, 2.0, n), np.arange(n), np.zeros((n, 2))))


def make_rates():
    return Rates(record(loss=0.25, least=1), record(step=2))


@kernel
def share(bands, i, loss):
    scratch = np.empty(2)
    scratch[0] = bands.fighters[i] * loss
    return scratch[0]


@process(writes=("bands.fighters", "bands.seen"), name="fight")
def fight(clock, bands, rates):
    """Let bands fight. It costs them.

    More text.
    """
    for i in range(len(bands.cell)):
        bands.fighters[i] += rates.least - share(bands, i, rates.loss)
        row = bands.seen[i]
        row[clock.week[0] % 2] += bands.fighters[i]


@process(writes=("bands.cell",), name="march")
def march(bands, rates):
    """Move every band"""
    for i in range(bands.cell.shape[0]):
        bands.cell[i] += rates.step


@process(writes=("bands",), name="count", compiled=False)
def count(world):
    world.bands.seen[0, 0] += float(np.sum(world.bands.cell))


@process(name="stop")
def stop(clock):
    if clock.week[0] == 3:
        clock.halt[0] = 1


@process(name="fail")
def fail(clock):
    if clock.week[0] == 2:
        raise ValueError("no such week")


@process(name="answer")
def answer(clock):
    return clock.week[0]


@pytest.fixture(autouse=True, scope="module")
def cache_folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEACESIM_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def by_hand(steps, weeks):
    """What a chain means, spelled out."""
    world, rates = make_world(), make_rates()
    for week in range(weeks):
        world.clock.week[0] = week
        for step in steps:
            step.function(*step.arguments(world, rates))
    world.clock.week[0] = weeks
    return world


def same(one, other):
    pairs = [pair for tables in zip(one, other, strict=True) for pair in zip(*tables, strict=True)]
    return all(np.array_equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("steps", [(fight, march), (march, fight), (fight,), (fight, fight), (fight, count, march), ()])
def test_chain_equals_plain_python(monkeypatch, steps):
    world = make_world()
    compile_schedule(steps)(world, make_rates(), [True] * len(steps), 6)
    assert same(world, by_hand(steps, 6))

    if all(step.name != "fight" for step in steps):
        return
    monkeypatch.setenv("PEACESIM_INTERPRETED", "1")
    if interpreted() and callable(getattr(share, "py_func", None)):
        monkeypatch.setitem(fight.function.__globals__, "share", share.py_func)
    plain = make_world()
    advance = compile_schedule(steps, World, Rates)
    advance(plain, make_rates(), np.ones(len(steps), bool), 6)
    assert not advance.compiled
    assert same(world, plain)


def test_switches_halt_and_later_start():
    world, rates = make_world(), make_rates()
    advance = compile_schedule((stop, march))
    advance(world, rates, np.array([True, False]), 9)
    assert world.clock.week[0] == 4
    assert same(world[1:], make_world()[1:])
    advance(world, rates, np.array([True, True]), 9)
    assert world.clock.week[0] == 4  # still halted
    with pytest.raises(ValueError, match="on has shape"):
        advance(world, rates, np.array([True]), 9)


def test_errors_in_processes_reach_the_caller():
    world = make_world()
    with pytest.raises(ValueError, match="no such week"):
        compile_schedule((march, fail))(world, make_rates(), [True, True], 9)
    assert world.clock.week[0] == 2


def test_rates_may_be_one_record_of_records():
    rates = make_rates()
    fields = [(name, getattr(rates, name).dtype) for name in rates._fields]
    whole = np.zeros(1, np.dtype((np.record, fields)))[0]
    for name in rates._fields:
        whole[name] = getattr(rates, name)
    world = make_world()
    compile_schedule((fight, march))(world, whole, [True, True], 6)
    assert same(world, by_hand((fight, march), 6))


def test_threads_share_machine_code():
    advance, worlds = compile_schedule((fight, march)), [make_world() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda world: advance(world, make_rates(), [True, True], 6), worlds))
    assert all(same(world, by_hand((fight, march), 6)) for world in worlds)


def test_fortran_order_is_another_type():
    advance, rates = compile_schedule((fight, march)), make_rates()
    for weird in (np.asfortranarray(np.zeros((5, 2))), np.zeros((5, 4))[:, ::2]):
        world = make_world()
        world = world._replace(bands=world.bands._replace(seen=weird))
        advance(world, rates, [True, True], 6)
        assert same(world, by_hand((fight, march), 6))


def test_a_process_runs_alone():
    world = make_world()
    fight(world, make_rates())
    assert world.bands.fighters[0] == 1.75
    count(world)
    assert world.bands.seen[0, 0] == 1.75 + 10.0


@needs_compiler
def test_other_array_types_get_their_own_machine_code():
    advance, rates = compile_schedule((fight, march)), make_rates()
    advance(make_world(), rates, [True, True], 2)
    world = make_world()
    narrow = world._replace(bands=world.bands._replace(fighters=world.bands.fighters.astype(np.float32)))
    assert advance.needs_compiling(narrow, rates)
    advance(narrow, rates, [True, True], 2)
    assert narrow.bands.fighters == pytest.approx(by_hand((fight, march), 2).bands.fighters, rel=1e-6)


def test_what_a_process_knows_about_itself():
    assert (fight.name, fight.tables, fight.compiled) == ("fight", ("clock", "bands", "rates"), True)
    assert fight.writes == ("bands.fighters", "bands.seen")
    assert fight.summary == "Let bands fight."
    assert march.summary == "Move every band"
    assert isinstance(fight, Process)
    with pytest.raises(AttributeError):
        fight.name = "peace"


def test_a_process_is_pickled_by_reference():
    sys.modules.setdefault(__name__, sys.modules[fight.function.__module__])
    assert pickle.loads(pickle.dumps(fight)) is fight


def in_default(clock, week=3):
    pass


def with_star(*tables):
    pass


def with_world(world):
    pass


def without():
    pass


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (in_default, "'week' must have no default"),
        (with_star, "not a plain one"),
        (with_world, "only compiled=False"),
        (without, "takes no table"),
        (len, "not a plain function"),
    ],
)
def test_unusable_signatures_are_refused(function, message):
    if function is len:
        function = type("Callable", (), {"__module__": "x", "__call__": len})()
    with pytest.raises(ScheduleError, match=message):
        process(name="odd")(function)


def test_unusable_chains_are_refused():
    def tax(clock, treasury):
        pass

    odd = process(name="tax")(tax)
    with pytest.raises(ScheduleError, match=r"'tax' asks for 'treasury', but world has clock, bands"):
        compile_schedule((odd,), World)
    with pytest.raises(ScheduleError, match="'tax' asks for 'treasury'"):
        compile_schedule((odd,))(make_world(), make_rates(), [True], 1)
    with pytest.raises(ScheduleError, match="not <function"):
        compile_schedule((tax,))
    with pytest.raises(ScheduleError, match="two different processes"):
        compile_schedule((fight, process(name="fight")(tax)))
    with pytest.raises(ScheduleError, match="does not take that table"):
        process(name="tax", writes=("bands.cell",))(tax)
    with pytest.raises(ScheduleError, match="asks for 'fight', but rates has march"):
        fight(make_world(), OnlyMarch(make_rates().march))


def test_writes_are_checked_against_columns():
    def drift(bands):
        pass

    step = process(name="drift", writes=("bands.colour",))(drift)
    with pytest.raises(ScheduleError, match="'drift' asks for 'colour', but table 'bands' has"):
        compile_schedule((step,), make_world())


@needs_compiler
def test_a_process_must_return_nothing_and_compile():
    with pytest.raises(ScheduleError, match="'answer' must return nothing"):
        compile_schedule((answer,))(make_world(), make_rates(), [True], 1)

    def vague(bands):
        bands.fighters[0] = bands.no_such_column[0]

    with pytest.raises(ScheduleError, match=r"'vague' cannot be compiled"):
        compile_schedule((process(name="vague")(vague),))(make_world(), make_rates(), [True], 1)


@pytest.mark.parametrize("terminal", [False, True])
def test_notice_reads_well(terminal):
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    text = "Compiling the model for this machine (half a minute or more, once)..."
    with compile_notice(stream, patience=0.0):
        with announced():
            time.sleep(0.2)
        with contextlib.suppress(KeyboardInterrupt), announced():
            time.sleep(0.2)
            raise KeyboardInterrupt
    if terminal:
        assert stream.getvalue() == 2 * f"\r{text} 0 s\r{text} 0 s\n"
    else:
        assert stream.getvalue() == f"{text}\nCompiled in 0 s.\n{text}\nStopped compiling after 0 s.\n"


@needs_compiler
def test_notice_only_while_compiling():
    def drift(bands):
        for i in range(len(bands.cell)):
            bands.cell[i] -= 1

    stages = []
    remove = announce(lambda stage, seconds: stages.append(stage))
    advance = compile_schedule((process(name="drift", writes="bands.cell")(drift),))
    world, rates, stream = make_world(), make_rates(), io.StringIO()
    assert advance.needs_compiling(world, rates)
    with compile_notice(stream, patience=0.0):
        advance(world, rates, [True], 1)
    assert stages == ["start", "done"]
    assert stream.getvalue().startswith("Compiling the model")
    assert stream.getvalue().endswith(" s.\n")
    assert not advance.needs_compiling(world, rates)

    stream = io.StringIO()
    with compile_notice(stream, patience=0.0):
        compile_schedule(advance.schedule)(world, rates, [True], 2)
    remove()
    assert stream.getvalue() == ""
    assert stages == ["start", "done"]


# ------------------------------------------------------------------ on disk

TABLES = """
from typing import NamedTuple
import numpy as np

class Clock(NamedTuple):
    week: np.ndarray
    halt: np.ndarray

class Bands(NamedTuple):
    fighters: np.ndarray
    morale: np.ndarray

class World(NamedTuple):
    clock: Clock
    bands: Bands
"""
HELPER = """
from sim.core.compile import kernel
BONUS = 1.0

@kernel
def bonus(x):
    return x + BONUS
"""
GROWTH = """
from sim.core.process import process
from study import helper

@process(writes=("bands.fighters",))
def grow(clock, bands):
    for i in range(len(bands.fighters)):
        bands.fighters[i] = helper.bonus(bands.fighters[i]) + 0.5 * bands.morale[i]
        if clock.week[0] > 50:
            bands.fighters[i] = bands.morale[clock.week[0]]
"""
RUN = """
import json, sys
import numpy as np
from sim.core.compile import compile_schedule
from sim.core.notice import announce
from study.tables import Bands, Clock, World
from study.growth import grow

stages = []
announce(lambda stage, seconds: stages.append(stage))
clock = Clock(np.array([int(sys.argv[1])]), np.zeros(1, np.int64))
world = World(clock, Bands(fighters=np.arange(3.0), morale=np.full(3, 10.0)))
compile_schedule((grow,))(world, (), [True], int(sys.argv[2]))
print(json.dumps({"fighters": list(world.bands.fighters), "cold": "start" in stages}))
"""


class Study:
    """A user's package and a cache of its own."""

    def __init__(self, base):
        self.base, self.cache = base, base / "cache"
        (base / "study").mkdir()
        # A copy, because these tests count compilations and others may be editing the package.
        shutil.copytree(ROOT / "sim" / "core", base / "sim" / "core", ignore=shutil.ignore_patterns("__pycache__"))
        (base / "sim" / "__init__.py").write_text("")
        self.write("__init__.py", "")
        for name, text in (("tables", TABLES), ("helper", HELPER), ("growth", GROWTH), ("run", RUN)):
            self.write(f"{name}.py", text)

    def write(self, name, text):
        (self.base / "study" / name).write_text(text)

    def start(self, first=0, until=2, **env):
        full = {k: v for k, v in os.environ.items() if not k.startswith(("PEACESIM_", "NUMBA_"))}
        full |= {
            "PYTHONPATH": str(self.base),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PEACESIM_CACHE_DIR": str(self.cache),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "study.run", str(first), str(until)],
            env=full | env, cwd=self.base, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def finish(self, running):
        out, err = running.communicate(timeout=120)
        assert running.returncode == 0, err
        return json.loads(out)

    def run(self, **options):
        return self.finish(self.start(**options))

    def files(self):
        return sorted(self.cache.glob("code-*/*.bin"))


EXPECTED = [12.0, 13.0, 14.0]


@pytest.fixture
def study(tmp_path):
    return Study(tmp_path)


def test_warm_start_and_edits(study):
    assert study.run() == {"fighters": EXPECTED, "cold": True}
    assert study.run() == {"fighters": EXPECTED, "cold": False}

    study.write("helper.py", HELPER.replace("BONUS = 1.0", "BONUS = 3.0"))
    assert study.run()["fighters"] == [16.0, 17.0, 18.0]
    # Fields swapped under the same class name: fighters and morale trade places in memory.
    swapped = TABLES.replace("    fighters: np.ndarray\n    morale", "    morale: np.ndarray\n    fighters")
    study.write("helper.py", HELPER)
    study.write("tables.py", swapped)
    assert study.run() == {"fighters": EXPECTED, "cold": True}

    (study.base / "sim" / "core" / "added.py").write_text("")
    assert study.run() == {"fighters": EXPECTED, "cold": True}
    assert len(list(study.cache.iterdir())) == 2


SCRATCH = GROWTH.replace(
    "    for i in", "    scratch = np.empty(len(bands.fighters))\n    scratch[:] = bands.morale\n    for i in"
).replace("0.5 * bands.morale[i]", "0.5 * scratch[i]")
ENDING = "print(json.dumps({'numba': 'numba' in sys.modules}))"


def test_a_warm_start_does_without_the_compiler(study):
    study.write("growth.py", "import numpy as np\n" + SCRATCH)  # memory of its own is numba's help in C
    study.write("run.py", RUN + ENDING)
    for numba in (True, False):
        out, err = study.start().communicate(timeout=120)
        found = [json.loads(line) for line in out.splitlines()]
        assert found == [{"fighters": EXPECTED, "cold": numba}, {"numba": numba}], err


def test_what_prints_does_so_at_every_start(study):
    study.write("growth.py", GROWTH.replace("    for i in", "    print('week', clock.week[0])\n    for i in"))
    for _ in range(2):  # its machine code asks numba's Python for help, without which it waited for ever
        out, err = study.start().communicate(timeout=120)
        *said, found = out.splitlines()
        assert said == ["week 0", "week 1"], err
        assert json.loads(found)["fighters"] == EXPECTED


def test_code_that_needs_what_only_numba_knows_waits_for_numba(study):
    study.write("growth.py", "import numpy as np\n" + SCRATCH)
    study.write("run.py", "from sim.core import machine\nmachine.HELPERS = ()\n" + RUN + ENDING)
    for cold in (True, False):
        out, err = study.start().communicate(timeout=120)
        found = [json.loads(line) for line in out.splitlines()]
        assert found == [{"fighters": EXPECTED, "cold": cold}, {"numba": True}], err


RAISE = """
from sim.core.process import process

@process(writes=("bands.fighters",))
def grow(clock, bands):
    if clock.week[0] == 1:
        raise ValueError("the first", 7)
    if clock.week[0] == 2:
        raise ArithmeticError(clock.week[0], bands.morale[0])
    assert clock.week[0] != 3
"""


def test_errors_come_out_of_machine_code_from_disk(study):
    study.write("growth.py", RAISE)
    for _ in ("cold", "warm"):
        errors = ("ValueError: ('the first', 7)", "ArithmeticError: with numbers", "AssertionError")
        for week, error in enumerate(errors, start=1):
            _, err = study.start(first=week, until=week + 1).communicate(timeout=120)
            assert error in err
            assert re.search(r"in grow, .*growth\.py:\d+", err)


def test_damaged_files_are_compiled_again(study):
    study.run()
    short, garbage = study.files()[0], b"not a pickle"
    short.write_bytes(short.read_bytes()[:100])
    for path in study.files()[1:]:
        path.write_bytes(hashlib.sha256(garbage).digest() + garbage)
    assert study.run()["fighters"] == EXPECTED
    assert all(path.stat().st_size > 500 for path in study.files())


def test_four_at_once_on_a_cold_cache(study):
    running = [study.start() for _ in range(4)]
    assert [study.finish(one)["fighters"] for one in running] == [EXPECTED] * 4
    assert not list(study.cache.glob("code-*/*.tmp"))


HELPED = """
from sim.core import helpers
helpers.WORTH_IT, helpers.cores = 1, lambda: 2
"""


@pytest.mark.parametrize(
    "change",
    [
        "",
        "helpers._START = 'raise SystemExit(1)'",
        "helpers.sys.executable = '/no/such/program'",
        # Only the helper compiles: what it made is found on disk.
        "helpers.claim = lambda place, number, claim=helpers.claim: False",
    ],
)
def test_helpers_are_a_help_and_no_more(study, change):
    study.write("run.py", HELPED + change + RUN)
    assert study.run() == {"fighters": EXPECTED, "cold": True}
    assert study.run() == {"fighters": EXPECTED, "cold": False}
    assert not [path for path in study.cache.glob("code-*/*") if path.is_dir()]


def test_stopping_while_compiling(study):
    """Ctrl-C ends the program and its helpers, and the next one starts afresh."""
    slow = "import time\nhelpers._START = 'import time; time.sleep(60)'\n"
    # A shell lets its background jobs ignore Ctrl-C, and tests may be one.
    slow += "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    slow += "helpers.claim = lambda *job: print('claimed', flush=True) or time.sleep(60)"
    study.write("run.py", HELPED + slow + RUN)
    running = study.start()
    assert running.stdout.readline() == "claimed\n"
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert time.monotonic() - began < 20
    assert "KeyboardInterrupt" in err
    study.write("run.py", RUN)
    assert study.run() == {"fighters": EXPECTED, "cold": True}


def test_nothing_writable(study):
    """No cache folder, no home, no folder for temporary files: slower, but it runs."""
    wall = study.base / "wall"
    wall.write_text("a file where folders are wanted")
    places = dict.fromkeys(("PEACESIM_CACHE_DIR", "XDG_CACHE_HOME", "HOME"), str(wall / "x"))
    code = (
        "import tempfile, os; tempfile.tempdir = os.environ['HOME'];"
        "import runpy, sys; sys.argv = ['run', '0', '2']; runpy.run_module('study.run', run_name='__main__')"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("PEACESIM_")} | places
    env |= {"PYTHONPATH": str(study.base), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["fighters"] == EXPECTED
    assert not list(study.base.rglob("*.bin"))
    # Nor was anything written next to the sources.
    assert {path.name for path in (study.base / "study").iterdir()} == {
        "__init__.py", "tables.py", "helper.py", "growth.py", "run.py",
    }  # fmt: skip


def test_interpreted_and_checked_runs(study):
    assert study.run(PEACESIM_INTERPRETED="1") == {"fighters": EXPECTED, "cold": False}
    assert not study.cache.exists()
    checked = study.start(first=60, until=61, PEACESIM_BOUNDSCHECK="1")
    _, err = checked.communicate(timeout=120)
    assert checked.returncode != 0
    assert "IndexError" in err


@needs_compiler
def test_the_digest_of_a_package_covers_every_source(tmp_path):
    from sim.core import cache

    (tmp_path / "deep").mkdir()
    (tmp_path / "a.py").write_text("X = 1\n")
    (tmp_path / "deep" / "b.py").write_text("Y = 1\n")
    before = cache.sources_digest(tmp_path)
    (tmp_path / "deep" / "b.py").write_text("Y = 2\n")
    after = cache.sources_digest(tmp_path)
    (tmp_path / "deep" / "b.py").rename(tmp_path / "deep" / "c.py")
    assert len({before, after, cache.sources_digest(tmp_path)}) == 3


@needs_compiler
def test_old_folders_go_and_recent_ones_stay(tmp_path):
    from sim.core import cache

    days = {"a": 0.1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 0.5}
    for name, age in days.items():
        folder = tmp_path / f"code-{name}"
        folder.mkdir()
        (folder / "used").touch()
        os.utime(folder / "used", (time.time() - age * cache.DAY,) * 2)
    cache.prune(tmp_path, keep=tmp_path / "code-f")
    assert {path.name[-1] for path in tmp_path.iterdir()} == {"a", "b", "c", "f", "g"}


@needs_compiler
def test_fingerprint_follows_values_and_helpers():
    def make(inner, limit):
        def outer(x):
            return inner(x) > limit

        return outer

    def twice(x):
        return 2 * x

    def thrice(x):
        return 3 * x

    prints = {fingerprint(make(inner, limit)) for inner in (twice, thrice) for limit in (1, 1.0, 2)}
    assert len(prints) == 6
    assert fingerprint(make(twice, 1)) == fingerprint(make(twice, 1))


def test_importing_the_door_is_cheap():
    code = "import sys, sim.core.compile, sim.core.process; sys.exit('numba' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
