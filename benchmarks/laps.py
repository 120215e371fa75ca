"""The week with a clock in it: how long each process takes inside a real run, in the compiled chain itself.

The chain is the engine's own with a reading of the thread's CPU clock after every process, so each process is
timed on the states that a run really visits, with the caches as its neighbours leave them, and other programs
do not count. What a reading costs is measured and taken off.
"""

import ctypes
import ctypes.util
import time

import numba
import numpy as np

from sim.core import reference
from sim.core.calling import lay_out
from sim.core.compile import Chain
from sim.core.process import driver_source
from sim.engine.run import chain, lengthen, switches
from sim.engine.step import SCHEDULE
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates

CLOCK = time.CLOCK_THREAD_CPUTIME_ID

read_clock = ctypes.CDLL(ctypes.util.find_library("c")).clock_gettime
read_clock.argtypes = (ctypes.c_int, ctypes.c_size_t)
read_clock.restype = ctypes.c_int


@numba.njit
def lap(stamp, address, last):
    """Return the nanoseconds since the last reading."""
    read_clock(CLOCK, address)
    now = stamp[0] * 1_000_000_000 + stamp[1]
    passed = now - last[0]
    last[0] = now
    return passed


@numba.njit
def cost_of_reading(stamp, address, last, readings):
    """Return the nanoseconds that one reading of the clock takes."""
    lap(stamp, address, last)
    total = 0
    for _ in range(readings):
        total += lap(stamp, address, last)
    return total / readings


def timed_chain():
    """Compile the engine's driver with a clock after each process."""
    lines = []
    for line in driver_source(SCHEDULE).splitlines():
        line = line.replace("until):", "until, ns, stamp, address, last):")
        line = line.replace("    while ", "    lap(stamp, address, last)\n    while ")
        lines.append(line)
        if "call(targets[" in line:
            number = line.partition("targets[")[2].partition("]")[0]
            lines.append(f"            ns[{number}] += lap(stamp, address, last)")
    space = {"call": reference.call, "lap": lap}
    exec("\n".join(lines), space)
    return numba.njit(nogil=True, error_model="numpy", _nrt=False)(space["advance"])


def time_processes(scenario: Scenario, seeds: range) -> np.ndarray:
    """Return nanoseconds by seed and process of whole runs."""
    weeks, on, found = timed_chain(), switches(scenario), []
    rates = build_rates(scenario.parameters)
    for seed in seeds:
        world = build_world(scenario, seed)
        targets, _driver = chain(SCHEDULE).prepare(world, rates)
        ns, stamp, last = np.zeros(len(SCHEDULE), np.int64), np.zeros(2, np.int64), np.zeros(1, np.int64)
        while world.clock.week[0] < scenario.weeks:
            world.clock.halt[0] = 0
            places, _kept = lay_out([given for step in SCHEDULE for given in step.arguments(world, rates)])
            weeks(world.clock, Chain(on, targets, places), scenario.weeks, ns, stamp, stamp.ctypes.data, last)
            if world.clock.halt[0] == 1:
                world = world._replace(log=lengthen(world.log))
        reading = cost_of_reading(stamp, stamp.ctypes.data, last, 20_000)
        found.append(ns - scenario.weeks * reading)
    return np.array(found)
