"""Which mechanism acts in which of the seven missions: each is taken out of each mission, and the run compared.

``python -m experiments.missions.mechanisms`` writes ``docs/mechanisms-by-mission.md``; it takes a few minutes.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.missions.choices import CHOICES
from sim.cli.progress import Progress
from sim.engine.replicate import cores
from sim.engine.run import simulate
from sim.scenario.ablate import PROCESSES
from sim.scenario.load import load_scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.scenario import Scenario

MISSIONS = ("unmil", "unficyp", "unamir", "kfor", "amisom", "minustah", "minusma")
SEEDS = (1, 2, 3)  # what waits for a rare event may need more than one future
HORIZONS = (52, 312)  # weeks: most act within a year; the rest of the run only for what acts nowhere by then
PAGE = Path("docs/mechanisms-by-mission.md")

# Why a mechanism or choice has no real case among the seven.
NOWHERE = {
    "cash_before_landing": "Reserve funds and nations' own purses paid for the first months of each of them.",
    "doctrine static": "Units that never move once they are posted are a yardstick; these forces moved theirs.",
    "doctrine uniform": "Units spread evenly over the land are a yardstick; no headquarters chose it.",
    "rules observe": "Only the unarmed officers of the OAU in Rwanda had them: without arms no rule matters.",
    "exit by benchmarks": "Haiti's mission for justice left by them; here they are met by its last day.",
    "exit by relief": "Each of their hand-overs had a date, set by a resolution or between the two organisations.",
    "event cyber_attack": "No attack is on record that kept one of these headquarters from its reports.",
}


class Row(NamedTuple):
    """One thing that can be taken out of a mission."""

    kind: str
    name: str
    meaning: str
    without: Callable[[Scenario], Scenario | None]  # nothing where the mission does not have it


def rows() -> Iterator[Row]:
    """Give every process, mechanism and choice that can be taken out."""
    for name in PROCESSES:
        yield Row("process", name, "", lambda scenario, name=name: switched_off(scenario, name))
    for name, mechanism in MECHANISMS.items():
        yield Row("mechanism", name, mechanism.meaning, lambda scenario, name=name: switched_off(scenario, name))
    for choice in CHOICES:
        yield Row("choice", choice.name, choice.meaning, choice.without)


def switched_off(scenario: Scenario, name: str) -> Scenario:
    """Give a scenario without a process or mechanism."""
    return Scenario.model_validate(scenario.data() | {"switched_off": (name,)})


@lru_cache(maxsize=len(MISSIONS))
def mission_of(name: str) -> Scenario:
    """Load a bundled scenario once."""
    return load_scenario(name)


def shortened(scenario: Scenario, weeks: int) -> Scenario:
    """Give the first weeks of a scenario."""
    about = scenario.about.model_copy(update={"weeks": min(weeks, scenario.weeks)})
    return scenario.model_copy(update={"about": about})


@lru_cache(maxsize=len(MISSIONS) * len(SEEDS))
def as_it_is(mission: str, seed: int) -> np.ndarray:
    """Return the weekly table of a mission's run, nothing taken out (weeks, series)."""
    return simulate(mission_of(mission), seed).record.weekly.copy()


def first_difference(row: Row, mission: str, weeks: int, seed: int) -> int | None:
    """Return the first week in which a run without something differs from the run with it.

    Parameters
    ----------
    row : Row
        What is taken out.
    mission : str
        Name of a bundled scenario.
    weeks : int
        How many weeks are compared.
    seed : int

    Returns
    -------
    int or None
        Nothing where the mission does not have it or where no weekly series differs.
    """
    other = row.without(mission_of(mission))
    if other is None:
        return None
    other = shortened(other, weeks)
    table = simulate(other, seed).record.weekly
    differs = (table != as_it_is(mission, seed)[: len(table)]).any(axis=1)
    return int(differs.argmax()) if differs.any() else None


def weeks_seen(row: Row) -> tuple[int | None, ...]:
    """Return the week in which something first shows in each mission, looked for longer where it shows in none."""
    seen: list[int | None] = [None] * len(MISSIONS)
    for weeks in HORIZONS:
        for number, mission in enumerate(MISSIONS):
            if seen[number] is None:
                seen[number] = first_difference(row, mission, weeks, SEEDS[0])
    for seed in SEEDS:
        if all(week is None for week in seen):
            seen = [first_difference(row, mission, mission_of(mission).weeks, seed) for mission in MISSIONS]
    return tuple(seen)


class Line(NamedTuple):
    """One line of the table: where something acts, by the week in which it first shows."""

    row: Row
    weeks: tuple[int | None, ...]  # in the order of MISSIONS

    @property
    def acts(self) -> bool:
        """Whether it acts in any mission."""
        return any(week is not None for week in self.weeks)


def table(found: list[Line], kind: str) -> Iterator[str]:
    """Write the lines of one kind as a table."""
    yield "| what | " + " | ".join(f"`{mission}`" for mission in MISSIONS) + " | missions |"
    yield "|---|" + "--:|" * (len(MISSIONS) + 1)
    for line in found:
        if line.row.kind == kind:
            weeks = ["" if week is None else str(week) for week in line.weeks]
            number = sum(week is not None for week in line.weeks)
            label = f"`{line.row.name}`" + (f" {line.row.meaning}" if line.row.meaning else "")
            yield f"| {label} | {' | '.join(weeks)} | {number or '**none**'} |"


def page(found: list[Line]) -> str:
    """Write the page."""
    nowhere = [line.row for line in found if not line.acts]
    failing = [row for row in nowhere if row.name not in NOWHERE]
    first, futures = HORIZONS[-1], len(SEEDS)
    text = [
        "<!-- Generated by `python -m experiments.missions.mechanisms`; do not edit. -->",
        "",
        "# Where each mechanism acts",
        "",
        "Each process, mechanism and choice is taken out of each of the seven missions, and the run is compared with",
        "the one that has it and the same luck. The number is the week in which any weekly series first differs; an",
        f"empty field means that none does in the first {first} weeks, or that the mission does not have it. What",
        f"shows nowhere by then is looked for to the end of the runs, in {futures} futures. That it acts does not say",
        "how much: for that see [screening](screening.md).",
        "",
        f"{len(found) - len(nowhere)} of {len(found)} act in a real case. {len(nowhere) - len(failing)} have none, for",
        f"a reason given below; {len(failing)} fail.",
        "",
    ]
    if nowhere:
        text += ["## Without a real case", ""]
        text += [f"- `{row.name}` ({row.kind}): {NOWHERE.get(row.name, '**fails**')}" for row in nowhere] + [""]
    for kind, title in (("process", "Processes"), ("mechanism", "Mechanisms"), ("choice", "Choices of a scenario")):
        text += [f"## {title}", "", *table(found, kind), ""]
    return "\n".join(text)


def look(note: Callable[[int, int], object]) -> list[Line]:
    """Take everything out of every mission."""
    every, done = list(rows()), count(1)
    for mission in MISSIONS:
        as_it_is(mission, SEEDS[0])

    def line(row: Row) -> Line:
        seen = Line(row, weeks_seen(row))
        note(next(done), len(every))
        return seen

    with ThreadPoolExecutor(cores()) as pool:
        return list(pool.map(line, every))


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, default=PAGE, help="the page to write")
    where = parser.parse_args().write
    with Progress("mechanisms") as progress:
        found = look(progress)
    where.write_text(page(found), encoding="utf-8")
    failing = [line.row.name for line in found if not line.acts and line.row.name not in NOWHERE]
    sys.exit(f"no real case: {', '.join(failing)}" if failing else 0)


if __name__ == "__main__":
    main()
