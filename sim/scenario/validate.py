"""Plain data in, a frozen scenario or everything that is wrong with the data out."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from sim.core.errors import Problem, ScenarioError
from sim.scenario.explain import explain, refusals
from sim.scenario.paths import Complaint, Path, show_path
from sim.scenario.scenario import MAX_COMPLAINTS, InconsistentError, Scenario
from sim.scenario.slots import slot_at

Locate = Callable[[Path], tuple[str, int | None]]

MAX_DEPTH = 20
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # all but tabs and the ends of lines

# Keys that checks across the scenario read: while one of these is wrong they would cry wolf.
READ_BY_CHECKS = {
    "agreements", "armed_groups", "authorised", "benchmarks", "capital", "constituency", "contributors",
    "control", "date", "decisions", "donors", "elections", "end", "enemies", "events", "exit", "fighters", "group",
    "id", "identity", "identity_groups", "kind", "map", "mechanism", "ngos", "partners", "places",
    "planned_weeks", "population", "region", "regions", "rehat", "rows", "scenario", "share",
    "signatories", "start", "tasks", "ties", "weeks", "where",
}  # fmt: skip


def validated(data: dict[str, Any], locate: Locate) -> Scenario:
    """Build a scenario from the data of a file.

    Parameters
    ----------
    data
        Nested tables and lists under the keys of a scenario file.
    locate
        Tells file and line of a path, for the messages.

    Raises
    ------
    ScenarioError
        With every problem found, in the order of their lines.
    """
    deep = too_deep(data)
    if deep is not None:
        problem = Problem(
            f"tables and lists may be nested at most {MAX_DEPTH} deep", show_path(deep[:3]), *locate(deep)
        )
        raise ScenarioError([problem])
    strange = [Problem("has a control character", show_path(path), *locate(path)) for path in with_controls(data)]
    if strange:
        raise ScenarioError(strange[:MAX_COMPLAINTS])
    scenario, complaints = _examined(data)
    if scenario is not None:
        return scenario
    problems = sorted((_located(each, data, locate) for each in complaints), key=lambda each: each.line or 0)
    if len(problems) >= MAX_COMPLAINTS:
        problems.append(Problem(f"only the first {MAX_COMPLAINTS} problems are listed"))
    raise ScenarioError(dict.fromkeys(problems))


def too_deep(data: Any) -> Path | None:
    """Find a path that goes deeper than any scenario does, without recursion."""
    heap: list[tuple[Path, Any]] = [((), data)]
    while heap:
        path, node = heap.pop()
        if len(path) > MAX_DEPTH:
            return path
        if isinstance(node, dict):
            heap.extend(((*path, key), child) for key, child in node.items() if isinstance(child, dict | list | tuple))
        elif isinstance(node, list | tuple):
            heap.extend(
                ((*path, number), child) for number, child in enumerate(node) if isinstance(child, dict | list | tuple)
            )
    return None


def with_controls(node: Any, path: Path = ()) -> Iterator[Path]:
    """Find texts with characters that steer terminals; the data are not deep."""
    if isinstance(node, str) and CONTROL.search(node):
        yield path
    elif isinstance(node, dict | list | tuple):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from with_controls(child, (*path, key))


def _examined(data: dict[str, Any]) -> tuple[Scenario | None, list[Complaint]]:
    try:
        return _strictly(data), []
    except InconsistentError as error:
        return None, list(error.complaints)
    except ValidationError as error:
        details = refusals(error)[:MAX_COMPLAINTS]
    complaints = [explain(Scenario, detail) for detail in details]
    if all(_can_be_left_out(detail) for detail in details):
        # What is merely misspelt or out of range does not keep the rest from being checked in the same go.
        try:
            _strictly(_mended(data, list(details)))
        except InconsistentError as error:
            complaints.extend(error.complaints[: MAX_COMPLAINTS - len(complaints)])
        except ValidationError:
            pass
    return None, complaints


def _strictly(data: dict[str, Any]) -> Scenario:
    """Validate without kindness: true is not 1, and text is not a number."""
    return Scenario.model_validate(tuples(data), strict=True, by_alias=True, by_name=False)


def tuples(node: Any) -> Any:
    """Turn lists into tuples, the only sequence that strict validation takes for one."""
    if isinstance(node, dict):
        return {key: tuples(child) for key, child in node.items()}
    return tuple(map(tuples, node)) if isinstance(node, list | tuple) else node


def _can_be_left_out(detail: Any) -> bool:
    key = detail["loc"][-1] if detail["loc"] else 0
    if detail["type"] == "extra_forbidden":
        return True
    read = key == "mission" or READ_BY_CHECKS.intersection(map(str, detail["loc"][-2:]))
    return isinstance(key, str) and key != "[key]" and detail["type"] != "missing" and not read


def _mended(node: Any, details: list[Any], depth: int = 0) -> Any:
    """Copy data without what was refused; what a scenario must say gets a harmless value instead."""
    if not isinstance(node, dict | list | tuple) or not details:
        return node
    inside: dict[Any, list[Any]] = {}
    for detail in details:
        inside.setdefault(detail["loc"][depth], []).append(detail)
    if isinstance(node, list | tuple):
        return [_mended(child, inside.get(number, []), depth + 1) for number, child in enumerate(node)]
    whole = {}
    for key, child in node.items():
        refused = [detail for detail in inside.get(key, []) if len(detail["loc"]) == depth + 1]
        if not refused:
            whole[key] = _mended(child, inside.get(key, []), depth + 1)
            continue
        slot = slot_at(Scenario, tuple(refused[0]["loc"]))
        if slot is not None and slot.info is not None and slot.info.is_required():
            whole[key] = "x" if slot.kind is str else slot.limits[0] or 0
    return whole


def _located(complaint: Complaint, data: dict[str, Any], locate: Locate) -> Problem:
    return complaint.problem(data, *locate(complaint.place))
