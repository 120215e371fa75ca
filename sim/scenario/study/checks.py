"""What can be wrong with an experiment whose parts are each in order."""

import math
from collections.abc import Collection, Iterator
from typing import Any

from sim.scenario.ablate import switchable
from sim.scenario.catalogue import entry_at
from sim.scenario.claims import CLAIMS
from sim.scenario.paths import Complaint, Path, PathError, describe, nearest
from sim.scenario.study.experiment import MAX_ROWS, SAMPLED, Experiment, Factor
from sim.scenario.study.rules import RULES
from sim.scenario.study.targets import slot_of

# Columns of the runs that a factor may not be called by.
TAKEN = ("run", "row", "arm", "replicate", "seed", "status", "error", "checksum", "seconds", "week")
SAYS = ("values", "range", "plausible", "ablate", "scenario", "rule", "levels")
NEEDS_PATH = ("values", "range", "plausible")


def check_experiment(study: Experiment, outcomes: Collection[str], series: Collection[str]) -> Iterator[Complaint]:
    """Find every contradiction that can be seen without loading a scenario.

    Parameters
    ----------
    study
    outcomes, series
        Names of the catalogue of outcomes and of the weekly series.
    """
    yield from _base(study)
    yield from _factors(study, outcomes)
    yield from _design(study)
    yield from _stop(study, outcomes)
    yield from _known(study.outcomes.names, outcomes, ("outcomes", "names"), "an outcome")
    yield from _known(study.outcomes.series, series, ("outcomes", "series"), "a weekly series")
    if study.outcomes.series and not study.outcomes.weekly:
        yield Complaint(("outcomes", "series"), "is kept only with 'weekly = true'")
    if study.estimate and study.estimate.method == "paired difference" and not study.base.common_random_numbers:
        message = "needs pairs, and runs with luck of their own are none"
        yield Complaint(
            ("estimate", "method"), message, hint="leave out 'common_random_numbers = false', or the estimate"
        )
    if study.estimate and study.estimate.method in ("sobol", "morris") and study.design.kind != study.estimate.method:
        message = f"needs a design of kind {study.estimate.method!r}"
        yield Complaint(("estimate", "method"), message, found=describe(study.design.kind))


def _base(study: Experiment) -> Iterator[Complaint]:
    base = study.base
    varied = any(factor.scenario for factor in study.factors)
    if base.scenario and base.scenarios:
        yield Complaint(("base", "scenarios"), "say either 'scenario' or 'scenarios', not both")
    if base.scenarios and varied:
        yield Complaint(("base", "scenarios"), "a factor varies the scenario already")
    if not base.scenario and not base.scenarios and not varied:
        yield Complaint(("base",), "the key 'scenario' is missing; expected the name of a scenario")
    yield from _known(base.without, switchable(), ("base", "without"), "a process or mechanism")
    claims = (study.about.claim,) if isinstance(study.about.claim, str) else study.about.claim
    for name in claims:
        if name and name not in CLAIMS:
            yield Complaint(("experiment", "claim"), f"{describe(name)} is not a claim", hint=nearest(name, CLAIMS))


