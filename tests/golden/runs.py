"""The runs and the numbers that stand in ``numbers.json``."""

import json
from pathlib import Path
from typing import Any

from sim.engine.run import simulate
from sim.results.outcomes import OUTCOMES, measure
from sim.scenario.load import load_scenario

FILE = Path(__file__).parent / "numbers.json"
SEED = 20_031_001

# Scenario, weeks and the outcomes of it that are watched.
RUNS: dict[str, tuple[int, tuple[str, ...]]] = {
    "unmil": (
        208,
        (
            "battle_deaths",
            "civilians_killed",
            "crossfire_deaths",
            "fled",
            "displaced_peak",
            "displaced_end",
            "peak_strength",
            "months_to_90_strength",
            "cost_usd",
            "funding_gap",
            "disarmed",
            "reintegrated",
            "trust_mission_deployed",
            "coverage_full",
            "implementation_end",
            "weeks_to_ceasefire",
        ),
    ),
    "ceasefire_line": (
        156,
        (
            "battle_deaths",
            "clashes",
            "violations",
            "commitment_end",
            "peak_strength",
            "attacks_on_mission",
            "fear_end",
            "state_control_end",
        ),
    ),
    "fragile_peace": (
        156,
        (
            "battle_deaths",
            "civilians_killed",
            "killings",
            "relief_usd",
            "need_mean",
            "fighters_end",
            "peacekeepers_killed",
            "services_end",
        ),
    ),
}

# Numbers that are zero, or the same for every seed, and why they are meant to be.
MEANT = {
    "ceasefire_line.peak_strength": "every seed reaches the ceiling",
    "unmil.weeks_to_ceasefire": "the truce of June 2003 is on the calendar",
}


def compute(seed: int = SEED) -> dict[str, dict[str, Any]]:
    """Run the scenarios and give ``scenario.outcome`` with value and unit."""
    found: dict[str, dict[str, Any]] = {}
    for name, (weeks, outcomes) in RUNS.items():
        scenario = load_scenario(name).override({"weeks": weeks})
        values = measure(scenario, simulate(scenario, seed), outcomes)
        for outcome in outcomes:
            found[f"{name}.{outcome}"] = {"value": values[outcome], "unit": OUTCOMES[outcome].unit}
    return found


def stored() -> dict[str, dict[str, Any]]:
    """Read the numbers as they were."""
    return json.loads(FILE.read_text(encoding="utf-8"))
