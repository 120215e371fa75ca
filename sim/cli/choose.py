"""The scenario that a command line asks for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def choose(
    name: str,
    settings: Sequence[str] = (),
    weeks: int | None = None,
    *,
    without: Sequence[str] = (),
    without_mission: bool = False,
) -> "Scenario":
    """Load a scenario and change what the options say.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the file, or with the changes.
    """
    from sim.scenario.load import load_scenario, parse_overrides

    changes = parse_overrides(settings)
    scenario = load_scenario(name)
    if changes:
        scenario = scenario.override(changes, "--set")
    if weeks is not None:
        scenario = scenario.override({"weeks": weeks}, "--weeks")
    if without:
        scenario = scenario.without(*without, origin="--without")
    return scenario.without_mission() if without_mission else scenario