def _factors(study: Experiment, outcomes: Collection[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    moved: dict[str, str] = {}
    for number, factor in enumerate(study.factors):
        here: Path = ("factors", number)
        taken = (*TAKEN, "scenario") if study.base.scenarios else TAKEN
        if factor.name in taken or factor.name in outcomes:
            yield Complaint((*here, "name"), "is the name of a column of the results", found=describe(factor.name))
        if factor.name in seen:
            yield Complaint((*here, "name"), "another factor has this name", found=describe(factor.name))
        seen.add(factor.name)
        for path in factor.targets:
            if path in moved:
                yield Complaint(here, f"moves {path}, as does the factor {moved[path]!r}", key="path")
            moved[path] = factor.name
        yield from _one_factor(factor, here)


def _one_factor(factor: Factor, here: Path) -> Iterator[Complaint]:
    said = [name for name in SAYS if getattr(factor, name)]
    if len(said) != 1:
        found = " and ".join(said) if said else "none of them"
        yield Complaint(here, f"expected one of {', '.join(SAYS)}", found=found, key="name")
        return
    if said[0] in NEEDS_PATH and not factor.targets:
        yield Complaint(here, f"{said[0]!r} needs a path", key="name")
    if said[0] not in NEEDS_PATH and (factor.targets or factor.change != "set"):
        yield Complaint(here, f"a factor of {said[0]!r} has no path and no change", key="path")
    if factor.path and factor.paths:
        yield Complaint((*here, "paths"), "say either 'path' or 'paths', not both")
    for target in factor.targets:
        try:
            if slot_of(target) is None:
                yield Complaint((*here, "path"), "scenarios have no such place", found=describe(target))
        except PathError as error:
            yield Complaint((*here, "path"), str(error))
    yield from _known(factor.ablate, switchable(), (*here, "ablate"), "a process or mechanism")
    for name, level in factor.levels.items():
        yield from _known(level.without, switchable(), (*here, "levels", name, "without"), "a process or mechanism")
    yield from _rule(factor, here)
    yield from _span(factor, here)
    for column in ("values", "ablate", "scenario"):
        entries = [repr(each) for each in getattr(factor, column)]
        if len(set(entries)) < len(entries):
            yield Complaint((*here, column), "says a level twice")


def _rule(factor: Factor, here: Path) -> Iterator[Complaint]:
    if len(factor.rule) > 1:
        yield Complaint((*here, "rule"), "one process for each factor")
    for process, variants in factor.rule.items():
        if process not in RULES:
            yield Complaint((*here, "rule"), f"{describe(process)} has no rival rules", hint=nearest(process, RULES))
        else:
            yield from _known(variants, RULES[process], (*here, "rule", process), f"a rule for {process}")


def _span(factor: Factor, here: Path) -> Iterator[Complaint]:
    span, where = factor.range, "range"
    if factor.plausible and factor.targets:
        found = plausible_range(factor)
        if found is None:
            yield Complaint(
                (*here, "plausible"), "the catalogue has no plausible range there", hint="give one by 'range'"
            )
        span, where = found, "plausible"
    if span is None:
        return
    if not all(map(math.isfinite, span)) or span[0] >= span[1]:
        yield Complaint((*here, where), "expected a lower and a higher number", found=f"{list(span)}")
    elif factor.scale == "log" and span[0] <= 0:
        yield Complaint((*here, "scale"), "a log scale needs a range above 0", found=f"{list(span)}")


def plausible_range(factor: Factor) -> tuple[float, float] | None:
    """Give the range of the catalogue at the first path of a factor; None where it has none or an open one."""
    entry = entry_at(factor.targets[0].replace("missions.*.", "mission."))
    low, high = entry.plausible if entry else (None, None)
    return None if low is None or high is None else (float(low), float(high))


def _design(study: Experiment) -> Iterator[Complaint]:
    design = study.design
    ranged = any(factor.range or factor.plausible for factor in study.factors)
    if design.n is None and (design.kind in SAMPLED or (design.kind == "grid" and ranged)):
        what = "a grid over a range" if design.kind == "grid" else f"a design of kind {design.kind!r}"
        yield Complaint(("design",), f"the key 'n' is missing; {what} needs it", key="kind")
    if design.kind == "sobol" and design.n is not None and design.n & (design.n - 1):
        below = 2 ** (design.n.bit_length() - 1)
        message = "must be a power of two, or the points are no longer balanced"
        yield Complaint(("design", "n"), message, found=str(design.n), hint=f"take {below} or {2 * below}")
    if design.kind == "morris" and design.num_levels % 2:
        yield Complaint(("design", "num_levels"), "must be even", found=str(design.num_levels))
    if (design.kind == "list") != bool(design.points):
        message = "a design of kind 'list' needs points" if design.kind == "list" else "only a list has points"
        yield Complaint(("design",), message, key="points" if design.points else "kind")
    names = {factor.name for factor in study.factors}
    for number, point in enumerate(design.points):
        for name in point.keys() - names:
            message = f"{describe(name)} is not a factor"
            yield Complaint(("design", "points", number), message, hint=nearest(name, names), key=name)
        for name in sorted(names - point.keys()):
            yield Complaint(("design", "points", number), f"the factor {name!r} is missing")
    if design.kind == "grid" and rows_of_grid(study) > MAX_ROWS:
        message = f"a design may have at most {MAX_ROWS:,} rows"
        yield Complaint(("design", "kind"), message, found=f"{rows_of_grid(study):,}")


def rows_of_grid(study: Experiment) -> int:
    """Count the rows of a full grid."""
    counts = [n_levels(factor, study.design.n or 1) for factor in study.factors]
    return math.prod(counts)


def n_levels(factor: Factor, steps: int) -> int:
    """Count the levels of a factor; a range has as many as it is divided into."""
    if factor.ablate:
        return len(factor.ablate) + 1
    variants = next(iter(factor.rule.values()), ())
    return len(factor.values or factor.scenario or factor.levels or variants) or steps


def _stop(study: Experiment, outcomes: Collection[str]) -> Iterator[Complaint]:
    stop, kept = study.design.stop, study.outcomes.names or outcomes
    if stop is None:
        return
    here: Path = ("design", "stop")
    if stop.outcome not in outcomes:
        hint = nearest(stop.outcome, outcomes)
        yield Complaint((*here, "outcome"), f"{describe(stop.outcome)} is not an outcome", hint=hint)
    elif stop.outcome not in kept:
        yield Complaint((*here, "outcome"), "is not among [outcomes] names", found=describe(stop.outcome))


def _known(names: Collection[Any], known: Collection[str], where: Path, noun: str) -> Iterator[Complaint]:
    for number, name in enumerate(names):
        if name not in known:
            yield Complaint((*where, number), f"{describe(name)} is not {noun}", hint=nearest(name, known))
