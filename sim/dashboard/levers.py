"""What a page may change: sliders and choices, generated from the catalogue of numbers for one scenario.

A number that a scenario has many of (every contributor's pledge) gets one slider. Sizes are scaled together, in per
cent of what the scenario says; shares and times are shifted together, so that differences between them stay.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from sim.dashboard.grouping import FIRST, GROUPS, NAMES, PLACES
from sim.dashboard.words import figure, plain
from sim.scenario.catalogue import Entry, quantities
from sim.scenario.inputs import Deployment, Mandate
from sim.scenario.scenario import Scenario
from sim.scenario.words import Doctrine, RulesOfEngagement, Task

Kind = Literal["one", "scale", "shift", "choice", "switch", "task"]
Value = float | str | bool

SCALED_UNITS = ("persons", "US$ per year")
SCALED = ("donors.*.share",)
DATED = "mission.mandate.authorised."  # ceilings hold from their date to the next one's
NICE = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
STEPS = 40  # positions of a slider: no false precision, and more settings that have been computed before
SCALE_STEP = 0.1
WEIGHT = 0.7  # of a task that a page adds


@dataclass(frozen=True)
class Lever:
    """One thing that a page may change in a scenario.

    Parameters
    ----------
    path
        Its name in links: the dotted path, ``*`` for every item of a list.
    group
        One of ``GROUPS``.
    label, meaning, unit, source
        For people; the source says where the model's default comes from.
    kind
        ``one`` number, many numbers to ``scale`` or ``shift``, a ``choice``, a ``switch``, or a ``task`` on or off.
    low, high, step
        Range of a slider.
    start
        What the scenario says.
    options
        What a choice chooses from.
    parts
        For many numbers: each path and value in the scenario.
    bounds
        What each of them may be.
    whole
        Whether they are whole numbers.
    dated
        Whether they hold one after the other, so that the highest is shown and not their sum.
    """

    path: str
    group: str
    label: str
    meaning: str
    unit: str
    source: str
    kind: Kind
    start: Value
    low: float = 0.0
    high: float = 1.0
    step: float = 0.05
    options: tuple[str, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()
    bounds: tuple[float, float] = (0.0, math.inf)
    whole: bool = False
    dated: bool = False

    @property
    def slides(self) -> bool:
        """Whether it is a slider."""
        return self.kind in ("one", "scale", "shift")

    @property
    def resting(self) -> Value:
        """Where its control stands when nobody has moved it: what the scenario says, on the nearest step."""
        return self.quantised(float(self.start)) if self.slides else self.start

    def written(self, value: Value) -> str:
        """Write a value in words and units."""
        if self.kind == "scale":
            numbers = [number for _, number in self.parts]
            total = (max(numbers) if self.dated else sum(numbers)) * float(value)
            return f"{float(value):.0%}" if self.unit == "share" else f"{figure(total, self.unit)} ({float(value):.0%})"
        if self.slides:
            return figure(float(value), self.unit)
        return plain(str(value)) if self.kind == "choice" else "yes" if value else "no"

    def taken(self, text: str) -> Value:
        """Read a value from a link: clamped to the range and put on a step.

        Raises
        ------
        ValueError
            If it is not a value of this lever at all.
        """
        if self.kind == "choice":
            if text not in self.options:
                raise ValueError(f"{self.label} is one of {', '.join(self.options)}")
            return text
        if not self.slides:
            if text not in ("0", "1"):
                raise ValueError(f"{self.label} is 0 or 1")
            return text == "1"
        value = float(text)
        if not math.isfinite(value):
            raise ValueError(f"{self.label} is a number")
        return self.quantised(value)

    def quantised(self, value: float) -> float:
        """Put a number on the nearest step of the slider."""
        value = min(max(value, self.low), self.high)
        return min(round(self.low + round((value - self.low) / self.step) * self.step, 6), self.high)

    def changes(self, value: Value) -> Iterator[tuple[str, Any]]:
        """Give the overrides that a value stands for."""
        if self.kind in ("scale", "shift"):
            for path, number in self.parts:
                moved = number * float(value) if self.kind == "scale" else number + float(value) - float(self.start)
                moved = min(max(moved, self.bounds[0]), self.bounds[1])
                yield path, round(moved) if self.whole else moved
        elif self.kind != "task":
            yield self.path, int(value) if self.whole else value


def levers(scenario: Scenario) -> tuple[Lever, ...]:
    """List what a page may change in a scenario, group by group."""
    data = scenario.data()
    found = [*_choices(scenario), *(lever for entry in _catalogue() for lever in _number(entry, data))]
    order = {path: number for number, path in enumerate(FIRST)}
    found.sort(key=lambda lever: (GROUPS.index(lever.group), lever.kind == "task", order.get(lever.path, len(order))))
    return tuple(found)


@cache
def _catalogue() -> tuple[Entry, ...]:
    return quantities()


def overrides(
    scenario: Scenario, settings: Mapping[str, Value], known: Sequence[Lever] | None = None
) -> dict[str, Any]:
    """Turn the settings of a page into overrides of its scenario; those that it does not have do nothing.

    Parameters
    ----------
    scenario : Scenario
    settings : mapping
        By the path of the lever.
    known : sequence of Lever, optional
        Its levers, where they are not all it has.
    """
    changes: dict[str, Any] = {}
    for lever in levers(scenario) if known is None else known:
        if lever.path in settings and lever.kind != "task":
            changes.update(lever.changes(settings[lever.path]))
    tasks = _tasks(scenario, settings)
    if tasks is not None:
        changes["mission.mandate.tasks"] = tasks
    return changes


def _tasks(scenario: Scenario, settings: Mapping[str, Value]) -> dict[str, float] | None:
    """Return the tasks of the mandate after what was ticked and unticked, None where nothing was."""
    if scenario.mission is None:
        return None
    before = scenario.mission.mandate.tasks
    after = {}
    for task in get_args(Task):
        if settings.get(f"mission.mandate.tasks.{task}", task in before):
            after[task] = before.get(task, WEIGHT)
    return None if after == dict(before) else after


def _choices(scenario: Scenario) -> Iterator[Lever]:
    if scenario.mission is None:
        return
    mandate, deployment = scenario.mission.mandate, scenario.mission.deployment
    plans = (
        ("Mandate", "mission.mandate.rules_of_engagement", Mandate, mandate, get_args(RulesOfEngagement)),
        ("Force", "mission.deployment.doctrine", Deployment, deployment, get_args(Doctrine)),
        ("Mandate", "mission.mandate.flexible", Mandate, mandate, ()),
    )
    meanings = {"rules_of_engagement": "when its units may use force: from watching only to attacking first"}
    for group, path, model, owner, options in plans:
        name = path.rpartition(".")[2]
        meaning = meanings.get(name) or model.model_fields[name].description or ""
        kind: Kind = "choice" if options else "switch"
        yield Lever(path, group, plain(name), meaning, "", "scenario", kind, getattr(owner, name), options=options)
    for task in get_args(Task):
        path, meaning = f"mission.mandate.tasks.{task}", f"the mandate's task: {plain(task).lower()}"
        label = "DDR" if task == "ddr" else plain(task)
        yield Lever(path, "Mandate", label, meaning, "", "scenario", "task", task in mandate.tasks)


def _number(entry: Entry, data: Mapping[str, Any]) -> Iterator[Lever]:
    """Make the slider of a number of the catalogue, where the scenario has it."""
    group = next((group for prefix, group in PLACES if entry.path.startswith(prefix)), None)
    parts = tuple(_found(data, entry.path.split("."), "")) if group else ()
    if group is None or not parts:
        return
    single = "*" not in entry.path
    scaled = not single and (entry.unit in SCALED_UNITS or entry.path in SCALED)
    scaled = scaled and "casualty" not in entry.path
    label = NAMES.get(entry.path, plain(entry.name))
    low, high = (
        (float(end) for end in entry.plausible if end is not None) if None not in entry.plausible else (0.0, 1.0)
    )
    bounds = (entry.valid[0] if entry.valid[0] is not None else -math.inf, entry.valid[1] or math.inf)
    if scaled:
        if not any(value for _, value in parts):
            return
        top = 1.0 if entry.unit == "share" else 2.0
        kind, start, low, high, step = "scale", 1.0, 0.0, top, SCALE_STEP
    else:
        start = sum(value for _, value in parts) / len(parts)
        if entry.unit.startswith("US$"):
            low, high = 0.0, 2.0 * start
        low, high = min(low, start), max(high, start)
        kind, step = "one" if single else "shift", nice_step(high - low)
    yield Lever(
        path=entry.path,
        group=group,
        label=label,
        meaning=entry.meaning,
        unit=entry.unit,
        source=entry.source,
        kind=kind,  # type: ignore[arg-type]
        start=start,
        low=low,
        high=high,
        step=step,
        parts=parts,
        bounds=bounds,
        whole=entry.whole,
        dated=entry.path.startswith(DATED),
    )


def nice_step(span: float) -> float:
    """Return a round step that cuts a span into at most ``STEPS``."""
    if span <= 0.0:
        return 1.0
    scale = 10.0 ** max(0, math.floor(math.log10(span)) - 2)
    return next((step * scale for step in NICE if span / (step * scale) <= STEPS), span / STEPS)


def _found(node: Any, keys: list[str], path: str) -> Iterator[tuple[str, float]]:
    """Find the numbers of a pattern in a scenario, with their own paths."""
    if not keys:
        if node is not None:
            yield path, float(node)
        return
    key, rest = keys[0], keys[1:]
    before = f"{path}." if path else ""
    if key == "*":
        pairs = node.items() if isinstance(node, Mapping) else enumerate(node)
        for name, child in pairs:
            yield from _found(child, rest, f"{before}{name}")
    elif node is not None and key in node:
        yield from _found(node[key], rest, f"{before}{key}")
