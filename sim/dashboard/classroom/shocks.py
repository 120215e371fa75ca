"""Shocks that an instructor may bring about: dated events as a scenario file has them, and their usual sizes."""

from dataclasses import dataclass
from typing import Any

from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Kind:
    """One kind of shock as the page offers it.

    Parameters
    ----------
    id
        The kind of the scenario's ``[[events]]``.
    title, unit
        In words; what its size counts.
    size, most
        A size to begin with, and the largest on offer.
    weeks
        How long it lasts; 1 for what happens on one day.
    concerns
        Whom it needs: ``armed_group``, ``donor``, ``contributor``, ``mission``, or nobody in particular.
    """

    id: str
    title: str
    unit: str
    size: float
    most: float
    weeks: int = 1
    concerns: str = ""


KINDS: tuple[Kind, ...] = (
    Kind("disaster", "Disaster", "dead", 1_000, 500_000, 2),
    Kind("epidemic", "Epidemic", "dead", 1_000, 500_000, 52),
    Kind("economic_crisis", "Economic crisis", "% of livelihood", 20, 100, 52),
    Kind("refugee_inflow", "Refugees from abroad", "people", 50_000, 2_000_000, 52),
    Kind("donor_cut", "A donor turns away", "% of its will", 50, 100, 1, "donor"),
    Kind("contributor_cut", "A contributor turns away", "% of its will", 50, 100, 1, "contributor"),
    Kind("consent_loss", "The host turns against a mission", "% of its consent", 50, 100, 1, "mission"),
    Kind("scandal", "Scandal in the mission", "% of trust", 40, 100),
    Kind("coup", "Coup", "% of legitimacy", 50, 100),
    Kind("leader_departure", "A leader departs", "% of the hold on war", 50, 100, 1, "armed_group"),
    Kind("support_change", "Foreign support becomes", "% of the most possible", 80, 100, 1, "armed_group"),
    Kind("spill_over", "Fighters come over the border", "fighters", 1_000, 20_000, 1, "armed_group"),
    Kind("cyber_attack", "Cyber-attack on the mission", "% of reports and sensors", 60, 100, 8),
)
BY_ID = {kind.id: kind for kind in KINDS}


def targets(kind: Kind, scenario: Scenario) -> list[tuple[str, str]]:
    """List whom a shock may concern in a country, by id and name."""
    found: dict[str, Any] = {
        "armed_group": scenario.armed_groups,
        "donor": scenario.donors,
        "contributor": scenario.contributors,
        "mission": scenario.missions,
    }
    return [(each.id, each.name.partition(":")[0]) for each in found.get(kind.concerns, ())]


def possible(scenario: Scenario) -> list[Kind]:
    """List the kinds that a country can have: those that concern somebody need somebody."""
    mission = scenario.mission is not None
    of_mission = ("scandal", "cyber_attack")
    return [
        kind for kind in KINDS if (targets(kind, scenario) if kind.concerns else mission or kind.id not in of_mission)
    ]


def shock(kind: Kind, scenario: Scenario, week: int, size: float, target: str = "") -> dict[str, Any]:
    """Return a shock as an item of ``[[events]]``; sizes and weeks out of range are put at the nearest end."""
    size = min(max(size, 0.0), kind.most)
    week = min(max(week, 0), scenario.weeks - 1)
    names = dict(targets(kind, scenario))
    target = target if target in names else next(iter(names), "")
    name = f"{kind.title} ({names[target]})" if target else kind.title
    return {
        "date": scenario.date_of(week),
        "kind": kind.id,
        "name": name[:80],
        "group": target,
        "size": size / 100.0 if kind.unit.startswith("%") else size,
        "weeks": min(kind.weeks, scenario.weeks - week),
    }


def struck(scenario: Scenario, shocks: tuple[dict[str, Any], ...]) -> Scenario:
    """Return a country with further shocks at the end of its calendar, where they leave the luck of others alone.

    Raises
    ------
    ScenarioError
        If one of them cannot be.
    """
    if not shocks:
        return scenario
    return scenario.override({"events": [*scenario.data()["events"], *shocks]}, "shocks")
