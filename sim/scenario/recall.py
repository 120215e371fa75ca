"""A scenario out of what a manifest has kept of it."""

import json
from typing import Any

from pydantic import ValidationError

from sim.core.errors import Problem, ScenarioError
from sim.scenario.explain import explain, refusals
from sim.scenario.scenario import MAX_COMPLAINTS, InconsistentError, Scenario


def recall(inputs: Any) -> Scenario:
    """Read a scenario as ``model_dump(mode="json", by_alias=True)`` writes it: dates are text.

    Parameters
    ----------
    inputs
        Nested tables and lists, as JSON gives them.

    Raises
    ------
    ScenarioError
        With everything that this version does not understand.
    """
    try:
        return Scenario.model_validate_json(json.dumps(inputs))
    except InconsistentError as error:
        complaints = list(error.complaints)
    except ValidationError as error:
        complaints = [explain(Scenario, detail) for detail in refusals(error)[:MAX_COMPLAINTS]]
    found = [complaint.problem(inputs) for complaint in complaints]
    raise ScenarioError(
        Problem(each.message, f"inputs.{each.path}", "manifest.json", found=each.found, hint=each.hint)
        for each in found
    )
